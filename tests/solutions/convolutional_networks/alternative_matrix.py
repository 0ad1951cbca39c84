"""A layer is a matrix with the kernel in every row; the way back is its transpose."""

import numpy as np


def matrix(n, w, stride, dilation):
    n_out = (n - (len(w) - 1) * dilation - 1) // stride + 1
    T = np.zeros((n_out, n))
    for t in range(n_out):
        T[t, t * stride : t * stride + (len(w) - 1) * dilation + 1 : dilation] = w
    return T


def slide(x, w, stride, dilation):
    return matrix(len(x), w, stride, dilation) @ x


def blame(x, w, delta, stride, dilation):
    dx = matrix(len(x), w, stride, dilation).T @ delta
    dw = [slide(x, np.eye(len(w))[k], stride, dilation) @ delta for k in range(len(w))]
    return np.append(dw, dx)


def seen_from(outputs, sizes, strides, dilations):
    jump, seen = 1, 1
    for size, stride, dilation in zip(sizes, strides, dilations, strict=True):
        seen += (size - 1) * dilation * jump
        jump *= stride
    return np.array([[t * jump, t * jump + seen - 1] for t in outputs])


SLIDE_M = """
function y = slide(x, w, stride, dilation)
spread = zeros((numel(w) - 1) * dilation + 1, 1);
spread(1:dilation:end) = w;
y = conv(x, flipud(spread), 'valid');
y = y(1:stride:end);
end
"""
