"""Dislocations and Coulomb stress: published values, physics, and bad input."""

import numpy as np
import pytest
import volterra

from mlearth.seismology import (
    RectangularFault,
    coulomb_stress,
    coulomb_stress_on_optimal_planes,
    dislocation,
    distance_to_fault,
    max_shear,
    optimal_planes,
    resolve_stress,
    stress_change,
)

ROUNDING = 1e-12
"""Share of the largest value that some dozens of sums and powers may lose."""

OBLIQUE = RectangularFault(37, 52, 110, 12, 7, 6, 1.3, 0.4, 2, -3)
UPRIGHT = RectangularFault(0, 90, 180, 20, 10, 8, 1.0)


def in_okadas_frame(corner_km, dip_deg, length_km, width_km, depth_km, slip_m):
    """A fault given as Okada gives it: x to the east, and its lower corner's place."""
    dip, (along, up, opening) = np.radians(dip_deg), slip_m
    return RectangularFault(
        strike_deg=90,
        dip_deg=dip_deg,
        rake_deg=np.degrees(np.arctan2(up, along)),
        length_km=length_km,
        width_km=width_km,
        depth_km=depth_km - width_km / 2 * np.sin(dip),
        slip_m=np.hypot(along, up),
        opening_m=opening,
        east_km=corner_km + length_km / 2,
        north_km=width_km / 2 * np.cos(dip),
    )


# Okada (1985), Table 2, case 2: x = 2, y = 3, d = 4, dip 70, L = 3, W = 2. The paper
# gives four digits; these are the same to seventeen, from the unit tests of Hdef
# (github.com/mherman09/Hdef, src/okada92_unit_tests.f90).
TABLE_2 = {
    (1, 0, 0): [-8.6891650042561549e-3, -4.2975821897415613e-3, -2.7474058276388967e-3],
    (0, 1, 0): [-4.6823487628354045e-3, -3.5267267968718020e-2, -3.5638557673268470e-2],
    (0, 0, 1): [-2.6599600964428191e-4, 1.0564074876983659e-2, 3.2141931142207676e-3],
}


@pytest.mark.parametrize("slip_m", TABLE_2)
def test_the_surface_moves_as_in_okadas_table(slip_m):
    """The three kinds of slip, at the surface."""
    fault = in_okadas_frame(0, 70, 3, 2, 4, slip_m)
    found, _ = dislocation(fault, [[2, 3, 0]])
    np.testing.assert_allclose(found, [TABLE_2[slip_m]], rtol=1e-10)  # of both codes


# At depth, from the same unit tests: x = -12, y = 6.2, depth 13, from the centre of a
# fault of 6.5 by 3.2 at depth 7.
AT_DEPTH = {
    0: [-6.6858712769214453e-3, 5.6833739558216096e-3, -3.8337220569204383e-3],
    90: [-1.4891278409154987e-3, -6.6628749834942423e-4, -2.6808905339339140e-3],
}


@pytest.mark.parametrize("rake_deg", AT_DEPTH)
def test_the_depth_moves_as_in_another_program(rake_deg):
    """Strike slip and dip slip, below the fault."""
    fault = RectangularFault(90, 70, rake_deg, 6.5, 3.2, 7, 1)
    found, _ = dislocation(fault, [[-12, 6.2, 13]])
    np.testing.assert_allclose(found, [AT_DEPTH[rake_deg]], rtol=1e-10)


def test_the_checklist_of_dc3d():
    """The example in the manual of Okada's own program, to its six digits."""
    dip = np.radians(70)
    fault = in_okadas_frame(
        -80, 70, 200, 55, 50 + 30 * np.sin(dip), (200, -150, 100)
    )  # from -80 to 120 km along strike, and from -30 to 25 km up dip
    shift = np.array([0, 30 * np.cos(dip), 0])
    found, _ = dislocation(fault, [np.array([10, 20, 30]) + shift])
    np.testing.assert_allclose(found, [[-37.8981, 63.1789, 14.9607]], atol=5e-5)


