"""Claims about the stress on a plane, and about the plane that bears most."""

import numpy as np

from mlearth.checks import expect, expect_close, expect_shape, inputs, read

# Sums of products of up to 16 MPa, done in single precision, are right to 1e-6 of the
# largest of them; where they nearly cancel, to as many MPa.
_SINGLE = 1e-5

# A plane by its normal, and its slip: strikes along the axes.
_NORMAL = np.array([[1, 0, 0], [0, 0, 1], [0, 1, 0], [1, 0, 0]])
_SLIP = np.array([[0, 1, 0], [1, 0, 0], [0, 0, -1], [0, 0, 1]])
_STRESS = np.array([[[2, 3, 5], [3, -7, 1], [5, 1, 4]]] * 4)


def _tensors(rng, n):
    """Draw symmetric tensors."""
    drawn = inputs.numbers(rng, 9 * n, -8, 8).reshape(n, 3, 3)
    return drawn + drawn.swapaxes(1, 2)


def _rotations(rng, n):
    """Draw turns: their rows are a normal, a slip in its plane, and what is left."""
    return np.linalg.qr(rng.normal(size=(n, 3, 3)))[0]


def _on_plane(stress, normal, slip):
    """Return normal and shear stress, by loops."""
    pull = [
        [row @ n for row in tensor] for tensor, n in zip(stress, normal, strict=True)
    ]
    across = [np.dot(p, n) for p, n in zip(pull, normal, strict=True)]
    return np.array(across), np.array(
        [np.dot(p, d) for p, d in zip(pull, slip, strict=True)]
    )


@read("sec-stress-on-a-plane")
def test_1_four_planes_by_hand(student):
    """Four planes along the axes, with friction 0.5: 4, 7, -4.5 and 6 MPa."""
    found = student.coulomb_stress(_STRESS, _NORMAL, _SLIP, 0.5)
    expect_shape(found, (4,), "coulomb_stress of 4 planes")
    across, along = np.array([2, 4, -7, 2]), np.array([3, 5, -1, 5])
    expect_close(
        found,
        along + 0.5 * across,
        "The array of four Coulomb stresses",
        unit="MPa",
        rtol=_SINGLE,
        atol=_SINGLE,
        mistakes={
            "does tension clamp the plane, where it should unclamp?": along
            - 0.5 * across,
            "is friction left out?": along + across,
            "does friction act on the shear stress?": 0.5 * along + across,
            "is it the shear stress alone?": along,
            "is it friction times the normal stress alone?": 0.5 * across,
            "is the sign of the slip lost?": np.abs(along) + 0.5 * across,
            "is the normal stress without its sign?": along + 0.5 * np.abs(across),
            "have normal and slip changed places?": along
            + 0.5 * np.array([-7, 2, 4, 4]),
        },
    )


@read("sec-stress-on-a-plane")
def test_2_any_tensor_and_plane(student):
    """For seven generated tensors, each with its own plane, shear plus friction."""
    rng = inputs.draw(2)
    stress, turn = _tensors(rng, 7), _rotations(rng, 7)
    normal, slip = turn[:, 0], turn[:, 1]
    across, along = _on_plane(stress, normal, slip)
    swapped = _on_plane(stress, slip, normal)[0]
    whole = np.hypot(along, _on_plane(stress, normal, turn[:, 2])[1])
    for friction in (0.6, 1.3):
        expect_close(
            student.coulomb_stress(stress, normal, slip, friction),
            along + friction * across,
            f"The array of Coulomb stresses with friction {friction}",
            unit="MPa",
            rtol=_SINGLE,
            atol=_SINGLE,
            mistakes={
                "does tension clamp the plane, where it should unclamp?": along
                - friction * across,
                "is it the shear stress alone?": along,
                "is the sign of the slip lost?": np.abs(along) + friction * across,
                "have normal and slip changed places?": along + friction * swapped,
                "is it all of the shear stress, wherever it points?": whole
                + friction * across,
                "is friction cut off at 1?": along + min(friction, 1) * across,
                "do planes that are pulled apart lose their friction?": along
                + friction * np.minimum(across, 0),
            },
        )


