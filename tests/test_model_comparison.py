"""Claims about comparing models: by hand, by simulation, and what is refused."""

import numpy as np
import pandas as pd
import pytest
import scipy.stats
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn import metrics
from sklearn.base import BaseEstimator, RegressorMixin
from sklearn.dummy import DummyClassifier, DummyRegressor
from sklearn.linear_model import LinearRegression, LogisticRegression, Ridge
from sklearn.model_selection import GridSearchCV
from sklearn.tree import DecisionTreeRegressor

from mlearth.evaluation import (
    bootstrap_interval,
    compare_models,
    folds_by_event,
    folds_by_record,
    folds_by_station,
    folds_by_time,
    tune_once,
)
from mlearth.learners import rmse

EVENT = np.repeat(np.arange(20), 4)
RNG = np.random.default_rng(0)
X = RNG.normal(size=(EVENT.size, 2))
Y = X[:, 0] + RNG.normal(size=20)[EVENT] + RNG.normal(size=EVENT.size)
BLAST = Y > 0.5
FOLDS = [folds_by_event(EVENT, random_state=seed) for seed in range(5)]


def always(value):
    """A model that predicts one number, whatever it was trained on."""
    return DummyRegressor(strategy="constant", constant=float(value)), X


PAIR = {"zero": always(0), "one": always(1)}
LINES = {"line": (LinearRegression(), X), "mean": (DummyRegressor(), X)}
COUNTED = {"blasts": (DummyClassifier(), X), "line": (LogisticRegression(), X)}


def test_two_constants_are_compared_as_by_hand():
    """The scores are those of 0 and 1, and an interval is that of the bootstrap."""
    found = compare_models(PAIR, Y, FOLDS, groups=EVENT)
    assert found.scores["zero"] == pytest.approx(np.sqrt(np.mean(Y**2)))
    assert found.scores["one"] == pytest.approx(np.sqrt(np.mean((Y - 1) ** 2)))
    gap = found.scores["one"] - found.scores["zero"]
    assert found.differences["one"].estimate == pytest.approx(gap)
    ratio = found.scores["one"] / found.scores["zero"] - 1
    assert found.relative["one"].estimate == pytest.approx(ratio)

    def difference(y):
        return np.sqrt(np.mean((y - 1) ** 2)) - np.sqrt(np.mean(y**2))

    theirs = bootstrap_interval(
        difference, Y, groups=EVENT, n_resamples=4000, random_state=1
    )
    ours = compare_models(PAIR, Y, FOLDS, groups=EVENT, n_resamples=4000)
    # a 2.5 % quantile of 4,000 normal values has an error of 0.04 of their spread
    spread = theirs.replicates.std()
    assert ours.differences["one"].low == pytest.approx(theirs.low, abs=0.2 * spread)
    assert ours.differences["one"].high == pytest.approx(theirs.high, abs=0.2 * spread)
    assert found.differences["one"].n_clusters == 20


def test_the_interval_about_the_procedure_is_the_corrected_t_by_hand():
    """Mean difference of 25 folds; variance times 1/25 + 16/64, 24 degrees."""
    found = compare_models(PAIR, Y, FOLDS, groups=EVENT).procedure["one"]
    gaps = np.array(
        [
            np.sqrt(np.mean((Y[test] - 1) ** 2)) - np.sqrt(np.mean(Y[test] ** 2))
            for folds in FOLDS
            for _, test in folds
        ]
    )
    reach = scipy.stats.t.ppf(0.975, 24) * gaps.std(ddof=1) * np.sqrt(1 / 25 + 16 / 64)
    assert found.estimate == pytest.approx(gaps.mean())
    assert found.high - found.estimate == pytest.approx(reach)
    assert found.estimate - found.low == pytest.approx(reach)


def test_fold_predictions_are_those_of_models_fitted_by_hand():
    """The score of a seed is that of the predictions of all its folds together."""
    found = compare_models(LINES, Y, FOLDS, groups=EVENT)
    for seed, folds in enumerate(FOLDS):
        prediction = np.empty(Y.size)
        for train, test in folds:
            prediction[test] = (
                LinearRegression().fit(X[train], Y[train]).predict(X[test])
            )
        expected = np.sqrt(np.mean((Y - prediction) ** 2))
        assert found.by_seed["line"][seed] == pytest.approx(expected)
    assert found.scores["line"] == pytest.approx(found.by_seed["line"].mean())


def test_equal_models_show_no_difference_and_unequal_ones_do():
    """A model against itself differs by exactly nothing; the words say the same."""
    twins = {"line": LINES["line"], "twin": LINES["line"]}
    found = compare_models(twins, Y, FOLDS, groups=EVENT)
    assert (found.differences["twin"].low, found.differences["twin"].high) == (0, 0)
    assert not found.shown("twin")
    assert "twin" in repr(found)
    assert "no difference shown" in repr(found)
    far = compare_models({"zero": always(0), "nine": always(9)}, Y, FOLDS, groups=EVENT)
    assert far.shown("nine")
    assert "shown to be higher" in repr(far)


