function P = softmax_probabilities(Z)
%SOFTMAX_PROBABILITIES  Turn the scores of classes into probabilities.
%   P = SOFTMAX_PROBABILITIES(Z) divides exp(Z) by its sum in each row, without
%   overflow.
%
%   Z  n_samples x n_classes, scores
%   P  n_samples x n_classes, probabilities; each row sums to 1
%
%   See also SOFTMAX_FIT, LOGISTIC_SIGMOID.
P = exp(Z - max(Z, [], 2));
P = P ./ sum(P, 2);
end
