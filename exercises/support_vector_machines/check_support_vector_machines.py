"""Claims about kernel distances, the duality gap, costs and a subgradient."""

import numpy as np

from mlearth.checks import expect, expect_close, expect_shape, read


def _samples(seed, n=8):
    """Draw samples, labels of both classes and multipliers with sum(a * y) = 0."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(n, 2))
    y = np.where(np.arange(n) < n // 2 - 1, 1.0, -1.0)
    a = rng.uniform(0.2, 1, n)
    a[y < 0] *= a[y > 0].sum() / a[y < 0].sum()
    return x, y, a


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
    """With the linear kernel, (0, 0) and (3, 4) are 5 apart."""
    expect_close(
        np.asarray(student.kernel_distances(np.array([[0.0, 0.0], [0.0, 25.0]]))),
        [[0, 5], [5, 0]],
        "The distances",
        atol=1e-6,
        mistakes={
            "is it the square of the distance, with its root missing?": [
                [0, 25],
                [25, 0],
            ],
            "is the kernel of a sample with itself taken for 1?": (
                np.sqrt([[2, 2], [2, 0]])
            ),
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
        },
    )


@read("sec-kernels")
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


@read("sec-dual")
def test_6_nothing_known_yet(student):
    """With all multipliers and the bias 0, each sample has slack 1: the gap is n C."""
    x, y, _ = _samples(seed=6)
    expect_close(
        student.duality_gap(_radial(x), y, np.zeros(8), 0.0, 3.0),
        24.0,
        "The gap of 8 samples with C = 3",
        mistakes={
            "is it the dual minus the primal?": -24.0,
            "is the cost C missing?": 8.0,
            "is it the mean of the hinge losses instead of their sum?": 3.0,
            "does your hinge begin at 0 instead of at 1?": 0.0,
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
            "are the labels left out of the decision function?": 0.125 + 4.5 - 0.125,
            "is the quadratic term of the dual added, not subtracted?": (
                0.125 + 3.75 - 0.375
            ),
            "is it the dual minus the primal?": -3.75,
            "is the square of w halved nowhere?": 0.25 + 3.75 - 0,
        },
    )


@read("sec-dual")
def test_8_any_answer_has_its_gap(student):
    """On generated samples the gap is what the two objectives say, never negative."""
    for seed, b in ((8, 0.4), (9, -0.7)):
        x, y, a = _samples(seed)
        K, C = _radial(x), 1.5
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
                "is the cost C missing?": gap(hinge, cost=1.0),
                "is it the mean of the hinge losses instead of their sum?": gap(
                    hinge, cost=C / 8
                ),
                "is the hinge loss squared?": gap(hinge**2),
                "is the square of w halved nowhere?": gap(hinge, 2 * square),
                "is the quadratic term of the dual added, not subtracted?": gap(
                    hinge, 0 * square
                ),
                "is it the dual minus the primal?": -gap(hinge),
                "is it the primal alone?": gap(hinge, square / 2) + a.sum(),
            },
        )


@read("sec-slack")
def test_9_three_and_one(student):
    """Three of one class, one of the other, C = 2: costs of 4/3 and of 4."""
    y = np.array([1.0, 1.0, -1.0, 1.0])
    costs = student.balanced_costs(y, 2.0)
    expect_shape(
        costs,
        (4,),
        "balanced_costs of 4 samples",
        mistakes={"is it one cost for each class, not for each sample?": (2,)},
    )
    t = 4 / 3
    expect_close(
        costs,
        [t, t, 4, t],
        "The costs",
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
        },
    )


@read("sec-slack")
def test_10_half_and_half(student):
    """For any shares, the costs of a class add up to half of n C."""
    rng = np.random.default_rng(10)
    for n_positive in (3, 20, 41):
        y = rng.permutation(np.where(np.arange(50) < n_positive, 1.0, -1.0))
        costs = np.asarray(student.balanced_costs(y, 0.7))
        sums = np.array([costs[y > 0].sum(), costs[y < 0].sum()])
        expect_close(
            sums,
            [17.5, 17.5],
            f"The sum of the costs of {n_positive} samples, and of the other "
            f"{50 - n_positive},",
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
    rng = np.random.default_rng(11)
    x, y = rng.normal(size=(7, 3)), np.array([1.0, -1, 1, 1, -1, 1, -1])
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
        },
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
    for seed in (14, 15):
        rng = np.random.default_rng(seed)
        x, y, _ = _samples(seed, n=11)
        w, b, costs = rng.normal(size=2), 0.3, rng.uniform(0.2, 3, 11)

        def objective(theta, x=x, y=y, costs=costs):
            slack = np.maximum(0, 1 - y * (x @ theta[:2] + theta[2]))
            return theta[:2] @ theta[:2] / 2 + costs @ slack

        theta = np.append(w, b)
        steps = 1e-6 * np.eye(3)
        slopes = [
            (objective(theta + step) - objective(theta - step)) / 2e-6 for step in steps
        ]
        dw, db = _parts(student, w, b, x, y, costs)
        expect_close(
            [*np.asarray(dw), db],
            slopes,
            "The slopes",
            atol=1e-6,  # rounding of the objective, 1e-15, over a step of 1e-6
            mistakes={
                "is the bias left out of the net input?": _slopes(w, 0.0, x, y, costs),
                "is it the mean of the pulls instead of their sum?": _slopes(
                    w, b, x, y, costs / 11
                ),
                "are the costs left out?": _slopes(w, b, x, y, np.ones(11)),
                "are the labels left out of the pull?": _slopes(w, b, x, y, costs * y),
            },
        )


def _slopes(w, b, x, y, costs):
    """Return slopes in a list, for costs or a bias that are mistaken."""
    pull = (y * (x @ w + b) < 1) * costs * y
    return [*(w - x.T @ pull), -pull.sum()]
