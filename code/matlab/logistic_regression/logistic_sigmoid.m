function p = logistic_sigmoid(z)
%LOGISTIC_SIGMOID  Turn log-odds into a probability.
%   p = LOGISTIC_SIGMOID(z) is 1 / (1 + exp(-z)) for each element of z.
%
%   z  log-odds, of any size
%   p  probabilities, as large as z
%
%   See also LOG_ONE_PLUS_EXP, SOFTMAX_PROBABILITIES.
p = 1 ./ (1 + exp(-z));
end
