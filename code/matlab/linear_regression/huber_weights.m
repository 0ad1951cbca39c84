function weights = huber_weights(residual, delta)
%HUBER_WEIGHTS  Weigh residuals up to delta by one, larger ones by less.
%   weights = HUBER_WEIGHTS(residual, delta) is delta ./ abs(residual) beyond
%   delta.
%
%   residual  n_samples x 1, residuals in the unit of y
%   delta     size from which on a residual loses weight, > 0
%   weights   n_samples x 1, weights up to 1
%
%   See also HUBER_FIT.
check_positive('delta', delta);
weights = delta ./ max(abs(residual), delta);
end
