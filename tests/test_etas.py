"""Claims about simulated catalogues: the laws come out that went in.

Every statistic is compared with theory in units of its own standard error, which is
taken over independent replicates or from the number of events. Three of them are
allowed: with fixed seeds a claim that holds holds on every run.
"""

import dataclasses
import math
import random

import numpy as np
import pytest
from scipy import integrate, optimize, stats

from mlearth.learners import haversine_km
from mlearth.seismology import EtasParameters, OmoriUtsu
from mlearth.simulators import simulate_etas

BOX = (34.0, 37.0, -120.0, -116.0)
SIZES = {"min_magnitude": 3.0, "max_magnitude": 6.5}
LAWS = {
    "steep decay": {"alpha": 0.7, "c_days": 0.02, "p": 1.5, "taper_days": 10.0},
    "slow decay": {"alpha": 0.5, "c_days": 0.005, "p": 0.9, "taper_days": 5.0},
    "productive": {"alpha": 0.9, "c_days": 0.05, "p": 1.2, "taper_days": 8.0},
}
"""Laws whose memory is so short that 400 days are long; the last has a large alpha."""

CALIFORNIA = EtasParameters(
    background_per_day=10**-7.5 * 1e6,  # of a million square kilometres
    k=10**-2.49 * math.pi / 0.51 * 10 ** (0.35 * 0.51),
    alpha=(1.69 - 0.51 * 1.22) / math.log(10),
    c_days=10**-2.95,
    p=0.97,
    taper_days=10**3.99,
    min_magnitude=3.6,
    max_magnitude=8.0,
    distance_km=10**-0.175,
    gamma=1.22 / 2 / math.log(10),
    q=1.51,
)
"""The example parameters of the package etas, in this book's units."""


def laws(name, ratio=0.6, **others):
    return EtasParameters.with_branching_ratio(
        ratio, background_per_day=1.0, **LAWS[name], **SIZES, **others
    )


def replicates(parameters, n, days=400.0, burn_in=200.0):
    """Return the truths of n catalogues."""
    found = (
        simulate_etas(parameters, days, BOX, burn_in_days=burn_in, random_state=s)
        for s in range(n)
    )
    return [one.truth.events for one in found]


def z_score(values, expected):
    """Return how many standard errors of their mean values are off."""
    values = np.asarray(values, dtype=float)
    return (values.mean() - expected) / (values.std(ddof=1) / math.sqrt(values.size))


def complete_parents(events, parameters, end_days=400.0):
    """Tell which earthquakes have almost all of their aftershocks in the catalogue."""
    return events.time_days < end_days - 15 * parameters.taper_days


def direct(events):
    """Return the number of direct aftershocks of each earthquake."""
    triggered = events.parent_id[events.parent_id >= 0]
    return np.bincount(triggered, minlength=len(events))


def b_truncated(magnitude, low, high):
    """Return b and its error by the likelihood of the truncated law."""
    x, width = magnitude - low, high - low

    def score(beta):
        return 1 / beta - width / np.expm1(beta * width) - x.mean()

    beta = optimize.brentq(score, 0.1, 20)
    grown = beta * width
    curvature = 1 / beta**2 - width**2 * np.exp(grown) / np.expm1(grown) ** 2
    return beta / math.log(10), 1 / math.sqrt(x.size * curvature) / math.log(10)


def p_of(elapsed, parameters):
    """Return p and its error by the likelihood of tapered times, c and taper known."""
    log = np.log(elapsed + parameters.c_days).mean()

    def loss(p):
        omori = OmoriUtsu(
            c_days=parameters.c_days, p=p, taper_days=parameters.taper_days
        )
        return p * log + math.log(omori.total())

    h = 1e-2
    p = optimize.minimize_scalar(loss, bounds=(0.3, 3), method="bounded").x
    curvature = (loss(p + h) - 2 * loss(p) + loss(p - h)) / h**2
    return p, 1 / math.sqrt(len(elapsed) * curvature)


@pytest.fixture(scope="module", params=LAWS)
def many(request):
    """Laws, and 60 catalogues that they made."""
    parameters = laws(request.param, gamma=0.4, q=1.8, distance_km=0.5)
    return parameters, replicates(parameters, 60)


def test_the_rate_is_that_of_theory(many):
    """Background over one minus branching ratio; errors are those over replicates."""
    parameters, found = many
    rates = [(events.time_days >= 0).sum() / 400 for events in found]
    assert abs(z_score(rates, parameters.rate_per_day)) < 3


