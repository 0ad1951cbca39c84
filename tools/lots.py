"""Draw lots for a class: pairs, who presents, their events, papers and discussants.

    python tools/lots.py pairs roster.csv --seed-file private/seed
    python tools/lots.py events roster.csv --seed-file private/seed --homework 2
    python tools/lots.py papers roster.csv wishes.csv --seed-file private/seed

The roster has one column, ``name``; it and the seed lie outside of this tree. The same
roster and seed give the same draw on every machine.
"""

import argparse
import csv
import hashlib
import sys
import tomllib
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd

ROOT = Path(__file__).resolve().parents[1]
N_HOMEWORK = 4
LEFT_OUT = 0.2
"""Share of the small earthquakes that a pair does without."""

LARGE = 5.0
"""From this magnitude on, all pairs keep all earthquakes."""


class Fault(ValueError):
    """What is wrong in a file of the class."""


def generator(seed: str, purpose: str) -> np.random.Generator:
    """A generator for one purpose, from a private text."""
    digest = hashlib.sha256(f"{seed}|{purpose}".encode()).digest()
    return np.random.default_rng(list(digest))


def read_seed(file: Path) -> str:
    """The private text from which all is drawn, of a file outside of this tree."""
    if file.resolve().is_relative_to(ROOT):
        raise Fault(f"{file}: the seed is private; keep it outside of {ROOT.name}/")
    text = file.read_text("utf-8").strip()
    if len(text) < 8:
        raise Fault(f"{file}: eight characters or more, since it can be guessed")
    return text


def read_column(file: Path, columns: list[str]) -> list[dict]:
    """The rows of a CSV file, which has these columns and no empty cell in them."""
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    for number, row in enumerate(rows, 2):
        for column in columns:
            if not (row.get(column) or "").strip():
                raise Fault(f"{file.name}, line {number}: no {column}")
    return [{key: row[key].strip() for key in columns} for row in rows]


def read_roster(file: Path) -> list[str]:
    """The names of a class, each once, in alphabetical order."""
    names = [row["name"] for row in read_column(file, ["name"])]
    double = {name for name in names if names.count(name) > 1}
    if double:
        raise Fault(f"{file.name}: {', '.join(sorted(double))} stand twice")
    if len(names) < 2:
        raise Fault(f"{file.name}: a class has two students or more")
    return sorted(names)


