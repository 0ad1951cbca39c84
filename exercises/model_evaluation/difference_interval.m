function found = difference_interval(scores, others, n_train, n_test, t)
%DIFFERENCE_INTERVAL  Corrected interval of the difference of two models over folds.
%   found = DIFFERENCE_INTERVAL(scores, others, n_train, n_test, t)
%
%   scores   n_folds x 1, score of a model on each fold
%   others   n_folds x 1, score of the other model on the same folds
%   n_train  n_folds x 1, training rows of each fold
%   n_test   n_folds x 1, test rows of each fold
%   t        quantile of Student's t, > 0
%   found    1 x 3: the mean of scores - others, and both ends of the interval
error('not written yet');
end
