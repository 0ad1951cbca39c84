function value = dual_objective(beta, y, K)
%DUAL_OBJECTIVE  What the multipliers of a support vector machine maximise.
%   value = DUAL_OBJECTIVE(beta, y, K)
%
%   beta   n_samples x 1, multipliers with the signs of their labels
%   y      n_samples x 1, labels -1 and +1
%   K      n_samples x n_samples, kernel matrix
%   value  never above the primal objective, and equal to it at the solution
%
%   See also SMO.
check_data(K, y);
value = y' * beta - beta' * K * beta / 2;
end
