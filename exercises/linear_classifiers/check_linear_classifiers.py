"""Claims about scaling, margins, the perceptron rule and balanced accuracy."""

import numpy as np

from mlearth.checks import expect, expect_close, expect_shape, inputs, read

NEARLY_SINGLE = 1e-4
"""Of features that are 10 deviations from 0, single precision keeps five digits."""


def _scaled(student, X_train, X_test):
    """Call standardise and insist on two tables of the right shapes."""
    pair = student.standardise(X_train, X_test)
    is_pair = isinstance(pair, (tuple, list)) and len(pair) == 2
    expect(
        is_pair,
        "standardise does not return two tables",
        "have you returned the training and the test rows, separated by a comma?",
    )
    given = (("training", X_train), ("test", X_test))
    for (name, X), scaled in zip(given, pair, strict=True):
        expect_shape(scaled, X.shape, f"The scaled {name} rows")
    return pair


@read("sec-standardise")
def test_1_training_rows_have_mean_0_and_spread_1(student):
    """After scaling, each feature of the training rows has mean 0 and deviation 1."""
    rng = inputs.draw(1)
    X_train = rng.normal([3, -400, 0.02], [1, 50, 0.005], (41, 3))
    X_test = X_train[:5] + 1.0
    scaled, _ = _scaled(student, X_train, X_test)
    both = np.concatenate([X_train, X_test])
    wrong_axis = X_train - X_train.mean(axis=1, keepdims=True)
    expect_close(
        np.mean(scaled, axis=0),
        np.zeros(3),
        "The mean of the scaled feature",
        # (-400 - mean) / 50 in single precision: 400 * 6e-8 / 50 = 5e-7, some of them.
        atol=1e-5,
        mistakes={
            "is the mean subtracted?": lambda: X_train.mean(0) / X_train.std(0),
            "is the median subtracted, instead of the mean?": lambda: (
                (X_train - np.median(X_train, axis=0)) / X_train.std(axis=0)
            ).mean(axis=0),
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
        rtol=NEARLY_SINGLE,
        mistakes={
            "have you divided by the variance instead of the standard deviation?": (
                lambda: 1 / X_train.std(axis=0)
            ),
            "is the mean subtracted, but nothing divided?": lambda: X_train.std(axis=0),
            "does the standard deviation divide by n - 1 instead of n?": (
                np.full(3, np.sqrt(40 / 41))
            ),
            "is it divided by the range instead of the standard deviation?": (
                lambda: X_train.std(axis=0) / np.ptp(X_train, axis=0)
            ),
        },
    )


@read("sec-standardise")
def test_2_test_rows_are_scaled_like_the_training_rows(student):
    """A test row is scaled with the mean and the deviation of the training rows."""
    X_train, X_test = np.array([[1.0], [7.0]]), np.array([[7.0], [16.0]])
    _, scaled = _scaled(student, X_train, X_test)
    both = np.concatenate([X_train, X_test])
    expect_close(
        scaled,
        [[1], [4]],  # mean 4, deviation 3
        "The scaled test column of 7 and 16, for training rows 1 and 7,",
        mistakes={
            "are the test rows scaled with their own mean and deviation?": [[-1], [1]],
            "are the test rows scaled with their own mean?": [[-1.5], [1.5]],
            "are the test rows scaled with their own deviation?": (X_test - 4) / 4.5,
            "are the test rows part of the mean and the deviation?": (
                (X_test - both.mean()) / both.std()
            ),
            "are the test rows left as they are?": X_test,
            "is the mean subtracted?": X_test / 3,
            "is the mean subtracted, but nothing divided?": X_test - 4,
            "have you divided by the variance instead of the standard deviation?": (
                (X_test - 4) / 9
            ),
            "does the standard deviation divide by n - 1 instead of n?": (
                (X_test - 4) / np.sqrt(18)
            ),
            "is it divided by the range instead of the standard deviation?": (
                (X_test - 4) / 6
            ),
        },
    )
    rng = inputs.draw(2)
    small = inputs.design(rng, 24, 4) * [1, 1e-9, 1, 1]  # metres of ground motion
    whole = np.round(inputs.design(rng, 18, 7)).astype(int)
    for train, test in ((small[:11], small[11:]), (whole[:11], whole[11:])):
        _expect_scaled(student, train, test)
        _expect_scaled(student, train.astype(float), test.astype(float))


def _expect_scaled(student, train, test):
    """Compare both tables with sums, column by column."""
    mean = [np.sum(column) / len(train) for column in train.T]
    square = [np.sum((c - m) ** 2) for c, m in zip(train.T, mean, strict=True)]
    spread = np.sqrt(np.array(square) / len(train))
    found = _scaled(student, train, test)
    for name, rows, scaled in zip(
        ("training", "test"), (train, test), found, strict=True
    ):
        right = (rows - mean) / spread
        expect_close(
            scaled,
            right,
            f"The table of {len(rows)} scaled {name} rows of type {rows.dtype}",
            rtol=NEARLY_SINGLE,
            atol=1e-5,
            mistakes={"are the scaled numbers cut to whole ones?": np.trunc(right)},
            where={"in the feature of small numbers": spread < 1e-6},
        )


@read("sec-standardise")
def test_3_a_constant_feature_stays_a_number(student):
    """A feature that is constant in the training rows becomes 0 there, never NaN."""
    X_train = np.array([[1.0, 5.0], [3.0, 5.0], [8.0, 5.0]])
    X_test = np.array([[2.0, 6.5], [4.0, 3.0], [9.0, 5.0]])
    _expect_constant(student, X_train, X_test, "5 in all training rows")
    _expect_constant(student, np.array([[5, 5]]), X_test, "5 in a single training row")
    # The mean of ten values of 0.1, added up, is not 0.1, and their deviation not 0.
    for n, value in ((10, 0.1), (41, 0.3)):
        other = inputs.numbers(inputs.draw(n), n)
        X_train = np.column_stack([other, np.full(n, value)])
        told, hint = f"{value} in all {n} training rows", NOT_QUITE
        _expect_constant(student, X_train, X_test, told, hint)


NOT_QUITE = "does rounding leave a deviation that is nearly 0, and not quite?"


def _expect_constant(student, X_train, X_test, told, hint=""):
    """Ask what becomes of a second feature that is constant in the training rows."""
    scaled, test = (np.asarray(one) for one in _scaled(student, X_train, X_test))
    zeros, value = np.zeros(len(X_train)), X_train[0, 1]
    mistakes = {"have you divided by a deviation of 0?": zeros + np.nan}
    if abs(np.mean(scaled[:, 0])) < 0.01:  # others are shifted
        question = "is a constant feature left as it is, and not shifted?"
        mistakes[question] = zeros + value
    expect_close(
        scaled[:, 1],
        zeros,
        f"The scaled feature that is {told}",
        atol=1e-6,
        mistakes=mistakes,
        hint=hint,
    )
    shifted = X_test[:, 1] - value
    if np.nanmax(np.where(np.isfinite(test[:, 1]), abs(test[:, 1]), 0)) > 1e6:
        hint = hint or "is a tiny number added to the deviation, and divided by?"
    else:
        hint = ""
    with np.errstate(all="ignore"):
        by_zero = shifted / 0.0
    expect_close(
        test[:, 1],
        shifted,
        f"The scaled test column of 6.5, 3 and 5, for a feature that is {told},",
        atol=1e-6,
        mistakes={
            "have you divided by a deviation of 0?": by_zero,
            "is it 0 in the test rows too, where it should only be shifted?": (
                np.zeros(3)
            ),
            "is a constant feature left as it is in the test rows?": X_test[:, 1],
        },
        hint=hint,
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
            "is the length the sum of the weights, not the root of their squares?": (
                np.array([20, -20, -5]) / 7
            ),
            "is the length the largest weight, not the root of the squares?": (
                [5, -5, -1.25]
            ),
            "are the labels taken for 0 and 1?": [4, -12, -1],
        },
    )


