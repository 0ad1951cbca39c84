function [m, v] = pooled_moments(counts, means, variances)
%POOLED_MOMENTS  Mean and variance of a whole batch from those of its shards.
%   [m, v] = POOLED_MOMENTS(counts, means, variances)
%
%   counts     n_workers x 1, samples in each shard
%   means      n_workers x n_units, mean of every unit in each shard
%   variances  n_workers x n_units, divided by the counts
%   m, v       1 x n_units, those of all samples together
%
%   See also RING_ALL_REDUCE.
if not(isequal(size(means), size(variances)) && numel(counts) == size(means, 1))
    error('mlearth:means', 'means must have one row per count, and so must variances');
end
share = counts(:) / sum(counts);
m = sum(share .* means, 1);
v = sum(share .* (variances + (means - m) .^ 2), 1);
end
