function value = hinge_objective(w, b, X, y, alpha)
%HINGE_OBJECTIVE  Mean hinge loss plus the penalty alpha * |w|^2 / 2.
%   value = HINGE_OBJECTIVE(w, b, X, y, alpha)
%
%   w      n_features x 1, weights
%   b      bias, which is not penalised
%   X      n_samples x n_features, one sample per row
%   y      n_samples x 1, labels -1 and +1
%   alpha  strength of the penalty, > 0: 1 / (n_samples * C)
%   value  objective
%
%   See also HINGE_SUBGRADIENT, LINEAR_SVM_FIT.
check_positive('alpha', alpha);
slack = max(0, 1 - y .* (X * w + b));
value = mean(slack) + alpha / 2 * (w' * w);
end