def test_the_branching_ratio_is_that_of_theory(many):
    """Each earthquake triggers 0.6 others on average, and one a day has no parent.

    A ratio of two random counts is biased; what is left when 0.6 for each parent is
    taken from its direct aftershocks has the mean zero, whatever the counts.
    """
    parameters, found = many
    wholes = [complete_parents(events, parameters) for events in found]
    pairs = zip(found, wholes, strict=True)
    excess = [(direct(events)[whole] - 0.6).sum() for events, whole in pairs]
    orphans = [((e.time_days >= 0) & (e.parent_id < 0)).sum() / 400 for e in found]
    assert abs(z_score(excess, 0.0)) < 3
    assert abs(z_score(orphans, 1.0)) < 3


def test_the_times_of_aftershocks_give_p_back(many):
    """By the likelihood of tapered times, and the whole distribution fits too."""
    parameters, found = many
    elapsed = np.concatenate([elapsed_of(events, parameters) for events in found])
    p, error = p_of(elapsed, parameters)
    assert abs(p - parameters.p) < 3 * error < 0.1
    table = parameters.omori.table(1e4)
    shares = table.integral(elapsed) / parameters.omori.total()
    assert stats.kstest(shares, "uniform").pvalue > 0.0027  # three standard errors


def elapsed_of(events, parameters):
    """Return times between parents with all of their aftershocks and these."""
    children = events[events.parent_id >= 0]
    began = events.time_days.to_numpy()[children.parent_id]
    whole = complete_parents(events, parameters).to_numpy()[children.parent_id]
    return (children.time_days.to_numpy() - began)[whole]


def test_productivity_grows_with_magnitude_as_it_should(many):
    """By the likelihood of Poisson counts, in which k does not matter."""
    parameters, found = many
    kept = [complete_parents(events, parameters) for events in found]
    pairs = zip(found, kept, strict=True)
    count = np.concatenate([direct(events)[whole] for events, whole in pairs])
    pairs = zip(found, kept, strict=True)
    excess = np.concatenate([e.magnitude[whole].to_numpy() - 3 for e, whole in pairs])
    tens = math.log(10) * excess

    def score(alpha):
        weight = np.exp(alpha * tens)
        return np.sum(count * tens) / count.sum() - np.average(tens, weights=weight)

    alpha = optimize.brentq(score, 0, 2)
    weight = np.exp(alpha * tens)
    spread = np.average((tens - np.average(tens, weights=weight)) ** 2, weights=weight)
    assert abs(alpha - parameters.alpha) < 3 / math.sqrt(count.sum() * spread) < 0.1


def test_distances_follow_the_kernel_of_their_parents(many):
    """Scaled by what the parent's magnitude asks for, they are one distribution."""
    events = many[1][0]
    children = events[events.parent_id >= 0]
    places = events[["latitude_deg", "longitude_deg"]].to_numpy()
    pairs = np.hstack([places[children.parent_id], places[children.index]])
    r = np.array([haversine_km(one[None, :2], one[None, 2:])[0, 0] for one in pairs])
    parents = events.magnitude.to_numpy()[children.parent_id]
    scale = 0.5 * 10 ** (0.4 * (parents - 3))
    beyond = (1 + (r / scale) ** 2) ** -0.8
    assert stats.kstest(beyond, "uniform").pvalue > 0.0027  # three standard errors


def test_b_comes_back_by_the_truncated_likelihood(many):
    """Within three standard errors; so many events leave an error below 0.02."""
    _, found = many
    magnitude = np.concatenate([events.magnitude for events in found])
    assert magnitude.min() >= 3
    assert magnitude.max() <= 6.5
    b, error = b_truncated(magnitude, 3.0, 6.5)
    assert abs(b - 1) < 3 * error < 0.03


@pytest.mark.parametrize(("width", "aki"), [(3.0, 1.007), (2.0, 1.049)])
def test_the_estimate_of_aki_is_too_large_where_magnitudes_end(width, aki):
    """It takes the law to be endless: 1.007 over three units, 1.049 over two."""
    sizes = {"min_magnitude": 3.0, "max_magnitude": 3.0 + width}
    parameters = EtasParameters(
        background_per_day=400, k=0, alpha=0, c_days=0.1, p=1.1, **sizes
    )
    magnitude = simulate_etas(parameters, 1000.0, BOX, burn_in_days=0).data.magnitude
    found = math.log10(math.e) / (magnitude.mean() - 3)
    # 400,000 events: 1 / sqrt(n) is 0.0016
    assert found == pytest.approx(aki, abs=3 * 0.0016)
    assert b_truncated(magnitude, 3.0, 3.0 + width)[0] == pytest.approx(1, abs=0.006)


