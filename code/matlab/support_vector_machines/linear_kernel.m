function K = linear_kernel(X, Z)
%LINEAR_KERNEL  Scalar product of every row of X with every row of Z.
%   K = LINEAR_KERNEL(X, Z)
%
%   X  n_samples x n_features, one sample per row
%   Z  n_others x n_features, other samples or the same
%   K  n_samples x n_others, kernel matrix
%
%   See also POLYNOMIAL_KERNEL, RBF_KERNEL.
check_features(X, Z);
K = X * Z';
end
