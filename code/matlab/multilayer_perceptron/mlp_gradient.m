function gradient = mlp_gradient(theta, sizes, X, y)
%MLP_GRADIENT  Derivatives of half the mean squared error of a tanh network.
%   gradient = MLP_GRADIENT(theta, sizes, X, y)
%
%   theta     column, all weights and biases, as MLP_UNPACK takes it
%   sizes     numbers of inputs, of units in each hidden layer, and of outputs
%   X         n_samples x n_features, one sample per row
%   y         n_samples x n_outputs, targets
%   gradient  as theta
%
%   See also MLP_FORWARD, MLP_BACKWARD, MLP_FIT.
layers = mlp_unpack(theta, sizes);
A = mlp_forward(layers, X);
% Error at the top
delta = (A{end} - y) / size(X, 1);
parts = mlp_backward(layers, A, delta)';
columns = cellfun(@(part) reshape(part', [], 1), parts(:), 'UniformOutput', false);
gradient = vertcat(columns{:});
end
