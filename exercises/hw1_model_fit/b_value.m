function [b, b_error] = b_value(magnitude, completeness, bin_width)
%B_VALUE  Aki's maximum-likelihood b and its standard error b / sqrt(n).
%   [b, b_error] = B_VALUE(magnitude, completeness, bin_width)
%
%   magnitude     row or column of magnitudes, also some below completeness
%   completeness  only the n magnitudes from here on are used
%   bin_width     0 if the magnitudes are continuous; otherwise they are
%                 whole multiples of it: correct for half a bin
%   b             the b-value
%   b_error       its standard error
error('not written yet');
end
