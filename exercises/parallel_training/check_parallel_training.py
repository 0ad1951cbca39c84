"""Claims about a tree of sums, the gradient of a batch and the speed-up."""

import numpy as np

from mlearth.checks import (
    deadline,
    expect,
    expect_close,
    expect_in_octave,
    expect_shape,
    inputs,
    read,
)


def _tree(held, n_rounds, **slip):
    """What each worker holds, or what a slip makes of it."""
    held = np.array(held, dtype=float)
    n = len(held)
    for r in range(n_rounds + slip.get("more", 0)):
        apart = 1 if slip.get("near") else (r + 1 if slip.get("linear") else 2**r)
        step = apart if slip.get("all") else 2 * apart
        last = n - apart - slip.get("short", 0)
        before = held.copy()
        if slip.get("round"):
            last = n
        for worker in range(0, max(last, 0), step):
            term = (held if slip.get("round") else before)[(worker + apart) % n]
            if slip.get("upwards"):
                held[worker + apart] = before[worker] + term
                continue
            held[worker] = term if slip.get("replace") else before[worker] + term
            if slip.get("both"):
                held[worker + apart] = held[worker]
            if slip.get("empty"):
                held[worker + apart] = 0
    if slip.get("mean"):
        held = held / n
    if slip.get("sum"):
        held = np.tile(held.sum(axis=0), (n, 1))
    return held


TREES = {
    "does every worker add, also those that were added already?": {"all": True},
    "are only next neighbours added, in every round?": {"near": True},
    "does the distance grow by one a round instead of doubling?": {"linear": True},
    "is the last pair left out?": {"short": 1},
    "is what a worker held replaced instead of added to?": {"replace": True},
    "does the one that is added get the sum as well?": {"both": True},
    "is the one that is added set to zero?": {"empty": True},
    "is it one round too many?": {"more": 1},
    "is it one round too few?": {"more": -1},
    "is the sum divided by the number of workers?": {"mean": True},
    "is it the whole sum, for everybody?": {"sum": True},
    "does the last worker add what the first ones hold?": {"round": True},
    "does the later one of each pair add, not the earlier?": {"upwards": True},
}


def _slips(work, given, right, slips):
    """What each slip would give, if it differs from what is right."""
    found = {question: work(*given, **slip) for question, slip in slips.items()}
    return {
        question: value
        for question, value in found.items()
        if np.shape(value) == np.shape(right) and not np.allclose(value, right)
    }


@read("sec-par-ring")
def test_1_six_workers_by_hand(student):
    """1, 10, 100 and so on: after two rounds the first holds 1111, after three all."""
    held = np.array([[1.0], [10], [100], [1000], [10_000], [100_000]])
    for n_rounds, right in [
        (0, [1, 10, 100, 1000, 10_000, 100_000]),
        (1, [11, 10, 1100, 1000, 110_000, 100_000]),
        (2, [1111, 10, 1100, 1000, 110_000, 100_000]),
        (3, [111_111, 10, 1100, 1000, 110_000, 100_000]),
        (5, [111_111, 10, 1100, 1000, 110_000, 100_000]),
    ]:
        found = student.tree_rounds(held, n_rounds)
        expect_shape(found, (6, 1), f"tree_rounds after {n_rounds} rounds")
        column = np.array(right, dtype=float)[:, None]
        expect_close(
            found,
            column,
            f"What six workers hold after {n_rounds} round{'s' * (n_rounds != 1)}",
            mistakes=_slips(_tree, (held, n_rounds), column, TREES),
        )


