"""The build is strict, stays strict on the second try, and is never stale."""

import argparse
import re
import sys

import jupytext
import pytest
from planted_book import ROOT, build, cell, executions, page, plant, plant_package

sys.path.insert(0, str(ROOT / "book/_ext"))
import build as book_build
import compare_runs
import execution_pool
import figure_rules
import page_costs
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from page_records import Page

DRAW = "import matplotlib.pyplot as plt\nplt.plot([1, 2]);"
ALT = "A straight line rises from the lower left corner to the upper right one."
FIGURE = 'mystnb:\n  figure: {{name: fig-{0}, caption: "{1}"}}\n  image: {{alt: "{2}"}}'

FAULTS = {
    "failing_cell": (page("Cell", cell("1 / 0")), "Executing notebook failed"),
    "loud_cell": (
        page("Loud", cell("import warnings\nwarnings.warn('old')")),
        "stderr",
    ),
    "bad_markup": (page("Markup", "```{no-such-directive}\n```"), "Unknown directive"),
    "dead_reference": (page("Dead", "See {ref}`nowhere`."), "nowhere"),
    "unknown_citation": (page("Cite", "{cite}`nobody1900`"), "nobody1900"),
    "figure_without_alt": (
        page("Alt", "{numref}`fig-a`", cell(DRAW, FIGURE.format("a", "A line.", ""))),
        "image 1 has",
    ),
    "figure_without_caption": (page("Bare", cell(DRAW)), "image 1 has"),
    "quiz_without_a_right_answer": (
        page("Quiz", ":::{quiz}\nWhich?\n\n[ ] One.\n: No.\n\n[ ] Two.\n: No.\n:::"),
        "a quiz needs two answers or more, and a right one",
    ),
    "prediction_without_a_right_choice": (
        page("Ask", ":::{predict}\nWhich?\n\n[ ] One\n[ ] Two\n:::"),
        "a prediction has choices, one of them right",
    ),
    "prediction_whose_slider_is_text": (
        page(
            "Slide", ":::{predict}\nWhich?\n\n:slider: 0 9 1\n\n[x] One\n[ ] Two\n:::"
        ),
        "the :slider: of a prediction is its first line",
    ),
    "prediction_of_no_figure": (
        page("Gone", ":::{predict} fig-gone\nWhich?\n\n[x] One\n[ ] Two\n:::"),
        "a prediction unfolds no figure of this page: fig-gone",
    ),
    "figure_not_cited": (
        page("Lonely", cell(DRAW, FIGURE.format("lonely", "A line.", ALT))),
        "is not cited",
    ),
}
SOUND = page(
    "Sound", "See {numref}`fig-b`.", cell(DRAW, FIGURE.format("b", "A line.", ALT))
)


@pytest.fixture(scope="module")
def faulty_builds(tmp_path_factory):
    """What two builds in a row say of a book in which every page but one is wrong."""
    pages = {"index": SOUND} | {name: text for name, (text, _) in FAULTS.items()}
    root = plant(tmp_path_factory.mktemp("faulty"), pages)
    return [build(root), build(root)]


@pytest.mark.parametrize("attempt", [0, 1], ids=["first", "second"])
@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_fails_the_build_and_names_its_file(faulty_builds, attempt, name):
    """Each planted fault is reported with its file, on the second try as well."""
    status, said = faulty_builds[attempt]
    assert status != 0
    assert re.search(rf"{name}\b.*{re.escape(FAULTS[name][1])}", said)


@pytest.mark.parametrize("attempt", [0, 1], ids=["first", "second"])
def test_a_sound_page_is_not_reported(faulty_builds, attempt):
    """The strictness has no false alarm on a page without a fault."""
    warnings = re.findall(r"^.*WARNING.*$", faulty_builds[attempt][1], re.MULTILINE)
    assert not [line for line in warnings if "book/index" in line]


