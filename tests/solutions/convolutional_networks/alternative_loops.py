"""Everything one number at a time."""

import numpy as np


def slide(x, w, stride, dilation):
    y, t = [], 0
    while t + (len(w) - 1) * dilation < len(x):
        y.append(sum(w[k] * x[t + k * dilation] for k in range(len(w))))
        t += stride
    return np.array(y, dtype=float)


def blame(x, w, delta, stride, dilation):
    dw, dx = [0.0] * len(w), [0.0] * len(x)
    for t, d in enumerate(delta):
        for k in range(len(w)):
            u = t * stride + k * dilation
            dw[k] += d * x[u]
            dx[u] += d * w[k]
    return np.array(dw + dx)


def seen_from(outputs, sizes, strides, dilations):
    def below(t, k):
        return t * strides[k], t * strides[k] + (sizes[k] - 1) * dilations[k]

    found = []
    for t in outputs:
        first = last = int(t)
        for k in range(len(sizes) - 1, -1, -1):
            first, last = below(first, k)[0], below(last, k)[1]
        found.append([first, last])
    return np.array(found)


SLIDE_M = """
function y = slide(x, w, stride, dilation)
y = [];
t = 1;
while t + (numel(w) - 1) * dilation <= numel(x)
    y(end + 1, 1) = x(t:dilation:t + (numel(w) - 1) * dilation)' * w;
    t = t + stride;
end
end
"""
