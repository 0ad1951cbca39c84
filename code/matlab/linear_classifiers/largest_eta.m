function eta = largest_eta(X)
%LARGEST_ETA  Learning rate at which batch gradient descent stops converging.
%   eta = LARGEST_ETA(X) is two divided by the largest eigenvalue of
%   A' * A / n_samples with A = [1, X].
%
%   X    n_samples x n_features, one sample per row
%   eta  learning rate
%
%   See also ADALINE_FIT, GRADIENT_DESCENT_FIT.
A = [ones(size(X, 1), 1), X];
eta = 2 / max(eig(A' * A / size(A, 1)));
end
