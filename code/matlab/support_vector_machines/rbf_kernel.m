function K = rbf_kernel(X, Z, gamma)
%RBF_KERNEL  Kernel exp(-gamma * |x - z|^2) of every row of X with every row of Z.
%   K = RBF_KERNEL(X, Z, gamma)
%
%   X      n_samples x n_features, one sample per row
%   Z      n_others x n_features, other samples or the same
%   gamma  scale, > 0
%   K      n_samples x n_others, kernel matrix, from 0 to 1
%
%   See also LINEAR_KERNEL, POLYNOMIAL_KERNEL.
check_features(X, Z);
check_positive('gamma', gamma);
squared = zeros(size(X, 1), size(Z, 1));
for j = 1:size(X, 2)
    squared = squared + (X(:, j) - Z(:, j)') .^ 2;
end
K = exp(-gamma * squared);
end
