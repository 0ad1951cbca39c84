"""The kit on earthquake sequences: its worlds, its rivals, its scores, its trap."""

import sys
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import matthews_corrcoef

from mlearth.evaluation import bootstrap_interval
from mlearth.projects import earthquake_sequences as kit
from mlearth.projects.earthquake_sequences import data as making
from mlearth.projects.earthquake_sequences.answers import (
    answered,
    catalogues,
    linked_within,
)
from mlearth.projects.earthquake_sequences.etas import known_laws
from mlearth.projects.earthquake_sequences.forest import (
    answer_by,
    grow_forest,
    spoilt,
)
from mlearth.projects.earthquake_sequences.neighbours import nearest_earlier
from mlearth.projects.earthquake_sequences.rules import RULES
from mlearth.projects.earthquake_sequences.scores import per_catalogue, poisson_p
from mlearth.projects.earthquake_sequences.worlds import (
    seen_ancestors,
    simulate_region,
)
from mlearth.seismology import nearest_event


@pytest.fixture(scope="module")
def home():
    """Labelled catalogues of the world that labels are bought in."""
    return making.make_world("home", 12, 5)


@pytest.fixture(scope="module")
def away():
    """Catalogues of the world that is asked about."""
    return making.make_world("away", 12, 5)


@pytest.fixture(scope="module")
def forest():
    """A forest that has seen the training alone."""
    return grow_forest(kit.make_data("training"), 10)


def mean(predictions, data, score="mcc"):
    return per_catalogue(predictions, data)[score].mean()


def test_splits_are_worlds_of_their_own():
    """No two splits share a catalogue, though they have one seed."""
    firsts = [
        kit.make_data(split, seed=3).inputs["events"]["time_days"].iloc[0]
        for split in ("training", "validation", "public", "private")
    ]
    assert len(set(firsts)) == 4


def test_the_private_test_wants_a_seed_and_keeps_it():
    """Without a seed it is refused, with one its sheet does not tell it."""
    with pytest.raises(ValueError, match="seed must be given for the private test"):
        kit.make_data("private")
    sheet = kit.make_data("private", seed=918_273).sheet
    assert "918273" not in str(sheet)
    assert "seed" not in sheet["made_by"]


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        (("test",), "split"),
        (("public", "huge"), "size"),
        (("public", "small", -1), "seed"),
        (("public", "small", 1.5), "seed"),
    ],
)
def test_what_is_no_split_is_refused(arguments, name):
    """The message names the argument."""
    with pytest.raises(ValueError, match=f"^{name} must be"):
        kit.make_data(*arguments)


def test_many_catalogues_come_from_a_store(monkeypatch):
    """Large data begin with the small ones; a Dask client is asked if there is one."""
    seen = {}

    def stored(simulator, n, seed, parameters, client):
        seen.update(n=n, client=client)
        rows = (making.seed_of(seed, row) for row in range(n))
        made = [simulator(**parameters, seed=row) for row in rows]
        return [{"data": one.data, "truth": one.truth} for one in made]

    cluster = SimpleNamespace(get_client=lambda: "the client")
    monkeypatch.setattr(making, "generate", stored)
    monkeypatch.setattr(making, "TIMES_LARGE", 2)
    monkeypatch.setitem(sys.modules, "distributed", cluster)
    large = kit.make_data("validation", "large").inputs["events"]
    small = kit.make_data("validation").inputs["events"]
    assert seen == {"n": 24, "client": "the client"}
    pd.testing.assert_frame_equal(large.iloc[: len(small)], small)


def test_an_ancestor_is_the_nearest_that_is_seen():
    """Unseen parents are passed over; where all are unseen there is none."""
    parent = np.array([-1, 0, 1, 2, -1, 4])
    shown = np.array([True, False, False, True, False, True])
    found = seen_ancestors(parent, shown)
    assert found[[3, 5]].tolist() == [0, -1]


def test_parents_are_earlier_events_of_the_same_catalogue(away):
    """Each is an event that the catalogue holds, and background has none."""
    truth = away.truth["events"].merge(
        away.inputs["events"], on=["catalogue", "event"], validate="one_to_one"
    )
    linked = truth[truth["parent"] >= 0]
    parents = linked.merge(
        truth,
        left_on=["catalogue", "parent"],
        right_on=["catalogue", "event"],
        suffixes=("", "_of_parent"),
    )
    assert len(parents) == len(linked)
    assert (parents["time_days_of_parent"] < parents["time_days"]).all()
    assert (linked["triggered"] == 1).all()


