"""Claims about one turn of k-means, silhouettes, and the dip beneath errors."""

import numpy as np

from mlearth.checks import expect, expect_close, expect_shape, inputs, read


def _cloud(seed, n=17, m=2, k=3):
    """Draw samples, weights that are not whole, and centres among the samples."""
    rng = inputs.draw(seed)
    X = inputs.design(rng, n, m)
    return X, inputs.numbers(rng, n, 0.2, 5), X[rng.permutation(n)[:k]] + 0.01


def _turn(X, weight, centres, nearest=None, mean=None):
    """Take one turn by a loop, with the mistakes that are asked for."""
    X, centres = np.asarray(X, dtype=float), np.asarray(centres, dtype=float)
    gap = np.sum((X[:, None] - centres) ** 2, axis=2)
    own = (nearest or (lambda g: g.argmin(axis=1)))(gap)
    mean = mean or (lambda x, w: w @ x / w.sum())
    return np.array(
        [
            mean(X[own == k], weight[own == k]) if (own == k).any() else centre
            for k, centre in enumerate(centres)
        ]
    )


def _step(student, X, weight, centres):
    """Call lloyd_step and insist on a row for each centre."""
    found = student.lloyd_step(X, weight, centres)
    k, m = np.shape(centres)
    expect_shape(
        found,
        (k, m),
        f"lloyd_step for {k} centres in {m} dimensions",
        mistakes={
            "are these the numbers of the nearest centres?": (len(X),),
            "do the centres lie along the columns?": (m, k),
        },
    )
    return np.asarray(found)


def _mistaken_turns(X, weight, centres):
    """Return what known mistakes give, by their words."""
    plain = np.ones(len(X))
    right = _turn(X, weight, centres)
    return {
        "does every sample count once?": _turn(X, plain, centres),
        "is each sample assigned to the farthest centre?": (
            _turn(X, weight, centres, lambda g: g.argmax(axis=1))
        ),
        "is it the sum instead of the mean?": (
            _turn(X, weight, centres, mean=lambda x, w: w @ x)
        ),
        "is the weighted sum divided by the number of samples?": (
            _turn(X, weight, centres, mean=lambda x, w: w @ x / len(w))
        ),
        "is the weighted sum divided by the weights of all samples?": (
            _turn(X, weight, centres, mean=lambda x, w: w @ x / weight.sum())
        ),
        "is it the median instead of the mean?": (
            _turn(X, weight, centres, mean=lambda x, w: np.median(x, axis=0))
        ),
        "do the weights enter as their squares?": _turn(X, weight**2, centres),
        "have the centres not moved?": np.asarray(centres, dtype=float),
        "is this how far the centres move, not where they go?": right - centres,
    }


@read("sec-k-means")
def test_1_four_samples_by_hand(student):
    """Samples at 0, 1, 4 and 9, that count 1, 1, 3 and 4 times, and centres 1 and 8."""
    X, weight = np.array([[0], [1], [4], [9]]), np.array([1, 1, 3, 4])
    centres = np.array([[1], [8]])
    for of, whole in inputs.both_kinds(X):
        kind = whole.dtype
        expect_close(
            _step(student, whole, weight.astype(kind), centres.astype(kind)),
            [[13 / 5], [9.0]],
            f"The centres, from {of},",
            mistakes={
                "are the centres cut to whole numbers?": [[2], [9]],
                **_mistaken_turns(X, weight, centres),
            },
        )


@read("sec-k-means")
def test_2_every_centre_goes_to_its_weighted_mean(student):
    """For generated samples in two and in three dimensions."""
    for seed, n, m, k, far in (
        (2, 17, 2, 3, 0),
        (12, 43, 3, 7, 0),
        (22, 37, 2, 5, 3e4),
    ):
        X, weight, centres = _cloud(seed, n, m, k)
        X, centres = X + far, centres + far
        expect_close(
            _step(student, X, weight, centres),
            _turn(X, weight, centres),
            f"The centres of {n} samples in {m} dimensions"
            + " far from zero" * (far > 0),
            mistakes={
                "is the distance taken in the first feature alone?": _turn(
                    X,
                    weight,
                    centres,
                    lambda g, X=X, c=centres: np.abs(X[:, :1] - c[:, 0]).argmin(axis=1),
                ),
                "are differences summed with their signs?": _turn(
                    X,
                    weight,
                    centres,
                    lambda g, X=X, c=centres: (
                        (X[:, None] - c).sum(axis=2) ** 2
                    ).argmin(axis=1),
                ),
                **_mistaken_turns(X, weight, centres),
            },
        )


