"""Every figure is drawn on fresh axes in the book's style, and closed."""

import matplotlib.pyplot as plt
import pytest


@pytest.fixture(autouse=True)
def book_style():
    """Draw a test's figure in the book's style, and close it."""
    with plt.style.context("mlearth.book"):
        yield
    plt.close("all")


@pytest.fixture
def ax():
    """Return fresh axes."""
    return plt.subplots()[1]
