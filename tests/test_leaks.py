"""The linter for leaks: planted faults are found, honest work passes in silence."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import student_work
from sklearn.compose import ColumnTransformer
from sklearn.decomposition import PCA
from sklearn.linear_model import Ridge
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from mlearth.evaluation import find_leaks, find_leaks_in_code

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted((ROOT / "book").rglob("*.md"))
STAGED = {
    "data_preparation": ["selection"],
    "dimensionality_reduction": ["fit", "fit"],
}
"""Pages whose section "How it fails" leaks for all to see."""
STARTERS = sorted((ROOT / "exercises").glob("*/[!c]*.py"))

LEAKY = {
    "labels learned from all rows": (
        "groups = KMeans(5).fit(X)\n"
        "Z_train, Z_test = groups.labels_[:100], groups.labels_[100:]\n",
        ["fit"],
    ),
    "scaled, then split": (
        "Z = StandardScaler().fit_transform(X)\n"
        "train, test = split_by_event(event)\n"
        "model.fit(Z[train], y[train])",
        ["fit"],
    ),
    "fitted, then folds": (
        "scaler = StandardScaler().fit(X)\n"
        "score = cross_val_score(Ridge(), scaler.transform(X), y)",
        ["fit"],
    ),
    "fitted in place": (
        "scaler = StandardScaler()\n"
        "scaler.fit(X)\n"
        "Z = scaler.transform(X)\n"
        "for train, test in GroupKFold().split(Z, y, event):\n"
        "    model.fit(Z[train], y[train])",
        ["fit"],
    ),
    "into a column": (
        "df[['a']] = SimpleImputer().fit_transform(df[['a']])\n"
        "df_train, df_test = train_test_split(df)",
        ["fit"],
    ),
    "standardised by hand": (
        "Z = (X - X.mean(axis=0)) / X.std(axis=0)\n"
        "X_train, X_test, y_train, y_test = train_test_split(Z, y)",
        ["fit"],
    ),
    "a model's residuals": (
        "residual = y - Ridge().fit(X, y).predict(X)\n"
        "train, test = split\n"
        "boosting.fit(X[train], residual[train])",
        ["fit"],  # `split` is not known to be a split: the name `train` is believed
    ),
    "residuals, and a split": (
        "residual = y - Ridge().fit(X, y).predict(X)\n"
        "train, test = split_by_time(time, '2005')\n"
        "boosting.fit(X[train], residual[train])",
        ["fit"],
    ),
    "selected by a selector": (
        "best = SelectKBest(k=5).fit(X, y).get_support()\n"
        "X_train, X_test, y_train, y_test = train_test_split(X[:, best], y)",
        ["selection"],
    ),
    "selected by p": (
        "F, p = f_classif(X, y)\n"
        "keep = np.argsort(p)[:10]\n"
        "cross_val_score(model, X[:, keep], y)",
        ["selection"],
    ),
    "selected by importance": (
        "forest = RandomForestClassifier().fit(X, y)\n"
        "keep = forest.feature_importances_ > 0.1\n"
        "cross_val_score(model, X[:, keep], y)",
        ["selection"],
    ),
    "resampled": (
        "X2, y2 = SMOTE().fit_resample(X, y)\n"
        "X_train, X_test, y_train, y_test = train_test_split(X2, y2)",
        ["resampling"],
    ),
    "the test scaled by itself": (
        "X_train, X_test = train_test_split(X)\n"
        "A = StandardScaler().fit_transform(X_train)\n"
        "B = StandardScaler().fit_transform(X_test)",
        ["refit"],
    ),
    "the best of a dictionary": (
        "X_train, X_test, y_train, y_test = train_test_split(X, y)\n"
        "scores = {d: Tree(d).fit(X_train, y_train).score(X_test, y_test)\n"
        "          for d in range(9)}\n"
        "best = max(scores, key=scores.get)",
        ["choice"],
    ),
    "the best so far": (
        "best = 0\n"
        "for depth in range(9):\n"
        "    s = Tree(depth).fit(X_train, y_train).score(X_test, y_test)\n"
        "    if s > best:\n"
        "        best, chosen = s, depth",
        ["choice"],
    ),
    "the least error, after a split": (
        "train, test = split_by_event(event)\n"
        "errors = []\n"
        "for d in depths:\n"
        "    model = Tree(d).fit(X[train], y[train])\n"
        "    errors.append(np.sqrt(np.mean((model.predict(X[test]) - y[test])**2)))\n"
        "best = depths[np.argmin(errors)]",
        ["choice"],
    ),
}
HONEST = {
    "parts of what was learned": (
        "pca = PCA(5).fit(X)\n"
        "first_train, axes_test = pca.components_[:2], pca.components_[2:, :9]\n"
        "mean_test = pca.mean_[test]"
    ),
    "fitted to the training": (
        "scaler = StandardScaler().fit(X_train)\n"
        "Z = scaler.transform(X_test)\n"
        "model.fit(scaler.transform(X_train), y_train).score(Z, y_test)"
    ),
    "fitted to rows of the training": (
        "train, test = split_by_event(event)\n"
        "Z = StandardScaler().fit(X[train]).transform(X)\n"
        "model.fit(Z[train], y[train]).score(Z[test], y[test])"
    ),
    "a pipeline": "cross_val_score(make_pipeline(StandardScaler(), Ridge()), X, y)",
    "a model that was fitted before": (
        "line = LinearRegression().fit(X, y)\n"
        "compare_models({'line': (line, X)}, y, folds)"
    ),
    "the best of folds": (
        "scores = []\n"
        "for train, test in KFold(5).split(X):\n"
        "    scores.append(model.fit(X[train], y[train]).score(X[test], y[test]))\n"
        "best = max(scores)"
    ),
    "a grid inside the training": (
        "search = GridSearchCV(model, grid).fit(X_train, y_train)\n"
        "search.score(X_test, y_test)"
    ),
    "a function of both sides": (
        "def run(X_train, X_test, y_train, y_test):\n"
        "    s = StandardScaler().fit(X_train)\n"
        "    model.fit(s.transform(X_train), y_train)\n"
        "    return model.score(s.transform(X_test), y_test)"
    ),
    "nothing is split": "Z = StandardScaler().fit_transform(X)\nPCA().fit(Z)",
    "a line that begins with %": "x = (5\n     % 2)",
    "a magic": "%matplotlib inline\n!ls\nx = 1",
}


def script(folder: Path, text: str) -> Path:
    file = folder / "work.py"
    file.write_text(text)
    return file


@pytest.mark.parametrize("name", LEAKY)
def test_a_planted_leak_is_found_once(name, tmp_path):
    text, kinds = LEAKY[name]
    assert sorted(set(find_leaks_in_code(script(tmp_path, text)).kinds)) == kinds


@pytest.mark.parametrize("name", HONEST)
def test_honest_work_passes(name, tmp_path):
    assert not find_leaks_in_code(script(tmp_path, HONEST[name])).leaks


@pytest.mark.parametrize("name", student_work.FOUND)
def test_a_leak_of_a_student_is_found(name, tmp_path):
    """Aliases, loops, functions, classes and splits by hand hide none of these."""
    kind, text = student_work.FOUND[name]
    assert kind in find_leaks_in_code(script(tmp_path, text)).kinds


@pytest.mark.parametrize("name", student_work.SOUND)
def test_a_student_who_does_it_right_is_left_alone(name, tmp_path):
    """No false alarm, however near the work comes to a leak."""
    assert not find_leaks_in_code(script(tmp_path, student_work.SOUND[name])).leaks


@pytest.mark.parametrize("name", student_work.NOT_SEEN)
def test_what_reading_cannot_see_is_said(name, tmp_path):
    """A leak that is not found is one of a kind that every report names."""
    said, text = student_work.NOT_SEEN[name]
    report = find_leaks_in_code(script(tmp_path, text))
    assert not report.leaks
    assert said in repr(report)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_of_the_book_leaks_only_where_it_says_so(page):
    assert find_leaks_in_code(page).kinds == STAGED.get(page.stem, [])


@pytest.mark.parametrize("file", STARTERS, ids=lambda file: file.stem)
def test_no_starter_leaks(file):
    assert not find_leaks_in_code(file).leaks


def test_a_notebook_names_its_cells_and_a_page_its_lines(tmp_path):
    first, second = LEAKY["selected by p"][0].rsplit("\n", 1)
    cells = [
        {"cell_type": "markdown", "source": ["fit, then split"]},
        *({"cell_type": "code", "source": [text]} for text in (first, second)),
    ]
    notebook, page = tmp_path / "work.ipynb", tmp_path / "work.md"
    notebook.write_text(json.dumps({"cells": cells}))
    assert find_leaks_in_code(notebook).leaks[0].where == "cell 3, line 1"
    fence = "```{code-cell} ipython3\n---\ntags: [hide-input]\n---\n"
    page.write_text(f"# Title\n\n{fence}{first}\n```\n\nThen\n\n{fence}{second}\n```\n")
    lines = page.read_text().splitlines()
    assert find_leaks_in_code(page).leaks[0].where == f"line {lines.index(second) + 1}"


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("work.txt", "", "must be a file that ends in .py, .ipynb or .md"),
        ("work.py", "x = (", "must be a file of Python that can be read, got line 1"),
        ("work.ipynb", "{}", "must be a notebook of Jupyter"),
    ],
)
def test_what_cannot_be_read_is_said(name, text, said, tmp_path):
    (tmp_path / name).write_text(text)
    with pytest.raises(ValueError, match=f"path {said}"):
        find_leaks_in_code(tmp_path / name)
    with pytest.raises(ValueError, match="path must be a file that exists"):
        find_leaks_in_code(tmp_path / "none.py")


def test_the_command_line_fails_where_there_is_a_leak(tmp_path):
    leaky = script(tmp_path, LEAKY["resampled"][0])
    command = [sys.executable, "-P", "-m", "mlearth.evaluation.leaks", str(leaky)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert "1 leak found\n  line 2: SMOTE of line 1" in ran.stdout
    assert "not seen:" in ran.stdout


# rows


@pytest.fixture
def rows():
    rng = np.random.default_rng(0)
    X = pd.DataFrame(rng.normal(size=(90, 2)), columns=["distance", "vs30"])
    return X, X["distance"] + rng.normal(size=90), (np.arange(60), np.arange(60, 90))


def test_groups_times_places_and_copies_that_cross_are_counted(rows):
    X, y, split = rows
    X.iloc[70:73] = X.iloc[0:3].to_numpy()
    report = find_leaks(
        X,
        y,
        split,
        groups={"event": np.arange(90) // 8, "station": np.arange(90)},
        time=pd.date_range("2020-01-01", periods=90)[::-1],
        latitude=np.linspace(10, 11, 90),
        longitude=np.zeros(90),
        near_km=5,
    )
    assert report.kinds == ["group", "time", "place", "duplicate"]
    said = [leak.said for leak in report.leaks]
    assert said[0] == "1 of 5 in the test are in training too"  # event 7: rows 56 to 63
    late = "60 of 60 training rows come after the first of the test (2020-01-01)"
    assert said[1] == late
    # 111.2 km / 89 is 1.25 km from row to row: four rows are within 5 km of row 59
    assert said[2] == "4 of 30 test rows have a training row within 5 km"
    assert said[3] == "3 of 30 test rows have a training row with equal features"


def test_a_feature_that_alone_knows_the_answer_is_named(rows):
    X, y, split = rows
    X["pgv"], X["noise"] = 2 * y, np.random.default_rng(1).normal(size=90)
    report = find_leaks(X, y, split)
    assert [(leak.kind, leak.where) for leak in report.leaks] == [("feature", "pgv")]
    label = np.where(y > 0.3, "blast", "quake")
    X["pgv"] = label
    assert [leak.where for leak in find_leaks(X, label, split).leaks] == ["pgv"]
    assert not find_leaks(X[["noise"]], label, split).leaks


def test_what_saw_the_test_is_told_by_fitting_it_again(rows):
    X, y, (train, test) = rows
    pipeline = make_pipeline(StandardScaler(), PCA(2), Ridge())
    columns = ColumnTransformer([("scale", StandardScaler(), ["vs30"])])
    honest = [make_pipeline(StandardScaler(), Ridge()).fit(X.iloc[train], y[train])]
    assert "fitted" not in find_leaks(X, y, (train, test), fitted=honest).kinds
    for greedy in (pipeline.fit(X, y), columns.fit(X)):
        leaks = find_leaks(X, y, (train, test), fitted=[greedy]).leaks
        assert [leak.kind for leak in leaks] == ["fitted"]
        assert "another from the training alone" in leaks[0].said
    other = StandardScaler().fit(X.iloc[:50])
    report = find_leaks(X, y, (train, test), fitted=[other])
    assert not report.leaks
    assert report.unseen[3].startswith("what StandardScaler was fitted to")


def test_a_report_says_what_was_not_looked_at(rows):
    report = find_leaks(*rows)
    assert repr(report).startswith("no leaks found\nnot seen:\n  groups that cross")
    assert len(report.unseen) == 6


def test_what_does_not_fit_together_is_refused(rows):
    X, y, split = rows
    for given, said in [
        ({"latitude": np.zeros(90)}, "longitude must be given together"),
        ({"time": np.arange(5)}, "time must be one value for each of the 90 rows"),
        ({"fitted": [Ridge()]}, "fitted must be estimators that were fitted"),
        ({"fitted": [3]}, "fitted must be fitted estimators of scikit-learn"),
    ]:
        with pytest.raises(ValueError, match=said):
            find_leaks(X, y, split, **given)
    with pytest.raises(ValueError, match="split must be two sides"):
        find_leaks(X, y, (np.arange(60), np.arange(59, 90)))
    with pytest.raises(ValueError, match="split must be rows of the 90"):
        find_leaks(X, y, (np.arange(60), np.arange(60, 91)))
