function [back_azimuth_deg, incidence_deg, share] = polarization(vertical, north, east)
%POLARIZATION  Where a P wave came from, read from three components.
%   [back_azimuth_deg, incidence_deg, share] = POLARIZATION(vertical, north, east)
%
%   vertical          n_samples x 1, ground motion, up positive
%   north             n_samples x 1, north positive, in the same unit
%   east              n_samples x 1, east positive, in the same unit
%   back_azimuth_deg  from the station to the source, clockwise from north,
%                     if the wave comes from below
%   incidence_deg     angle of the motion from the vertical, 0 to 90
%   share             share of the power along the line, 1/3 to 1
%
%   See also PRINCIPAL_AXES.
motion = [vertical(:), north(:), east(:)];
check_samples(motion);
% Centre the data
motion = motion - repmat(mean(motion, 1), size(motion, 1), 1);
% Turn to the axes
[~, S, V] = svd(motion, 'econ');
variances = diag(S) .^ 2;
if variances(1) == 0, error('mlearth:motion', 'vertical, north and east must move'), end
% Point it up
way = V(:, 1);
if way(1) < 0, way = -way; end
% Read the angles
back_azimuth_deg = mod(atan2(-way(3), -way(2)) * 180 / pi, 360);
incidence_deg = acos(min(way(1), 1)) * 180 / pi;
share = variances(1) / sum(variances);
end
