function gradient = mlp_backward(layers, A, delta)
%MLP_BACKWARD  Derivatives of the loss by all weights and biases.
%   gradient = MLP_BACKWARD(layers, A, delta)
%
%   layers    n_layers x 2 cell, as in MLP_FORWARD
%   A         what MLP_FORWARD returned
%   delta     n_samples x n_outputs, derivative of the loss by the last sums
%   gradient  cell of the shape of layers
%
%   See also MLP_FORWARD, MLP_FIT.
gradient = layers;
for k = size(layers, 1):-1:1
    % Backward: what the weights of this layer did
    gradient(k, :) = {A{k}' * delta, sum(delta, 1)};
    % Backward: hand the blame to the layer below
    delta = (delta * layers{k, 1}') .* (1 - A{k} .^ 2);
end
end
