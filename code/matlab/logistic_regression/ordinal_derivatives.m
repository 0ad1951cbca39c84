function [gradient, hessian] = ordinal_derivatives(theta, X, y, penalty)
%ORDINAL_DERIVATIVES  Derivatives of the cross-entropy of ordered classes.
%   [gradient, hessian] = ORDINAL_DERIVATIVES(theta, X, y, penalty)
%
%   theta     thresholds, then weights, in one column
%   X         n_samples x n_features, one sample per row
%   y         n_samples x 1, classes 1 to K in their order
%   penalty   as theta: 0 for a threshold, alpha / n_samples for a weight
%   gradient  as theta
%   hessian   square
%
%   See also ORDINAL_FIT, ORDINAL_LOSS.
n_samples = numel(y);
n_cuts = numel(theta) - size(X, 2);
thresholds = theta(1:n_cuts);
below = double(y == 1:n_cuts);
meets = below + (y == 2:n_cuts+1);
p = logistic_sigmoid(thresholds' - X * theta(n_cuts+1:end));
residual = meets .* p - below;
weight = meets .* p .* (1 - p);
D = diff(eye(n_cuts), 1, 1);
push = 1 ./ expm1(D * thresholds);
share = accumarray(y, 1) / n_samples;
hold_open = share(2:end-1) .* push;
cuts = mean(residual, 1)' - D' * hold_open;
gradient = [cuts; -X' * sum(residual, 2) / n_samples] + penalty .* theta;
own = diag(mean(weight, 1)) + D' * (hold_open .* (1 + push) .* D);
cross = -weight' * X / n_samples;
slopes = X' * (sum(weight, 2) .* X) / n_samples;
hessian = [own, cross; cross', slopes] + diag(penalty);
end
