function loss = squared_loss(w, b, X, y)
%SQUARED_LOSS  Half the mean squared distance of X * w + b from the targets.
%   loss = SQUARED_LOSS(w, b, X, y)
%
%   w     n_features x 1, weights
%   b     bias
%   X     n_samples x n_features, one sample per row
%   y     n_samples x 1, targets: numbers, or labels -1 and +1
%   loss  loss, in the square of the unit of y
%
%   See also SQUARED_LOSS_GRADIENT.
residual = y - (X * w + b);
loss = residual' * residual / numel(y) / 2;
end
