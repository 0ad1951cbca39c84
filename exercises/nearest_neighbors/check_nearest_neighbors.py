"""Claims about points on a sphere and about who may answer for a sample."""

import numpy as np

from mlearth.checks import expect, expect_close, expect_shape, read


def _places(seed, n=12):
    """Draw places on the globe [degree]."""
    rng = np.random.default_rng(seed)
    return rng.uniform(-80, 80, n), rng.uniform(-180, 180, n)


def _samples(seed, n=15):
    """Draw samples in a plane: their distances and what they measured."""
    rng = np.random.default_rng(seed)
    points = rng.normal(size=(n, 2))
    distance = np.hypot(*(points[:, None] - points).T)
    return distance, rng.uniform(0, 600, n)


# Sines and cosines done in single precision are right to 1e-7 of the radius. Places
# that are 0.2 degrees apart, 0.0035 of the radius, differ to about 1e-4 of their gap.
_SINGLE = 1e-6
_SINGLE_GAP = 1e-3


def _vectors(student, latitude, longitude):
    """Call unit_vectors and insist on a row for each place and three columns."""
    found = student.unit_vectors(latitude, longitude)
    n = len(latitude)
    expect_shape(
        found,
        (n, 3),
        f"unit_vectors of {n} places",
        mistakes={
            "do the places lie along the columns?": (3, n),
            "is one of x, y and z missing?": (n, 2),
        },
    )
    return np.asarray(found)


def _mean_of(candidates, distance, y, k):
    """Average, by a loop, the k nearest of the candidates of each sample."""
    means = []
    for i, row in enumerate(distance):
        asked = sorted((j for j in range(len(y)) if candidates(i, j)), key=row.item)
        means.append(np.mean(y[asked[:k]]))
    return np.array(means)


def _xyz(phi, lam):
    """Return the coordinates of angles as a student in a hurry computes them."""
    return np.stack(
        [np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)], 1
    )


@read("sec-great-circle")
def test_1_six_places_by_hand(student):
    """Two points of the equator, the poles and two cities of the middle latitudes."""
    latitude = np.array([0.0, 0.0, 90.0, -90.0, 30.0, 60.0])
    longitude = np.array([0.0, 90.0, 0.0, 0.0, 0.0, 90.0])
    found = _vectors(student, latitude, longitude)
    a, b = np.sqrt(3) / 2, 0.5
    right = np.array(
        [[1, 0, 0], [0, 1, 0], [0, 0, 1], [0, 0, -1], [a, 0, b], [0, b, a]]
    )
    phi, lam = latitude, longitude
    colatitude = np.radians(np.stack([phi, lam]))
    p, q = colatitude
    expect_close(
        found,
        right,
        "The table of six rows",
        atol=_SINGLE,
        mistakes={
            "are the angles still in degrees?": _xyz(phi, lam),
            "is the latitude still in degrees?": _xyz(phi, q),
            "is the longitude still in degrees?": _xyz(p, lam),
            "do you turn radians into degrees?": _xyz(*np.degrees([phi, lam])),
            "is it the Earth, where the sphere has the radius 1?": 6371 * right,
            "does longitude grow to the west?": right * [1, -1, 1],
            "does z come first?": right[:, [2, 0, 1]],
            "is z the cosine of the latitude?": np.column_stack(
                [right[:, :2], np.cos(p)]
            ),
            "is y without the cosine of the latitude?": np.column_stack(
                [right[:, 0], np.sin(q), right[:, 2]]
            ),
            "is x without the cosine of the latitude?": np.column_stack(
                [np.cos(q), right[:, 1:]]
            ),
            "is the latitude measured from the pole?": np.stack(
                [np.sin(p) * np.cos(q), np.sin(p) * np.sin(q), np.cos(p)], 1
            ),
            "have latitude and longitude changed places?": np.stack(
                [np.cos(q) * np.cos(p), np.cos(q) * np.sin(p), np.sin(q)], 1
            ),
            "are x and y in the wrong order?": right[:, [1, 0, 2]],
            "do the circles of latitude not shrink towards the poles?": np.stack(
                [np.cos(q), np.sin(q), np.sin(p)], 1
            ),
        },
    )


@read("sec-great-circle")
def test_2_every_point_lies_on_the_sphere(student):
    """All places, wherever they are, have the distance 1 from the centre."""
    found = _vectors(student, *_places(2))
    expect_close(
        np.sqrt(np.sum(found**2, axis=1)),
        np.ones(12),
        "The length of the vectors",
        mistakes={"is it the Earth, where the sphere has the radius 1?": [6371] * 12},
        hint="do the squares of x, y and z add up to 1?",
    )


@read("sec-great-circle")
def test_3_the_antimeridian_is_no_wall(student):
    """At the equator, 179.9 E and 179.9 W are as near as 0.1 E and 0.1 W."""
    longitude = np.array([179.9, -179.9, 0.1, -0.1])
    found = _vectors(student, np.zeros(4), longitude)
    gaps = np.linalg.norm(found[::2] - found[1::2], axis=1)
    gaps = gaps / np.linalg.norm(found[0])  # whatever the radius: test 2 asks for it
    expect(
        gaps[0] < 0.01,
        f"The two points beside the antimeridian are {gaps[0]:.3g} apart",
        "are the angles in radians before you take the sine?",
    )
    expect_close(gaps[0], gaps[1], "The first gap", rtol=_SINGLE_GAP)


