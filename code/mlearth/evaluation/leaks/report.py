"""What was found, and what could not be seen."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Leak:
    """One way by which the test reached the training.

    Attributes
    ----------
    kind : str
        "group", "time", "place", "duplicate", "feature" or "fitted" in the rows;
        "fit", "selection", "resampling", "refit" or "choice" in the code.
    where : str
        The column, the step or the line.
    said : str
        What was found, in a sentence.
    """

    kind: str
    where: str
    said: str

    def __str__(self) -> str:
        return f"{self.where}: {self.said} [{self.kind}]"


@dataclass(frozen=True, repr=False)
class LeakReport:
    """The leaks that were found, and what was not or cannot be looked at.

    Attributes
    ----------
    leaks : tuple of Leak
        In the order of the columns or lines; empty if none was found.
    unseen : tuple of str
        What the linter cannot tell. No leak found is not "no leak".
    """

    leaks: tuple[Leak, ...]
    unseen: tuple[str, ...]

    @property
    def kinds(self) -> list[str]:
        """The kind of each leak, in order."""
        return [leak.kind for leak in self.leaks]

    def __repr__(self) -> str:
        n = len(self.leaks)
        found = f"{n or 'no'} leak{'s' * (n != 1)} found"
        return "\n".join(
            [
                found,
                *(f"  {leak}" for leak in self.leaks),
                "not seen:",
                *(f"  {text}" for text in self.unseen),
            ]
        )
