function column = fill_column(column, others, draws)
%FILL_COLUMN  Fill the gaps of a column by regression on the others.
%   column = FILL_COLUMN(column, others) puts each gap on the best plane.
%   column = FILL_COLUMN(column, others, draws) puts it where it might have
%   been: on a plane that the data allow, with a residual about it.
%
%   column  n_samples x 1, NaN where a value is missing
%   others  n_samples x n_features, complete columns
%   draws   one draw of chi-square with as many degrees of freedom as rows are
%           left over, then one standard normal draw for each coefficient and
%           one for each gap
%
%   See also POOL_ESTIMATES.
missing = isnan(column);
check_column(column, others);
A = [ones(size(others, 1), 1), others];
% Learn the column from the others
[Q, R] = qr(A(~missing, :), 0);
theta = R \ (Q' * column(~missing));
if nargin < 3
    column(missing) = A(missing, :) * theta;
    return
end
n_coefficients = numel(theta);
if not(isequal(size(draws), [1 + n_coefficients + sum(missing), 1]))
    error('mlearth:draws', 'draws must be a column of %d numbers', ...
        1 + n_coefficients + sum(missing));
end
% Draw a plane that the data allow
residual = column(~missing) - A(~missing, :) * theta;
sigma = sqrt(residual' * residual / draws(1));
theta = theta + sigma * (R \ draws(2:1 + n_coefficients));
% Scatter the values about it
scatter = sigma * draws(2 + n_coefficients:end);
column(missing) = A(missing, :) * theta + scatter;
end