def test_pages_over_budget_fail_twice(tmp_path):
    """A page over its seconds or memory fails the build, on the second try as well."""
    busy = "import time\nwhile time.process_time() < 3: sum(range(9999))"
    page_text = page("Heavy", cell(busy))
    root = plant(tmp_path, {"heavy": page_text}, "page_budget_seconds: 0.2")
    for _ in range(2):
        status, said = build(root)
        assert status != 0
        assert re.search(r"heavy.*over its budget of [12] s", said)


PACKAGE = {
    "planted/__init__.py": "from .one import one\nfrom .two import two\n",
    "planted/one.py": "def one():\n    return 'one, first'\n",
    "planted/two.py": 'def two():\n    """Two."""\n    return \'two\'\n',
    "matlab/one.m": "% the first comment\n",
}
LISTING = "```{literalinclude} ../code/matlab/one.m\n:language: matlab\n```"
SHOWN = {
    "index": page("One", cell("from planted import one\none()"), LISTING),
    "two": page("Two", cell("import planted\nplanted.two()")),
    "api": "# Package\n\n```{eval-rst}\n.. autofunction:: planted.two\n```\n",
    "last": page(
        "Last", "See {numref}`fig-l`.", cell(DRAW, FIGURE.format("l", "A line.", ALT))
    ),
}


def test_the_book_follows_every_change_and_executes_no_more(tmp_path):
    """What changed is on the page, what it does not touch is not executed again."""
    root = plant_package(plant(tmp_path, SHOWN), PACKAGE)
    site, book, code = root / "_build/html/book", root / "book", root / "code"

    def after(*edits):
        """Edit files, build once, and name the pages that were executed."""
        before = executions(root)
        for path, old, new in edits:
            path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
        status, said = build(root)
        assert status == 0, said
        return {name for name, when in executions(root).items() if before[name] != when}

    status, said = build(root)
    assert status == 0, said
    assert "3 of 3 pages to execute" in said
    assert "book/index: executed in" in said
    assert "one, first" in (site / "index.html").read_text("utf-8")
    prose = book / "index.md", "# One", "# One\n\nNew prose."
    docstring = code / "planted/two.py", "Two.", "The second."
    listing = code / "matlab/one.m", "first", "newest"
    assert after(prose, docstring, listing) == set()
    assert "New prose." in (site / "index.html").read_text("utf-8")
    assert "The second." in (site / "api.html").read_text("utf-8")
    assert "the newest comment" in (site / "index.html").read_text("utf-8")
    assert after((code / "planted/one.py", "first", "second")) == {"index"}
    assert "one, second" in (site / "index.html").read_text("utf-8")
    assert "url=book/index.html" in (root / "_build/html/index.html").read_text()
    assert list((root / "_build/html/_images").iterdir())
    (book / "last.md").unlink()
    assert after((root / "_toc.yml", "  - file: book/last\n", "")) == set()
    assert not (site / "last.html").exists()
    assert not (root / "_build/html/_sources/book/last.md").exists()
    assert not list((root / "_build/html/_images").iterdir())


def test_two_executions_are_compared(tmp_path):
    """A cell that gives another output is named, unless it is tagged `varies`."""
    now = "import time\ntime.time_ns()"
    tagged = cell(now, "tags: [varies]")
    pages = {
        "index": page("Same", cell("1 + 1"), tagged),
        "clock": page("Now", cell(now)),
    }
    root = plant(tmp_path, pages)
    assert build(root)[0] == 0
    status, said = build(root, "--compare", "1/1")
    assert status == 1
    assert "book/clock: cell 1 (import time) gives another output" in said
    assert "book/index: cell" not in said


def test_all_parts_of_a_comparison_are_all_pages(tmp_path):
    """Each page is in one part, and the longest are in different ones."""
    names = [*"abcdefgh"]
    for name in names:
        (tmp_path / f"{name}.md").write_text(page(name))
    pages = [Page(tmp_path, name) for name in names]
    for seconds, page_ in enumerate(pages):
        page_.record["seconds"] = seconds or None
    parts = [book_build.share(pages, k, 3) for k in (1, 2, 3)]
    assert sorted(p.name for part in parts for p in part) == sorted(names)
    assert all(any(p in part for p in pages[-3:]) for part in parts)


