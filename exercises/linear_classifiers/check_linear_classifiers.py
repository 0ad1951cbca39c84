"""Claims about scaling, margins, the perceptron rule and balanced accuracy."""

import numpy as np

from mlearth.checks import expect, expect_close, expect_shape, read


@read("sec-standardise")
def test_1_training_rows_have_mean_0_and_spread_1(student):
    """After scaling, each feature of the training rows has mean 0 and deviation 1."""
    rng = np.random.default_rng(1)
    X_train = rng.normal([3, -400, 0.02], [1, 50, 0.005], (40, 3))
    scaled, other = student.standardise(X_train, X_train[:5] + 1.0)
    expect_shape(scaled, (40, 3), "The scaled training rows")
    expect_shape(other, (5, 3), "The scaled test rows")
    both = np.concatenate([X_train, X_train[:5] + 1.0])
    wrong_axis = X_train - X_train.mean(axis=1, keepdims=True)
    expect_close(
        np.mean(scaled, axis=0),
        np.zeros(3),
        "The mean of the scaled feature",
        # (-400 - mean) / 50 in single precision: 400 * 6e-8 / 50 = 5e-7, some of them.
        atol=1e-5,
        mistakes={
            "is the mean subtracted?": lambda: X_train.mean(0) / X_train.std(0),
            "is it one mean and one deviation for all features together?": lambda: (
                (X_train - X_train.mean()) / X_train.std()
            ).mean(axis=0),
            "is the mean taken over features (axis=1) instead of over rows?": lambda: (
                wrong_axis / X_train.std(axis=1, keepdims=True)
            ).mean(axis=0),
            "are the test rows part of the mean and the deviation?": lambda: (
                (X_train - both.mean(axis=0)) / both.std(axis=0)
            ).mean(axis=0),
        },
    )
    expect_close(
        np.std(scaled, axis=0),
        np.ones(3),
        "The standard deviation of the scaled feature",
        # std and std with ddof=1 differ by sqrt(40/39), 1.3 %: both are accepted.
        rtol=0.02,
        mistakes={
            "have you divided by the variance instead of the standard deviation?": (
                lambda: 1 / X_train.std(axis=0)
            ),
            "is the mean subtracted, but nothing divided?": lambda: X_train.std(axis=0),
        },
    )


@read("sec-standardise")
def test_2_test_rows_are_scaled_like_the_training_rows(student):
    """A test row is scaled with the mean and the deviation of the training rows."""
    X_train, X_test = np.array([[2.0], [6.0]]), np.array([[8.0], [16.0]])
    _, scaled = student.standardise(X_train, X_test)
    both = np.concatenate([X_train, X_test])
    if np.allclose(scaled, (X_test - 4) / np.sqrt(8)):
        return  # the deviation with ddof=1, accepted too
    expect_close(
        scaled,
        [[2], [6]],  # mean 4, deviation 2
        "For training rows 2 and 6, the scaled test row of 8 and 16",
        mistakes={
            "are the test rows scaled with their own mean and deviation?": [[-1], [1]],
            "are the test rows scaled with their own mean?": [[-2], [2]],
            "are the test rows part of the mean and the deviation?": (
                (X_test - both.mean()) / both.std()
            ),
            "are the test rows left as they are?": X_test,
            "is the mean subtracted?": X_test / 2,
            "is the mean subtracted, but nothing divided?": X_test - 4,
            "have you divided by the variance instead of the standard deviation?": (
                (X_test - 4) / 4
            ),
        },
    )


@read("sec-standardise")
def test_3_a_constant_feature_stays_a_number(student):
    """A feature that is constant in the training rows becomes 0 there, never NaN."""
    X_train = np.array([[1.0, 5.0], [3.0, 5.0], [8.0, 5.0]])
    scaled, test = student.standardise(X_train, np.array([[2.0, 6.5]]))
    expect_close(
        np.asarray(scaled)[:, 1],
        np.zeros(3),
        "The scaled constant feature",
        mistakes={"have you divided by a deviation of 0?": np.full(3, np.nan)},
    )
    expect_close(
        np.asarray(test)[0, 1],
        1.5,
        "For a feature that is 5 in all training rows, the scaled test row of 6.5",
        mistakes={"have you divided by a deviation of 0?": np.inf},
    )


