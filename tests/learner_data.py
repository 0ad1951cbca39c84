"""Data on which the from-scratch learners are compared with libraries."""

from functools import cache

import numpy as np
from hypothesis import strategies as st
from sklearn.preprocessing import StandardScaler

from mlearth.datasets import load_ridgecrest_ground_motion, load_swiss_events


@cache
def swiss_events():
    """Earthquake or quarry blast: standardised X (1897, 5), and y as text."""
    events = load_swiss_events()
    events = events[events.event_type.isin(["earthquake", "quarry blast"])]
    hour = events.time.dt.hour + events.time.dt.minute / 60
    columns = [
        np.sin(2 * np.pi * hour / 24),
        np.cos(2 * np.pi * hour / 24),
        events.time.dt.day_of_week,
        events.depth_km,
        events.magnitude,
    ]
    X = StandardScaler().fit_transform(np.column_stack(columns))
    return _frozen(X, events.event_type.to_numpy(dtype=str))


@cache
def ridgecrest():
    """Ground motion: X (22375, 3) of M, log10 R and R [km], y of log10 PGA [%g]."""
    motion = load_ridgecrest_ground_motion()
    distance_km = motion.hypocentral_distance_km
    X = np.column_stack([motion.magnitude, np.log10(distance_km), distance_km])
    return _frozen(X, np.log10(motion.pga_percent_g.to_numpy()))


@cache
def ridgecrest_sample():
    """Every 20th record of `ridgecrest`: X (1119, 3), y (1119,)."""
    return _frozen(*(array[::20].copy() for array in ridgecrest()))


@cache
def two_clouds():
    """Two overlapping clouds: X (200, 3), y of -1 and +1."""
    rng = np.random.default_rng(0)
    y = np.repeat([-1, 1], 100)
    X = rng.normal(size=(200, 3)) + 0.5 * y[:, None]
    return _frozen(X, y)


@cache
def noisy_plane():
    """A plane with known weights and Gaussian noise: X (100, 4), y (100,)."""
    rng = np.random.default_rng(1)
    X = rng.normal(size=(100, 4)) * [1.0, 3.0, 0.5, 1.0] + [0.0, 5.0, -2.0, 1.0]
    return _frozen(X, X @ [1.5, -0.7, 0.0, 2.0] + 3.0 + rng.normal(size=100))


def _frozen(*arrays):
    """Nobody who shares these arrays can change them."""
    for array in arrays:
        array.flags.writeable = False
    return arrays


@st.composite
def clouds(draw):
    """Any two clouds, apart or not: X (n, m), y of -1 and +1."""
    rng, n, m = _sizes(draw, least=6)
    y = np.where(np.arange(n) % 2, 1, -1)
    apart = draw(st.floats(0, 3))
    return rng.normal(size=(n, m)) + apart * y[:, None], y


@st.composite
def separable(draw):
    """Points with a margin to a random plane: X (n, m), y, margin in (1, x)."""
    rng, n, m = _sizes(draw, least=10)
    plane = rng.normal(size=m + 1)
    plane /= np.linalg.norm(plane)
    margin = draw(st.sampled_from([0.05, 0.1, 0.3]))
    y = np.where(np.arange(n) % 2, 1.0, -1.0)
    X = rng.normal(size=(n, m))
    # move each point along the plane's normal until it has its margin
    normal = plane[1:] / np.sum(plane[1:] ** 2)
    short = margin + rng.exponential(size=n) - y * (plane[0] + X @ plane[1:])
    return X + (y * np.maximum(short, 0))[:, None] * normal, y, margin


@st.composite
def lines(draw):
    """A noisy linear law, more rows than columns: X (n, m), y (n,)."""
    rng, n, m = _sizes(draw, least=12)
    X = rng.normal(size=(n, m)) + draw(st.floats(-3, 3))
    noise = draw(st.floats(0.01, 3))
    return X, X @ rng.normal(size=m) + rng.normal() + noise * rng.standard_t(3, size=n)


def _sizes(draw, least):
    """Draw a generator, a number of samples and a number of features (1 to 5)."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    return rng, draw(st.integers(least, 60)), draw(st.integers(1, 5))
