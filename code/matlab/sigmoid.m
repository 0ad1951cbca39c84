function p = sigmoid(z)
%SIGMOID  Turn log-odds into a probability.
%   p = SIGMOID(z) is 1 / (1 + exp(-z)) for each element of z.
%
%   z  log-odds, of any size
%   p  probabilities, as large as z
%
%   See also SOFTPLUS, SOFTMAX.
p = 1 ./ (1 + exp(-z));
end
