function y_hat = perceptron_predict(X, w, b)
%PERCEPTRON_PREDICT  Tell on which side of the boundary each sample lies.
%   y_hat = PERCEPTRON_PREDICT(X, w, b) is +1 where X * w + b is positive,
%   and -1 elsewhere. It serves for ADALINE_FIT as well.
%
%   X       n_samples x n_features, one sample per row
%   w       n_features x 1, weights
%   b       bias
%   y_hat   n_samples x 1, labels -1 and +1
%
%   See also PERCEPTRON_FIT, ADALINE_FIT.
y_hat = 2 * (X * w + b > 0) - 1;
end
