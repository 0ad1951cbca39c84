function [w, b, losses] = linear_svm_fit(X, y, C, eta, n_iter)
%LINEAR_SVM_FIT  Find the widest street between two classes, by subgradients.
%   [w, b, losses] = LINEAR_SVM_FIT(X, y, C) minimises
%   |w|^2 / 2 + C * sum(max(0, 1 - y .* (X * w + b))). The result is a mean
%   of all steps in which the weight of a step grows with its number.
%
%   [w, b, losses] = LINEAR_SVM_FIT(X, y, C, eta, n_iter) names the first
%   learning rate and the number of steps.
%
%   X       n_samples x n_features, one standardised sample per row
%   y       n_samples x 1, labels -1 and +1
%   C       cost of a unit of slack, > 0
%   eta     first learning rate, > 0 (1 if left out)
%   n_iter  number of steps (1000 if left out)
%   w       n_features x 1, weights
%   b       bias
%   losses  n_iter x 1, objective of the mean after each step
%
%   See also HINGE_OBJECTIVE, PERCEPTRON_PREDICT, KERNEL_SVM_FIT.
if nargin < 4, eta = 1; end
if nargin < 5, n_iter = 1000; end
check_data(X, y);
check_labels(y);
check_positive('C', C);
check_positive('eta', eta);
check_count('n_iter', n_iter);
alpha = 1 / (C * numel(y));
v = zeros(size(X, 2), 1);
c = 0;
w = v;
b = c;
losses = zeros(n_iter, 1);
for t = 0:n_iter - 1
    [dv, dc] = hinge_subgradient(v, c, X, y, alpha);
    % Shorten the step
    step = eta / (1 + alpha * eta * t);
    v = v - step * dv;
    c = c - step * dc;
    % Weigh later steps more
    share = 2 / (t + 2);
    w = w + share * (v - w);
    b = b + share * (c - b);
    losses(t + 1) = hinge_objective(w, b, X, y, alpha);
end
check_losses(losses, eta);
end
