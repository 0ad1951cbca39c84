function [w, b, losses] = adaline_fit(X, y, eta, n_iter, batch_size, order)
%ADALINE_FIT  Learn a boundary by going down the gradient of the squared loss.
%   [w, b, losses] = ADALINE_FIT(X, y, eta, n_iter) uses all samples for
%   every step (batch gradient descent).
%
%   [w, b, losses] = ADALINE_FIT(X, y, eta, n_iter, batch_size) uses
%   batch_size samples for a step; 1 is stochastic gradient descent.
%
%   [w, b, losses] = ADALINE_FIT(X, y, eta, n_iter, batch_size, order) takes
%   the samples of epoch k in the order given by row k of order.
%
%   X           n_samples x n_features, one sample per row
%   y           n_samples x 1, labels -1 and +1
%   eta         learning rate, > 0
%   n_iter      number of epochs
%   batch_size  samples in a step
%   order       n_iter x n_samples row numbers, or one row for all epochs
%   w           n_features x 1, weights
%   b           bias
%   losses      (n_iter + 1) x 1, loss before the first epoch and after each
%
%   See also PERCEPTRON_PREDICT, LARGEST_ETA, SQUARED_LOSS.
n_samples = size(X, 1);
if nargin < 5, batch_size = n_samples; end
if nargin < 6, order = 1:n_samples; end
check_data(X, y);
check_labels(y);
check_positive('eta', eta);
check_count('batch_size', batch_size);
check_order(order, n_iter, n_samples);
% Start from zero
w = zeros(size(X, 2), 1);
b = 0;
losses = [squared_loss(w, b, X, y); zeros(n_iter, 1)];
for epoch = 1:n_iter
    % Deal the samples
    rows = order(min(epoch, end), :);
    for start = 1:batch_size:n_samples
        batch = rows(start:min(start + batch_size - 1, end));
        % Ask how wrong
        [dw, db] = squared_loss_gradient(w, b, X(batch, :), y(batch));
        % Move the border
        w = w - eta * dw;
        b = b - eta * db;
    end
    % Judge the epoch
    losses(epoch + 1) = squared_loss(w, b, X, y);
end
check_losses(losses, eta);
end
