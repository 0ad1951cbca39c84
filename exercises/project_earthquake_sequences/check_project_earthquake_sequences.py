"""Claims about the plumbing of a project on earthquake sequences."""

import numpy as np

from mlearth.checks import expect, expect_close, expect_shape, inputs, read


def _fold_slips(catalogue, n_folds):
    """What slips make of the folds of catalogues."""
    _, first = np.unique(catalogue, return_index=True)
    seen = np.argsort(np.argsort(first))
    _, rank = np.unique(catalogue, return_inverse=True)
    rows = np.arange(len(catalogue))
    return {
        "are earthquakes dealt instead of whole catalogues?": rows % n_folds,
        "is it the number of the catalogue, which has gaps?": catalogue % n_folds,
        "are catalogues dealt in the order in which they occur?": seen[rank] % n_folds,
        "are folds counted from 1?": rank % n_folds + 1,
        "is it the number of the catalogue instead of a fold?": rank,
        "are neighbouring catalogues put into one fold?": (
            rank * n_folds // (rank.max() + 1)
        ),
        "are the largest numbers dealt first?": (rank.max() - rank) % n_folds,
        "is everything in one fold?": np.zeros(len(catalogue)),
    }


@read("sec-sequences-data")
def test_1_whole_catalogues_are_dealt(student):
    """Four catalogues, 4, 7, 9 and 12, to three folds: 0, 1, 2 and 0 again."""
    catalogue = np.array([9, 4, 4, 12, 7, 9, 12, 7, 4])
    found = student.fold_of(catalogue, 3)
    expect_shape(found, (9,), "fold_of of 9 earthquakes")
    right = [2, 0, 0, 0, 1, 2, 0, 1, 0]
    slips = _fold_slips(catalogue, 3)
    expect_close(found, right, "The folds", mistakes=slips)


@read("sec-sequences-data")
def test_2_no_catalogue_is_in_two_folds(student):
    """Of generated catalogues each is in one fold, and folds are as even as can be."""
    rng = inputs.draw(2)
    for sizes, n_folds in (([5, 1, 9, 4, 3, 7, 2], 3), ([4, 6, 3, 5, 8], 5)):
        catalogue = inputs.groups(rng, sizes)
        for kind, values in inputs.both_kinds(catalogue):
            found = student.fold_of(values, n_folds)
            _, rank = np.unique(catalogue, return_inverse=True)
            expect_close(
                found,
                rank % n_folds,
                f"The folds, from {kind} and {n_folds} folds,",
                mistakes=_fold_slips(catalogue, n_folds),
            )


def _features(lag, km, parent, own, **slip):
    """The three features, with a slip where one is told."""
    half = np.asarray(slip.get("of", parent), float) * slip.get("half", 0.5)
    log = slip.get("log", np.log10)
    km = np.maximum(km, slip.get("least", 0.1)) + slip.get("added", 0)
    time = log(lag) - slip.get("sign", 1) * half
    far = slip.get("power", 1.6) * log(km) - slip.get("sign", 1) * half
    excess = slip.get("excess", 1) * (np.asarray(parent, float) - own)
    return np.column_stack([time, far, excess])


def _feature_slips(lag, km, parent, own):
    """What slips make of the features."""
    given = lag, km, parent, own
    right = _features(*given)
    return {
        "does the earthquake's own magnitude rescale it?": _features(*given, of=own),
        "is it the whole magnitude instead of a half?": _features(*given, half=1),
        "is it a natural logarithm?": _features(*given, log=np.log),
        "is the power of the distance missing?": _features(*given, power=1),
        "is the magnitude added instead of subtracted?": _features(*given, sign=-1),
        "is the difference of magnitudes the other way round?": (
            _features(*given, excess=-1)
        ),
        "is the logarithm missing?": np.column_stack(
            [10 ** right[:, 0], 10 ** right[:, 1], right[:, 2]]
        ),
        "are time and distance swapped?": right[:, [1, 0, 2]],
        "are 0.1 km added instead of the least that counts?": (
            _features(*given, least=0, added=0.1)
        ),
        "does every distance count as 0.1 km at most?": _features(
            lag, np.minimum(km, 0.1), parent, own
        ),
    }


