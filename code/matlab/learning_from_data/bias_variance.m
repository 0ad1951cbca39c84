function [bias_squared, variance] = bias_variance(X, f, noise, X_new, f_new, degree)
%BIAS_VARIANCE  Fit a polynomial to many data sets of one truth, and compare.
%   [bias_squared, variance] = BIAS_VARIANCE(X, f, noise, X_new, f_new, degree)
%   fits f plus each column of noise. Nothing is random here: draw the noise
%   with sigma * randn(numel(f), n_sets).
%
%   X             n_samples x n_features, where the data sets are observed
%   f             n_samples x 1, the truth there
%   noise         n_samples x n_sets, one column for each data set
%   X_new         n_new x n_features, where the predictions are judged
%   f_new         n_new x 1, the truth there
%   degree        degree of the polynomial, >= 0
%   bias_squared  n_new x 1, squared miss of the mean prediction
%   variance      n_new x 1, variance of the predictions
%
%   See also POLYNOMIAL_FIT, VALIDATION_CURVE.
check_data(X_new, f_new);
n_sets = size(noise, 2);
predictions = zeros(numel(f_new), n_sets);
% Repeat the training
for k = 1:n_sets
    [theta, middle, half] = polynomial_fit(X, f + noise(:, k), degree);
    predictions(:, k) = polynomial_predict(X_new, theta, middle, half);
end
average = mean(predictions, 2);
bias_squared = (average - f_new) .^ 2;
variance = mean((predictions - average) .^ 2, 2);
end
