function [w, b] = lasso_fit(X, y, alpha, n_iter, tol)
%LASSO_FIT  Fit y = X * w + b with a penalty on the sizes of the weights.
%   [w, b] = LASSO_FIT(X, y, alpha, n_iter, tol) minimises
%   mean((y - X * w - b) .^ 2) / 2 + alpha * sum(abs(w)) by coordinate
%   descent; the bias goes free.
%
%   X       n_samples x n_features, one sample per row; standardise it first
%   y       n_samples x 1, targets
%   alpha   strength of the penalty, > 0
%   n_iter  largest number of sweeps over the weights (1000 if left out)
%   tol     stop when no weight moves its part of the predictions by more
%           than tol times the standard deviation of y (1e-6 if left out)
%   w       n_features x 1, weights, some of them exactly zero
%   b       bias
%
%   See also SOFT_THRESHOLD, RIDGE_FIT.
if nargin < 4, n_iter = 1000; end
if nargin < 5, tol = 1e-6; end
check_data(X, y);
check_positive('alpha', alpha);
check_count('n_iter', n_iter);
check_positive('tol', tol);
[X, y, X_mean, y_mean] = centre(X, y);
variance = mean(X .^ 2, 1)';
w = zeros(size(X, 2), 1);
finished = false;
for sweep = 1:n_iter
    before = w;
    residual = y - X * w;
    for j = find(variance)'
        x = X(:, j);
        alone = w(j) + x' * residual / numel(x) / variance(j);
        w(j) = soft_threshold(alone, alpha / variance(j));
        residual = residual + x * (before(j) - w(j));
    end
    moved = max(sqrt(variance) .* abs(w - before));
    finished = moved <= tol * std(y, 1);
    if finished, break, end
end
if not(finished), warn_unfinished('lasso_fit', n_iter, tol); end
b = y_mean - X_mean * w;
end
