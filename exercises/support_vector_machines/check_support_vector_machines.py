"""Claims about kernel distances, the duality gap, costs and a subgradient."""

import numpy as np

from mlearth.checks import expect, expect_close, expect_shape, inputs, read


def _samples(seed, n=11):
    """Draw samples, labels of both classes and multipliers with sum(a * y) = 0.

    One sample of each class has the multiplier 0.
    """
    rng = inputs.draw(seed)
    x = rng.normal(size=(n, 2))
    y = inputs.classes(rng, n, 0.4, (-1.0, 1.0))
    a = rng.uniform(0.2, 1, n)
    a[[np.argmax(y), np.argmin(y)]] = 0
    a[y < 0] *= a[y > 0].sum() / a[y < 0].sum()
    return x, y, a


def _whole_samples():
    """Return whole numbers: a linear kernel, labels and multipliers."""
    x = np.array([[3, 0], [-1, 2], [0, 1], [4, -2], [-2, -2], [1, 1], [2, -3]])
    return x @ x.T, np.array([1, -1, -1, 1, -1, 1, -1]), np.array([1, 2, 0, 0, 1, 2, 0])


def _radial(x, length=1.0):
    """Return the radial kernel matrix of the samples, by broadcasting."""
    squared = ((x[:, None] - x[None]) ** 2).sum(axis=2)
    return np.exp(-squared / (2 * length**2))


@read("sec-kernels")
def test_1_from_each_sample_to_each(student):
    """Seven samples have 7 x 7 distances, and none is away from itself."""
    x, _, _ = _samples(seed=1, n=7)
    distances = student.kernel_distances(9 * _radial(x))  # K is 9 on its diagonal
    expect_shape(distances, (7, 7), "kernel_distances of 7 samples")
    expect_close(
        np.diag(np.asarray(distances)),
        np.zeros(7),
        "The distance of each sample from itself",
        atol=1e-6,  # the root of a rounding of 1e-16 is 1e-8
        mistakes={
            "is it the kernel matrix itself?": np.full(7, 9.0),
            "is the scalar product added instead of subtracted?": np.full(7, 6.0),
            "is the factor 2 missing before the scalar product?": np.full(7, 3.0),
        },
    )


@read("sec-kernels")
def test_2_three_four_five(student):
    """With the linear kernel, (0, 0) and (3, 4) are 5 apart; (1, 1) is nearer."""
    x = np.array([[0, 0], [3, 4], [1, 1]])
    p, q = np.sqrt([2, 13])
    right = np.array([[0, 5, p], [5, 0, q], [p, q, 0]])
    for of, K in inputs.both_kinds(x @ x.T):
        expect_close(
            student.kernel_distances(K),
            right,
            f"The distances, from {of},",
            atol=1e-6,
            mistakes={
                "is it the square of the distance, with its root missing?": right**2,
                "is the kernel of a sample with itself taken for 1?": (
                    np.sqrt(np.maximum(0, 2 - 2 * K))
                ),
                "are the distances cut to whole numbers?": np.trunc(right),
            },
        )


@read("sec-kernels")
def test_3_the_linear_kernel_gives_the_plain_distances(student):
    """With the linear kernel the distances are those on the map."""
    x, _, _ = _samples(seed=3)
    K = x @ x.T
    norm = np.diag(K)
    plain = np.linalg.norm(x[:, None] - x[None], axis=2)

    def off(root):
        return np.sqrt(np.maximum(root, 0))

    both = norm[:, None] + norm
    expect_close(
        student.kernel_distances(K),
        plain,
        "The distances",
        atol=1e-6,  # the root of a rounding of 1e-15
        mistakes={
            "is the factor 2 missing before the scalar product?": off(both - K),
            "is the scalar product added instead of subtracted?": off(both + 2 * K),
            "is it the square of the distance, with its root missing?": plain**2,
            "is the norm of one of the two samples used for both?": off(
                2 * norm[:, None] - 2 * K
            ),
            "is the kernel itself kept from being negative, not the square?": off(
                both - 2 * np.maximum(K, 0)
            ),
        },
    )


@read("sec-c-and-gamma")
def test_4_far_is_far(student):
    """A radial kernel puts all samples that are far apart at the distance sqrt(2)."""
    x = 100.0 * np.arange(5)[:, None]
    distances = np.asarray(student.kernel_distances(_radial(x)))
    expect_close(
        distances[~np.eye(5, dtype=bool)],
        np.full(20, np.sqrt(2)),
        "The distance of two samples a hundred lengths apart",
        mistakes={
            "is it the square of the distance, with its root missing?": np.full(
                20, 2.0
            ),
        },
    )


