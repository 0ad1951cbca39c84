function [errors, sigma] = standard_errors(A, y, theta)
%STANDARD_ERRORS  Classical standard errors of least-squares coefficients.
%   [errors, sigma] = STANDARD_ERRORS(A, y, theta). They hold when the errors
%   of the rows are independent and of one variance, and are NaN when there
%   are just as many rows as coefficients.
%
%   A       n_samples x n_coefficients, with a column of ones for the bias
%   y       n_samples x 1, targets
%   theta   n_coefficients x 1, coefficients
%   errors  n_coefficients x 1, standard error of each coefficient
%   sigma   standard deviation of y about the fit
%
%   See also LEAST_SQUARES_QR, LEAST_SQUARES_FIT.
check_system(A, y);
% Turn the scatter into errors
n_left_over = size(A, 1) - size(A, 2);
residual = y - A * theta;
if n_left_over > 0
    sigma = sqrt(residual' * residual / n_left_over);
else
    sigma = NaN;
end
[~, R] = qr(A, 0);
R_inverse = R \ eye(size(R));
errors = sigma * sqrt(sum(R_inverse .^ 2, 2));
end