@read("sec-decision-boundary")
def test_5_twice_the_weights_are_the_same_boundary(student):
    """Twice the weights and twice the bias draw the same line: no margin changes."""
    rng = inputs.draw(5)
    X = inputs.design(rng, 11, 7) / 3.0 ** np.arange(7)
    w, b, y = inputs.numbers(rng, 7, -2, 3), 0.7, inputs.classes(rng, 11, 0.3, (1, -1))
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
    whole = np.round(X).astype(int), np.array([3, -1, 4, 1, -5, 9, -2])
    cases = (X, w), whole, (X[:1], w), (X[:, :1], w[:1])
    for X, w in cases:
        for b in (0.7, -3.0, 0.0):
            labels = y[: len(X)]
            length = np.sqrt(sum(float(one) ** 2 for one in w))
            right = [
                label * (b + sum(w * row)) / length
                for row, label in zip(X, labels, strict=True)
            ]
            n, p = X.shape
            expect_close(
                student.margin(w, b, X, labels),
                right,
                f"margin for b = {b:g}, n = {n} and {p} feature{'s' * (p > 1)} of type "
                f"{X.dtype}",
                rtol=1e-5,
                atol=1e-5,  # what is left of numbers near 30 in single precision
            )


SLIPS = {
    "does an event on the boundary (w.x + b = 0) move the weights too?": "boundary",
    "does an event on the boundary move nothing if its class is +1?": "boundary of +1",
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
    "do the events come in another order, the last one first?": "backwards",
    "is the bias left out where it is asked who is wrong?": "score without b",
    "do events move the weights that are on the right side, but near?": "near",
    "is it counted which events were wrong before the epoch?": "count before",
    "is it counted which events are wrong after the epoch?": "count after",
    "is it told whether the weights moved, instead of how often?": "count one",
}


