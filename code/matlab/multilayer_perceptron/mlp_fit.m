function [theta, losses] = mlp_fit(theta, sizes, X, y, eta, batch_size, n_epochs)
%MLP_FIT  Walk a tanh network downhill on half the squared error.
%   [theta, losses] = MLP_FIT(theta, sizes, X, y, eta, batch_size, n_epochs)
%
%   theta       column, where to start, as MLP_START draws it; at the end, the network
%   sizes       numbers of inputs, of units in each hidden layer, and of outputs
%   X           n_samples x n_features, one sample per row; standardise it first
%   y           n_samples x 1, targets
%   eta         learning rate, > 0
%   batch_size  rows in a batch, taken from first to last
%   n_epochs    passes through the rows
%   losses      mean loss before the first epoch and after each
%
%   See also MLP_START, MLP_GRADIENT, MLP_PREDICT.
check_data(X, y);
check_positive('eta', eta);
check_count('batch_size', batch_size);
check_count('n_epochs', n_epochs);
losses = mean((mlp_predict(theta, sizes, X) - y) .^ 2) / 2;
for epoch = 1:n_epochs
    for first = 1:batch_size:numel(y)
        % Walk: one step for each batch
        rows = first:min(first + batch_size - 1, numel(y));
        theta = theta - eta * mlp_gradient(theta, sizes, X(rows, :), y(rows));
    end
    losses = [losses; mean((mlp_predict(theta, sizes, X) - y) .^ 2) / 2];
end
end
