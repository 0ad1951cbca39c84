function late = residuals_of(true_s, found_s, tolerance_s)
%RESIDUALS_OF  Found minus true times of the picks that match, one to one.
%   late = RESIDUALS_OF(true_s, found_s, tolerance_s)
%
%   true_s       n x 1, times [s], in any order
%   found_s      m x 1, times [s], in any order
%   tolerance_s  largest time between two that match [s]
%   late         n_matched x 1, residuals [s], in the order of the true times
error('not written yet');
end
