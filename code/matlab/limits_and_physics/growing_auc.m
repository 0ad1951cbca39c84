function auc = growing_auc(won, pairs)
%GROWING_AUC  Area under the ROC curve of every study area that rings make.
%   auc = GROWING_AUC(won, pairs)
%
%   won     n_rings x n_rings, from PAIR_COUNTS, or a sum of such
%   pairs   n_rings x n_rings, likewise
%   auc     n_rings x 1: of the first ring alone, of the first two, and so on;
%           NaN without a pair
%
%   See also PAIR_COUNTS, WITHIN_AUC.
if not(isequal(size(won), size(pairs))) || any(won(:) > pairs(:) * (1 + 1e-9))
    error('mlearth:won', 'won must be of the size of pairs, and no entry larger');
end
% Add: a study area is a block in the corner of both tables
total = diag(cumsum(cumsum(pairs, 1), 2));
auc = diag(cumsum(cumsum(won, 1), 2)) ./ total;
end
