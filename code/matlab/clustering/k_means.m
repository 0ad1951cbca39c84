function [centres, labels, losses, finished] = k_means(X, centres, n_iter)
%K_MEANS  Assign samples and move centres in turn, until no label changes.
%   [centres, labels, losses, finished] = K_MEANS(X, centres, n_iter)
%
%   X         n_samples x n_features, samples
%   centres   n_clusters x n_features, where the centres begin, and end
%   n_iter    largest number of moves
%   labels    n_samples x 1, number of the nearest centre of each sample, from 1
%   losses    mean squared distance to the nearest centre, at the start and
%             after each move
%   finished  true if the last move changed no label
%
%   See also CLUSTER_MEANS, MIXTURE_EXPECTATION.
check_count('n_iter', n_iter);
labels = [];
losses = [];
finished = false;
for turn = 0:n_iter
    % Assign each sample to its nearest centre
    before = labels;
    [distance, labels] = min(euclidean_distance(X, centres), [], 2);
    losses(end + 1, 1) = mean(distance.^2);
    finished = isequal(before, labels);
    if finished || turn == n_iter
        break
    end
    % Move each centre to the mean of its samples
    centres = cluster_means(X, labels, centres);
end
end