@read("sec-k-means")
def test_3_ties_and_empty_centres(student):
    """A sample half-way belongs to the first centre; a centre without samples stays."""
    X = np.array([[4.0, 0], [-4, 0], [0, 3], [4, 2], [-5, 1]])
    weight = np.array([1.0, 2.0, 4.0, 3.0, 2.0])
    centres = np.array([[4.0, 0], [-4, 0], [90, 70]])
    right = _turn(X, weight, centres)
    last = _turn(X, weight, centres, lambda g: 2 - g[:, ::-1].argmin(axis=1))
    zero, far, mean = right.copy(), right.copy(), right.copy()
    zero[2], far[2], mean[2] = 0, X[2], weight @ X / weight.sum()
    expect_close(
        _step(student, X, weight, centres),
        right,
        "The array of the three centres, the last of them without samples,",
        mistakes={
            "does a sample half-way go to the last of the nearest centres?": last,
            "does a sample half-way go to both centres?": np.array(
                [
                    weight[[0, 2, 3]] @ X[[0, 2, 3]] / 8,
                    weight[[1, 2, 4]] @ X[[1, 2, 4]] / 8,
                    centres[2],
                ]
            ),
            "does a centre without samples go to zero?": zero,
            "does a centre without samples go to the worst served sample?": far,
            "does a centre without samples go to the mean of all?": mean,
        },
    )


@read("sec-k-means")
def test_4_no_turn_raises_the_loss(student):
    """The weighted sum of squared distances falls, turn after turn, until it rests."""
    X, weight, centres = _cloud(4, n=37, k=4)

    def loss(c):
        return weight @ np.sum((X[:, None] - c) ** 2, axis=2).min(axis=1)

    before = loss(centres)
    for turn in range(1, 13):
        centres = _step(student, X, weight, centres)
        after = loss(centres)
        expect(
            after <= before * (1 + 1e-9),  # rounding
            f"In turn {turn} the loss rises from {before:.4g} to {after:.4g}",
            "is each centre moved to the mean of what is nearest to it?",
        )
        before = after
    expect_close(
        _step(student, X, weight, centres),
        centres,
        "One turn more, after the centres rest,",
        mistakes={
            "is this how far the centres move, not where they go?": 0 * centres,
        },
    )


def _distances(seed, sizes):
    """Draw samples in a plane in unequal groups that overlap: distances, labels."""
    rng = inputs.draw(seed)
    labels = inputs.groups(rng, sizes)
    points = rng.normal(size=(len(labels), 2)) + 0.3 * labels[:, None] * [1, -0.4]
    return np.hypot(*(points[:, None] - points).T), labels


def _by_loop(distance, labels, own_mean=None, other=min, put=None, least=None):
    """Compute silhouettes by a loop, with the mistakes that are asked for."""
    found = []
    for i, label in enumerate(labels):
        own = [j for j in range(len(labels)) if labels[j] == label and j != i]
        names = [name for name in np.unique(labels) if name != label]
        names = [name for name in names if least is None or name >= least]
        v = other([distance[i, labels == name].mean() for name in names])
        if not own:
            found.append(0.0)
            continue
        u = own_mean(distance[i], own) if own_mean else distance[i, own].mean()
        found.append(put(u, v) if put else (v - u) / max(u, v))
    return np.array(found)


def _nearest(distance, labels):
    """Take the nearest sample of another cluster for the nearest cluster."""
    apart = np.where(labels[:, None] == labels, np.inf, distance).min(axis=1)
    own = [
        distance[i, labels == label].sum() / (np.sum(labels == label) - 1)
        for i, label in enumerate(labels)
    ]
    return (apart - own) / np.maximum(own, apart)


