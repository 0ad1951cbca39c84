function r = spectral_ratios(p, s, noise, rate_hz, edges_hz)
%SPECTRAL_RATIOS  Power of P over that of S in bands, of one record, without noise.
%   r = SPECTRAL_RATIOS(p, s, noise, rate_hz, edges_hz)
%
%   p, s, noise   m x c, windows of m samples and c components
%   rate_hz       samples per second
%   edges_hz      1 x (k + 1), where k bands begin and end [Hz]
%   r             1 x k, log10 of the power of P over that of S; as in Python, windows
%                 lose their mean and are tapered, and noise is taken off
error('not written yet');
end
