function [dx, dgain, doffset] = normalise_backward(x, gain, delta, over, epsilon)
%NORMALISE_BACKWARD  Blame for the outputs of NORMALISE.
%   [dx, dgain, doffset] = NORMALISE_BACKWARD(x, gain, delta, over, epsilon)
%
%   x        n_samples x n_units, as in NORMALISE, and so are the next three
%   gain     n_units x 1
%   delta    n_samples x n_units, derivative of the loss by each output
%   over     'layer' or 'batch'
%   epsilon  is added to the variance
%   dx       n_samples x n_units, derivative by x
%   dgain    n_units x 1, derivative by gain; doffset that by the offset
%
%   See also NORMALISE.
[z, spread] = standard(x, over, epsilon);
axis = 1 + strcmp(over, 'layer');
% Blame gain and offset: one number for each unit
dgain = sum(delta .* z, 1)';
doffset = sum(delta, 1)';
g = delta .* gain(:)';
% Blame the input: what all share is taken off, and what lies along z
dx = (g - mean(g, axis) - z .* mean(g .* z, axis)) ./ spread;
end
