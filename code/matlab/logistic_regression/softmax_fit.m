function [W, b, losses] = softmax_fit(X, y, alpha, n_iter, tol)
%SOFTMAX_FIT  Fit a line of scores for each of several classes.
%   [W, b, losses] = SOFTMAX_FIT(X, y, alpha, n_iter, tol) minimises the sum
%   of the losses plus alpha / 2 * sum(W(:) .^ 2); the biases go free. The
%   probabilities are SOFTMAX_PROBABILITIES(X * W' + b').
%
%   X       n_samples x n_features, one sample per row; standardise it first
%   y       n_samples x 1, classes 1 to K
%   alpha   strength of the penalty, > 0
%   n_iter  largest number of steps (100 if left out)
%   tol     stop when the loss is within tol of its minimum (1e-10 if left out)
%   W       n_classes x n_features, weights; each column sums to zero
%   b       n_classes x 1, biases; they sum to zero
%   losses  mean loss before the first step and after each
%
%   See also SOFTMAX_PROBABILITIES, SOFTMAX_LOSS, SOFTMAX_DERIVATIVES, NEWTON.
if nargin < 4, n_iter = 100; end
if nargin < 5, tol = 1e-10; end
check_data(X, y);
check_classes(y);
check_positive('alpha', alpha);
[n_samples, n_features] = size(X);
A = [ones(n_samples, 1), X];
Y = double(y == 1:max(y));
row = [0; repmat(alpha / n_samples, n_features, 1)];
penalty = repmat(row, max(y), 1);
loss = @(t) softmax_loss(t, A, Y, penalty);
derivatives = @(t) softmax_derivatives(t, A, Y, penalty);
start = zeros(numel(penalty), 1);
[theta, losses, finished] = newton(loss, derivatives, start, n_iter, tol);
if not(finished), warn_unfinished('softmax_fit', n_iter, tol); end
theta = reshape(theta, n_features + 1, max(y))';
b = theta(:, 1);
W = theta(:, 2:end);
end
