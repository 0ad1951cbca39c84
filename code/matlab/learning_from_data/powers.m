function A = powers(T, degree)
%POWERS  Columns of a polynomial: ones, T, T .^ 2 and so on.
%   A = POWERS(T, degree) holds no products of different variables.
%
%   T       n_samples x n_features, the variables
%   degree  highest power, >= 0
%   A       n_samples x (1 + degree * n_features)
%
%   See also POLYNOMIAL_FIT.
check_degree(degree);
% Raise to powers
A = ones(size(T, 1), 1);
for k = 1:degree
    A = [A, T .^ k];
end
end
