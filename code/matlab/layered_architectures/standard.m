function [z, spread] = standard(x, over, epsilon)
%STANDARD  What NORMALISE gives without gain and offset, and the spread it divides by.
%   [z, spread] = STANDARD(x, over, epsilon)
%
%   x        n_samples x n_units
%   over     'layer' or 'batch'
%   epsilon  is added to the variance
%   z        n_samples x n_units
%   spread   n_samples x 1, or 1 x n_units
%
%   See also NORMALISE.
switch over
    case 'layer'
        axis = 2;
    case 'batch'
        axis = 1;
    otherwise
        error('mlearth:over', 'over must be ''layer'' or ''batch'', got %s', over);
end
% Centre: the mean of the sample, or of the unit over the batch
away = x - mean(x, axis);
% Scale: divide by the spread
spread = sqrt(mean(away .^ 2, axis) + epsilon);
z = away ./ spread;
end
