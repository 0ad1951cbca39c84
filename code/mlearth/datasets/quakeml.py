"""From a QuakeML document to a tidy table, one odd event more or less."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import numpy as np

from .event_table import to_table

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["read_quakeml"]


def read_quakeml(content: bytes) -> pd.DataFrame:
    """Read a QuakeML document into a table, one event per row.

    The preferred origin and magnitude are taken, else the first ones. One odd
    event does not end the catalogue: it is left out and counted. (ObsPy's own
    reader stops at a magnitude of "nan" and passes over an unknown type.)

    Parameters
    ----------
    content : bytes
        A document; its version and namespace do not matter.

    Returns
    -------
    pandas.DataFrame
        See :func:`mlearth.datasets.event_table.to_table`.

    Raises
    ------
    ValueError
        If ``content`` is not a whole QuakeML document.

    Examples
    --------
    >>> read_quakeml(b"<html/>")
    Traceback (most recent call last):
    ...
    ValueError: content must be QuakeML, got a document of the type 'html'
    """
    try:
        root = ElementTree.fromstring(content)
    except ElementTree.ParseError as error:
        raise ValueError(f"content must be well-formed XML, got {error}") from None
    parameters = root.find("{*}eventParameters")
    if parameters is None:
        kind = root.tag.rpartition("}")[2]
        raise ValueError(
            f"content must be QuakeML, got a document of the type {kind!r}"
        )
    return to_table([_parsed(event) for event in parameters.findall("{*}event")])


def _parsed(event: ElementTree.Element) -> dict[str, Any]:
    def listed(kind: str, read: Any) -> dict[Any, Any]:
        items = enumerate(event.findall(kind))
        return {item.get("publicID", number): read(item) for number, item in items}

    return {
        "event_id": event.get("publicID", ""),
        "type": _text(event, "{*}type"),
        "preferred_origin": _text(event, "{*}preferredOriginID"),
        "preferred_magnitude": _text(event, "{*}preferredMagnitudeID"),
        "origins": listed("{*}origin", _parsed_origin),
        "magnitudes": listed("{*}magnitude", _parsed_magnitude),
    }


def _parsed_origin(origin: ElementTree.Element) -> dict[str, Any]:
    names = ("time", "latitude", "longitude", "depth")
    time, *place = (origin.findtext(f"{{*}}{name}/{{*}}value") for name in names)
    numbers = zip(names[1:], map(_number, place), strict=True)
    return {"time": _time(time)} | dict(numbers)


def _parsed_magnitude(magnitude: ElementTree.Element) -> tuple[float, str]:
    value = _number(magnitude.findtext("{*}mag/{*}value", ""))
    return value, _text(magnitude, "{*}type") or ""


def _text(element: ElementTree.Element, path: str) -> str | None:
    text = element.findtext(path)
    return text.strip() if text and text.strip() else None


def _number(text: str | None) -> float | None:
    """Read a number: None if there is none, NaN if it cannot be read."""
    try:
        return None if text is None else float(text)
    except ValueError:
        return np.nan


def _time(text: str | None) -> datetime | None:
    try:
        time = datetime.fromisoformat((text or "").strip())
    except ValueError:
        return None
    return time.astimezone(UTC).replace(tzinfo=None) if time.tzinfo else time
