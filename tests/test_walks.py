"""No learner takes a failed walk for success, nor leaves with a bare LinAlgError.

Every learner is fitted to data as they come: features in units from atoms to planets,
far from zero, repeated and constant. It may refuse with a ValueError, or warn. If it
says nothing, its objective is no worse than that of predicting one constant.
"""

import inspect
import warnings

import numpy as np
import pytest
from numpy.linalg import LinAlgError
from octave import OctaveError, run_octave
from scipy.optimize import minimize
from sklearn.base import is_regressor
from sklearn.exceptions import ConvergenceWarning

from mlearth import learners
from mlearth.learners import (
    LinearSVM,
    LogisticRegression,
    OrdinalLogisticRegression,
    SoftmaxRegression,
    dual_objective,
    kernel_matrix,
)
from mlearth.learners.linear.newton import promised_drop
from mlearth.learners.walks import warn_unfinished

N_RUGGED = 60
BASES = {
    "LinearClassifier",
    "LinearModel",
    "Law",
    "Lloyd",
    "Mixture",
    "Tape",
    "Taped",
    "Tree",
}
"""What other learners inherit or return, and what learns nothing."""


def squared(model, X, y):
    """Mean squared error, and that of the mean."""
    return np.mean((model.predict(X) - y) ** 2), np.var(y)


def walked(model, X, y):
    """The last loss of a walk, and its first."""
    return model.losses_[-1], model.losses_[0]


def mistaken(model, X, y):
    """Share of mistakes, and that of the most common class."""
    share = np.unique(y, return_counts=True)[1].max() / len(y)
    return np.mean(model.predict(X) != y), 1 - share


def huber(model, X, y):
    """Sum of Huber's losses, and that of the median."""

    def loss(residual):
        size, delta = np.abs(residual), model.delta
        return np.where(size <= delta, size**2 / 2, delta * (size - delta / 2)).sum()

    return loss(y - model.predict(X)), loss(y - np.median(y))


def ridge(model, X, y):
    """Squared residuals and penalty, and those of weights of zero."""
    residual = y - model.predict(X)
    return residual @ residual + model.alpha * model.w_ @ model.w_, len(y) * y.var()


def lasso(model, X, y):
    """Half the mean square and penalty, and those of weights of zero."""
    residual = y - model.predict(X)
    penalty = model.alpha * np.abs(model.w_).sum()
    return np.mean(residual**2) / 2 + penalty, y.var() / 2


def dual(model, X, y):
    """Minus the dual objective, and that of multipliers of zero."""
    if not model.support_.size:
        return 0.0, 0.0
    Z, signs = model.support_vectors_, np.where(y == model.classes_[1], 1.0, -1.0)
    K = kernel_matrix(model.kernel, Z, Z, model.gamma_, model.degree)
    return -dual_objective(model.beta_, signs[model.support_], K), 0.0


def boosted(model, X, y):
    """The last loss of a boosted model, and that before its first round."""
    return model.losses_[-1], model.losses_[0]


def street(model, X, y):
    """The last hinge objective, and that of weights of zero."""
    return model.losses_[-1], 1.0


def scattered(model, X, y):
    """Mean squared distance to the nearest centre, and to the mean."""
    nearest = model.centres_[model.labels_]
    return np.mean(np.sum((X - nearest) ** 2, axis=1)), X.var(axis=0).sum()


def mixed(model, X, y):
    """Minus the mean log-likelihood of two normal distributions, and of one."""
    one = learners.GaussianMixture(1, floor=model.floor).fit(X)
    return model.losses_[-1], one.losses_[-1]


def projected(model, X, y):
    """Squared distance to the plane of the components, and to the mean."""
    back = model.inverse_transform(model.transform(X))
    return np.mean(np.sum((X - back) ** 2, axis=1)), X.var(axis=0).sum()