@read("sec-decision-boundary")
def test_4_a_margin_by_hand(student):
    """For w = (3, 4) and b = -5, the event at (3, 4) lies 4 from the boundary."""
    X = np.array([[3.0, 4.0], [3.0, 4.0], [0.0, 0.0]])
    y = np.array([1, -1, 1])
    expect_close(
        student.margin(np.array([3.0, 4.0]), -5.0, X, y),
        [4, -4, -1],
        "margin for y = 1, -1, 1",
        mistakes={
            "have you divided by the length of w?": [20, -20, -5],
            "have you divided by the squared length of w?": [0.8, -0.8, -0.2],
            "is the length that of w and b together?": np.array([20, -20, -5])
            / np.sqrt(50),
            "is the label y left out?": [4, 4, -1],
            "is it a distance without a sign?": [4, 4, 1],
            "is the bias b left out?": [5, -5, 0],
            "is the bias b subtracted?": [6, -6, 1],
            "is the bias b outside of the division by the length?": [0, 0, -5],
        },
    )


@read("sec-decision-boundary")
def test_5_twice_the_weights_are_the_same_boundary(student):
    """Twice the weights and twice the bias draw the same line: no margin changes."""
    rng = np.random.default_rng(5)
    w, b, X = rng.normal(size=4), 0.7, rng.normal(size=(9, 4))
    y = np.where(rng.random(9) < 0.5, 1, -1)
    once = np.asarray(student.margin(w, b, X, y))
    expect_close(
        student.margin(2 * w, 2 * b, X, y),
        once,
        "margin for doubled w and b",
        mistakes={
            "have you divided by the length of w?": 2 * once,
            "have you divided by the squared length of w?": once / 2,
        },
    )


SLIPS = {
    "does an event on the boundary (w.x + b = 0) move the weights too?": "boundary",
    "do events on the right side move the weights as well?": "every event",
    "does every event meet the weights that the one before has left?": "old weights",
    "has the bias moved, too, before the next event comes?": "old bias",
    "is the sign of the step right?": "sign",
    "is the learning rate eta left out?": "no eta",
    "is it eta times y minus the answer, which is twice eta y?": "twice",
    "does the bias move by y, with eta left out?": "bias without eta",
    "does the bias move too?": "no bias",
    "does the bias move by eta instead of eta y?": "bias without y",
    "does the loop end at the first event that moves the weights?": "first only",
}


def _slip(w, b, X, y, eta, slip):
    """Run a perceptron that makes one mistake, and return w1, w2, b and the count."""
    start_w, start_b, n = w.copy(), b, 0
    w = w.copy()
    for x, target in zip(X, y, strict=True):
        used_w = start_w if slip == "old weights" else w
        used_b = start_b if slip in ("old weights", "old bias") else b
        score = target * (used_w @ x + used_b)
        right = score >= 0 if slip == "boundary" else score > 0
        if right and slip != "every event":
            continue
        sign = -1 if slip == "sign" else 1
        step = sign * target * {"no eta": 1, "twice": 2 * eta}.get(slip, eta)
        w += step * x
        other = {"no bias": 0, "bias without y": eta, "bias without eta": target}
        b += other.get(slip, step)
        n += 1
        if slip == "first only":
            break
    return [*w, b, n]


@read("sec-perceptron-rule")
def test_6_five_events_by_hand(student):
    """From w = (1, -1) and b = 0.5, five events make four moves, worked out by hand."""
    w, b, eta = np.array([1.0, -1.0]), 0.5, 0.25
    X = np.array([[-3.0, 1.0], [0.0, 1.0], [0.0, 2.0], [1.0, 2.0], [-1.0, 0.0]])
    y = np.array([1, 1, -1, -1, -1])
    # y (w.x + b) is -3.5: w = (0.25, -0.75), b = 0.75.
    #                 0:   w = (0.25, -0.5),  b = 1, from the boundary.
    #                 0:   w = (0.25, -1),    b = 0.75, from the boundary.
    #                 1:   right.
    #                -0.5: w = (0.5, -1),     b = 0.5.
    after_w, after_b, n_moves = student.perceptron_epoch(w, b, X, y, eta)
    expect_close(
        [*after_w, after_b, n_moves],
        [0.5, -1, 0.5, 4],
        "[w1, w2, b, moves]",
        mistakes={
            question: _slip(w, b, X, y, eta, slip) for question, slip in SLIPS.items()
        },
        hint="follow the five events with a pencil: which of them moves the weights?",
    )


