function means = cluster_means(X, labels, centres)
%CLUSTER_MEANS  Move each centre to the mean of its samples.
%   means = CLUSTER_MEANS(X, labels, centres); a centre without samples goes to
%   the sample that is farthest from its own centre, a second one to the next.
%
%   X        n_samples x n_features, samples
%   labels   n_samples x 1, number of each sample's centre, from 1
%   centres  n_clusters x n_features, where the centres are now
%   means    n_clusters x n_features, where they go
%
%   See also K_MEANS.
if numel(labels) ~= size(X, 1)
    error('mlearth:labels', 'labels must have one row per row of X (%d)', size(X, 1));
end
if any(labels < 1) || any(labels > size(centres, 1))
    error('mlearth:labels', 'labels must be from 1 to %d, the number of centres', ...
        size(centres, 1));
end
% Move each centre to the mean of its samples
member = bsxfun(@eq, (1:size(centres, 1))', labels(:)');
counts = sum(member, 2);
means = bsxfun(@rdivide, member * X, max(counts, 1));
empty = find(counts == 0);
[~, far] = sort(-sum((X - means(labels, :)).^2, 2));
means(empty, :) = X(far(1:numel(empty)), :);
end
