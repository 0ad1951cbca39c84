function pairs = match_picks(true_s, found_s, tolerance_s)
%MATCH_PICKS  Pair two ascending lists of times one to one, as often as can be.
%   pairs = MATCH_PICKS(true_s, found_s, tolerance_s)
%
%   true_s       n x 1, times [s], ascending
%   found_s      m x 1, times [s], ascending
%   tolerance_s  largest time between partners [s]
%   pairs        n_pairs x 2, places of the partners in the two lists, from 1
%
%   See also PEAKS_ABOVE.
check_positive('tolerance_s', tolerance_s);
pairs = zeros(0, 2);
i = 1;
j = 1;
% Match: whichever list is behind moves on, after a pair both
while i <= numel(true_s) && j <= numel(found_s)
    late = found_s(j) - true_s(i);
    if abs(late) <= tolerance_s
        pairs(end + 1, :) = [i, j];
    end
    i = i + (late >= -tolerance_s);
    j = j + (late <= tolerance_s);
end
end
