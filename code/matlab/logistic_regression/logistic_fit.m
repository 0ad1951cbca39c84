function [w, b, losses] = logistic_fit(X, y, alpha, n_iter, tol)
%LOGISTIC_FIT  Fit the log-odds of two classes by a line, with Newton's method.
%   [w, b, losses] = LOGISTIC_FIT(X, y, alpha, n_iter, tol) minimises the sum
%   of the losses plus alpha / 2 * sum(w .^ 2); the bias goes free. The
%   probability of +1 is LOGISTIC_SIGMOID(X * w + b).
%
%   X       n_samples x n_features, one sample per row; standardise it first
%   y       n_samples x 1, labels -1 and +1
%   alpha   strength of the penalty, > 0
%   n_iter  largest number of steps (100 if left out)
%   tol     stop when the loss is within tol of its minimum (1e-10 if left out)
%   w       n_features x 1, weights
%   b       bias
%   losses  mean loss before the first step and after each
%
%   See also LOGISTIC_SIGMOID, CROSS_ENTROPY, NEWTON, SOFTMAX_FIT, ORDINAL_FIT.
if nargin < 4, n_iter = 100; end
if nargin < 5, tol = 1e-10; end
check_data(X, y);
check_labels(y);
check_positive('alpha', alpha);
[n_samples, n_features] = size(X);
A = [ones(n_samples, 1), X];
penalty = [0; repmat(alpha / n_samples, n_features, 1)];
% Loss of the labels seen
loss = @(t) cross_entropy(t(2:end), t(1), X, y) + penalty' * t .^ 2 / 2;
derivatives = @(t) logistic_derivatives(t, A, y, penalty);
start = zeros(n_features + 1, 1);
[theta, losses, finished] = newton(loss, derivatives, start, n_iter, tol);
if not(finished), warn_unfinished('logistic_fit', n_iter, tol); end
b = theta(1);
w = theta(2:end);
end