def test_another_reference_turns_the_difference_about():
    """Antisymmetric to rounding, whether the order or the reference is changed."""
    there = compare_models(LINES, Y, FOLDS, groups=EVENT)
    turned = dict(reversed(LINES.items()))
    for back in (there.against("mean"), compare_models(turned, Y, FOLDS, groups=EVENT)):
        for kind in ("differences", "procedure"):
            one, other = getattr(there, kind)["mean"], getattr(back, kind)["line"]
            assert one.estimate == pytest.approx(-other.estimate)
            assert one.low == pytest.approx(-other.high)
        assert back.shown("line") == there.shown("mean")


def slow(score):
    """The same score under a name that no fast form has."""
    return lambda y, prediction: score(y, prediction)


@pytest.mark.parametrize(
    "score",
    [
        rmse,
        metrics.root_mean_squared_error,
        metrics.mean_squared_error,
        metrics.mean_absolute_error,
    ],
)
def test_sums_by_unit_score_resamples_as_the_score_itself_does(score):
    """A fast form gives what the loop over resamples gives, to rounding."""
    options = {"groups": EVENT, "n_resamples": 60}
    fast = compare_models(LINES, Y, FOLDS, score=score, **options)
    looped = compare_models(LINES, Y, FOLDS, score=slow(score), **options)
    for name in LINES:
        np.testing.assert_allclose(fast.by_resample[name], looped.by_resample[name])


def brier(y, probability):
    """The Brier score, told which of two words is the event."""
    return metrics.brier_score_loss(y, probability, pos_label=np.unique(y)[-1])


def log_loss(y, probability):
    """The log loss of the second of two labels."""
    return metrics.log_loss(y, probability)


brier.__name__ = "brier_score_loss"


@pytest.mark.parametrize(
    ("score", "response"),
    [
        (metrics.accuracy_score, "predict"),
        (metrics.balanced_accuracy_score, "predict"),
        (metrics.roc_auc_score, "predict_proba"),
        (brier, "predict_proba"),
        (log_loss, "predict_proba"),
    ],
)
def test_fast_forms_of_classification_agree_with_scikit_learn(score, response):
    """So do accuracy, balanced accuracy and the area under the ROC curve, with ties."""
    options = {"groups": EVENT, "n_resamples": 40, "response": response}
    y = np.where(BLAST, "quake", "blast")
    fast = compare_models(COUNTED, y, FOLDS, score=score, **options)
    looped = compare_models(COUNTED, y, FOLDS, score=slow(score), **options)
    for name in COUNTED:
        np.testing.assert_allclose(fast.by_resample[name], looped.by_resample[name])


@pytest.mark.parametrize("name", ["rmse", "roc_auc_score", "log_loss", "another"])
def test_a_known_score_is_not_asked_for_every_resample(name):
    """Two models, five seeds: all rows and five folds each, and then none or all."""
    known, calls = getattr(metrics, name, None) or rmse, []

    def score(y, prediction):
        calls.append(y.size)
        return known(y, prediction)

    score.__name__ = name
    options = {"groups": EVENT, "n_resamples": 40}
    if name in ("roc_auc_score", "log_loss"):
        options["response"] = "predict_proba"
        compare_models(COUNTED, BLAST, FOLDS, score=score, **options)
    else:
        compare_models(LINES, Y, FOLDS, score=score, **options)
    assert len(calls) == 2 * 5 * (1 + 5) + (2 * 5 * 40 if name == "another" else 0)


def test_a_score_that_only_borrows_a_name_is_asked_itself():
    """The fast form is used only where it agrees with the score on all rows."""

    def rmse(y, prediction):
        return float(np.median(np.abs(y - prediction)))

    options = {"groups": EVENT, "n_resamples": 40}
    named = compare_models(PAIR, Y, FOLDS, score=rmse, **options)
    other = compare_models(PAIR, Y, FOLDS, score=slow(rmse), **options)
    np.testing.assert_array_equal(named.by_resample["one"], other.by_resample["one"])


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.floats(-50, 50), st.floats(0.1, 50))
def test_a_shift_and_a_scale_of_y_scale_the_difference(seed, shift, scale):
    """With models that follow y, errors scale with its unit and ignore its origin."""
    y = np.random.default_rng(seed).normal(size=Y.size)
    options = {"groups": EVENT, "n_resamples": 40}
    plain = compare_models(LINES, y, FOLDS, **options).differences["mean"]
    moved = compare_models(LINES, scale * y + shift, FOLDS, **options)
    for end in ("low", "estimate", "high"):
        expected = scale * getattr(plain, end)
        found = getattr(moved.differences["mean"], end)
        assert found == pytest.approx(expected, abs=1e-7 * (1 + abs(shift)) * scale)


