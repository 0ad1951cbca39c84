function check_order(order, n_iter, n_samples)
%CHECK_ORDER  Raise an error unless each row of order holds every row of X once.
%   CHECK_ORDER(order, n_iter, n_samples)
%
%   order      n_iter x n_samples row numbers, or one row for all epochs
%   n_iter     number of epochs
%   n_samples  number of rows of X
check_count('n_iter', n_iter);
n_orders = size(order, 1);
if not(isequal(sort(order, 2), repmat(1:n_samples, n_orders, 1)))
    error('mlearth:order', 'each row of order must hold 1 to %d once', n_samples);
end
if n_orders > 1 && n_orders < n_iter
    error('mlearth:order', 'order must have one row, or one for each of %d epochs', ...
        n_iter);
end
end