@read("sec-kernels")
def test_5_rounding_is_no_distance(student):
    """Where rounding makes a square slightly negative, the distance is 0, not NaN."""
    K = np.ones((2, 2))
    K[0, 1] = K[1, 0] = 1 + 1e-15
    with np.errstate(invalid="ignore"):
        distances = np.asarray(student.kernel_distances(K), dtype=float)
    expect(
        np.isfinite(distances),
        "A square of -2e-15 gives NaN",
        "should what is below zero become zero before the root is taken?",
    )
    expect_close(
        distances,
        np.zeros((2, 2)),
        "The distances of two samples with a square of -2e-15",
        atol=1e-12,
        mistakes={
            "is a negative square taken without its sign, instead of for 0?": (
                np.sqrt(2 * (K - 1))
            ),
        },
    )
    near = 1e-6 * np.array([[0.0, 3.0], [3.0, 0.0]])
    expect_close(
        student.kernel_distances(np.outer([-1e-6, 2e-6], [-1e-6, 2e-6])),
        near,
        "The distances of two samples that are 3e-6 apart",
        atol=1e-13,
        mistakes={
            "is a small distance taken for 0, too?": 0 * near,
            "is it the square of the distance, with its root missing?": near**2,
        },
    )


@read("sec-dual")
def test_6_nothing_known_yet(student):
    """With all multipliers and the bias 0, each sample has slack 1: the gap is n C."""
    x, y, _ = _samples(seed=6)
    for C in (3.0, 3e-5):
        expect_close(
            student.duality_gap(_radial(x), y, np.zeros(11), 0.0, C),
            11 * C,
            f"The gap of 11 samples with C = {C:g}",
            atol=0,
            mistakes={
                "is it the dual minus the primal?": -11 * C,
                "is the cost C missing?": 11.0,
                "is it the mean of the hinge losses instead of their sum?": C,
                "is the gap 0, though no sample has the slack 0?": 0.0,
            },
        )


@read("sec-dual")
def test_7_a_gap_by_hand(student):
    """Samples -1 and +3, a = 1/8 each, b = 3/4, C = 3: 31/8 - 1/8 = 15/4."""
    # w = 1/2, |w|^2 / 2 = 1/8; z = 1/4 and 9/4, so the slacks are 5/4 and 0
    K, y = np.array([[1.0, -3.0], [-3.0, 9.0]]), np.array([-1.0, 1.0])
    expect_close(
        student.duality_gap(K, y, np.array([0.125, 0.125]), 0.75, 3.0),
        3.75,
        "The gap",
        mistakes={
            "is the bias left out of the decision function?": 0.125 + 1.5 - 0.125,
            "is it the primal alone?": 3.875,
            "is the hinge loss kept below 1?": 3.0,
            "are the labels left out of the decision function?": 0.125 + 4.5 - 0.125,
            "is the quadratic term of the dual added, not subtracted?": (
                0.125 + 3.75 - 0.375
            ),
            "is it the dual minus the primal?": -3.75,
            "is the square of w halved nowhere?": 0.25 + 3.75 - 0,
            "are the labels left out of the square of w?": 3.75 - 0.1875,
        },
    )


@read("sec-dual")
def test_8_any_answer_has_its_gap(student):
    """For any multipliers the gap is what the two objectives say, never negative."""
    whole = _whole_samples()
    for K, y, a, b, C in (
        *((_radial(x), y, a, b, 1.5) for (x, y, a), b in _GIVEN),
        (*whole, -0.3, 2.25),
        (*(part.astype(float) for part in whole), 0.4, 2.25),
    ):
        yz, bare = y * (K @ (a * y) + b), y * (K @ (a * y))
        square = (a * y) @ K @ (a * y)

        def gap(hinge, quadratic=square, cost=C, a=a):
            return quadratic + cost * hinge.sum() - a.sum()

        hinge = np.maximum(0, 1 - yz)
        expect_close(
            student.duality_gap(K, y, a, b, C),
            gap(hinge),
            "The gap",
            mistakes={
                "is the bias left out of the decision function?": gap(
                    np.maximum(0, 1 - bare)
                ),
                "does a sample outside the street earn something?": gap(1 - yz),
                "does your hinge begin at 0 instead of at 1?": gap(np.maximum(0, -yz)),
                "are the labels left out of the decision function?": gap(
                    np.maximum(0, 1 - y * (K @ a + b))
                ),
                "are the labels left out of the hinge?": gap(np.maximum(0, 1 - yz * y)),
                "are the labels left out of the square of w?": gap(hinge, a @ K @ a),
                "is the cost C missing?": gap(hinge, cost=1.0),
                "is it the mean of the hinge losses instead of their sum?": gap(
                    hinge, cost=C / len(y)
                ),
                "is the hinge loss squared?": gap(hinge**2),
                "is the hinge loss kept below 1?": gap(np.minimum(hinge, 1)),
                "is the hinge loss multiplied by a instead of C?": gap(hinge * a / C),
                "do samples lose nothing where a is 0?": gap(hinge * (a > 0)),
                "is the square of w halved nowhere?": gap(hinge, 2 * square),
                "is the quadratic term of the dual added, not subtracted?": gap(
                    hinge, 0 * square
                ),
                "is it the dual minus the primal?": -gap(hinge),
                "is it the primal alone?": gap(hinge, square / 2) + a.sum(),
                "is the net input cut to whole numbers?": gap(
                    np.maximum(0, 1 - y * np.trunc(y * yz))
                ),
                "are the hinge losses cut to whole numbers?": gap(np.trunc(hinge)),
            },
        )
    best = np.array([[1.0, -1.0], [-1.0, 1.0]]), np.array([1.0, -1.0])
    expect_close(
        student.duality_gap(*best, np.array([0.5, 0.5]), 0.0, 1.0),
        0.0,
        "The gap of the best answer, for samples at -1 and 1,",
    )


