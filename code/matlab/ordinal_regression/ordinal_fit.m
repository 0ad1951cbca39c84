function [w, thresholds, losses] = ordinal_fit(X, y, alpha, n_iter, tol)
%ORDINAL_FIT  Fit a line of scores and the thresholds that cut it into classes.
%   [w, thresholds, losses] = ORDINAL_FIT(X, y, alpha, n_iter, tol) minimises
%   the sum of the losses plus alpha / 2 * sum(w .^ 2); the thresholds go
%   free. The log-odds of lying at most in class k are thresholds(k) - X * w.
%
%   X           n_samples x n_features, one sample per row; standardise it first
%   y           n_samples x 1, classes 1 to K in their order
%   alpha       strength of the penalty, > 0
%   n_iter      largest number of steps (100 if left out)
%   tol         stop when the loss is within tol of its minimum (1e-10 if
%               left out)
%   w           n_features x 1, weights
%   thresholds  (n_classes - 1) x 1, increasing
%   losses      mean loss before the first step and after each
%
%   See also LOG_CLASS_PROBABILITIES, ORDINAL_DERIVATIVES, NEWTON.
if nargin < 4, n_iter = 100; end
if nargin < 5, tol = 1e-10; end
check_data(X, y);
check_classes(y);
check_positive('alpha', alpha);
[n_samples, n_features] = size(X);
n_cuts = max(y) - 1;
penalty = [zeros(n_cuts, 1); repmat(alpha / n_samples, n_features, 1)];
loss = @(t) ordinal_loss(t, X, y, penalty);
derivatives = @(t) ordinal_derivatives(t, X, y, penalty);
at_most = cumsum(accumarray(y, 1)) / n_samples;
start = log(at_most(1:n_cuts) ./ (1 - at_most(1:n_cuts)));
start = [start; zeros(n_features, 1)];
[theta, losses, finished] = newton(loss, derivatives, start, n_iter, tol);
if not(finished), warn_unfinished('ordinal_fit', n_iter, tol); end
thresholds = theta(1:n_cuts);
w = theta(n_cuts+1:end);
end
