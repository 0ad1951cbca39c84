function [w, b] = huber_fit(X, y, delta, n_iter, tol)
%HUBER_FIT  Fit y = X * w + b so that outliers count by size, not by square.
%   [w, b] = HUBER_FIT(X, y, delta, n_iter, tol) uses iteratively reweighted
%   least squares.
%
%   X       n_samples x n_features, one sample per row
%   y       n_samples x 1, targets
%   delta   size from which on a residual counts less, > 0, in the unit of y
%   n_iter  largest number of reweighted fits (100 if left out)
%   tol     stop when no prediction moves by more than tol * delta
%           (1e-6 if left out)
%   w       n_features x 1, weights
%   b       bias
%
%   See also HUBER_WEIGHTS, LEAST_SQUARES_FIT.
if nargin < 4, n_iter = 100; end
if nargin < 5, tol = 1e-6; end
check_data(X, y);
check_positive('delta', delta);
check_count('n_iter', n_iter);
check_positive('tol', tol);
A = [ones(size(X, 1), 1), X];
theta = least_squares_qr(A, y);
finished = false;
for iteration = 1:n_iter
    root = sqrt(huber_weights(y - A * theta, delta));
    before = theta;
    theta = least_squares_qr(root .* A, root .* y);
    finished = max(abs(A * (theta - before))) <= tol * delta;
    if finished, break, end
end
if not(finished), warn_unfinished('huber_fit', n_iter, tol); end
b = theta(1);
w = theta(2:end);
end
