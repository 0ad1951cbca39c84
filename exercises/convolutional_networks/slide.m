function y = slide(x, w, stride, dilation)
%SLIDE  Cross-correlation of a record with a kernel, where all taps lie on the record.
%   y = SLIDE(x, w, stride, dilation)
%
%   x         n x 1, record
%   w         size x 1, kernel; it is not turned round
%   stride    samples from one output to the next
%   dilation  samples from one tap to the next
%   y         n_outputs x 1
error('not written yet');
end
