"""The leader board of a class: from a folder of submissions to tables and a page."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType

from .._arguments import check_choice, check_count, check_word
from .board_page import board_page, final_page, verdict
from .entries import Entry, read_class
from .finding import load_kit
from .kit import KitData
from .standings import Difference, Fall, Place, falls, rank
from .submissions import as_folder

BOARD = ("rank", "team", "submission", "score", "low", "high", "units")
BEHIND = ("behind", "behind_low", "behind_high", "verdict", "n_submissions", "n_looks")
ENTRIES = ("team", "submission", "split", "status", "score", "low", "high", "reason")
FINAL = ("rank", "team", "private", "private_low", "private_high", "public")
FALL = ("change", "change_low", "change_high", "beyond", "beyond_low", "beyond_high")


def write_board(
    kit: str,
    submissions: str | Path,
    out: str | Path,
    seed: int | None = None,
    size: str = "small",
    private_size: str = "small",
) -> list[Path]:
    """Score what a class handed in, and write its board.

    Parameters
    ----------
    kit : str
        Name or file of a kit.
    submissions : str or Path
        ``<team>/<date or number>/`` for each submission.
    out : str or Path
        A folder; made if it is not there.
    seed : int, optional
        Of the private test. Then ``final.csv`` and ``final.html`` are written, and
        nothing else.
    size, private_size : {"small", "large"}
        Of the public and of the private test. A larger private test finds smaller
        falls.

    Returns
    -------
    list of Path
        The files: ``board.csv``, ``submissions.csv`` and ``board.html``. The same
        submissions give the same bytes.

    Raises
    ------
    ValueError
        If there is no such kit or folder, or no submission in it.
    """
    check_word("kit", kit)
    submissions, out = as_folder("submissions", submissions), as_folder("out", out)
    if seed is not None:
        check_count("seed", seed, least=0)
    check_choice("private_size", private_size, ("small", "large"))
    module = load_kit(kit)
    splits = {"public": module.make_data("public", size=size)}
    if seed is not None:
        splits["private"] = module.make_data("private", size=private_size, seed=seed)
    entries = read_class(module, kit, submissions, splits)
    if seed is None:
        texts = public_files(module, splits["public"], entries)
    else:
        texts = final_files(module, entries)
    out.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (out / name).write_bytes(text.encode())
    return [out / name for name in texts]


def public_files(
    kit: ModuleType, data: KitData, entries: list[Entry]
) -> dict[str, str]:
    """Return the files of the public board by name."""
    places = rank(entries)
    of = places[0].entry.main.of if places else "nothing is scored yet"
    title, digest = kit.TITLE, data.sheet["data"]
    page = board_page(title, kit.MAIN, of, digest, places, entries)
    return {
        "board.csv": _csv((*BOARD, *BEHIND), map(_place_row, places)),
        "submissions.csv": _csv(ENTRIES, map(_entry_row, entries)),
        "board.html": page,
    }


def final_files(kit: ModuleType, entries: list[Entry]) -> dict[str, str]:
    """Return the files of the end by name."""
    found = falls(entries)
    rows = map(_fall_row, found)
    return {
        "final.csv": _csv((*FINAL, *FALL, "fell_by_more_than_chance"), rows),
        "final.html": final_page(kit.TITLE, kit.MAIN, found, entries),
    }


def _csv(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return text.getvalue()


def _number(value: float) -> str:
    return "" if value != value else f"{value:z.6f}"


def _score_cells(entry: Entry | None) -> list[str]:
    if entry is None or not entry.scores:
        return ["", "", ""]
    span = entry.main.interval
    return [_number(value) for value in (span.estimate, span.low, span.high)]


def _difference_cells(found: Difference | None) -> list[str]:
    if found is None:
        return ["", "", ""]
    return [_number(value) for value in (found.estimate, found.low, found.high)]


def _place_row(place: Place) -> list[object]:
    entry = place.entry
    return [
        place.rank,
        entry.team,
        entry.name,
        *_score_cells(entry),
        entry.main.interval.n_clusters,
        *_difference_cells(place.behind),
        verdict(place),
        len(place.progress),
        place.n_looks,
    ]


def _entry_row(entry: Entry) -> list[str]:
    status = "refused" if entry.reasons else "waits" if entry.waits else "scored"
    split = entry.card.split if entry.card else ""
    said = [entry.team, entry.name, split, status, *_score_cells(entry)]
    return [_harmless(cell) for cell in [*said, "; ".join(entry.reasons)]]


def _harmless(cell: str) -> str:
    """Keep a spreadsheet from taking words of a team for a formula."""
    is_number = cell.lstrip("-").replace(".", "", 1).isdigit()
    return (
        f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t") and not is_number else cell
    )


def _fall_row(fall: Fall) -> list[object]:
    public = _score_cells(fall.public)[0]
    return [
        fall.place.rank,
        fall.place.entry.team,
        *_score_cells(fall.place.entry),
        public,
        *_difference_cells(fall.change),
        *_difference_cells(fall.beyond),
        "yes" if fall.is_over_fitted else "no",
    ]
