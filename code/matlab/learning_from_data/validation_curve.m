function errors = validation_curve(X, y, degrees, train, validation)
%VALIDATION_CURVE  Training and validation error for each degree of a polynomial.
%   errors = VALIDATION_CURVE(X, y, degrees, train, validation)
%
%   X           n_samples x n_features, one sample per row
%   y           n_samples x 1, targets
%   degrees     vector of degrees to try, each >= 0
%   train       rows that are fitted, counted from 1
%   validation  rows that are held back, counted from 1
%   errors      2 x numel(degrees), root-mean-square errors: training above
%               validation
%
%   See also POLYNOMIAL_FIT, BIAS_VARIANCE.
check_data(X, y);
% Hold rows back
parts = {train, validation};
errors = zeros(2, numel(degrees));
for k = 1:numel(degrees)
    [theta, middle, half] = polynomial_fit(X(train, :), y(train), degrees(k));
    for part = 1:2
        rows = parts{part};
        y_hat = polynomial_predict(X(rows, :), theta, middle, half);
        errors(part, k) = sqrt(mean((y(rows) - y_hat) .^ 2));
    end
end
end
