function check_features(X, Z)
%CHECK_FEATURES  Raise an error unless X and Z are finite, with the same features.
%   CHECK_FEATURES(X, Z)
%
%   X  n_samples x n_features, one sample per row
%   Z  n_others x n_features, one sample per row
if not(isnumeric(X) && isreal(X) && all(isfinite(X(:))))
    error('mlearth:X', 'X must be a matrix of finite real numbers');
end
if not(isnumeric(Z) && isreal(Z) && all(isfinite(Z(:))))
    error('mlearth:Z', 'Z must be a matrix of finite real numbers');
end
if size(X, 2) ~= size(Z, 2)
    error('mlearth:Z', 'Z must have the features of X, %d', size(X, 2));
end
end