# Okada (1985), Table 2, case 1, a point source: moment 40 N m at rigidity 40 Pa, so
# unit potency, at depth 4; displacement and its gradient at the surface, x = 2, y = 3.
POINT = np.array([-9.4474186064630631e-4, -1.0229885427654646e-3, -7.42012465325911e-4])
POINT_GRADIENT = [
    [-2.2862094355883986e-4, -1.4246398245262621e-4, 6.2590905699873601e-5],
    [-2.0511017314976633e-4, -3.0067825210386353e-4, 1.6933001353308135e-4],
    [-6.2590905699873859e-5, -1.6933001353308129e-4, 1.7643306522090115e-4],
]


@pytest.mark.parametrize("size_km", [0.2, 0.02])
def test_a_small_fault_is_a_point(size_km):
    """Its gradient too; what is left falls with the square of its size."""
    fault = RectangularFault(90, 70, 0, size_km, size_km, 4, 1 / size_km**2)
    displacement_m, gradient = dislocation(fault, [[2, 3, 0]])
    left_over = (size_km / 5) ** 2  # size over distance, squared
    np.testing.assert_allclose(displacement_m[0], POINT, atol=1e-3 * left_over)
    np.testing.assert_allclose(
        1000 * gradient[0], POINT_GRADIENT, atol=1e-3 * left_over
    )


def test_the_far_field_follows_the_potency_alone():
    """Length, width and slip do not matter far away, but their product does."""
    near = RectangularFault(20, 60, 40, 8, 3, 6, 1.0)
    other = RectangularFault(20, 60, 40, 4, 2, 6, 3.0)
    places = [[500.0, 300.0, 20.0], [-400.0, 600.0, 0.0]]
    one, two = (dislocation(fault, places)[0] for fault in (near, other))
    np.testing.assert_allclose(one, two, atol=1e-3 * np.abs(one).max())  # (8/500)^2


@pytest.mark.parametrize("poisson", [0.1, 0.25, 0.4])
@pytest.mark.parametrize("place", [[10, 5, 3], [-4, 8, 0], [3, -12, 15]])
def test_it_moves_as_summed_point_forces_do(place, poisson):
    """Twenty lines of Mindlin's forces on Gauss's points give the same."""
    found, _ = dislocation(OBLIQUE, [place], poisson)
    by_force = volterra.displacement(OBLIQUE, np.array(place, float), poisson)
    np.testing.assert_allclose(found[0], by_force, atol=ROUNDING)


def test_the_gradient_is_that_of_the_forces():
    """Central differences of the independent displacement give the same gradient."""
    place, step = np.array([5.0, -9.0, 4.0]), 1e-3
    _, gradient = dislocation(OBLIQUE, [place])
    for axis, sign in enumerate([1, 1, -1]):  # the third is depth, and up is meant
        forward, back = (
            volterra.displacement(OBLIQUE, place + side * step * np.eye(3)[axis])
            for side in (1, -1)
        )
        slope = sign * (forward - back) / (2 * step) / 1000
        atol = 1e-6 * np.abs(gradient).max()  # step over distance, squared
        np.testing.assert_allclose(gradient[0, :, axis], slope, atol=atol)


def places(n, seed=0):
    """Draw places around the faults; every seventh is at the surface."""
    rng = np.random.default_rng(seed)
    points = rng.uniform([-15, -15, 0], [15, 15, 15], (n, 3))
    points[::7, 2] = 0
    return points


def test_the_surface_is_free():
    """No stress acts across it, whatever slipped below."""
    points = places(50) * [1, 1, 0]
    stress = stress_change(OBLIQUE, points)
    largest = np.abs(stress).max()
    np.testing.assert_allclose(stress[:, 2], 0, atol=ROUNDING * largest)


