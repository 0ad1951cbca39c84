"""The network that links picks: its file, its windows, and how well it links."""

import hashlib

import numpy as np
import pandas as pd
import pytest

from mlearth.networks import link_probability, pick_windows, window_features
from mlearth.networks.pick_linker import WEIGHTS, linker_weights
from mlearth.simulators import Picker, Seismicity, make_network, simulate_picks

QUIET, DENSE = 0.942, 0.835
"""How often a linked pick is told more likely than another one."""
CHECKSUM = "718083b8e30b80beb2a75e4e7ffbfc5d0423dea9ed42d59c0c2ff770e73ddf15"


def linked(a_minute, false, seed, duration_s=300.0):
    """Return for every pick after a root its probability and whether it is linked."""
    net = make_network("random", 20, 100.0, seed)
    quakes = Seismicity(duration_s, rate_per_hour=60 * a_minute)
    picker = Picker(false_per_hour=60 * false)
    made = simulate_picks(net, quakes, picker, random_state=seed)
    picks, event = made.data.picks, made.truth.event
    windows = pick_windows(picks.time_s)
    said = link_probability(picks, net, windows)
    root = event[windows[:, :1]]
    truth = (event[windows] == root) & (root >= 0)
    others = (windows >= 0) & (np.arange(windows.shape[1]) > 0)
    return said[others], truth[others]


def area(said, truth):
    """How often a linked pick is told more likely than another one."""
    rank = pd.Series(said).rank().to_numpy()
    n = truth.sum()
    return (rank[truth].sum() - n * (n + 1) / 2) / (n * (~truth).sum())


def test_the_weights_are_those_that_were_trained():
    """Another file has to be looked at before it takes this one's place."""
    content = WEIGHTS.read_bytes()
    assert hashlib.sha256(content).hexdigest() == CHECKSUM
    assert len(content) < 300_000
    shapes = {name: [part.shape for part in w] for name, w in linker_weights().items()}
    assert shapes["first_ahead"] == [(6, 96), (32, 96), (2, 96)]
    assert shapes["second_back"] == [(64, 96), (32, 96), (2, 96)]
    assert shapes["last"] == [(64, 1), (1,)]


def test_it_links_better_where_it_is_quiet():
    """Never trained on these networks, pairs of links and others, 5 records each."""
    quiet = [linked(1.0, 0.2, seed) for seed in range(5)]
    dense = [linked(10.0, 2.0, seed, 60.0) for seed in range(5)]
    quiet, dense = (
        area(*map(np.concatenate, zip(*many, strict=True))) for many in (quiet, dense)
    )
    # sums in another order move neither by more than a thousandth
    assert quiet == pytest.approx(QUIET, abs=0.005)
    assert dense == pytest.approx(DENSE, abs=0.005)


@pytest.mark.parametrize("n", [1, 13, 700])
def test_windows_hold_what_follows_in_time(n):
    """Compared with a loop, ties and all."""
    times = np.sort(np.random.default_rng(n).integers(0, n, n) / 4)
    windows = pick_windows(times, length=7, longest_s=2.5)
    for i, row in enumerate(windows):
        after = [j for j in range(i, n) if times[j] <= times[i] + 2.5][:7]
        assert [j for j in row if j >= 0] == after
        assert len(row) == 7
        assert set(row[len(after) :]) <= {-1}


def test_neither_place_nor_clock_nor_empty_places_matter():
    """Shifted networks, clocks and longer windows: the same is said."""
    net = make_network("random", 9, 60.0, 4)
    picks = simulate_picks(net, Seismicity(400.0), random_state=4).data.picks
    windows = pick_windows(picks.time_s, 30)
    said = link_probability(picks, net, windows)
    moved = net.assign(x_km=net.x_km + 512, y_km=net.y_km - 64)
    later = picks.assign(time_s=picks.time_s + 1024)
    # rounding of the shifted times, 1e-13 s, grows little in 30 steps
    np.testing.assert_allclose(link_probability(later, moved, windows), said, atol=1e-9)
    wider = np.pad(windows, ((0, 0), (0, 9)), constant_values=-1)
    longer = link_probability(picks, net, wider)
    np.testing.assert_array_equal(longer[:, :30], said)
    assert not longer[:, 30:].any()


def test_it_runs_without_tensorflow_as_keras_would():
    """Both layers and both ways, written out for one window, plainly."""
    net = make_network("random", 9, 60.0, 5)
    picks = simulate_picks(net, Seismicity(300.0), random_state=5).data.picks
    windows = pick_windows(picks.time_s, 12)[:1]
    state = window_features(picks, net, windows)[0]
    state = state[windows[0] >= 0]
    weights = linker_weights()

    def one(x, W, U, b):
        h, out, n = np.zeros(32), [], 32
        for row in x:
            left, right = row @ W + b[0], h @ U + b[1]
            z, r = (
                1 / (1 + np.exp(-(left + right)[k * n : (k + 1) * n])) for k in (0, 1)
            )
            h = z * h + (1 - z) * np.tanh(left[2 * n :] + r * right[2 * n :])
            out.append(h)
        return np.array(out)

    for layer in ("first", "second"):
        ahead = one(state, *weights[f"{layer}_ahead"])
        back = one(state[::-1], *weights[f"{layer}_back"])[::-1]
        state = np.hstack([ahead, back])
    W, b = weights["last"]
    right = 1 / (1 + np.exp(-(state @ W[:, 0] + b[0])))
    said = link_probability(picks, net, windows)[0, : len(right)]
    np.testing.assert_allclose(said, right, rtol=1e-9)


@pytest.mark.parametrize(
    ("change", "names"),
    [
        ({"phase": "Pn"}, "picks must be of the phases"),
        ({"station": "nowhere"}, "picks must be of stations"),
        ({"time_s": [3.0, 1.0]}, "picks must be sorted"),
    ],
)
def test_what_is_no_list_of_picks_is_refused(change, names):
    """Names that the table of stations lacks, other phases, another order."""
    net = pd.DataFrame({"station": ["A", "B"], "x_km": [0.0, 30.0], "y_km": 0.0})
    picks = pd.DataFrame({"station": ["A", "B"], "phase": "P", "time_s": [0.0, 3.0]})
    windows = pick_windows([0.0, 3.0], 2)
    with pytest.raises(ValueError, match=names):
        window_features(picks.assign(**change), net, windows)
    with pytest.raises(ValueError, match="windows must be rows of 2 picks"):
        link_probability(picks, net, windows + 7)
