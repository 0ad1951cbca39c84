function [won, pairs] = pair_counts(y, score, ring)
%PAIR_COUNTS  Pairs of a hit and a miss, by the rings that they come from.
%   [won, pairs] = PAIR_COUNTS(y, score, ring)
%
%   y      n_samples x 1, 1 for a cell that was hit and 0 for one that was missed
%   score  n_samples x 1, larger says more likely
%   ring   n_samples x 1, 0 is the innermost
%   won    n_rings x n_rings: in row i, column j the pairs of a hit of ring i - 1 and a
%          miss of ring j - 1 that the hit wins; where both are equal, half a pair
%   pairs  n_rings x n_rings: how many such pairs there are
%
%   See also GROWING_AUC, WITHIN_AUC.
if not(all(y(:) == 0 | y(:) == 1) && numel(score) == numel(y))
    error('mlearth:y', 'y must be of 0 and 1, one for each score');
end
if not(all(ring(:) >= 0 & ring(:) == round(ring(:))) && numel(ring) == numel(y))
    error('mlearth:ring', 'ring must be of whole numbers >= 0, one for each score');
end
n_rings = max(ring) + 1;
won = zeros(n_rings);
pairs = zeros(n_rings);
for j = 1:n_rings
    % Rank: the misses of one ring in order
    missed = sort(score(y == 0 & ring == j - 1));
    for h = find(y == 1)'
        i = ring(h) + 1;
        % Count: those that each hit beats, and half of those that it equals
        below = sum(missed < score(h));
        equal = sum(missed == score(h));
        won(i, j) = won(i, j) + below + equal / 2;
        pairs(i, j) = pairs(i, j) + numel(missed);
    end
end
end
