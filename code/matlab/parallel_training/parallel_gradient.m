function gradient = parallel_gradient(theta, sizes, X, y, n_workers)
%PARALLEL_GRADIENT  Gradient of a batch, put together from its shards.
%   gradient = PARALLEL_GRADIENT(theta, sizes, X, y, n_workers)
%
%   theta      column, all weights and biases, as MLP_UNPACK takes it
%   sizes      numbers of inputs, of units in each hidden layer, and of outputs
%   X          n_samples x n_features, one sample per row
%   y          n_samples x 1, targets
%   n_workers  how many shards
%   gradient   as theta
%
%   See also RING_ALL_REDUCE, MLP_GRADIENT.
check_data(X, y);
check_count('n_workers', n_workers);
n = numel(y);
last = cumsum([0, floor(n / n_workers) + ((1:n_workers) <= mod(n, n_workers))]);
weighed = zeros(n_workers, numel(theta));
for worker = 1:n_workers
    % Shard: every worker its own rows
    rows = last(worker) + 1:last(worker + 1);
    if not(isempty(rows))
        % Weigh: the mean over a shard counts by its share of the batch
        g = mlp_gradient(theta, sizes, X(rows, :), y(rows));
        weighed(worker, :) = numel(rows) / n * g';
    end
end
% Sum: the same total for every worker
held = ring_all_reduce(weighed);
gradient = held(1, :)';
end
