function loss = softmax_loss(theta, A, Y, penalty)
%SOFTMAX_LOSS  Mean cross-entropy of several classes with its penalty.
%   loss = SOFTMAX_LOSS(theta, A, Y, penalty)
%
%   theta    (n_columns * n_classes) x 1, bias and weights class by class
%   A        n_samples x n_columns, samples with a column of ones in front
%   Y        n_samples x n_classes, 1 in the column of the class, 0 elsewhere
%   penalty  as theta: 0 for a bias, alpha / n_samples for a weight
%   loss     mean loss in nat
%
%   See also SOFTMAX_FIT, SOFTMAX_DERIVATIVES.
Z = A * reshape(theta, [], size(Y, 2));
Z = Z - max(Z, [], 2);
log_p = Z - log(sum(exp(Z), 2));
loss = -sum(Y(:) .* log_p(:)) / size(Y, 1) + penalty' * theta .^ 2 / 2;
end
