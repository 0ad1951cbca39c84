function [h, c] = lstm_step(x, h, c, W, U, b)
%LSTM_STEP  What an LSTM cell says after one step, and what it remembers.
%   [h, c] = LSTM_STEP(x, h, c, W, U, b)
%
%   x  n_samples x n_features, what comes in at this step
%   h  n_samples x n_units, what the cell said at the step before; then, at this
%   c  n_samples x n_units, what it remembered; then, what it remembers now
%   W  n_features x 4 n_units, weights of the inputs: of the input gate, the forget
%      gate, the candidate and the output gate, side by side
%   U  n_units x 4 n_units, weights of what the cell said
%   b  4 n_units x 1, biases
%
%   See also LSTM_UNROLL.
n_units = size(c, 2);
if size(U, 2) ~= 4 * n_units
    error('mlearth:U', 'U must have %d columns, four gates, got %d', ...
        4 * n_units, size(U, 2));
end
sigmoid = @(z) 1 ./ (1 + exp(-z));
% Weigh what came in and what was said
z = x * W + h * U + reshape(b, 1, []);
part = @(k) z(:, (k - 1) * n_units + (1:n_units));
% Forget and write
c = sigmoid(part(2)) .* c + sigmoid(part(1)) .* tanh(part(3));
% Tell
h = sigmoid(part(4)) .* tanh(c);
end
