function [w, b] = ridge_fit(X, y, alpha)
%RIDGE_FIT  Fit y = X * w + b with a penalty on the squares of the weights.
%   [w, b] = RIDGE_FIT(X, y, alpha) minimises
%   sum((y - X * w - b) .^ 2) + alpha * sum(w .^ 2); the bias goes free.
%
%   X      n_samples x n_features, one sample per row; standardise it first
%   y      n_samples x 1, targets
%   alpha  strength of the penalty, > 0
%   w      n_features x 1, weights
%   b      bias
%
%   See also LASSO_FIT, LEAST_SQUARES_FIT.
check_data(X, y);
check_positive('alpha', alpha);
[X, y, X_mean, y_mean] = centre(X, y);
penalty = alpha * eye(size(X, 2));
w = (X' * X + penalty) \ (X' * y);
b = y_mean - X_mean * w;
end
