"""The two drawings of a board, as SVG that needs no script: intervals, and progress."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

import numpy as np

from .standings import Fall, Place

WIDTH = 720
LEFT, RIGHT = 190, 60
ROW = 26
PANEL = 64


def nice_ticks(low: float, high: float) -> list[float]:
    """Return about five round numbers that span an interval.

    >>> nice_ticks(0.12, 0.91)
    [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]
    """
    if not high > low:  # all scores are one
        low, high = low - 0.5, high + 0.5
    width = high - low
    power = 10 ** np.floor(np.log10(width / 5))
    step = next(s * power for s in (1, 2, 5, 10) if s * power >= width / 6)
    first, last = np.floor(low / step), np.ceil(high / step)
    return [round(float(k * step), 10) for k in np.arange(first, last + 1)]


def scale(ticks: Sequence[float], start: float, end: float) -> Callable[[float], float]:
    """Return the function that maps the range of the ticks onto pixels."""
    low, width = ticks[0], ticks[-1] - ticks[0]
    return lambda value: start + (value - low) / width * (end - start)


def svg(name: str, height: float, title: str, alt: str, body: Sequence[str]) -> str:
    """Return a drawing with its title and its description for those who hear it."""
    return "\n".join(
        [
            f'<svg role="img" aria-labelledby="{name}-title {name}-alt" '
            f'viewBox="0 0 {WIDTH} {height:g}">',
            f'<title id="{name}-title">{escape(title)}</title>',
            f'<desc id="{name}-alt">{escape(alt)}</desc>',
            *body,
            "</svg>",
        ]
    )


def words(x: float, y: float, text: str, anchor: str = "start", kind: str = "") -> str:
    """Return one label."""
    said = f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"'
    return f"{said}{f' class={kind!r}' if kind else ''}>{escape(text)}</text>"


def line(x1: float, y1: float, x2: float, y2: float, kind: str) -> str:
    """Return one straight line."""
    ends = f'x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"'
    return f'<line class="{kind}" {ends}/>'


def intervals(places: Sequence[Place], name: str, title: str) -> str:
    """Draw each team's score with its interval, best above.

    Parameters
    ----------
    places : sequence of Place
        A row for each.
    name : str
        What the score is called.
    title : str
        Of the drawing.

    Returns
    -------
    str
    """
    spans = [place.entry.main.interval for place in places]
    ticks = nice_ticks(min(s.low for s in spans), max(s.high for s in spans))
    at, bottom = scale(ticks, LEFT, WIDTH - RIGHT), ROW * len(places) + 10
    body = _axis(ticks, at, bottom)
    for row, (place, span) in enumerate(zip(places, spans, strict=True)):
        y, same = ROW * row + 22, place.behind and not place.behind.is_shown
        label = f"{'≈ ' if same else ''}{place.entry.team}"
        body += [
            words(LEFT - 10, y + 4, _short(label), "end"),
            line(at(span.low), y, at(span.high), y, "bar"),
            f'<circle class="dot" cx="{at(span.estimate):.1f}" cy="{y}" r="4"/>',
            words(WIDTH - RIGHT + 8, y + 4, f"{span.estimate:.3f}"),
        ]
    body.append(words((LEFT + WIDTH - RIGHT) / 2, bottom + 38, name, "middle"))
    first, last = spans[0], spans[-1]
    alt = (
        f"{len(places)} teams in order of their {name}, each a dot with a bar for its "
        f"95 per cent interval, from {places[0].entry.team} with {first.estimate:.3f} "
        f"to {places[-1].entry.team} with {last.estimate:.3f}. The table says the same."
    )
    return svg("intervals", bottom + 48, title, alt, body)


def both(found: Sequence[Fall], name: str, title: str) -> str:
    """Draw each team's public score as a ring, and its private one as a dot.

    Parameters
    ----------
    found : sequence of Fall
        Those that have both.
    name : str
        What the score is called.
    title : str
        Of the drawing.

    Returns
    -------
    str
    """
    private = [fall.place.entry.main.interval for fall in found]
    public = [fall.public.main.interval.estimate for fall in found]
    ends = [end for span in private for end in (span.low, span.high)]
    ticks = nice_ticks(min([*ends, *public]), max([*ends, *public]))
    at, bottom = scale(ticks, LEFT, WIDTH - RIGHT), ROW * len(found) + 10
    body = _axis(ticks, at, bottom)
    for row, (fall, span, before) in enumerate(
        zip(found, private, public, strict=True)
    ):
        y, fell = ROW * row + 22, fall.is_over_fitted
        body += [
            words(LEFT - 10, y + 4, _short(fall.place.entry.team), "end"),
            line(at(span.low), y, at(span.high), y, "bar"),
            line(at(before), y, at(span.estimate), y, "fall"),
            f'<circle class="ring" cx="{at(before):.1f}" cy="{y}" r="5"/>',
            f'<circle class="dot" cx="{at(span.estimate):.1f}" cy="{y}" r="4"/>',
            words(WIDTH - RIGHT + 8, y + 4, "fell" if fell else ""),
        ]
    said = f"{name}: ring public, dot private with its interval"
    body.append(words((LEFT + WIDTH - RIGHT) / 2, bottom + 38, said, "middle"))
    fallen = [fall.place.entry.team for fall in found if fall.is_over_fitted]
    alt = (
        f"{len(found)} teams in order of their private {name}; a ring for the public "
        "score, a dot with a bar for the private one. Fell by more than chance: "
        f"{', '.join(fallen) or 'none'}. The table says the same."
    )
    return svg("both", bottom + 48, title, alt, body)


def _axis(ticks: Sequence[float], at: Callable, bottom: float) -> list[str]:
    body = [line(at(tick), 6, at(tick), bottom, "grid") for tick in ticks]
    return body + [words(at(t), bottom + 18, f"{t:g}", "middle") for t in ticks]


def _short(text: str, most: int = 26) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def progress(places: Sequence[Place], name: str, title: str) -> str:
    """Draw a small panel for each team: its scores, submission by submission.

    Parameters
    ----------
    places : sequence of Place
        A panel for each.
    name : str
        What the score is called.
    title : str
        Of the drawing.

    Returns
    -------
    str
    """
    scores = [one.main.interval for place in places for one in place.progress]
    ticks = nice_ticks(min(s.low for s in scores), max(s.high for s in scores))
    longest = max(len(place.progress) for place in places)
    across = scale([0, max(longest - 1, 1)], LEFT + 10, WIDTH - RIGHT - 10)
    body = []
    for row, place in enumerate(places):
        top = row * PANEL + 6
        at = scale(ticks, top + PANEL - 14, top)
        body += [line(LEFT, y, WIDTH - RIGHT, y, "grid") for y in (top, at(ticks[0]))]
        body += [
            words(LEFT - 10, top + PANEL / 2, _short(place.entry.team), "end"),
            words(WIDTH - RIGHT + 8, top + 5, f"{ticks[-1]:g}", kind="small"),
            words(WIDTH - RIGHT + 8, at(ticks[0]) + 3, f"{ticks[0]:g}", kind="small"),
            *_steps(place, across, at),
        ]
    bottom = PANEL * len(places) + 6
    said = f"submissions, first to last; {name} and its interval upward"
    body.append(words((LEFT + WIDTH - RIGHT) / 2, bottom + 20, said, "middle"))
    alt = (
        f"A panel for each of {len(places)} teams shows the {name} of its submissions "
        "from first to last, each a dot with a bar for its interval. "
        + " ".join(_told(place) for place in places)
    )
    return svg("progress", bottom + 30, title, alt, body)


def _steps(place: Place, across: Callable, at: Callable) -> list[str]:
    spans = [one.main.interval for one in place.progress]
    points = [(across(k), at(span.estimate)) for k, span in enumerate(spans)]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    body = [f'<polyline class="path" points="{path}"/>']
    for (x, y), span in zip(points, spans, strict=True):
        body.append(line(x, at(span.low), x, at(span.high), "bar thin"))
        body.append(f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="3"/>')
    return body


def _told(place: Place) -> str:
    first, last = place.progress[0].main.interval, place.progress[-1].main.interval
    went = f"{first.estimate:.3f} to {last.estimate:.3f} in {len(place.progress)}"
    return f"{place.entry.team}: {went}."
