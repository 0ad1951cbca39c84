function y = filter_both_ways(sections, x)
%FILTER_BOTH_WAYS  Run a record through a filter forwards, then backwards.
%   y = FILTER_BOTH_WAYS(sections, x)
%
%   sections  n_sections x 6, rows b0, b1, b2, 1, a1, a2
%   x         n x 1, one trace
%   y         n x 1, the filtered trace, without delay
%
%   See also BUTTERWORTH_SECTIONS, FILTER_FORWARDS.
there = filter_forwards(sections, x);
% Run backwards too
y = flipud(filter_forwards(sections, flipud(there)));
end
