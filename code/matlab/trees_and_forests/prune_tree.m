function pruned = prune_tree(tree, alpha)
%PRUNE_TREE  Cut every branch that saves less risk than alpha for each of its leaves.
%   pruned = PRUNE_TREE(tree, alpha)
%
%   tree    as GROW_TREE returns it
%   alpha   price of a leaf, >= 0, in the unit of the impurity
%   pruned  the smaller tree, in the same form
%
%   See also PRUNING_PATH, GROW_TREE.
if not(isnumeric(alpha) && isscalar(alpha) && alpha >= 0 && alpha < Inf)
    error('mlearth:parameter', 'alpha must be a finite number >= 0');
end
[alphas, nodes] = pruning_path(tree);
is_leaf = tree.left == 0;
is_leaf(nodes(alphas <= alpha)) = true;
kept = [];
todo = 1;
while not(isempty(todo))
    node = todo(end);
    todo(end) = [];
    kept(end+1, 1) = node;
    if not(is_leaf(node)), todo = [todo, tree.right(node), tree.left(node)]; end
end
number = zeros(numel(is_leaf), 1);
number(kept) = 1:numel(kept);
cut = is_leaf(kept);
for name = fieldnames(tree)'
    pruned.(name{1}) = tree.(name{1})(kept, :);
end
pruned.feature(cut) = 0;
pruned.threshold(cut) = NaN;
pruned.left(cut) = 0;
pruned.right(cut) = 0;
pruned.left(not(cut)) = number(pruned.left(not(cut)));
pruned.right(not(cut)) = number(pruned.right(not(cut)));
end