def _mistaken(distance, labels):
    """Return what known mistakes give, by their words."""
    return {
        "is the sample itself among the others of its cluster?": _by_loop(
            distance, labels, lambda d, own: d[own].sum() / (len(own) + 1)
        ),
        "is it the farthest of the other clusters?": _by_loop(
            distance, labels, other=max
        ),
        "is it the mean over all other clusters?": _by_loop(
            distance, labels, other=np.mean
        ),
        "are u and v in the wrong order?": -_by_loop(distance, labels),
        "is it the difference, not divided?": _by_loop(
            distance, labels, put=lambda u, v: v - u
        ),
        "is it divided by v, where u is larger, too?": _by_loop(
            distance, labels, put=lambda u, v: (v - u) / v
        ),
        "is it divided by u, where v is larger, too?": _by_loop(
            distance, labels, put=lambda u, v: (v - u) / u
        ),
        "is it divided by u + v?": _by_loop(
            distance, labels, put=lambda u, v: (v - u) / (u + v)
        ),
        "is it divided by the smaller of the two?": _by_loop(
            distance, labels, put=lambda u, v: (v - u) / min(u, v)
        ),
        "is it the mean over all samples?": np.mean(_by_loop(distance, labels)),
    }


@read("sec-how-many")
def test_5_six_samples_by_hand(student):
    """Samples at 0, 3, 4, 10, 20 and 26 km, two and two in clusters 7, 2 and 5."""
    x, labels = np.array([0.0, 3, 4, 10, 20, 26]), np.array([7, 7, 2, 2, 5, 5])
    distance = np.abs(x[:, None] - x)
    found = student.silhouettes(distance, labels)
    expect_shape(
        found,
        (6,),
        "silhouettes of 6 samples",
        mistakes={"is it the mean over all samples?": ()},
    )
    expect_close(
        found,
        [4 / 7, 1 / 4, -3.5 / 6, 2.5 / 8.5, 7 / 13, 13 / 19],
        "The array of the six silhouettes",
        mistakes=_mistaken(distance, labels),
    )


@read("sec-how-many")
def test_6_the_nearest_other_cluster_counts(student):
    """For generated samples in three and in four unequal clusters."""
    for seed, sizes in ((6, [5, 2, 6]), (16, [3, 7, 2, 5]), (26, [4, 5, 3, 5])):
        distance, labels = _distances(seed, sizes)
        if seed == 26:  # a name is any whole number
            labels = labels - labels.min() - 1
        expect_close(
            student.silhouettes(distance, labels),
            _by_loop(distance, labels),
            f"The silhouettes of {len(labels)} samples in {len(sizes)} clusters",
            mistakes={
                **_mistaken(distance, labels),
                "is it the nearest sample of another cluster, not a mean?": _nearest(
                    distance, labels
                ),
                "is a cluster with a negative name left out?": _by_loop(
                    distance, labels, least=0
                ),
            },
        )


@read("sec-how-many")
def test_7_alone_is_zero(student):
    """A sample that is alone in its cluster has the silhouette 0, others their own."""
    distance, labels = _distances(7, [1, 4, 1, 5])
    right = _by_loop(distance, labels)
    alone = np.array([np.sum(labels == label) == 1 for label in labels])
    expect_close(
        student.silhouettes(distance, labels),
        right,
        "The silhouettes of 11 samples, two of them alone,",
        mistakes={
            "is a sample that is alone given 1?": np.where(alone, 1, right),
            "is a sample that is alone given -1?": np.where(alone, -1, right),
            "are samples that are alone left out?": right[~alone],
            "is it a division by zero where a sample is alone?": np.where(
                alone, np.nan, right
            ),
            **_mistaken(distance, labels),
        },
    )


def _fault(seed, dip, n=29):
    """Draw hypocentres on a fault of this dip, and an error covariance of each."""
    rng = inputs.draw(seed)
    along, down, off = rng.uniform([-3, -2, -0.05], [3, 2, 0.05], (n, 3)).T
    strike, d = rng.uniform(0, np.pi), np.radians(dip)
    east = along * np.sin(strike) + (down * np.cos(d) - off * np.sin(d)) * np.cos(
        strike
    )
    north = along * np.cos(strike) - (down * np.cos(d) - off * np.sin(d)) * np.sin(
        strike
    )
    depth = 9 + down * np.sin(d) + off * np.cos(d)
    points = np.column_stack([east, north, depth])
    axes = rng.uniform([0.05, 0.05, 0.2], [0.2, 0.2, 0.7], (n, 3))
    tilt = rng.normal(0, 0.03, (n, 3, 3))
    roots = tilt + axes[:, :, None] * np.eye(3)
    covariances = roots @ roots.transpose(0, 2, 1)
    seen = points + np.einsum("nij,nj->ni", roots, rng.normal(size=(n, 3)))
    return seen, covariances


