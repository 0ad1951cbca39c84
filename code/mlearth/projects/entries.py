"""What a class has handed in: read, scored or refused, submission by submission."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import numpy as np

from .kit import KitData, Score
from .submissions import CARD, CODE, TEAM, Card, Refused, read_card, read_submission


@dataclass(frozen=True, eq=False)
class Entry:
    """One submission on the board.

    Attributes
    ----------
    team, name : str
        Whose it is, and the name of its folder: a date or a number.
    card : Card or None
        What it says of itself; None if that cannot be read.
    scores : dict of str to Score
        The main one first; empty if it is refused or waits.
    reasons : tuple of str
        Why it is refused.
    waits : bool
        Whether it answers the private test, and the seed of that is not here.
    """

    team: str
    name: str
    card: Card | None = None
    scores: dict[str, Score] | None = None
    reasons: tuple[str, ...] = ()
    waits: bool = False

    @property
    def main(self) -> Score:
        """The score that ranks."""
        return next(iter(self.scores.values()))


def read_class(
    kit: ModuleType, name: str, folder: str | Path, splits: dict[str, KitData]
) -> list[Entry]:
    """Read and score what a class has handed in.

    Parameters
    ----------
    kit : module
        The kit.
    name : str
        Its name or its file.
    folder : str or Path
        ``<team>/<date or number>/`` for each submission.
    splits : dict of str to KitData
        The data that may be answered, with their truth, by split.

    Returns
    -------
    list of Entry
        By team, and of each team in the order of their names, in which 10 follows 9.

    Raises
    ------
    ValueError
        If there is no such folder, or nothing in it.
    """
    root = Path(folder)
    teams = [path for path in sorted(root.glob("[!.]*")) if path.is_dir()]
    if not teams:
        raise ValueError(f"submissions must be a folder of teams, got {folder}")
    found = []
    for team in teams:
        for path in _submissions(team):
            found.append(_read_entry(kit, name, team.name, path, splits))
    return found


def _submissions(team: Path) -> list[Path]:
    """Return the folders of a team; its own where it has handed in nothing below it."""
    below = [path for path in team.glob("[!.]*") if path.is_dir() and path.name != CODE]
    return sorted(below, key=in_order) or [team]


def in_order(path: Path) -> list:
    """A key by which 10 follows 9, and dates follow one another."""
    parts = re.split(r"(\d+)", path.name)
    return [(part.isdigit(), int(part) if part.isdigit() else part) for part in parts]


def _read_entry(
    kit: ModuleType, name: str, team: str, path: Path, splits: dict[str, KitData]
) -> Entry:
    card = None
    try:
        if path.name == team:
            said = f"{team}/ holds no folder with a submission, such as {team}/1/{CARD}"
            raise Refused([said])
        if not TEAM.fullmatch(team):
            raise Refused([f"{team!r} is no name of a team"])
        if path.is_symlink() or path.parent.is_symlink():
            raise Refused([f"{path.name} is a link: hand in the folder itself"])
        card = read_card(path)
        if card.split == "private" and "private" not in splits:
            return Entry(team, path.name, card, waits=True)
        data = splits.get(card.split, splits["public"])
        card, predictions = read_submission(path, data, name, team)
        return Entry(team, path.name, card, scored(kit, predictions, data))
    except Refused as refused:
        return Entry(team, path.name, card, reasons=refused.reasons)


def scored(kit: ModuleType, predictions: dict, data: KitData) -> dict[str, Score]:
    """Return the scores of a kit, the main one first.

    Raises
    ------
    Refused
        If the kit cannot score it, or the main score is no number.
    """
    try:
        found = kit.evaluate(predictions, data)
    except Exception as error:  # one submission must not end the board of a class
        said = f"it cannot be scored: {type(error).__name__}: {error}"
        raise Refused([said]) from None
    main = found[kit.MAIN]
    if not np.isfinite(main.interval.estimate):
        raise Refused([f"its {kit.MAIN} is {main.interval.estimate}"])
    return {kit.MAIN: main} | {k: v for k, v in found.items() if k != kit.MAIN}
