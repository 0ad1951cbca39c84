function Y_hat = forest_mean(trees, X)
%FOREST_MEAN  Mean of what the trees of a forest say.
%   Y_hat = FOREST_MEAN(trees, X)
%
%   trees  as GROW_FOREST returns them
%   X      n_samples x n_features, one sample per row
%   Y_hat  n_samples x n_outputs
%
%   See also GROW_FOREST, OUT_OF_BAG_MEAN, TREE_APPLY.
Y_hat = 0;
for k = 1:numel(trees)
    Y_hat = Y_hat + trees{k}.value(tree_apply(trees{k}, X), :);
end
Y_hat = Y_hat / numel(trees);
end
