function impurity = variance(moments)
%VARIANCE  Variance of numbers with a given mean and mean square.
%   impurity = VARIANCE(moments)
%
%   moments   n_nodes x 2, mean of y and mean of y .^ 2
%   impurity  n_nodes x 1, never negative
%
%   See also GINI, ENTROPY_BITS, BEST_SPLIT.
impurity = max(moments(:, 2) - moments(:, 1) .^ 2, 0);
end
