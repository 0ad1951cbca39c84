function model = adaboost_fit(X, y, n_rounds, max_depth)
%ADABOOST_FIT  Grow tree after tree on weights, and give each its say.
%   model = ADABOOST_FIT(X, y, n_rounds, max_depth)
%
%   X          n_samples x n_features, one sample per row
%   y          n_samples x 1, labels -1 and +1
%   n_rounds   most trees
%   max_depth  most questions on the way to a leaf (1 if left out)
%   model      trees, a cell array, and says, one for each; it ends early at a
%              tree without a mistake, whose say is 1, and before one that
%              beats no coin
%
%   See also REWEIGHT, ADABOOST_SCORE, GROW_TREE.
if nargin < 4, max_depth = 1; end
check_data(X, y);
check_labels(y);
check_count('n_rounds', n_rounds);
check_count('max_depth', max_depth);
weights = ones(size(y)) / numel(y);
model = struct('trees', {{}}, 'says', zeros(0, 1));
for b = 1:n_rounds
    % Look at the mistakes
    weights = max(weights, eps);
    % Fit a small tree
    tree = grow_tree(X, [y < 0, y > 0] + 0, weights, 'gini', max_depth);
    vote = adaboost_score(struct('trees', {{tree}}, 'says', 1), X);
    right = sum(weights(vote == y)) / sum(weights);
    if right < 1 && right <= 0.5, break, end
    say = 1;
    if right < 1, [say, weights] = reweight(weights, y, vote); end
    model.trees{end+1} = tree;
    model.says(end+1, 1) = say;
    if right == 1, break, end
end
end
