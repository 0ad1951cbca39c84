"""Make the slides of every lecture from the chapters: ``make slides``.

    python tools/slides.py              all lectures of course/semester.toml
    python tools/slides.py --week 6     those of one week

The decks stand in ``_build/slides``, with reveal.js beside them: open ``index.html``.
``S`` opens the notes. To print, open a deck with ``?print-pdf`` behind its address.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
from collections.abc import Iterator
from importlib.metadata import files
from pathlib import Path

import slide_text
from slide_deck import Lecture, Maker, Slide
from slide_source import MARK, Chapter, NotRun, read_chapter

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = "sphinx-revealjs"
"""The package that carries reveal.js; nothing of its Python is used."""
CARRIED = {
    "dist/reset.css": "reset.css",
    "dist/reveal.css": "reveal.css",
    "dist/reveal.js": "reveal.js",
    "plugin/notes/notes.js": "notes.js",
    "LICENSE": "LICENSE-reveal.txt",
}
FONT = "book/_static/fonts/stix-two-math.woff2"
PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="stylesheet" href="reveal/reset.css">
<link rel="stylesheet" href="reveal/reveal.css">
<link rel="stylesheet" href="slides.css">
</head>
<body>
<div class="reveal"><div class="slides">
{slides}
</div></div>
<script src="reveal/reveal.js"></script>
<script src="reveal/notes.js"></script>
<script>
Reveal.initialize({{width: 1280, height: 720, margin: 0.02, center: false, hash: true,
  transition: "none", controls: false, slideNumber: "c/t", pdfSeparateFragments: false,
  plugins: [RevealNotes]}});
</script>
</body>
</html>
"""
INDEX = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Slides</title>
<link rel="stylesheet" href="slides.css"></head>
<body class="decks"><h1>Slides, {semester}</h1>
<p>S: notes of the speaker. Arrows: on and back. O: all slides. To print, follow the
second link.</p><ul>
{links}
</ul></body></html>
"""


def reveal_folder() -> Path:
    """The folder of an installed package that holds reveal.js."""
    for file in files(PACKAGE) or []:
        if file.parts[-3:] == ("revealjs", "dist", "reveal.js"):
            return Path(file.locate()).parents[1]
    raise FileNotFoundError(f"the package {PACKAGE} holds no reveal.js")


def titles_of(root: Path) -> dict[str, str]:
    """What every label of the book leads to: a heading, or an exercise."""
    found = {}
    for page in sorted((root / "book").rglob("*.md")):
        text = page.read_text("utf-8")
        for label, title in re.findall(r"^\(([\w-]+)\)=\n+#+ (.*)$", text, re.M):
            found[label] = f"*{MARK.sub('', title)}*"
        tasks = r"^:{3,}\{exercise\} (.*)\n:label: ([\w-]+)$"
        for title, label in re.findall(tasks, text, re.M):
            found[label] = f"the exercise *{title}*"
    return found


def page_of(root: Path, name: str) -> str | None:
    """The page of a stem, such as book/part/stem, if it stands in the tree."""
    found = sorted((root / "book").glob(f"*/{name}.md"))
    return found[0].relative_to(root).with_suffix("").as_posix() if found else None


def split_at(chapter: Chapter) -> int:
    """The core section with which the second lecture on a chapter begins.

    It is the one to which the plan of the second lecture leads, else the middle one.
    """
    line = next((one for one in chapter.plan if one.startswith("**Second")), "")
    at = re.search(r"[Ff]rom \{ref\}`(?:[^`<]*<)?([\w-]+)", line)
    labels = [section.label for section in chapter.core]
    if at and at[1] in labels[1:]:
        return labels.index(at[1])
    return (len(labels) + 1) // 2


def halves_of(chapters: list[Chapter], shared: set[str], place: int) -> dict:
    """Which core sections belong to a class, of chapters that fill both of a week."""
    found = {}
    for chapter in chapters:
        if chapter.name in shared:
            cut = split_at(chapter)
            whole = len(chapter.core)
            found[chapter.name] = (0, cut) if place == 1 else (cut, whole)
    return found


def lectures(root: Path, semester, only: int | None = None) -> Iterator[Lecture]:
    """Every lecture of a semester, of the chapters that stand there and were run."""
    people = {one.label: one.name for one in semester.instructors}
    for k, week in enumerate(semester.weeks, 1):
        if only not in (None, k):
            continue
        everywhere = [set(pages) for pages in week.lectures]
        shared = set.intersection(*everywhere) if len(everywhere) > 1 else set()
        for place, names in enumerate(week.lectures, 1):
            chapters = list(chapters_of(root, names))
            if chapters:
                yield Lecture(
                    week=k,
                    place=place,
                    topic=week.topic,
                    speaker=people.get(week.instructor, ""),
                    chapters=chapters,
                    halves=halves_of(chapters, shared, place),
                )


def chapters_of(root: Path, names: list[str]) -> Iterator[Chapter]:
    """The chapters of a lecture; what is missing is named."""
    for name in names:
        page = page_of(root, name)
        try:
            if page is None:
                raise NotRun(f"{name} is not in the tree")
            yield read_chapter(root / "_build/cache" / f"{page}.ipynb", name)
        except NotRun as missing:
            print(f"slides: {missing}", file=sys.stderr)


def furnish(root: Path, target: Path) -> None:
    """Put reveal.js, its licence, the style and the font beside the decks."""
    shutil.rmtree(target, ignore_errors=True)
    (target / "figures").mkdir(parents=True)
    (target / "reveal").mkdir()
    source = reveal_folder()
    for name, new in CARRIED.items():
        shutil.copy(source / name, target / "reveal" / new)
    shutil.copy(Path(__file__).with_name("slides.css"), target)
    shutil.copy(root / FONT, target)
    shutil.copy((root / FONT).with_name("OFL.txt"), target / "LICENSE-font.txt")


def write_deck(lecture: Lecture, titles: dict[str, str], target: Path) -> list[Slide]:
    """Write one deck with its figures."""
    maker = Maker(lecture, titles)
    slides = list(maker.slides())
    for name, svg in maker.figures.items():
        (target / "figures" / f"{name}.svg").write_text(svg, "utf-8")
    text = "\n".join(slide.html() for slide in slides)
    title = slide_text.escape(f"{lecture.name}: {lecture.topic}")
    page = PAGE.format(title=title, slides=text)
    (target / f"{lecture.stem}.html").write_text(page, "utf-8")
    return slides


def write_all(root: Path, semester, target: Path, only: int | None = None) -> list[str]:
    """Write the decks and their list; return what was written, a line for each."""
    furnish(root, target)
    titles, links, said = titles_of(root), [], []
    for lecture in lectures(root, semester, only):
        slides = write_deck(lecture, titles, target)
        name = f"{lecture.name}: {slide_text.escape(lecture.topic)}"
        file = f"{lecture.stem}.html"
        links.append(
            f'<li><a href="{file}">{name}</a> '
            f'(<a href="{file}?print-pdf">to print</a>)</li>'
        )
        said.append(f"{file}: {len(slides)} slides")
    index = INDEX.format(semester=semester.title, links="\n".join(links))
    (target / "index.html").write_text(index, "utf-8")
    return said


def main(arguments=None) -> int:
    """Run the command line."""
    sys.path.insert(0, str(ROOT / "book/_ext"))
    import semesters

    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--week", type=int, help="only this week")
    parser.add_argument("--into", type=Path, default=ROOT / "_build/slides")
    asked = parser.parse_args(arguments)
    for line in write_all(ROOT, semesters.read(), asked.into, asked.week):
        print(line)
    print(f"open {asked.into / 'index.html'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
