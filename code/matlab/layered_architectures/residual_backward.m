function [dx, dgain, doffset, dW, db, dV, dc] = residual_backward( ...
    x, gain, offset, W, b, V, delta, over, skip)
%RESIDUAL_BACKWARD  Blame for the outputs of RESIDUAL_BLOCK.
%   [dx, dgain, doffset, dW, db, dV, dc] = RESIDUAL_BACKWARD( ...
%       x, gain, offset, W, b, V, delta, over, skip)
%
%   x       n_samples x n_units; all arguments but one are those of RESIDUAL_BLOCK
%   gain    n_units x 1
%   offset  n_units x 1
%   W       n_units x n_inner
%   b       n_inner x 1
%   V       n_inner x n_units
%   delta   n_samples x n_units, derivative of the loss by each output
%   over    as in NORMALISE
%   skip    whether the input is added
%   dx      n_samples x n_units, derivative by x
%   dgain   derivative by gain, of its shape; so are the others, to dc for c
%
%   See also RESIDUAL_BLOCK.
n = normalise(x, gain, offset, over, 1e-3);
z = n * W + b(:)';
% Through the layers: the straight one, then where ReLU let pass
dz = (delta * V') .* (z > 0);
% Through the normalisation
[dx, dgain, doffset] = normalise_backward(x, gain, dz * W', over, 1e-3);
% Skip: the blame goes on beside it, as it came
if skip
    dx = dx + delta;
end
dW = n' * dz;
db = sum(dz, 1)';
dV = max(z, 0)' * delta;
dc = sum(delta, 1)';
end
