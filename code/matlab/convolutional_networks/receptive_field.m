function [seen, jump] = receptive_field(sizes, strides, dilations)
%RECEPTIVE_FIELD  How much of the input one output of a stack of layers sees.
%   [seen, jump] = RECEPTIVE_FIELD(sizes, strides, dilations)
%
%   sizes      taps of each layer, from the input on
%   strides    samples from one output of a layer to the next
%   dilations  samples from one tap of a layer to the next
%   seen       samples of the input that one output sees
%   jump       samples of the input from one output to the next
%
%   See also CORRELATE_FORWARD.
seen = 1;
jump = 1;
for k = 1:numel(sizes)
    % Look down: each layer widens what is seen by its taps, less one
    seen = seen + (sizes(k) - 1) * dilations(k) * jump;
    jump = jump * strides(k);
end
end
