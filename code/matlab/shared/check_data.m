function check_data(X, y)
%CHECK_DATA  Raise an error unless X and y are finite and of as many rows.
%   CHECK_DATA(X, y)
%
%   X  n_samples x n_features, one sample per row
%   y  n_samples x 1, targets or labels
is_matrix = isnumeric(X) && ismatrix(X) && not(isempty(X));
if not(is_matrix && isreal(X) && all(isfinite(X(:))))
    error('mlearth:X', 'X must be a matrix of finite real numbers');
end
if not(isnumeric(y) && isequal(size(y), [size(X, 1), 1]))
    error('mlearth:y', 'y must be a column with one number per row of X (%d)', ...
        size(X, 1));
end
if not(isreal(y) && all(isfinite(y)))
    error('mlearth:y', 'y must hold finite real numbers');
end
end
