function [theta, middle, half] = polynomial_fit(X, y, degree)
%POLYNOMIAL_FIT  Fit a polynomial in each feature by least squares, added up.
%   [theta, middle, half] = POLYNOMIAL_FIT(X, y, degree) takes the powers of
%   (X - middle) ./ half, which lies between -1 and 1.
%
%   X       n_samples x n_features, one sample per row
%   y       n_samples x 1, targets
%   degree  highest power, >= 0
%   theta   (1 + degree * n_features) x 1, coefficients of POWERS
%   middle  1 x n_features, middle of the range of each feature
%   half    1 x n_features, half-width of that range
%
%   See also POLYNOMIAL_PREDICT, POWERS, LEAST_SQUARES_QR.
check_data(X, y);
check_degree(degree);
for j = 1:size(X, 2)
    found = numel(unique(X(:, j)));
    if found <= degree
        error('mlearth:X', ...
            'degree = %d needs more different values than the %d of column %d', ...
            degree, found, j);
    end
end
% Scale
middle = (max(X, [], 1) + min(X, [], 1)) / 2;
half = (max(X, [], 1) - min(X, [], 1)) / 2;
half(half == 0) = 1;
% Raise to powers
A = powers((X - middle) ./ half, degree);
% Fit
theta = least_squares_qr(A, y);
end
