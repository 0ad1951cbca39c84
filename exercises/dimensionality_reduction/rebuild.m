function rebuilt = rebuild(X, counts, k)
%REBUILD  Samples as k principal axes see them, each counting several times.
%   rebuilt = REBUILD(X, counts, k)
%
%   X        n_samples x n_features, not yet centred
%   counts   n_samples x 1, how many times each sample counts, > 0
%   k        how many axes to keep, from 1 to n_features
%   rebuilt  n_samples x n_features, the mean plus what the axes keep
error('not written yet');
end
