"""Claims about points on a sphere and about who may answer for a sample."""

import numpy as np

from mlearth.checks import expect_close, expect_shape, inputs, read


def _places(seed, n=13):
    """Draw places on the globe [degree]; some longitudes count on beyond 180."""
    rng = inputs.draw(seed)
    return inputs.numbers(rng, n, -80, 80), inputs.numbers(rng, n, -180, 360)


def _samples(seed, n=17):
    """Draw samples in a plane: their distances and what they measured."""
    rng = inputs.draw(seed)
    points = rng.normal(size=(n, 2))
    distance = np.hypot(*(points[:, None] - points).T)
    return distance, inputs.numbers(rng, n, 0, 600)


def _whole_samples(seed):
    """Draw samples on a line at whole kilometres, no two gaps alike."""
    rng = inputs.draw(seed)
    x = inputs.inside_out(rng.permutation([0, 1, 4, 13, 28, 33, 47, 54, 64, 70, 72]))
    return np.abs(x[:, None] - x).astype(float), inputs.whole(rng, len(x), 1, 600)


def _swarms(seed):
    """Draw five places with several samples each, which measured the same there.

    So it does not matter which of the equally near ones answer, but how many do.
    """
    rng = inputs.draw(seed)
    place = inputs.groups(rng, [2, 4, 1, 3, 3])
    names, number = np.unique(place, return_inverse=True)
    x, depth = np.array([0, 1, 4, 9, 11]), inputs.numbers(rng, len(names), 0, 600)
    x = rng.permutation(x)[number]
    return np.abs(x[:, None] - x).astype(float), depth[number], place


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


def _mean_of(candidates, distance, y, k, mean=np.mean):
    """Average, by a loop, the k nearest of the candidates of each sample."""
    means = []
    for i, row in enumerate(distance):
        asked = sorted((j for j in range(len(y)) if candidates(i, j)), key=row.item)
        means.append(mean(y[asked[:k]]))
    return np.array(means)


def _everybody(candidates, distance, y, k):
    """Average all candidates that are not farther than the kth, as a mistake does."""
    means = []
    for i, row in enumerate(distance):
        near = [j for j in range(len(y)) if candidates(i, j)]
        reach = np.sort(row[near])[k - 1]
        means.append(np.mean([y[j] for j in near if row[j] <= reach]))
    return np.array(means)


def _each_distance_once(candidates, distance, y, k):
    """Average the first samples at the k smallest different distances."""
    means = []
    for i, row in enumerate(distance):
        near = [j for j in range(len(y)) if candidates(i, j)]
        _, first = np.unique(row[near], return_index=True)
        means.append(np.mean(y[near][first[:k]]))
    return np.array(means)


def _xyz(phi, lam):
    """Return the coordinates of angles as a student in a hurry computes them."""
    return np.stack(
        [np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)], 1
    )


@read("sec-great-circle")
def test_1_seven_places_by_hand(student):
    """Two points of the equator, the poles and three places in between."""
    latitude = np.array([0, 0, 90, -90, 30, 60, -30])
    longitude = np.array([0, 90, 0, 0, 0, 90, -90])
    a, b = np.sqrt(3) / 2, 0.5
    right = np.array(
        [
            [1, 0, 0],
            [0, 1, 0],
            [0, 0, 1],
            [0, 0, -1],
            [a, 0, b],
            [0, b, a],
            [0, -a, -b],
        ]
    )
    phi, lam = latitude, longitude
    p, q = np.radians(np.stack([phi, lam]))
    mistakes = {
        "are the angles still in degrees?": _xyz(phi, lam),
        "is the latitude still in degrees?": _xyz(phi, q),
        "is the longitude still in degrees?": _xyz(p, lam),
        "do you turn radians into degrees?": _xyz(*np.degrees([phi, lam])),
        "is it the Earth, where the sphere has the radius 1?": 6371 * right,
        "does longitude grow to the west?": right * [1, -1, 1],
        "does z come first?": right[:, [2, 0, 1]],
        "is z the cosine of the latitude?": np.column_stack([right[:, :2], np.cos(p)]),
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
        "is z positive in the south, too?": np.c_[right[:, :2], abs(right[:, 2])],
        "are the coordinates cut to whole numbers?": np.trunc(right),
        "do the circles of latitude not shrink towards the poles?": np.stack(
            [np.cos(q), np.sin(q), np.sin(p)], 1
        ),
    }
    for of, degrees in inputs.both_kinds(latitude):
        found = _vectors(student, degrees, longitude.astype(degrees.dtype))
        expect_close(
            found,
            right,
            f"The table of seven rows, from {of},",
            atol=_SINGLE,
            mistakes=mistakes,
        )


