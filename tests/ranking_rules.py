"""A ranking has a paired interval: no page scores models by bare cross-validation."""

import ast

from book_rules import Page

BARE = {"cross_val_score", "cross_validate"}
"""What gives a number for each fold, without pairs and without an interval."""

WAITING = {
    "book/supervised_learning/linear_regression.md",
    "book/supervised_learning/nearest_neighbors.md",
}
"""Pages that still do; the list may only shrink."""


def bare_scores(source: str) -> set[str]:
    """The names of bare scores that a cell imports or calls."""
    named = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom):
            named |= {alias.name for alias in node.names}
        named.add(getattr(node, "id", "") or getattr(node, "attr", ""))
    return named & BARE


def faults(page: Page):
    """Yield where a page scores by bare cross-validation, or waits in vain."""
    found = {
        number: names
        for number, cell in enumerate(page.code, start=1)
        if not cell.source.lstrip().startswith(("%", "!"))
        and (names := bare_scores(cell.source))
    }
    if page.name in WAITING:
        if not found:
            yield f"{page.name} needs its place in WAITING no longer: strike it out"
        return
    for number, names in found.items():
        at = f"{page.name}, code cell {number}"
        yield f"{at}: bare {', '.join(sorted(names))}; see compare_models"
