function [predicted, chosen] = nested_predictions(fit, predict, settings, X, y, fold)
%NESTED_PREDICTIONS  Predict every sample with settings chosen inside its fold.
%   [predicted, chosen] = NESTED_PREDICTIONS(fit, predict, settings, X, y, fold)
%   hides one fold after the other. The other folds, each hidden once more,
%   choose the setting with the least mean squared error.
%
%   fit        function of X, y and a setting that returns a model, or its name
%   predict    function of a model and X, one value a sample, or its name
%   settings   numbers to choose from; of equals the first
%   X          n_samples x n_features
%   y          n_samples x 1
%   fold       n_samples x 1, number of the fold of each sample; three or more
%   predicted  n_samples x 1
%   chosen     n_folds x 1, in the order of unique(fold)
%
%   See also CORRECTED_INTERVAL.
names = unique(fold);
if numel(names) < 3 || numel(fold) ~= numel(y)
    error('fold must number three or more folds, one number for each sample');
end
predicted = zeros(size(y));
chosen = zeros(numel(names), 1);
for k = 1:numel(names)
    hidden = fold == names(k);
    Xk = X(not(hidden), :);
    yk = y(not(hidden));
    inner = fold(not(hidden));
    % Choose inside
    losses = zeros(numel(settings), 1);
    for s = 1:numel(settings)
        for name = unique(inner)'
            test = inner == name;
            model = feval(fit, Xk(not(test), :), yk(not(test)), settings(s));
            misfit = yk(test) - feval(predict, model, Xk(test, :));
            losses(s) = losses(s) + sum(misfit .^ 2);
        end
    end
    [~, best] = min(losses);
    chosen(k) = settings(best);
    model = feval(fit, Xk, yk, chosen(k));
    predicted(hidden) = feval(predict, model, X(hidden, :));
end
end
