function auc = auc_within(y, score, ring)
%AUC_WITHIN  Area under the ROC curve from pairs of cells of one ring alone.
%   auc = AUC_WITHIN(y, score, ring)
%
%   y      n x 1, 1 for a cell that was hit, 0 for one that was missed
%   score  n x 1, larger says more likely
%   ring   n x 1, whole numbers
%   auc    won pairs of all rings over all such pairs; a tie is half a pair
error('not written yet');
end
