function [w, b, errors] = perceptron_fit(X, y, eta, n_iter, order)
%PERCEPTRON_FIT  Learn a straight boundary between two classes from mistakes.
%   [w, b, errors] = PERCEPTRON_FIT(X, y, eta, n_iter) takes the samples in
%   their order, and moves the boundary X * w + b = 0 for every sample that
%   lies on its wrong side. It stops after an epoch without a mistake.
%
%   [w, b, errors] = PERCEPTRON_FIT(X, y, eta, n_iter, order) takes the
%   samples of epoch k in the order given by row k of order.
%
%   X       n_samples x n_features, one sample per row
%   y       n_samples x 1, labels -1 and +1
%   eta     learning rate, > 0
%   n_iter  largest number of epochs
%   order   n_iter x n_samples row numbers, or one row for all epochs
%   w       n_features x 1, weights
%   b       bias
%   errors  n_epochs x 1, mistakes in each epoch
%
%   See also PERCEPTRON_PREDICT, ADALINE_FIT.
if nargin < 5, order = 1:size(X, 1); end
check_data(X, y);
check_labels(y);
check_positive('eta', eta);
check_order(order, n_iter, numel(y));
% Start from zero
w = zeros(size(X, 2), 1);
b = 0;
errors = zeros(n_iter, 1);
for epoch = 1:n_iter
    % Deal the samples
    for i = order(min(epoch, end), :)
        % Ask how wrong
        if y(i) * (X(i, :) * w + b) <= 0
            % Move the border
            w = w + eta * y(i) * X(i, :)';
            b = b + eta * y(i);
            errors(epoch) = errors(epoch) + 1;
        end
    end
    % Judge the epoch
    if errors(epoch) == 0, break, end
end
errors = errors(1:epoch);
end
