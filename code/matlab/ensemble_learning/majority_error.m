function wrong = majority_error(p_wrong, n_voters, correlation)
%MAJORITY_ERROR  How often a majority errs whose voters err equally often.
%   wrong = MAJORITY_ERROR(p_wrong, n_voters, correlation)
%
%   p_wrong      probability that a voter errs, from 0 to 1
%   n_voters     number of voters, odd
%   correlation  share of cases in which all repeat one voter (0 if left out)
%   wrong        probability that more than half of them err
if nargin < 3, correlation = 0; end
check_count('n_voters', n_voters);
if mod(n_voters, 2) == 0, error('mlearth:n_voters', 'n_voters must be odd'); end
alone = 0;
for k = (n_voters + 1) / 2:n_voters
    alone = alone + exp(gammaln(n_voters + 1) - gammaln(k + 1) ...
        - gammaln(n_voters - k + 1)) * p_wrong ^ k * (1 - p_wrong) ^ (n_voters - k);
end
wrong = correlation * p_wrong + (1 - correlation) * alone;
end
