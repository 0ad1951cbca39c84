"""Every kit of the package keeps the contract of all kits."""

import json

import numpy as np
import pandas as pd
import pytest
import toy_kit
from book_rules import ROOT

from mlearth.evaluation import find_leaks_in_code
from mlearth.projects import kits, load_kit, read_submission, write_submission

KITS = [toy_kit.__file__, *kits()]
SHEET = {
    "kit",
    "split",
    "size",
    "data",
    "rows",
    "units",
    "made_by",
    "stands_in_for",
    "breaks_down",
    "traps",
    "licence",
}
SEEDS = (4_000_000_007, 123_454_321)
MADE = {}


def made(name, split, seed=None):
    """The data of a kit, made once."""
    key = name, split, seed
    if key not in MADE:
        MADE[key] = load_kit(name).make_data(split, seed=seed)
    return MADE[key]


@pytest.fixture(params=KITS, ids=lambda name: name.rsplit("/", 1)[-1])
def name(request):
    return request.param


def test_splits_and_seeds_never_coincide(name):
    """Each split, and each seed, has a digest of its own; the same seed the same."""
    found = [made(name, split) for split in ("training", "validation", "public")]
    found += [made(name, "private", seed) for seed in SEEDS]
    digests = [data.sheet["data"] for data in found]
    assert len(set(digests)) == len(digests)
    again = load_kit(name).make_data("validation")
    assert again.sheet["data"] == digests[1]


def test_the_private_test_keeps_its_seed(name):
    """It demands one, and tells it nowhere."""
    with pytest.raises(ValueError, match="seed"):
        load_kit(name).make_data("private")
    sheet = made(name, "private", SEEDS[0]).sheet
    assert str(SEEDS[0]) not in json.dumps(dict(sheet), default=str)
    assert SEEDS[0] not in sheet.values()


@pytest.mark.parametrize(
    ("words", "argument"), [({"split": "test"}, "split"), ({"size": "huge"}, "size")]
)
def test_nonsense_is_refused(name, words, argument):
    """The argument is named."""
    with pytest.raises(ValueError, match=argument):
        load_kit(name).make_data(**({"split": "training"} | words))


@pytest.mark.parametrize("split", ["training", "validation", "public"])
def test_a_datasheet_is_complete(name, split):
    """Every entry stands and says something; tables and arrays are what they are."""
    data = made(name, split)
    assert set(data.sheet) >= SHEET
    assert [key for key in SHEET if not data.sheet[key]] == []
    assert data.sheet["kit"] == name.rsplit("/", 1)[-1].removesuffix(".py")
    assert (data.sheet["split"], data.sheet["size"]) == (split, "small")
    kinds = pd.DataFrame | np.ndarray
    assert all(isinstance(values, kinds) for values in data.inputs.values())
    assert all(isinstance(table, pd.DataFrame) for table in data.truth.values())
    json.dumps(dict(data.sheet), default=str)


def test_tables_fit_the_data(name):
    """What a table answers is a table of the inputs, and its keys are no fractions."""
    data = made(name, "public")
    for table in load_kit(name).TABLES.values():
        columns = {column.name for column in table.columns}
        assert set(table.keys) <= columns
        assert set(table.sum_to_one) <= columns
        for column in table.columns:
            assert not (column.text and column.choices)
        if table.rows_of:
            asked = data.inputs[table.rows_of]
            assert table.keys
            assert not asked.duplicated(list(table.keys)).any()
            assert {asked[key].dtype.kind for key in table.keys} <= set("iuOT")


def test_the_oracle_is_at_the_ceiling_and_the_constant_at_the_floor(name):
    """The main score comes first; it resamples ten units or more, in pairs."""
    kit, data = load_kit(name), made(name, "public")
    known = made(name, "training"), made(name, "validation")
    floor = next(iter(kit.baselines().values())).predict(*known, blind(data))
    best = kit.evaluate(kit.oracle(data), data)
    worst = kit.evaluate(floor, data)
    for scores in (best, worst):
        assert next(iter(scores)) == kit.MAIN
        assert all(
            score.of and score.best in ("high", "low") for score in scores.values()
        )
        assert scores[kit.MAIN].interval.n_clusters >= 10
        assert scores[kit.MAIN].interval.n_failed == 0
    one, two = best[kit.MAIN], worst[kit.MAIN]
    assert one.interval.replicates.size == two.interval.replicates.size > 0
    sign = 1 if one.best == "high" else -1
    low = np.quantile(sign * (one.interval.replicates - two.interval.replicates), 0.025)
    assert low > 0


def blind(data):
    """The data without their truth."""
    return type(data)(data.inputs, {}, data.sheet)


def test_scores_survive_the_way_through_files(name, tmp_path):
    """The oracle and the floor, written and read, score as they did."""
    kit, data = load_kit(name), made(name, "public")
    known = made(name, "training"), made(name, "validation")
    floor = next(iter(kit.baselines().values())).predict(*known, blind(data))
    for predictions in (kit.oracle(data), floor):
        write_submission(predictions, data, tmp_path, "Ours", kit=name)
        (tmp_path / "code" / "work.py").write_text("x = 1\n", "utf-8")
        _, found = read_submission(tmp_path, data, name)
        before, after = kit.evaluate(predictions, data), kit.evaluate(found, data)
        for score in before:
            one, two = before[score].interval, after[score].interval
            np.testing.assert_array_equal(one.replicates, two.replicates)
            assert one.estimate == pytest.approx(two.estimate, nan_ok=True)


def test_an_empty_answer_can_be_scored(name):
    """Where a team decides how many rows there are, none is a poor answer."""
    kit, data = load_kit(name), made(name, "public")
    predictions = {
        key: table if kit.TABLES[key].rows_of else table.iloc[:0]
        for key, table in kit.oracle(data).items()
    }
    score = kit.evaluate(predictions, data)[kit.MAIN]
    assert np.isfinite(score.interval.estimate)
    assert score.interval.n_failed == 0


def test_no_input_is_an_answer(name):
    """No column that a team may use equals one of the truth, but for keys."""
    kit, data = load_kit(name), made(name, "public")
    keys = {key for table in kit.TABLES.values() for key in table.keys}
    tables = [t for t in data.inputs.values() if isinstance(t, pd.DataFrame)]
    for truth in data.truth.values():
        for column in set(truth) - keys:
            answer = truth[column].to_numpy()
            for table in tables:
                same = [
                    one
                    for one in table
                    if len(table) == len(answer)
                    and truth[column].nunique() > 1
                    and pd.Series(table[one].to_numpy()).equals(pd.Series(answer))
                ]
                assert same == [], f"{column} of the truth"


def test_scoring_leaves_its_arguments_alone(name):
    """Predictions and data come out as they went in."""
    kit, data = load_kit(name), made(name, "public")
    predictions = kit.oracle(data)
    before = {key: table.copy() for key, table in predictions.items()}
    kit.evaluate(predictions, data)
    for key, table in before.items():
        pd.testing.assert_frame_equal(table, predictions[key])


def test_a_kit_has_its_page_and_a_starter_without_a_leak():
    """Name of module, page and exercise are one; the linter finds nothing in them."""
    for topic in kits():
        page = ROOT / "book/final_project" / f"{topic}.md"
        starter = ROOT / "exercises" / f"project_{topic}" / f"project_{topic}.py"
        for path in (page, starter):
            assert path.is_file(), path
            assert find_leaks_in_code(path).leaks == (), path