NO_OBJECTIVE = "it keeps the training data, and minimises nothing"
OBJECTIVES = {
    "AdaBoostClassifier": boosted,
    "Adaline": walked,
    "DBSCAN": "it counts neighbours, and minimises nothing",
    "DecisionTreeClassifier": mistaken,
    "DecisionTreeRegressor": squared,
    "GaussianMixture": mixed,
    "GradientBoostingClassifier": boosted,
    "GradientBoostingRegressor": boosted,
    "GradientDescentRegression": walked,
    "HuberRegression": huber,
    "KMeans": scattered,
    "KernelSVM": dual,
    "Lasso": lasso,
    "LinearDiscriminant": "it takes the means of classes, and minimises nothing",
    "LinearRegression": squared,
    "LinearSVM": street,
    "LogisticRegression": walked,
    "MLPClassifier": walked,
    "MLPRegressor": walked,
    "NearestNeighborsClassifier": NO_OBJECTIVE,
    "NearestNeighborsRegressor": NO_OBJECTIVE,
    "OrdinalLogisticRegression": walked,
    "PCA": projected,
    "Perceptron": mistaken,
    "PolynomialRegression": squared,
    "RandomForestClassifier": "each tree sees a resample, and its own objective",
    "RandomForestRegressor": "each tree sees a resample, and its own objective",
    "RegressionImputer": "it keeps a plane for each column",
    "Ridge": ridge,
    "SoftmaxRegression": walked,
}
FAST = {"n_iter": 300, "n_estimators": 3}


def test_every_learner_has_an_objective_here():
    """A new learner enters the table, with its objective or the reason for none."""
    classes = {n for n in learners.__all__ if inspect.isclass(getattr(learners, n))}
    assert set(OBJECTIVES) == classes - BASES


def rugged(seed):
    """Features in any units, far from zero, some repeated, some constant; targets."""
    rng = np.random.default_rng(seed)
    n, p = int(rng.integers(8, 60)), int(rng.integers(1, 4))
    Z = rng.normal(size=(n, p))
    unit = 10.0 ** rng.integers(-14, 15, p)
    X = Z * unit + rng.choice([0, 1, 1e3, 1e6, 1e10]) * unit * rng.choice([0, 1], p)
    extra = rng.integers(0, 4)
    if extra == 1:
        X = np.c_[X, X[:, 0] * rng.choice([1, 3.3])]
    if extra == 2:
        X = np.c_[X, np.full(n, rng.choice([0, 1e-5, 7.0, 1e9]))]
    f = Z @ rng.normal(size=p) + rng.normal(size=n) * rng.choice([0.01, 1])
    strength = 10.0 ** rng.integers(-14, 6)
    return X, f, 10.0 ** rng.integers(-12, 13), strength, rng


def fitted(name, seed):
    """Fit one learner to rugged data: what it is, X and y."""
    X, f, unit, strength, rng = rugged(seed)
    learner = getattr(learners, name)
    own = inspect.signature(learner).parameters
    options = {key: value for key, value in FAST.items() if key in own}
    options |= {"alpha": strength} if "alpha" in own and "Tree" not in name else {}
    options |= {"C": 1 / strength} if "C" in own else {}
    options |= (
        {"delta": f.std() * unit * rng.choice([0.1, 1.0])} if "delta" in own else {}
    )
    if name == "KernelSVM":
        options["kernel"] = str(rng.choice(["linear", "rbf", "polynomial"]))
    y = f * unit if is_regressor(learner()) else f > np.median(f)
    if name in ("SoftmaxRegression", "OrdinalLogisticRegression"):
        y = np.digitize(f, np.quantile(f, [0.3, 0.7]))
    return learner(**options).fit(X, y), X, y


def outcome(name, seed):
    """The learner with X and y, or its refusal; and what it warned of."""
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        try:
            return fitted(name, seed), said
        except ValueError as refusal:
            return refusal, said


