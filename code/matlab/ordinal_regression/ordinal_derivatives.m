function [gradient, hessian] = ordinal_derivatives(theta, X, y, penalty)
%ORDINAL_DERIVATIVES  Derivatives of the cross-entropy of ordered classes.
%   [gradient, hessian] = ORDINAL_DERIVATIVES(theta, X, y, penalty)
%
%   theta     thresholds, then weights, in one column
%   X         n_samples x n_features, one sample per row
%   y         n_samples x 1, classes 1 to K in their order
%   penalty   as theta: 0 for a threshold, alpha / n_samples for a weight
%   gradient  as theta
%   hessian   square
%
%   See also ORDINAL_FIT, ORDINAL_LOSS.
n_samples = numel(y);
n_cuts = numel(theta) - size(X, 2);
thresholds = theta(1:n_cuts);
w = theta(n_cuts+1:end);
gradient = penalty .* theta;
hessian = diag(penalty);
% Every cut pulls
for k = 1:n_cuts
    rows = y == k | y == k + 1;
    A = zeros(sum(rows), numel(theta));
    A(:, k) = 1;
    A(:, n_cuts+1:end) = -X(rows, :);
    p = logistic_sigmoid(thresholds(k) - X(rows, :) * w);
    gradient = gradient + A' * (p - (y(rows) == k)) / n_samples;
    hessian = hessian + A' * (p .* (1 - p) .* A) / n_samples;
end
% Every gap holds open
for k = 2:n_cuts
    push = 1 / expm1(thresholds(k) - thresholds(k - 1));
    share = mean(y == k);
    gap = zeros(numel(theta), 1);
    gap([k - 1, k]) = [-1, 1];
    gradient = gradient - share * push * gap;
    hessian = hessian + share * push * (1 + push) * (gap * gap');
end
end