@read("sec-stress-on-a-plane")
def test_3_a_pressure_only_clamps(student):
    """Under a pressure of 10 MPa every plane has -10 MPa times friction."""
    for n, planes in ((1, "one plane"), (11, "eleven planes")):
        turn = _rotations(inputs.draw(3), n)
        stress = np.repeat(-10 * np.eye(3)[None], n, axis=0)
        expect_close(
            student.coulomb_stress(stress, turn[:, 0], turn[:, 1], 0.7),
            np.full(n, -7.0),
            f"The array of {planes} under a pressure",
            unit="MPa",
            rtol=_SINGLE,
            atol=_SINGLE,
            mistakes={
                "does tension clamp the plane, where it should unclamp?": np.full(n, 7),
                "is it the shear stress alone?": np.zeros(n),
                "is friction left out?": np.full(n, -10),
            },
        )


@read("sec-stress-on-a-plane")
def test_4_slip_back_turns_the_shear(student):
    """With slip and with its reverse, the mean is friction times the normal stress."""
    rng = inputs.draw(4)
    stress, turn = np.round(_tensors(rng, 7)).astype(int), _rotations(rng, 7)
    normal, slip = turn[:, 0], turn[:, 1]
    both = [student.coulomb_stress(stress, normal, d, 0.4) for d in (slip, -slip)]
    across, along = _on_plane(stress, normal, slip)
    expect_close(
        np.mean(both, axis=0),
        0.4 * across,
        "The mean of slip and its reverse",
        unit="MPa",
        rtol=_SINGLE,
        atol=_SINGLE,
        mistakes={
            "does tension clamp the plane, where it should unclamp?": -0.4 * across,
            "is the sign of the slip lost?": np.abs(along) + 0.4 * across,
        },
    )


def _scan(least, most, friction):
    """Return the largest Coulomb stress among planes of 20,001 angles.

    Between two of them the maximum is missed by their distance squared,
    (pi / 20,000)^2 / 8 = 3e-9 of the radius, which single precision does not see.
    """
    double = np.linspace(0, np.pi, 20_001)[:, None]
    half, mean = (most - least) / 2, (most + least) / 2
    return np.max(
        half * np.sin(double) + friction * (mean + half * np.cos(double)), axis=0
    )


@read("sec-optimal-planes")
def test_5_two_tensors_by_hand(student):
    """Principal stresses 1, -3 and -5: 3 without friction, 2.25 with friction 0.75."""
    stress = np.array([np.diag([1, -3, -5]), np.diag([-5, 1, -3])])
    for friction, right in ((0, 3.0), (0.75, 2.25)):
        found = student.largest_coulomb_stress(stress, friction)
        expect_shape(found, (2,), "largest_coulomb_stress of 2 tensors")
        longer = np.hypot(1, friction)
        expect_close(
            found,
            np.full(2, right),
            f"The pair with friction {friction}",
            unit="MPa",
            rtol=_SINGLE,
            atol=_SINGLE,
            mistakes={
                "is it the whole difference of the principal stresses?": np.full(
                    2, 6 * longer - 2 * friction
                ),
                "is it the plane at 45 degrees, whatever friction is?": np.full(
                    2, 3 - 2 * friction
                ),
                "does tension clamp the plane, where it should unclamp?": np.full(
                    2, 3 * longer + 2 * friction
                ),
                "is the mean of the outer principal stresses left out?": np.full(
                    2, 3 * longer
                ),
                "is it the mean of all three principal stresses?": np.full(
                    2, 3 * longer - 7 / 3 * friction
                ),
                "is it the middle principal stress for one of the outer ones?": np.full(
                    2, longer - 4 * friction
                ),
                "are the principal stresses without their sign?": np.full(
                    2, 2 * longer + 3 * friction
                ),
            },
        )