def test_nothing_is_left_to_accelerate():
    """The divergence of stress is zero: forces are balanced at every point."""
    points, step = (
        np.array([[9.0, 4.0, 5.0], [-3.0, 9.0, 2.0], [1.0, -2.0, 14.0]]),
        1e-3,
    )
    force, size = np.zeros((3, 3)), 0
    for axis, sign in enumerate([1, 1, -1]):
        ahead, back = (
            stress_change(OBLIQUE, points + side * step * np.eye(3)[axis])
            for side in (1, -1)
        )
        slope = sign * (ahead - back) / (2 * step)
        force, size = force + slope[:, :, axis], size + np.abs(slope).max()
    np.testing.assert_allclose(force, 0, atol=1e-6 * size)  # (step over distance)^2


def test_slip_is_the_jump_across_the_fault():
    """From wall to wall the displacement jumps by slip and opening; on it, the mean."""
    along, left, up = OBLIQUE.axes()
    dip, rake = np.radians([OBLIQUE.dip_deg, OBLIQUE.rake_deg])
    updip = left * np.cos(dip) + up * np.sin(dip)
    normal = up * np.cos(dip) - left * np.sin(dip)
    centre = np.array([OBLIQUE.east_km, OBLIQUE.north_km, OBLIQUE.depth_km])
    off = 1e-7 * normal * [1, 1, -1]
    (above, below, on), gradient = dislocation(
        OBLIQUE, [centre + off, centre - off, centre]
    )
    slip = OBLIQUE.slip_m * (along * np.cos(rake) + updip * np.sin(rake))
    np.testing.assert_allclose(
        above - below, slip + OBLIQUE.opening_m * normal, atol=1e-6
    )  # 1e-7 km times a gradient of about 1e-4
    np.testing.assert_allclose(on, (above + below) / 2, atol=1e-6)
    np.testing.assert_allclose(gradient[2], gradient[:2].mean(0), atol=1e-9)


EXTENDED = [(10, 9, 0), (-10, -9, 0), (14, 5, 0), (-14, -5, 0), (13, 2, 0), (0, 8, 0)]
EXTENDED += [(10, 5, 3), (-10, -5, -3), (10, 0, 3), (0, -5, 2), (10, 9, 2)]


@pytest.mark.parametrize("dip_deg", [0, 30, 89, 90])
@pytest.mark.parametrize("place", EXTENDED)
def test_lines_and_planes_of_the_edges_are_no_trap(dip_deg, place):
    """Where Okada's terms are singular and the sum is not, it is that of nearby."""
    fault = RectangularFault(90, dip_deg, 30, 20, 10, 12, 1, 0.5)
    dip, (a, b, n) = np.radians(dip_deg), place
    north, up = b * np.cos(dip) - n * np.sin(dip), b * np.sin(dip) + n * np.cos(dip)
    point, near = np.array([a, north, 12 - up]), 1e-4 * np.eye(3)
    displacement_m, gradient = dislocation(fault, [point])
    around = dislocation(fault, np.vstack([point + near, point - near]))
    # the mean of points around differs by the square of their distance, in lengths of 2
    np.testing.assert_allclose(around[0].mean(0), displacement_m[0], atol=1e-7)
    atol = 1e-6 * np.abs(gradient).max()
    np.testing.assert_allclose(around[1].mean(0), gradient[0], atol=atol)


def test_a_steep_dip_goes_over_into_a_vertical_one():
    """Where the formulas change, the gradient changes by less than 1e-4."""
    steep, upright = (
        RectangularFault(0, dip, 40, 20, 10, 10, 1, 0.5) for dip in (89.9994, 90)
    )
    one, two = (dislocation(fault, places(20))[1] for fault in (steep, upright))
    np.testing.assert_allclose(one, two, atol=1e-4 * np.abs(one).max())


