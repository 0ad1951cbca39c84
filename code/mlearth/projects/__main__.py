"""``python -m mlearth.projects``: data, baselines, scores and the board of a class."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from .finding import kits, load_kit

if TYPE_CHECKING:
    from .kit import KitData

ABOUT = """
What a team and its instructor do with a project kit.

  python -m mlearth.projects list
  python -m mlearth.projects data KIT --split public --out public
  python -m mlearth.projects baseline KIT floor --out ours/1
  python -m mlearth.projects score KIT ours/1
  python -m mlearth.projects board KIT submissions --out board
"""
AFTER = """
KIT is a name that `list` shows, or a .py file of your own with the same functions.
The commands end with 0, with 1 where a submission is refused, with 2 where a command
cannot be carried out.
"""
SPLITS = ("training", "validation", "public", "private")
GIVEN = """from mlearth.projects import load_kit

kit = load_kit({kit!r})
splits = "training", "validation", {split!r}
training, validation, answered = (kit.make_data(one, size={size!r}) for one in splits)
predictions = kit.baselines()[{name!r}].predict(training, validation, answered)
"""


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    plain = argparse.RawDescriptionHelpFormatter
    found = argparse.ArgumentParser(
        prog="python -m mlearth.projects",
        description=ABOUT,
        epilog=AFTER,
        formatter_class=plain,
    )
    verbs = found.add_subparsers(dest="verb", required=True, metavar="COMMAND")
    verbs.add_parser("list", help="the kits, with the numbers of their topics")
    data = _verb(verbs, "data", "write one split: inputs, truth, datasheet")
    data.add_argument("--split", choices=SPLITS, default="training")
    data.add_argument("--seed", type=int, help="another draw of the same kind of data")
    data.add_argument("--out", required=True, help="folder to write into")
    baseline = _verb(verbs, "baseline", "hand in a baseline, as a team would")
    baseline.add_argument("name", help="a wrong one is answered by the list")
    baseline.add_argument("--split", choices=SPLITS[1:], default="public")
    baseline.add_argument("--out", required=True, help="folder of the submission")
    baseline.add_argument("--team", default="baseline", help="whose it is")
    score = _verb(verbs, "score", "score one submission, or say why it is refused")
    score.add_argument("folder", help="with submission.toml, CSV files and code/")
    score.add_argument("--split", choices=SPLITS, default="public")
    score.add_argument("--beside", help="another submission, compared in pairs")
    board = _verb(verbs, "board", "write the board of a class")
    board.add_argument("submissions", help="a folder <team>/<date or number>/")
    board.add_argument("--out", required=True, help="folder for the tables and pages")
    board.add_argument("--private-size", choices=("small", "large"), default="small")
    return found


def _verb(verbs: argparse._SubParsersAction, name: str, said: str):
    """Add a command that needs a kit."""
    found = verbs.add_parser(name, help=said, description=said)
    found.add_argument("kit", metavar="KIT", help="its name, or a .py file")
    found.add_argument("--size", choices=("small", "large"), default="small")
    found.add_argument(
        "--seed-file",
        help="text of the private test's seed: the instructor's, outside of the tree",
    )
    return found


def private_seed(given: argparse.Namespace, *shared: str) -> int | None:
    """Return the seed of the private test, if its file is named."""
    if given.seed_file is None:
        return None
    from .seeds import read_private_seed

    return read_private_seed(given.seed_file, Path(given.kit).stem, shared)


def made(given: argparse.Namespace, *shared: str):
    """Make the data that a command speaks of."""
    if given.seed_file and given.split != "private":
        raise ValueError(
            f"seed_file is for the private test, and split is {given.split}"
        )
    seed = private_seed(given, *shared)
    if seed is None:
        seed = getattr(given, "seed", None)
    return load_kit(given.kit).make_data(given.split, size=given.size, seed=seed)


def show_kits(given: argparse.Namespace) -> int:
    """Print the kits."""
    found = kits()
    width = max(map(len, found), default=0)
    for name, (topic, title) in found.items():
        print(f"{name:{width}}  topic {topic}: {title}")
    if not found:
        print("There is no kit yet.")
    return 0


def write_files(given: argparse.Namespace) -> int:
    """Write one split of a kit."""
    from .data_files import write_data

    data = made(given, given.out)
    for path in write_data(data, given.out):
        print(path)
    return 0


def hand_in_baseline(given: argparse.Namespace) -> int:
    """Write the submission of a baseline."""
    from .submissions import CODE, write_submission

    kit = load_kit(given.kit)
    rivals = kit.baselines()
    if given.name not in rivals:
        listed = "\n".join(f"  {name}: {one.what}" for name, one in rivals.items())
        raise ValueError(f"name must be one of these, got {given.name!r}:\n{listed}")
    answered = made(given, given.out)
    known = [kit.make_data(split, size=given.size) for split in SPLITS[:2]]
    predictions = rivals[given.name].predict(*known, answered)
    done = f"baseline {given.name}: {rivals[given.name].what}"
    folder = write_submission(
        predictions, answered, given.out, given.team, done, given.kit
    )
    text = GIVEN.format(
        kit=given.kit, size=given.size, split=given.split, name=given.name
    )
    (folder / CODE / "baseline.py").write_text(text, "utf-8")
    print(folder)
    return 0


def show_scores(given: argparse.Namespace) -> int:
    """Print the scores of a submission, and by how much it is better than another."""
    from .standings import difference
    from .submissions import Refused

    kit, data = load_kit(given.kit), made(given, given.folder)
    found = []
    for folder in filter(None, (given.folder, given.beside)):
        try:
            found.append(_scores(given.kit, kit, folder, data))
        except Refused as refused:
            print(f"{folder} is refused:", file=sys.stderr)
            print(*(f"  {one}" for one in refused.reasons), sep="\n", file=sys.stderr)
            return 1
    for name, score in found[0].items():
        print(f"{name} = {score.interval}  ({score.of}; {score.best} is better)")
    if given.beside:
        one, two = (scores[kit.MAIN] for scores in found)
        lead = difference(one, two)
        said = f"{lead.estimate:z.3f} ({lead.low:z.3f} to {lead.high:z.3f})"
        print(f"{kit.MAIN} is better than that of {given.beside} by {said}, in pairs")
    return 0


def _scores(name: str, kit: ModuleType, folder: str, data: KitData) -> dict:
    """Read a submission and score it."""
    from .entries import scored
    from .submissions import read_submission

    _, predictions = read_submission(folder, data, name)
    return scored(kit, predictions, data)


def make_board(given: argparse.Namespace) -> int:
    """Write the board of a class."""
    from .board import write_board

    seed = private_seed(given, given.submissions, given.out)
    sizes = given.size, given.private_size
    for path in write_board(given.kit, given.submissions, given.out, seed, *sizes):
        print(path)
    return 0


DO = {
    "list": show_kits,
    "data": write_files,
    "baseline": hand_in_baseline,
    "score": show_scores,
    "board": make_board,
}


def main(words: list[str] | None = None) -> int:
    """Carry out one command; return its exit code."""
    given = parser().parse_args(words)
    try:
        return DO[given.verb](given)
    except (ValueError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
