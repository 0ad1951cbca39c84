function [centre, axes_, variances] = principal_axes(X)
%PRINCIPAL_AXES  The mean, the principal axes and the variance along each.
%   [centre, axes_, variances] = PRINCIPAL_AXES(X)
%
%   X          n_samples x n_features, one sample per row, n_samples >= 2
%   centre     1 x n_features, mean of each feature
%   axes_      n_axes x n_features, directions of length 1, that of the largest
%              variance first; the largest number of each is positive
%   variances  n_axes x 1, variance along each, with n_samples - 1
%
%   See also LDA_FIT, POLARIZATION.
check_samples(X);
n_samples = size(X, 1);
% Centre the data
centre = mean(X, 1);
% Turn to the axes
[~, S, V] = svd(X - repmat(centre, n_samples, 1), 'econ');
axes_ = V';
[~, longest] = max(abs(axes_), [], 2);
for j = 1:size(axes_, 1)
    axes_(j, :) = sign(axes_(j, longest(j))) * axes_(j, :);
end
% Share out the variance
variances = diag(S) .^ 2 / (n_samples - 1);
end
