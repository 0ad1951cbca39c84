function y = residual_block(x, gain, offset, W, b, V, c, over, skip)
%RESIDUAL_BLOCK  Add to the input what two layers say of it, normalised.
%   y = RESIDUAL_BLOCK(x, gain, offset, W, b, V, c, over, skip)
%
%   x       n_samples x n_units
%   gain    n_units x 1, of the normalisation
%   offset  n_units x 1, of the normalisation
%   W       n_units x n_inner, a layer of ReLU
%   b       n_inner x 1, its biases
%   V       n_inner x n_units, a straight layer
%   c       n_units x 1, its biases
%   over    as in NORMALISE
%   skip    whether the input is added
%   y       n_samples x n_units
%
%   See also RESIDUAL_BACKWARD.
% Normalise: what the layers see has mean zero and spread one
h = normalise(x, gain, offset, over, 1e-3);
% Bend: a layer of ReLU, then a straight one
y = max(h * W + b(:)', 0) * V + c(:)';
% Skip: what came in goes on beside it
if skip
    y = x + y;
end
end