def _slip(w, b, X, y, eta, slip):
    """Run a perceptron that makes one mistake, and return w1, w2, b and the count."""
    start_w, start_b, n = w.copy(), b, 0
    w = w.copy()
    step_by = -1 if slip == "backwards" else 1
    for x, target in zip(X[::step_by], y[::step_by], strict=True):
        used_w = start_w if slip == "old weights" else w
        used_b = start_b if slip in ("old weights", "old bias") else b
        score = target * (used_w @ x + used_b)
        if slip == "score without b":
            score = target * (used_w @ x)
        right = score > (1 if slip == "near" else 0)
        right |= slip == "boundary" and score == 0
        right |= slip == "boundary of +1" and score == 0 and target > 0
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
    counts = {
        "count before": np.sum(y * (X @ start_w + start_b) <= 0),
        "count after": np.sum(y * (X @ w + b) <= 0),
        "count one": min(n, 1),
    }
    return [*w, b, counts.get(slip, n)]


def _epoch(student, w, b, X, y, eta):
    """Call perceptron_epoch and insist on weights, a bias and a count."""
    found = student.perceptron_epoch(w, b, X, y, eta)
    expect(
        isinstance(found, (tuple, list)) and len(found) == 3,
        "perceptron_epoch does not return three things",
        "have you returned the weights, the bias and the count, separated by commas?",
    )
    expect_shape(found[0], w.shape, f"The array of {w.size} weights after the epoch")
    for name, value in (("bias", found[1]), ("count", found[2])):
        expect_shape(value, (), f"The {name} after the epoch")
    return found


