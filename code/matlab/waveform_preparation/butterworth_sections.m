function sections = butterworth_sections(kind, corner_hz, sampling_hz, order)
%BUTTERWORTH_SECTIONS  Sections, two poles each, of a Butterworth filter.
%   sections = BUTTERWORTH_SECTIONS(kind, corner_hz, sampling_hz, order)
%
%   kind         'lowpass' or 'highpass'
%   corner_hz    where half of the power passes [Hz], below half of sampling_hz
%   sampling_hz  samples in a second
%   order        number of poles, even
%   sections     order / 2 x 6, rows b0, b1, b2, 1, a1, a2
%
%   See also FILTER_FORWARDS, FILTER_BOTH_WAYS.
if not(any(strcmp(kind, {'lowpass', 'highpass'})))
    error('mlearth:kind', 'kind must be ''lowpass'' or ''highpass''');
end
check_positive('corner_hz', corner_hz);
check_positive('sampling_hz', sampling_hz);
check_count('order / 2', order / 2);
if corner_hz >= sampling_hz / 2
    error('mlearth:corner_hz', 'corner_hz must be below half of sampling_hz');
end
warped = tan(pi * corner_hz / sampling_hz);
pair = (0:order / 2 - 1)';
damping = 2 * sin(pi * (2 * pair + 1) / (2 * order));
scale = 1 + damping * warped + warped ^ 2;
if strcmp(kind, 'lowpass')
    top = (warped ^ 2 ./ scale) * [1, 2, 1];
else
    top = (1 ./ scale) * [1, -2, 1];
end
bottom = [scale, 2 * (warped ^ 2 - 1) + 0 * scale, 1 - damping * warped + warped ^ 2];
sections = [top, bsxfun(@rdivide, bottom, scale)];
end
