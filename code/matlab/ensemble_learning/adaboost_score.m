function score = adaboost_score(model, X)
%ADABOOST_SCORE  Sum of the votes of trees, each times its say.
%   score = ADABOOST_SCORE(model, X); its sign is the answer.
%
%   model  as ADABOOST_FIT returns it
%   X      n_samples x n_features, one sample per row
%   score  n_samples x 1
%
%   See also ADABOOST_FIT.
score = zeros(size(X, 1), 1);
for b = 1:numel(model.trees)
    share = model.trees{b}.value(tree_apply(model.trees{b}, X), :);
    score = score + model.says(b) * (2 * (share(:, 2) > share(:, 1)) - 1);
end
end
