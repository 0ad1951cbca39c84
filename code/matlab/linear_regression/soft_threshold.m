function z = soft_threshold(z, threshold)
%SOFT_THRESHOLD  Move z towards zero by the threshold, and stop there.
%   z = SOFT_THRESHOLD(z, threshold) is sign(z) .* max(abs(z) - threshold, 0).
%
%   z          numbers
%   threshold  how far to move them, > 0
%
%   See also LASSO_FIT.
check_positive('threshold', threshold);
z = z - min(max(z, -threshold), threshold);
end
