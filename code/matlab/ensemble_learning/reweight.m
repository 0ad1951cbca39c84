function [say, weights] = reweight(weights, y, vote)
%REWEIGHT  The say of one voter, and the weights that the next one is grown on.
%   [say, weights] = REWEIGHT(weights, y, vote)
%
%   weights  n_samples x 1, > 0; returned with the sum 1
%   y        n_samples x 1, labels -1 and +1
%   vote     n_samples x 1, -1 or +1; wrong of some samples, not of all
%   say      half the log-odds that the voter is right, by weight
%
%   See also ADABOOST_FIT.
if not(all(weights > 0)), error('mlearth:weights', 'weights must be > 0'); end
% Choose its step
wrong = sum(weights(vote ~= y)) / sum(weights);
if wrong == 0 || wrong == 1
    error('mlearth:vote', 'vote must be right of some samples and wrong of others');
end
say = 0.5 * log((1 - wrong) / wrong);
% Take the step
weights = weights .* exp(-say * y .* vote);
weights = weights / sum(weights);
end