@pytest.mark.parametrize("text", ["", "2", "0/4", "5/4", "1/0", "a/b", "1/4/2"])
def test_a_part_of_no_pages_is_refused(text):
    """What names no part is told what does."""
    with pytest.raises(argparse.ArgumentTypeError, match="such as 1/1 or 2/4"):
        book_build.a_part(text)


def test_a_quiz_explains_each_answer_without_a_script(tmp_path):
    """Every answer is a button that opens its own verdict and explanation."""
    quiz = ":::{quiz}\nWhich?\n\n[x] This.\n: It is so.\n\n[ ] That.\n: It is not.\n:::"
    root = plant(tmp_path, {"index": page("Quiz", quiz)})
    assert build(root)[0] == 0
    html = (root / "_build/html/book/index.html").read_text()
    answers = re.findall(
        r'<details class="quiz-answer (\w+)">(.*?)</details>', html, re.S
    )
    assert [kind for kind, _ in answers] == ["right", "wrong"]
    assert "Right." in answers[0][1]
    assert "No." in answers[1][1]
    assert "[x]" not in html.split('class="quiz"')[1].split("</article>")[0]


def test_a_page_outside_the_table_of_contents_fails(tmp_path, capsys):
    """Sphinx drops an orphan in silence; the build names it instead."""
    root = plant(tmp_path, {"index": SOUND})
    (root / "book/orphan.md").write_text("# Nobody links here")
    for _ in range(2):
        assert book_build.build_book(root, 1) == 1
        assert "book/orphan.md is not in _toc.yml" in capsys.readouterr().out


def test_every_page_of_this_book_is_in_its_table_of_contents():
    """The book itself has no orphan."""
    assert book_build.orphans(ROOT) == []


@pytest.mark.parametrize(
    ("alt", "fault"),
    [
        ("", "no alt text"),
        ("../_build/jupyter_execute/abc.svg", "a path"),
        ("A line goes up from left to right, and says so in the caption.", "caption"),
        ("A line.", "7 characters"),
    ],
)
def test_a_poor_alt_text_is_told(alt, fault):
    """A missing, short, path-like or copied alternative text is a fault."""
    caption = "A line goes up from left to right, and says so in the caption."
    assert fault in " ".join(figure_rules.alt_faults(alt, caption))


def test_a_good_alt_text_passes():
    """What describes the picture in its own words has no fault."""
    assert list(figure_rules.alt_faults(ALT, "The trend is linear.")) == []


class Budgets:
    page_budget_seconds, page_budget_seconds_tensorflow = 60, 90
    page_budget_mb = 1500


def overruns(**cost):
    quick = {"seconds": 1, "processor_seconds": 1, "peak_mb": None}
    quick |= {"tensorflow": False, "alone": False}
    return list(page_costs.overruns(quick | cost, Budgets))


def test_tensorflow_pages_have_more_seconds_but_no_more_memory():
    """The longer budget is for seconds alone."""
    cost = {"seconds": 80, "processor_seconds": 75, "peak_mb": 1600}
    assert len(overruns(**cost, tensorflow=True)) == 1
    assert len(overruns(**cost)) == 2


def test_a_page_that_waits_has_a_budget_too():
    """Three budgets of wall time always fail; one does if no other page ran."""
    assert overruns(seconds=179) == []  # a busy machine is no fault of the page
    assert overruns(seconds=181) == ["takes 181 s, over its budget of 60 s"]
    assert overruns(seconds=61, alone=True) == ["takes 61 s, over its budget of 60 s"]
    assert overruns(seconds=59, alone=True) == []
    assert overruns(seconds=119, alone=True, slowness=2.0) == []  # nor a slow one
    assert len(overruns(seconds=121, alone=True, slowness=2.0)) == 1


