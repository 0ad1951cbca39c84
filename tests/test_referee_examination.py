"""The referee's examination: leaks fall under their own ablation."""

import numpy as np
import pytest

from mlearth.evaluation import (
    ablate,
    answer_key,
    case_table,
    grade_referee,
    referee_cases,
)
from mlearth.evaluation.referee.worlds import KINDS

SEEDS = range(4)


@pytest.fixture(scope="module")
def examinations():
    """Four examinations."""
    return [referee_cases(seed) for seed in SEEDS]


def asked(examinations):
    """Every case, what leaks in it, and both ablations."""
    for cases in examinations:
        key = answer_key(cases)
        for case in cases:
            told = {name: ablate(case, name) for name in case.suspicions}
            yield case, key[case.number], told


@pytest.fixture(scope="module")
def judged(examinations):
    """All that a referee could ask of all."""
    return list(asked(examinations))


def test_half_of_the_cases_leak_and_each_kind_does(examinations):
    """Six of twelve; every kind once at least, and once at least without a leak."""
    for cases in examinations:
        key = answer_key(cases)
        assert (key == "honest").sum() == 6
        assert set(key) == {*KINDS, "honest"}
        mains = [case.world.main for case in cases if key[case.number] == "honest"]
        assert set(mains) == set(KINDS)


def test_every_leak_falls_under_its_own_ablation(judged):
    """Its score falls by twice the standard error, but for one in twenty at most."""
    own = [told[leak] for _, leak, told in judged if leak != "honest"]
    assert len(own) == 24
    # a fall is a draw: over thirty seeds one in forty was smaller
    assert np.mean([one.falls for one in own]) >= 0.95
    assert np.mean([one.before - one.after for one in own]) > 0.15


def test_an_honest_result_stands(judged):
    """Neither ablation moves it, but for one in twenty at most."""
    both = [
        one for _, leak, told in judged if leak == "honest" for one in told.values()
    ]
    assert len(both) == 48
    # two standard errors are passed by chance in one of forty
    assert np.mean([one.falls for one in both]) <= 0.05
    # the mean of 48 differences, each with a standard error of some 0.03
    assert abs(np.mean([one.before - one.after for one in both])) < 0.02


def test_the_score_and_the_order_betray_nothing(judged):
    """Honest and leaking results look alike, and the leak is in no fixed place."""
    scores = {
        kind: np.mean([c.score for c, leak, _ in judged if (leak == "honest") == kind])
        for kind in (True, False)
    }
    assert abs(scores[True] - scores[False]) < 0.04  # the spread of one is 0.05
    first = [c.suspicions[0] == leak for c, leak, _ in judged if leak != "honest"]
    assert 0.2 < np.mean(first) < 0.8
    claims = [(c.claim, leak) for c, leak, _ in judged]
    assert not any(leak != "honest" and "leak" in claim for claim, leak in claims)


def test_asking_one_question_beats_a_coin(judged, examinations):
    """Say 1 after a fall and a third after none: better than always a half."""
    said = [told[c.suspicions[0]] for c, _, told in judged]
    chance = np.where([one.falls for one in said], 1.0, 1 / 3).reshape(len(SEEDS), 12)
    grades = [
        grade_referee(cases, p).brier
        for cases, p in zip(examinations, chance, strict=True)
    ]
    # 1/6 if every leak fell, none else; the spread of an examination is 0.03
    assert np.mean(grades) == pytest.approx(1 / 6, abs=0.05)
    assert np.mean(grades) < 0.25


def test_a_seed_makes_the_same_examination_and_another_one_another(examinations):
    """For a class that starts again, and for the next class."""
    again = case_table(referee_cases(1))
    assert again.equals(case_table(examinations[1]))
    assert not again.equals(case_table(examinations[2]))


def test_perfect_and_half_and_wrong(examinations):
    """0, a quarter and 1."""
    cases = examinations[0]
    leaks = (answer_key(cases) != "honest").to_numpy(float)
    assert grade_referee(cases, leaks).brier == 0
    assert grade_referee(cases, np.full(12, 0.5)) == (0.25, 0.25)
    assert grade_referee(cases, 1 - leaks).brier == 1


def test_what_a_case_does_not_allow_is_refused(examinations):
    """Only its two questions, and one probability a case."""
    case = examinations[0][0]
    other = next(name for name in KINDS if name not in case.suspicions)
    with pytest.raises(ValueError, match="ablation must be"):
        ablate(case, other)
    with pytest.raises(ValueError, match="leaks must be 12 numbers"):
        grade_referee(examinations[0], [0.5])
    assert "world" not in repr(case)
