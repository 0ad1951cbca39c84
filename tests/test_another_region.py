"""What the page on another region names is there."""

import re
from pathlib import Path

import pytest
from test_lectures import labels

from mlearth import datasets
from mlearth.datasets.register import read_register

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "course/another_region.md").read_text("utf-8")
ROW = re.compile(r"^\| `(load_\w+)` \| (.+?) \|", re.M)


def unknown(text):
    """Names in a text that neither the book nor the tree knows."""
    for name in re.findall(r"`((?:ex|data)-[\w-]+)`", text):
        if name not in labels():
            yield name
    for name in re.findall(r"\b(?:load|save|fetch)_\w+", text):
        if not hasattr(datasets, name):
            yield name
    for name in re.findall(r"`([\w./-]+(?:/|\.(?:py|md|toml)))`", text):
        near = [ROOT, ROOT / "course", ROOT / "code/mlearth/data"]
        if not any((folder / name).exists() for folder in near):
            yield name
    for loader, pages in ROW.findall(text):
        for page in re.findall(r"`(\w+)`", pages):
            (file,) = ROOT.glob(f"book/*/{page}.md")
            if loader not in file.read_text("utf-8"):
                yield f"{page} without {loader}"


def test_all_names_are_known():
    """Exercises, loaders, files, and the pages that a loader serves."""
    assert list(unknown(TEXT)) == []
    assert len(ROW.findall(TEXT)) == 3
    assert "swiss_events" in read_register()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("`ex-your-arc`", "`ex-our-arc`"),
        ("save_region(", "save_box("),
        ("`book/datasets.md`", "`book/data.md`"),
        ("`clustering`", "`linear_regression`"),
    ],
)
def test_a_wrong_name_is_found(old, new):
    """Each planted fault is told."""
    assert old in TEXT
    assert list(unknown(TEXT.replace(old, new)))
