"""What a team hands in: a folder of predictions, a card, and the code behind them."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from .._arguments import check_kinds, check_word, shown, wrong
from ..evaluation import find_leaks_in_code
from .finding import load_kit
from .kit import KitData, Predictions
from .tables import Fault, few, read_table, read_text

CARD = "submission.toml"
CODE = "code"
READ = (".py", ".ipynb")
LARGEST_CARD = 64 * 2**10
TEAM = re.compile(r"\w[\w -]{0,39}")
FIELDS = {"kit": str, "split": str, "data": str, "team": str, "done": str}
OPTIONAL = {"n_looks": int}


class Refused(ValueError):
    """A submission that is not scored, and why.

    Parameters
    ----------
    reasons : list of str
        Everything that is wrong with it, each with the name of a file.
    """

    def __init__(self, reasons: list[str]):
        self.reasons = tuple(reasons)
        super().__init__("; ".join(reasons))


@dataclass(frozen=True)
class Card:
    """What a submission says of itself, in ``submission.toml``.

    Attributes
    ----------
    kit, split, data : str
        What it answers; `data` is the digest that the datasheet tells.
    team : str
        Who handed it in.
    done : str
        What was done, in a sentence or two.
    n_looks : int
        How often the team has looked at its score on this split.
    """

    kit: str
    split: str
    data: str
    team: str
    done: str
    n_looks: int = 1


def write_submission(
    predictions: Predictions,
    data: KitData,
    folder: str | Path,
    team: str,
    done: str = "say here what was done",
    kit: str = "",
) -> Path:
    """Write predictions as a team hands them in; its code goes into ``code/`` there.

    Parameters
    ----------
    predictions : dict of str to pandas.DataFrame
        The tables of the kit by name.
    data : KitData
        What they answer.
    folder : str or Path
        Where; made if it is not there.
    team : str
        Its name: letters, digits, spaces, ``_`` and ``-``, at most 40.
    done : str
        What was done, in a sentence or two.
    kit : str
        Name or file of the kit; "" for the one that the datasheet names.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    ValueError
        If a table or a column is missing, the team has no such name, or what was
        written would be refused.
    """
    check_kinds(predictions=(predictions, dict), data=(data, KitData), kit=(kit, str))
    folder = as_folder("folder", folder)
    check_word("done", done)
    if not isinstance(team, str) or not TEAM.fullmatch(team):
        raise wrong("team", "letters, digits, spaces, _ and -, at most 40", shown(team))
    tables = load_kit(kit or data.sheet["kit"]).TABLES
    _check_tables(predictions, tables)
    (folder / CODE).mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        columns = [column.name for column in table.columns]
        predictions[name][columns].to_csv(folder / f"{name}.csv", index=False)
    if faults := _read_tables(folder, tables, data)[1]:
        raise Refused(faults)
    said = {name: data.sheet[name] for name in ("kit", "split", "data")}
    said |= {"team": team, "done": done}
    lines = [f"{key} = {json.dumps(value)}\n" for key, value in said.items()]
    (folder / CARD).write_text("".join(lines) + "n_looks = 1\n", "utf-8")
    return folder


def as_folder(name: str, folder: str | Path) -> Path:
    """Return a path, or raise an error that names the argument."""
    if not isinstance(folder, str | Path) or not str(folder):
        raise wrong(name, "a path", shown(folder))
    return Path(folder)


def _check_tables(predictions: Predictions, tables: dict) -> None:
    if set(predictions) != set(tables):
        got = ", ".join(map(str, predictions)) or "none"
        raise wrong("predictions", f"the tables {', '.join(tables)}", got)
    for name, table in tables.items():
        if not isinstance(predictions[name], pd.DataFrame):
            raise wrong(f"predictions[{name!r}]", "a DataFrame", "something else")
        columns = [column.name for column in table.columns]
        lacking = [column for column in columns if column not in predictions[name]]
        if lacking:
            what = f"a table with the columns {', '.join(columns)}"
            raise wrong(f"predictions[{name!r}]", what, f"none: {few(lacking)}")


def read_card(folder: str | Path) -> Card:
    """Read what a submission says of itself.

    Parameters
    ----------
    folder : str or Path
        A submission.

    Returns
    -------
    Card

    Raises
    ------
    Refused
        A ValueError that says what is wrong with ``submission.toml``.
    """
    faults: list[str] = []
    try:
        said = tomllib.loads(
            read_text(as_folder("folder", folder) / CARD, LARGEST_CARD)
        )
    except Fault as fault:
        raise Refused([str(fault)]) from None
    except tomllib.TOMLDecodeError as error:
        raise Refused([f"{CARD} is no TOML: {error}"]) from None
    fields = FIELDS | OPTIONAL
    faults += [f"{CARD} lacks {name}" for name in FIELDS if name not in said]
    faults += [
        f"{CARD} has {name}, which is none" for name in said if name not in fields
    ]
    for name in [name for name in said if name in fields]:
        if type(said[name]) is not fields[name] or not said[name]:
            kind = "text" if fields[name] is str else "a whole number from 1 on"
            faults.append(f"{CARD}: {name} must be {kind}, got {shown(said[name])}")
        elif name == "n_looks" and said[name] < 1:
            faults.append(f"{CARD}: n_looks must be at least 1, got {said[name]}")
    if not faults and not TEAM.fullmatch(said["team"]):
        faults.append(f"{CARD}: team {shown(said['team'])} is no name of a team")
    if faults:
        raise Refused(faults)
    return Card(**said)


def read_submission(
    folder: str | Path, data: KitData, kit: str = "", team: str = ""
) -> tuple[Card, Predictions]:
    """Read a submission, and refuse one that cannot be scored or that leaks.

    Parameters
    ----------
    folder : str or Path
        With ``submission.toml``, a CSV file for each table of the kit, and ``code/``.
    data : KitData
        What it has to answer.
    kit : str
        Name or file of the kit; "" for the one that the datasheet names.
    team : str
        Who should have handed it in; "" if that is not known.

    Returns
    -------
    card : Card
        What it says of itself.
    predictions : dict of str to pandas.DataFrame
        Its tables.

    Raises
    ------
    Refused
        A ValueError that names everything that is wrong, file by file.
    """
    check_kinds(data=(data, KitData), team=(team, str), kit=(kit, str))
    tables = load_kit(kit or data.sheet["kit"]).TABLES
    folder = as_folder("folder", folder)
    card = read_card(folder)
    faults = list(card_faults(card, data, team))
    found: Predictions = {}
    if not faults:  # else every row would be one of other data
        found, faults = _read_tables(folder, tables, data)
    faults += code_faults(folder / CODE)
    if faults:
        raise Refused(faults)
    return card, found


def card_faults(card: Card, data: KitData, team: str = "") -> Iterator[str]:
    """Yield what a submission says that does not fit the data it should answer."""
    sheet = data.sheet
    if card.kit != sheet["kit"]:
        yield f"{CARD}: kit is {card.kit}, and this is {sheet['kit']}"
    elif card.split != sheet["split"]:
        yield f"{CARD}: split is {card.split}, and this is {sheet['split']}"
    elif card.data != sheet["data"]:
        yield (
            f"{CARD}: it answers the data {card.data}, and these are {sheet['data']}: "
            "another seed or size?"
        )
    if team and card.team != team:
        yield f"{CARD}: team is {card.team}, and the folder is that of {team}"


def _read_tables(
    folder: Path, tables: dict, data: KitData
) -> tuple[Predictions, list[str]]:
    found, faults = {}, []
    expected = {f"{name}.csv" for name in tables}
    for path in sorted(folder.glob("*.csv")):
        if path.name not in expected:
            faults.append(f"{path.name} is none of {', '.join(sorted(expected))}")
    for name, table in tables.items():
        try:
            found[name] = read_table(folder / f"{name}.csv", table, data.inputs)
        except Fault as fault:
            faults.append(str(fault))
    return found, faults


def code_faults(folder: Path) -> list[str]:
    """Say what is wrong with the code of a submission: none, unreadable, or a leak.

    Parameters
    ----------
    folder : Path
        Its ``code/``. Nothing in it is run.

    Returns
    -------
    list of str
        Each with the name of a file, and the line where there is one.
    """
    if folder.is_symlink() or not folder.is_dir():
        return [f"{CODE}/ is missing: the code that made the predictions"]
    inside = sorted(path for path in folder.rglob("*") if path.suffix in READ)
    if not inside:
        return [f"{CODE}/ holds no .py and no .ipynb file"]
    faults = []
    for path in inside:
        name = path.relative_to(folder.parent).as_posix()
        try:
            read_text(path)
            leaks = find_leaks_in_code(path).leaks
        except Exception as error:  # such as brackets deeper than Python reads
            said = str(error).removeprefix(path.name).strip()
            faults.append(f"{name} cannot be read: {said}")
        else:
            faults += [f"{name} leaks, {leak}" for leak in leaks]
    return faults
