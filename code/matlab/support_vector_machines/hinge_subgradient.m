function [dw, db] = hinge_subgradient(w, b, X, y, alpha)
%HINGE_SUBGRADIENT  Subgradient of HINGE_OBJECTIVE by the weights and the bias.
%   [dw, db] = HINGE_SUBGRADIENT(w, b, X, y, alpha) takes, at a kink, the
%   slope on the side where the sample costs nothing.
%
%   w      n_features x 1, weights
%   b      bias
%   X      n_samples x n_features, one sample per row
%   y      n_samples x 1, labels -1 and +1
%   alpha  strength of the penalty, > 0: 1 / (n_samples * C)
%   dw     n_features x 1, slope by each weight
%   db     slope by the bias
%
%   See also HINGE_OBJECTIVE, LINEAR_SVM_FIT.
check_positive('alpha', alpha);
% Find the intruders
pull = y .* (y .* (X * w + b) < 1);
dw = alpha * w - X' * pull / numel(y);
db = -mean(pull);
end
