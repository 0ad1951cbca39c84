function A = mlp_forward(layers, X)
%MLP_FORWARD  What every layer of a tanh network gives, the samples first.
%   A = MLP_FORWARD(layers, X)
%
%   layers  n_layers x 2 cell: weights, units below x units, and biases, 1 x units
%   X       n_samples x n_features, one sample per row
%   A       1 x (n_layers + 1) cell: X, the hidden layers, the last sums
%
%   See also MLP_BACKWARD, MLP_FIT.
A = {X};
for k = 1:size(layers, 1)
    % Forward: weigh, add, bend
    A{k + 1} = A{k} * layers{k, 1} + layers{k, 2};
    if k < size(layers, 1), A{k + 1} = tanh(A{k + 1}); end
end
end
