function check_targets(X, Y, weights, min_leaf)
%CHECK_TARGETS  Raise an error unless a tree can be grown from these samples.
%   CHECK_TARGETS(X, Y, weights, min_leaf)
%
%   X         n_samples x n_features, one sample per row
%   Y         n_samples x n_outputs, targets
%   weights   n_samples x 1, > 0
%   min_leaf  fewest samples in a leaf
check_data(X, weights);
if not(isnumeric(Y) && size(Y, 1) == size(X, 1) && all(isfinite(Y(:))))
    error('mlearth:Y', 'Y must hold finite numbers, one row per row of X (%d)', ...
        size(X, 1));
end
if not(all(weights > 0))
    error('mlearth:weights', 'weights must be > 0');
end
check_count('min_leaf', min_leaf);
end
