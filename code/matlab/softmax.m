function P = softmax(Z)
%SOFTMAX  Turn the scores of classes into probabilities.
%   P = SOFTMAX(Z) divides exp(Z) by its sum in each row, without overflow.
%
%   Z  n_samples x n_classes, scores
%   P  n_samples x n_classes, probabilities; each row sums to 1
%
%   See also SOFTMAX_FIT, SIGMOID.
P = exp(Z - max(Z, [], 2));
P = P ./ sum(P, 2);
end