def rounds(names: list[str], seed: str) -> list[list[tuple[str, ...]]]:
    """Pairs for each homework, in which nobody meets a partner twice while it can be.

    Everybody sits in a circle around the first, and moves on by one seat. With an odd
    number one works alone, each time another.
    """
    order = list(generator(seed, "pairs").permutation(names))
    seats = order if len(order) % 2 == 0 else [*order, None]
    n, found = len(seats), []
    for k in range(N_HOMEWORK):
        shift = k % (n - 1)
        ring = [seats[0], *seats[1 + shift :], *seats[1 : 1 + shift]]
        pairs = [(ring[i], ring[n - 1 - i]) for i in range(n // 2)]
        found.append([tuple(sorted(x for x in pair if x)) for pair in pairs])
    return found


def presenters(drawn: list[list[tuple[str, ...]]], seed: str) -> list[tuple[str, ...]]:
    """One pair for each homework: who has presented least, then by lot."""
    rng, times, found = generator(seed, "presenters"), {}, []
    for pairs in drawn:
        whole = [pair for pair in pairs if len(pair) == 2] or pairs
        lots = rng.permutation(len(whole))
        load = [sum(times.get(name, 0) for name in pair) for pair in whole]
        first = min(lots, key=lambda k: load[k])
        found.append(whole[first])
        for name in whole[first]:
            times[name] = times.get(name, 0) + 1
    return found


def event_subset(magnitude: pd.Series, pair: tuple[str, ...], seed: str) -> list:
    """The earthquakes of one pair: all large ones, and four in five of the others.

    The small ones are taken out evenly over magnitude, one of each five neighbours, so
    that answers differ from pair to pair and difficulty does not.

    Parameters
    ----------
    magnitude : pandas.Series
        Magnitude of each earthquake [1], indexed by its name.
    pair : tuple of str
        Names of the pair.
    seed : str
        The private text.

    Returns
    -------
    list
        Names of the earthquakes that the pair keeps, in the order of magnitude.
    """
    rng = generator(seed, "events " + " and ".join(sorted(pair)))
    ranked = magnitude.sort_index().sort_values(kind="stable")
    small = ranked.index[ranked < LARGE]
    size = round(1 / LEFT_OUT)
    out = [
        small[i + rng.integers(min(size, len(small) - i))]
        for i in range(0, len(small), size)
    ]
    return [name for name in ranked.index if name not in set(out)]


def read_papers() -> set[str]:
    """The keys of all papers that may be presented."""
    text = (ROOT / "course/papers.toml").read_text("utf-8")
    return {key for paper in tomllib.loads(text)["papers"] for key in paper["keys"]}


def discussants(wishes: list[dict], names: list[str], seed: str) -> list[dict]:
    """Give each talk a discussant, who presents another paper, each student once."""
    known = read_papers()
    for wish in wishes:
        if wish["key"] not in known:
            raise Fault(f"{wish['name']}: {wish['key']!r} is not in course/papers.toml")
        if wish["name"] not in names:
            raise Fault(f"{wish['name']} is not in the roster")
    for one, other in combinations(wishes, 2):
        for column in ("name", "key"):
            if one[column] == other[column]:
                raise Fault(f"{one[column]} stands twice")
    missing = sorted(set(names) - {wish["name"] for wish in wishes})
    if missing:
        raise Fault(f"no paper yet: {', '.join(missing)}")
    order = generator(seed, "talks").permutation(len(wishes))
    talks = [wishes[k] for k in order]
    return [
        wish | {"discussant": talks[(k + 1) % len(talks)]["name"]}
        for k, wish in enumerate(talks)
    ]


def show(rows: list[dict]) -> None:
    """Write rows as CSV."""
    table = csv.DictWriter(sys.stdout, rows[0], lineterminator="\n")
    table.writeheader()
    table.writerows(rows)


def draw_pairs(asked) -> list[dict]:
    """The rows of `pairs`: homework, pair, whether it presents."""
    drawn = rounds(read_roster(asked.roster), read_seed(asked.seed_file))
    chosen = presenters(drawn, read_seed(asked.seed_file))
    return [
        {
            "homework": k,
            "pair": " and ".join(pair),
            "presents": "yes" if pair == chosen[k - 1] else "",
        }
        for k, pairs in enumerate(drawn, 1)
        for pair in pairs
    ]


def draw_events(asked) -> list[dict]:
    """The rows of `events`: pair, event."""
    from mlearth.datasets import load_ridgecrest_ground_motion

    seed = read_seed(asked.seed_file)
    motions = load_ridgecrest_ground_motion()
    magnitude = motions.groupby("event_id").magnitude.first()
    return [
        {"pair": " and ".join(pair), "event": event}
        for pair in rounds(read_roster(asked.roster), seed)[asked.homework - 1]
        for event in event_subset(magnitude, pair, seed)
    ]


def draw_papers(asked) -> list[dict]:
    """The rows of `papers`: name, key, number that is made again, discussant."""
    wishes = read_column(asked.wishes, ["name", "key", "reproduces"])
    seed = read_seed(asked.seed_file)
    return discussants(wishes, read_roster(asked.roster), seed)


def main(arguments=None) -> int:
    """Run the command line; 1 if a file of the class has a fault."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    for name, draw in DRAWS.items():
        command = commands.add_parser(name, help=draw.__doc__.rstrip("."))
        command.add_argument("roster", type=Path, help="CSV with the column name")
        if name == "papers":
            command.add_argument("wishes", type=Path, help="name,key,reproduces")
        if name == "events":
            numbers = range(1, N_HOMEWORK + 1)
            command.add_argument("--homework", type=int, choices=numbers, required=True)
        command.add_argument("--seed-file", type=Path, required=True)
    asked = parser.parse_args(arguments)
    try:
        show(DRAWS[asked.command](asked))
    except Fault as fault:
        print(fault, file=sys.stderr)
        return 1
    return 0


DRAWS = {"pairs": draw_pairs, "events": draw_events, "papers": draw_papers}

if __name__ == "__main__":
    sys.exit(main())