@read("sec-heart")
def test_4_three_samples_by_hand(student):
    """At 0, 1 and 3 km with depths of 10, 20 and 60 km and k = 1: 20, 10 and 20."""
    x = np.array([0.0, 1.0, 3.0])
    for unit, km in (("km", 1), ("mm", 1e6)):  # no number is large in every unit
        found = student.leave_one_out(
            km * np.abs(x[:, None] - x), np.array([10.0, 20.0, 60.0]), 1
        )
        expect_close(
            found,
            [20, 10, 20],
            f"The array of predictions, with distances in {unit},",
            mistakes={
                "does every sample answer for itself?": [10, 20, 60],
                "is it the farthest sample instead of the nearest?": [60, 60, 10],
                "are these the distances instead of the depths?": [km, km, 2 * km],
                "is the sample's own depth subtracted?": [10, -10, -40],
                "are these the numbers of the neighbours instead of their depths?": (
                    [1, 0, 1]
                ),
            },
        )


@read("sec-heart")
def test_5_the_mean_of_k_others(student):
    """For generated samples and k = 4, the mean of the four nearest others."""
    distance, y = _samples(5)
    right = _mean_of(lambda i, j: i != j, distance, y, 4)
    expect_close(
        student.leave_one_out(distance, y, 4),
        right,
        "The predictions",
        mistakes={
            "does every sample answer for itself?": lambda: _mean_of(
                lambda i, j: True, distance, y, 4
            ),
            "are only k - 1 neighbours asked?": lambda: _mean_of(
                lambda i, j: i != j, distance, y, 3
            ),
            "are k + 1 neighbours asked?": lambda: _mean_of(
                lambda i, j: i != j, distance, y, 5
            ),
            "is it the sum of the neighbours instead of their mean?": lambda: 4 * right,
            "have you divided by n instead of k?": lambda: 4 * right / 15,
            "is it the kth neighbour alone?": lambda: (
                4 * right - 3 * _mean_of(lambda i, j: i != j, distance, y, 3)
            ),
            "is it the mean of all others, whatever k is?": lambda: _mean_of(
                lambda i, j: i != j, distance, y, 14
            ),
            "is the sample's own depth subtracted?": lambda: right - y,
        },
    )


@read("sec-heart")
def test_6_a_twin_may_answer(student):
    """Two samples at one place are neighbours: with k = 1 each predicts the other."""
    distance, y = _samples(6)
    distance[-1], distance[:, -1] = distance[0], distance[:, 0]  # one place, 0 and -1
    distance[1:-1, [0, -1]] += 100  # far from all others
    distance[[0, -1], 1:-1] += 100
    distance[[0, -1, 0, -1], [0, -1, -1, 0]] = 0
    pair = y[[-1, 0]]
    third = y[1 + np.argmin(distance[0, 1:-1])]
    found = student.leave_one_out(distance, y, 1)
    expect_shape(found, (15,), "leave_one_out of 15 samples")
    expect_close(
        np.asarray(found)[[0, -1]],
        pair,
        "The predictions of the two twins",
        mistakes={
            "does every sample answer for itself?": pair[::-1],
            "is each sample left out by its number, also after its twin?": pair[[0, 0]],
            "is each sample left out by its number, also before its twin?": (
                pair[[1, 1]]
            ),
            "is every sample at distance zero left out, the twin too?": [third, third],
        },
    )


@read("sec-heart")
def test_7_a_sequence_by_hand(student):
    """Samples at 0, 1 and 3 km, the first two of one sequence: 60, 60 and 20."""
    x = np.array([0.0, 1.0, 3.0])
    distance, y = np.abs(x[:, None] - x), np.array([10.0, 20.0, 60.0])
    for unit, km in (("km", 1), ("mm", 1e6)):  # no number is large in every unit
        expect_close(
            student.leave_sequence_out(km * distance, y, np.array([5, 5, 2]), 1),
            [60, 60, 20],
            f"The array of predictions, with distances in {unit},",
            mistakes={
                "is only the sample itself left out, and not its sequence?": (
                    [20, 10, 20]
                ),
                "does every sample answer for itself, or only its own sequence?": (
                    [10, 20, 60]
                ),
                "has the own sequence a number for a distance, which others exceed?": (
                    [10, 10, 60]
                ),
            },
        )


@read("sec-heart")
def test_8_others_answer(student):
    """For generated sequences and k = 3, the mean of the nearest of other sequences."""
    distance, y = _samples(8, n=20)
    sequence = np.random.default_rng(8).permutation(20) % 5  # four of each
    other = sequence[:, None] != sequence
    right = _mean_of(lambda i, j: other[i, j], distance, y, 3)
    expect_close(
        student.leave_sequence_out(distance, y, sequence, 3),
        right,
        "The predictions",
        mistakes={
            "is only the sample itself left out, and not its sequence?": lambda: (
                _mean_of(lambda i, j: i != j, distance, y, 3)
            ),
            "does every sample answer for itself?": lambda: _mean_of(
                lambda i, j: True, distance, y, 3
            ),
            "are sequences with larger numbers left out as well?": lambda: _mean_of(
                lambda i, j: sequence[i] > sequence[j] or sequence[i] == 0,
                distance,
                y,
                3,
            ),
            "is it the sum of the neighbours instead of their mean?": lambda: 3 * right,
            "are only members of its own sequence asked?": lambda: _mean_of(
                lambda i, j: True, distance + 100 * other, y, 3
            ),
            "is it the mean of all others, whatever k is?": lambda: _mean_of(
                lambda i, j: other[i, j], distance, y, 20
            ),
            "are k + 1 neighbours asked?": lambda: _mean_of(
                lambda i, j: other[i, j], distance, y, 4
            ),
            "do you count among the others, but read y of all?": lambda: (
                [
                    y[np.argsort(row[far], kind="stable")[:3]].mean()
                    for row, far in zip(distance, other, strict=True)
                ]
            ),
        },
        hint="are k samples asked, whatever was left out?",
    )
