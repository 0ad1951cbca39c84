"""What all project kits share: submissions, refusals, scores, the board of a class."""

import csv
import json
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser

import numpy as np
import pytest
import toy_class
import toy_kit
from book_rules import ROOT
from toy_class import KIT

from mlearth.projects import (
    Refused,
    kits,
    load_kit,
    read_submission,
    write_board,
    write_submission,
)
from mlearth.projects.__main__ import main
from mlearth.projects.entries import scored
from mlearth.projects.seeds import read_private_seed
from mlearth.projects.standings import difference, falls

PUBLIC = toy_kit.make_data("public")
SEED = 20_260_101


@pytest.fixture
def handed_in(tmp_path):
    """A good submission, to be spoilt."""
    folder = tmp_path / "ours"
    toy_class.hand_in(folder, PUBLIC, toy_class.signal(PUBLIC, 0, 0), "Ours")
    return folder


def reasons(folder, data=PUBLIC, team=""):
    """Why a submission is refused; nothing if it is not."""
    try:
        read_submission(folder, data, KIT, team)
    except Refused as refused:
        return refused.reasons
    return ()


def test_a_good_submission_is_read_as_it_was_written(handed_in):
    """Numbers come back to the last digit, and words as words."""
    card, found = read_submission(handed_in, PUBLIC, KIT, "Ours")
    level = toy_class.signal(PUBLIC, 0, 0)
    written = toy_kit.answers(PUBLIC, np.where(level > 0, 0.9, 0.1))
    for name, table in written.items():
        for column in table:
            got, wanted = found[name][column], table[column]
            assert got.dropna().tolist() == wanted.dropna().tolist()
            assert got.isna().tolist() == wanted.isna().tolist()
    assert (card.team, card.split, card.n_looks) == ("Ours", "public", 1)


# what is refused, and how it is told


def edit(old, new):
    def spoil(text):
        assert old in text
        return text.replace(old, new, 1)

    return spoil


def line(number, change):
    """Change one line of a text; the header is 0."""

    def spoil(text):
        lines = text.splitlines(True)
        lines[number : number + 1] = change(lines[number])
        return "".join(lines)

    return spoil


def cell(number, column, value):
    def change(one):
        cells = one.rstrip("\n").split(",")
        cells[column] = value
        return [",".join(cells) + "\n"]

    return line(number, change)


def swap(text):
    head, one, two, *rest = text.splitlines(True)
    return "".join([head, two, one, *rest])


def columns(change):
    """Change the cells of each line."""

    def spoil(text):
        lines = [change(one.split(",")) for one in text.splitlines()]
        return "\n".join(map(",".join, lines)) + "\n"

    return spoil


