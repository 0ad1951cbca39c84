function bright = brightness(origin_s, channel, weight, moment_s, half_width_s)
%BRIGHTNESS  How well picks agree that an earthquake struck, there and then.
%   bright = BRIGHTNESS(origin_s, channel, weight, moment_s, half_width_s)
%
%   origin_s      nodes x n, origin times of n picks [s]
%   channel       1 x n, the channel of each pick, any whole numbers
%   weight        1 x n, the weight of each pick
%   moment_s      1 x m, moments [s], ascending
%   half_width_s  half the width of the triangle [s]
%   bright        nodes x m; of the picks of a channel the one that adds most counts
error('not written yet');
end
