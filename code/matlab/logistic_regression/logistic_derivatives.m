function [gradient, hessian] = logistic_derivatives(theta, A, y, penalty)
%LOGISTIC_DERIVATIVES  Derivatives of the cross-entropy with its penalty.
%   [gradient, hessian] = LOGISTIC_DERIVATIVES(theta, A, y, penalty)
%
%   theta     n_columns x 1, bias and weights
%   A         n_samples x n_columns, samples with a column of ones in front
%   y         n_samples x 1, labels -1 and +1
%   penalty   n_columns x 1, 0 for the bias and alpha / n_samples elsewhere
%   gradient  n_columns x 1
%   hessian   n_columns x n_columns
%
%   See also LOGISTIC_FIT, CROSS_ENTROPY.
p = logistic_sigmoid(A * theta);
% Slope of the loss
gradient = A' * (p - (y + 1) / 2) / numel(y) + penalty .* theta;
% Curvature with its penalty
hessian = A' * (p .* (1 - p) .* A) / numel(y) + diag(penalty);
end
