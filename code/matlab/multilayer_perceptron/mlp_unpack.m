function layers = mlp_unpack(theta, sizes)
%MLP_UNPACK  Cut a vector of all weights and biases into layers.
%   layers = MLP_UNPACK(theta, sizes)
%
%   theta   column: of each layer the weights row by row, then the biases
%   sizes   numbers of inputs, of units in each hidden layer, and of outputs
%   layers  n_layers x 2 cell: weights, units below x units, and biases, 1 x units
%
%   See also MLP_FORWARD, MLP_FIT.
sizes = sizes(:)';
needed = sum((sizes(1:end-1) + 1) .* sizes(2:end));
if numel(theta) ~= needed
    error('mlearth:theta', 'theta must have %d numbers, got %d', needed, numel(theta));
end
layers = cell(numel(sizes) - 1, 2);
last = 0;
for k = 1:numel(sizes) - 1
    n_weights = sizes(k) * sizes(k + 1);
    W = reshape(theta(last + (1:n_weights)), sizes(k + 1), sizes(k))';
    b = theta(last + n_weights + (1:sizes(k + 1)));
    layers(k, :) = {W, reshape(b, 1, [])};
    last = last + n_weights + sizes(k + 1);
end
end
