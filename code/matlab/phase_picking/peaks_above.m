function at = peaks_above(curve, height, apart)
%PEAKS_ABOVE  Where a curve has peaks, the lower of two that are close left out.
%   at = PEAKS_ABOVE(curve, height, apart)
%
%   curve   n x 1, such as the probability of a phase
%   height  a peak is at least so high
%   apart   peaks are at least so many samples apart; the highest are taken first
%   at      n_peaks x 1, samples counted from 0, ascending
%
%   A level top counts once, at its middle. The ends are no peaks.
%
%   See also MATCH_PICKS.
check_positive('height', height);
check_count('apart', apart);
curve = curve(:);
edges = find(diff(curve)) + 1;
first = [1; edges];
last = [edges; numel(curve) + 1] - 1;
level = curve(first);
inner = false(size(first));
inner(2:end - 1) = level(2:end - 1) > max(level(1:end - 2), level(3:end));
place = floor((first + last) / 2 - 1);
place = place(inner & level >= height);
[~, order] = sort(-curve(place + 1));
at = zeros(0, 1);
% Find peaks: the highest first, and none that is close to one we have
for k = place(order)'
    if all(abs(k - at) >= apart)
        at(end + 1, 1) = k;
    end
end
at = sort(at);
end
