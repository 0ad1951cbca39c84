function H = lstm_unroll(x, W, U, b)
%LSTM_UNROLL  Walk along one sequence with one LSTM cell.
%   H = LSTM_UNROLL(x, W, U, b)
%
%   x  n_times x n_features, one step per row
%   W  n_features x 4 n_units, weights of the inputs, as in LSTM_STEP
%   U  n_units x 4 n_units, weights of what the cell said
%   b  4 n_units x 1, biases
%   H  n_times x n_units, what the cell says after each step
%
%   See also LSTM_STEP.
h = zeros(1, size(U, 1));
c = h;
H = zeros(size(x, 1), size(U, 1));
for t = 1:size(x, 1)
    % Unroll: the same weights at every step
    [h, c] = lstm_step(x(t, :), h, c, W, U, b);
    H(t, :) = h;
end
end