@read("sec-optimal-planes")
def test_6_a_scan_of_all_angles(student):
    """For eleven generated tensors, what a scan of the plane's angle finds."""
    rng = inputs.draw(6)
    principal = np.sort(inputs.numbers(rng, 33, -19, 4).reshape(11, 3), axis=1)
    turn = _rotations(rng, 11)
    stress = np.einsum("nki,nk,nkj->nij", turn, principal, turn)
    stress = (stress + stress.swapaxes(1, 2)) / 2
    least, middle, most = principal.T
    half, mean = (most - least) / 2, (most + least) / 2
    diagonal = np.sort(np.diagonal(stress, axis1=1, axis2=2), axis=1)
    for friction in (0.6, 1.3):
        longer, right = np.hypot(1, friction), _scan(least, most, friction)
        expect_close(
            student.largest_coulomb_stress(stress, friction),
            right,
            f"The array of largest Coulomb stresses with friction {friction}",
            unit="MPa",
            rtol=_SINGLE,
            atol=_SINGLE,
            mistakes={
                "is it the whole difference of the principal stresses?": 2
                * longer
                * half
                + friction * mean,
                "is it the plane at 45 degrees, whatever friction is?": half
                + friction * mean,
                "does tension clamp the plane, where it should unclamp?": longer * half
                - friction * mean,
                "is the mean of the outer principal stresses left out?": longer * half,
                "is it the mean of all three principal stresses?": longer * half
                + friction * principal.mean(axis=1),
                "is it the middle principal stress for one of the outer ones?": _scan(
                    least, middle, friction
                ),
                "is it the diagonal for the principal stresses?": _scan(
                    *diagonal.T[[0, 2]], friction
                ),
                "is a negative answer taken for zero?": np.maximum(right, 0),
                "is friction cut off at 1?": np.hypot(1, min(friction, 1)) * half
                + min(friction, 1) * mean,
                "are the principal stresses without their sign?": _scan(
                    *np.sort(np.abs(principal), axis=1).T[[0, 2]], friction
                ),
            },
        )


@read("sec-optimal-planes")
def test_7_axes_do_not_matter(student):
    """Turn the axes, and the same stress has other numbers and the same answer."""
    rng = inputs.draw(7)
    stress = np.round(_tensors(rng, 7)).astype(int)
    turn = _rotations(rng, 1)[0]
    found = student.largest_coulomb_stress(stress, 0.4)
    turned = student.largest_coulomb_stress(turn @ stress @ turn.T, 0.4)
    expect_close(
        turned,
        np.asarray(found),
        "The array for turned tensors",
        unit="MPa",
        rtol=_SINGLE,
        atol=_SINGLE,
        hint="do you take the principal stresses, which no axes change?",
    )
    mean = np.trace(stress, axis1=1, axis2=2) / 3
    expect(
        bool(np.all(np.asarray(found) >= 0.4 * mean - _SINGLE)),
        "Some plane does better than the one that is said to be best",
        "is it the largest Coulomb stress, or that of some plane?",
    )


@read("sec-optimal-planes")
def test_8_a_pressure_more_takes_friction_times_itself(student):
    """Add a pressure of 5 MPa, and every answer falls by friction times 5 MPa."""
    for n, tensors in ((7, "seven tensors"), (1, "one tensor")):
        stress = _tensors(inputs.draw(8), n)
        usual, squeezed = (
            student.largest_coulomb_stress(stress - p * np.eye(3), 0.6) for p in (0, 5)
        )
        expect_shape(usual, (n,), f"The array for {tensors}")
        expect_shape(squeezed, (n,), f"The array for {tensors}")
        expect_close(
            np.asarray(usual) - np.asarray(squeezed),
            np.full(n, 3.0),
            f"The array of differences for {tensors}",
            unit="MPa",
            rtol=_SINGLE,
            atol=_SINGLE,
            mistakes={
                "does tension clamp the plane, where it should unclamp?": np.full(
                    n, -3
                ),
                "is the mean of the outer principal stresses left out?": np.zeros(n),
            },
        )
