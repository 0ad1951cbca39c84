function check_trace(name, x, least)
%CHECK_TRACE  Raise an error unless x is a column of finite numbers.
%   CHECK_TRACE(name, x, least)
%
%   name   name of the argument, for the message
%   x      what was given
%   least  smallest number of samples
is_column = isnumeric(x) && isreal(x) && size(x, 2) == 1 && all(isfinite(x));
if not(is_column && numel(x) >= least)
    error('mlearth:trace', '%s must be a column of at least %d finite numbers', ...
        name, least);
end
end
