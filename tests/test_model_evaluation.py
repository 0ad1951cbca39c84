"""Claims about intervals over folds, the price of peeking and nested choice."""

import numpy as np
import pytest
from scipy import stats
from sklearn.dummy import DummyRegressor
from sklearn.linear_model import Ridge
from sklearn.metrics import brier_score_loss, mean_squared_error
from sklearn.neighbors import KNeighborsClassifier

from mlearth.evaluation import (
    corrected_interval,
    expected_maximum,
    folds_by_group,
    folds_by_record,
    nested_score,
    tune_once,
)
from mlearth.evaluation.searching import quiet_optuna, successive_halving


def test_without_shared_training_it_is_the_paired_t_interval():
    """With a test share of 0 nothing is corrected."""
    rng = np.random.default_rng(0)
    a, b = rng.normal(size=(2, 9))
    for level in (0.8, 0.95):
        theirs = stats.ttest_rel(a, b).confidence_interval(level)
        ours = corrected_interval(a, b, 0, level)
        assert [ours.low, ours.high] == pytest.approx([*theirs], rel=1e-9)


def test_shared_training_widens_the_interval_by_a_known_factor():
    """Five folds of five seeds: sqrt(1/25 + 1/4) beside sqrt(1/25)."""
    a, b = np.random.default_rng(1).normal(size=(2, 25))
    bold, wide = (corrected_interval(a, b, share) for share in (0, 0.25))
    growth = (wide.high - wide.low) / (bold.high - bold.low)
    assert growth == pytest.approx(np.sqrt(1 + 25 / 4), rel=1e-12)
    assert wide.estimate == pytest.approx(np.mean(a - b))


def test_the_largest_of_few_is_known_in_closed_form():
    """0, 1 / sqrt(pi), 3 / (2 sqrt(pi)), and what an order statistic of four gives."""
    inner = 6 / np.sqrt(np.pi) / 4 * (1 + 2 / np.pi * np.arcsin(1 / 3))
    known = [0, 1 / np.sqrt(np.pi), 1.5 / np.sqrt(np.pi), inner]
    # quadrature to 1.5e-8 a piece
    for m, value in enumerate(known, start=1):
        assert expected_maximum(m) == pytest.approx(value, abs=1e-7)


@pytest.mark.parametrize("correlation", [0.0, 0.5, 0.9, 1.0])
def test_the_price_of_peeking_comes_true(correlation):
    """The mean largest of m drawn scores agrees within four standard errors."""
    rng = np.random.default_rng(2)
    for m in (2, 10, 100):
        shared, own = rng.normal(size=(4000, 1)), rng.normal(size=(4000, m))
        scores = np.sqrt(correlation) * shared + np.sqrt(1 - correlation) * own
        best = scores.max(axis=1)
        error = best.std() / np.sqrt(4000)
        assert abs(best.mean() - expected_maximum(m, correlation)) < 4 * error


def test_the_price_grows_slowly_and_without_end():
    """A thousand tries cost about twice ten, a million three times."""
    prices = [expected_maximum(m) for m in (10, 1000, 1_000_000)]
    assert prices == pytest.approx([1.539, 3.241, 4.863], abs=2e-3)
    assert np.all(np.array(prices) < np.sqrt(2 * np.log([10, 1e3, 1e6])))


def rows(seed=0, n=60):
    """Samples of 20 groups with a line in them."""
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, 3))
    return X, X @ [1.0, 0.5, 0] + rng.normal(size=n), np.arange(n) // 3


def test_each_fold_chooses_as_tune_once_does():
    """The setting of a fold is that of its training rows, and so are predictions."""
    X, y, groups = rows()
    folds = folds_by_group(groups, 4, random_state=1)
    grid = {"alpha": [0.1, 10.0, 1000.0]}
    found = nested_score(
        Ridge(), grid, X, y, folds, score=mean_squared_error, groups=groups
    )
    said = np.empty(len(y))
    for fold, setting in zip(folds, found.settings, strict=True):
        best = tune_once(Ridge(), grid, X, y, fold, groups=groups)
        assert setting == {"alpha": best.alpha}
        said[fold.test] = best.fit(X[fold.train], y[fold.train]).predict(X[fold.test])
    np.testing.assert_allclose(found.predictions, said)
    assert found.score == pytest.approx(mean_squared_error(y, said))
    assert "fold 3: {'alpha'" in repr(found)


