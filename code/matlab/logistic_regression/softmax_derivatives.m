function [gradient, hessian] = softmax_derivatives(theta, A, Y, penalty)
%SOFTMAX_DERIVATIVES  Derivatives of the cross-entropy of several classes.
%   [gradient, hessian] = SOFTMAX_DERIVATIVES(theta, A, Y, penalty)
%
%   theta     (n_columns * n_classes) x 1, bias and weights class by class
%   A         n_samples x n_columns, samples with a column of ones in front
%   Y         n_samples x n_classes, 1 in the column of the class, 0 elsewhere
%   penalty   as theta: 0 for a bias, alpha / n_samples for a weight
%   gradient  as theta
%   hessian   square; the sum over the classes is held by a term of its own
%
%   See also SOFTMAX_FIT, SOFTMAX_LOSS.
[n_samples, n_classes] = size(Y);
n_columns = size(A, 2);
P = softmax_probabilities(A * reshape(theta, n_columns, n_classes));
gradient = reshape(A' * (P - Y), [], 1) / n_samples + penalty .* theta;
together = kron(ones(n_classes), diag(mean(A .^ 2, 1)));
hessian = diag(penalty) + together;
for k = 1:n_classes
    for j = 1:n_classes
        weight = P(:, k) .* ((k == j) - P(:, j));
        rows = (k - 1) * n_columns + (1:n_columns);
        columns = (j - 1) * n_columns + (1:n_columns);
        block = A' * (weight .* A) / n_samples;
        hessian(rows, columns) = hessian(rows, columns) + block;
    end
end
end