def test_away_differs_from_home_as_the_datasheet_says(home, away):
    """Places are worse, and more of the triggered ones have no parent to be seen."""

    def orphans(data):
        truth = data.truth["events"]
        return np.mean(truth["parent"][truth["triggered"] == 1] < 0)

    errors = [one.inputs["catalogues"]["location_error_km"] for one in (home, away)]
    assert errors[0].max() <= 1 < 3 <= errors[1].min()
    assert orphans(home) < 0.1 < 0.15 < orphans(away)


def test_nearest_earlier_agrees_with_the_exact_search(away):
    """The first neighbour is that of the package, for each event of a catalogue."""
    events, _ = next(catalogues(away))
    columns = [events[c].to_numpy() for c in events.columns[-4:]]
    right = nearest_event(*columns, shortest_km=2.0)
    found = nearest_earlier(events, 3, 2.0)
    np.testing.assert_array_equal(found.row[:, 0], right.parent)
    np.testing.assert_allclose(
        10 ** found.log_proximity[1:, 0], right.proximity[1:], rtol=1e-9
    )


def test_the_first_of_a_cluster_is_background():
    """Others are linked to the nearest event of their own cluster."""
    events = pd.DataFrame(
        {
            "time_days": [0.0, 1, 2, 3],
            "latitude_deg": [35.0, 40, 35, 35],
            "longitude_deg": [140.0, 100, 140, 140],
            "magnitude": [4.0, 4, 4, 4],
        }
    )
    p, parent = linked_within(np.array([7, 2, 7, 7]), nearest_earlier(events, 3))
    assert p.tolist() == [0, 0, 1, 1]
    assert parent.tolist() == [-1, -1, 0, 2]


def test_the_oracle_is_the_ceiling_and_a_constant_the_floor(home):
    """The truth scores 1, a constant 0, in each catalogue."""
    best = kit.evaluate(kit.oracle(home), home)
    assert next(iter(best)) == kit.MAIN
    for name in ("mcc", "link_accuracy"):
        assert best[name].interval.low == 1
    for name in ("background_error", "brier"):
        assert best[name].interval.high == 0
    floor = kit.baselines()["base_rate"].predict(home, home, home)
    assert kit.evaluate(floor, home)["mcc"].interval.high == 0
    assert kit.evaluate(floor, home)["link_accuracy"].interval.high == 0


def test_scores_are_those_of_the_definitions(home):
    """Matthews' correlation is scikit-learn's; links count where one is at issue."""
    rng = np.random.default_rng(0)
    predictions = kit.oracle(home)
    table = predictions["events"]
    wrong = rng.random(len(table)) < 0.2
    table.loc[wrong, "p_triggered"] = 1 - table["p_triggered"][wrong]
    table.loc[wrong, "parent"] = 0
    found = per_catalogue(predictions, home)
    for number, part in table.groupby("catalogue"):
        truth = home.truth["events"].loc[part.index]
        right = matthews_corrcoef(truth["triggered"], part["p_triggered"] > 0.5)
        assert found["mcc"][number] == pytest.approx(right)
        union = (truth["parent"] >= 0) | (part["parent"] >= 0)
        links = np.mean(truth["parent"][union] == part["parent"][union])
        assert found["link_accuracy"][number] == pytest.approx(links)


def test_intervals_of_two_submissions_are_paired(home):
    """Replicates of both are scores of the same resampled catalogues."""
    one = answered(home, RULES["mixture"])
    other = answered(home, RULES["windows"])
    scores = [kit.evaluate(found, home)["mcc"].interval for found in (one, other)]
    gaps = per_catalogue(one, home)["mcc"] - per_catalogue(other, home)["mcc"]
    paired = bootstrap_interval(np.mean, gaps, random_state=0)
    np.testing.assert_allclose(
        scores[0].replicates - scores[1].replicates, paired.replicates
    )


