"""The rules of a chapter, as functions that yield what is wrong with one."""

import ast
import importlib
import inspect
import re
import statistics
from functools import cached_property
from pathlib import Path

import jupytext
import prose

ROOT = Path(__file__).parents[1]
PARTS = [
    "Question",
    "Intuition",
    "Mathematics",
    "From scratch",
    "Check it",
    "With a library",
    "In MATLAB",
    "Real data",
    "How it fails",
    "Exercises",
    "Summary",
    "Quiz",
    "Further reading",
]
MAY_BE_LEFT_OUT = {"Intuition", "With a library", "In MATLAB"}
SHORT = "short page"
"""The entry of the left-out list that says why a page need not be a whole chapter."""
PARTS_OF_A_SHORT_PAGE = {"Question", "Summary"}
FORBIDDEN = {
    r"\bplt\.show\(": "plt.show()",
    r"^\s*[!%]": "a shell command or a magic",
    r"^\s*print\(\s*f?[\"'][-=*#]{3}": "a print banner",
    r"\bwarnings\.(simple)?filter": "a warning filter",
    r"\.set_title\(|plt\.title\(": "a title inside a figure",
    r"\bnp\.random\.seed\(": "a global seed",
    r"\bsys\.path": "a changed import path",
}


class Page:
    """One page of the book: its text, cells and headings."""

    def __init__(self, text: str, name: str = "page"):
        self.text, self.name = text, name

    @classmethod
    def read(cls, path: Path) -> "Page":
        return cls(path.read_text("utf-8"), path.relative_to(ROOT).as_posix())

    @cached_property
    def cells(self):
        return jupytext.reads(self.text, fmt="md:myst").cells

    @property
    def code(self):
        return [cell for cell in self.cells if cell.cell_type == "code"]

    @cached_property
    def prose(self) -> str:
        return "\n\n".join(c.source for c in self.cells if c.cell_type == "markdown")

    @property
    def headings(self) -> list[str]:
        return re.findall(r"^## (.+)$", self.prose, re.MULTILINE)

    def directives(self, name: str) -> list[str]:
        """The text of every directive of that name."""
        fence = r"^([`:]{3,})\{" + name + r"\}(.*?)^\1\s*$"
        found = re.finditer(fence, self.prose, re.MULTILINE | re.DOTALL)
        return [match[2] for match in found]

    def section(self, part: str) -> str:
        """The text of one part of the chapter; empty if there is none."""
        begin = rf"^## {part}\b.*?$"
        match = re.search(
            begin + r"(.*?)(?=^## |\Z)", self.prose, re.MULTILINE | re.DOTALL
        )
        return match[1] if match else ""


def line_count(source: str) -> int:
    return len([line for line in source.splitlines() if line.strip()])


def shows_addresses(source: str) -> bool:
    """Whether a cell ends in what Matplotlib returns: addresses, new in each run.

    >>> shows_addresses("ax.set(xlim=(0, 1))"), shows_addresses("ax.set(xlim=(0, 1));")
    (True, False)
    """
    try:
        last = ast.parse(source).body[-1:]
    except SyntaxError:  # a magic, which another rule forbids
        return False
    calls = [node.value for node in last if isinstance(node, ast.Expr)]
    names = [getattr(getattr(call, "func", None), "attr", "") for call in calls]
    return names in (["set"], ["plot"], ["text"]) and not source.rstrip().endswith(";")


def cell_faults(page: Page):
    """Yield what is wrong with the code cells of any page."""
    for number, cell in enumerate(page.code, start=1):
        at = f"{page.name}, code cell {number}"
        longest = max(map(len, cell.source.splitlines()), default=0)
        if longest > 79:
            yield f"{at}: a line of {longest} columns, at most 79"
        limit = 25 if "from-package" in cell.metadata.get("tags", []) else 15
        if line_count(cell.source) > limit:
            yield f"{at}: {line_count(cell.source)} lines, at most {limit}"
        if shows_addresses(cell.source):
            yield f"{at}: shows what Matplotlib returns: end it with a semicolon"
        for pattern, what in FORBIDDEN.items():
            if re.search(pattern, cell.source, re.MULTILINE):
                yield f"{at}: {what}"
    lengths = [line_count(cell.source) for cell in page.code if not hidden(cell)]
    if lengths and statistics.median(lengths) > 6:
        yield f"{page.name}: the median cell has more than 6 lines"


def part_faults(page: Page, left_out: dict[str, str]):
    """Yield parts of a chapter that are missing, out of order or left out in vain."""
    parts = [heading.split(":")[0].strip() for heading in page.headings]
    present = [part for part in parts if part in PARTS]
    if present != sorted(set(present), key=PARTS.index):
        yield f"{page.name}: its parts are out of order: {present}"
    for part in PARTS:
        if part in present and part in left_out:
            yield f"{page.name}: {part} stands, and is on the left-out list"
        if part not in present and not left_out.get(part):
            yield f"{page.name}: {part} is missing, without a reason"
    for part in set(left_out) - MAY_BE_LEFT_OUT:
        yield f"{page.name}: {part} always stands"


