function theta = least_squares_qr(A, y)
%LEAST_SQUARES_QR  Solve R * theta = Q' * y, where A = Q * R.
%   theta = LEAST_SQUARES_QR(A, y)
%
%   A      n_samples x n_coefficients, with a column of ones for the bias
%   y      n_samples x 1, targets
%   theta  n_coefficients x 1, coefficients
%
%   See also LEAST_SQUARES_NORMAL, STANDARD_ERRORS.
check_system(A, y);
% Factor the design
[Q, R] = qr(A, 0);
% Solve the triangle
theta = R \ (Q' * y);
end
