"""What a page may weigh: bytes as a server sends them, packed, and requests."""

import gzip
from functools import cache
from pathlib import Path

PACKED = {".woff2", ".png", ".webp", ".jpg"}  # packed already
SHARED = ("_static/",)  # a browser has these from the page before
MAPS = {
    "book/index.html",
    "book/datasets.html",
    "book/course/primer.html",
    "book/data_and_validation/clustering.html",
    "book/data_and_validation/ensemble_learning.html",
    "book/data_and_validation/model_evaluation.html",
    "book/data_and_validation/multilayer_perceptron.html",
    "book/supervised_learning/linear_regression.html",
    "book/supervised_learning/nearest_neighbors.html",
    "book/supervised_learning/support_vector_machines.html",
    "book/supervised_learning/trees_and_forests.html",
}
"""Pages with maps or clouds of thousands of points, which have the larger budget."""

SEARCH = "search.html"
SEARCH_KIB_A_PAGE = 5
"""The search loads the words of the whole book, which grow with its pages."""

FIRST_KIB, FIRST_WITH_MAPS_KIB = 250, 400
NEXT_KIB, NEXT_WITH_MAPS_KIB = 120, 240
REQUESTS, REQUESTS_WITH_MAPS = 15, 20
SHIFT = 0.02


def sent(path: Path) -> bytes:
    """What is sent of a file."""
    return packed(path, path.stat().st_mtime_ns)


@cache
def packed(path: Path, written: int) -> bytes:
    """A file as it is sent, packed once for each time that it was written."""
    content = path.read_bytes()
    return content if path.suffix in PACKED else gzip.compress(content)


def weights(book: Path, loaded: set[str]) -> dict[str, float]:
    """Weight of a first visit, of a later one, and the number of requests."""
    files = {name: book / name for name in loaded}
    files |= {
        name: path / "index.html" for name, path in files.items() if path.is_dir()
    }
    first = {name: len(sent(path)) / 1024 for name, path in files.items()}
    later = [kib for name, kib in first.items() if not name.startswith(SHARED)]
    return {"first": sum(first.values()), "next": sum(later), "loads": len(files)}


def faults(
    name: str, weighed: dict[str, float], shift: float, n_pages: int = 0
) -> list[str]:
    """Say where a page is over its budget; that of the search grows with the book."""
    maps = name in MAPS
    limits = {
        "first": FIRST_WITH_MAPS_KIB if maps else FIRST_KIB,
        "next": NEXT_WITH_MAPS_KIB if maps else NEXT_KIB,
        "loads": REQUESTS_WITH_MAPS if maps else REQUESTS,
    }
    if name == SEARCH:
        limits["next"] = max(NEXT_KIB, SEARCH_KIB_A_PAGE * n_pages)
        limits["first"] += limits["next"] - NEXT_KIB
    words = {
        "first": "KiB at the first visit",
        "next": "KiB at a later visit",
        "loads": "requests",
    }
    found = [
        f"{weighed[kind]:.0f} {words[kind]}, allowed are {limit}"
        for kind, limit in limits.items()
        if weighed[kind] > limit
    ]
    if shift > SHIFT:
        found.append(f"the page shifts by {shift:.3f} while it loads, allowed {SHIFT}")
    return found
