"""What is known of a name in a notebook, and the words that tell it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

SELECTORS = {
    *("SelectKBest", "SelectPercentile", "SelectFromModel", "RFE", "RFECV"),
    *("SequentialFeatureSelector", "GenericUnivariateSelect", "VarianceThreshold"),
    *("SelectFdr", "SelectFpr", "SelectFwe"),
}
SCORES_OF_FEATURES = {
    *("f_classif", "f_regression", "chi2", "r_regression", "mutual_info_classif"),
    *("mutual_info_regression", "permutation_importance", "corrwith", "corr"),
}
RESAMPLERS = {"fit_resample", "SMOTE", "ADASYN", "RandomOverSampler"}
SPLITTERS = {"train_test_split", "take"}
"""Calls that cut each of their arguments into a training and a test side."""
PAIRS = re.compile(r"split_by_\w+|split_two_way|\w*split")
"""Calls that return the rows of training and those of the test."""
SCORERS = {
    *("cross_val_score", "cross_validate", "cross_val_predict", "learning_curve"),
    *("validation_curve", "permutation_test_score", "compare_models", "tune_once"),
    *("nested_score", "GridSearchCV", "RandomizedSearchCV"),
}
"""Calls that split on their own."""
CHOICES = {
    *("max", "min", "argmax", "argmin", "nanargmax", "nanargmin", "sorted"),
    *("idxmax", "idxmin", "nlargest", "nsmallest", "argsort", "sort_values"),
}
OPTIMISERS = {
    *("optimize", "minimize", "minimize_scalar", "fmin", "gp_minimize", "brute"),
    *("differential_evolution", "dual_annealing", "maximize"),
}
"""Calls that look for the best value of a function."""
STOPPERS = {"EarlyStopping", "ModelCheckpoint", "ReduceLROnPlateau"}
"""What ends a training, or takes it back, by a score."""
TABLES = {"DataFrame", "Series"}
"""What gathers values, and is no estimator."""
HARMLESS = {
    *("LabelEncoder", "LabelBinarizer", "MultiLabelBinarizer", "OneHotEncoder"),
    *("OrdinalEncoder", "Normalizer", "Binarizer", "FunctionTransformer"),
}
"""What learns nothing but the names of labels, or nothing."""
SCALES = {
    *("zscore", "minmax_scale", "maxabs_scale", "robust_scale", "power_transform"),
    "quantile_transform",
}
"""Functions that scale each column by itself."""
LIMITS = {"set_xlim", "set_ylim", "xlim", "ylim"}
"""Calls whose largest and least values are those of an axis."""
SCORE = re.compile(
    r"score|error|loss|rmse|mse|mae|auc|accuracy|recall|precision|f1|r2|brier|skill"
)
RESULTS = re.compile(r"\w+_$|transform$|get_support$|get_feature_names_out$|predict")
"""What an estimator says once it is fitted."""
SIDES = re.compile(r"(?:^|_)(train|test)(?:ing)?(?:_|$)")
VALIDATION = re.compile(r"(?:^|_)(val|valid|validation|dev)(?:_|$)")
COUNT = re.compile(r"^(?:n|num|len)_|_(?:size|share|fraction|ratio)$")


@dataclass(frozen=True)
class Facts:
    """What is known of a value.

    Attributes
    ----------
    side : str
        "train", "test", "fold train" or "fold test" (rows for validation, too); "" for
        all rows or none.
    seen : tuple of (str, str)
        The kind and the words of what of all rows is in the value.
    learnt : tuple of (str, str)
        The same of what an estimator would put into its results.
    is_score : bool
        Whether it is a score on the test.
    is_many : bool
        Whether it gathers several values.
    makes : str
        The class of an estimator, or "pair" or "folds" for rows of two sides.
    is_cut : bool
        Whether it is some of the rows, and nobody has said of which side.
    parts : tuple of Facts
        What is known of each value of a tuple or list that is written out.
    """

    side: str = ""
    seen: tuple[tuple[str, str], ...] = ()
    learnt: tuple[tuple[str, str], ...] = ()
    is_score: bool = False
    is_many: bool = False
    makes: str = ""
    is_cut: bool = False
    parts: tuple[Facts, ...] = ()

    @property
    def result(self) -> Facts:
        """What is known of a result of an estimator."""
        return replace(self, seen=self.seen + self.learnt, learnt=(), makes="")

    def but(self, **changes) -> Facts:
        """Return the same facts with some changed."""
        return replace(self, **changes)


NOTHING = Facts()


def together(parts: list[Facts]) -> Facts:
    """Return what is known of a value that is made of others.

    >>> together([Facts("train"), Facts("train")]).side
    'train'
    >>> together([Facts("train"), Facts("test")]).side
    ''
    """
    sides = {part.side for part in parts if part.side}
    return Facts(
        side=sides.pop() if len(sides) == 1 else "",
        seen=tuple(dict.fromkeys(note for part in parts for note in part.seen)),
        is_score=any(part.is_score for part in parts),
        is_many=any(part.is_many for part in parts),
    )


def of_name(name: str) -> Facts:
    """Return what a name says that nothing else is known of.

    >>> [of_name(name).side for name in ("X_train", "y_val", "latest", "n_test")]
    ['train', 'fold test', '', '']
    """
    if COUNT.search(name):
        return NOTHING
    if VALIDATION.search(name):
        return Facts(side="fold test")
    found = SIDES.search(name)
    return Facts(side=found[1]) if found else NOTHING


OTHER = {"train": "test", "test": "train"}


def turned(side: str) -> str:
    """Return the other side of a split.

    >>> turned("fold test"), turned("")
    ('fold train', '')
    """
    return " ".join(OTHER.get(word, word) for word in side.split())


def kind_of_preparation(made: str, method: str) -> str:
    """Name what an estimator does to rows that it was fitted to."""
    if made in SELECTORS or method in SCORES_OF_FEATURES:
        return "selection"
    if made in RESAMPLERS or method in RESAMPLERS:
        return "resampling"
    return "fit"
