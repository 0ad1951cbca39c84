"""The build is strict, stays strict on the second try, and is never stale."""

import re
import sys

import pytest
from planted_book import ROOT, build, cell, page, plant

sys.path.insert(0, str(ROOT / "book/_ext"))
import build as book_build
import figure_rules
import page_costs

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
    root = plant(tmp_path, {"heavy": page_text}, "page_budget_seconds: 1")
    for _ in range(2):
        status, said = build(root)
        assert status != 0
        assert re.search(r"heavy.*over its budget of 1 s", said)


def test_outputs_follow_prose_and_code(tmp_path):
    """A prose edit keeps outputs, a code edit renews them, a mended book is whole."""
    read = 'from pathlib import Path\nPath("../code/helper.txt").read_text()'
    root = plant(tmp_path, {"index": page("Reader", cell(read))})
    helper, source = root / "code/helper.txt", root / "book/index.md"
    html = root / "_build/html/book/index.html"
    helper.write_text("first version")
    assert build(root)[0] == 0
    assert "first version" in html.read_text()
    executed = next((root / "_build/cache/costs").iterdir()).stat().st_mtime_ns
    source.write_text(source.read_text() + "\nNew prose.\n")
    assert build(root)[0] == 0
    assert "New prose." in html.read_text()
    assert next((root / "_build/cache/costs").iterdir()).stat().st_mtime_ns == executed
    helper.write_text("second version")
    assert build(root)[0] == 0
    assert "second version" in html.read_text()
    assert "url=book/index.html" in (root / "_build/html/index.html").read_text()


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
        assert book_build.build_book(root) == 1
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


def test_tensorflow_pages_have_more_seconds_but_no_more_memory():
    """The longer budget is for seconds alone."""

    class Budgets:
        page_budget_seconds, page_budget_seconds_tensorflow = 60, 90
        page_budget_mb = 1500

    cost = {"seconds": 80, "processor_seconds": 75, "peak_mb": 1600}
    cost["tensorflow"] = True
    assert len(list(page_costs.overruns(cost, Budgets))) == 1
    cost["tensorflow"] = False
    assert len(list(page_costs.overruns(cost, Budgets))) == 2
    cost["processor_seconds"] = 20  # a busy machine is no fault of the page
    assert len(list(page_costs.overruns(cost, Budgets))) == 1


def test_the_stamp_sees_code_and_pins_but_not_prose(tmp_path):
    """A change in code or pins makes outputs stale; a change in a page does not."""
    root = plant(tmp_path, {"index": SOUND})
    first = book_build.stamp(root)
    (root / "book/index.md").write_text("# Other prose")
    assert book_build.stamp(root) == first
    (root / "code/new.py").write_text("x = 1")
    second = book_build.stamp(root)
    (root / "requirements.txt").write_text("numpy==2")
    assert len({first, second, book_build.stamp(root)}) == 3
