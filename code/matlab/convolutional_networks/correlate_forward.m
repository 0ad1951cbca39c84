function y = correlate_forward(x, kernel, bias, stride, dilation)
%CORRELATE_FORWARD  Slide a kernel along a record, without zeros at its ends.
%   y = CORRELATE_FORWARD(x, kernel, bias, stride, dilation)
%
%   x         n_times x n_in, a record of n_in channels
%   kernel    size x n_in x n_out, weights
%   bias      n_out x 1, is added to each channel that comes out
%   stride    samples from one output to the next
%   dilation  samples from one tap to the next
%   y         n_times_out x n_out
%
%   The kernel is not turned round, as CONV would do.
%
%   See also CORRELATE_BACKWARD, RECEPTIVE_FIELD.
check_count('stride', stride);
check_count('dilation', dilation);
[size_, n_in, n_out] = size(kernel);
n = floor((size(x, 1) - (size_ - 1) * dilation - 1) / stride) + 1;
if n < 1 || n_in ~= size(x, 2)
    error('mlearth:kernel', 'kernel must fit into x, got %d taps of %d channels', ...
          size_, n_in);
end
y = repmat(bias(:)', n, 1);
for tap = 1:size_
    % Slide: each tap meets the input at all places at once
    place = (tap - 1) * dilation + 1 + (0:n - 1) * stride;
    y = y + x(place, :) * reshape(kernel(tap, :, :), n_in, n_out);
end
end
