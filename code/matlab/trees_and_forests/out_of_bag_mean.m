function Y_hat = out_of_bag_mean(trees, draws, X)
%OUT_OF_BAG_MEAN  For each training sample, the mean of the trees that did not see it.
%   Y_hat = OUT_OF_BAG_MEAN(trees, draws, X)
%
%   trees  as GROW_FOREST returns them
%   draws  n_trees x n_samples, the rows that each tree was grown on
%   X      n_samples x n_features, the training samples
%   Y_hat  n_samples x n_outputs; NaN for a sample that every tree saw
%
%   See also GROW_FOREST, FOREST_MEAN.
total = 0 * trees{1}.value(ones(size(X, 1), 1), :);
votes = zeros(size(X, 1), 1);
for k = 1:numel(trees)
    unseen = setdiff((1:size(X, 1))', draws(k, :)');
    leaf = tree_apply(trees{k}, X(unseen, :));
    total(unseen, :) = total(unseen, :) + trees{k}.value(leaf, :);
    votes(unseen) = votes(unseen) + 1;
end
Y_hat = total ./ votes;
end
