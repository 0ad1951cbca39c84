function [beta, b, violation] = smo(K, y, C, tol, n_iter)
%SMO  Solve the dual of the support vector machine, two samples at a time.
%   [beta, b, violation] = SMO(K, y, C, tol, n_iter)
%
%   K          n_samples x n_samples, kernel matrix
%   y          n_samples x 1, labels -1 and +1
%   C          cost of a unit of slack, > 0
%   tol        largest violation that is accepted (1e-3 if left out)
%   n_iter     largest number of steps (100000 if left out)
%   beta       n_samples x 1, multipliers with the signs of their labels
%   b          bias: the decision function is K * beta + b
%   violation  the largest violation left
%
%   See also DUAL_OBJECTIVE, KERNEL_SVM_FIT.
if nargin < 4, tol = 1e-3; end
if nargin < 5, n_iter = 100000; end
check_data(K, y);
if size(K, 1) ~= size(K, 2), error('mlearth:K', 'K must be square'); end
check_labels(y);
check_positive('C', C);
check_positive('tol', tol);
check_count('n_iter', n_iter);
lower = min(0, C * y);
upper = max(0, C * y);
beta = zeros(size(y));
v = y;
for step_number = 1:n_iter
    % Pick the pair that disagrees most
    above = v;
    above(beta >= upper) = -Inf;
    below = v;
    below(beta <= lower) = Inf;
    [~, i] = max(above);
    [~, j] = min(below);
    violation = v(i) - v(j);
    if violation <= tol, break, end
    % Move both until a bound
    curvature = max(K(i, i) + K(j, j) - 2 * K(i, j), 1e-12);
    room = min(upper(i) - beta(i), beta(j) - lower(j));
    step = min(violation / curvature, room);
    beta(i) = beta(i) + step;
    beta(j) = beta(j) - step;
    v = v - step * (K(:, i) - K(:, j));
end
b = (v(i) + v(j)) / 2;
end
