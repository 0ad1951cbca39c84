function [dw, db] = squared_loss_gradient(w, b, X, y)
%SQUARED_LOSS_GRADIENT  Derivatives of SQUARED_LOSS by weights and bias.
%   [dw, db] = SQUARED_LOSS_GRADIENT(w, b, X, y)
%
%   w   n_features x 1, weights
%   b   bias
%   X   n_samples x n_features, one sample per row
%   y   n_samples x 1, targets: numbers, or labels -1 and +1
%   dw  n_features x 1, derivative by each weight
%   db  derivative by the bias
%
%   See also SQUARED_LOSS.
residual = y - (X * w + b);
dw = -X' * residual / numel(y);
db = -sum(residual) / numel(y);
end
