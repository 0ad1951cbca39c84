function check_positive(name, value)
%CHECK_POSITIVE  Raise an error unless the value is a finite number > 0.
%   CHECK_POSITIVE(name, value)
%
%   name   name of the argument, for the message
%   value  what was given
is_number = isnumeric(value) && isscalar(value) && isreal(value);
if not(is_number && isfinite(value) && value > 0)
    error('mlearth:parameter', '%s must be a finite number > 0', name);
end
end
