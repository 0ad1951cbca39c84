"""A ranking that a page claims comes from compare_models."""

import pytest
import ranking_rules
from book_rules import ROOT, Page

PAGES = sorted((ROOT / "book").rglob("*.md"))
START = """---
jupytext: {text_representation: {extension: .md, format_name: myst}}
kernelspec: {display_name: Python 3, language: python, name: python3}
---
# Title

```{code-cell} ipython3
"""


@pytest.mark.parametrize("path", PAGES, ids=[path.stem for path in PAGES])
def test_a_page_scores_no_model_by_bare_cross_validation(path):
    """A number for each fold is neither a pair nor an interval."""
    assert list(ranking_rules.faults(Page.read(path))) == []


@pytest.mark.parametrize(
    "source",
    [
        "from sklearn.model_selection import cross_val_score",
        "import sklearn.model_selection as pick\npick.cross_validate(tree, X, y)",
        "score = cross_val_score\nscore(tree, X, y, cv=folds).mean()",
        "table = {n: -cross_val_score(m, X, y).mean() for n, m in models.items()}",
    ],
)
def test_a_planted_score_is_noticed(source):
    """Imported, called by its module, or under another name."""
    found = "\n".join(ranking_rules.faults(Page(f"{START}{source}\n```\n")))
    assert "page, code cell 1: bare cross_val" in found


@pytest.mark.parametrize(
    "source",
    [
        "from sklearn.model_selection import cross_val_predict",
        "# cross_val_score gives no interval",
        "compare_models(models, y, folds, groups=events)",
        "%matplotlib inline",
    ],
)
def test_predictions_and_comparisons_are_welcome(source):
    """Predictions of all folds may be drawn, and a comment may name the function."""
    assert list(ranking_rules.faults(Page(f"{START}{source}\n```\n"))) == []