_GIVEN = [(_samples(8), 0.4), (_samples(9), -0.7)]


@read("sec-slack")
def test_9_three_and_one(student):
    """Three of one class, one of the other, C = 2: costs of 4/3 and of 4."""
    t = 4 / 3
    for of, y in inputs.both_kinds([1, 1, -1, 1]):
        costs = student.balanced_costs(y, 2.0)
        expect_shape(
            costs,
            (4,),
            "balanced_costs of 4 samples",
            mistakes={"is it one cost for each class, not for each sample?": (2,)},
        )
        expect_close(
            costs,
            [t, t, 4, t],
            f"The costs, from labels as {of},",
            mistakes={
                "is the common class the dear one?": [3, 3, 1, 3],
                "is the number of samples missing?": [1 / 3, 1 / 3, 1, 1 / 3],
                "are there two classes to share the cost?": [2 * t, 2 * t, 8, 2 * t],
                "is C multiplied by the share of the class, not divided?": (
                    [1.5, 1.5, 0.5, 1.5]
                ),
                "is C left out?": [2 / 3, 2 / 3, 2, 2 / 3],
                "do all samples have the same cost?": [2, 2, 2, 2],
                "do the two classes have each other's costs?": [4, 4, t, 4],
                "is C kept for the common class, so that all cost more together?": (
                    [2, 2, 6, 2]
                ),
                "is C times the share of the other class, so that all cost less?": (
                    [0.5, 0.5, 1.5, 0.5]
                ),
                "are the costs cut to whole numbers?": [1, 1, 4, 1],
                "are the costs listed class by class?": [4, t, t, t],
            },
        )


@read("sec-slack")
def test_10_half_and_half(student):
    """For any shares, the costs of a class add up to half of n C."""
    rng = inputs.draw(10)
    for n_rare in (3, 20, 52):
        y = inputs.classes(rng, 53, n_rare / 53, (-1.0, 1.0))
        for labels in (y, -y):
            costs = np.asarray(student.balanced_costs(labels, 0.7))
            expect_shape(costs, (53,), "balanced_costs of 53 samples")
            n_positive = np.sum(labels > 0)
            expect_close(
                [costs[labels > 0].sum(), costs[labels < 0].sum()],
                [18.55, 18.55],
                f"The sum of the costs of {n_positive} samples, and of the other "
                f"{53 - n_positive},",
            )
            expect(
                max(np.ptp(costs[labels > 0]), np.ptp(costs[labels < 0])) < 1e-6,
                "Of 53 samples, those of one class differ in their costs",
            )


def _parts(student, *args):
    """Return the two slopes that the student's subgradient has."""
    found = student.costly_subgradient(*args)
    expect(
        isinstance(found, tuple | list) and len(found) == 2,
        "costly_subgradient does not return two things",
        "is it the slope by the weights and the slope by the bias, `return dw, db`?",
    )
    return found


@read("sec-subgradient")
def test_11_a_slope_by_each_weight_and_by_the_bias(student):
    """Three features: three slopes by the weights, and one number for the bias."""
    rng = inputs.draw(11)
    x, y = rng.normal(size=(7, 3)), inputs.classes(rng, 7, 0.4, (-1.0, 1.0))
    dw, db = _parts(student, np.ones(3), 0.2, x, y, np.full(7, 0.5))
    expect_shape(dw, (3,), "The slope by the weights")
    expect_shape(db, (), "The slope by the bias")


