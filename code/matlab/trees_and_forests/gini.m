function impurity = gini(shares)
%GINI  Chance that two samples of a node, drawn at random, differ in class.
%   impurity = GINI(shares)
%
%   shares    n_nodes x n_classes, each row adds up to 1
%   impurity  n_nodes x 1, 0 in a pure node
%
%   See also ENTROPY_BITS, VARIANCE, BEST_SPLIT.
impurity = 1 - sum(shares .^ 2, 2);
end
