function y = normalised(x, gain, offset, epsilon)
%NORMALISED  Samples of mean zero and spread one, times a gain, plus an offset.
%   y = NORMALISED(x, gain, offset, epsilon)
%
%   x        n_samples x n_units
%   gain     1 x n_units, what each unit is multiplied by
%   offset   1 x n_units, what is then added to it
%   epsilon  is added to the variance of each sample
%   y        n_samples x n_units
error('not written yet');
end