@read("sec-subgradient")
def test_12_three_samples_by_hand(student):
    """Of yz = 2, 1/2 and 1 only the second is inside: a slope of 1 - 4/2 by w."""
    # w = 1, b = 0; the third sample is on the edge and pulls no more
    x, y = np.array([[2.0], [0.5], [-1.0]]), np.array([1.0, 1.0, -1.0])
    costs = np.array([3.0, 4.0, 5.0])
    dw, db = _parts(student, np.ones(1), 0.0, x, y, costs)
    expect_close(
        [np.asarray(dw)[0], db],
        [-1, -4],
        "The slopes by the weight and by the bias",
        mistakes={
            "does a sample just on the edge still pull?": [-6, 1],
            "does your hinge begin at 0 instead of at 1?": [1, 0],
            "are the costs left out?": [0.5, -1],
            "is it the mean of the pulls instead of their sum?": [1 / 3, -4 / 3],
            "does it go uphill, with the sign of the pull turned?": [3, 4],
            "is the slope of the penalty, w, missing?": [-2, -4],
            "do the samples outside the street pull, and those inside not?": [-10, 2],
            "do all samples pull, wherever they stand?": [-12, -2],
            "is half the slope taken at the kink?": [-3.5, -1.5],
            "are the costs left out of the slope by the bias?": [-1, -1],
            "are the costs left out of the slope by the weights?": [0.5, -4],
        },
    )
    x[1] = 0.9999  # so little inside that a tolerance would let it out
    dw, db = _parts(student, np.ones(1), 0.0, x, y, costs)
    expect_close(
        [np.asarray(dw)[0], db],
        [1 - 4 * 0.9999, -4],
        "The slopes by the weight and by the bias, with yz = 0.9999,",
        mistakes={"does a sample that is just inside pull no more?": [1, 0]},
    )


@read("sec-subgradient")
def test_13_nobody_pulls(student):
    """With all samples outside the street the slopes are w and 0, whatever b is."""
    x, y = np.array([[3.0, 1.0], [-5.0, -2.0]]), np.array([1.0, -1.0])
    w, b = np.array([2.0, -0.5]), 0.5
    dw, db = _parts(student, w, b, x, y, np.array([1.0, 2.0]))
    expect_close(
        [*np.asarray(dw), db],
        [2.0, -0.5, 0.0],
        "The slopes",
        mistakes={
            "is the bias penalised?": [2.0, -0.5, 0.5],
            "is the slope of the penalty, w, missing?": [0, 0, 0],
            "is the slope of |w|^2 taken, without the half?": [4.0, -1.0, 0.0],
        },
    )


@read("sec-subgradient")
def test_14_the_slope_of_the_objective(student):
    """On generated samples it is how the objective changes over a tiny step."""
    for w, b, x, y, costs in _problems():
        n, m = x.shape

        def objective(theta, x=x, y=y, costs=costs, m=m):
            slack = np.maximum(0, 1 - y * (x @ theta[:m] + theta[m]))
            return theta[:m] @ theta[:m] / 2 + costs @ slack

        theta = np.append(w, b)
        steps = 1e-6 * np.eye(m + 1)
        slopes = [
            (objective(theta + step) - objective(theta - step)) / 2e-6 for step in steps
        ]
        dw, db = _parts(student, w, b, x, y, costs)
        expect_close(
            [*np.asarray(dw), db],
            slopes,
            "The slopes",
            atol=1e-6,  # rounding of the objective, 1e-14, over a step of 1e-6
            mistakes={
                "is the bias left out of the net input?": _slopes(w, 0.0, x, y, costs),
                "is it the mean of the pulls instead of their sum?": _slopes(
                    w, b, x, y, costs / n
                ),
                "are the costs left out?": _slopes(w, b, x, y, np.ones(n)),
                "are the labels left out of the pull?": _slopes(w, b, x, y, costs * y),
                "are the slopes cut to whole numbers?": [
                    *np.trunc(slopes[:m]),
                    slopes[m],
                ],
                "are all slopes cut to whole numbers?": np.trunc(slopes),
            },
        )


def _problems():
    """Yield weights, bias, samples, labels and costs: floats, and whole numbers."""
    for seed in (14, 15):
        rng = inputs.draw(seed)
        x, y, _ = _samples(seed)
        yield rng.normal(size=2), 0.3, x, y, rng.uniform(0.2, 3, 11)
    rng = inputs.draw(16)
    x = inputs.design(rng, 13, 7)
    y = inputs.classes(rng, 13, 0.4, (-1, 1))
    w = np.array([1, -2, 0, 3, -1, 2, 0])
    yield w, -0.35, x - x.mean(axis=0), y, inputs.numbers(rng, 13, 0.2, 3)
    x = rng.integers(-3, 4, (13, 7))
    costs = inputs.whole(rng, 13, 0, 6)
    yield 0.3 * w, -0.35, x, y.astype(float), costs


def _slopes(w, b, x, y, costs):
    """Return slopes in a list, for costs or a bias that are mistaken."""
    pull = (y * (x @ w + b) < 1) * costs * y
    return [*(w - x.T @ pull), -pull.sum()]
