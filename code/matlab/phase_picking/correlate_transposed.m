function y = correlate_transposed(x, kernel, bias, stride)
%CORRELATE_TRANSPOSED  Lay a kernel down at every stride-th place, for each sample.
%   y = CORRELATE_TRANSPOSED(x, kernel, bias, stride)
%
%   x       n_times x n_in, a record of n_in channels
%   kernel  size x n_out x n_in, weights
%   bias    n_out x 1, is added to each channel that comes out
%   stride  samples that come out for each that goes in
%   y       n_times_out x n_out, all that the kernel reached
check_count('stride', stride);
[size_, n_out, n_in] = size(kernel);
[n, channels] = size(x);
if n_in ~= channels
    error('mlearth:kernel', 'kernel must take the %d channels of x, got %d', ...
          channels, n_in);
end
y = zeros(n * stride + max(size_ - stride, 0), n_out);
for tap = 1:size_
    % Go up: each tap is laid down at every stride-th place, and added
    place = tap + (0:n - 1) * stride;
    y(place, :) = y(place, :) + x * reshape(kernel(tap, :, :), n_out, n_in)';
end
y = y + bias(:)';
end