@read("sec-great-circle")
def test_2_every_point_lies_on_the_sphere(student):
    """All places, wherever they are, have the distance 1 from the centre."""
    found = _vectors(student, *_places(2))
    expect_close(
        np.sqrt(np.sum(found**2, axis=1)),
        np.ones(13),
        "The length of the vectors",
        mistakes={"is it the Earth, where the sphere has the radius 1?": [6371] * 13},
    )


@read("sec-great-circle")
def test_3_the_antimeridian_is_no_wall(student):
    """179.9 E and 179.9 W are as near as 0.1 E and 0.1 W, and so on round the globe."""
    longitude = np.array([179.9, -179.9, 0.1, -0.1])
    found = _vectors(student, np.zeros(4), longitude)
    found = found / np.linalg.norm(found[0])  # whatever the radius: test 2 asks for it
    gap = 2 * np.sin(np.radians(0.1))
    expect_close(
        np.linalg.norm(found[::2] - found[1::2], axis=1),
        [gap, gap],
        "[the gap across the antimeridian, the gap across Greenwich]",
        rtol=_SINGLE_GAP,
        mistakes={
            "are the angles in radians before you take the sine?": [
                2 * abs(np.sin(179.9)),
                2 * np.sin(0.1),
            ],
            "are longitudes reduced by 180 degrees instead of 360?": [2, 2],
        },
    )
    latitude, longitude = _places(3)
    found = _vectors(student, latitude, longitude)
    found = found / np.linalg.norm(found[0])
    phi, lam = np.radians(latitude), np.radians(longitude)
    haversine = (
        np.sin((phi[:, None] - phi) / 2) ** 2
        + np.outer(np.cos(phi), np.cos(phi)) * np.sin((lam[:, None] - lam) / 2) ** 2
    )
    expect_close(
        np.linalg.norm(found[:, None] - found, axis=2),
        2 * np.sqrt(haversine),
        "The distance from place to place",
        atol=10 * _SINGLE,
    )


@read("sec-heart")
def test_4_three_samples_by_hand(student):
    """At 0, 1 and 3 km with depths of 10, 20 and 61 km: one neighbour, and two."""
    x, depth = np.array([0.0, 1.0, 3.0]), np.array([10, 20, 61])
    one, both = [20, 10, 20], [40.5, 35.5, 15]
    for of, y in inputs.both_kinds(depth):
        distance = np.abs(x[:, None] - x)
        expect_close(
            student.leave_one_out(distance, y, 1),
            one,
            f"The array of predictions for k = 1, from y as {of},",
            mistakes={
                "does every sample answer for itself?": [10, 20, 61],
                "is it the farthest sample instead of the nearest?": [61, 61, 10],
                "are these the distances instead of the depths?": [1, 1, 2],
                "is the sample's own depth subtracted?": [10, -10, -41],
                "are these the numbers of the neighbours instead of their depths?": (
                    [1, 0, 1]
                ),
                "do you count among the others, but read y of all?": [10, 10, 20],
                "are more neighbours asked than one?": both,
            },
        )
        expect_close(
            student.leave_one_out(distance, y, 2),
            both,
            f"The array of predictions for k = 2, from y as {of},",
            mistakes={
                "is the sample itself among the two, in place of the farthest?": (
                    [15, 15, 40.5]
                ),
                "is the sample itself as near as the farthest of the others?": (
                    [15, 35.5, 15]
                ),
                "is it the second neighbour alone?": [61, 61, 10],
                "are the means cut to whole numbers?": [40, 35, 15],
                "is one neighbour asked instead of two?": one,
            },
        )
    for unit, km in _UNITS.items():  # no number is large in every unit
        expect_close(
            student.leave_one_out(km * np.abs(x[:, None] - x), depth, 1),
            one,
            f"The array of predictions, with distances in {unit},",
            mistakes={_EXCEEDED: [10, 20, 61]},
        )


