function [scalings, means, centre, priors] = lda_fit(X, codes)
%LDA_FIT  The axes that part known classes, in units of the scatter inside.
%   [scalings, means, centre, priors] = LDA_FIT(X, codes)
%
%   X         n_samples x n_features, one sample per row
%   codes     n_samples x 1, the classes 1 to K, each of them at least once
%   scalings  n_features x n_axes, at most K - 1; scores are
%             (X - repmat(centre, n_samples, 1)) * scalings
%   means     K x n_features, mean of each class
%   centre    1 x n_features, mean of all samples
%   priors    K x 1, share of each class
%
%   See also PRINCIPAL_AXES.
check_samples(X);
check_classes(codes);
n = size(X, 1);
K = max(codes);
counts = accumarray(codes(:), 1);
priors = counts / n;
centre = mean(X, 1);
means = zeros(K, size(X, 2));
for k = 1:K
    means(k, :) = mean(X(codes == k, :), 1);
end
% Whiten the scatter inside
inside = (X - means(codes, :)) / sqrt(n);
[~, S, V] = svd(inside, 'econ');
s = diag(S);
kept = s > 1e-10 * s(1);
whiten = V(:, kept) ./ repmat(s(kept)', size(V, 1), 1);
% Part the means
between = (means - repmat(centre, K, 1)) .* repmat(sqrt(counts), 1, size(X, 2));
[~, S, V] = svd(between * whiten, 'econ');
s = diag(S);
parted = s > 1e-10 * max(s(1), 1);
parted(K:end) = false;
scalings = whiten * V(:, parted);
end
