function check_bottom(hessian)
%CHECK_BOTTOM  Stop unless a parabola has one bottom, to rounding.
%   CHECK_BOTTOM(hessian)
%
%   hessian  square; where features differ much in scale, or hardly vary about
%            a large value, rounding bends it, and what it promises is worth
%            nothing. The units of the parameters do not matter.
%
%   See also NEWTON.
diagonal = diag(hessian);
least = 0;
if all(isfinite(hessian(:))) && all(diagonal > 0)
    scale = sqrt(diagonal);
    least = min(eig(hessian ./ scale ./ scale'));
end
if not(least > 1e-12)
    error('mlearth:derivatives', ['derivatives must return a positive definite ', ...
        'Hessian: bring the features to one scale, or raise the penalty (alpha)']);
end
end
