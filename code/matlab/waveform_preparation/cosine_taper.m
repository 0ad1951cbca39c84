function weights = cosine_taper(n_samples, n_ramp)
%COSINE_TAPER  Weights that rise from 0 to 1, stay there, and fall to 0 again.
%   weights = COSINE_TAPER(n_samples, n_ramp)
%
%   n_samples  length of the record in samples
%   n_ramp     length of each ramp in samples, at most half of the record's
%   weights    n_samples x 1, from 0 to 1
%
%   See also REMOVE_LINE, FILTER_FORWARDS.
check_count('n_samples', n_samples);
check_count('n_ramp', n_ramp);
if 2 * n_ramp > n_samples
    error('mlearth:n_ramp', 'n_ramp must be at most half of n_samples');
end
% Ease the ends in
place = (0:n_samples - 1)';
to_end = min(place, flipud(place));
weights = (1 - cos(pi * min(to_end / n_ramp, 1))) / 2;
end
