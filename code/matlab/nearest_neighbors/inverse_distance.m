function weights = inverse_distance(distance)
%INVERSE_DISTANCE  Weigh neighbours by one over their distance.
%   weights = INVERSE_DISTANCE(distance); the nearest of each row has the weight
%   1, and where neighbours lie at distance zero they alone count.
%
%   distance  n_samples x k, distances >= 0
%   weights   n_samples x k, from 0 to 1
%
%   See also NEIGHBOR_MEAN.
least = min(distance, [], 2);
weights = bsxfun(@rdivide, least, max(distance, realmin));
weights(bsxfun(@eq, distance, least)) = 1;
end
