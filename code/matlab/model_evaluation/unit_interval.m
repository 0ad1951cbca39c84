function [low, high] = unit_interval(gaps, drawn)
%UNIT_INTERVAL  Percentile interval of a mean, by drawing whole units.
%   [low, high] = UNIT_INTERVAL(gaps, drawn) averages the gaps of each draw and
%   returns the bounds of the middle 95 %, interpolated between the means.
%
%   gaps   n_units x 1, one difference a unit
%   drawn  n_draws x n_units, numbers of the units that each draw takes:
%          randi(n, n_draws, n) for n units
%
%   See also CORRECTED_INTERVAL.
n_units = numel(gaps);
if any(drawn(:) < 1 | drawn(:) > n_units | drawn(:) ~= round(drawn(:)))
    error('drawn must hold whole numbers from 1 to the number of units');
end
% Draw whole units
taken = reshape(gaps(drawn), size(drawn));
means = sort(mean(taken, 2));
place = 1 + [0.025, 0.975] * (numel(means) - 1);
ends = interp1(1:numel(means), means, place);
low = ends(1);
high = ends(2);
end
