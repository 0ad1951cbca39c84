function gradient = echo_gradient(w, u, x, y)
%ECHO_GRADIENT  Derivatives of the loss of the smallest recurrent network.
%   gradient = ECHO_GRADIENT(w, u, x, y), where the state begins at 0 and becomes
%   tanh(w * x(t) + u * state), and the loss is half the squared difference of the
%   last state from y
%
%   w         weight of the inputs
%   u         weight of the state
%   x         n_times x 1, the sequence
%   y         what the last state should be
%   gradient  2 x 1: by w and by u
error('not written yet');
end
