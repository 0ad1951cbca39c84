function [on_real, on_made, against] = adversarial_blame(real, made, contest)
%ADVERSARIAL_BLAME  Derivatives of both losses of a contest by the scores.
%   [on_real, on_made, against] = ADVERSARIAL_BLAME(real, made, contest)
%
%   real     n x 1, scores of real samples
%   made     m x 1, scores of made samples
%   contest  'minimax', 'non_saturating' or 'wasserstein'
%   on_real  n x 1, of the critic's loss by the scores of real samples
%   on_made  m x 1, of the critic's loss by the scores of made samples
%   against  m x 1, of the generator's loss by these
%
%   See also ADVERSARIAL_STEP, OPTIMAL_DISCRIMINATOR.
if ~any(strcmp(contest, {'minimax', 'non_saturating', 'wasserstein'}))
    error('mlearth:contest', ...
          'contest must be minimax, non_saturating or wasserstein, got %s', contest);
end
% Blame: how each loss changes with each score
if strcmp(contest, 'wasserstein')
    on_real = -ones(size(real)) / numel(real);
    on_made = ones(size(made)) / numel(made);
    against = -on_made;
    return
end
on_real = -1 ./ (1 + exp(real)) / numel(real);
on_made = 1 ./ (1 + exp(-made)) / numel(made);
against = -on_made;
if strcmp(contest, 'non_saturating')
    against = -1 ./ (1 + exp(made)) / numel(made);
end
end
