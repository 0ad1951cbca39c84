function labels = onset_labels(onsets, n_samples, width)
%ONSET_LABELS  Shares of each sample: of no onset, and of each phase, as bells.
%   labels = ONSET_LABELS(onsets, n_samples, width)
%
%   onsets     1 x n_phases, samples counted from 0; NaN where there is none
%   n_samples  length of the record [samples]
%   width      standard deviation of the bell [samples]
%   labels     n_samples x (1 + n_phases), the first "no onset"; rows sum to 1
%
%   See also PEAKS_ABOVE.
check_count('n_samples', n_samples);
check_positive('width', width);
t = (0:n_samples - 1)';
% Label: what is near an onset belongs to it, the rest to none
near = exp(-0.5 * ((t - onsets(:)') / width) .^ 2);
near(isnan(near)) = 0;
near = near ./ max(sum(near, 2), 1);
labels = [1 - sum(near, 2), near];
end
