"""The package behind the book *Machine Learning with Python for Earth Science*."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .checks import check, progress
    from .checks.hints import choose, hint
    from .checks.review import review
    from .pins import pin

__version__ = "0.1.0"

__all__ = ["check", "choose", "hint", "pin", "progress", "review"]

_STANDS_IN = {
    "check": ".checks",
    "choose": ".checks.hints",
    "hint": ".checks.hints",
    "pin": ".pins",
    "progress": ".checks",
    "review": ".checks.review",
}


def __getattr__(name: str) -> Any:
    """Import when it is asked for what only some need: most who import mlearth read."""
    if name not in _STANDS_IN:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_STANDS_IN[name], __name__), name)


def __dir__() -> list[str]:
    """Name what can be asked for, for whoever presses the tabulator."""
    return sorted({*globals(), *__all__})
