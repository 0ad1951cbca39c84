function [X, y, X_mean, y_mean] = centre(X, y)
%CENTRE  Subtract the means of X and y, and return the means as well.
%   [X, y, X_mean, y_mean] = CENTRE(X, y)
%
%   X       n_samples x n_features, one sample per row
%   y       n_samples x 1, targets
%   X_mean  1 x n_features, mean of each feature
%   y_mean  mean of the targets
%
%   See also RIDGE_FIT, LASSO_FIT.
X_mean = mean(X, 1);
y_mean = mean(y);
X = X - X_mean;
y = y - y_mean;
end
