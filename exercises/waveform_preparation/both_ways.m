function y = both_ways(signal, b, a)
%BOTH_WAYS  Run a record through one section forwards, then backwards.
%   y = BOTH_WAYS(signal, b, a)
%
%   signal  n x 1, one record
%   b       3 x 1, weights of this sample and of the two before it
%   a       2 x 1, weights of the two last answers, which are subtracted
%   y       n x 1, the filtered record, first sample first
error('not written yet');
end
