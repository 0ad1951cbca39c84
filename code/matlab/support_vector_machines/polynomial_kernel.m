function K = polynomial_kernel(X, Z, gamma, degree)
%POLYNOMIAL_KERNEL  Kernel (1 + gamma * x * z')^degree of every x with every z.
%   K = POLYNOMIAL_KERNEL(X, Z, gamma, degree)
%
%   X       n_samples x n_features, one sample per row
%   Z       n_others x n_features, other samples or the same
%   gamma   scale, > 0
%   degree  highest power of the features, >= 1
%   K       n_samples x n_others, kernel matrix
%
%   See also LINEAR_KERNEL, RBF_KERNEL.
check_features(X, Z);
check_positive('gamma', gamma);
check_count('degree', degree);
K = (1 + gamma * (X * Z')) .^ degree;
end
