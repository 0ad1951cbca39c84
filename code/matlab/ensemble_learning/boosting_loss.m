function found = boosting_loss(loss, what, y, F)
%BOOSTING_LOSS  What gradient boosting asks of a loss.
%   start = BOOSTING_LOSS(loss, 'start', y), the best constant
%   L     = BOOSTING_LOSS(loss, 'mean', y, F), the mean loss
%   pull  = BOOSTING_LOSS(loss, 'pull', y, F), minus its slope at each sample
%   step  = BOOSTING_LOSS(loss, 'step', y, F), the step of one leaf
%
%   loss  'squared', 'log' (y of 0 and 1), or a number between 0 and 1: a quantile
%   what  'start', 'mean', 'pull' or 'step'
%   y     n_samples x 1, targets
%   F     n_samples x 1, scores
%
%   See also BOOSTING_FIT.
if ischar(loss) && strcmp(loss, 'squared')
    switch what
        case 'start', found = mean(y);
        case 'mean', found = mean((y - F) .^ 2) / 2;
        case 'pull', found = y - F;
        otherwise, found = mean(y - F);
    end
elseif ischar(loss) && strcmp(loss, 'log')
    if not(all(y == 0 | y == 1)), error('mlearth:y', 'y must be 0 and 1'); end
    if not(strcmp(what, 'start')), p = logistic_sigmoid(F); end
    switch what
        case 'start', found = log(mean(y) / (1 - mean(y)));
        case 'mean', found = mean(log_one_plus_exp((1 - 2 * y) .* F));
        case 'pull', found = y - p;
        otherwise, found = mean(y - p) / mean(p .* (1 - p));
    end
elseif isnumeric(loss) && isscalar(loss) && loss > 0 && loss < 1
    switch what
        case 'start', found = at_share(y, loss);
        case 'mean', found = mean(max(loss * (y - F), (loss - 1) * (y - F)));
        case 'pull', found = loss - (y <= F);
        otherwise, found = at_share(y - F, loss);
    end
else
    error('mlearth:loss', ...
        'loss must be ''squared'', ''log'' or a number between 0 and 1');
end
end