def one_by_one(laws, days, seed):
    """Return times, parents, magnitudes of a cascade: the twenty-line simulator.

    Each earthquake's aftershocks are drawn one after the other until the end, by
    exponential gaps in the integral of its rate; a coin decides who passes the taper.
    """
    rng, events, at = random.Random(seed), [], 0.0
    top = 1 - 10 ** (-laws.b_value * (laws.max_magnitude - laws.min_magnitude))
    while (at := at + rng.expovariate(laws.background_per_day)) < days:
        events.append((at, -1))
    found, done = [], 0
    while done < len(events):
        began, parent = events[done]
        size = laws.min_magnitude - math.log10(1 - rng.random() * top) / laws.b_value
        found.append((began, parent, size))
        each = laws.k * 10 ** (laws.alpha * (size - laws.min_magnitude))
        area, slope = 0.0, 1 - laws.p
        while True:
            area += rng.expovariate(each)
            power = laws.c_days**slope + slope * area
            elapsed = power ** (1 / slope) - laws.c_days if power > 0 else math.inf
            if began + elapsed >= days:
                break
            if rng.random() < math.exp(-elapsed / laws.taper_days):
                events.append((began + elapsed, done))
        done += 1
    return np.array(found)


@pytest.mark.parametrize("name", LAWS)
def test_an_independent_implementation_gives_the_same_physics(name):
    """Counts, elapsed times and magnitudes of parents, of 150 catalogues each."""
    parameters = laws(name)
    theirs = [one_by_one(parameters, 60.0, seed) for seed in range(150)]
    ours = replicates(parameters, 150, days=60.0, burn_in=0.0)
    counts = [[len(one) for one in many] for many in (ours, theirs)]
    assert stats.ttest_ind(*counts, equal_var=False).pvalue > 0.0027
    tables = [[one[["time_days", "parent_id", "magnitude"]].to_numpy() for one in ours]]
    # of every catalogue its median: events of one cascade are not independent
    medians = [np.array([*map(medians_of, many)]) for many in (*tables, theirs)]
    for column in 0, 1:
        both = [of[:, column][~np.isnan(of[:, column])] for of in medians]
        assert stats.ks_2samp(*both).pvalue > 0.0027


def medians_of(table):
    """Return medians of times after the parent and of the parents' magnitudes."""
    children = table[table[:, 1] >= 0]
    if not len(children):
        return [np.nan, np.nan]
    parents = table[children[:, 1].astype(int)]
    return [np.median(children[:, 0] - parents[:, 0]), np.median(parents[:, 2])]


def test_the_parameters_of_california_have_their_branching_ratio():
    """0.897 for endless magnitudes, and a little less where they end at 8."""
    endless = dataclasses.replace(CALIFORNIA, max_magnitude=40.0)
    assert endless.branching_ratio == pytest.approx(0.897, abs=0.0005)  # as published
    assert CALIFORNIA.branching_ratio == pytest.approx(0.893, abs=0.0005)


def test_the_rate_of_california_holds_over_replicates():
    """Its offspring numbers vary so much that Poisson errors would be far too small.

    Before 25 taper times nothing matters any more, so the rate is stationary.
    """
    days, burn_in = 20_000.0, 25 * CALIFORNIA.taper_days
    found = [
        simulate_etas(CALIFORNIA, days, BOX, burn_in_days=burn_in, random_state=seed)
        for seed in range(25)
    ]
    counts = np.array([len(one.data) for one in found])
    assert abs(z_score(counts / days, CALIFORNIA.rate_per_day)) < 3
    assert counts.var() > 10 * counts.mean()


def test_california_gives_its_p_back_with_the_taper():
    """A power law fitted without the taper would not be 0.97."""
    found = simulate_etas(CALIFORNIA, 500_000.0, BOX, burn_in_days=0.0)
    events = found.truth.events
    children = events[events.parent_id >= 0]
    began = events.time_days.to_numpy()[children.parent_id]
    whole = began < 500_000 - 15 * CALIFORNIA.taper_days
    p, error = p_of((children.time_days.to_numpy() - began)[whole], CALIFORNIA)
    assert abs(p - 0.97) < 3 * error < 0.01


def test_a_cascade_knows_its_ancestors():
    """Parents come first, generations count, and the sources are handed down."""
    events = simulate_etas(laws("productive"), 300.0, BOX, random_state=3).truth.events
    assert events.time_days.is_monotonic_increasing
    children = events[events.parent_id >= 0]
    parents = events.loc[children.parent_id]
    assert (parents.time_days.to_numpy() < children.time_days.to_numpy()).all()
    assert (parents.generation.to_numpy() + 1 == children.generation).all()
    assert (events.generation[events.parent_id < 0] == 0).all()
    assert set(events.source) == {"background"}


