function D = haversine_km(A, B)
%HAVERSINE_KM  Measure great-circle distances on a sphere of radius 6371 km.
%   D = HAVERSINE_KM(A, B)
%
%   A  n_a x 2, latitude [-90 to 90 degrees] and longitude [degrees east]
%   B  n_b x 2, likewise
%   D  n_a x n_b, distances along the surface [km]
%
%   See also EUCLIDEAN_DISTANCE, NEAREST_NEIGHBORS.
if size(A, 2) ~= 2 || size(B, 2) ~= 2
    error('mlearth:places', 'A and B must have the columns latitude and longitude');
end
if any(abs([A(:, 1); B(:, 1)]) > 90)
    error('mlearth:places', 'latitudes must lie between -90 and 90 degrees');
end
% Measure the distances
A = A * pi / 180;
B = B * pi / 180;
north = sin(bsxfun(@minus, A(:, 1), B(:, 1)') / 2).^2;
east = sin(bsxfun(@minus, A(:, 2), B(:, 2)') / 2).^2;
h = north + (cos(A(:, 1)) * cos(B(:, 1))') .* east;
D = 2 * 6371 * asin(sqrt(min(h, 1)));
end
