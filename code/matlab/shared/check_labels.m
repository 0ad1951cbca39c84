function check_labels(y)
%CHECK_LABELS  Raise an error unless y holds -1 and +1, and both of them.
%   CHECK_LABELS(y)
%
%   y  n_samples x 1, labels
if not(isequal(unique(y), [-1; 1]))
    error('mlearth:y', 'y must hold the labels -1 and +1, both of them');
end
end
