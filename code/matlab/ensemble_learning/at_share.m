function value = at_share(values, share)
%AT_SHARE  The smallest of some values that a share of them does not exceed.
%   value = AT_SHARE(values, share)
%
%   values  n x 1
%   share   between 0 and 1
%
%   See also BOOSTING_LOSS.
values = sort(values);
value = values(max(1, ceil(share * numel(values) - 1e-9)));
end
