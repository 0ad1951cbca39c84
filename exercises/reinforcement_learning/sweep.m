function values = sweep(transitions, rewards, values, gamma)
%SWEEP  Values of all states after one sweep of value iteration.
%   values = SWEEP(transitions, rewards, values, gamma)
%
%   transitions  n_actions x n_states x n_states, probability of each next state
%   rewards      n_states x n_actions, expected reward of each action
%   values       n_states x 1, the guess before the sweep, and after it
%   gamma        discount of a step, from 0 to below 1
error('not written yet');
end