def test_the_longest_page_starts_first(monkeypatch):
    """Pages without a record come first, the ones with most cells before others."""
    started = []

    def execute(job, timeout_s):
        started.append(job.name)
        return execution_pool.Cost(1, 1, None, "")

    def job(name, seconds, cells=1):
        notebook = new_notebook(cells=[new_code_cell("1") for _ in range(cells)])
        return execution_pool.Job(name, ROOT, notebook, seconds)

    monkeypatch.setattr(execution_pool, "execute", execute)
    jobs = [job("short", 1), job("new", None, 2), job("long", 9), job("large", None, 3)]
    done = []
    execution_pool.run(jobs, 1, 9, lambda job, cost: done.append(job.name))
    assert started == done == ["large", "new", "long", "short"]


def test_a_page_waits_for_memory(monkeypatch):
    """Where memory is short one page runs at a time, and all of them run."""
    running, most = [], []

    def execute(job, timeout_s):
        running.append(job.name)
        most.append(len(running))
        running.remove(job.name)
        return execution_pool.Cost(1, 1, None, "")

    monkeypatch.setattr(execution_pool, "execute", execute)
    monkeypatch.setattr(execution_pool, "fits", lambda job: False)
    jobs = [execution_pool.Job(name, ROOT, new_notebook()) for name in "abc"]
    execution_pool.run(jobs, 3, 9, lambda job, cost: None)
    assert most == [1, 1, 1]


def test_prose_quotes_what_varies_only_within_a_tolerance():
    """A glued number of a cell that varies needs a pin with a tolerance."""
    glued = new_code_cell("glue('speed', 3)", metadata={"tags": ["varies"]})
    text = new_markdown_cell("It took {glue:text}`speed:.1f` seconds.")
    pinned = new_code_cell("pin('speed', 3, 3, abs=1)")
    exact = new_code_cell("pin('speed', 3, 3)")
    loose = compare_runs.loose_quotes
    assert list(loose(new_notebook(cells=[glued, new_markdown_cell("Fast.")]))) == []
    assert len(list(loose(new_notebook(cells=[glued, text])))) == 1
    assert len(list(loose(new_notebook(cells=[glued, text, exact])))) == 1
    assert list(loose(new_notebook(cells=[glued, text, pinned]))) == []


def test_this_book_quotes_nothing_that_varies_freely():
    """The rule holds on every page of the book."""
    pages = [
        jupytext.read(path, fmt="md:myst")
        for path in sorted((ROOT / "book").rglob("*.md"))
    ]
    assert [fault for page in pages for fault in compare_runs.loose_quotes(page)] == []


def test_text_in_pieces_is_the_same_text():
    """How a stream was cut up makes no difference between two executions."""

    def ran(*pieces):
        outputs = [new_output("stream", name="stdout", text=text) for text in pieces]
        return new_notebook(cells=[new_code_cell("f()", outputs=outputs)])

    assert list(compare_runs.differences("p", ran("ab"), ran("a", "b"))) == []
    assert len(list(compare_runs.differences("p", ran("ab"), ran("a")))) == 1


def test_the_stamp_sees_extensions_but_not_prose_or_code(tmp_path):
    """What turns pages into HTML makes every page be read again; no page does."""
    root = plant(tmp_path, {"index": SOUND})
    first = book_build.stamp(root)
    (root / "book/index.md").write_text("# Other prose")
    (root / "code/new.py").write_text("x = 1")
    assert book_build.stamp(root) == first
    (root / "book/_ext/new.py").write_text("x = 1")
    assert book_build.stamp(root) != first


def test_other_extensions_draw_and_read_everything_again(tmp_path):
    """What they made of a drawing is no input of what they make now."""
    made = [tmp_path / name / "one" for name in ("doctrees", "jupyter_execute")]
    for fingerprint, kept in (("old", False), ("old", True), ("new", False)):
        for path in made:
            path.parent.mkdir(exist_ok=True)
            path.touch()
        book_build.forget_if_stale(tmp_path, fingerprint)
        assert [path.exists() for path in made] == [kept, kept]
        (tmp_path / "unfinished").unlink()
