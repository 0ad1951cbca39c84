function D = euclidean_distance(A, B)
%EUCLIDEAN_DISTANCE  Measure the distance between each row of A and each of B.
%   D = EUCLIDEAN_DISTANCE(A, B)
%
%   A  n_a x n_features, points; all features count alike
%   B  n_b x n_features, points in the same units
%   D  n_a x n_b, distances in the unit of the features
%
%   See also HAVERSINE_KM, NEAREST_NEIGHBORS.
if size(A, 2) ~= size(B, 2)
    error('mlearth:B', 'B must have as many columns as A (%d)', size(A, 2));
end
D = zeros(size(A, 1), size(B, 1));
for j = 1:size(A, 2)
    D = D + bsxfun(@minus, A(:, j), B(:, j)').^2;
end
D = sqrt(D);
end
