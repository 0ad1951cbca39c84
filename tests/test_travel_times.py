"""Travel times: by hand, by other ways to the same physics, and at their edges."""

import os

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import solve_ivp
from scipy.optimize import brentq

from mlearth._geodesy import KM_PER_DEGREE
from mlearth.seismology import (
    GradientModel,
    HomogeneousModel,
    LayeredModel,
    eikonal_times,
    from_local_plane,
    load_travel_times,
    to_local_plane,
)
from mlearth.seismology.travel_time_tables import first_arrivals

KM = st.floats(0, 300)
DEEP = st.floats(0, 60)
CRUST = LayeredModel([2, 10, 5, 20], [3, 6, 4.5, 6.5, 8])
ROUNDING = 1e-9
"""Closed forms differ by the rounding of some ten operations on times of 100 s."""


# closed forms


def test_a_homogeneous_earth_has_the_hypotenuse():
    """A source 3 km away and 4 km deep is 1 s away at 5 km/s; at r = 0 it is 0 s."""
    assert HomogeneousModel(5.0).time_s([3, 0], [4, 0]) == pytest.approx([1, 0])


@given(KM, DEEP)
def test_a_small_gradient_is_no_gradient(distance, depth):
    """With a gradient of 1e-10 per second, rays are straight to 1e-8 of their time."""
    straight = HomogeneousModel(5.0).time_s(distance, depth)
    for gradient in (0.0, 1e-10, -1e-10):
        found = GradientModel(5.0, gradient).time_s(distance, depth)
        if gradient >= 0 or np.isfinite(found):
            assert found == pytest.approx(straight, rel=1e-8, abs=1e-12)


@given(KM, DEEP, st.floats(0.001, 0.1))
def test_a_ray_shot_through_a_gradient_takes_the_time(distance, depth, gradient):
    """Along the circle of the textbook, dt = dl / v adds up to the closed form."""
    model = GradientModel(5.0, gradient)
    radius_depth = -5.0 / gradient  # the level at which the speed would be zero
    if distance < 1e-3:
        return
    # the centre of the circle through source and receiver lies on that level
    deep, top = depth - radius_depth, -radius_depth
    centre = (distance**2 + top**2 - deep**2) / (2 * distance)
    start, end = np.arctan2(deep, -centre), np.arctan2(top, distance - centre)
    angle = np.linspace(start, end, 2001)
    speed = gradient * np.hypot(centre, deep) * np.sin(angle)
    step = np.hypot(centre, deep) / speed
    time = abs(np.trapezoid(step, angle))
    # the trapezoid's error falls with the square of its 2,000 steps
    assert time == pytest.approx(float(model.time_s(distance, depth)), rel=1e-4)


def test_a_ray_that_obeys_snell_arrives_where_and_when_the_gradient_says():
    """Integrating the ray equations, at 1e-10, gives the closed form: no formula."""
    model, depth = GradientModel(4.0, 0.06), 13.0

    def ray(_, state):
        _, z, px, pz = state
        v = 4.0 + 0.06 * z
        return [v**2 * px, v**2 * pz, 0, -0.06 / v]

    def surface(_, state):
        return state[1]

    surface.terminal = True
    for angle in (0.3, 1.1, 1.5, 1.9):  # of the start, from straight up; 2 dive first
        v = 4.0 + 0.06 * depth
        start = [0, depth, np.sin(angle) / v, -np.cos(angle) / v]
        path = solve_ivp(ray, (0, 500), start, events=surface, rtol=1e-10, atol=1e-12)
        distance, time = path.y_events[0][0][0], path.t_events[0][0]
        assert model.time_s(distance, depth) == pytest.approx(time, abs=1e-6)


def test_a_falling_speed_casts_a_shadow():
    """Beyond the ray that grazes the surface nothing arrives, and the time is NaN."""
    model = GradientModel(5.0, -0.05)
    edge = float(model.shadow_km(10.0))
    # by Pythagoras: the circle about 100 km depth touches the surface above its centre
    assert edge == pytest.approx(np.sqrt(100**2 - 90**2))
    before, beyond = model.time_s([edge - 1e-6, edge + 1e-6], 10.0)
    assert np.isfinite(before)
    assert np.isnan(beyond)
    assert np.isinf(GradientModel(5.0, 0.05).shadow_km(10.0))