@read("sec-par-ring")
def test_2_any_number_of_workers(student):
    """Any sizes, whole numbers too; the first ends with the sum; nothing is changed."""
    for seed, n, m, n_rounds in [
        (1, 7, 3, 2),
        (2, 13, 2, 3),
        (3, 1, 4, 2),
        (4, 11, 5, 4),
        (5, 8, 1, 2),
    ]:
        rng = inputs.draw(seed)
        broken = inputs.numbers(rng, n * m, -3, 5).reshape(n, m)
        whole = inputs.whole(rng, n * m, -9, 9).reshape(n, m)
        for held in (broken, whole):
            kept = held.copy()
            right = _tree(kept, n_rounds)
            expect_close(
                student.tree_rounds(held, n_rounds),
                right,
                f"What {n} workers hold after {n_rounds} rounds",
                mistakes=_slips(_tree, (kept, n_rounds), right, TREES),
            )
            expect(
                np.array_equal(held, kept),
                "held is not what it was before the call",
                "is it changed in place?",
            )


CALLS = [
    "[1; 10; 100; 1000; 10000], 1",
    "[1; 10; 100; 1000; 10000], 2",
    "[0.5, -2; 3, 1; 7, 0.25; -1, 4; 2, 2; 9, -3; 6, 5], 3",
    "[3, 4], 2",
]
GIVEN = [
    ([[1], [10], [100], [1000], [10000]], 1),
    ([[1], [10], [100], [1000], [10000]], 2),
    ([[0.5, -2], [3, 1], [7, 0.25], [-1, 4], [2, 2], [9, -3], [6, 5]], 3),
    ([[3, 4]], 2),
]


@deadline(12)
@read("sec-par-ring")
def test_3_the_same_in_matlab(student):
    """tree_rounds.m gives the same, for five workers, for seven and for one."""

    def numbers(**slip):
        return np.concatenate([_tree(*given, **slip).T.ravel() for given in GIVEN])

    expect_in_octave(
        student,
        __file__,
        "tree_rounds",
        CALLS,
        numbers,
        TREES,
        "What the workers of four calls of tree_rounds.m hold",
    )


def _batch(gradients, counts, **slip):
    """The gradient of the batch, or what a slip makes of it."""
    counts = np.asarray(counts, dtype=float)
    held = np.where(counts[:, None] > 0, gradients, 0)
    if slip.get("plain"):
        return held.sum(axis=0) / len(counts)
    if slip.get("full"):
        return held[counts > 0].mean(axis=0)
    total = counts @ held
    if slip.get("sum"):
        return total
    if slip.get("workers"):
        return total / len(counts)
    if slip.get("largest"):
        return total / counts.max()
    return total / counts.sum()


BATCHES = {
    "is it the plain mean over the workers?": {"plain": True},
    "is it the plain mean over the workers that have rows?": {"full": True},
    "is the sum not divided by the number of rows?": {"sum": True},
    "is it divided by the number of workers instead of rows?": {"workers": True},
    "is it divided by the largest shard instead of all rows?": {"largest": True},
}


@read("sec-par-mean")
def test_4_three_shards_by_hand(student):
    """10, 10 and 80 rows with gradients 1, 4 and 0.5 give 0.9."""
    given = np.array([[1.0], [4.0], [0.5]]), np.array([10, 10, 80])
    found = student.batch_gradient(*given)
    expect_shape(found, (1,), "batch_gradient of one parameter")
    expect_close(
        found,
        [0.9],
        "The gradient of 100 rows",
        mistakes={
            question: value
            for question, value in _slips(
                _batch, given, np.array([0.9]), BATCHES
            ).items()
            if "have rows" not in question  # here all of them have
        },
    )


