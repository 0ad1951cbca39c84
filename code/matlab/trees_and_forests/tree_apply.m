function node = tree_apply(tree, X)
%TREE_APPLY  Send samples down a tree; return the leaf that each reaches.
%   node = TREE_APPLY(tree, X); tree.value(node, :) are the predictions.
%
%   tree  as GROW_TREE returns it
%   X     n_samples x n_features, one sample per row
%   node  n_samples x 1, number of the leaf
%
%   See also GROW_TREE, FOREST_MEAN.
node = ones(size(X, 1), 1);
asked = find(tree.left(node) > 0);
while not(isempty(asked))
    at = node(asked);
    asks = tree.feature(at);
    x = X(sub2ind(size(X), asked, asks(:)));
    goes_left = x(:) <= tree.threshold(at);
    next = tree.right(at);
    next(goes_left) = tree.left(at(goes_left));
    node(asked) = next;
    asked = asked(tree.left(node(asked)) > 0);
end
end
