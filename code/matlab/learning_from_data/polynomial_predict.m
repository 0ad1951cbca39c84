function y_hat = polynomial_predict(X, theta, middle, half)
%POLYNOMIAL_PREDICT  Evaluate what POLYNOMIAL_FIT has fitted.
%   y_hat = POLYNOMIAL_PREDICT(X, theta, middle, half)
%
%   X       n_samples x n_features, in the units of the training data
%   theta   (1 + degree * n_features) x 1, coefficients of POWERS
%   middle  1 x n_features, middle of the range in the training data
%   half    1 x n_features, half-width of that range
%   y_hat   n_samples x 1, predictions
%
%   See also POLYNOMIAL_FIT.
degree = (numel(theta) - 1) / size(X, 2);
y_hat = powers((X - middle) ./ half, degree) * theta;
end