@pytest.mark.parametrize("turn_deg", [90, 213.7])
def test_a_turned_fault_turns_all(turn_deg):
    """North is a convention: turn fault and points, and the stress turns."""
    angle = np.radians(turn_deg)
    turn = np.array(
        [
            [np.cos(angle), np.sin(angle), 0],
            [-np.sin(angle), np.cos(angle), 0],
            [0, 0, 1],
        ]
    )
    fault = RectangularFault(10, 40, 70, 9, 6, 5, 2)
    turned = RectangularFault(10 + turn_deg, 40, 70, 9, 6, 5, 2)
    stress = stress_change(fault, places(20))
    expected = turn @ stress @ turn.T
    found = stress_change(turned, places(20) @ turn.T)
    np.testing.assert_allclose(found, expected, atol=1e-10 * np.abs(stress).max())


def test_stress_grows_with_slip_and_rigidity_and_adds_up():
    """The response is linear, so two faults are the sum of one and one."""
    twice = RectangularFault(37, 52, 110, 12, 7, 6, 2.6, 0.8, 2, -3)
    one, other = stress_change(OBLIQUE, places(10)), stress_change(UPRIGHT, places(10))
    largest = ROUNDING * np.abs(one).max()
    np.testing.assert_allclose(
        stress_change(twice, places(10)), 2 * one, atol=2 * largest
    )
    np.testing.assert_allclose(
        stress_change(OBLIQUE, places(10), 60), 2 * one, atol=2 * largest
    )
    both = stress_change([OBLIQUE, UPRIGHT], places(10))
    np.testing.assert_allclose(both, one + other, atol=2 * largest)


def test_slip_in_pieces_is_slip_in_one():
    """A fault cut in four, with the same slip, leaves the same stress."""
    pieces = [
        RectangularFault(0, 90, 180, 10, 5, 8 + z, 1.0, north_km=y)
        for y in (-5, 5)
        for z in (-2.5, 2.5)
    ]
    points = places(10) + np.array([0.3, 0, 0])
    one = stress_change(UPRIGHT, points)
    np.testing.assert_allclose(
        stress_change(pieces, points), one, atol=1e-10 * np.abs(one).max()
    )


def test_a_strike_slip_fault_casts_a_shadow_beside_it():
    """On planes like its own: less stress beside it, more beyond its ends."""
    beside, beyond = [[6.0, 0.0, 8.0], [-6.0, 0.0, 8.0]], [[0, 16.0, 8], [0, -16.0, 8]]
    found = coulomb_stress(stress_change(UPRIGHT, beside + beyond), 0, 90, 180, 0.4)
    assert np.all(found[:2] < -0.1)
    assert np.all(found[2:] > 0.1)
    np.testing.assert_allclose(found[::2], found[1::2], rtol=1e-9)


def test_shear_is_odd_and_even_as_the_fault_is():
    """Half a turn about the centre changes nothing; a mirror only the clamping."""
    points = places(20)
    stress = stress_change(UPRIGHT, points)
    turned = stress_change(UPRIGHT, points * [-1, -1, 1])
    shear, other = (resolve_stress(s, 0, 90, 180)[1] for s in (stress, turned))
    largest = 1e-10 * np.abs(stress).max()
    np.testing.assert_allclose(shear, other, atol=largest)
    mirrored = resolve_stress(stress_change(UPRIGHT, points * [-1, 1, 1]), 0, 90, 180)
    normal, shear = resolve_stress(stress, 0, 90, 180)
    np.testing.assert_allclose(mirrored[0], -normal, atol=largest)
    np.testing.assert_allclose(mirrored[1], shear, atol=largest)


def drawn_tensors(n, seed):
    """Draw symmetric tensors."""
    drawn = np.random.default_rng(seed).normal(size=(n, 3, 3))
    return drawn + drawn.swapaxes(1, 2)


def drawn_planes(n, seed):
    """Draw strikes, dips and rakes."""
    return np.random.default_rng(seed).uniform([0, 0, -180], [360, 90, 180], (n, 3)).T


