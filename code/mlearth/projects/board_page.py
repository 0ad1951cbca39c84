"""The pages of a board: one file each, that needs no network and no script."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from . import board_drawing as drawing
from .entries import Entry
from .standings import Difference, Fall, Place

STYLE = """
:root { color-scheme: light dark; --ink: #1b1b1b; --paper: #fff; --faint: #ccc;
  --model: #0072b2; --warn: #b34700; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e6e6; --paper: #181818;
  --faint: #444; --model: #56b4e9; --warn: #ff9d5c; } }
body { font: 1rem/1.5 system-ui, sans-serif; color: var(--ink);
  background: var(--paper); max-width: 58rem; margin: 2rem auto; padding: 0 1rem; }
h1 { line-height: 1.2; } .scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; padding: 0.3rem 0; }
th, td { text-align: left; padding: 0.25rem 0.6rem;
  border-bottom: 1px solid var(--faint); }
td.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
svg { width: 100%; height: auto; font: 12px system-ui, sans-serif; }
svg text { fill: var(--ink); } svg .small { font-size: 10px; }
.grid { stroke: var(--faint); } .bar { stroke: var(--model); stroke-width: 3; }
.thin { stroke-width: 1.5; } .dot { fill: var(--model); }
.path { fill: none; stroke: var(--model); } .fall { stroke: var(--warn); }
.ring { fill: none; stroke: var(--warn); stroke-width: 2; }
.warn { color: var(--warn); font-weight: 600; }
"""


def page(title: str, parts: Sequence[str]) -> str:
    """Return a whole page."""
    return "\n".join(
        [
            '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>",
            f"<main>\n<h1>{escape(title)}</h1>",
            *parts,
            "</main>\n</body>\n</html>\n",
        ]
    )


def table(caption: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table whose first cell of a row names the row."""
    first = "".join(f'<th scope="col">{escape(name)}</th>' for name in head)
    lines = [
        f"<caption>{escape(caption)}</caption>",
        f"<thead><tr>{first}</tr></thead>",
    ]
    for name, *cells in rows:
        kinds = [' class="n"' if _is_number(cell) else "" for cell in cells]
        rest = "".join(
            f"<td{kind}>{escape(cell)}</td>"
            for kind, cell in zip(kinds, cells, strict=True)
        )
        lines.append(f'<tr><th scope="row">{escape(name)}</th>{rest}</tr>')
    begin = '<div class="scroll" role="region" tabindex="0" aria-label='
    begin += f'"{escape(caption)}"><table>\n'
    return begin + "\n".join(lines) + "\n</table></div>"


def _is_number(cell: str) -> bool:
    return cell[:1].isdigit() or cell[:2].removeprefix("-")[:1].isdigit()


def shown(found: Difference | None) -> str:
    """Return a difference as text, with its interval where there is one."""
    if found is None:
        return ""
    if found.low != found.low:
        return f"{found.estimate:z.3f} (not paired)"
    return f"{found.estimate:z.3f} ({found.low:z.3f} to {found.high:z.3f})"


def score_text(entry: Entry) -> str:
    """Return a score with its interval."""
    span = entry.main.interval
    return f"{span.estimate:z.3f} ({span.low:z.3f} to {span.high:z.3f})"


def verdict(place: Place) -> str:
    """Say whether a team can be distinguished from the one above it."""
    if place.behind is None:
        return ""
    if place.behind.low != place.behind.low:
        return "not compared: their resamples differ"
    return "behind" if place.behind.is_shown else "not distinguishable"


