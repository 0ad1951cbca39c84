function tree = grow_tree(X, Y, weights, impurity, max_depth, min_leaf, n_tried, orders)
%GROW_TREE  Split samples again and again, until the nodes are pure or too small.
%   tree = GROW_TREE(X, Y, weights, impurity, max_depth, min_leaf) tries
%   every feature in every node.
%
%   tree = GROW_TREE(X, Y, weights, impurity, max_depth, min_leaf, n_tried,
%   orders) lets node after node take the next row of orders, and try the
%   first n_tried features in it that vary in the node.
%
%   X          n_samples x n_features, one sample per row
%   Y          n_samples x n_outputs: one-hot labels, or y and y .^ 2
%   weights    n_samples x 1, > 0
%   impurity   name of GINI, ENTROPY_BITS or VARIANCE
%   max_depth  most questions on the way to a leaf, Inf for any number
%   min_leaf   fewest samples in a leaf (1 if left out)
%   n_tried    how many features a node tries
%   orders     n_draws x n_features, orders of the features
%   tree       columns feature, threshold, left, right, value, impurity,
%              n_samples, weight, one row per node; node 1 is the root; in a
%              leaf feature, left and right are 0 and the threshold is NaN
%
%   See also TREE_APPLY, PRUNE_TREE, BEST_SPLIT.
if nargin < 5 || isempty(max_depth), max_depth = Inf; end
if nargin < 6, min_leaf = 1; end
check_targets(X, Y, weights, min_leaf);
feature = []; threshold = []; left = []; right = [];
value = []; impure = []; n_samples = []; weight = [];
n_draws = 0;
todo = {{(1:size(Y, 1))', 0, 0, 1}};
while not(isempty(todo))
    [rows, depth, parent, is_left] = todo{end}{:};
    todo(end) = [];
    % Make a node
    node = numel(feature) + 1;
    if parent > 0 && is_left, left(parent) = node; end
    if parent > 0 && not(is_left), right(parent) = node; end
    w = weights(rows);
    feature(node, 1) = 0; threshold(node, 1) = NaN;
    left(node, 1) = 0; right(node, 1) = 0;
    value(node, :) = w' * Y(rows, :) / sum(w);
    impure(node, 1) = feval(impurity, value(node, :));
    n_samples(node, 1) = numel(rows); weight(node, 1) = sum(w);
    % Ask or stop
    is_pure = not(any(any(Y(rows, :) ~= Y(rows(1), :))));
    if depth == max_depth || numel(rows) < 2 * min_leaf || is_pure, continue, end
    tried = 1:size(X, 2);
    if nargin > 6
        n_draws = n_draws + 1;
        drawn = orders(n_draws, :);
        tried = drawn(any(X(rows, drawn) ~= X(rows(1), drawn), 1));
        tried = tried(1:min(n_tried, end));
        if isempty(tried), continue, end
    end
    [j, t] = best_split(X(rows, tried), Y(rows, :), w, impurity, min_leaf);
    if j == 0, continue, end
    feature(node) = tried(j);
    threshold(node) = t;
    goes_left = X(rows, tried(j)) <= t;
    todo{end+1} = {rows(not(goes_left)), depth + 1, node, 0};
    todo{end+1} = {rows(goes_left), depth + 1, node, 1};
end
tree = struct('feature', feature, 'threshold', threshold, 'left', left, ...
    'right', right, 'value', value, 'impurity', impure, ...
    'n_samples', n_samples, 'weight', weight);
end
