function model = boosting_fit(X, y, loss, n_rounds, eta, max_depth, min_leaf)
%BOOSTING_FIT  Grow tree after tree on the slope of a loss.
%   model = BOOSTING_FIT(X, y, loss, n_rounds, eta, max_depth, min_leaf)
%
%   X          n_samples x n_features, one sample per row
%   y          n_samples x 1, numbers; 0 and 1 for the log loss
%   loss       'squared', 'log', or a number between 0 and 1: a quantile
%   n_rounds   number of trees
%   eta        learning rate, the part of each step that is taken, > 0
%   max_depth  most questions on the way to a leaf
%   min_leaf   fewest samples in a leaf
%   model      start, the constant that the trees add to; trees, a cell array,
%              whose leaves hold whole steps; eta; and losses, the mean loss
%              before the first round and after each
%
%   See also BOOSTING_SCORE, BOOSTING_LOSS, GROW_TREE.
check_data(X, y);
check_positive('eta', eta);
check_count('n_rounds', n_rounds);
check_count('max_depth', max_depth);
check_count('min_leaf', min_leaf);
start = boosting_loss(loss, 'start', y);
F = start * ones(size(y));
losses = boosting_loss(loss, 'mean', y, F);
trees = {};
for b = 1:n_rounds
    % Look at the mistakes
    pull = boosting_loss(loss, 'pull', y, F);
    % Fit a small tree
    tree = grow_tree(X, [pull, pull .^ 2], ones(size(y)), 'variance', ...
        max_depth, min_leaf);
    % Choose its step
    leaf = tree_apply(tree, X);
    step = zeros(numel(tree.left), 1);
    for k = unique(leaf)'
        step(k) = boosting_loss(loss, 'step', y(leaf == k), F(leaf == k));
    end
    % Take the step
    F = F + eta * step(leaf);
    tree.value = step;
    trees{end+1} = tree;
    losses(end+1, 1) = boosting_loss(loss, 'mean', y, F);
end
model = struct('start', start, 'trees', {trees}, 'eta', eta, 'losses', losses);
end