@read("sec-par-mean")
def test_5_it_is_the_mean_over_all_rows(student):
    """Rows dealt to workers at random, some without any: NaN there is not met."""
    for seed, n_workers, m in [(1, 5, 3), (2, 7, 1), (3, 1, 4), (4, 3, 2)]:
        rng = inputs.draw(seed)
        rows = inputs.numbers(rng, 31 * m, -2, 3).reshape(31, m)
        worker = rng.integers(0, n_workers, 31)
        if n_workers > 2:
            worker[worker == 1] = 0
        counts = np.bincount(worker, minlength=n_workers)
        gradients = np.full((n_workers, m), np.nan)
        for k in np.unique(worker):
            gradients[k] = rows[worker == k].mean(axis=0)
        kept = gradients.copy(), counts.copy()
        right = rows.mean(axis=0)
        expect_close(
            student.batch_gradient(gradients, counts),
            right,
            f"The gradient of 31 rows of {n_workers} workers",
            mistakes=_slips(_batch, kept, right, BATCHES)
            | {
                "is the NaN of a worker without rows multiplied by zero?": np.full(
                    m, np.nan
                )
            },
        )
        expect(
            np.array_equal(gradients, kept[0], equal_nan=True)
            and np.array_equal(counts, kept[1]),
            "The arguments are not what they were before the call",
            "is one of them changed in place?",
        )
    given = np.array([[3, -2], [7, 5], [1, 0]]), np.array([2, 3, 5])
    right = _batch(*given)
    expect_close(
        student.batch_gradient(*given),
        right,
        "The gradient from whole numbers",
        mistakes=_slips(_batch, given, right, BATCHES),
    )


def _speed(serial_s, parallel_s, message_s, n_workers, **slip):
    """The speed-up, or what a slip makes of it."""
    k = np.asarray(n_workers, dtype=float)
    rounds = {"none": 0 * k, "all": 2 * k, "half": k - 1}.get(
        slip.get("rounds"), 2 * (k - 1)
    )
    serial = serial_s / k if slip.get("everything") else serial_s
    messages = rounds * message_s / (k if slip.get("shared") else 1)
    needed = serial + parallel_s / k + messages
    one = parallel_s if slip.get("parallel") else serial_s + parallel_s
    if slip.get("time"):
        return needed
    if slip.get("each"):
        return one / needed / k
    if slip.get("least"):
        return np.maximum(one / needed, 1)
    return needed / one if slip.get("turned") else one / needed


SPEEDS = {
    "are the messages left out?": {"rounds": "none"},
    "has the ring 2 k rounds instead of 2 (k - 1)?": {"rounds": "all"},
    "has the ring k - 1 rounds instead of twice as many?": {"rounds": "half"},
    "is the part that cannot be divided, divided too?": {"everything": True},
    "is one worker's time without what cannot be divided?": {"parallel": True},
    "is it the time instead of the speed-up?": {"time": True},
    "is the ratio upside down?": {"turned": True},
    "are the messages divided among the workers?": {"shared": True},
    "is it the speed-up of each worker, divided by their number?": {"each": True},
    "is a speed-up below 1 raised to 1?": {"least": True},
}


@read("sec-par-amdahl")
def test_6_a_thousand_workers(student):
    """Without messages it is Amdahl's law: 5 % hold a thousand workers to 19.6."""
    given = 0.1, 1.9, 0.0, np.array([1, 20, 1000])
    right = _speed(*given)
    found = student.speed_up(*given)
    expect_shape(found, (3,), "speed_up for three numbers of workers")
    expect_close(
        found,
        right,
        "The speed-up of 1, 20 and 1000 workers",
        mistakes=_slips(_speed, given, right, SPEEDS),
    )


@read("sec-par-amdahl")
def test_7_messages(student):
    """With messages too many workers are slower than one; the order does not matter."""
    for seed, n in [(1, 7), (2, 11), (3, 1)]:
        rng = inputs.draw(seed)
        serial_s, parallel_s = rng.uniform(0.1, 2, 2)
        message_s = rng.uniform(0.01, 0.3)
        workers = inputs.whole(rng, n, 2, 90)
        for times in (
            (serial_s, parallel_s, message_s),
            (2, 7, 1),
            (0, parallel_s, message_s),
        ):
            given = *times, workers
            right = _speed(*given)
            expect_close(
                student.speed_up(*given),
                right,
                f"The speed-up of {n} numbers of workers, with messages",
                mistakes=_slips(_speed, given, right, SPEEDS),
            )
