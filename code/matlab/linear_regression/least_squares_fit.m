function [w, b, w_se, b_se, sigma] = least_squares_fit(X, y)
%LEAST_SQUARES_FIT  Fit y = X * w + b by least squares, with its errors.
%   [w, b, w_se, b_se, sigma] = LEAST_SQUARES_FIT(X, y) uses the QR
%   decomposition.
%
%   X      n_samples x n_features, one sample per row
%   y      n_samples x 1, targets
%   w      n_features x 1, weights
%   b      bias
%   w_se   n_features x 1, classical standard errors of the weights
%   b_se   classical standard error of the bias
%   sigma  standard deviation of y about the fit
%
%   See also LEAST_SQUARES_QR, STANDARD_ERRORS, RIDGE_FIT.
check_data(X, y);
A = [ones(size(X, 1), 1), X];
theta = least_squares_qr(A, y);
[errors, sigma] = standard_errors(A, y, theta);
b = theta(1);
w = theta(2:end);
b_se = errors(1);
w_se = errors(2:end);
end