ANSWERS, SWARMS, CARD = "answers.csv", "swarms.csv", "submission.toml"
SPOILT = {
    "a row is missing": (
        ANSWERS,
        line(3, lambda one: []),
        "1 row is missing: 1/ANMO",
    ),
    "a row too many": (
        ANSWERS,
        edit("0,ANMO", "77,ANMO,0.1,0.9\n0,ANMO"),
        "1 row is none of the data: 77/ANMO",
    ),
    "a row twice": (ANSWERS, line(2, lambda one: [one, one]), "stands twice: 0/TLY"),
    "a swarm twice": (SWARMS, line(1, lambda one: [one, one]), "stands twice: 1"),
    "another order": (ANSWERS, swap, "in another order, from row 1"),
    "NaN": (ANSWERS, cell(4, 2, "NaN"), "p_felt: NaN in row 4 is no finite number"),
    "infinity": (ANSWERS, cell(4, 2, "inf"), "p_felt: inf in row 4 is no finite"),
    "nothing": (ANSWERS, cell(5, 3, ""), "p_not: no value in row 5"),
    "a word": (ANSWERS, cell(5, 3, "high"), "p_not: 'high' in row 5 is no number"),
    "a grouped number": (ANSWERS, cell(5, 0, "1_0"), "shock: '1_0' in row 5"),
    "out of range": (ANSWERS, cell(1, 2, "1.5"), "p_felt: 1.5 in row 1, accepted is f"),
    "out of a range in s": (SWARMS, cell(1, 1, "-2"), "accepted is from 0 to 100000 s"),
    "no sum of 1": (ANSWERS, cell(6, 2, "0.5"), "probabilities of row 6 sum to"),
    "an unknown class": (SWARMS, cell(1, 2, "tectonic"), "none of natural, induced"),
    "a missing column": (ANSWERS, columns(lambda c: c[:-1]), "lacks the column p_not"),
    "an extra column": (ANSWERS, columns(lambda c: [*c, c[0]]), "has a column twice"),
    "a new column": (
        SWARMS,
        lambda text: columns(lambda c: [*c, "1"])(text).replace("name,1", "name,x"),
        "has a column too many: x",
    ),
    "columns turned": (
        ANSWERS,
        columns(lambda c: [*c[1::-1], *c[2:]]),
        "another order",
    ),
    "a short line": (ANSWERS, line(7, lambda one: ["0,ANMO\n"]), "row 7: 2 values"),
    "an open quote": (SWARMS, cell(1, 3, '"Sion'), "is no CSV"),
    "empty": (ANSWERS, lambda text: " \n", "answers.csv is empty"),
    "an empty card": (CARD, lambda text: "", "submission.toml is empty"),
    "no TOML": (CARD, lambda text: "team: Ours", "is no TOML"),
    "no team": (CARD, line(3, lambda one: []), "lacks team"),
    "a crew": (CARD, edit("done =", "crew = 1\ndone ="), "crew, which is none"),
    "no number of looks": (CARD, edit("looks = 1", "looks = '1'"), "n_looks must be a"),
    "no looks": (CARD, edit("looks = 1", "looks = -1"), "n_looks must be at least 1"),
    "a path as team": (CARD, edit('"Ours"', '"../Ours"'), "is no name of a team"),
    "another kit": (CARD, edit('"toy_kit"', '"picking"'), "kit is picking"),
    "a leak": ("code/work.py", lambda text: toy_class.LEAKING, "work.py leaks, line 5"),
    "no Python": ("code/work.py", lambda text: "if:", "code/work.py cannot be read"),
}


@pytest.mark.parametrize("what", SPOILT)
def test_what_is_malformed_is_refused_by_name(handed_in, what):
    """Each fault names its file, and the row or the column where there is one."""
    name, spoil, said = SPOILT[what]
    file = handed_in / name
    file.write_text(spoil(file.read_text("utf-8")), "utf-8")
    found = reasons(handed_in)
    assert len(found) == 1
    assert said in found[0]
    assert file.name in found[0]


@pytest.mark.parametrize("name", [ANSWERS, SWARMS, CARD, "code"])
def test_what_is_missing_is_named(handed_in, name):
    """A file that is not there is told, and no other is blamed."""
    path = handed_in / name
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    assert [f"{name}" in one and "is missing" in one for one in reasons(handed_in)] == [
        True
    ]


def test_all_faults_are_told_at_once(handed_in):
    """A team need not hand in again for each of them."""
    for name in (ANSWERS, SWARMS):
        (handed_in / name).unlink()
    (handed_in / "code" / "work.py").write_text(toy_class.LEAKING, "utf-8")
    assert len(reasons(handed_in)) == 3


def test_what_is_no_text_and_what_is_a_link_is_refused(handed_in, tmp_path):
    """Bytes that are not UTF-8, a link to elsewhere, a table that nobody asked for."""
    (handed_in / ANSWERS).write_bytes("Zürich".encode("latin-1"))
    assert "is not UTF-8, from byte 1" in reasons(handed_in)[0]
    (handed_in / ANSWERS).unlink()
    (handed_in / ANSWERS).symlink_to(tmp_path / "elsewhere.csv")
    assert "is a link" in reasons(handed_in)[0]
    (handed_in / "more.csv").write_text("a\n", "utf-8")
    assert "more.csv is none of" in reasons(handed_in)[0]


