"""A ranking has a paired interval: no page scores models by bare cross-validation."""

import ast

from book_rules import Page

BARE = {"cross_val_score", "cross_validate"}
"""What gives a number for each fold, without pairs and without an interval."""


def bare_scores(source: str) -> set[str]:
    """The names of bare scores that a cell imports or calls."""
    named = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom):
            named |= {alias.name for alias in node.names}
        named.add(getattr(node, "id", "") or getattr(node, "attr", ""))
    return named & BARE


def faults(page: Page):
    """Yield where a page scores by bare cross-validation."""
    found = {
        number: names
        for number, cell in enumerate(page.code, start=1)
        if not cell.source.lstrip().startswith(("%", "!"))
        and (names := bare_scores(cell.source))
    }
    for number, names in found.items():
        at = f"{page.name}, code cell {number}"
        yield f"{at}: bare {', '.join(sorted(names))}; see compare_models"
