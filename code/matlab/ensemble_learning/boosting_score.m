function F = boosting_score(model, X)
%BOOSTING_SCORE  The constant, plus a part of what all trees add.
%   F = BOOSTING_SCORE(model, X)
%
%   model  as BOOSTING_FIT returns it
%   X      n_samples x n_features, one sample per row
%   F      n_samples x 1, predictions; log-odds for the log loss
%
%   See also BOOSTING_FIT.
F = model.start * ones(size(X, 1), 1);
for b = 1:numel(model.trees)
    tree = model.trees{b};
    F = F + model.eta * tree.value(tree_apply(tree, X));
end
end
