function log_p = log_class_probabilities(thresholds, z)
%LOG_CLASS_PROBABILITIES  Logarithms of the probabilities of ordered classes.
%   log_p = LOG_CLASS_PROBABILITIES(thresholds, z)
%
%   thresholds  (n_classes - 1) x 1, increasing
%   z           n_samples x 1, scores
%   log_p       n_samples x n_classes; NaN where thresholds are out of order
%
%   See also ORDINAL_FIT, LOG_ONE_PLUS_EXP.
% Probability of each class
u = thresholds' - z;
log_p = zeros(numel(z), numel(thresholds) + 1);
log_p(:, 1:end-1) = -log_one_plus_exp(-u);
log_p(:, 2:end) = log_p(:, 2:end) - log_one_plus_exp(u);
gap = diff(thresholds, 1, 1);  % none for two classes
inside = nan(size(gap));
inside(gap > 0) = log(-expm1(-gap(gap > 0)));
log_p(:, 2:end-1) = log_p(:, 2:end-1) + inside';
end