@read("sec-perceptron-rule")
def test_7_all_zero_weights_learn(student):
    """From weights of zero, the very first event moves them."""
    start, X, y = np.zeros(2), np.array([[2.0, -1.0]]), np.array([-1])
    w, b, n_moves = student.perceptron_epoch(start, 0.0, X, y, 0.1)
    right = [-0.2, 0.1, -0.1, 1]
    slips = {q: _slip(start, 0.0, X, y, 0.1, slip) for q, slip in SLIPS.items()}
    expect_close(
        [*w, b, n_moves],
        right,
        "[w1, w2, b, moves]",
        # of a single event, what goes wrong at the next one is not seen
        mistakes={q: v for q, v in slips.items() if not np.allclose(v, right)},
    )


@read("sec-perceptron-rule")
def test_8_it_ends_where_a_line_exists(student):
    """Where a line parts the classes, there is soon an epoch without a move."""
    rng = np.random.default_rng(8)
    X = rng.uniform(-1, 1, (60, 2))
    side = X @ np.array([0.6, 0.8]) + 0.1
    X, y = X[np.abs(side) > 0.15], np.sign(side[np.abs(side) > 0.15])
    w, b, moves = np.zeros(2), 0.0, []
    # Novikoff's bound: at most (R^2 + 1)(|w|^2 + b^2)/0.15^2 = 135 moves, R^2 <= 2, so
    # an epoch without a move comes among the first 136.
    while not moves or (moves[-1] and len(moves) < 137):
        w, b, n_moves = student.perceptron_epoch(np.asarray(w), b, X, y, 0.2)
        moves.append(n_moves)
    expect(
        moves[-1] == 0 and sum(moves) <= 135,
        f"After {len(moves)} epochs and {sum(moves)} moves the last epoch still moves "
        f"{moves[-1]} times",
    )
    expect(
        np.all(y * (X @ np.asarray(w) + b) > 0),
        "The last epoch reports no move, but events lie on the wrong side or on the "
        "boundary",
    )


@read("sec-balanced-accuracy")
def test_9_the_lazy_answer_is_worth_half(student):
    """Always answering "blast" is right for 90 of 100 events, and is worth 0.5."""
    y_true = np.array(["blast"] * 90 + ["earthquake"] * 10)
    expect_close(
        student.balanced_accuracy(y_true, np.array(["blast"] * 100)),
        0.5,
        'The score of always answering "blast"',
        mistakes={
            "is it a share of all answers, not the mean of each class's share?": 0.9,
            "is it the precision (right among the answers), not the recall?": 0.45,
            "is it a share of no events: of -1 and +1, or of an answer never given?": (
                np.nan
            ),
        },
        hint="is every class worth the same, and each share one of a class?",
    )


@read("sec-balanced-accuracy")
def test_10_any_classes_any_answers(student):
    """The shares of three classes are averaged, whatever their names and sizes."""
    rng = np.random.default_rng(10)
    y_true = rng.choice([1, 2, 7], 200, p=[0.7, 0.2, 0.1])
    y_pred = np.where(rng.random(200) < 0.6, y_true, rng.choice([1, 2, 7, 9], 200))
    table = {
        one: [np.sum((y_true == one) & (y_pred == other)) for other in (1, 2, 7, 9)]
        for one in (1, 2, 7)
    }
    recalls = [table[one][i] / np.sum(table[one]) for i, one in enumerate(table)]
    expect_close(
        student.balanced_accuracy(y_true, y_pred),
        np.mean(recalls),
        "balanced_accuracy",
        mistakes={
            "is it the share of right answers over all events?": lambda: np.mean(
                y_true == y_pred
            ),
            "does an answer that is no true class count as a class?": lambda: (
                np.sum(recalls) / 4
            ),
            "is it the precision (right among the answers), not the recall?": lambda: (
                np.mean(
                    [table[k][i] / np.sum(y_pred == k) for i, k in enumerate(table)]
                )
            ),
            "is it the precision, over all classes among the answers?": lambda: (
                np.sum([table[k][i] / np.sum(y_pred == k) for i, k in enumerate(table)])
                / 4
            ),
            "does it count two classes only?": lambda: np.mean(recalls[:2]),
            "is the sum divided by two, whatever the number of classes?": lambda: (
                np.sum(recalls) / 2
            ),
        },
    )
