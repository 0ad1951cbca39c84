function [distance, index] = nearest_neighbors(D, k)
%NEAREST_NEIGHBORS  Find the k smallest distances of each row.
%   [distance, index] = NEAREST_NEIGHBORS(D, k)
%
%   D         n_a x n_b, distances
%   k         how many, from 1 to n_b
%   distance  n_a x k, the smallest distances, the nearest first
%   index     n_a x k, their columns in D; of equal distances the first wins
%
%   See also NEIGHBOR_MEAN, INVERSE_DISTANCE.
check_count('k', k);
if k > size(D, 2)
    error('mlearth:k', 'k must be at most the number of columns of D (%d)', ...
        size(D, 2));
end
[distance, index] = sort(D, 2);
distance = distance(:, 1:k);
index = index(:, 1:k);
end