def test_what_is_too_large_is_not_read(handed_in, monkeypatch):
    """A file is measured before it is read."""
    monkeypatch.setattr("mlearth.projects.tables.read_text.__defaults__", (100,))
    assert "answers.csv is too large" in reasons(handed_in)[0]
    monkeypatch.undo()
    monkeypatch.setattr("mlearth.projects.tables.MOST_LINES", 100)
    assert "121 lines, at most 100" in reasons(handed_in)[0]


def test_what_ends_a_kit_does_not_end_a_board(handed_in, monkeypatch):
    """A fault of scoring is told beside the submission that showed it."""

    def fail(predictions, data):
        raise IndexError("7")

    kit = load_kit(KIT)
    kit.evaluate = fail
    with pytest.raises(Refused, match="cannot be scored: IndexError: 7"):
        scored(kit, {}, PUBLIC)


def test_a_byte_order_mark_is_no_fault(handed_in):
    """Spreadsheets write one."""
    text = (handed_in / ANSWERS).read_bytes()
    (handed_in / ANSWERS).write_bytes(b"\xef\xbb\xbf" + text.replace(b"\n", b"\r\n"))
    assert reasons(handed_in) == ()


def test_other_data_and_other_teams_are_refused(handed_in):
    """Another seed, another split, and another team's folder."""
    other = toy_kit.make_data("public", seed=99)
    assert "another seed or size?" in reasons(handed_in, other)[0]
    validation = toy_kit.make_data("validation")
    assert (
        "split is public, and this is validation" in reasons(handed_in, validation)[0]
    )
    assert "is that of Theirs" in reasons(handed_in, team="Theirs")[0]


def test_a_leak_in_a_notebook_is_told_with_its_line(handed_in):
    """Notebooks are read as scripts are."""
    cells = [{"cell_type": "code", "source": toy_class.LEAKING, "metadata": {}}]
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    path = handed_in / "code" / "work.ipynb"
    path.write_text(json.dumps(notebook), "utf-8")
    (found,) = reasons(handed_in)
    assert "code/work.ipynb leaks, cell 1, line 5" in found
    path.write_text("{}", "utf-8")
    (found,) = reasons(handed_in)
    assert "code/work.ipynb cannot be read" in found


def in_full(text):
    """The text as UTF-16, which spreadsheets call Unicode."""
    return text.encode("utf-16")


RAW = {
    "semicolons": (ANSWERS, lambda t: t.replace(",", ";").encode(), "by semicolons"),
    "tabulators": (ANSWERS, lambda t: t.replace(",", "\t").encode(), "by tabulators"),
    "UTF-16": (ANSWERS, in_full, "is not UTF-8"),
    "a byte of 0": (ANSWERS, lambda t: t.replace("TLY", "T\0Y", 1).encode(), "answers"),
    "decimal commas": (ANSWERS, lambda t: t.replace("0.9", "0,9").encode(), "values"),
    "a header twice": (ANSWERS, lambda t: (t + t.split()[0]).encode(), "is no number"),
    "a comma at the end": (
        SWARMS,
        lambda t: t.replace("n\n", "n,\n").encode(),
        "values",
    ),
    "a truth value": (
        ANSWERS,
        lambda t: t.replace("0.9", "True", 1).encode(),
        "'True'",
    ),
    "too large": (ANSWERS, lambda t: t.replace("0.9", "1e999", 1).encode(), "1e999"),
    "another base": (SWARMS, lambda t: t.replace("20.0", "0x14").encode(), "'0x14'"),
    "a blank": (
        ANSWERS,
        lambda t: t.replace("ANMO", " ANMO", 1).encode(),
        "is missing",
    ),
    "a capital": (SWARMS, lambda t: t.replace("nat", "Nat").encode(), "'Natural'"),
    "a fraction as key": (
        ANSWERS,
        lambda t: t.replace("\n3,", "\n3.5,").encode(),
        "3/A",
    ),
    "a key as float": (SWARMS, lambda t: t.replace("\n2,", "\n1.0,").encode(), "twice"),
    "deep code": ("code/work.py", lambda t: b"(" * 9999, "cannot be read"),
    "long code": ("code/work.py", lambda t: b"x = 1" + b" + 1" * 99_999, "cannot be r"),
    "zero code": ("code/work.py", lambda t: b"x = 1\0", "cannot be read"),
    "Latin code": ("code/work.py", lambda t: b"x = '\xfc'", "is not UTF-8"),
    "a list as team": (
        CARD,
        lambda t: t.replace('"Ours"', "[1]").encode(),
        "team must",
    ),
    "TOML twice": (CARD, lambda t: (t + t).encode(), "is no TOML"),
    "a true look": (
        CARD,
        lambda t: t.replace("looks = 1", "looks = true").encode(),
        "l",
    ),
}


