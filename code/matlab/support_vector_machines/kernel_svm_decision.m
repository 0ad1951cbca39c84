function z = kernel_svm_decision(X, support_vectors, beta, b, gamma)
%KERNEL_SVM_DECISION  Tell on which side of the street each sample lies, how far.
%   z = KERNEL_SVM_DECISION(X, support_vectors, beta, b, gamma) belongs to
%   KERNEL_SVM_FIT: support_vectors are the rows of the training samples
%   that it returned. The class is the sign of z.
%
%   X                n_samples x n_features, one sample per row
%   support_vectors  n_support x n_features
%   beta             n_support x 1, multipliers with the signs of their labels
%   b                bias
%   gamma            scale of the kernel, > 0
%   z                n_samples x 1, decision function
%
%   See also KERNEL_SVM_FIT.
z = rbf_kernel(X, support_vectors, gamma) * beta + b;
end
