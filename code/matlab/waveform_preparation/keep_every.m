function [y, new_hz] = keep_every(x, sampling_hz, factor)
%KEEP_EVERY  Keep every factor-th sample, after what it cannot hold is gone.
%   [y, new_hz] = KEEP_EVERY(x, sampling_hz, factor)
%
%   x            n x 1, one trace
%   sampling_hz  samples in a second
%   factor       one sample is kept of so many, 2 or more; the first is
%   y            ceil(n / factor) x 1, the trace with fewer samples
%   new_hz       samples in a second of y
%
%   See also BUTTERWORTH_SECTIONS, FILTER_BOTH_WAYS.
check_trace('x', x, 1);
check_positive('sampling_hz', sampling_hz);
check_count('factor', factor);
check_count('factor - 1', factor - 1);
new_hz = sampling_hz / factor;
% Thin out
sections = butterworth_sections('lowpass', 0.4 * new_hz, sampling_hz, 8);
y = filter_both_ways(sections, x);
y = y(1:factor:end);
end
