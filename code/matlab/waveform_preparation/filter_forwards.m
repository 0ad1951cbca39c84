function y = filter_forwards(sections, x)
%FILTER_FORWARDS  Run a record through a filter, sample by sample, from rest.
%   y = FILTER_FORWARDS(sections, x)
%
%   sections  n_sections x 6, rows b0, b1, b2, 1, a1, a2
%   x         n x 1, one trace
%   y         n x 1, the filtered trace
%
%   See also BUTTERWORTH_SECTIONS, FILTER_BOTH_WAYS.
check_trace('x', x, 1);
if size(sections, 2) ~= 6 || any(sections(:, 4) ~= 1)
    error('mlearth:sections', 'sections must be rows b0, b1, b2, 1, a1, a2');
end
% Run forwards
y = x;
for k = 1:size(sections, 1)
    b = sections(k, 1:3);
    a = sections(k, 4:6);
    held = [0, 0];
    for n = 1:numel(y)
        in = y(n);
        y(n) = b(1) * in + held(1);
        held(1) = b(2) * in - a(2) * y(n) + held(2);
        held(2) = b(3) * in - a(3) * y(n);
    end
end
end
