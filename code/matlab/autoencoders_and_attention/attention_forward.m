function [said, share] = attention_forward(Q, K, V)
%ATTENTION_FORWARD  What each query takes from the values, by how well keys match.
%   [said, share] = ATTENTION_FORWARD(Q, K, V)
%
%   Q      n_queries by n_features, what each step asks
%   K      n_keys by n_features, what each step offers to be compared
%   V      n_keys by n_values, what it hands over
%   said   n_queries by n_values, weighted means
%   share  n_queries by n_keys, the weights; rows sum to 1
%
%   See also ATTENTION_BACKWARD.
if size(K, 2) ~= size(Q, 2)
    error('mlearth:K', 'K must have %d columns, as Q has, got %d', ...
        size(Q, 2), size(K, 2));
end
% Compare: each query with each key
match = Q * K' / sqrt(size(Q, 2));
% Share: a softmax over the keys
share = exp(match - max(match, [], 2));
share = share ./ sum(share, 2);
% Take: the mean of the values
said = share * V;
end
