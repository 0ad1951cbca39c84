function quantile = conformal_quantile(score, level)
%CONFORMAL_QUANTILE  The score that a new sample stays below with a probability.
%   quantile = CONFORMAL_QUANTILE(score, level); of the sizes of residuals it is
%   half the width of intervals.
%
%   score     n_samples x 1, of samples that were held back; larger is worse
%   level     share of new samples to cover, between 0 and 1
%   quantile  the smallest score that enough of n + 1 do not exceed
%
%   See also BOOSTING_FIT.
if not(isscalar(level) && level > 0 && level < 1)
    error('mlearth:level', 'level must be a number between 0 and 1');
end
% Count to the rank
k = ceil((numel(score) + 1) * level - 1e-9);
if k > numel(score)
    error('mlearth:score', 'score must hold at least %d values', ...
        ceil(level / (1 - level) - 1e-9));
end
score = sort(score);
quantile = score(k);
end