@pytest.mark.parametrize("name", OBJECTIVES)
def test_a_learner_that_says_nothing_has_not_gone_uphill(name):
    """On rugged data it refuses by name, warns, or ends no higher than a constant."""
    silent, has_objective = 0, callable(OBJECTIVES[name])
    for seed in range(N_RUGGED if has_objective else N_RUGGED // 6):
        found, said = outcome(name, seed)
        assert not isinstance(found, LinAlgError), seed
        if isinstance(found, ValueError):
            continue
        model, X, y = found
        assert {w.category for w in said} <= {ConvergenceWarning}, seed
        if not said and has_objective:
            end, start = OBJECTIVES[name](model, X, y)
            # rounding of the squares of the largest targets
            rounding = 1e-9 * abs(start) + len(y) * np.max(np.abs(y)) ** 2 * 1e-30
            assert end <= start + rounding, seed
        silent += not said
    assert silent >= 3


def lowest(X, codes, alpha):
    """The least softmax loss with its penalty, found on standardised features."""
    centre, spread = X.mean(axis=0), X.std(axis=0)
    A, K = np.c_[np.ones(len(X)), (X - centre) / spread], codes.max() + 1
    Y, rows = np.eye(K)[codes], len(X)
    penalty = np.tile(np.r_[0, alpha / rows / spread**2], K)

    def loss(theta):
        Z = A @ theta.reshape(K, -1).T
        log_p = Z - np.logaddexp.reduce(Z, axis=1, keepdims=True)
        gradient = ((np.exp(log_p) - Y).T @ A).ravel() / rows + penalty * theta
        return penalty @ theta**2 / 2 - np.sum(Y * log_p) / rows, gradient

    options = {"maxiter": 3000, "ftol": 1e-15, "gtol": 1e-10}
    start = np.zeros(penalty.size)
    return minimize(loss, start, jac=True, method="L-BFGS-B", options=options).fun


@pytest.mark.parametrize("name", ["LogisticRegression", "SoftmaxRegression"])
def test_newton_arrives_in_any_units_or_says_so(name):
    """Without a word its loss is the least there is, from atoms to planets."""
    arrived = 0
    for seed in range(N_RUGGED):
        X, _, _, alpha, _ = rugged(seed)
        found, said = outcome(name, seed)
        if np.ptp(X, axis=0).min() == 0 or said:
            continue
        if isinstance(found, ValueError):
            assert "standardise X" in str(found)
            continue
        model, X, y = found
        half = 2 if name[0] == "L" else 1  # two rows of weights share one penalty
        least = lowest(X, y.astype(int), half * alpha)
        # the peer stops some 1e-7 above the minimum
        assert model.losses_[-1] <= least + 1e-6, seed
        arrived += 1
    assert arrived > 20


def test_features_that_hardly_vary_about_a_large_value_are_refused():
    """A spread of a billionth of the value is lost in the square of the value."""
    rng = np.random.default_rng(0)
    X, y = 1e9 + rng.normal(size=(50, 1)), rng.random(50) < 0.5
    for learner in (LogisticRegression, SoftmaxRegression, OrdinalLogisticRegression):
        with pytest.raises(ValueError, match=r"standardise X.*raise the penalty"):
            learner(alpha=1e-6).fit(X, y)
        assert learner(alpha=1e-6).fit((X - 1e9) * 1e-9, y).losses_[-1] < np.log(2)


@pytest.mark.needs("octave")
def test_matlab_refuses_the_same():
    """The three fits in MATLAB stop at the same Hessian, and say what helps."""
    X = 1e9 + np.random.default_rng(0).normal(size=(50, 1))
    signs, codes = np.tile([-1.0, 1.0], 25), np.arange(50.0) % 3 + 1
    fits = {"logistic_fit": signs, "softmax_fit": codes, "ordinal_fit": codes}
    for name, y in fits.items():
        with pytest.raises(OctaveError, match="one scale, or raise the penalty"):
            run_octave(name, X, y, 1e-6)


def test_a_negative_promise_is_no_success():
    """A drop below zero by more than rounding is an error that says what helps."""
    with pytest.raises(ValueError, match=r"promised drop of -0.5: .*standardise X"):
        promised_drop(np.array([1.0, 0.0]), np.array([-1.0, 3.0]))
    assert promised_drop(np.array([1e9, -1e9]), np.array([1.0, 1.0 + 1e-13])) <= 0


def test_a_street_that_widens_and_shrinks_again_is_no_success():
    """A hinge loss that rose again from its least is told, also below 1."""
    X, y = np.array([[1.0], [1.2], [-1.0], [-0.8]]), [1, 1, 0, 0]
    with pytest.warns(ConvergenceWarning, match="its loss rose from"):
        LinearSVM(C=1.0, eta=1e3, n_iter=20).fit(1e3 * X, y)


def test_the_warning_of_a_walk_that_stopped_early_names_its_steps():
    """It does not claim the n_iter iterations that it did not take."""
    learner = LogisticRegression(n_iter=50)
    learner.losses_ = [0.7, 0.6, 0.5]
    with pytest.warns(
        ConvergenceWarning, match="stopped after 2 steps, since no furth"
    ):
        warn_unfinished(learner)


@pytest.mark.needs("octave")
def test_two_ordered_classes_have_no_gap_in_matlab():
    """One threshold parts two classes, and the fit is that of Python."""
    X = np.random.default_rng(0).normal(size=(40, 2))
    codes = (X[:, 0] + np.sin(np.arange(40)) > 0).astype(int)
    model = OrdinalLogisticRegression(0.5).fit(X, codes)
    w, thresholds = run_octave("ordinal_fit", X, codes + 1, 0.5, nargout=2)
    np.testing.assert_allclose(w.ravel(), model.w_, rtol=1e-9)
    np.testing.assert_allclose(thresholds.ravel(), model.thresholds_, rtol=1e-9)