def snell(model, distance, depth):
    """Twenty lines of another's: the direct ray by bisection on its ray parameter."""
    left, path = depth, []
    for thickness, v in zip([*model.thickness_km, np.inf], model.velocity_km_s):  # noqa: B905
        if left > 0:
            path.append((min(thickness, left), v))
        left -= thickness
    fastest = max(v for _, v in path)

    def reached(q):
        p = q / np.sqrt(1 + q * q) / fastest
        return sum(h * p * v / np.sqrt(1 - (p * v) ** 2) for h, v in path)

    q = brentq(lambda q: reached(q) - distance, 0, 1e7, xtol=1e-13)
    p = q / np.sqrt(1 + q * q) / fastest
    return sum(h / v / np.sqrt(1 - (p * v) ** 2) for h, v in path)


@given(st.floats(0, 150), st.integers(1, 120).map(lambda half: half / 2))
def test_the_direct_wave_is_that_of_another_program(distance, depth):
    """A bisection that shares no line with ours finds the same ray."""
    found = CRUST.direct_s(distance, depth)
    # the other's 1 - (p v)^2 loses five digits where a ray is nearly flat
    assert found == pytest.approx(snell(CRUST, distance, depth), abs=1e-6)


@given(st.floats(0, 300), st.floats(0, 30))
def test_no_path_is_quicker_than_the_first_arrival(distance, depth):
    """Fermat: a hundred random broken lines through the layers are never quicker."""
    rng = np.random.default_rng(0)
    first = CRUST.time_s(distance, depth)
    thickness, v = CRUST.above_km(np.array(depth)), np.array(CRUST.velocity_km_s)
    shares = rng.dirichlet(np.ones(5), 100) * (thickness > 0)
    if depth > 0:
        shares /= shares.sum(1, keepdims=True)
        times = (np.hypot(shares * distance, thickness) / v).sum(1)
        assert first <= times.min() + ROUNDING


def test_a_head_wave_by_hand():
    """At the surface over 30 km at 6 on 8 km/s: x/8 + 60 cos(i)/6, and a crossover."""
    model = LayeredModel([30.0], [6.0, 8.0])
    cosine = np.sqrt(1 - 0.75**2)
    assert model.head_s(200.0, 0.0, 1) == pytest.approx(200 / 8 + 60 * cosine / 6)
    critical = 60 * 0.75 / cosine
    around = model.head_s([critical - 1e-6, critical + 1e-6], 0.0, 1)
    assert np.isnan(around[0])
    assert np.isfinite(around[1])
    crossover = 60 * np.sqrt((8 + 6) / (8 - 6))
    assert model.direct_s(crossover, 0.0) == pytest.approx(
        model.head_s(crossover, 0.0, 1)
    )
    assert model.time_s(50.0, 0.0) == pytest.approx(50 / 6)


def test_a_slow_layer_makes_no_head_wave():
    """4.5 km/s under 6 km/s is hidden: its top carries no head wave anywhere."""
    assert np.isnan(CRUST.head_s(np.linspace(0, 900, 50), 1.0, 2)).all()


@given(KM, DEEP)
def test_layers_of_one_speed_are_one_layer(distance, depth):
    """Cutting a homogeneous Earth into layers changes nothing."""
    cut = LayeredModel([2, 10, 30], [6, 6, 6, 6]).time_s(distance, depth)
    assert cut == pytest.approx(
        float(HomogeneousModel(6.0).time_s(distance, depth)), abs=1e-9
    )
    assert LayeredModel([], [6]).time_s(distance, depth) == pytest.approx(float(cut))