def _dip(matrix, axis=0, part=2):
    """Return the angle [degree] between the vertical and an axis of a matrix."""
    return np.degrees(np.arccos(min(1, abs(np.linalg.eigh(matrix)[1][part, axis]))))


def _mistaken_dips(points, covariances):
    """Return what known mistakes give, by their words."""
    seen, errors = np.cov(points.T), np.mean(covariances, axis=0)
    right = _dip(seen - errors)
    n = len(points)
    return {
        "are the errors not subtracted?": _dip(seen),
        "are the errors added?": _dip(seen + errors),
        "are the covariances of the errors summed, not averaged?": (
            _dip(seen - n * errors)
        ),
        "are the errors of the first hypocentre taken for all?": (
            _dip(seen - covariances[0])
        ),
        "is the spread nearest to zero taken for the least?": _dip(
            seen - errors, np.abs(np.linalg.eigvalsh(seen - errors)).argmin()
        ),
        "is it the direction of the largest spread?": _dip(seen - errors, 2),
        "is it the direction of the second spread?": _dip(seen - errors, 1),
        "is it the angle from the vertical?": 90 - right,
        "is the angle in radians?": np.radians(right),
        "is it the cosine of the dip?": np.cos(np.radians(right)),
        "is the angle measured from the east?": _dip(seen - errors, part=0),
        "is the angle measured from the north?": _dip(seen - errors, part=1),
        "does the covariance divide by n instead of n - 1?": (
            _dip((n - 1) / n * seen - errors)
        ),
        "is only the diagonal of the errors subtracted?": (
            _dip(seen - np.diag(np.diag(errors)))
        ),
        "are points about zero taken, where their mean is meant?": (
            _dip(points.T @ points / (n - 1) - errors)
        ),
    }


@read("sec-fault-planes")
def test_8_a_plane_by_hand(student):
    """Five hypocentres on a plane that dips by 45 degrees to the east, no errors."""
    points = np.array([[0, 0, 5], [1, 4, 6], [2, -3, 7], [-2, 2, 3], [3, 1, 8]])
    for of, whole in inputs.both_kinds(points):
        expect_close(
            student.dip_without_errors(whole, np.zeros((5, 3, 3), whole.dtype)),
            45.0,
            f"The dip, from {of},",
            unit="degrees",
            atol=1e-5,  # a square root of rounding near an eigenvalue of zero
            mistakes={
                "is the angle in radians?": np.pi / 4,
                "is it the cosine of the dip?": np.sqrt(0.5),
                "is the dip negative?": -45.0,
                "is it measured from the other end of the normal?": 135.0,
                "is the angle measured from the north?": 90.0,
            },
        )


@read("sec-fault-planes")
def test_9_the_errors_are_subtracted(student):
    """For generated faults, each hypocentre with errors of its own."""
    for seed, dip, size in ((9, 30, 1), (19, 62, 1), (29, 12, 1), (48, 48, 7)):
        points, covariances = _fault(seed, dip)
        covariances = size * covariances  # errors that are overrated, in the last
        seen, errors = np.cov(points.T), np.mean(covariances, axis=0)
        expect_close(
            student.dip_without_errors(points, covariances),
            _dip(seen - errors),
            "The dip of 29 hypocentres",
            unit="degrees",
            mistakes=_mistaken_dips(points, covariances),
        )


@read("sec-fault-planes")
def test_10_a_wall_and_a_floor(student):
    """A vertical fault dips by 90 degrees and a flat one by 0, seen exactly."""
    rng = inputs.draw(10)
    east, north, depth = inputs.design(rng, 13, 3).T
    flat = np.column_stack([east, north, np.full(13, 7.5)])
    wall = np.column_stack([2 * north, north, depth])
    found = [
        student.dip_without_errors(points, np.zeros((13, 3, 3)))
        for points in (wall, flat)
    ]
    expect_close(
        found,
        [90.0, 0.0],
        "[the dip of the wall, the dip of the floor]",
        unit="degrees",
        atol=1e-5,  # an inverse cosine near 1 turns 1e-16 into 1e-8 rad
        mistakes={"is it the angle from the vertical?": [0.0, 90.0]},
    )
