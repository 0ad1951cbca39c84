function impurity = entropy_bits(shares)
%ENTROPY_BITS  Yes-or-no questions that the class of a sample is worth, on average.
%   impurity = ENTROPY_BITS(shares)
%
%   shares    n_nodes x n_classes, each row adds up to 1
%   impurity  n_nodes x 1 [bit], 0 in a pure node
%
%   See also GINI, VARIANCE, BEST_SPLIT.
terms = shares .* log(shares);
terms(shares <= 0) = 0;
impurity = 0 - sum(terms, 2) / log(2);
end
