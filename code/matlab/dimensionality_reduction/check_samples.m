function check_samples(X)
%CHECK_SAMPLES  Raise an error unless X holds two or more finite samples.
%   CHECK_SAMPLES(X)
%
%   X  n_samples x n_features, one sample per row
if not(isnumeric(X) && isreal(X) && all(isfinite(X(:))))
    error('mlearth:X', 'X must be a matrix of finite real numbers');
end
if size(X, 1) < 2
    error('mlearth:X', 'X must be at least two samples');
end
end
