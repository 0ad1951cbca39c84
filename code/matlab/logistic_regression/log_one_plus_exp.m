function cost = log_one_plus_exp(z)
%LOG_ONE_PLUS_EXP  Tell what log-odds of z cost when the label is the other one.
%   cost = LOG_ONE_PLUS_EXP(z) is log(1 + exp(z)), without overflow.
%
%   z     log-odds against what was seen
%   cost  minus the logarithm of its probability, as large as z
%
%   See also LOGISTIC_SIGMOID, CROSS_ENTROPY.
cost = max(z, 0) + log1p(exp(-abs(z)));
end
