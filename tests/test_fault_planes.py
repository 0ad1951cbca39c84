"""Planes through hypocentres and axes of mechanisms are what geometry says."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlearth.seismology import fault_plane, stress_axes

angles = st.floats(0, 359), st.floats(5, 85)
quick = settings(deadline=None, max_examples=25)


def sheet(azimuth, dip, n=400, width_km=3.0, seed=0):
    """Hypocentres on a fault that dips by `dip` towards `azimuth` [degree]."""
    rng = np.random.default_rng(seed)
    along, down = rng.uniform(-0.5, 0.5, (2, n)) * [[4.0], [width_km]]
    a, d = np.radians([azimuth, dip])
    ahead = down * np.cos(d)
    east = ahead * np.sin(a) + along * np.cos(a)
    north = ahead * np.cos(a) - along * np.sin(a)
    return np.column_stack([east, north, 9 + down * np.sin(d)])


@quick
@given(*angles)
def test_a_sheet_is_its_own_plane(azimuth, dip):
    """Without errors azimuth and dip come back, wherever the fault lies."""
    found = fault_plane(sheet(azimuth, dip))
    assert found.dip_deg == pytest.approx(dip, abs=1e-5)
    turned = (found.azimuth_deg - azimuth + 180) % 360 - 180
    assert turned == pytest.approx(0, abs=1e-4)


def test_errors_turn_a_fault_by_the_formula_and_are_mended():
    """The bias is that of eq-dip-bias; subtracting the covariance takes it away."""
    sigma = np.array([0.2, 0.2, 0.6])
    rng = np.random.default_rng(1)
    P = sheet(90, 30, n=200_000)
    seen = P + rng.normal(size=P.shape) * sigma
    top, base = np.sin(np.pi / 3), np.cos(np.pi / 3) - (0.36 - 0.04) / (9 / 12)
    expected = np.degrees(np.arctan2(top, base)) / 2
    # 200,000 hypocentres: a standard error below 0.1 degree
    assert fault_plane(seen).dip_deg == pytest.approx(expected, abs=0.4)
    mended = fault_plane(seen, np.diag(sigma**2))
    assert mended.dip_deg == pytest.approx(30, abs=0.4)


@quick
@given(*angles)
def test_axes_of_a_mechanism_come_back(azimuth, plunge):
    """A tensor built from a pressure axis and a level tension axis has these axes."""
    a, p = np.radians([azimuth, plunge])
    pressed = np.array([np.cos(p) * np.sin(a), np.cos(p) * np.cos(a), -np.sin(p)])
    pulled = np.array([np.cos(a), -np.sin(a), 0.0])
    M = np.outer(pulled, pulled) - np.outer(pressed, pressed)  # east, north, up
    parts = M[2, 2], M[1, 1], M[0, 0], -M[1, 2], M[0, 2], -M[0, 1]
    found = stress_axes(*([1e18 * part] for part in parts))
    assert found.pressure_plunge_deg == pytest.approx(plunge, abs=1e-5)
    turned = (found.pressure_azimuth_deg - azimuth + 180) % 360 - 180
    assert turned == pytest.approx(0, abs=1e-4)
    assert found.tension_plunge_deg == pytest.approx(0, abs=1e-5)


@pytest.mark.parametrize(
    ("points", "words"),
    [
        (np.zeros((5, 2)), "points_km must be three or more hypocentres"),
        (np.zeros((2, 3)), "points_km must be three or more hypocentres"),
    ],
)
def test_what_is_no_cluster_in_space_is_named(points, words):
    """Two columns, or two hypocentres."""
    with pytest.raises(ValueError, match=words):
        fault_plane(points)


def test_a_tensor_of_zeros_is_named():
    """It has no axes."""
    with pytest.raises(ValueError, match="tensors that are not zero"):
        stress_axes(*[[0.0, 0.0]] * 6)
