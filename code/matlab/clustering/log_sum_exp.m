function total = log_sum_exp(a)
%LOG_SUM_EXP  Logarithm of the sum of exponentials of each row.
%   total = LOG_SUM_EXP(a); the largest is taken out first, so that nothing
%   underflows.
%
%   a      n_samples x n_terms, logarithms
%   total  n_samples x 1
%
%   See also MIXTURE_EXPECTATION.
largest = max(a, [], 2);
total = largest + log(sum(exp(bsxfun(@minus, a, largest)), 2));
end