def test_text_labels_and_frames_are_welcome():
    """Labels stay labels for the models, and a DataFrame keeps its columns."""
    frame = pd.DataFrame(X, columns=["period", "clarity"])
    kind = pd.Series(np.where(BLAST, "quake", "blast"))
    tree = LogisticRegression()
    found = compare_models(
        {"common": (DummyClassifier(), frame), "line": (tree, frame)},
        kind,
        FOLDS,
        groups=EVENT,
        score=metrics.accuracy_score,
    )
    assert found.scores["common"] < found.scores["line"]
    assert tree.__dict__.get("coef_") is None
    chosen = tune_once(tree, {"C": [0.1, 1.0]}, frame, kind, FOLDS[0][0], groups=EVENT)
    assert chosen.C in (0.1, 1.0)


def test_folds_by_time_are_one_set_and_test_what_they_test():
    """The first stretch is never tested; the procedure speaks of as many folds."""
    folds = folds_by_time(EVENT, 4)
    found = compare_models(LINES, Y, [folds], groups=EVENT)
    assert found.n_units == np.unique(np.concatenate([f.test for f in folds])).size / 4
    assert found.procedure["mean"].n_clusters == 4
    with pytest.raises(ValueError, match="folds must be one set, as no seed changes"):
        compare_models(LINES, Y, [folds, folds], groups=EVENT)


def test_one_unit_in_each_fold_needs_no_seeds():
    """Where every station is a fold, no seed could deal them otherwise."""
    station = np.tile(np.arange(10), 8)
    folds = folds_by_station(station, 10)
    found = compare_models(LINES, Y, [folds], groups=station)
    assert found.procedure["mean"].n_clusters == 10


REFUSED = {
    "folds must be dealt with at least 5 seeds": {"folds": FOLDS[:4]},
    "folds must be dealt with different seeds": {"folds": [folds_by_event(EVENT)] * 5},
    "folds must be made for the 80 rows of y": {
        "folds": [folds_by_event(EVENT[:40], random_state=s) for s in range(5)]
    },
    "groups leak": {"folds": [folds_by_record(80, random_state=s) for s in range(5)]},
    "folds must be a list of folds": {"folds": [[0, 1], [2, 3]]},
    "models must be a mapping of two or more": {"models": {"line": LINES["line"]}},
    "models must be a mapping": {"models": {"a": LINES["line"], "b": always}},
    r"models\['b'\] must be 80 rows": {
        "models": {"a": LINES["line"], "b": (DummyRegressor(), X[:5])}
    },
    "response must be one that models": {"response": "decision_function"},
    "score must be a function that returns a number": {"score": lambda y, p: "good"},
    "score fails on fold 1 of set 0 of folds": {
        "score": metrics.roc_auc_score,
        "y": (np.arange(80) == 79).astype(int),
    },
    "groups has 20 clusters, but at least 30": {"min_clusters": 30},
    "groups must be 80 values": {"groups": EVENT[:9]},
}


@pytest.mark.parametrize("words", REFUSED)
def test_what_cannot_be_compared_is_refused_by_name(words):
    """Every error names its argument and says what is accepted."""
    given = {"models": LINES, "y": Y, "folds": FOLDS, "groups": EVENT} | REFUSED[words]
    with pytest.raises(ValueError, match=words):
        compare_models(**given)


def test_unknown_names_and_a_ratio_without_meaning_are_refused():
    """Also the reference itself, which differs from itself by nothing."""
    found = compare_models(PAIR, Y, FOLDS, groups=EVENT)
    for name in ("two", "zero"):
        with pytest.raises(ValueError, match="name must be one of 'one'"):
            found.shown(name)
    with pytest.raises(ValueError, match="reference must be one of"):
        found.against("two")
    bias = compare_models(
        PAIR, Y, FOLDS, groups=EVENT, score=lambda y, p: float(np.mean(p - y))
    )
    with pytest.raises(ValueError, match="relative has no meaning"):
        _ = bias.relative


def test_resamples_without_a_class_are_refused_or_counted():
    """As in bootstrap_interval: nothing is left out unsaid."""
    rare = np.isin(EVENT, (0, 1)) & (np.arange(EVENT.size) % 4 < 2)
    folds = [folds_by_event(EVENT, 2, stratify=rare, random_state=s) for s in range(9)]
    folds = list({f[0].test.tobytes(): f for f in folds}.values())[:5]
    options = {"groups": EVENT, "response": "predict_proba", "n_resamples": 200}
    options["score"] = metrics.roc_auc_score
    with pytest.raises(ValueError, match=r"score failed on \d+ of 200 resamples"):
        compare_models(COUNTED, rare.astype(int), folds, **options)
    found = compare_models(COUNTED, rare.astype(int), folds, max_failed=60, **options)
    # (1 - 2/20)^20 = 0.12 of 200, with a standard deviation of 4.6
    assert 10 < found.n_failed < 40
    assert "resamples failed" in repr(found.differences["line"])


