function gamma = scale_gamma(X)
%SCALE_GAMMA  A gamma for data of this spread: 1 / (n_features * var(X)).
%   gamma = SCALE_GAMMA(X)
%
%   X      n_samples x n_features, one sample per row
%   gamma  scale of a kernel; 1 if all values of X are the same
%
%   See also RBF_KERNEL, KERNEL_SVM_FIT.
spread = mean((X(:) - mean(X(:))) .^ 2);
if spread > 0
    gamma = 1 / (size(X, 2) * spread);
else
    gamma = 1;
end
end
