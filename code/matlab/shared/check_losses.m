function check_losses(losses, eta)
%CHECK_LOSSES  Raise an error when the loss has overflowed.
%   CHECK_LOSSES(losses, eta)
%
%   losses  loss before the first epoch and after each
%   eta     learning rate, for the message
lost = find(not(isfinite(losses)));
if not(isempty(lost))
    error('mlearth:eta', ...
        'eta = %g is too large for this X: the loss overflowed in epoch %d', ...
        eta, lost(1) - 1);
end
end
