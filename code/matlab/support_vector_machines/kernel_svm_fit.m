function [beta, b, support] = kernel_svm_fit(X, y, C, gamma, tol, n_iter)
%KERNEL_SVM_FIT  Find the widest street in the space of the RBF kernel.
%   [beta, b, support] = KERNEL_SVM_FIT(X, y, C, gamma, tol, n_iter)
%
%   X        n_samples x n_features, one sample per row
%   y        n_samples x 1, labels -1 and +1
%   C        cost of a unit of slack, > 0
%   gamma    scale of the kernel, > 0
%   tol      largest violation that is accepted (1e-3 if left out)
%   n_iter   largest number of steps (100000 if left out)
%   beta     n_support x 1, multipliers with the signs of their labels
%   b        bias
%   support  n_support x 1, rows of the support vectors in X
%
%   See also KERNEL_SVM_DECISION, SMO, RBF_KERNEL.
if nargin < 5, tol = 1e-3; end
if nargin < 6, n_iter = 100000; end
check_data(X, y);
[beta, b, violation] = smo(rbf_kernel(X, X, gamma), y, C, tol, n_iter);
if violation > tol, warn_unfinished('kernel_svm_fit', n_iter, tol); end
support = find(beta);
beta = beta(support);
end