@pytest.mark.parametrize("what", RAW)
def test_what_nobody_thought_of_is_refused_as_well(handed_in, what):
    """Other programs' files, other countries' numbers, and malice: one reason each."""
    name, spoil, said = RAW[what]
    file = handed_in / name
    text = file.read_text("utf-8")
    assert spoil(text) != text.encode()
    file.write_bytes(spoil(text))
    (found,) = reasons(handed_in)
    assert said in found


def test_what_would_be_refused_is_not_written(tmp_path):
    """Whoever writes a submission learns at once what is wrong with it."""
    predictions = toy_kit.oracle(PUBLIC)
    predictions["answers"].loc[3, "p_felt"] = 7.0
    with pytest.raises(Refused, match="p_felt: 7 in row 4, accepted is from 0 to 1"):
        write_submission(predictions, PUBLIC, tmp_path, "Ours", kit=KIT)
    assert not (tmp_path / CARD).exists()


# scores


def test_the_oracle_is_at_the_ceiling_and_a_constant_at_the_floor():
    """The ends of the scale are where they must be."""
    assert (
        toy_kit.evaluate(toy_kit.oracle(PUBLIC), PUBLIC)["accuracy"].interval.low == 1
    )
    floor = toy_kit.guess(None, None, PUBLIC)
    assert 0.5 in toy_kit.evaluate(floor, PUBLIC)["accuracy"].interval


# the board


@pytest.fixture(scope="module")
def board(tmp_path_factory):
    """The board of ten teams, and its end."""
    folder = tmp_path_factory.mktemp("class")
    private = toy_kit.make_data("private", seed=SEED)
    toy_class.write_class(folder / "in", private)
    write_board(KIT, folder / "in", folder / "out")
    write_board(KIT, folder / "in", folder / "out", SEED)
    return folder


def rows(path):
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_the_board_ranks_those_that_can_be_scored(board):
    """Eight of ten teams are ranked; two are refused, with the reason."""
    found = rows(board / "out" / "board.csv")
    assert [int(row["rank"]) for row in found] == list(range(1, 9))
    scores = [float(row["score"]) for row in found]
    assert scores == sorted(scores, reverse=True)
    everything = rows(board / "out" / "submissions.csv")
    refused = {row["team"]: row["reason"] for row in everything if row["reason"]}
    assert set(refused) == {"Malformed", "Leaking"}
    assert "1 row is missing" in refused["Malformed"]
    assert "line 4" in refused["Leaking"]


def test_a_private_submission_waits_until_the_end(board):
    """No private score stands on the public board."""
    everything = rows(board / "out" / "submissions.csv")
    private = [row for row in everything if row["split"] == "private"]
    assert len(private) == 8
    assert {(row["status"], row["score"]) for row in private} == {("waits", "")}


def test_neighbours_that_cannot_be_told_apart_are_marked(board):
    """The mark follows the interval of the paired difference, not two intervals."""
    for row in rows(board / "out" / "board.csv")[1:]:
        holds_zero = float(row["behind_low"]) <= 0 <= float(row["behind_high"])
        assert row["verdict"].startswith("not dist") == holds_zero
    verdicts = {row["verdict"] for row in rows(board / "out" / "board.csv")}
    assert {"behind", "not distinguishable"} <= verdicts
    page = (board / "out" / "board.html").read_text("utf-8")
    assert all(verdict in page for verdict in verdicts)


