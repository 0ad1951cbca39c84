"""The search of the built book finds the page that a reader means."""

import json
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser

FIRST = {  # what is asked for: the page that comes first
    "ROC": "logistic_regression",
    "ROC curve": "logistic_regression",
    "SVM": "support_vector_machines",
    "support vector machine": "support_vector_machines",
    "margin": "support_vector_machines",
    "kernel matrix": "support_vector_machines",
    "haversine": "nearest_neighbors",
    "k-nearest": "nearest_neighbors",
    "nearest neighbor": "nearest_neighbors",
    "nearest neighbours": "nearest_neighbors",
    "kNN": "nearest_neighbors",
    "Adaline": "linear_classifiers",
    "perceptron": "multilayer_perceptron",
    "one scale for all features": "linear_classifiers",
    "gradient descent": "linear_regression",
    "ridge": "linear_regression",
    "Huber": "linear_regression",
    "log loss": "logistic_regression",
    "cross-entropy": "logistic_regression",
    "calibration": "logistic_regression",
    "decision tree": "trees_and_forests",
    "random forest": "trees_and_forests",
    "Gini": "trees_and_forests",
    "information gain": "trees_and_forests",
    "bias and variance": "learning_from_data",
    "catalog": "earthquake_catalogues",
    "catalogue": "earthquake_catalogues",
    "b-value": "hw1_model_fit",
    "broadcasting": "tensorflow",
    "conda": "setup",
    "Binder": "setup",
    "grading": "grading",
    "regularization": "glossary",
    "regularisation": "glossary",
    "back-propagation": "multilayer_perceptron",
    "backpropagation": "multilayer_perceptron",
    "two straight stripes": "index",
    "coastlines": "datasets",
    "load_global_cmt": "api",
    "LinearRegression": "api",
}
ASK = "queries => queries.map(query => Search.query(query).map(page => page.address))"


@pytest.fixture(scope="module")
def answers(looker, site):
    """The pages found for each query, by their names; the manual has several."""
    asked = f"({ASK})({json.dumps(list(FIRST))})"
    found = looker.try_out(site, "search.html", "light", asked)
    return {
        query: ["api" if "/api" in page else Path(page).stem for page in pages]
        for query, pages in zip(FIRST, found, strict=True)
    }


@pytest.mark.parametrize("query", FIRST)
def test_the_page_that_is_meant_comes_first(answers, query):
    """Chapters before the manual, whatever the spelling."""
    assert answers[query][0] == FIRST[query]


@pytest.mark.parametrize("query", ["haversine", "ROC", "k-nearest"])
def test_the_manual_is_found_too(answers, query):
    """What comes later is not lost."""
    assert "api" in answers[query][1:]


@pytest.mark.parametrize("mode", ["light", "dark", "phone"])
def test_the_page_of_results_is_sound(looker, site, mode):
    """A page with results passes all that is looked for in pages."""
    assert looker.visit(site, "search.html?q=haversine", mode).faults() == []


def test_each_result_leads_to_its_place(looker, site, book):
    """The links of results name pages and anchors that exist."""
    script = "[...document.querySelectorAll('#search-results a')].map(a => a.href)"
    links = looker.try_out(site, "search.html?q=kernel+margin", "light", script)
    assert len(links) > 5
    for link in links:
        page, _, anchor = link.removeprefix(site).partition("#")
        html = (book / page).read_text("utf-8")
        assert not anchor or f'id="{anchor}"' in html, link


def test_nothing_is_found_in_words(looker, site):
    """A reader is told that nothing was found, and what to try."""
    script = "document.getElementById('search-status').textContent"
    said = looker.try_out(site, "search.html?q=xylophone", "light", script)
    assert said.startswith("Nothing for “xylophone”")
