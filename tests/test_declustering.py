"""Nearest earlier events, windows, zones, mixtures, against brute force and truth."""

import numpy as np
import pytest
from catalogue_truth import branching, poisson
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import matthews_corrcoef

from mlearth.seismology import (
    gardner_knopoff,
    gardner_knopoff_window,
    mixture_split,
    nearest_event,
    reasenberg,
    shuffled_proximity,
)


def brute_force(t, latitude, longitude, m, b=1.0, d=1.6, shortest_km=0.0):
    """Every pair, by the haversine formula: parents (the first if equal) and eta."""
    phi, lam = np.radians(latitude), np.radians(longitude)
    parent, eta = np.full(len(t), -1), np.full(len(t), np.inf)
    for j in range(len(t)):
        earlier = np.flatnonzero(t < t[j])
        if earlier.size:
            half = np.sin((phi[earlier] - phi[j]) / 2) ** 2
            cosines = np.cos(phi[earlier]) * np.cos(phi[j])
            half = half + cosines * np.sin((lam[earlier] - lam[j]) / 2) ** 2
            km = 2 * 6371.0 * np.arcsin(np.sqrt(np.minimum(half, 1)))
            km = np.maximum(km, shortest_km)
            found = (t[j] - t[earlier]) * km**d / 10 ** (b * m[earlier])
            parent[j], eta[j] = earlier[found.argmin()], found.min()
    return parent, eta