def test_rows_of_other_data_are_refused(home, away):
    """A prediction for other catalogues is no prediction for these."""
    with pytest.raises(ValueError, match="predictions must be of the rows"):
        kit.evaluate(kit.oracle(away), home)
    with pytest.raises(ValueError, match="predictions must be"):
        kit.evaluate({}, home)


def test_the_poisson_test_knows_its_rate_of_false_alarms():
    """Of 400 Poisson processes it refuses no more than one in twenty, to its error."""
    rng = np.random.default_rng(0)
    refused = [
        poisson_p(np.sort(rng.uniform(0, 1500, 300)), 1500.0) < 0.05 for _ in range(400)
    ]
    assert np.mean(refused) < 0.05 + 3 * np.sqrt(0.05 * 0.95 / 400)
    assert poisson_p(np.array([1.0]), 1500.0) == 0


def test_the_mixture_finds_clusters_in_dice_and_the_null_does_not():
    """Where nobody follows anybody the mixture calls a tenth triggered, and more."""
    dice = making.make_world("dice", 4, 1)
    called = {
        name: answered(dice, RULES[name])["events"]["p_triggered"].mean()
        for name in ("mixture", "null")
    }
    assert called["mixture"] > 0.1
    assert called["null"] < 0.08


def test_the_order_of_the_rivals_at_home(home, forest):
    """Densities, windows, mixture, forest, fitted ETAS: the order that the page has."""
    found = {
        name: mean(answered(home, RULES[name]), home)
        for name in ("densities", "windows", "mixture")
    }
    found["forest"] = mean(answer_by(forest, home), home)
    found["etas"] = mean(kit.baselines()["etas"].predict(home, home, home), home)
    assert list(found) == sorted(found, key=found.get)


def test_the_trap_closes_and_known_laws_fall_as_well(home, away, forest):
    """A forest loses a quarter and more away; so does who knows the laws."""
    for answer in (lambda data: answer_by(forest, data), known_laws):
        assert mean(answer(home), home) - mean(answer(away), away) > 0.2


def test_what_spoilt_training_undoes(away, forest):
    """Spoilt as the test is, training mends the rate and the probabilities."""
    training = kit.make_data("training")
    other = answer_by(grow_forest(spoilt(training, away), 10), away)
    before, after = (
        per_catalogue(one, away) for one in (answer_by(forest, away), other)
    )
    for name in ("background_error", "brier"):
        gap = bootstrap_interval(np.mean, before[name] - after[name], random_state=0)
        assert gap.low > 0


def test_spoilt_catalogues_keep_their_families(home, away):
    """Labels stay, parents are seen and earlier; the truth of `like` is not asked."""
    found = spoilt(home, replace(away, truth={}), 3)
    truth, events = found.truth["events"], found.inputs["events"]
    assert len(events) < 0.8 * len(home.inputs["events"])
    assert (truth["parent"] < truth["event"]).all()
    np.testing.assert_array_equal(
        truth[["catalogue", "event"]], events[["catalogue", "event"]]
    )
    assert truth["triggered"].mean() == pytest.approx(
        home.truth["events"]["triggered"].mean(), abs=0.1
    )


@pytest.mark.parametrize("name", list(kit.baselines()))
def test_every_rival_answers_as_its_table_says(name, home):
    """Columns, rows, ranges, and parents that are earlier or none."""
    few = replace(
        home,
        inputs={k: t[t["catalogue"] < 2] for k, t in home.inputs.items()},
        truth={k: t[t["catalogue"] < 2] for k, t in home.truth.items()},
    )
    table = kit.baselines()[name].predict(few, few, few)["events"]
    assert [c.name for c in kit.TABLES["events"].columns] == list(table.columns)
    assert len(table) == len(few.inputs["events"])
    assert table["p_triggered"].between(0, 1).all()
    assert (table["parent"] < table["event"]).all()
    assert (table["parent"] >= -1).all()


def test_a_region_is_drawn_again_from_its_seed():
    """The same seed gives the same catalogue, another one another."""
    one, again, other = (simulate_region("away", seed) for seed in (1, 1, 2))
    pd.testing.assert_frame_equal(one.data["events"], again.data["events"])
    assert len(one.data["events"]) != len(other.data["events"])
    with pytest.raises(ValueError, match="world must be one of"):
        simulate_region("abroad", 1)
