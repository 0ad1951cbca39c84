"""Right answers with SciPy and array functions."""

import numpy as np
from scipy.signal import lfilter


def both_ways(signal, b, a):
    there = lfilter(b, [1, *a], signal)
    return np.flip(lfilter(b, [1, *a], np.flip(there)))


BOTH_WAYS_M = """
function y = both_ways(signal, b, a)
y = signal;
for trip = 1:2
    held = [0; 0];
    for k = 1:numel(y)
        x = y(k);
        y(k) = b(1) * x + held(1);
        held = [b(2) * x - a(1) * y(k) + held(2); b(3) * x - a(2) * y(k)];
    end
    y = y(end:-1:1);
end
end
"""


def alias_hz(frequency_hz, sampling_hz):
    multiples = np.rint(np.asarray(frequency_hz) / sampling_hz)
    return np.abs(frequency_hz - multiples * sampling_hz)


def window_starts(arrival, n_record, n_window, least, most, share):
    starts = np.arange(n_record - n_window + 1)
    starts = starts[(starts <= arrival - least) & (starts >= arrival - most)]
    return starts[(np.asarray(share) * starts.size).astype(np.int64)]
