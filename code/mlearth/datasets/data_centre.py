"""One question to a data centre of the FDSN, and what can come instead of events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .quakeml import read_quakeml

if TYPE_CHECKING:
    import pandas as pd
    import requests

__all__ = ["NoDataError", "ask"]


class NoDataError(LookupError):
    """The data centre answered, and has no event that fits the query."""


def ask(query: dict[str, Any], timeout_s: float) -> pd.DataFrame:
    """Download the events that fit a query, with a bar if it takes long.

    Parameters
    ----------
    query : dict
        ``provider`` (the base address) and the parameters of the request.
    timeout_s : float
        Longest wait in seconds for the connection and for each piece of data.

    Returns
    -------
    pandas.DataFrame
        See :func:`mlearth.datasets.event_table.to_table`; perhaps without rows.

    Raises
    ------
    ValueError
        If the data centre refuses the query.
    TimeoutError
        If it does not answer in time.
    ConnectionError
        If it cannot be reached, fails, or sends something else than QuakeML.
    """
    address = query["provider"]
    options = {key: value for key, value in query.items() if key != "provider"}
    content = _download(address, options, timeout_s)
    if content is None:
        return read_quakeml(b"<quakeml><eventParameters/></quakeml>")
    try:
        return read_quakeml(content)
    except ValueError as error:
        raise ConnectionError(
            f"{address} answered with {_kind(content)} instead of a catalogue: "
            f"{_beginning(content)} ({error})"
        ) from None


def _download(address: str, options: dict[str, Any], timeout_s: float) -> bytes | None:
    """Fetch the answer; None is the data centre's word for "no events"."""
    import requests
    from urllib3.exceptions import ReadTimeoutError

    url = f"{address}/fdsnws/event/1/query"
    late = TimeoutError(f"{address} did not answer within timeout_s = {timeout_s:g} s")
    try:
        with requests.get(url, options, timeout=timeout_s, stream=True) as response:
            _judge(response, address, options)
            return None if response.status_code == 204 else _pieces(response)
    except requests.Timeout:
        raise late from None
    except requests.RequestException as error:
        if isinstance(next(iter(error.args), None), ReadTimeoutError):
            raise late from None
        cut = isinstance(error, requests.exceptions.ChunkedEncodingError)
        what = "sent an answer that was cut short" if cut else "could not be asked"
        raise ConnectionError(f"{address} {what}: {error}") from None


def _judge(response: requests.Response, address: str, options: dict[str, Any]) -> None:
    """Turn a refusal into a ValueError, any other failure into a ConnectionError."""
    status = response.status_code
    if status in (200, 204):
        return
    told = f"{status} {response.reason}: {_beginning(response.content)}"
    if status in (400, 413, 414):
        raise ValueError(f"{address} refused the query {options}: {told}")
    raise ConnectionError(f"{address} failed to answer: {told}")


def _pieces(response: requests.Response) -> bytes:
    """Read the answer piece by piece under a bar that shows after a second."""
    from tqdm import tqdm

    plain = "Content-Encoding" not in response.headers
    total = int(response.headers.get("Content-Length", 0)) if plain else 0
    look = {"unit": "B", "unit_scale": True, "delay": 1.0, "desc": "events"}
    content = bytearray()
    with tqdm(total=total or None, **look) as bar:
        for piece in response.iter_content(1 << 16):
            content += piece
            bar.update(len(piece))
    return bytes(content)


def _kind(content: bytes) -> str:
    start, end = content.lstrip()[:400].lower(), content.rstrip()[-100:].lower()
    if not start:
        return "nothing (an empty page)"
    if start.startswith(b"<!doctype html") or b"<html" in start:
        return "an HTML page"
    if b"quakeml" in start:
        return "QuakeML that is damaged" if b"quakeml" in end else "QuakeML cut short"
    return "another kind of XML" if start.startswith(b"<") else "text"


def _beginning(content: bytes) -> str:
    return repr(" ".join(content[:400].decode("utf-8", "replace").split())[:120])
