function theta = descend(A, y, weight, eta, n_iter)
%DESCEND  Fit by steps down the gradient of a weighted squared loss.
%   theta = DESCEND(A, y, weight, eta, n_iter)
%
%   A       n_records x n_coefficients, design matrix
%   y       n_records x 1, what was measured
%   weight  n_records x 1, how much each record counts, 0 or more
%   eta     step size
%   n_iter  number of steps from zero, all coefficients at once
%   theta   n_coefficients x 1, where the walk has arrived
error('not written yet');
end
