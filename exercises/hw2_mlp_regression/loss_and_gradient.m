function [loss, dW1, db1, dW2, db2] = loss_and_gradient(X, y, w, W1, b1, W2, b2)
%LOSS_AND_GRADIENT  Loss of a network with two outputs, and its derivatives.
%   [loss, dW1, db1, dW2, db2] = LOSS_AND_GRADIENT(X, y, w, W1, b1, W2, b2)
%
%   X        n x m, the features of n records
%   y        n x 1, what was measured
%   w        n x 1, the weights of the records
%   W1, b1   m x h and 1 x h, weights and biases of h hidden units, tanh
%   W2, b2   h x 2 and 1 x 2, weights and biases of the mean and of ln(sigma)
%   loss     the sum of w .* (s + (y - mean).^2 ./ (2 * sigma.^2)), s = ln(sigma)
%   dW1 ...  its derivatives by W1, b1, W2 and b2, in their shapes
error('not written yet');
end
