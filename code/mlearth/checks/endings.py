"""Word how a process came to its end, as one sentence for the student."""

from __future__ import annotations

import signal

from .blame import ASK, SEVERAL_ROWS, is_library, place
from .expect import sentence
from .process import Ended


def word_judge(end: Ended) -> str:
    """Word the end of the judge itself, which only the student's code can have ended.

    Parameters
    ----------
    end : Ended

    Returns
    -------
    str
    """
    if end.why == "waiting":
        return f"The check came to no end in {end.seconds:g} s: {ASK}"
    return (
        "Your code has ended the process that checks it: take out the call that ends "
        "another process."
    )


def word_end(
    end: Ended, called: str = "", rows: int = 0, importing: bool = False
) -> str:
    """Word the end of the student's process as one sentence.

    Parameters
    ----------
    end : Ended
        How it ended, and which lines were running.
    called : str
        The function that the check had called.
    rows : int
        The number of records that it was given.
    importing : bool
        Whether the student's file was being imported.

    Returns
    -------
    str
    """
    own = [frame for frame in end.frames if not is_library(frame[0])]
    where = f" {place(own[0][0], own[0][1])}" if own else ""
    name = own[0][2] if own else called or "<module>"
    who = "The import of your file" if name == "<module>" else f"`{name}`"
    stood = f" and stood{where}" if where else ""
    if end.why == "garbled":
        return (
            "Your code writes into the line on which it answers the check: take out "
            "what writes to open files by their number, such as os.write()."
        )
    if end.why == "waiting":
        hint = "does it wait for something?"
        return sentence(f"{who} is not done after {end.seconds:g} s{stood}", hint)
    if end.why == "slow":
        hint = "does it repeat something without end?"
        if importing and name == "<module>":
            hint = 'does what runs for long stand below `if __name__ == "__main__":`?'
        elif rows >= SEVERAL_ROWS:
            hint = f"is it too slow for {rows:,} records, in a loop over pairs of them?"
        return sentence(f"{who} is not done after {end.seconds:g} s{stood}", hint)
    if end.code is not None and end.code >= 0 and not end.frames:
        return (
            f"Your code ended Python itself (exit code {end.code}): take out the call "
            "that does so, such as os._exit()."
        )
    return sentence(f"Python itself crashed{where} ({_signal(end.code)})")


def _signal(code: int | None) -> str:
    if code is None or code >= 0:
        return "the interpreter stopped" if code is None else f"exit code {code:#x}"
    if -code == getattr(signal, "SIGKILL", 9):
        return "it was killed, most likely for using too much memory"
    return signal.strsignal(-code) or f"signal {-code}"
