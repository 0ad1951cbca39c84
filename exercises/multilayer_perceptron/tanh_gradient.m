function gradient = tanh_gradient(W, b, v, c, X, y)
%TANH_GRADIENT  Derivatives of half the mean squared error of a network.
%   gradient = TANH_GRADIENT(W, b, v, c, X, y), where the network says
%   tanh(X * W + b') * v + c
%
%   W         n_features x n_units, weights of the hidden layer
%   b         n_units x 1, its biases
%   v         n_units x 1, weights of the output
%   c         its bias
%   X         n_samples x n_features, one sample per row
%   y         n_samples x 1, targets
%   gradient  column: by W, row by row, then by b, by v and by c
error('not written yet');
end
