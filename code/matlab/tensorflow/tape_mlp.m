function gradient = tape_mlp(theta, sizes, X, y)
%TAPE_MLP  What MLP_GRADIENT returns, by a tape instead of a formula.
%   gradient = TAPE_MLP(theta, sizes, X, y)
%
%   theta     column, all weights and biases, as MLP_UNPACK takes it
%   sizes     numbers of inputs, of units in each hidden layer, and of outputs
%   X         n_samples x n_features, one sample per row
%   y         n_samples x n_outputs, targets
%   gradient  as theta, of half the mean squared error
%
%   See also MLP_GRADIENT, TAPE_APPLY, TAPE_GRADIENT.
layers = mlp_unpack(theta, sizes);
places = zeros(size(layers));
[tape, said] = tape_record({}, X);
for k = 1:size(layers, 1)
    [tape, places(k, 1)] = tape_record(tape, layers{k, 1});
    [tape, places(k, 2)] = tape_record(tape, layers{k, 2});
    [tape, weighed] = tape_apply(tape, 'mtimes', [said, places(k, 1)]);
    [tape, said] = tape_apply(tape, 'plus', [weighed, places(k, 2)]);
    if k < size(layers, 1), [tape, said] = tape_apply(tape, 'tanh', said); end
end
[tape, minus_y] = tape_record(tape, -y);
[tape, part] = tape_record(tape, 0.5 / size(X, 1));
[tape, apart] = tape_apply(tape, 'plus', [said, minus_y]);
[tape, squares] = tape_apply(tape, 'times', [apart, apart]);
[tape, total] = tape_apply(tape, 'sum', squares);
[tape, loss] = tape_apply(tape, 'times', [total, part]);
found = tape_gradient(tape, loss);
columns = cellfun(@(g) reshape(g', [], 1), found(places'), 'UniformOutput', false);
gradient = vertcat(columns{:});
end