def spread(seed, n):
    """Events all over the globe, many at one place, at one time or of one magnitude."""
    rng = np.random.default_rng(seed)
    t = np.sort(rng.integers(0, n // 2, n)).astype(float)
    latitude = rng.choice([-90, -89.5, 0, 0.5, 45, 89.5, 90], n)
    longitude = rng.choice([-180, -179.5, 0, 0.5, 179.5, 180, 359.5, 360], n)
    return t, latitude.astype(float), longitude.astype(float), rng.integers(3, 6, n)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("law", [(1.0, 1.6, 0.0), (0.0, 1.0, 0.0), (1.3, 2.4, 5.0)])
def test_parents_are_those_of_brute_force(seed, law):
    """Index by index, on clustered events in several blocks; eta to rounding."""
    *events, _ = branching(seed)
    found = nearest_event(*events, *law)
    parent, eta = brute_force(*events, *law)
    np.testing.assert_array_equal(found.parent, parent)
    # the haversine formula and the chord differ by 1e-9 km at most
    np.testing.assert_allclose(found.proximity, eta, rtol=1e-7)
    product = found.rescaled_time * found.rescaled_distance
    np.testing.assert_allclose(product, found.proximity, rtol=1e-12)


def exact_choice(t, latitude, longitude, m, shortest_km):
    """The declared winner with distances of places that are told apart as wholes."""
    turn = np.where(np.abs(latitude) == 90, 0, longitude % 360)
    names = np.unique(np.column_stack([latitude, turn]), axis=0, return_inverse=True)
    points, place = names[0], names[1].ravel()
    phi, lam = np.radians(points).T
    xyz = np.column_stack(
        [np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)]
    )
    half = np.linalg.norm(xyz[:, None] - xyz, axis=2) / 2
    km = np.maximum(2 * 6371.0 * np.arcsin(np.minimum(half, 1)), shortest_km)
    eta = np.full((len(t), len(t)), np.inf)
    for j in range(len(t)):
        lag = np.maximum(t[j] - t, 0)
        eta[j] = np.where(t < t[j], lag * km[place[j], place] ** 1.6 / 10.0**m, np.inf)
    return eta


@pytest.mark.parametrize("shortest_km", [0.0, 1.0])
@pytest.mark.parametrize("seed", range(3))
def test_ties_go_to_the_first_row(seed, shortest_km):
    """Poles, antimeridian, equal places, times and magnitudes: the first of the best.

    Two ways to write one distance differ in their last digit, so rows within 1e-12 of
    the least are equally near; at one place all are, with 0.
    """
    events = spread(seed, 700)
    found = nearest_event(*events, shortest_km=shortest_km)
    eta = exact_choice(*events, shortest_km)
    least = eta.min(axis=1)
    np.testing.assert_allclose(found.proximity, least, rtol=1e-12)
    later = np.flatnonzero(np.isfinite(least))
    first = (eta[later] <= least[later, None] * (1 + 1e-12)).argmax(axis=1)
    chosen = eta[later, found.parent[later]]
    assert (chosen <= least[later] * (1 + 1e-12)).all()
    same = eta[later, first] == chosen
    np.testing.assert_array_equal(found.parent[later][same], first[same])
    assert same.mean() > 0.99
    assert (found.parent[np.isinf(least)] == -1).all()


@given(st.integers(0, 10**6), st.integers(1, 40))
def test_small_catalogues_of_any_kind(seed, n):
    """From one event on, random ones have the parents of brute force."""
    rng = np.random.default_rng(seed)
    t = np.sort(rng.uniform(0, 9, n))
    events = t, rng.uniform(-90, 90, n), rng.uniform(-180, 360, n), rng.normal(4, 1, n)
    np.testing.assert_array_equal(
        nearest_event(*events).parent, brute_force(*events)[0]
    )


def test_all_at_one_time_or_one_place():
    """At one time nobody has a parent; at one place the first is everybody's."""
    n, zero = 3000, np.zeros(3000)
    assert (nearest_event(zero, zero, zero, zero).parent == -1).all()
    parent = nearest_event(np.arange(n), zero, zero, zero).parent
    assert parent[0] == -1
    assert (parent[1:] == 0).all()


def test_one_event_has_no_parent():
    """Its proximity is infinite."""
    found = nearest_event([0], [0], [0], [5])
    assert found.parent.tolist() == [-1]
    assert np.isinf(found.proximity).all()


def test_most_pairs_are_never_measured(monkeypatch):
    """The work grows like n to the 1.3 at most, where pairs grow like n squared."""
    from mlearth.seismology import _time_blocks

    counted = []
    offer = _time_blocks.Best.offer
    monkeypatch.setattr(
        _time_blocks.Best,
        "offer",
        lambda self, child, parent: (
            counted.append(len(child)),
            offer(self, child, parent),
        )[1],
    )
    measured = []
    for n in (4000, 16000):
        counted.clear()
        nearest_event(*poisson(0, n))
        measured.append(sum(counted))
    assert measured[1] / measured[0] < 4**1.3
    assert measured[1] < 0.002 * 16000**2 / 2


def test_the_windows_of_gardner_and_knopoff():
    """The published table for magnitudes 3 to 7, within 8 %: curves were laid by it."""
    km, days = gardner_knopoff_window([3.0, 4.0, 5.0, 6.0, 7.0])
    np.testing.assert_allclose(km, [22.5, 30, 40, 54, 70], rtol=0.08)
    np.testing.assert_allclose(days, [11.5, 42, 155, 510, 915], rtol=0.08)


def plain_windows(t, latitude, longitude, m, share=0.0):
    """Gardner and Knopoff once more, by pairs."""
    chief = [-1] * len(t)
    for i in sorted(range(len(t)), key=lambda i: (-m[i], i)):
        if chief[i] >= 0:
            continue
        chief[i] = i
        lasts = 10 ** (0.032 * m[i] + 2.7389 if m[i] >= 6.5 else 0.5409 * m[i] - 0.547)
        for j in range(len(t)):
            phi, psi = np.radians(latitude[i]), np.radians(latitude[j])
            h = np.sin((phi - psi) / 2) ** 2 + np.cos(phi) * np.cos(psi) * (
                np.sin(np.radians(longitude[i] - longitude[j]) / 2) ** 2
            )
            near = 2 * 6371 * np.arcsin(np.sqrt(h)) <= 10 ** (0.1238 * m[i] + 0.983)
            if chief[j] < 0 and near and -share * lasts <= t[j] - t[i] <= lasts:
                chief[j] = i
    return chief


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_windows_are_those_of_a_second_implementation(share):
    """Written once more, by pairs, they give the same mainshocks."""
    *events, _ = branching(1, days=500)
    assert gardner_knopoff(*events, share).tolist() == plain_windows(*events, share)


def plain_zones(t, latitude, longitude, m, least=3.0):
    """Reasenberg once more: sets of rows that are joined."""
    groups = {i: {i} for i in range(len(t))}
    phi, lam = np.radians(latitude), np.radians(longitude)

    def km(i, j):
        h = np.cos(phi[i]) * np.cos(phi[j]) * np.sin((lam[i] - lam[j]) / 2) ** 2
        return 2 * 6371 * np.arcsin(np.sqrt(np.sin((phi[i] - phi[j]) / 2) ** 2 + h))

    for i in range(len(t)):
        top, ahead = max(groups[i], key=lambda k: (m[k], -k)), 1.0
        if top != i:
            rate = 10 ** ((max(m[top] / 2 - least, 0) - 1) * 2 / 3)
            ahead = min(max(-np.log(0.05) * (t[i] - t[top]) / rate, 1.0), 10.0)
        for j in range(i + 1, len(t)):
            if t[j] >= t[i] + ahead:
                break
            beside = ahead > 1 and km(j, top) <= 0.011 * 10 ** (0.4 * m[top])
            if km(i, j) <= 0.11 * 10 ** (0.4 * m[i]) or beside:
                joined = groups[i] | groups[j]
                groups |= dict.fromkeys(joined, joined)
    return [max(groups[i], key=lambda k: (m[k], -k)) for i in range(len(t))]


@pytest.mark.parametrize("seed", range(3))
def test_zones_are_those_of_a_second_implementation(seed):
    """Written once more, with sets, they give the same clusters."""
    *events, _ = branching(seed, days=1500)
    found = reasenberg(*events, effective_magnitude=3.0)
    assert found.tolist() == plain_zones(*events)


def test_distances_cross_the_antimeridian():
    """An aftershock on the other side of 180 degrees is 2 km away, not 40,000."""
    events = [0, 0.5], [10, 10], [179.99, -179.99], [6.5, 4]
    assert gardner_knopoff(*events).tolist() == [0, 0]
    assert reasenberg(*events).tolist() == [0, 0]
    assert nearest_event(*events).rescaled_distance[1] < 1


def scores(seed):
    """Return MCC of four ways against true parents, and the share of true links."""
    *events, parent = branching(seed)
    child, rows = parent >= 0, np.arange(len(parent))
    found = nearest_event(*events)
    border = mixture_split(found.proximity[1:]).threshold
    near = np.log10(found.proximity) < border
    null = np.log10(shuffled_proximity(*(column[~near] for column in events), 5, seed))
    called = [
        near,
        np.log10(found.proximity) < np.quantile(null, 0.05),
        gardner_knopoff(*events) != rows,
        reasenberg(*events, effective_magnitude=3.0) != rows,
    ]
    links = (found.parent == parent)[child].mean()
    return [*(matthews_corrcoef(child, one) for one in called), links]


def test_scores_against_true_parents():
    """Over eight catalogues: a mean for each way, to four of its standard errors.

    The nearest event is the true parent of six in seven aftershocks; the mixture and
    the null of what it left agree; windows and zones trail in this world.
    """
    found = np.array([scores(seed) for seed in range(8)])
    error = found.std(axis=0, ddof=1) / np.sqrt(8)
    wanted = [0.855, 0.841, 0.643, 0.486, 0.862]
    assert (np.abs(found.mean(axis=0) - wanted) < 4 * error + 0.01).all(), found.mean(0)
    assert (error < 0.02).all()


def test_the_mixture_finds_clusters_where_there_are_none():
    """On five Poisson catalogues the criterion prefers two modes five times.

    So it does on their shuffles: the gain proves nothing until it beats theirs.
    """
    for seed in range(5):
        events = poisson(seed)
        found = mixture_split(nearest_event(*events).proximity[1:])
        null = shuffled_proximity(*events, 3, seed)[:, 1:]
        gains = [mixture_split(row).bic_gain for row in null]
        assert found.bic_gain > 50
        assert 0.05 < found.share_clustered < 0.25
        assert found.bic_gain < 2 * max(gains)


def test_shuffling_beats_the_criterion_where_there_are_clusters():
    """On branching catalogues the gain is beyond that of every shuffle."""
    for seed in range(3):
        *events, _ = branching(seed)
        gain = mixture_split(nearest_event(*events).proximity[1:]).bic_gain
        null = shuffled_proximity(*events, 5, seed)[:, 1:]
        assert gain > 2 * max(mixture_split(row).bic_gain for row in null)


def test_the_null_holds_its_level():
    """On a Poisson catalogue the 5 % quantile of shuffles calls 5 %, to chance.

    The standard error of a share of 2,000 events is 0.5 %, somewhat more as events
    share parents.
    """
    share = []
    for seed in range(4):
        events = poisson(seed)
        null = shuffled_proximity(*events, 10, seed)
        share.append(
            (nearest_event(*events).proximity < np.quantile(null, 0.05)).mean()
        )
    assert abs(np.mean(share) - 0.05) < 4 * 0.005 / np.sqrt(4) * 1.5


@pytest.mark.parametrize("function", [nearest_event, gardner_knopoff, reasenberg])
@pytest.mark.parametrize(
    ("events", "message"),
    [
        (([1, 0], [0, 0], [0, 0], [4, 4]), "time_days must be in ascending order"),
        (([0, 1], [0, 91], [0, 0], [4, 4]), "latitude_deg must be"),
        (([0, 1], [0, 0], [0, 361], [4, 4]), "longitude_deg must be"),
        (([0, 1], [0, 0], [0, 0], [4, np.nan]), "magnitude must be"),
        (([0, 1], [0, 0], [0, 0], [4, 40]), "magnitude must be from -12 to 12"),
        (([], [], [], []), "time_days must be at least one value"),
        (([0, 1], [0], [0, 0], [4, 4]), "latitude_deg must be"),
    ],
)
def test_bad_catalogues_are_named(function, events, message):
    """No event is dropped or sorted in silence."""
    with pytest.raises(ValueError, match=message):
        function(*events)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda e: nearest_event(*e, b_value=-1), "b_value must be"),
        (lambda e: nearest_event(*e, fractal_dimension=0), "fractal_dimension must be"),
        (lambda e: gardner_knopoff(*e, 1.5), "foreshock_share must be"),
        (lambda e: reasenberg(*e, probability=1.0), "probability must be"),
        (lambda e: reasenberg(*e, longest_days=0.5), "longest_days must be"),
        (lambda e: shuffled_proximity(*e, 10**12), "n_shuffles must be"),
        (lambda e: mixture_split([0.0, 1.0]), "proximity must be numbers > 0"),
        (lambda e: mixture_split(np.ones(100)), "proximity must be 20 different"),
    ],
)
def test_bad_parameters_are_named(call, message):
    """The argument, what is accepted, what came."""
    with pytest.raises(ValueError, match=message):
        call(([0, 1], [0, 0], [0, 1], [4, 4]))
