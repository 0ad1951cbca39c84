function D = optimal_discriminator(p, q)
%OPTIMAL_DISCRIMINATOR  Probability of being real that nobody can better.
%   D = OPTIMAL_DISCRIMINATOR(p, q)
%
%   p  density of real samples at some places, >= 0
%   q  density of made samples there, of the shape of p
%   D  p ./ (p + q); 0.5 where neither occurs
%
%   See also ADVERSARIAL_STEP.
if ~isequal(size(p), size(q)) || any([p(:); q(:)] < 0)
    error('mlearth:densities', 'p and q must be densities >= 0 of one shape');
end
D = 0.5 * ones(size(p));
occurs = p + q > 0;
D(occurs) = p(occurs) ./ (p(occurs) + q(occurs));
end