@read("sec-perceptron-rule")
def test_6_six_events_by_hand(student):
    """From w = (0, -1) and b = 1, six events make three moves, worked out by hand."""
    w, b, eta = np.array([0.0, -1.0]), 1.0, 0.25
    X = np.array([[2.0, 1.0], [0.0, -3.0], [0.0, 3.0], [-2.0, 3.0], [-2.0, 2.0]])
    X = np.vstack([X, [1.0, 0.75]])
    y = np.array([-1, -1, -1, 1, 1, -1])
    # y (w.x + b) is 0:    w = (-0.5, -1.25), b = 0.75, from the boundary.
    #                -4.5: w = (-0.5, -0.5),  b = 0.5.
    #                 1:   right.
    #                 0:   w = (-1, 0.25),    b = 0.75, from the boundary.
    #                 3.25: right.
    #                 0.0625: right.
    after_w, after_b, n_moves = _epoch(student, w, b, X, y, eta)
    expect_close(
        [*after_w, after_b, n_moves],
        [-1, 0.25, 0.75, 3],
        "[w1, w2, b, moves]",
        mistakes={
            question: _slip(w, b, X, y, eta, slip) for question, slip in SLIPS.items()
        },
        hint="follow the six events with a pencil: which of them moves the weights?",
    )
    rng = inputs.draw(6)
    steps = inputs.whole(rng, 23 * 7, -3, 3).reshape(23, 7)
    y = inputs.classes(rng, 23, 0.4, (1, -1))
    # Of whole numbers and quarters: events that lie on the boundary are exactly there.
    w = inputs.whole(rng, 7, -2, 2) / 4
    cases = [(w, 2.75, steps, y, 0.25), (w, -4.0, steps / 2, y.astype(float), 1.0)]
    cases.append((w, -9.3, inputs.design(rng, 23, 7), y, 1.7))
    for w, b, X, y, eta in cases:
        found = _epoch(student, w, b, X, y, eta)
        right = _slip(w, b, X, y, eta, "none")
        slips = {q: _slip(w, b, X, y, eta, slip) for q, slip in SLIPS.items()}
        expect_close(
            [*found[0], found[1], found[2]],
            right,
            f"The list of 7 weights, bias and moves for eta = {eta:g} and features of "
            f"type {X.dtype}",
            rtol=NEARLY_SINGLE,
            atol=1e-5,
            mistakes={q: v for q, v in slips.items() if not np.allclose(v, right)},
        )


@read("sec-perceptron-rule")
def test_7_all_zero_weights_learn(student):
    """From weights of zero, the very first event moves them."""
    start, X, y = np.zeros(2), np.array([[2.0, -1.0]]), np.array([-1])
    w, b, n_moves = _epoch(student, start, 0.0, X, y, 0.1)
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
    rng = inputs.draw(8)
    X = rng.uniform(-1, 1, (60, 2))
    side = X @ np.array([0.6, 0.8]) + 0.1
    X, y = X[np.abs(side) > 0.15], np.sign(side[np.abs(side) > 0.15])
    w, b, moves = np.zeros(2), 0.0, []
    # Novikoff's bound: at most (R^2 + 1)(|w|^2 + b^2)/0.15^2 = 135 moves, R^2 <= 2, so
    # an epoch without a move comes among the first 136.
    while not moves or (moves[-1] and len(moves) < 137):
        w, b, n_moves = _epoch(student, np.asarray(w), b, X, y, 0.2)
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


def _recalls(y_true, y_pred):
    """Return the share of right answers of each class, in the order of classes."""
    pairs = list(zip(y_true.tolist(), y_pred.tolist(), strict=True))
    right = {one: [] for one in sorted(set(y_true.tolist()))}
    for truth, answer in pairs:
        right[truth].append(truth == answer)
    return np.array([np.mean(each) for each in right.values()])


def _class_slips(y_true, y_pred):
    """Return what other scores would give that take the wrong classes."""
    recalls, classes = _recalls(y_true, y_pred), np.unique(y_true)
    answers = np.unique(y_pred)
    table = np.array(
        [[np.sum((y_true == k) & (y_pred == a)) for a in answers] for k in classes]
    )
    diagonal = np.zeros(len(classes))
    diagonal[: min(table.shape)] = np.diag(table)
    return {
        "is it the diagonal of a table whose rows and columns are other classes?": (
            np.mean(diagonal / table.sum(axis=1))
        ),
        "does an answer that is no true class count as a class?": (
            np.sum(recalls) / len(np.union1d(classes, answers))
        ),
        "is a class that is never answered left out?": (
            np.sum(recalls) / max(np.isin(classes, answers).sum(), 1)
        ),
    }


