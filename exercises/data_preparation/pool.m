function pooled = pool(estimates, errors)
%POOL  Pool what was found in several complete copies, by Rubin's rules.
%   pooled = POOL(estimates, errors)
%
%   estimates  n_copies x 1, the quantity as each copy gives it
%   errors     n_copies x 1, its standard error in each copy
%   pooled     1 x 3: the estimate, its standard error, the degrees of freedom
%              (Inf where all copies agree)
error('not written yet');
end
