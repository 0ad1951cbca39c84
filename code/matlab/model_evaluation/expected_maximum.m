function price = expected_maximum(m, correlation)
%EXPECTED_MAXIMUM  How far the best of m null scores lies above the truth.
%   price = EXPECTED_MAXIMUM(m, correlation) is the expected largest of m
%   standard normal numbers, of which any two have that correlation.
%
%   m            how many scores were looked at, a whole number >= 1
%   correlation  from 0 to 1 (0 if left out)
%   price        in standard errors of one score
%
%   See also CORRECTED_INTERVAL.
if nargin < 2, correlation = 0; end
if not(isscalar(m)) || not(m >= 1) || m ~= round(m) || isinf(m)
    error('m must be a whole number >= 1');
end
if not(isscalar(correlation)) || not(correlation >= 0 && correlation <= 1)
    error('correlation must be a number from 0 to 1');
end
% Find the largest of m
below = @(z) erfc(-z / sqrt(2)) / 2;
density = @(z) exp(-z .^ 2 / 2) / sqrt(2 * pi);
weighted = @(z) z .* m .* density(z) .* below(z) .^ (m - 1);
largest = quadgk(weighted, -12, 0, 'AbsTol', 1e-13) ...
    + quadgk(weighted, 0, 12, 'AbsTol', 1e-13);
price = sqrt(1 - correlation) * largest;
end
