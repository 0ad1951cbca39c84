function [R, log_likelihood] = mixture_expectation(X, shares, means, covariances)
%MIXTURE_EXPECTATION  Share out each sample among the components: the E-step.
%   [R, log_likelihood] = MIXTURE_EXPECTATION(X, shares, means, covariances)
%
%   X               n_samples x n_features, samples
%   shares          n_components x 1, share of each component, adding up to 1
%   means           n_components x n_features, means of the components
%   covariances     n_features x n_features x n_components, their covariances
%   R               n_samples x n_components, probability of each component
%   log_likelihood  mean of the logarithm of the mixture's density
%
%   See also MIXTURE_MAXIMISATION, LOG_DENSITIES, LOG_SUM_EXP.
if any(shares <= 0) || abs(sum(shares) - 1) > 1e-8
    error('mlearth:shares', 'shares must be > 0 and add up to 1');
end
% Share out each sample among the bells
joint = bsxfun(@plus, log(shares(:)'), log_densities(X, means, covariances));
total = log_sum_exp(joint);
R = exp(bsxfun(@minus, joint, total));
log_likelihood = mean(total);
end