def _recall_slips(y_true, y_pred):
    """Return what other scores would give."""
    recalls, classes = _recalls(y_true, y_pred), np.unique(y_true)
    answers = np.unique(y_pred)
    hits = [np.sum((y_true == k) & (y_pred == k)) for k in classes]
    asked = np.array([np.sum(y_pred == k) for k in classes])
    return {
        **_class_slips(y_true, y_pred),
        "is it the share of right answers over all events?": np.mean(y_true == y_pred),
        "is it the precision (right among the answers), not the recall?": (
            np.mean(hits / np.maximum(asked, 1))
        ),
        "is it the precision, over all classes among the answers?": (
            np.sum(hits / np.maximum(asked, 1)) / len(answers)
        ),
        "does it count two classes only?": np.mean(recalls[:2]),
        "is the sum divided by two, whatever the number of classes?": (
            np.sum(recalls) / 2
        ),
        "is it the sum of the shares, not their mean?": np.sum(recalls),
        "is it corrected for chance?": (
            (np.mean(recalls) - 1 / len(classes)) / (1 - 1 / max(len(classes), 2))
        ),
        "is it the worst class instead of the mean?": np.min(recalls),
        "is it the median of the shares, not their mean?": np.median(recalls),
    }


@read("sec-balanced-accuracy")
def test_9_the_lazy_answer_is_worth_half(student):
    """Always answering "blast" is right for 90 of 100 events, and is worth 0.5."""
    y_true = inputs.classes(inputs.draw(9), 100, 0.1, ("blast", "earthquake"))
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
        hint="of one class all answers are right, of the other none",
    )


@read("sec-balanced-accuracy")
def test_10_any_classes_any_answers(student):
    """The shares of three classes are averaged, whatever their names and sizes."""
    rng = inputs.draw(10)
    cases = {
        "the classes 1, 2 and 7": [1, 2, 7, 9],
        "the classes 3, -4 and 1000000": [3, -4, 1_000_000, 0],
        "names of which one begins another": [
            "quarry",
            "quarry blast",
            "rock",
            "rockburst in a mine",
        ],
        "small integers (uint8) for classes": np.array([1, 255, 128, 0], "uint8"),
    }
    for what, names in cases.items():
        names = np.asarray(names)
        y_true = rng.choice(names[:3], 211, p=[0.6, 0.3, 0.1])
        y_pred = np.where(rng.random(211) < 0.6, y_true, rng.choice(names, 211))
        slips = _recall_slips(y_true, y_pred)
        what = f"balanced_accuracy of {what}"
        _expect_score(student, what, y_true, y_pred, slips)
    rare = np.array([5, 5, 2, 8, 5, 2, 2])
    cases = {
        "a class that is never answered": (rare, np.array([5, 2, 2, 2, 5, 5, 2])),
        "a class never answered and one that never occurs": (
            rare,
            np.array([5, 3, 2, 3, 3, 2, 5]),
        ),
        "answers that are all wrong": (rare, np.array([2, 8, 5, 5, 2, 8, 5])),
        "answers that are all right": (rare, rare.copy()),
        "a single class": (np.array([4] * 7), np.array([4, 4, 1, 4, 2, 4, 4])),
        "a single event": (np.array([-1]), np.array([-1])),
    }
    for what, (y_true, y_pred) in cases.items():
        slips = _class_slips(y_true, y_pred)
        what = f"balanced_accuracy with {what}"
        _expect_score(student, what, y_true, y_pred, slips)


def _expect_score(student, what, y_true, y_pred, slips):
    """Compare a score with the mean of the recalls, and with what slips would give."""
    right = np.mean(_recalls(y_true, y_pred))
    found = student.balanced_accuracy(y_true, y_pred)
    told = {q: v for q, v in slips.items() if not np.isclose(v, right)}
    expect_close(found, right, what, mistakes=told if right else None)
