function [estimate, err, dof] = pool_estimates(estimates, errors)
%POOL_ESTIMATES  Pool what was found in several complete copies of a table.
%   [estimate, err, dof] = POOL_ESTIMATES(estimates, errors), by Rubin's rules
%
%   estimates  n_copies x 1, the quantity as each copy gives it
%   errors     n_copies x 1, its standard error in each copy
%   estimate   their mean
%   err        its standard error, within the copies and between them
%   dof        degrees of freedom of Student's t for an interval
%
%   See also FILL_COLUMN.
check_data(estimates, errors);
m = numel(estimates);
if m < 2 || size(estimates, 2) > 1
    error('mlearth:estimates', 'estimates must be a column of two or more numbers');
end
if any(errors < 0)
    error('mlearth:errors', 'errors must not be negative');
end
% Pool the copies
within = mean(errors .^ 2);
between = (1 + 1 / m) * var(estimates);
total = within + between;
dof = Inf;
if between > 0
    dof = (m - 1) * (total / between) ^ 2;
end
estimate = mean(estimates);
err = sqrt(total);
end
