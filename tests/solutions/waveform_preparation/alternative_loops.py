"""Right answers in loops and plain Python numbers."""

import math


def both_ways(signal, b, a):
    samples = [float(x) for x in signal]
    for _ in range(2):
        answers = []
        for k, x in enumerate(samples):
            y = b[0] * x
            for back in (1, 2):
                if k >= back:
                    y += b[back] * samples[k - back] - a[back - 1] * answers[k - back]
            answers.append(y)
        samples = answers[::-1]
    return samples


BOTH_WAYS_M = """
function y = both_ways(signal, b, a)
there = filter(b, [1; a], signal);
y = flipud(filter(b, [1; a], flipud(there)));
end
"""


def alias_hz(frequency_hz, sampling_hz):
    return [abs(f - sampling_hz * round(f / sampling_hz)) for f in frequency_hz]


def window_starts(arrival, n_record, n_window, least, most, share):
    allowed = [
        start
        for start in range(n_record - n_window + 1)
        if least <= arrival - start <= most
    ]
    return [allowed[math.floor(one * len(allowed))] for one in share]
