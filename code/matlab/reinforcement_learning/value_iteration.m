function [q, changes] = value_iteration(transitions, rewards, gamma, tol)
%VALUE_ITERATION  What each action is worth under the best policy.
%   [q, changes] = VALUE_ITERATION(transitions, rewards, gamma, tol)
%
%   transitions  n_actions x n_states x n_states, probability of each next state
%   rewards      n_states x n_actions, expected reward of each action
%   gamma        discount of a step, from 0 to below 1
%   tol          how far the values may be from the true ones
%   q            n_states x n_actions, values of the actions
%   changes      n_sweeps x 1, largest change of a value in each sweep
%
%   See also Q_LEARNING.
if gamma < 0 || gamma >= 1
    error('mlearth:gamma', 'gamma must be from 0 to below 1, got %g', gamma);
end
[n_states, n_actions] = size(rewards);
values = zeros(n_states, 1);
changes = [];
change = Inf;
while change > tol * (1 - gamma)
    q = rewards;
    for a = 1:n_actions
        % Look ahead: the reward, and the discounted value of what comes
        leads_to = reshape(transitions(a, :, :), n_states, n_states);
        q(:, a) = q(:, a) + gamma * leads_to * values;
    end
    % Take the best: the value of a state is that of its best action
    best = max(q, [], 2);
    change = max(abs(best - values));
    changes(end + 1, 1) = change;
    values = best;
end
end