def test_pairs_are_sharper_than_two_intervals():
    """Teams that agree on most shocks are told apart where their intervals overlap."""
    felt = PUBLIC.truth["answers"].felt.to_numpy()
    worse = np.where(np.arange(felt.size) % 4 == 0, 1 - felt, felt)
    better = np.where(np.arange(felt.size) % 12 > 4, felt, worse)
    one, two = (
        toy_kit.evaluate(toy_kit.answers(PUBLIC, p), PUBLIC)["accuracy"]
        for p in (better, worse)
    )
    assert two.interval.high > one.interval.low
    assert difference(one, two).low > 0
    brier = [
        toy_kit.evaluate(toy_kit.answers(PUBLIC, p), PUBLIC)["Brier"]
        for p in (better, worse)
    ]
    assert difference(*brier).low > 0  # low is better


def test_the_over_fitted_team_falls(board):
    """Its best of 200 tries looks good, is worth nothing, and the page says so."""
    found = {row["team"]: row for row in rows(board / "out" / "final.csv")}
    lucky = found["Over-fitted"]
    assert float(lucky["public"]) > 0.58
    assert abs(float(lucky["private"]) - 0.5) < 0.05
    assert [
        t for t, row in found.items() if row["fell_by_more_than_chance"] == "yes"
    ] == ["Over-fitted"]
    page = (board / "out" / "final.html").read_text("utf-8")
    assert "Over-fitted did. The likeliest reason" in page
    assert str(SEED) not in page


def test_the_verdict_names_most_of_the_lucky_and_few_of_the_honest():
    """Ten classes: the rates that instructors are told, as far as so few can tell."""
    named = {True: [], False: []}
    for k in range(10):
        splits = {
            "public": toy_kit.make_data("public", seed=100 + k),
            "private": toy_kit.make_data("private", seed=200 + k),
        }
        for fall in falls(list(toy_class.entries(splits, k))):
            lucky = fall.place.entry.team == "Over-fitted"
            named[lucky].append(fall.is_over_fitted)
    assert np.sum(named[True]) >= 6
    assert np.mean(named[False]) < 0.08  # 0.025 is meant, of 70


def test_the_board_is_the_same_on_each_run(board, tmp_path):
    """No date and no address of a machine is in it."""
    for seed in (None, SEED):
        for path in write_board(KIT, board / "in", tmp_path, seed):
            assert path.read_bytes() == (board / "out" / path.name).read_bytes()


class Reader(HTMLParser):
    """Collects what a page links to, and whether its parts are closed."""

    def __init__(self, text):
        super().__init__()
        self.open, self.addresses, self.tags = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.addresses += [v for k, v in attrs if k in ("href", "src", "action")]
        if tag != "meta":
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.mark.parametrize("name", ["board.html", "final.html"])
def test_a_page_of_the_board_stands_alone(board, name):
    """No script, nothing fetched; drawings have a title and an alternative text."""
    text = (board / "out" / name).read_text("utf-8")
    page = Reader(text)
    assert page.open == []
    assert page.addresses == []
    assert not re.search(r"https?:|url\(|@import|<script", text)
    tags = [tag for tag, _ in page.tags]
    assert tags.count("svg") == tags.count("title") - 1 == tags.count("desc") > 0
    for tag, attributes in page.tags:
        if tag == "svg":
            assert attributes["role"] == "img"
            for label in attributes["aria-labelledby"].split():
                assert f'id="{label}"' in text
        if tag == "th":
            assert attributes["scope"] in ("row", "col")
    assert all(len(alt) >= 40 for alt in re.findall(r"<desc[^>]*>([^<]*)<", text))
    assert "prefers-color-scheme: dark" in text
    assert "Which shocks were felt &lt;for tests&gt;" in text
    assert dict(page.tags)["html"]["lang"] == "en"


