function found = boosting_round(weights, y, vote)
%BOOSTING_ROUND  One round of AdaBoost, with voters that may abstain.
%   found = BOOSTING_ROUND(weights, y, vote)
%
%   weights  n_samples x 1, > 0
%   y        n_samples x 1, labels -1 and 1
%   vote     n_samples x 1, -1, 1, or 0 where the voter abstains
%   found    (1 + n_samples) x 1, the say, then the new weights
error('not written yet');
end