def test_no_plane_beats_the_optimal_one():
    """Among thousands drawn, none has more Coulomb stress, and both have the same."""
    [stress], friction = drawn_tensors(1, 3), 0.6
    strike, dip, rake = optimal_planes(stress[None], friction)
    two = np.repeat(stress[None], 2, axis=0)
    best = coulomb_stress(two, strike[0], dip[0], rake[0], friction)
    np.testing.assert_allclose(best[0], best[1], rtol=1e-9)
    many = np.broadcast_to(stress, (5000, 3, 3))
    drawn = coulomb_stress(many, *drawn_planes(5000, 4), friction)
    assert drawn.max() <= best[0] + 1e-9
    assert drawn.max() > best[0] - 0.1 * max_shear(stress[None])[0]  # some come near


def test_without_friction_the_optimal_plane_has_the_largest_shear():
    """It lies at 45 degrees to the axes, and its shear is half their difference."""
    stress = drawn_tensors(7, 5)
    strike, dip, rake = optimal_planes(stress, 0)
    for plane in (0, 1):
        angles = strike[:, plane], dip[:, plane], rake[:, plane]
        _, shear = resolve_stress(stress, *angles)
        np.testing.assert_allclose(shear, max_shear(stress), rtol=1e-9)


def test_the_optimal_angle_is_that_of_mohr():
    """The plane and the axis of compression form half the arctangent of 1/friction."""
    push_north = np.diag([0.0, -10.0, -5.0])[None]
    for friction in (0.2, 0.4, 0.75):
        strike, dip, _ = optimal_planes(push_north, friction)
        half = np.degrees(np.arctan(1 / friction)) / 2
        found = np.sort((strike[0] + 90) % 180 - 90)
        np.testing.assert_allclose(found, [-half, half])
        np.testing.assert_allclose(dip, 90)


@pytest.mark.parametrize(
    ("stress", "rakes"),
    [([0, -10, -5], [0, 180]), ([-10, -5, 0], [90, 90]), ([0, -5, -10], [-90, -90])],
)
def test_anderson_names_the_faults(stress, rakes):
    """If the vertical axis is middle, strike slip; if least, thrusts; else normal."""
    *_, rake = optimal_planes(np.diag(np.array(stress, float))[None])
    found = np.sort(np.where(np.isclose(np.abs(rake), 180), 180, rake))
    np.testing.assert_allclose(found, [rakes], atol=1e-9)


def test_a_strong_regional_stress_sets_the_planes():
    """Far from failure by the change alone, the planes are those of the region."""
    change, regional = drawn_tensors(6, 6), 1e6 * np.diag([0.0, -2.0, -1.0])
    strike, dip, rake = optimal_planes(regional[None], 0.4)
    each = [
        coulomb_stress(change, strike[0, k], dip[0, k], rake[0, k], 0.4) for k in (0, 1)
    ]
    found = coulomb_stress_on_optimal_planes(change, regional, 0.4)
    np.testing.assert_allclose(found, np.max(each, axis=0), atol=1e-4)  # 1 over 1e6


def test_resolved_by_hand():
    """A plane that strikes north and dips 45 degrees east, pulled up by 2 MPa."""
    pull = np.diag([0.0, 0.0, 2.0])[None]
    normal, shear = resolve_stress(pull, 0, 45, 90)
    np.testing.assert_allclose([normal[0], shear[0]], [1, 1])  # 2 cos^2, 2 sin cos
    np.testing.assert_allclose(resolve_stress(pull, 0, 45, 0)[1], 0, atol=1e-15)
    np.testing.assert_allclose(coulomb_stress(pull, 0, 45, 90, 0.4), 1.4)
    np.testing.assert_allclose(max_shear(pull), 1)


def test_shear_and_normal_are_all_of_the_traction():
    """By Pythagoras, over two rakes at right angles."""
    stress, (strike, dip, rake) = drawn_tensors(9, 7), drawn_planes(9, 8)
    normal, one = resolve_stress(stress, strike, dip, rake)
    _, other = resolve_stress(stress, strike, dip, rake + 90)
    east = np.sin(np.radians(dip)) * np.cos(np.radians(strike))
    north = -np.sin(np.radians(dip)) * np.sin(np.radians(strike))
    across = np.stack([east, north, np.cos(np.radians(dip))], axis=1)
    traction = np.linalg.norm(np.einsum("nij,nj->ni", stress, across), axis=1)
    np.testing.assert_allclose(np.hypot(np.hypot(normal, one), other), traction)