def test_what_a_team_writes_is_no_markup(board, tmp_path):
    """Words of a card come out as words, and a spreadsheet runs none of them."""
    shutil.copytree(board / "in" / "Ada", tmp_path / "in" / "Ada")
    card = tmp_path / "in" / "Ada" / "1" / CARD
    card.write_text(card.read_text("utf-8").replace('"toy_kit"', '"<b>x</b>"'), "utf-8")
    write_board(KIT, tmp_path / "in", tmp_path / "out")
    page = (tmp_path / "out" / "board.html").read_text("utf-8")
    assert "<b>" not in page
    assert "&lt;b&gt;" in page


def test_a_folder_without_a_number_is_told(tmp_path):
    """What lies one level too high is refused, not overlooked."""
    toy_class.hand_in(tmp_path / "in" / "Ada", PUBLIC, [1] * 120, "Ada")
    write_board(KIT, tmp_path / "in", tmp_path / "out")
    (row,) = rows(tmp_path / "out" / "submissions.csv")
    assert "Ada/1/submission.toml" in row["reason"]
    assert "Nothing is scored yet" in (tmp_path / "out" / "board.html").read_text(
        "utf-8"
    )


def test_a_board_of_equals_can_be_drawn(tmp_path):
    """One team, or many with one score without an interval."""
    private = toy_kit.make_data("private", seed=SEED)
    for team in ("Ada", "Beno"):
        for name, data in (("1", PUBLIC), ("final", private)):
            folder = tmp_path / "in" / team / name
            write_submission(toy_kit.oracle(data), data, folder, team, kit=KIT)
            (folder / "code" / "work.py").write_text("x = 1\n", "utf-8")
    for seed in (None, SEED):
        write_board(KIT, tmp_path / "in", tmp_path / "out", seed)
    first, second = rows(tmp_path / "out" / "board.csv")
    assert (first["verdict"], second["verdict"]) == ("", "not distinguishable")
    assert "None did." in (tmp_path / "out" / "final.html").read_text("utf-8")


def test_a_larger_private_test_is_answered_by_its_own_size(tmp_path):
    """The small answer to a large test is refused; the large one is scored."""
    for team, size in (("Ada", "small"), ("Beno", "large")):
        data = toy_kit.make_data("private", size, SEED)
        folder = tmp_path / "in" / team / "final"
        write_submission(toy_kit.oracle(data), data, folder, team, kit=KIT)
        (folder / "code" / "work.py").write_text("x = 1\n", "utf-8")
    write_board(KIT, tmp_path / "in", tmp_path, SEED, private_size="large")
    (row,) = rows(tmp_path / "final.csv")
    assert row["team"] == "Beno"
    assert "another seed or size?" in (tmp_path / "final.html").read_text("utf-8")


# the seed of the private test


def test_the_private_seed_lies_outside(tmp_path):
    """A file in the tree, in a shared folder, or too short is refused."""
    file = tmp_path / "seed"
    file.write_text("moraine and gneiss\n", "utf-8")
    seed = read_private_seed(file, "toy_kit")
    assert seed == read_private_seed(file, "toy_kit") < 2**32
    assert seed != read_private_seed(file, "another")
    with pytest.raises(ValueError, match="shared folders"):
        read_private_seed(file, "toy_kit", [tmp_path])
    with pytest.raises(ValueError, match="outside of the tree"):
        read_private_seed(ROOT / "README.md", "toy_kit")
    file.write_text("short", "utf-8")
    with pytest.raises(ValueError, match="eight characters"):
        read_private_seed(file, "toy_kit")
    with pytest.raises(ValueError, match="exists"):
        read_private_seed(tmp_path / "none", "toy_kit")


# the command line


def run(*words):
    """Run the command line as a student does."""
    command = [sys.executable, "-P", "-m", "mlearth.projects", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT)


