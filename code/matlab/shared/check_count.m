function check_count(name, value)
%CHECK_COUNT  Raise an error unless the value is a whole number >= 1.
%   CHECK_COUNT(name, value)
%
%   name   name of the argument, for the message
%   value  what was given
is_number = isnumeric(value) && isscalar(value) && isreal(value);
if not(is_number && isfinite(value) && value >= 1 && value == round(value))
    error('mlearth:parameter', '%s must be a whole number >= 1', name);
end
end