def test_a_seed_draws_the_same_again():
    """And another one draws another catalogue."""
    first, same, other = [
        simulate_etas(laws("productive"), 50.0, BOX, random_state=s) for s in (1, 1, 2)
    ]
    assert first.data.equals(same.data)
    assert first.seed == 1
    assert not first.data.equals(other.data)


def test_the_burn_in_is_truth_and_no_data():
    """Parents from before the catalogue are known, by ids that both tables share."""
    found = simulate_etas(laws("slow decay"), 50.0, BOX, burn_in_days=50.0)
    events = found.truth.events
    assert events.time_days.min() < -40
    assert found.data.time_days.min() >= 0
    assert events.loc[found.data.index, "magnitude"].equals(found.data.magnitude)
    assert (events.loc[found.data.index, "parent_id"] < found.data.index[0]).any()


def test_the_background_is_even_over_the_surface():
    """Sines of latitude are uniform up to the pole, as areas are."""
    quiet = EtasParameters(background_per_day=50, k=0, alpha=0, c_days=0.1, p=1.1)
    data = simulate_etas(quiet, 400.0, (30.0, 90.0, 170.0, -170.0)).data
    sine = np.sin(np.radians(data.latitude_deg))
    assert stats.kstest(2 * sine - 1, "uniform").pvalue > 0.0027
    east = (data.longitude_deg - 170) % 360
    assert stats.kstest(east / 20, "uniform").pvalue > 0.0027
    assert data.longitude_deg.between(-180, 180).all()


def test_the_background_follows_a_map():
    """Cells get their shares, and nothing lies outside of them."""
    quiet = EtasParameters(background_per_day=50, k=0, alpha=0, c_days=0.1, p=1.1)
    cells = np.array([[10.0, 179.95, 1.0], [10.5, 20.0, 3.0], [0.0, 0.0, 0.0]])
    found = simulate_etas(quiet, 400.0, BOX, background_map=cells, cell_deg=0.2)
    north = found.data.latitude_deg > 10.2
    n = len(found.data)
    # a binomial share of 3/4
    assert north.mean() == pytest.approx(0.75, abs=3 * math.sqrt(0.75 * 0.25 / n))
    assert found.data.latitude_deg.between(9.9, 10.6).all()
    west = found.data.longitude_deg[~north] % 360
    assert west.between(179.85, 180.05).all()
    assert west.max() > 180


@pytest.mark.parametrize("place", [(89.99, 90.0), (-90.0, -89.99)])
def test_aftershocks_surround_a_pole(place):
    """Beside a pole they lie at all longitudes, at the right distances."""
    parameters = laws("productive", distance_km=20.0, q=3.0, gamma=0.0)
    events = simulate_etas(parameters, 300.0, (*place, -180.0, 180.0)).truth.events
    children = events[events.generation == 1]
    r = 111.19 * (90 - children.latitude_deg.abs())
    # parents lie within 1.1 km of the pole, 5 % of the scale of distance
    assert stats.kstest((1 + (r / 20) ** 2) ** -2, "uniform").pvalue > 0.0027
    turns = children.longitude_deg / 360 + 0.5
    assert stats.kstest(turns, "uniform").pvalue > 0.0027


def test_aftershocks_may_share_the_place_of_their_parent():
    """A scale of 1e-9 km puts all at r = 0, to rounding, and nothing breaks."""
    parameters = laws("productive", distance_km=1e-9, q=8.0, gamma=0.0)
    events = simulate_etas(parameters, 100.0, BOX).truth.events
    children = events[events.parent_id >= 0]
    parents = events.loc[children.parent_id]
    gap = parents.latitude_deg.to_numpy() - children.latitude_deg.to_numpy()
    assert np.abs(gap).max() < 1e-9


def test_alpha_above_b_is_right_where_magnitudes_end():
    """The mean productivity is the integral over the truncated law."""
    parameters = EtasParameters.with_branching_ratio(
        0.5, background_per_day=1, alpha=1.4, c_days=0.1, p=1.3, **SIZES
    )
    beta, top = math.log(10), 1 - 10**-3.5
    area, _ = integrate.quad(
        lambda x: beta * math.exp(-beta * x) / top * 10 ** (1.4 * x), 0, 3.5
    )
    assert parameters.mean_power(1.4) == pytest.approx(area, rel=1e-9)  # quadrature
    assert parameters.branching_ratio == pytest.approx(0.5, rel=1e-12)


