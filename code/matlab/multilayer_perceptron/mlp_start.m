function theta = mlp_start(sizes)
%MLP_START  Draw the weights of a network at random; its biases are zero.
%   theta = MLP_START(sizes)
%
%   sizes  numbers of inputs, of units in each hidden layer, and of outputs
%   theta  column, as MLP_UNPACK takes it
%
%   Set the seed before: RANDN('state', seed), or RNG(seed) in MATLAB.
%
%   See also MLP_FIT, MLP_UNPACK.
theta = [];
for k = 1:numel(sizes) - 1
    % Start: large enough to bend, small enough not to saturate
    sigma = sqrt(2 / (sizes(k) + sizes(k + 1)));
    weights = sigma * randn(sizes(k) * sizes(k + 1), 1);
    theta = [theta; weights; zeros(sizes(k + 1), 1)];
end
end
