function y = remove_line(x)
%REMOVE_LINE  Take the straight line of least squares off a record.
%   y = REMOVE_LINE(x)
%
%   x  n x 1, one trace, n >= 2
%   y  n x 1, the trace without mean and slope
%
%   See also COSINE_TAPER, FILTER_FORWARDS.
check_trace('x', x, 2);
% Take the line off
time = (0:numel(x) - 1)' - (numel(x) - 1) / 2;
slope = (time' * x) / (time' * time);
y = x - mean(x) - slope * time;
end
