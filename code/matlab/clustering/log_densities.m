function a = log_densities(X, means, covariances)
%LOG_DENSITIES  Logarithm of each component's density at each sample.
%   a = LOG_DENSITIES(X, means, covariances)
%
%   X            n_samples x n_features, samples
%   means        n_components x n_features, means of the components
%   covariances  n_features x n_features x n_components, their covariances
%   a            n_samples x n_components, natural logarithms
%
%   See also MIXTURE_EXPECTATION, LOG_SUM_EXP.
if size(means, 2) ~= size(X, 2)
    error('mlearth:means', 'means must have as many columns as X (%d)', size(X, 2));
end
[n, m] = size(X);
a = zeros(n, size(means, 1));
for k = 1:size(means, 1)
    [root, flag] = chol(covariances(:, :, k), 'lower');
    if flag
        error('mlearth:covariances', 'covariances must be positive definite');
    end
    z = root \ bsxfun(@minus, X, means(k, :))';
    a(:, k) = -m / 2 * log(2 * pi) - sum(log(diag(root))) - sum(z.^2, 1)' / 2;
end
end
