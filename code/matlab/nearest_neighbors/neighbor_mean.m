function y_hat = neighbor_mean(D, y, k, weighted)
%NEIGHBOR_MEAN  Predict the mean target of the nearest training samples.
%   y_hat = NEIGHBOR_MEAN(D, y, k, weighted)
%
%   D         n_samples x n_train, distances to the training samples
%   y         n_train x n_outputs, their targets: numbers, or for a vote one
%             column of zeros and ones for each class
%   k         how many neighbours are asked
%   weighted  true if a neighbour counts by one over its distance
%   y_hat     n_samples x n_outputs, means, or shares of the vote
%
%   See also NEAREST_NEIGHBORS, INVERSE_DISTANCE, HAVERSINE_KM.
if size(D, 2) ~= size(y, 1)
    error('mlearth:y', 'y must have one row per column of D (%d)', size(D, 2));
end
% Take the nearest
[distance, index] = nearest_neighbors(D, k);
% Weigh them
weights = ones(size(distance));
if weighted
    weights = inverse_distance(distance);
end
% Average their answers
y_hat = zeros(size(D, 1), size(y, 2));
for j = 1:k
    y_hat = y_hat + bsxfun(@times, weights(:, j), y(index(:, j), :));
end
y_hat = bsxfun(@rdivide, y_hat, sum(weights, 2));
end
