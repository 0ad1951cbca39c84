function theta = least_squares_normal(A, y)
%LEAST_SQUARES_NORMAL  Solve the normal equations, A' * A * theta = A' * y.
%   theta = LEAST_SQUARES_NORMAL(A, y) is short, but can lose twice as many
%   digits as LEAST_SQUARES_QR.
%
%   A      n_samples x n_coefficients, with a column of ones for the bias
%   y      n_samples x 1, targets
%   theta  n_coefficients x 1, coefficients
%
%   See also LEAST_SQUARES_QR.
check_system(A, y);
theta = (A' * A) \ (A' * y);
end
