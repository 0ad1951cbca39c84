function [feature, threshold, cost] = best_split(X, Y, weights, impurity, min_leaf)
%BEST_SPLIT  Try every threshold of every feature; take the one with purest children.
%   [feature, threshold, cost] = BEST_SPLIT(X, Y, weights, impurity, min_leaf)
%   sends the samples with X(:, feature) <= threshold to the left. Of equally
%   good questions the first feature and its lowest threshold win.
%
%   X          n_samples x n_features, the samples of a node
%   Y          n_samples x n_outputs: one-hot labels, or y and y .^ 2
%   weights    n_samples x 1, > 0
%   impurity   name of GINI, ENTROPY_BITS or VARIANCE
%   min_leaf   fewest samples that a child may have
%   feature    column of X; 0 if no question separates the samples
%   threshold  the largest value that goes left; NaN if there is none
%   cost       mean impurity of the children; Inf if there are none
%
%   See also GROW_TREE.
check_targets(X, Y, weights, min_leaf);
[n, m] = size(X);
costs = inf(n - 1, m);
% Cost every cut
for j = 1:m
    [x, order] = sort(X(:, j));
    w = cumsum(weights(order));
    sums = cumsum(weights(order) .* Y(order, :), 1);
    w_left = w(1:end-1);
    w_right = w(end) - w_left;
    left = feval(impurity, sums(1:end-1, :) ./ w_left);
    right = feval(impurity, (sums(end, :) - sums(1:end-1, :)) ./ w_right);
    costs(:, j) = (w_left .* left + w_right .* right) / w(end);
    costs(x(2:end) <= x(1:end-1), j) = Inf;
end
costs([1:min_leaf-1, max(n - min_leaf + 1, 1):n-1], :) = Inf;
% Take the cheapest
feature = 0;
threshold = NaN;
cost = min([costs(:); Inf]);
if cost < Inf
    tie = 1e-12 * feval(impurity, weights' * Y / sum(weights));
    first = find(costs <= cost + tie, 1);
    [cut, feature] = ind2sub(size(costs), first);
    x = sort(X(:, feature));
    threshold = x(cut) / 2 + x(cut + 1) / 2;
    if threshold >= x(cut + 1), threshold = x(cut); end
    cost = costs(cut, feature);
end
end
