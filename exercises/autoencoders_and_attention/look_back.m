function Y = look_back(Q, K, V)
%LOOK_BACK  Attention of one sequence in which no step looks at a later one.
%   Y = LOOK_BACK(Q, K, V)
%
%   Q  n_times by d, queries
%   K  n_times by d, keys
%   V  n_times by n_values, values
%   Y  n_times by n_values: each row a mean of the values up to this step, weighted
%      by a softmax of query times key over the root of d
error('not written yet');
end