@read("sec-sequences-features")
def test_3_features_by_hand(student):
    """A day and 10 km after magnitude 6: -3, 1.6 - 3 and, for magnitude 4, 2."""
    given = (
        np.array([1, 100]),
        np.array([10, 1]),
        np.array([6, 4]),
        np.array([4, 5]),
    )
    slips = _feature_slips(*given)
    del slips["are 0.1 km added instead of the least that counts?"]
    for kind in (int, float):
        found = student.features(*(one.astype(kind) for one in given))
        expect_shape(
            found, (2, 3), "features of 2 earthquakes", mistakes={"a row each?": (3, 2)}
        )
        right = [[-3, -1.4, 2], [0, -2, -1]]
        expect_close(found, right, "The features", mistakes=slips)


@read("sec-sequences-features")
def test_4_features_of_generated_neighbours(student):
    """For generated neighbours, some of them at the very place of the earthquake."""
    rng = inputs.draw(4)
    n = 23
    lag, km = 10 ** inputs.numbers(rng, n, -3, 3), 10 ** inputs.numbers(rng, n, -2, 2)
    km[rng.permutation(n)[:3]] = 0
    given = lag, km, inputs.numbers(rng, n, 2, 7), inputs.numbers(rng, n, 2, 7)
    found = student.features(*given)
    expect_shape(found, (n, 3), f"features of {n} earthquakes")
    expect_close(
        found,
        _features(*given),
        "The features",
        mistakes=_feature_slips(*given),
        where={"within 0.1 km": np.repeat(km[:, None] < 0.1, 3, axis=1)},
    )


def _world(seed, n, weight=(1.5, -1.0), offset=-0.7):
    """Draw features, what is true, and the probability that made it so."""
    rng = inputs.draw(seed)
    X = rng.normal(size=(n, 2)) * [1.0, 1.3] + [0.4, -0.2]
    p = 1 / (1 + np.exp(-(X @ weight + offset)))
    return X, (rng.random(n) < p).astype(int), p


@read("sec-sequences-starter")
def test_5_probabilities_are_honest(student):
    """Of those that get a probability near 0.3, three in ten are triggered.

    One in four is triggered, in a world that a linear model can learn. 3,001 labels fix
    the probabilities to about 0.02; their mean error may be 0.1, for other models.
    """
    X, y, _ = _world(5, 3001, offset=-2.2)
    asked, _, p = _world(6, 499, offset=-2.2)
    found = student.fit_predict(X, y, asked)
    expect_shape(
        found, (499,), "The probabilities", mistakes={"one column a class?": (499, 2)}
    )
    found = np.asarray(found, dtype=float)
    expect(
        (found >= 0) & (found <= 1),
        f"The probabilities go from {found.min():.3g} to {found.max():.3g}",
        "are they logits, or labels other than 0 and 1?",
    )
    error, other = np.mean(np.abs(found - p)), np.mean(np.abs(1 - found - p))
    hard = np.isin(found, (0, 1)).all()
    hint = "are they decisions, 0 or 1, instead of probabilities?" * bool(hard)
    hint = hint or "is it the probability of background?" * bool(other < 0.1)
    hint = hint or "is it the same for all?" * bool(np.ptp(found) < 1e-9)
    shifted = abs(found.mean() - p.mean()) > 0.1
    hint = hint or "are classes weighted, or drawn more often?" * bool(shifted)
    expect(error < 0.1, f"The probabilities are off by {error:.2g} on average", hint)


