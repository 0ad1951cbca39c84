function check_degree(degree)
%CHECK_DEGREE  Raise an error unless the degree is a whole number >= 0.
%   CHECK_DEGREE(degree)
%
%   degree  what was given
is_number = isnumeric(degree) && isscalar(degree) && isreal(degree);
if not(is_number && isfinite(degree) && degree >= 0 && degree == round(degree))
    error('mlearth:parameter', 'degree must be a whole number >= 0');
end
end
