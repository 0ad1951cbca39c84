function D = best(p, q)
%BEST  Chance of being real that the best discriminator gives.
%   D = BEST(p, q)
%
%   p, q  n x 1, densities of real and of made samples at n places, >= 0
%   D     n x 1; 0.5 where both are zero
error('not written yet');
end
