function said = mlp_predict(theta, sizes, X)
%MLP_PREDICT  What a tanh network says of new samples.
%   said = MLP_PREDICT(theta, sizes, X)
%
%   theta  column, as MLP_FIT returns it
%   sizes  numbers of inputs, of units in each hidden layer, and of outputs
%   X      n_samples x n_features, in the units of the training data
%   said   n_samples x n_outputs
%
%   See also MLP_FIT.
A = mlp_forward(mlp_unpack(theta, sizes), X);
said = A{end};
end
