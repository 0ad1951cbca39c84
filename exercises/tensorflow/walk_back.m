function found = walk_back(parts, slopes)
%WALK_BACK  Derivatives of the last value of a tape by every value.
%   found = WALK_BACK(parts, slopes)
%
%   parts   n_values x 2, places of what went into each value, from 1; 0 for nothing
%   slopes  n_values x 2, derivative of the value by each of its parts
%   found   column: derivative of the last value by each, with 1 at its own place
error('not written yet');
end
