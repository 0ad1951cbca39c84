function theta = newton_step(theta, X, y, counts, alpha)
%NEWTON_STEP  One full step of Newton's method for logistic regression.
%   theta = NEWTON_STEP(theta, X, y, counts, alpha)
%
%   theta   (1 + n_features) x 1, the bias, then the weights: before the step,
%           and returned after it
%   X       n_events x n_features, without a column of ones
%   y       n_events x 1, labels 0 and 1
%   counts  n_events x 1, how many times each event counts
%   alpha   strength of the penalty, > 0; the bias goes free
error('not written yet');
end
