function [mean_gap, low, high] = corrected_interval(scores, others, test_share)
%CORRECTED_INTERVAL  Interval of the mean difference of two models over folds.
%   [mean_gap, low, high] = CORRECTED_INTERVAL(scores, others, test_share)
%   gives the 95 % interval of Nadeau and Bengio, for folds that share their
%   training rows.
%
%   scores      n_folds x 1, scores of a model, two or more
%   others      n_folds x 1, scores of the other model on the same folds
%   test_share  test rows for each training row of a fold, >= 0; with 0 the
%               folds are taken as independent, which they are not
%   mean_gap    mean of scores - others
%   low, high   ends of the interval
%
%   See also UNIT_INTERVAL, EXPECTED_MAXIMUM, NESTED_PREDICTIONS.
scores = scores(:);
others = others(:);
n_folds = numel(scores);
if n_folds < 2 || numel(others) ~= n_folds
    error('scores and others must hold one score for each of two or more folds');
end
if not(isscalar(test_share)) || not(test_share >= 0 && isfinite(test_share))
    error('test_share must be a finite number >= 0');
end
% Pair the folds
gaps = scores - others;
% Widen for shared training
spread = sqrt((1 / n_folds + test_share) * var(gaps));
% 97.5 % quantile of Student's t: where its tail holds 0.025
dof = n_folds - 1;
tail = @(t) betainc(dof / (dof + t ^ 2), dof / 2, 0.5) / 2 - 0.025;
reach = fzero(tail, [0, 1000], optimset('TolX', 1e-14)) * spread;
mean_gap = mean(gaps);
low = mean_gap - reach;
high = mean_gap + reach;
end
