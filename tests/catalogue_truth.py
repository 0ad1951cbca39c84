"""Catalogues with known truth for tests: a Poisson process and a branching one."""

import numpy as np


def sizes(rng, n, b=1.0, least=3.0, most=7.0):
    """Draw magnitudes of the Gutenberg-Richter law, truncated at both ends."""
    return least - np.log10(1 - rng.random(n) * (1 - 10 ** (b * (least - most)))) / b


def poisson(seed, n=2000, days=3000.0):
    """Events that know nothing of one another: times, places and magnitudes."""
    rng = np.random.default_rng(seed)
    place = rng.uniform(33, 37, n), rng.uniform(238, 242, n)
    return np.sort(rng.uniform(0, days, n)), *place, sizes(rng, n)


def branching(seed, days=3000.0, rate=0.35, offspring=0.12):
    """Background and its aftershocks, and the row of each one's parent, -1 for none.

    Each event has Poisson offspring of mean ``offspring * 10 ** (0.8 (m - 3))``, 0.6
    over all magnitudes, with an Omori law (p = 1.15, c = 0.01 day) and distances whose
    square has a power law about 0.3 km for m = 3.
    """
    rng = np.random.default_rng(seed)
    new = np.array(poisson(rng, rng.poisson(rate * days), days))
    found, parents, start = [new], [np.full(new.shape[1], -1)], 0
    while new.shape[1]:
        parent = np.repeat(
            np.arange(new.shape[1]), rng.poisson(offspring * 10 ** (0.8 * (new[3] - 3)))
        )
        u, v, w = rng.random((3, len(parent)))
        t, north, east, m = new[:, parent]
        km = 0.3 * 10 ** (0.5 * (m - 3)) * np.sqrt((1 - v) ** -2 - 1)
        t = t + 0.01 * ((1 - u) ** (-1 / 0.15) - 1)
        north = north + km * np.cos(2 * np.pi * w) / 111
        east = east + km * np.sin(2 * np.pi * w) / 111 / np.cos(np.radians(35))
        keep = (t < days) & (km < 100)
        parents.append(start + parent[keep])
        start += new.shape[1]
        new = np.array([t, north, east, sizes(rng, len(t))])[:, keep]
        found.append(new)
    events, parent = np.concatenate(found, axis=1), np.concatenate(parents)
    order = np.argsort(events[0], kind="stable")
    rank = np.append(np.argsort(order), -1)  # the last one keeps -1 what it is
    return *events[:, order], rank[parent[order]]