def test_many_thin_layers_are_a_gradient():
    """Two hundred layers of 0.25 km stand for a gradient to 2 ms."""
    middle = 0.125 + 0.25 * np.arange(200)
    layers = LayeredModel(np.full(199, 0.25), 5 + 0.04 * middle)
    distance = np.linspace(0, 60, 31)
    smooth = GradientModel(5.0, 0.04).time_s(distance, 12.0)
    # half a layer's change of speed, 0.005 of 5 km/s, at 12 s
    np.testing.assert_allclose(layers.time_s(distance, 12.0), smooth, atol=0.002)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda: HomogeneousModel(-5.0), "velocity_km_s must be a finite number > 0"),
        (lambda: HomogeneousModel(np.nan), "velocity_km_s must be a finite number"),
        (lambda: GradientModel(5.0, np.inf), "gradient_per_s must be a finite number"),
        (lambda: LayeredModel([3.0], [5.0, -6.0]), "velocity_km_s must be numbers > 0"),
        (lambda: LayeredModel([-3.0], [5.0, 6.0]), "thickness_km must be numbers > 0"),
        (lambda: LayeredModel([3.0], [5.0]), "thickness_km must be .*, got"),
        (lambda: LayeredModel([], []), "velocity_km_s must be at least one value"),
        (lambda: CRUST.time_s(-1.0, 3.0), "distance_km must be numbers >= 0, got -1"),
        (lambda: CRUST.time_s(1.0, -3.0), "depth_km must be numbers >= 0, got -3"),
        (lambda: CRUST.time_s(np.nan, 3.0), "distance_km must be finite numbers"),
        (lambda: CRUST.time_s([1, 2], [1, 2, 3]), "distance_km must be of the shape"),
        (lambda: GradientModel(5.0, -0.1).time_s(1.0, 51.0), "depth_km must be within"),
        (lambda: GradientModel(5.0, -0.1).time_s(1.0, 50.0), "depth_km must be < 50"),
    ],
)
def test_what_is_no_earth_or_no_path_is_refused(wrong, message):
    """The argument is named; sources lie between the surface and the model's end."""
    with pytest.raises(ValueError, match=message):
        wrong()


# the plane and the sphere


@pytest.mark.parametrize(
    "centre", [(0.0, 179.9), (-43.3, -180.0), (90.0, 0.0), (-90.0, 77.0), (39.5, 248.8)]
)
def test_the_plane_and_back_is_the_same_place(centre):
    """Across the antimeridian, at the poles and with longitudes beyond 180."""
    rng = np.random.default_rng(1)
    x, y = rng.uniform(-500, 500, (2, 40))
    latitude, longitude = from_local_plane(x, y, centre)
    assert np.abs(longitude).max() <= 180
    again = to_local_plane(latitude, longitude, centre)
    np.testing.assert_allclose(again, [x, y], atol=1e-6)  # a millimetre


def test_a_degree_to_the_north_and_to_the_east():
    """Of the equator, one degree is 111.19 km, and half way round is the end."""
    x, y = to_local_plane([1, 0, 0], [180, -179, 180], (0.0, 180.0))
    np.testing.assert_allclose([x, y], KM_PER_DEGREE * np.eye(3)[[1, 0]], atol=1e-9)
    with pytest.raises(ValueError, match="x_km must be within 20015 km"):
        from_local_plane([20016], [0], (0.0, 0.0))


# tables of the globe


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    """Tables of P and S, in a cache of their own."""
    folder = tmp_path_factory.mktemp("tables")
    return {wave: load_travel_times("iasp91", wave, folder) for wave in "PS"}, folder


@pytest.fixture(scope="module")
def tau():
    """TauP's own model."""
    from obspy.taup import TauPyModel

    return TauPyModel("iasp91")


