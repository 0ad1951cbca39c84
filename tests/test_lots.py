"""Lots are drawn fairly, again the same, and from a seed that nobody sees."""

import csv
import io
import tomllib
from itertools import combinations

import lots
import numpy as np
import pytest
from book_rules import ROOT, bibliography_keys
from hypothesis import given
from hypothesis import strategies as st

from mlearth.datasets import load_ridgecrest_ground_motion

CLASS = [f"Student {k:02d}" for k in range(12)]
SEED = "a text that lies elsewhere"
sizes = st.integers(2, 24)


def names(n):
    return [f"Student {k:02d}" for k in range(n)]


@pytest.fixture
def files(tmp_path):
    """A roster and a private seed."""
    (tmp_path / "roster.csv").write_text("name\n" + "\n".join(CLASS) + "\n", "utf-8")
    (tmp_path / "seed").write_text(SEED, "utf-8")
    return tmp_path


def run(capsys, *arguments):
    status = lots.main([str(argument) for argument in arguments])
    said = capsys.readouterr()
    return status, list(csv.DictReader(io.StringIO(said.out))), said.err


@given(sizes, st.integers(0, 99))
def test_everybody_has_a_partner_and_never_the_same_twice(n, seed):
    """In each homework all are there once; with an odd number one works alone."""
    drawn = lots.rounds(names(n), f"seed {seed}")
    for pairs in drawn:
        assert sorted(x for pair in pairs for x in pair) == names(n)
        assert sorted(map(len, pairs), reverse=True)[: n // 2] == [2] * (n // 2)
    met = [pair for pairs in drawn for pair in pairs if len(pair) == 2]
    if n > lots.N_HOMEWORK:
        assert len(set(met)) == len(met)


@given(sizes, st.integers(0, 99))
def test_nobody_presents_twice_while_others_have_not(n, seed):
    """With eight students or more, four pairs are eight people."""
    drawn = lots.rounds(names(n), f"seed {seed}")
    chosen = lots.presenters(drawn, f"seed {seed}")
    assert all(pair in pairs for pair, pairs in zip(chosen, drawn, strict=True))
    spoke = [name for pair in chosen for name in pair]
    if n >= 16:
        assert len(set(spoke)) == len(spoke)


def test_the_same_seed_draws_the_same_and_another_does_not(files, capsys):
    """On every call, whatever the order of the roster."""
    call = "pairs", files / "roster.csv", "--seed-file", files / "seed"
    first = run(capsys, *call)[1]
    text = "name\n" + "\n".join(reversed(CLASS)) + "\n"
    (files / "roster.csv").write_text(text, "utf-8")
    assert run(capsys, *call)[1] == first
    (files / "seed").write_text("another text of the same kind", "utf-8")
    assert run(capsys, *call)[1] != first


def fits(subset, motions):
    """Coefficients of log PGA on M and log R, and the root of the mean square."""
    few = motions[motions.event_id.isin(subset)]
    r = np.hypot(few.rupture_distance_km, 5)
    A = np.c_[np.ones(len(few)), few.magnitude, np.log10(r), r]
    y = np.log10(few.pga_percent_g)
    coefficients, *_ = np.linalg.lstsq(A, y)
    return coefficients, np.sqrt(np.mean((y - A @ coefficients) ** 2))


def test_answers_differ_from_pair_to_pair_and_difficulty_does_not():
    """Other coefficients in the printed digits; the same scatter within a twentieth."""
    motions = load_ridgecrest_ground_motion().dropna(subset=["rupture_distance_km"])
    motions = motions[motions.pga_percent_g > 0]
    magnitude = motions.groupby("event_id").magnitude.first()
    pairs = [tuple(CLASS[k : k + 2]) for k in range(0, 12, 2)]
    subsets = [lots.event_subset(magnitude, pair, SEED) for pair in pairs]
    large = set(magnitude.index[magnitude >= lots.LARGE])
    assert all(large < set(subset) for subset in subsets)
    assert len({len(subset) for subset in subsets}) == 1
    found = [fits(subset, motions) for subset in subsets]
    printed = [tuple(np.round(coefficients, 3)) for coefficients, _ in found]
    assert len(set(printed)) == len(printed)
    scatter = np.array([rmse for _, rmse in found])
    assert np.ptp(scatter) < 0.05 * scatter.mean()


def test_a_pair_has_the_same_events_in_every_order():
    """Of its names, and of the table."""
    motions = load_ridgecrest_ground_motion()
    magnitude = motions.groupby("event_id").magnitude.first()
    one = lots.event_subset(magnitude, ("a", "b"), SEED)
    assert lots.event_subset(magnitude[::-1], ("b", "a"), SEED) == one
    assert lots.event_subset(magnitude, ("a", "c"), SEED) != one


def test_events_are_written_for_each_pair(files, capsys):
    """One row for each earthquake of each pair."""
    call = "events", files / "roster.csv", "--seed-file", files / "seed"
    status, rows, _ = run(capsys, *call, "--homework", 2)
    assert status == 0
    assert len({row["pair"] for row in rows}) == 6


def wishes(files, rows):
    head = "name,key,reproduces\n"
    (files / "wishes.csv").write_text(head + "\n".join(map(",".join, rows)), "utf-8")
    return "papers", files / "roster.csv", files / "wishes.csv"


def test_each_talk_has_a_discussant_who_presents_another(files, capsys):
    """Everybody speaks once and asks first once."""
    keys = sorted(lots.read_papers())
    rows = [(name, key, "Fig. 2") for name, key in zip(CLASS, keys, strict=False)]
    call = wishes(files, rows)
    status, talks, _ = run(capsys, *call, "--seed-file", files / "seed")
    assert status == 0
    assert sorted(talk["discussant"] for talk in talks) == CLASS
    assert all(talk["discussant"] != talk["name"] for talk in talks)


FAULTS = {
    "unknown paper": (
        lambda rows: [(*rows[0][:1], "nobody2020", "x"), *rows[1:]],
        "not in",
    ),
    "same paper": (
        lambda rows: [(rows[0][0], rows[1][1], "x"), *rows[1:]],
        "stands twice",
    ),
    "stranger": (
        lambda rows: [("Nobody", *rows[0][1:]), *rows[1:]],
        "not in the roster",
    ),
    "no number": (
        lambda rows: [(*rows[0][:2], ""), *rows[1:]],
        "line 2: no reproduces",
    ),
    "nobody's": (lambda rows: rows[1:], "no paper yet: Student 00"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_in_the_wishes_is_named(name, files, capsys):
    """Nothing is drawn from a list that is not whole."""
    spoil, said = FAULTS[name]
    keys = sorted(lots.read_papers())
    rows = [(name, key, "Fig. 2") for name, key in zip(CLASS, keys, strict=False)]
    call = wishes(files, spoil(rows))
    status, talks, error = run(capsys, *call, "--seed-file", files / "seed")
    assert (status, talks) == (1, [])
    assert said in error


def test_the_seed_is_private(files, capsys):
    """It lies outside of the tree, and cannot be guessed."""
    call = "pairs", files / "roster.csv", "--seed-file"
    assert "keep it outside" in run(capsys, *call, ROOT / "README.md")[2]
    (files / "seed").write_text("1", "utf-8")
    assert "can be guessed" in run(capsys, *call, files / "seed")[2]


@pytest.mark.parametrize(
    "text", ["name\nA\nA\n", "name\nA\n", "names\nA\nB\n", "name\nA\n \n"]
)
def test_a_faulty_roster_is_refused(text, files, capsys):
    """Double names, a class of one, another column, an empty line."""
    (files / "roster.csv").write_text(text, "utf-8")
    call = "pairs", files / "roster.csv", "--seed-file", files / "seed"
    status, rows, said = run(capsys, *call)
    assert (status, rows) == (1, [])
    assert "roster.csv" in said


def test_no_two_halves_of_a_class_share_a_draw():
    """What is drawn for one purpose says nothing of another."""
    purposes = ["pairs", "presenters", "talks", "events a and b"]
    draws = [tuple(lots.generator(SEED, one).integers(0, 99, 20)) for one in purposes]
    assert all(one != other for one, other in combinations(draws, 2))


def test_every_paper_exists_and_says_why_and_how_it_was_seen():
    """Thirty-six works of the bibliography or more, none twice, in all twelve weeks."""
    papers = tomllib.loads((ROOT / "course/papers.toml").read_text("utf-8"))["papers"]
    keys = [key for paper in papers for key in paper["keys"]]
    assert len(keys) == len(set(keys)) >= 36
    assert set(keys) <= set(bibliography_keys())
    assert {paper["week"] for paper in papers} == {*range(13)}
    for paper in papers:
        assert set(paper) == {"week", "keys", "topics", "why", "seen"}
        assert len(paper["why"]) > 30
        assert paper["seen"]