# Those who pass in kilometres and fail here have a number that is not large enough.
_UNITS = {"mm": 1e6, "nm": 1e12}
_EXCEEDED = "is a number put for the distance of who is left out, which others exceed?"


@read("sec-heart")
def test_5_the_mean_of_k_others(student):
    """For generated samples it is the mean of the k nearest others: 4, or all."""
    for distance, y, k in (
        (*_samples(5), 4),
        (*_samples(5), 16),
        (*_whole_samples(5), 4),
    ):
        n = len(y)

        def nearest(k, mean=np.mean, distance=distance, y=y):
            return _mean_of(lambda i, j: i != j, distance, y, k, mean)

        def by_closeness(distance=distance, y=y, k=k):
            near = np.argsort(distance + np.diag(np.full(len(y), 1e9)))[:, :k]
            closeness = 1 / np.take_along_axis(distance, near, axis=1)
            return (closeness * y[near]).sum(axis=1) / closeness.sum(axis=1)

        right = nearest(k)
        mistakes = {
            "does every sample answer for itself?": _mean_of(
                lambda i, j: True, distance, y, k
            ),
            "are only k - 1 neighbours asked?": nearest(k - 1),
            "is it the sum of the neighbours instead of their mean?": k * right,
            "are the means cut to whole numbers?": np.trunc(right),
            "have you divided by n instead of k?": k * right / n,
            "have you divided by k - 1 instead of k?": k * right / (k - 1),
            "is it the kth neighbour alone?": k * right - (k - 1) * nearest(k - 1),
            "is it the median instead of the mean?": nearest(k, np.median),
            "do nearer ones count for more?": by_closeness,
            "is the sample's own depth subtracted?": right - y,
        }
        if k < n - 1:
            mistakes["are k + 1 neighbours asked?"] = nearest(k + 1)
            mistakes["is it the mean of all others, whatever k is?"] = nearest(n)
        expect_close(
            student.leave_one_out(distance, y, k),
            right,
            f"The predictions for k = {k} of {n} samples",
            mistakes=mistakes,
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
    expect_shape(found, (17,), "leave_one_out of 17 samples")
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


@read("sec-aftershocks")
def test_7_a_sequence_by_hand(student):
    """Samples at 0, 1 and 3 km, the first two of one sequence: 61, 61 and 20."""
    x, depth = np.array([0.0, 1.0, 3.0]), np.array([10, 20, 61])
    sequence = np.array([0, 0, -4])
    for of, y in inputs.both_kinds(depth):
        expect_close(
            student.leave_sequence_out(np.abs(x[:, None] - x), y, sequence, 1),
            [61, 61, 20],
            f"The array of predictions, from y as {of},",
            mistakes={
                "is only the sample itself left out, and not its sequence?": (
                    [20, 10, 20]
                ),
                "does every sample answer for itself?": [10, 20, 61],
                "do you count among the others, but read y of all?": [10, 10, 20],
                "is its own sequence as near as the farthest of the others?": (
                    [10, 61, 20]
                ),
            },
        )
    for unit, km in _UNITS.items():
        expect_close(
            student.leave_sequence_out(km * np.abs(x[:, None] - x), depth, sequence, 1),
            [61, 61, 20],
            f"The array of predictions, with distances in {unit},",
            hint=_EXCEEDED,
        )


@read("sec-aftershocks")
def test_8_others_answer(student):
    """For generated sequences it is the mean of the k nearest of other sequences."""
    odd = inputs.groups(inputs.draw(8), [3, 7, 1, 6])
    names = np.unique(odd)
    odd[odd == names[1]] = 0  # any number may stand for a sequence
    odd[odd == names[2]] = -1
    whole = inputs.groups(inputs.draw(9), [4, 2, 5])
    for distance, y, sequence, k in (
        (*_samples(8), odd, 3),
        (*_samples(8), odd, 10),
        (*_whole_samples(8), whole, 4),
    ):
        other = sequence[:, None] != sequence
        case = distance, y, k
        right = _mean_of(lambda i, j, other=other: other[i, j], *case)
        expect_close(
            student.leave_sequence_out(distance, y, sequence, k),
            right,
            f"The predictions for k = {k}",
            mistakes=_mistaken(*case, sequence, other, right),
            where={
                f"in sequence {name}": sequence == name for name in np.unique(sequence)
            },
        )


def _mistaken(distance, y, k, sequence, other, right):
    """Name mistakes of leave_sequence_out, each with the predictions it gives."""

    def late(more):
        """Refuse the own sequence only after the nearest were taken."""
        asked = np.argsort(distance, axis=1, kind="stable")[:, : k + more]
        keep = np.take_along_axis(other, asked, axis=1)
        return (y[asked] * keep).sum(axis=1) / np.maximum(1, keep.sum(axis=1))

    def once():
        """Let each other sequence answer with its nearest sample alone."""
        groups = [np.flatnonzero(sequence == name) for name in np.unique(sequence)]
        nearest = np.array([g[np.argmin(distance[:, g], axis=1)] for g in groups]).T
        return np.array(
            [np.mean(y[row[other[i, row]]][:k]) for i, row in enumerate(nearest)]
        )

    def nearest(candidates, k=k, mean=np.mean):
        return _mean_of(candidates, distance, y, k, mean)

    return {
        "is only the sample itself left out, and not its sequence?": nearest(
            lambda i, j: i != j
        ),
        "does every sample answer for itself?": nearest(lambda i, j: True),
        "are sequences with larger numbers left out as well?": lambda: nearest(
            lambda i, j: sequence[i] > sequence[j] or sequence[i] == sequence.min()
        ),
        "is it the sum of the neighbours instead of their mean?": k * right,
        "are the means cut to whole numbers?": np.trunc(right),
        "is it the median instead of the mean?": nearest(
            lambda i, j: other[i, j], mean=np.median
        ),
        "is it the mean of all others, whatever k is?": nearest(
            lambda i, j: other[i, j], len(y)
        ),
        "are k + 1 neighbours asked?": nearest(lambda i, j: other[i, j], k + 1),
        "is the own sequence refused only after the k nearest were taken?": late(0),
        "is the own sequence refused only after the k + 1 nearest were taken?": late(1),
        "does every other sequence answer once?": once,
        "do you count among the others, but read y of all?": [
            y[np.argsort(row[far], kind="stable")[:k]].mean()
            for row, far in zip(distance, other, strict=True)
        ],
    }


@read("sec-average")
def test_9_no_more_than_k_answer(student):
    """Of samples at one place, equally near, only so many answer that it is k."""
    distance, y, place = _swarms(9)
    for name, candidates, sequence in (
        ("leave_one_out", lambda i, j: i != j, ()),
        ("leave_sequence_out", lambda i, j: place[i] != place[j], (place,)),
    ):
        case = candidates, distance, y, 3
        expect_close(
            getattr(student, name)(distance, y, *sequence, 3),
            _mean_of(*case),
            f"{name} for k = 3 where several samples share a place",
            mistakes={
                "do all answer that are as near as the kth, more than k?": (
                    _everybody(*case)
                ),
                "does one sample answer for all that are equally near?": (
                    lambda case=case: _each_distance_once(*case)
                ),
            },
        )
