function auc = within_auc(won, pairs)
%WITHIN_AUC  Area under the ROC curve from pairs of cells of one ring alone.
%   auc = WITHIN_AUC(won, pairs)
%
%   won     n_rings x n_rings, from PAIR_COUNTS, or a sum of such
%   pairs   n_rings x n_rings, likewise
%   auc     what a score knows besides the ring; NaN without a pair
%
%   See also PAIR_COUNTS, GROWING_AUC.
if not(isequal(size(won), size(pairs))) || any(won(:) > pairs(:) * (1 + 1e-9))
    error('mlearth:won', 'won must be of the size of pairs, and no entry larger');
end
% Hold: compare within a ring, where the border has no say
auc = trace(won) / trace(pairs);
end
