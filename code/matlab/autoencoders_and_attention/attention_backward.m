function [dQ, dK, dV] = attention_backward(Q, K, V, delta)
%ATTENTION_BACKWARD  Blame for what ATTENTION_FORWARD said.
%   [dQ, dK, dV] = ATTENTION_BACKWARD(Q, K, V, delta)
%
%   Q      as in ATTENTION_FORWARD
%   K      as in ATTENTION_FORWARD
%   V      as in ATTENTION_FORWARD
%   delta  derivative of the loss by what was said
%   dQ     derivative by Q, of its shape
%   dK     derivative by K, of its shape
%   dV     derivative by V, of its shape
%
%   See also ATTENTION_FORWARD.
[~, share] = attention_forward(Q, K, V);
% Blame the values: by the share that was taken of each
dV = share' * delta;
% Blame the matches: back through the softmax
dshare = delta * V';
dmatch = share .* (dshare - sum(share .* dshare, 2)) / sqrt(size(Q, 2));
% Blame queries and keys: each by the other
dQ = dmatch * K;
dK = dmatch' * Q;
end