def within(page: Page, what: str, number: float, low: float, high: float):
    if not low <= number <= high:
        yield f"{page.name}: {number} {what}, wanted {low} to {high}"


def exercises_of(page: Page, kind: str) -> list[str]:
    found = page.directives("exercise")
    return [text for text in found if re.search(rf":class:.*\b{kind}\b", text)]


def objectives_of(page: Page) -> list[str]:
    boxes = page.directives("admonition")
    box = "".join(text for text in boxes if text.startswith(" By the end of this"))
    return re.findall(r"^\d+\. ", box, re.MULTILINE)


def count_faults(page: Page):
    """Yield every count of a chapter that is outside its bounds."""
    figures = len(re.findall(r"^\s*figure:", page.text, re.MULTILINE))
    quoted = re.findall(r"\{cite(?::\w)?\}`([^`]+)`", page.section("Further reading"))
    cited = {key.strip() for keys in quoted for key in keys.split(",")}
    solved = len(page.directives("solution"))
    shown = [cell for cell in page.code if not removed(cell)]
    yield from within(page, "code cells", len(shown), 15, 30)
    yield from within(page, "figures", figures, 4, 8)
    driven = len(re.findall(r"\bplotting\.drive\(", page.text))
    yield from within(page, "figures that the reader drives", driven, 1, 8)
    yield from within(page, "predictions", len(page.directives("predict")), 1, 8)
    yield from within(page, "objectives", len(objectives_of(page)), 3, 5)
    yield from within(page, "pencil exercises", len(exercises_of(page, "pencil")), 2, 3)
    yield from within(
        page, "checked exercises", len(exercises_of(page, "checked")), 2, 4
    )
    n_checked = len(exercises_of(page, "checked"))
    n_choices = len(page.directives("choose"))
    yield from within(page, "lines to choose", n_choices, n_checked, n_checked)
    yield from within(page, "open exercises", len(exercises_of(page, "open")), 1, 1)
    if solved < len(exercises_of(page, "pencil")):
        yield f"{page.name}: a pencil exercise has no {{solution}}"
    yield from within(page, "quiz questions", len(page.directives("quiz")), 4, 6)
    yield from within(page, "works for further reading", len(cited), 3, 6)
    if not pins_of(page):
        yield f"{page.name}: pins none of its claims"


def label_faults(page: Page):
    """Yield faults of a chapter's label and of the week it names."""
    label = f"(ch-{Path(page.name).stem.replace('_', '-')})="
    head = page.prose.lstrip()
    if not head.startswith(label):
        yield f"{page.name}: does not begin with the label {label}"
    if not re.search(r"\b[Ww]eek \d", head[:600]):
        yield f"{page.name}: does not say its week of the syllabus"


def form_faults(page: Page):
    """Yield faults of a chapter's label, marks and summary."""
    stem = Path(page.name).stem
    yield from label_faults(page)
    for mark in ("*core*", "*deeper*"):
        if mark not in page.prose:
            yield f"{page.name}: marks no section as {mark}"
    answers = re.findall(r"^\d+\. ", page.section("Summary"), re.MULTILINE)
    if len(answers) != len(objectives_of(page)):
        yield f"{page.name}: the summary answers {len(answers)} objectives"
    if "What did we learn about the Earth?" not in page.section("Summary"):
        yield f"{page.name}: the summary does not ask what we learned of the Earth"
    if f"pytest exercises/{stem}" not in page.section("Exercises"):
        yield f"{page.name}: names no command that checks its exercises"
    if page.section("In MATLAB") and "code/matlab/" not in page.section("In MATLAB"):
        yield f"{page.name}: In MATLAB includes nothing from code/matlab"


def import_faults(page: Page):
    """Yield imports outside the one cell for them (a hidden figure has its own)."""
    cells = [c for c in page.code if not hidden(c)]
    importing = [c for c in cells if re.search(r"^(import|from) ", c.source, re.M)]
    if len(importing) != 1:
        yield f"{page.name}: {len(importing)} visible cells import, wanted one"


def hidden(cell) -> bool:
    tags = set(cell.metadata.get("tags", []))
    return bool(tags & {"hide-input", "hide-cell", "remove-input", "remove-cell"})


def removed(cell) -> bool:
    """Whether nothing of the cell is on the page, as where numbers are glued."""
    return "remove-cell" in cell.metadata.get("tags", [])


def pins_of(page: Page) -> list[str]:
    """The names of a page's pins, as often as they stand."""
    calls = (
        node
        for cell in page.code
        if removed(cell)
        for node in ast.walk(ast.parse(cell.source))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "pin"
    )
    return [ast.literal_eval(call.args[0]) for call in calls]


