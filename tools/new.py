"""Begin a chapter or an exercise: ``make new CHAPTER=stem`` or ``EXERCISE=stem``.

What is written obeys every rule of the book but one: it is unfinished, and says where.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

from mlearth.checks import Exercise
from mlearth.checks.starters import write_starter

ROOT = Path(__file__).resolve().parents[1]
SKELETONS = Path(__file__).parent / "skeletons"
PARTS = ("supervised_learning", "data_and_validation", "deep_learning")


def filled(skeleton: str, stem: str, label: str = "") -> str:
    """Return the text of a skeleton with the names of a stem in their places."""
    names = {
        "@stem@": stem,
        "@STEM@": stem.upper(),
        "@label@": stem.replace("_", "-"),
        "@title@": stem.replace("_", " ").capitalize(),
        "@read@": label,
    }
    text = (SKELETONS / skeleton).read_text("utf-8")
    return re.sub("|".join(names), lambda match: names[match[0]], text)


def check_stem(stem: str) -> str:
    """Return a stem that can name a page, a module and a function of MATLAB."""
    if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", stem):
        raise ValueError(f"stem must be lower-case words joined by _, got {stem!r}")
    return stem


def write_all(texts: dict[Path, str]) -> list[Path]:
    """Write files that do not exist yet; if one does, write none."""
    if standing := [path for path in texts if path.exists()]:
        raise ValueError(f"{standing[0]} exists: nothing was written")
    for path, text in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return list(texts)


def new_exercise(stem: str, root: Path = ROOT) -> list[Path]:
    """Write task, checks, solution, wrong answers and starter of an exercise.

    Parameters
    ----------
    stem : str
        Its name: lower-case words joined by underscores.
    root : Path
        Top of the tree.

    Returns
    -------
    list of Path
        What was written.

    Raises
    ------
    ValueError
        If the stem cannot name it or a file of it exists.
    """
    exercise = Exercise(root / "exercises" / check_stem(stem))
    page = next((root / "book").glob(f"*/{stem}.md"), None)
    label = f"ch-{stem.replace('_', '-')}" if page else "setup-check"
    written = write_all(
        {
            exercise.folder / "README.md": filled("README.md", stem),
            exercise.check_file: filled("check.py", stem, label),
            exercise.solutions / f"{stem}.py": filled("solution.py", stem),
            exercise.solutions / "wrong_answers.toml": filled(
                "wrong_answers.toml", stem
            ),
        }
    )
    write_starter(exercise)
    return [*written, exercise.student_file]


def with_page(toc: str, part: str, stem: str) -> str:
    """Return a table of contents with the page as the last of its part."""
    entry = f"      - file: book/{part}/{stem}\n"
    pages = list(re.finditer(rf"^ +- file: book/{part}/\w+\n", toc, re.MULTILINE))
    if pages:
        return toc[: pages[-1].end()] + entry + toc[pages[-1].end() :]
    caption = part.replace("_", " ").capitalize()
    before = toc.index("  - caption: Homework\n")
    return f"{toc[:before]}  - caption: {caption}\n    chapters:\n{entry}{toc[before:]}"


def new_chapter(stem: str, part: str, root: Path = ROOT) -> list[Path]:
    """Write a chapter's page, MATLAB file and exercise, and enter it in _toc.yml.

    Parameters
    ----------
    stem : str
        Its name: lower-case words joined by underscores.
    part : str
        Folder of the part of the book that it belongs to.
    root : Path
        Top of the tree.

    Returns
    -------
    list of Path
        What was written.

    Raises
    ------
    ValueError
        If the part is none, the stem cannot name it, or a file of it exists.
    """
    if part not in PARTS:
        raise ValueError(f"part must be one of {', '.join(PARTS)}, got {part!r}")
    matlab = root / "code" / "matlab" / check_stem(stem) / f"{stem}_mean.m"
    written = write_all(
        {
            root / "book" / part / f"{stem}.md": filled("chapter.md", stem),
            matlab: filled("mean.m", stem),
        }
    )
    toc = root / "_toc.yml"
    toc.write_text(with_page(toc.read_text("utf-8"), part, stem), "utf-8")
    if not (root / "exercises" / stem).exists():
        written += new_exercise(stem, root)
    return [*written, toc]


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--chapter", default="", help="stem of a chapter")
    parser.add_argument("--part", default=PARTS[0], help="folder of its part")
    parser.add_argument("--exercise", default="", help="stem of an exercise")
    asked = parser.parse_args(arguments)
    if bool(asked.chapter) == bool(asked.exercise):
        parser.error("name one: make new CHAPTER=stem, or make new EXERCISE=stem")
    try:
        if asked.chapter:
            written = new_chapter(asked.chapter, asked.part)
        else:
            written = new_exercise(asked.exercise)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    print(*(path.relative_to(ROOT) for path in written), sep="\n")
    print(
        "Look for the lines that say `unfinished`; CONTRIBUTING.md says what is next."
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
