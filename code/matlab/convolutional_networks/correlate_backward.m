function [dx, dkernel, dbias] = correlate_backward(x, kernel, delta, stride, dilation)
%CORRELATE_BACKWARD  Blame for the outputs of CORRELATE_FORWARD.
%   [dx, dkernel, dbias] = CORRELATE_BACKWARD(x, kernel, delta, stride, dilation)
%
%   x         n samples by n_in channels, padded, as in CORRELATE_FORWARD
%   kernel    size by n_in by n_out, as there
%   delta     derivative of the loss by each output
%   stride    samples from one output to the next
%   dilation  samples from one tap to the next
%   dx        derivative by x, of its shape
%   dkernel   derivative by the kernel, of its shape
%   dbias     derivative by the bias, of its shape
%
%   See also CORRELATE_FORWARD.
[size_, n_in, n_out] = size(kernel);
n = size(delta, 1);
dx = zeros(size(x));
dkernel = zeros(size(kernel));
for tap = 1:size_
    place = (tap - 1) * dilation + 1 + (0:n - 1) * stride;
    % Blame the weights: what each tap met, times what came of it
    dkernel(tap, :, :) = reshape(x(place, :)' * delta, 1, n_in, n_out);
    % Blame the input: back through the same tap, to the same places
    dx(place, :) = dx(place, :) + delta * reshape(kernel(tap, :, :), n_in, n_out)';
end
dbias = sum(delta, 1)';
end