def board_page(
    title: str, name: str, of: str, data: str, places: list[Place], entries: list[Entry]
) -> str:
    """Return the page of the public board.

    Parameters
    ----------
    title : str
        The title of the kit.
    name, of : str
        The score that ranks, and what it is.
    data : str
        The digest of the public test.
    places : list of Place
        Who stands where.
    entries : list of Entry
        Everything that was handed in.

    Returns
    -------
    str
    """
    parts = [
        f"<p>Ranked by <strong>{escape(name)}</strong> on the public test: "
        f"{escape(of)}. Data <code>{escape(data)}</code>.</p>"
    ]
    if places:
        parts += [
            "<h2>Where teams stand</h2>",
            drawing.intervals(places, name, f"Teams by {name}"),
            _standing(name, places),
            "<p>A row that is <em>not distinguishable</em> has the sign ≈ in the "
            "drawing: both teams are scored again on the same drawn units, and the "
            "95 % interval of the difference holds zero. The best of many looks lies "
            "above what a method is worth; the private test tells by how much.</p>",
            "<h2>Progress</h2>",
            drawing.progress(places, name, f"{name}, submission by submission"),
        ]
    else:
        parts.append("<p>Nothing is scored yet.</p>")
    return page(f"{title}: leader board", [*parts, *_others(entries)])


def _standing(name: str, places: list[Place]) -> str:
    rows = [
        [
            place.entry.team,
            str(place.rank),
            score_text(place.entry),
            shown(place.behind),
            verdict(place),
            place.entry.name,
            str(place.n_looks),
        ]
        for place in places
    ]
    head = [
        "Team",
        "Rank",
        name,
        "Behind the one above by",
        "So it is",
        "By its",
        "Looks",
    ]
    n = places[0].entry.main.interval.n_clusters
    caption = f"The best submission of each team. Intervals are 95 %, over {n} units."
    return table(caption, head, rows)


def _others(entries: list[Entry]) -> list[str]:
    """Return what was refused and why, and what waits for the private test."""
    parts = []
    refused = [one for one in entries if one.reasons]
    if refused:
        rows = [[one.team, one.name, "; ".join(one.reasons)] for one in refused]
        parts += [
            "<h2>Refused</h2>",
            table("Not scored, and why.", ["Team", "Submission", "Reason"], rows),
        ]
    waiting = [f"{one.team} {one.name}" for one in entries if one.waits]
    if waiting:
        said = escape(", ".join(waiting))
        parts += [
            "<h2>For the private test</h2>",
            f"<p>Kept until the end: {said}.</p>",
        ]
    return parts


def final_page(title: str, name: str, found: list[Fall], entries: list[Entry]) -> str:
    """Return the page of the end: private scores beside public ones.

    Parameters
    ----------
    title : str
        The title of the kit.
    name : str
        The score that ranks.
    found : list of Fall
        In the order of the private scores.
    entries : list of Entry
        Everything that was handed in.

    Returns
    -------
    str
    """
    with_both = [fall for fall in found if fall.public]
    parts = [f"<p>Ranked by {escape(name)} on the private test.</p>"]
    if with_both:
        parts.append(drawing.both(with_both, name, "Public and private scores"))
    rows = [[*_final_row(fall)] for fall in found]
    head = [
        "Team",
        "Rank",
        "Private",
        "Public",
        "By chance?",
        "Change",
        "Beyond the class",
    ]
    if rows:
        parts.append(table(f"{name}, with intervals of 95 %.", head, rows))
    parts.append(f"<h2>What the board did to us</h2>\n<p>{escape(moral(found))}</p>")
    return page(f"{title}: the private test", [*parts, *_others(entries)])


def _final_row(fall: Fall) -> list[str]:
    return [
        fall.place.entry.team,
        str(fall.place.rank),
        score_text(fall.place.entry),
        score_text(fall.public) if fall.public else "none",
        "fell by more" if fall.is_over_fitted else "",
        shown(fall.change),
        shown(fall.beyond),
    ]


def moral(found: list[Fall]) -> str:
    """Say in words which teams fell by more than chance."""
    fallen = [fall.place.entry.team for fall in found if fall.is_over_fitted]
    told = (
        "A team falls by more than chance where its private score lies below its "
        "public one and the interval of the change leaves out zero. "
    )
    if any(fall.class_fell for fall in found):
        told += (
            "Here the whole class fell: the private test is harder, which is no fault "
            "of a team. So only what goes beyond the median of the class counts. "
        )
    if not fallen:
        return told + "None did. A small fall can hide in the noise of two tests."
    return (
        f"{told}{', '.join(fallen)} did. The likeliest reason is that choices were "
        "made by looking at the public score. A score that has chosen is spent."
    )
