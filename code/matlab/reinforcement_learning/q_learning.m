function q = q_learning(transitions, rewards, dice, gamma, eta, epsilon)
%Q_LEARNING  Learn what actions are worth by trying them, from the first state on.
%   q = Q_LEARNING(transitions, rewards, dice, gamma, eta, epsilon)
%
%   transitions  n_actions x n_states x n_states, probability of each next state;
%                it is the world, and nothing of it is told
%   rewards      n_states x n_actions, reward of each action
%   dice         n_steps x 3, numbers from 0 to 1: whether to try any action, which
%                one, and where it leads
%   gamma        discount of a step, from 0 to below 1
%   eta          share of each error that is corrected
%   epsilon      share of steps in which any action is tried
%   q            n_states x n_actions, values of the actions
%
%   See also VALUE_ITERATION.
if eta <= 0 || eta > 1
    error('mlearth:eta', 'eta must be above 0 and at most 1, got %g', eta);
end
[n_states, n_actions] = size(rewards);
q = zeros(n_states, n_actions);
s = 1;
for k = 1:size(dice, 1)
    % Try: the best action known, and sometimes any
    [~, a] = max(q(s, :));
    if dice(k, 1) < epsilon
        a = floor(dice(k, 2) * n_actions) + 1;
    end
    share = cumsum(reshape(transitions(a, s, :), n_states, 1));
    after = find(dice(k, 3) < share, 1);
    % Correct: towards the reward and the best that may follow
    ahead = gamma * max(q(after, :));
    q(s, a) = q(s, a) + eta * (rewards(s, a) + ahead - q(s, a));
    s = after;
end
end
