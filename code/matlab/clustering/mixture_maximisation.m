function [shares, means, covariances] = mixture_maximisation(X, R, smallest)
%MIXTURE_MAXIMISATION  Fit each component to what belongs to it: the M-step.
%   [shares, means, covariances] = MIXTURE_MAXIMISATION(X, R, smallest)
%
%   X            n_samples x n_features, samples
%   R            n_samples x n_components, probability of each component
%   smallest     added to all variances, so that no component collapses
%   shares       n_components x 1, share of each component
%   means        n_components x n_features, means
%   covariances  n_features x n_features x n_components, covariance matrices
%
%   See also MIXTURE_EXPECTATION.
if size(R, 1) ~= size(X, 1)
    error('mlearth:R', 'R must have one row per row of X (%d)', size(X, 1));
end
% Fit each bell to its part of the samples
counts = sum(R, 1)' + 10 * eps;
means = bsxfun(@rdivide, R' * X, counts);
covariances = zeros(size(X, 2), size(X, 2), size(R, 2));
for k = 1:size(R, 2)
    d = bsxfun(@minus, X, means(k, :));
    covariances(:, :, k) = bsxfun(@times, R(:, k), d)' * d / counts(k);
    % Keep every bell from collapsing
    covariances(:, :, k) = covariances(:, :, k) + smallest * eye(size(X, 2));
end
shares = counts / sum(counts);
end