def pin_faults(page: Page):
    """Yield quoted numbers that no pin of their name holds, and pins out of place."""
    pins = pins_of(page)
    quoted = re.findall(r"\{glue(?::\w+)?\}`([^`:]+)", page.prose)
    for name in sorted({*quoted} - {*pins}):
        yield f"{page.name}: `{name}` is quoted and not pinned"
    for name in sorted({name for name in pins if pins.count(name) > 1}):
        yield f"{page.name}: two pins are named `{name}`"
    for number, cell in enumerate(page.code, start=1):
        if not removed(cell) and re.search(r"\b(pin|glue)\(", cell.source):
            at = f"{page.name}, code cell {number}"
            yield f"{at}: a number is pinned or glued where readers see it"


GUARDS = {"checked", "guarded", "walk"}
"""Decorators that judge what comes in and goes out, and are no part of an algorithm."""


def bare(node: ast.AST) -> str:
    """A syntax tree as text, without docstrings, annotations and guards."""
    for part in ast.walk(node):
        documented = isinstance(part, (ast.FunctionDef, ast.ClassDef))
        if documented and ast.get_docstring(part) is not None:
            part.body = part.body[1:]
        if isinstance(part, ast.FunctionDef):
            part.returns = None
            part.decorator_list = [
                decorator
                for decorator in part.decorator_list
                if getattr(getattr(decorator, "func", decorator), "id", "")
                not in GUARDS
            ]
        if isinstance(part, ast.arg):
            part.annotation = None
    return ast.dump(node)


def package_source(path: str) -> str:
    """The source of ``package.module.Class.method`` or the like."""
    names = path.split(".")
    for split in range(len(names) - 1, 0, -1):
        try:
            found = importlib.import_module(".".join(names[:split]))
        except ModuleNotFoundError:
            continue
        for name in names[split:]:
            found = getattr(found, name)
        return inspect.cleandoc("\n" + inspect.getsource(found))
    raise ModuleNotFoundError(path)


def package_faults(page: Page):
    """Yield cells tagged from-package that differ from the package."""
    for cell in page.code:
        if "from-package" not in cell.metadata.get("tags", []):
            continue
        path = cell.metadata.get("package", "")
        if not path:
            yield f"{page.name}: a from-package cell without `package: dotted.path`"
        elif bare(ast.parse(cell.source)) != bare(ast.parse(package_source(path))):
            yield f"{page.name}: the cell differs from {path}"


def unfinished_faults(page: Page):
    """Yield each place that says it is unfinished, as `make new` leaves them."""
    for what in re.findall(r"^% unfinished: (.+)$", page.text, re.MULTILINE):
        yield f"{page.name}: unfinished: {what}"


def private_names(tree: ast.AST):
    """Yield names with a leading underscore that code takes from elsewhere."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            yield from [*(node.module or "").split("."), *(n.name for n in node.names)]
        elif isinstance(node, ast.Import):
            yield from (part for name in node.names for part in name.name.split("."))
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            yield node.id
        elif isinstance(node, ast.Attribute) and ast.unparse(node.value) != "self":
            yield node.attr


def private_faults(page: Page):
    """Yield private names that a page needs; what `self` inherits may be private."""
    for number, cell in enumerate(page.code, start=1):
        try:
            tree = ast.parse(cell.source)
        except SyntaxError:  # a magic, which another rule forbids
            continue
        defined = {n.name for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)}
        shown = cell.metadata.get("package", "").split(".")
        for name in dict.fromkeys([*shown, *private_names(tree)]):
            if re.match(r"_[a-z]", name) and name not in defined:
                yield f"{page.name}, code cell {number}: the private name {name}"


def bibliography_keys() -> set[str]:
    """Return the keys of the works that the book may cite."""
    text = (ROOT / "book/references.bib").read_text("utf-8")
    return set(re.findall(r"^@\w+\{([^,\s]+),", text, re.MULTILINE))


def short_page_faults(page: Page, left_out: dict[str, str]):
    """Yield what is wrong with a page that stands beside the chapters of its week.

    It has a question, a summary and what it needs of the other parts, in their order.
    """
    if not left_out[SHORT]:
        yield f"{page.name}: is a short page without a reason"
    unasked = {part: "short" for part in PARTS if not page.section(part)}
    missing = dict.fromkeys(PARTS_OF_A_SHORT_PAGE & {*unasked}, "")
    wrong = part_faults(page, unasked | missing)
    yield from (fault for fault in wrong if not fault.endswith("always stands"))
    yield from unfinished_faults(page)
    yield from within(page, "words", prose.words(page.prose), 400, 1500)
    yield from label_faults(page)
    yield from import_faults(page)
    yield from package_faults(page)


def chapter_faults(page: Page, left_out: dict[str, str]):
    """Yield all that is wrong with a chapter; an unfinished one has no counts."""
    if SHORT in left_out:
        yield from short_page_faults(page, left_out)
        return
    unfinished = list(unfinished_faults(page))
    yield from unfinished or count_faults(page)
    yield from part_faults(page, left_out)
    yield from form_faults(page)
    yield from import_faults(page)
    yield from package_faults(page)