def test_distances_to_a_rectangle():
    """Before it, beyond a side, beyond a corner, and on it."""
    fault = RectangularFault(0, 90, 0, 20, 10, 5, 1)
    points = [[3, 0, 5], [0, 14, 13], [2, 13, 16], [0, 0, 5]]
    expected = [3, 5, np.sqrt(4 + 9 + 36), 0]
    np.testing.assert_allclose(distance_to_fault(fault, points), expected, atol=1e-12)


EDGE = [[0, 10, 8], [0, -10, 4.5], [0, 3, 3], [0, -7, 13], [0, 10, 13]]


@pytest.mark.parametrize("point", EDGE)
def test_the_edge_of_the_fault_is_refused(point):
    """Strain is infinite there, so no number is right."""
    with pytest.raises(ValueError, match=r"points_km must be off the edge.*row 1"):
        stress_change(UPRIGHT, [[5.0, 5.0, 5.0], point])


SOUND = {"strike_deg": 0, "dip_deg": 60, "rake_deg": 0, "length_km": 9, "width_km": 5}
SOUND |= {"depth_km": 6, "slip_m": 1}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *[(name, np.nan) for name in SOUND],
        ("length_km", 0),
        ("width_km", 0.0),
        ("length_km", -3),
        ("dip_deg", 91),
        ("dip_deg", -1),
        ("depth_km", -6),
        ("depth_km", 2.1),  # the upper edge would be in the air
        ("slip_m", "1"),
        ("opening_m", np.inf),
    ],
)
def test_no_fault_is_refused(name, value):
    """The error names what is wrong with it."""
    with pytest.raises(ValueError, match=f"{name} must be"):
        RectangularFault(**SOUND | {name: value})


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("rigidity_gpa", {"rigidity_gpa": -30}),
        ("rigidity_gpa", {"rigidity_gpa": 0}),
        ("poisson", {"poisson": 0.5}),
        ("points_km", {"points_km": []}),
        ("points_km", {"points_km": np.empty((0, 3))}),
        ("points_km", {"points_km": [[1, 2, -0.1]]}),
        ("points_km", {"points_km": [[1, 2, np.nan]]}),
        ("points_km", {"points_km": [[1, 2]]}),
        ("faults", {"faults": []}),
        ("faults", {"faults": "San Andreas"}),
    ],
)
def test_no_stress_is_refused(name, more):
    """Each argument is named."""
    given = {"faults": UPRIGHT, "points_km": [[3.0, 4.0, 5.0]]} | more
    with pytest.raises(ValueError, match=f"{name} must be"):
        stress_change(**given)


def test_tensors_that_are_none_are_refused():
    """Skew ones, other shapes, angles for others; and a pressure has no plane."""
    skew = np.zeros((2, 3, 3))
    skew[0, 0, 1] = 1
    with pytest.raises(ValueError, match="stress_mpa must be symmetric"):
        max_shear(skew)
    with pytest.raises(ValueError, match=r"stress_mpa must be of shape \(n, 3, 3\)"):
        max_shear(np.eye(3))
    with pytest.raises(ValueError, match="rake_deg must be 2 values"):
        coulomb_stress(0 * skew, 0, 90, [0.0, 1.0, 2.0])
    with pytest.raises(ValueError, match="such that there is shear"):
        optimal_planes(np.eye(3)[None])
    with pytest.raises(ValueError, match="friction must be"):
        coulomb_stress(0 * skew, 0, 90, 0, -0.1)


def test_zero_slip_leaves_nothing():
    """The right answer, and not an error."""
    still = RectangularFault(**SOUND | {"slip_m": 0})
    assert not stress_change(still, places(5)).any()
