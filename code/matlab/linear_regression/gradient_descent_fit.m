function [w, b, losses] = gradient_descent_fit(X, y, eta, n_iter)
%GRADIENT_DESCENT_FIT  Fit y = X * w + b one step down the gradient at a time.
%   [w, b, losses] = GRADIENT_DESCENT_FIT(X, y, eta, n_iter)
%
%   X       n_samples x n_features, one sample per row; standardise it first
%   y       n_samples x 1, targets
%   eta     learning rate, > 0 and below LARGEST_ETA(X)
%   n_iter  number of steps
%   w       n_features x 1, weights
%   b       bias
%   losses  (n_iter + 1) x 1, loss before the first step and after each
%
%   See also LARGEST_ETA, LEAST_SQUARES_FIT.
check_data(X, y);
check_positive('eta', eta);
check_count('n_iter', n_iter);
w = zeros(size(X, 2), 1);
b = 0;
losses = [squared_loss(w, b, X, y); zeros(n_iter, 1)];
for step = 1:n_iter
    % Step down the gradient
    [dw, db] = squared_loss_gradient(w, b, X, y);
    w = w - eta * dw;
    b = b - eta * db;
    losses(step + 1) = squared_loss(w, b, X, y);
end
check_losses(losses, eta);
end
