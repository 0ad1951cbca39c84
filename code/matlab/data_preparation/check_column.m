function check_column(column, others)
%CHECK_COLUMN  Raise an error unless what is there fixes a plane in the others.
%   CHECK_COLUMN(column, others)
%
%   column  n_samples x 1, NaN where a value is missing
%   others  n_samples x n_features, complete columns
check_data(others, zeros(size(others, 1), 1));
if not(isnumeric(column) && isequal(size(column), [size(others, 1), 1]))
    error('mlearth:column', 'column must have one number per row of others (%d)', ...
        size(others, 1));
end
there = not(isnan(column));
least = size(others, 2) + 2;
if sum(there) < least
    error('mlearth:column', 'column must hold %d values or more, got %d', ...
        least, sum(there));
end
if rank([ones(sum(there), 1), others(there, :)]) < least - 1
    error('mlearth:others', 'a column of others is a combination of the rest');
end
end
