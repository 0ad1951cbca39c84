function [threshold, drop] = best_threshold(x, y, min_leaf)
%BEST_THRESHOLD  The question about one feature that lowers the variance most.
%   [threshold, drop] = BEST_THRESHOLD(x, y, min_leaf) sends the samples with
%   x <= threshold to the left, the others to the right.
%
%   x          row or column of n values of the feature, in any order
%   y          the n numbers to predict, a row or a column as x is
%   min_leaf   fewest samples on either side, >= 1
%   threshold  halfway between the two values of x that it tells apart; of
%              equally good questions the lowest, even if none is of use; NaN if
%              no question is left
%   drop       variance of y minus the mean variance of both sides, weighted
%              by their samples; 0 if no question is left
error('not written yet');
end
