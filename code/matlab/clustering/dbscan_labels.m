function labels = dbscan_labels(X, reach, min_samples)
%DBSCAN_LABELS  Grow clusters from core samples to all who are near.
%   labels = DBSCAN_LABELS(X, reach, min_samples)
%
%   X            n_samples x n_features, samples
%   reach        how near neighbours are, in the unit of the features
%   min_samples  a sample with so many neighbours, itself counted, is core
%   labels       n_samples x 1, number of the cluster, from 1; -1 is noise
%
%   See also EUCLIDEAN_DISTANCE.
check_positive('reach', reach);
check_count('min_samples', min_samples);
near = euclidean_distance(X, X) <= reach;
% Find the core samples
core = sum(near, 2) >= min_samples;
labels = -ones(size(X, 1), 1);
n_clusters = 0;
for first = find(core)'
    if labels(first) > 0
        continue
    end
    % Grow from core to core
    n_clusters = n_clusters + 1;
    labels(first) = n_clusters;
    waiting = first;
    while ~isempty(waiting)
        rows = find(near(:, waiting(end)) & labels < 0);
        waiting(end) = [];
        labels(rows) = n_clusters;
        waiting = [waiting; rows(core(rows))];
    end
end
end