def test_the_commands_from_data_to_board(tmp_path):
    """What the help teaches, in its order."""
    done = run("data", KIT, "--split", "public", "--out", tmp_path / "public")
    assert done.returncode == 0, done.stderr
    sheet = json.loads((tmp_path / "public" / "datasheet.json").read_text("utf-8"))
    assert sheet["data"] == PUBLIC.sheet["data"]
    assert (tmp_path / "public" / "truth" / "answers.csv").is_file()
    ours = tmp_path / "in" / "floor" / "1"
    assert main(["baseline", KIT, "floor", "--out", str(ours), "--team", "floor"]) == 0
    done = run("score", KIT, ours)
    assert done.returncode == 0, done.stderr
    assert "accuracy = 0." in done.stdout
    rival = tmp_path / "rival"
    assert main(["baseline", KIT, "threshold", "--out", str(rival)]) == 0
    done = run("score", KIT, rival, "--beside", ours)
    better = re.search(r"is better than .* by 0\.\d+ \(0\.\d+ to 0\.", done.stdout)
    assert better, done.stdout + done.stderr
    assert main(["board", KIT, str(tmp_path / "in"), "--out", str(tmp_path / "o")]) == 0
    assert rows(tmp_path / "o" / "board.csv")[0]["team"] == "floor"


def test_the_private_test_has_no_truth_in_its_files(tmp_path, capsys):
    """Teams get the inputs and a datasheet without the seed."""
    file = tmp_path / "seed"
    file.write_text("moraine and gneiss", "utf-8")
    out = tmp_path / "private"
    words = ["data", KIT, "--split", "private", "--seed-file", str(file)]
    assert main([*words, "--out", str(out)]) == 0
    assert not (out / "truth").exists()
    said = (out / "datasheet.json").read_text("utf-8")
    assert str(read_private_seed(file, "toy_kit")) not in said
    assert main([*words, "--out", str(tmp_path)]) == 2  # would lie beside the seed
    assert "seed_file must be outside" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["data", "no_such_kit", "--out", "x"], "name must be a kit"),
        (["data", "no_such_file.py", "--out", "x"], "a file that exists"),
        (["data", KIT, "--split", "private", "--out", "x"], "seed must be given"),
        (["baseline", KIT, "best", "--out", "x"], "floor: says that all were felt"),
        (["board", KIT, "no_such_folder", "--out", "x"], "a folder of teams"),
        (["data", KIT, "--seed-file", "y", "--out", "x"], "is for the private test"),
    ],
)
def test_a_command_that_cannot_be_carried_out_says_why(words, said, capsys):
    """One line, no traceback, exit code 2."""
    assert main(words) == 2
    assert said in capsys.readouterr().err


def test_a_refused_submission_has_an_exit_code_of_its_own(handed_in, capsys):
    """Scripts can tell a refusal from a mistake in the command."""
    (handed_in / ANSWERS).unlink()
    assert main(["score", KIT, str(handed_in)]) == 1
    assert "answers.csv is missing" in capsys.readouterr().err


def test_help_teaches():
    """The order of the commands stands in it."""
    done = run("--help")
    places = [done.stdout.index(f"projects {verb}") for verb in
              ("list", "data", "baseline", "score", "board")]  # fmt: skip
    assert places == sorted(places)


def test_listing_imports_no_kit():
    """`list` reads lines; TensorFlow and the kits stay where they are."""
    program = (
        "import sys; from mlearth.projects.__main__ import main; main(['list']);"
        "from mlearth.projects import kits; names = {*kits(), 'tensorflow'};"
        "print([m for m in sys.modules if m.rpartition('.')[2] in names])"
    )
    command = [sys.executable, "-P", "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_kit_without_a_part_is_refused(tmp_path):
    """The parts that it lacks are named."""
    (tmp_path / "poor.py").write_text("TITLE, MAIN = 'Poor', 'score'\n", "utf-8")
    with pytest.raises(ValueError, match="TOPIC, TABLES, make_data, baselines, oracle"):
        load_kit(str(tmp_path / "poor.py"))


def test_kits_are_listed_by_topic():
    """Each with its number and its title; none twice."""
    topics = [topic for topic, _ in kits().values()]
    assert topics == sorted(set(topics))
