function y = normalise(x, gain, offset, over, epsilon)
%NORMALISE  Mean zero and spread one for every sample, or every unit.
%   y = NORMALISE(x, gain, offset, over, epsilon)
%
%   x        n_samples x n_units
%   gain     n_units x 1, what each unit is multiplied by
%   offset   n_units x 1, what is added to each unit
%   over     'layer': over the units of a sample; 'batch': over the samples
%   epsilon  is added to the variance
%   y        n_samples x n_units
%
%   See also NORMALISE_BACKWARD, RESIDUAL_BLOCK.
if numel(gain) ~= size(x, 2) || numel(offset) ~= size(x, 2)
    error('mlearth:gain', ...
          'gain and offset must be %d numbers, one for each unit of x', size(x, 2));
end
y = standard(x, over, epsilon) .* gain(:)' + offset(:)';
end
