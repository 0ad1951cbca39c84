function [theta, losses, finished] = newton(loss, derivatives, theta, n_iter, tol)
%NEWTON  Minimise a convex loss by stepping to the bottom of a parabola.
%   [theta, losses, finished] = NEWTON(loss, derivatives, theta, n_iter, tol)
%   halves a step until the loss falls. When the bottom of the parabola lies
%   at most tol below the loss, one last step ends the walk.
%
%   loss         function of theta that returns the loss
%   derivatives  function of theta that returns [gradient, hessian]
%   theta        n_parameters x 1, where to start; at the end, the minimum
%   n_iter       largest number of steps
%   tol          how far above its minimum the loss may be, > 0
%   losses       loss before the first step and after each
%   finished     whether n_iter steps were enough
%
%   See also LOGISTIC_FIT, SOFTMAX_FIT, ORDINAL_FIT, CHECK_BOTTOM.
check_count('n_iter', n_iter);
check_positive('tol', tol);
losses = loss(theta);
if not(isfinite(losses)), error('mlearth:loss', 'loss(theta) must be finite'), end
finished = false;
while not(finished) && numel(losses) <= n_iter
    % Step to the bottom
    [gradient, hessian] = derivatives(theta);
    check_bottom(hessian);
    step = hessian \ gradient;
    finished = gradient' * step / 2 <= tol;
    shrink = 1;
    tried = loss(theta - step);
    while not(finished) && not(tried < losses(end)) && shrink > 2 ^ -39
        shrink = shrink / 2;
        tried = loss(theta - shrink * step);
    end
    if not(tried <= losses(end) + 1e-12 * abs(losses(end)))
        finished = false;  % even the smallest step leads uphill
        return
    end
    theta = theta - shrink * step;
    losses = [losses; tried];
end
end
