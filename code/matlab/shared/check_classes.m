function check_classes(y)
%CHECK_CLASSES  Raise an error unless y holds 1 to K, each of them, with K > 1.
%   CHECK_CLASSES(y)
%
%   y  n_samples x 1, classes
if max(y) < 2 || not(isequal(unique(y), (1:max(y))'))
    error('mlearth:y', 'y must hold the classes 1 to K, each of them, K >= 2');
end
end