def test_a_nearly_critical_cascade_ends_and_has_its_rate():
    """At a branching ratio of 0.95 the rate is twenty times the background."""
    parameters = laws("steep decay", ratio=0.95)
    rates = [(e.time_days >= 0).sum() / 400 for e in replicates(parameters, 60)]
    assert abs(z_score(rates, 20.0)) < 3


def test_a_million_earthquakes_are_no_trouble():
    """Two million are simulated, sorted, and have the branching ratio."""
    parameters = dataclasses.replace(laws("steep decay"), background_per_day=800.0)
    events = simulate_etas(parameters, 900.0, BOX, burn_in_days=100.0).truth.events
    assert len(events) > 1.9e6
    assert events.time_days.is_monotonic_increasing
    # less what is still to come at the end, 1e-3 of them
    assert direct(events).mean() == pytest.approx(0.6, abs=0.005)


def test_no_background_is_an_empty_catalogue():
    """Nothing triggers nothing; the columns are there."""
    parameters = dataclasses.replace(laws("productive"), background_per_day=0.0)
    found = simulate_etas(parameters, 10.0, BOX)
    assert len(found.data) == 0 == len(found.truth.events)
    assert "magnitude" in found.data
    assert "parent_id" in found.truth.events


PLAIN = {"background_per_day": 1.0, "alpha": 0.8, "c_days": 0.01, "p": 1.2, "k": 0.01}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"background_per_day": -1}, "background_per_day must be a finite number >= 0"),
        ({"k": -0.1}, "k must be a finite number >= 0"),
        ({"k": 0.02}, r"k must be such that the branching ratio is < 1, .* ratio 1\."),
        ({"alpha": math.nan}, "alpha must be a finite number >= 0, got nan"),
        ({"c_days": 0}, "c_days must be a finite number > 0"),
        ({"p": -1}, "p must be a finite number > 0"),
        ({"p": 1.0}, "p must be > 1 where there is no taper"),
        ({"taper_days": 0}, "taper_days must be a finite number > 0"),
        ({"max_magnitude": 0.0}, "max_magnitude must be a finite number > 0"),
        ({"b_value": 0}, "b_value must be a finite number > 0"),
        ({"distance_km": 0}, "distance_km must be a finite number > 0"),
        ({"gamma": -1}, "gamma must be a finite number >= 0"),
        ({"q": 1}, "q must be a finite number > 1"),
        ({"alpha": 1.4}, "k must be such that the branching ratio is < 1"),
    ],
)
def test_senseless_parameters_are_refused_by_name(change, message):
    """No negative rate, no endless decay, no cascade that explodes."""
    with pytest.raises(ValueError, match=message):
        EtasParameters(**PLAIN | change)


def test_a_branching_ratio_above_one_is_refused():
    """By name, and 0.95 is not."""
    others = {name: value for name, value in PLAIN.items() if name != "k"}
    with pytest.raises(ValueError, match=r"branching_ratio must be .* < 1, got 1\.05"):
        EtasParameters.with_branching_ratio(1.05, **others)
    assert EtasParameters.with_branching_ratio(0.95, **others).branching_ratio < 1


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"duration_days": 0.0}, "duration_days must be a finite number > 0"),
        ({"duration_days": 1e12}, "duration_days must be such that .* are enough"),
        ({"region": (37.0, 34.0, 0.0, 1.0)}, "region must be .south, north, west"),
        ({"region": (34.0, 95.0, 0.0, 1.0)}, "region must be .south, north, west"),
        ({"region": (34.0, 35.0, 1.0, 1.0)}, "region must be .south, north, west"),
        ({"burn_in_days": -1.0}, "burn_in_days must be a finite number >= 0"),
        ({"background_map": [[1.0, 2.0]]}, "background_map must be a table of lat"),
        ({"background_map": [[1.0, 2.0, -1.0]]}, "background_map must be rates >= 0"),
        ({"background_map": [[99.0, 2.0, 1.0]]}, "latitude of background_map must be"),
        ({"random_state": -1}, "random_state must be a whole number >= 0"),
        ({"parameters": None}, "parameters must be an EtasParameters"),
    ],
)
def test_bad_input_is_refused_by_name(change, message):
    """Before anything is drawn."""
    usual = {"parameters": laws("productive"), "duration_days": 10.0, "region": BOX}
    with pytest.raises(ValueError, match=message):
        simulate_etas(**usual | change)