def test_test_rows_have_no_say_in_the_choice():
    """Whatever the targets of a fold's test are, its setting stays."""
    X, y, groups = rows(3)
    folds = folds_by_group(groups, 4, random_state=0)
    grid = {"alpha": [0.01, 1.0, 100.0, 10_000.0]}
    usual = nested_score(
        Ridge(), grid, X, y, folds, score=mean_squared_error, groups=groups
    )
    spoilt = y.copy()
    spoilt[folds[0].test] = 1e3 * np.random.default_rng(0).normal(size=15)
    other = nested_score(
        Ridge(), grid, X, spoilt, folds, score=mean_squared_error, groups=groups
    )
    assert other.settings[0] == usual.settings[0]


def test_nesting_pays_the_price_where_peeking_does_not():
    """Of null settings the best looks skilful, and the nested choice does not."""
    peeked, nested = [], []
    for seed in range(25):
        rng = np.random.default_rng(seed)
        X, y = rng.normal(size=(60, 8)), np.tile([0, 1], 30)
        folds = folds_by_record(60, 4, random_state=seed)
        grid = {"n_neighbors": [1, 3, 5, 7, 9, 11, 15]}

        def right(y, said):
            return float(np.mean(y == said))

        alone = []  # a nested score of one setting chooses it, in every fold
        for k in grid["n_neighbors"]:
            model, said = KNeighborsClassifier(k), np.empty(60, dtype=int)
            for train, test in folds:
                said[test] = model.fit(X[train], y[train]).predict(X[test])
            alone.append(right(y, said))
        peeked.append(max(alone))
        nested.append(
            nested_score(KNeighborsClassifier(), grid, X, y, folds, score=right).score
        )
    # folds of shuffled rows make the truth a little less than one half
    assert np.mean(peeked) > 0.53
    assert abs(np.mean(nested) - 0.49) < 0.03
    assert np.mean(peeked) - np.mean(nested) > 0.04


def test_a_nested_score_of_probabilities_and_of_some_rows_only():
    """Rows that no fold tests are left out, and named."""
    from mlearth.evaluation import folds_by_time

    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(40, 1)), np.tile([0, 1], 20)
    folds = folds_by_time(np.arange(40), 3)
    found = nested_score(
        KNeighborsClassifier(),
        {"n_neighbors": [3, 5]},
        X,
        y,
        folds,
        score=brier_score_loss,
        response="predict_proba",
        n_folds=2,
    )
    assert found.rows.tolist() == list(range(10, 40))
    assert found.score == pytest.approx(np.mean((found.predictions - y[10:]) ** 2))


def test_folds_for_other_rows_or_a_setting_that_there_is_not_are_refused():
    """The message names the argument."""
    X, y, groups = rows()
    folds = folds_by_group(groups[:30], 3)
    with pytest.raises(ValueError, match="folds must be made for the 60 rows of y"):
        nested_score(Ridge(), {"alpha": [1.0]}, X, y, folds, score=mean_squared_error)
    folds = folds_by_group(groups, 3)
    with pytest.raises(ValueError, match="grid must be of settings"):
        nested_score(
            DummyRegressor(), {"alpha": [1.0]}, X, y, folds, score=mean_squared_error
        )


def test_optuna_is_quiet_and_finds_a_minimum(capfd):
    """No line on the terminal, and the same tries from the same seed."""
    optuna = quiet_optuna()
    found = []
    for _ in range(2):
        study = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=0))
        study.optimize(lambda trial: (trial.suggest_float("x", -5, 5) - 1) ** 2, 25)
        found.append(study.best_params["x"])
    assert found[0] == found[1] == pytest.approx(1, abs=0.7)
    assert capfd.readouterr() == ("", "")


def test_halving_keeps_the_least_loss_and_refuses_what_has_no_place():
    """Of eight the best is left after three rounds on 10, 20 and 40 rows."""
    asked = set()

    def loss(k, n_rows):
        asked.add(n_rows)
        return (k - 5) ** 2

    assert successive_halving(loss, range(8), 10) == (5, [8, 4, 2])
    assert asked == {10, 20, 40}
    assert successive_halving(loss, ["alone"], 10) == ("alone", [])
    for given, said in [
        ((loss, [], 10), "candidates must be one setting or more"),
        ((loss, [1, 2], 0), "n_rows must be"),
        ((lambda k, n: np.nan, [1, 2], 10), "loss must be finite, got nan of 1"),
    ]:
        with pytest.raises(ValueError, match=said):
            successive_halving(*given)
