function [G, C] = adversarial_step(G, C, real, noise, contest, eta)
%ADVERSARIAL_STEP  One step of a critic, then one of a generator against it.
%   [G, C] = ADVERSARIAL_STEP(G, C, real, noise, contest, eta)
%
%   G        n_layers x 2 cell, as in MLP_FORWARD: generator, from noise
%   C        n_layers x 2 cell: critic, to one score
%   real     n x n_features, real samples
%   noise    m x n_noise, what the made samples are made of
%   contest  'minimax', 'non_saturating' or 'wasserstein'
%   eta      learning rate of both, > 0
%
%   Hidden units bend by tanh. There is no penalty on slopes.
%
%   See also ADVERSARIAL_BLAME, MLP_FORWARD, MLP_BACKWARD.
check_positive('eta', eta);
A = mlp_forward(C, real);
made = mlp_forward(G, noise);
B = mlp_forward(C, made{end});
% Critic: one step towards telling them apart
[on_real, on_made] = adversarial_blame(A{end}, B{end}, contest);
first = mlp_backward(C, A, on_real);
second = mlp_backward(C, B, on_made);
C = cellfun(@(w, a, b) w - eta * (a + b), C, first, second, ...
                 'UniformOutput', false);
% Generator: one step against the critic as it is now
B = mlp_forward(C, made{end});
[~, ~, delta] = adversarial_blame(B{end}, B{end}, contest);
for k = size(C, 1):-1:1
    % Through the critic: how each score changes with each sample
    delta = delta * C{k, 1}';
    if k > 1, delta = delta .* (1 - B{k} .^ 2); end
end
slopes = mlp_backward(G, made, delta);
G = cellfun(@(w, d) w - eta * d, G, slopes, 'UniformOutput', false);
end