@read("sec-sequences-starter")
def test_6_better_than_the_base_rate(student):
    """The probabilities beat the share of triggered ones, in another catalogue too."""
    X, y, _ = _world(7, 1201, weight=(2.0, 0.5), offset=1.2)
    asked, true, _ = _world(8, 301, weight=(2.0, 0.5), offset=1.2)
    found = np.asarray(student.fit_predict(X, y, asked), dtype=float)
    expect_shape(found, (301,), "The probabilities")
    brier, floor = np.mean((found - true) ** 2), np.mean((y.mean() - true) ** 2)
    swapped = np.mean((1 - found - true) ** 2) < 0.9 * floor
    hint = "is it the probability of background?" * bool(swapped)
    hint = hint or "is it the same for all?" * bool(np.ptp(found) < 1e-9)
    expect(
        brier < 0.9 * floor,
        f"The Brier score is {brier:.3g}, and that of the base rate {floor:.3g}",
        hint,
    )


@read("sec-sequences-starter")
def test_7_each_is_judged_alone(student):
    """The probability of an earthquake is the same whoever else is asked for.

    A model that scales by the rows that it answers has looked at the test.
    """
    X, y, _ = _world(9, 601)
    asked, _, _ = _world(10, 41)
    whole = np.asarray(student.fit_predict(X, y, asked), dtype=float)
    expect_shape(whole, (41,), "The probabilities")
    part = np.asarray(student.fit_predict(X, y, asked[3:20]), dtype=float)
    expect_shape(part, (17,), "The probabilities of 17 of them")
    steps, ask = np.round(3 * X).astype(int), np.round(3 * asked[3:20]).astype(int)
    one, other = (
        np.asarray(student.fit_predict(steps.astype(kind), y, ask.astype(kind)), float)
        for kind in (int, float)
    )
    expect_close(one, other, "Probabilities from whole features", atol=1e-3)
    gap = np.max(np.abs(whole[3:20] - part))
    expect(
        gap < 1e-3,  # a solver may stop a little earlier
        f"Asked without the others, probabilities differ by up to {gap:.2g}",
        "are features scaled by the rows that are asked for?",
    )


def _mcc(true, called):
    """Matthews' correlation by its four counts."""
    hit, false = np.sum(called & true), np.sum(called & ~true)
    miss, right = np.sum(~called & true), np.sum(~called & ~true)
    norm = float(hit + false) * (hit + miss) * (right + false) * (right + miss)
    return (hit * right - false * miss) / np.sqrt(norm) if norm else 0.0


def _differ(values):
    """Say whether there is more than one value."""
    return len(np.unique(values)) > 1


def _mcc_slips(true, p, catalogue):
    """The mean over catalogues, and what slips give."""
    true = np.asarray(true) == 1

    def mean(called=None, empty=0.0, weighted=False, by=catalogue, score=_mcc):
        called = p > 0.5 if called is None else called
        groups = [by == one for one in np.unique(by)]
        values = [score(true[one], called[one]) for one in groups]
        known = [
            value if _differ(true[one]) and _differ(called[one]) else empty
            for one, value in zip(groups, values, strict=True)
        ]
        weights = [one.sum() if weighted else 1 for one in groups]
        kept = [k for k, value in enumerate(known) if value is not None]
        return np.average([known[k] for k in kept], weights=[weights[k] for k in kept])

    everything = np.zeros(len(p))
    right = mean()
    return right, {
        "are all catalogues scored in one?": mean(by=everything),
        "are catalogues weighted by their numbers of earthquakes?": mean(weighted=True),
        "is a catalogue in which all are called alike left out?": mean(empty=None),
        "does a catalogue in which all are called alike count 1?": mean(empty=1.0),
        "is it the share of right calls?": np.mean(
            [
                np.mean((p > 0.5)[catalogue == c] == true[catalogue == c])
                for c in np.unique(catalogue)
            ]
        ),
        "is a probability of 0.5 called triggered?": mean(p >= 0.5),
        "are the probabilities correlated instead of the calls?": np.mean(
            [
                np.corrcoef(true[catalogue == c], p[catalogue == c])[0, 1]
                if _differ(true[catalogue == c]) and _differ(p[catalogue == c])
                else 0.0
                for c in np.unique(catalogue)
            ]
        ),
        "are background events called triggered?": -right,
    }


