function loss = ordinal_loss(theta, X, y, penalty)
%ORDINAL_LOSS  Mean cross-entropy of ordered classes with its penalty.
%   loss = ORDINAL_LOSS(theta, X, y, penalty)
%
%   theta    thresholds, then weights, in one column
%   X        n_samples x n_features, one sample per row
%   y        n_samples x 1, classes 1 to K in their order
%   penalty  as theta: 0 for a threshold, alpha / n_samples for a weight
%   loss     mean loss in nat
%
%   See also ORDINAL_FIT, ORDINAL_DERIVATIVES.
n_cuts = numel(theta) - size(X, 2);
log_p = log_class_probabilities(theta(1:n_cuts), X * theta(n_cuts+1:end));
seen = log_p(sub2ind(size(log_p), (1:numel(y))', y));
loss = -mean(seen) + penalty' * theta .^ 2 / 2;
end