@pytest.mark.parametrize("wave", ["P", "S"])
def test_the_table_is_as_exact_as_it_says(tables, tau, wave):
    """Half way between nodes, 0-180 degrees and 0-700 km: 1 ms, 10 ms and 0.35 s."""
    table, errors = tables[0][wave], []
    degrees = np.r_[np.arange(0, 180, 0.05), 180]
    for depth in [0, *((table.depth_km[1:] + table.depth_km[:-1]) / 2)[::4], 700]:
        exact = first_arrivals(tau.model, table.phases, depth, degrees)
        found = table.time_s(degrees * KM_PER_DEGREE, depth)
        lost = np.isnan(found) & ~np.isnan(exact)
        # a cell at the edge of the shadow has one node in it
        assert lost.sum() <= 4
        errors.append(np.abs(found - exact))
    errors = np.array(errors)
    begins = (degrees > 142) & (degrees < 146) & (wave == "P")
    assert np.nanmedian(errors) < 0.001
    assert np.nanquantile(errors, 0.99) < 0.01
    assert np.nanmax(errors[:, ~begins]) < 0.35
    if begins.any():
        assert np.nanmax(errors[:, begins]) < 1.6


@pytest.mark.parametrize("wave", ["P", "S"])
def test_the_table_is_taup(tables, tau, wave):
    """ObsPy, asked one place at a time, says the same; it is shadowed alike."""
    rng = np.random.default_rng(3)
    table = tables[0][wave]
    degrees, depth = rng.uniform(0, 180, 120), rng.uniform(0, 700, 120)
    asked = zip(depth, degrees, strict=True)
    arrivals = [tau.get_travel_times(h, d, table.phases) for h, d in asked]
    exact = [min((a.time for a in found), default=np.nan) for found in arrivals]
    found = table.time_s(degrees * KM_PER_DEGREE, depth)
    np.testing.assert_array_equal(np.isnan(found), np.isnan(exact))
    assert np.nanmax(np.abs(found - exact)) < 0.35
    # TauP stops its search at a hundredth of a second here and there
    assert np.nanmedian(np.abs(found - exact)) < 0.005


def test_the_core_casts_its_shadow_on_p_alone(tables):
    """At 105 degrees no P arrives; S does, through the core as SKS; at 150 both do."""
    distance = np.array([105, 150]) * KM_PER_DEGREE
    p, s = (tables[0][wave].time_s(distance, 33) for wave in "PS")
    assert np.isnan(p[0])
    assert np.isfinite([p[1], *s]).all()


def test_a_table_is_made_once_and_read_again(tables, monkeypatch):
    """A second load computes nothing, and every cell is the same."""
    (made, folder), name = tables, "mlearth.seismology.travel_time_tables.tabulated"
    monkeypatch.setattr(name, lambda *_: pytest.fail("it was made again"))
    again = load_travel_times("iasp91", "P", folder)
    np.testing.assert_array_equal(again.slowness_s_km, made["P"].slowness_s_km)
    assert [p.suffix for p in folder.iterdir()] == [".npz", ".npz"]  # no part is left


def test_a_damaged_table_is_told_and_made_again(tables, tmp_path, monkeypatch):
    """Half a file is no table: a warning, and a whole file afterwards."""
    made, folder = tables
    whole = next(folder.glob("*-P-*"))
    half = tmp_path / whole.name
    half.write_bytes(whole.read_bytes()[:5000])
    values = made["P"].depth_km, made["P"].slowness_s_km
    name = "mlearth.seismology.travel_time_tables.tabulated"
    monkeypatch.setattr(name, lambda *_: values)
    with pytest.warns(UserWarning, match="is damaged .* it is made again"):
        load_travel_times("iasp91", "P", tmp_path)
    assert half.stat().st_size == whole.stat().st_size


def test_another_model_has_another_file(tables, tmp_path, monkeypatch):
    """Models, waves, versions of ObsPy and forms of the table never share a file."""
    import obspy

    made = tables[0]["P"].depth_km, tables[0]["P"].slowness_s_km
    module = "mlearth.seismology.travel_time_tables."
    monkeypatch.setattr(module + "tabulated", lambda *_: made)
    for model, wave in [("iasp91", "P"), ("ak135", "P"), ("iasp91", "S")]:
        load_travel_times(model, wave, tmp_path)
    monkeypatch.setattr(module + "FORM", 0)
    load_travel_times("iasp91", "P", tmp_path)
    monkeypatch.setattr(obspy, "__version__", "9.9")
    load_travel_times("iasp91", "P", tmp_path)
    assert len(os.listdir(tmp_path)) == 5


