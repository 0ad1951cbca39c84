function loss = cross_entropy(w, b, X, y)
%CROSS_ENTROPY  Mean of minus the logarithm of the probability of the labels.
%   loss = CROSS_ENTROPY(w, b, X, y)
%
%   w     n_features x 1, weights
%   b     bias
%   X     n_samples x n_features, one sample per row
%   y     n_samples x 1, labels -1 and +1
%   loss  mean loss in nat
%
%   See also LOGISTIC_FIT, LOG_ONE_PLUS_EXP.
loss = mean(log_one_plus_exp(-y .* (X * w + b)));
end