def _as_int(true):
    """The same numbers as integers and as floats."""
    return inputs.both_kinds(np.asarray(true, dtype=int))


@read("sec-sequences-metric")
def test_8_two_catalogues_by_hand(student):
    """Four of six are right in one catalogue, 1/3; in the other all are called alike.

    That one counts 0, and the mean is 1/6. A probability of just 0.5 calls nothing.
    """
    true = np.array([1, 1, 0, 1, 0, 0, 1, 1, 0, 0])
    p = np.array([0.9, 0.3, 0.1, 0.5, 0.2, 0.4, 0.8, 0.2, 0.7, 0.1])
    catalogue = np.array([3, 8, 3, 8, 8, 3, 3, 3, 3, 8])
    found = student.mean_mcc(true, p, catalogue)
    expect_shape(found, (), "mean_mcc")
    _, slips = _mcc_slips(true, p, catalogue)
    expect_close(found, 1 / 6, "The mean", mistakes=slips)


@read("sec-sequences-metric")
def test_9_generated_catalogues(student):
    """For generated calls, the mean of what four counts give in each catalogue."""
    rng = inputs.draw(9)
    catalogue = inputs.groups(rng, [31, 7, 59, 12])
    for seed in (1, 2):
        one = inputs.draw(seed)
        true = (one.random(109) < 0.45).astype(int)
        p = np.clip(0.3 * true + one.uniform(0, 0.7, 109), 0, 1)
        p[::11] = 0.5
        p[catalogue == catalogue.min()] = 0.4  # called alike, all of them
        right, slips = _mcc_slips(true, p, catalogue)
        for kind, values in _as_int(true):
            expect_close(
                student.mean_mcc(values, p, catalogue),
                right,
                f"The mean, from {kind},",
                rtol=1e-9,  # roots of products
                mistakes=slips,
            )


@read("sec-sequences-metric")
def test_10_the_table_that_is_handed_in(student):
    """Rows stay in their order; a parent is named for those called triggered alone."""
    rng = inputs.draw(10)
    n = 29
    catalogue = inputs.whole(rng, n, 0, 4)
    event, p = inputs.whole(rng, n, 0, 90), inputs.numbers(rng, n)
    p[:2], p[2:4] = 0.5, 0.9
    nearest = np.where(rng.random(n) < 0.2, -1, inputs.whole(rng, n, 0, 80))
    nearest[2] = 0  # the first event of its catalogue
    parent = np.where(p > 0.5, nearest, -1)
    found = student.submission(catalogue, event, p, nearest)
    expect_shape(
        found,
        (n, 4),
        f"submission of {n} earthquakes",
        mistakes={"a row each?": (4, n)},
    )
    right = np.column_stack([catalogue, event, p, parent])

    def other(**changed):
        columns = {"c": catalogue, "e": event, "p": p, "parent": parent} | changed
        return np.column_stack(list(columns.values()))

    expect_close(
        found,
        right,
        "The table",
        mistakes={
            "has everybody a parent?": other(parent=nearest),
            "has somebody of just 0.5 a parent?": (
                other(parent=np.where(p >= 0.5, nearest, -1))
            ),
            "have those a parent that are not triggered?": (
                other(parent=np.where(p > 0.5, -1, nearest))
            ),
            "is no parent a 0?": other(parent=np.where(p > 0.5, nearest, 0)),
            "is a call handed in instead of a probability?": other(p=p > 0.5),
            "is it the probability of background?": other(p=1 - p),
            "are the rows sorted?": right[np.lexsort((event, catalogue))],
            "are catalogue and event swapped?": right[:, [1, 0, 2, 3]],
            "are parent and probability swapped?": right[:, [0, 1, 3, 2]],
            "are parents counted from 1?": other(parent=parent + (parent >= 0)),
        },
    )
