function warn_unfinished(name, n_iter, tol)
%WARN_UNFINISHED  Warn that the steps had not become smaller than the tolerance.
%   WARN_UNFINISHED(name, n_iter, tol)
%
%   name    name of the function that was unfinished
%   n_iter  iterations it took
%   tol     its tolerance
warning('mlearth:unfinished', ...
    '%s took n_iter = %d iterations, and the last still moved more than tol = %g', ...
    name, n_iter, tol);
end