@pytest.mark.parametrize(
    ("distance", "depth", "message"),
    [
        (100.0, 700.1, "depth_km must be within the model, which ends at 700 km"),
        (20_016.0, 10.0, "distance_km must be at most 20015"),
        (-1.0, 10.0, "distance_km must be numbers >= 0"),
        (np.nan, 10.0, "distance_km must be finite numbers"),
    ],
)
def test_a_table_knows_its_ends(tables, distance, depth, message):
    """Nothing is extrapolated."""
    with pytest.raises(ValueError, match=message):
        tables[0]["P"].time_s(distance, depth)


# the eikonal equation


def section(n):
    """Errors [s] of a gradient section of n nodes in 50 km, where rays stay in it."""
    spacing = 50 / (n - 1)
    x, z = np.meshgrid(spacing * np.arange(2 * n - 1), spacing * np.arange(n))
    found = eikonal_times(4 + 0.08 * z, spacing, 0, n - 1)
    exact = GradientModel(4.0, 0.08).time_s(np.abs(x - 50), z)
    return np.abs(found - exact)[:, np.abs(x[0] - 50) < 40]


def test_the_eikonal_solver_is_of_second_order():
    """Half the spacing, a quarter of the error: 4 within 15 %, in the median."""
    coarse, fine, finer = (np.median(section(n)) for n in (26, 51, 101))
    assert coarse / fine == pytest.approx(4, rel=0.15)
    assert fine / finer == pytest.approx(4, rel=0.15)
    assert section(101).max() < 0.002


def test_two_layers_on_a_grid_have_their_head_wave():
    """A step of speed is known to one spacing: 0.5 km at 5 against 8 km/s, 50 ms."""
    speeds = np.where(np.arange(41) < 20, 5.0, 8.0)[:, None].repeat(201, 1)
    found = eikonal_times(speeds, 0.5, 0, 0)[0]
    exact = LayeredModel([10.0], [5.0, 8.0]).time_s(0.5 * np.arange(201), 0.0)
    np.testing.assert_allclose(found, exact, atol=0.05)


def test_source_and_station_may_change_places():
    """Reciprocity through hills and hollows, to 20 ms of 7 s at nodes of 1 km."""
    z, x = np.indices((31, 47))
    speeds = 5 + np.sin(0.3 * x) * np.cos(0.2 * z) + 0.05 * z
    there = eikonal_times(speeds, 1.0, 3, 5)[27, 40]
    back = eikonal_times(speeds, 1.0, 27, 40)[3, 5]
    assert there == pytest.approx(back, abs=0.02)


@pytest.mark.parametrize(
    ("speeds", "row", "column", "message"),
    [
        (-np.ones((3, 4)), 0, 0, "velocity_km_s must be numbers > 0"),
        (np.full((3, 4), np.nan), 0, 0, "velocity_km_s must be finite numbers"),
        (np.ones((1, 4)), 0, 0, "velocity_km_s must be of two rows"),
        (np.ones((3, 4)), 3, 0, "source_row must be within the model, from 0 to 2"),
        (np.ones((3, 4)), 0, 4, "source_column must be within the model"),
    ],
)
def test_an_impossible_section_is_refused(speeds, row, column, message):
    """Speeds are numbers > 0, and the source is a node."""
    with pytest.raises(ValueError, match=message):
        eikonal_times(speeds, 1.0, row, column)


def test_without_the_solver_a_sentence_says_so(monkeypatch):
    """Who lacks eikonalfm is told what to install."""
    monkeypatch.setitem(__import__("sys").modules, "eikonalfm", None)
    with pytest.raises(ModuleNotFoundError, match="pip install eikonalfm"):
        eikonal_times(np.ones((3, 4)), 1.0, 0, 0)