# ------------------------------------------------------------------------ tuning


def test_tuning_sees_the_training_rows_alone():
    """Whatever stands in the test rows, the choice stays, and it is the peer's."""
    split = FOLDS[0][0]
    grid = {"max_depth": [1, 2, 3, 5]}
    tree = DecisionTreeRegressor(random_state=0)
    options = {"groups": EVENT, "scoring": "neg_root_mean_squared_error"}
    chosen = tune_once(tree, grid, X, Y, split, **options)
    spoilt = Y.copy()
    spoilt[split.test] = 1e6
    again = tune_once(tree, grid, X, spoilt, split, **options)
    assert again.max_depth == chosen.max_depth
    assert not hasattr(chosen, "tree_")
    train = split.train
    peer = GridSearchCV(
        tree, grid, scoring=options["scoring"], cv=folds_by_event(EVENT[train])
    ).fit(X[train], Y[train])
    assert chosen.max_depth == peer.best_params_["max_depth"]


TUNED = {
    "grid must be of settings of Ridge": {"grid": {"beta": [1.0]}},
    "grid must be a mapping": {"grid": {}},
    "grid must be a sequence of values of alpha": {"grid": {"alpha": 1.0}},
    "scoring must be a scoring of scikit-learn": {"scoring": "rmse"},
    "n_folds must be at most 16": {"n_folds": 17},
    "split must be made for the 80 rows of y, got row 99": {"split": ([0, 1], [99])},
    "split must be made for the 80 rows of y, got 40 rows": {
        "split": folds_by_event(EVENT[:40])[0]
    },
    "y must be such that n_rows = 9": {"X": X[:9]},
}


@pytest.mark.parametrize("words", TUNED)
def test_what_cannot_be_tuned_is_refused_by_name(words):
    """Every error names its argument."""
    given = {"model": Ridge(), "grid": {"alpha": [1.0]}, "X": X, "y": Y}
    given |= {"split": FOLDS[0][0], "groups": EVENT} | TUNED[words]
    with pytest.raises(ValueError, match=words):
        tune_once(**given)


# ---------------------------------------------------------------------- coverage


class Line(RegressorMixin, BaseEstimator):
    """Least squares with an intercept, fast for small tables."""

    def fit(self, X, y):
        self.theta_ = np.linalg.lstsq(np.c_[np.ones(len(X)), X], y, rcond=None)[0]
        return self

    def predict(self, X):
        return np.c_[np.ones(len(X)), X] @ self.theta_


def drawn(rng, n_units=40, n_rows=10):
    """Draw units with terms of their own, and features of units and of rows."""
    unit = np.repeat(np.arange(n_units), n_rows)
    F = np.c_[rng.normal(size=(n_units, 4))[unit], rng.normal(size=unit.size)]
    terms = rng.normal(size=n_units)[unit] + rng.normal(size=unit.size)
    return unit, F, F[:, 0] + 0.25 * (F[:, 1] + F[:, 4]) + terms


TRUTH, TRUTH_OF_FOLDS = 0.0038, 0.0032
"""Mean difference of 1,000 simulated comparisons, each with an error of 0.0015."""


def test_both_intervals_cover_and_the_naive_t_does_not():
    """In 80 simulated comparisons, as the notes of compare_models say."""
    rng = np.random.default_rng(0)
    data, procedure, naive = [], [], []
    for _ in range(80):
        unit, F, y = drawn(rng)
        folds = [folds_by_event(unit, random_state=seed) for seed in range(5)]
        models = {"few": (Line(), F[:, :1]), "all": (Line(), F)}
        found = compare_models(models, y, folds, groups=unit, n_resamples=200)
        data.append(found.differences["all"])
        procedure.append(found.procedure["all"])
        gaps = found.by_fold["all"] - found.by_fold["few"]
        reach = scipy.stats.t.ppf(0.975, 24) * gaps.std(ddof=1) / 5
        naive.append(abs(gaps.mean() - TRUTH_OF_FOLDS) <= reach)
    covered = np.mean([TRUTH in interval for interval in data])
    corrected = np.mean([TRUTH_OF_FOLDS in interval for interval in procedure])
    # a share of 80 has a standard deviation of 2.4 % at 95 %, and of 5.4 % at 60 %
    assert 0.85 <= covered <= 1.0
    assert 0.91 <= corrected <= 1.0
    assert np.mean(naive) < 0.78
