function m = @stem@_mean(x)
%@STEM@_MEAN  Average the values of a column.
%   m = @STEM@_MEAN(x) is the sum of x divided by how many there are.
%
%   x  n x 1, values
%   m  their mean
values = x(:);             % Collect the values
total = sum(values);       % Add them up
m = total / numel(values); % Divide by their number
end
