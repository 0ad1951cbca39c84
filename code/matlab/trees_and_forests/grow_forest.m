function trees = grow_forest(X, Y, weights, impurity, draws, n_tried, orders, min_leaf)
%GROW_FOREST  Grow each tree on its own bootstrap sample, with its own draws.
%   trees = GROW_FOREST(X, Y, weights, impurity, draws, n_tried, orders,
%   min_leaf)
%
%   X         n_samples x n_features, one sample per row
%   Y         n_samples x n_outputs: one-hot labels, or y and y .^ 2
%   weights   n_samples x 1, > 0
%   impurity  name of GINI, ENTROPY_BITS or VARIANCE
%   draws     n_trees x n_samples, the rows that each tree is grown on
%   n_tried   how many features a node tries
%   orders    n_draws x n_features x n_trees, orders of the features; see GROW_TREE
%   min_leaf  fewest samples in a leaf (1 if left out)
%   trees     1 x n_trees cell array
%
%   See also FOREST_MEAN, OUT_OF_BAG_MEAN, GROW_TREE.
if nargin < 8, min_leaf = 1; end
check_count('n_tried', n_tried);
n_trees = size(draws, 1);
trees = cell(1, n_trees);
for k = 1:n_trees
    % Draw rows and features
    rows = draws(k, :);
    trees{k} = grow_tree(X(rows, :), Y(rows, :), weights(rows), impurity, Inf, ...
        min_leaf, n_tried, orders(:, :, k));
end
end
