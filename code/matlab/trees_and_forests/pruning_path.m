function [alphas, nodes] = pruning_path(tree)
%PRUNING_PATH  Cut the weakest branch, again and again; tell when each node is cut.
%   [alphas, nodes] = PRUNING_PATH(tree)
%
%   tree    as GROW_TREE returns it
%   alphas  n_cuts x 1, price of a leaf from which on each cut pays, rising
%   nodes   n_cuts x 1, the node that becomes a leaf; the last is the root
%
%   See also PRUNE_TREE.
risk = tree.impurity .* tree.weight / tree.weight(1);
n = numel(risk);
inner = find(tree.left > 0)';
parent = zeros(n, 1);
parent(tree.left(inner)) = inner;
parent(tree.right(inner)) = inner;
leaves = ones(n, 1);
below = risk;
for node = inner(end:-1:1)
    children = [tree.left(node), tree.right(node)];
    leaves(node) = sum(leaves(children));
    below(node) = sum(below(children));
end
last = (1:n)' + 2 * leaves - 2;
strength = inf(n, 1);
strength(inner) = (risk(inner) - below(inner)) ./ (leaves(inner) - 1);
alphas = zeros(0, 1);
nodes = zeros(0, 1);
while strength(1) < Inf
    [weakest, cut] = min(strength);
    alphas(end+1, 1) = max([alphas; 0; weakest]);
    nodes(end+1, 1) = cut;
    strength(cut:last(cut)) = Inf;
    lost = leaves(cut) - 1;
    gained = risk(cut) - below(cut);
    above = parent(cut);
    while above > 0
        leaves(above) = leaves(above) - lost;
        below(above) = below(above) + gained;
        strength(above) = (risk(above) - below(above)) / (leaves(above) - 1);
        above = parent(above);
    end
end
end
