function check_system(A, y)
%CHECK_SYSTEM  Raise an error unless A * theta = y has one solution.
%   CHECK_SYSTEM(A, y) accepts A when its columns are independent.
%
%   A  n_samples x n_coefficients
%   y  n_samples x 1
check_data(A, y);
[n_rows, n_columns] = size(A);
if n_rows < n_columns
    error('mlearth:A', 'A must have at least as many rows (%d) as columns (%d)', ...
        n_rows, n_columns);
end
[~, R] = qr(A, 0);
norms = sqrt(sum(A .^ 2, 1))';
dependent = find(abs(diag(R)) <= n_rows * eps * norms);
if not(isempty(dependent))
    error('mlearth:A', 'column %d of A is a combination of those before it', ...
        dependent(1));
end
end
