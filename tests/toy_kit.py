"""A kit in miniature, for tests of what all kits share: which shocks were felt."""

import numpy as np
import pandas as pd

from mlearth._arguments import check_choice
from mlearth.evaluation import bootstrap_interval
from mlearth.projects import Baseline, Column, KitData, Score, Table
from mlearth.projects.kit import digest

TITLE = "Which shocks were felt <for tests>"
TOPIC = 0
MAIN = "accuracy"
TABLES = {
    "answers": Table(
        (
            Column("shock"),
            Column("station"),
            Column("p_felt", low=0, high=1),
            Column("p_not", low=0, high=1),
        ),
        keys=("shock", "station"),
        rows_of="shocks",
        sum_to_one=("p_felt", "p_not"),
    ),
    "swarms": Table(
        (
            Column("swarm"),
            Column("begin_s", "s", low=0, high=1e5),
            Column("kind", choices=("natural", "induced"), may_lack=True),
            Column("name", text=True),
        ),
        keys=("swarm",),
    ),
}
SEEDS = {"training": 1, "validation": 2, "public": 3}
N_SHOCKS = {"training": 200, "validation": 60, "public": 60, "private": 400}
N_NOISE = 12


def make_data(split, size="small", seed=None):
    check_choice("split", split, tuple(N_SHOCKS))
    check_choice("size", size, ("small", "large"))
    if split == "private" and seed is None:
        raise ValueError("seed must be given: that of the private test lies elsewhere")
    told = (
        {} if split == "private" else {"seed": SEEDS[split] if seed is None else seed}
    )
    rng = np.random.default_rng(
        [len(split), SEEDS.get(split, 0) if seed is None else seed]
    )
    n = N_SHOCKS[split] * (3 if size == "large" else 1)
    shocks = pd.DataFrame(
        {"shock": np.repeat(np.arange(n), 2), "station": np.tile(["ANMO", "TLY"], n)}
    )
    felt = rng.permutation(2 * n) % 2
    shocks["signal"] = 1.6 * felt + rng.normal(size=2 * n)
    for k in range(N_NOISE):
        shocks[f"noise_{k}"] = rng.normal(size=2 * n)
    truth = {"answers": shocks[["shock", "station"]].assign(felt=felt)}
    sheet = {
        "kit": "toy_kit",
        "split": split,
        "size": size,
        "data": digest({"shocks": shocks}),
        "rows": {"shocks": 2 * n},
        "units": "shocks",
        "made_by": {"simulator": "dice"} | told,
        "stands_in_for": "felt reports",
        "breaks_down": "everywhere",
        "traps": "none",
        "licence": "CC0-1.0",
    }
    return KitData({"shocks": shocks}, truth, sheet)


def answers(data, p_felt):
    table = data.inputs["shocks"][["shock", "station"]].copy()
    table["p_felt"] = np.asarray(p_felt, dtype=float)
    table["p_not"] = 1 - table.p_felt
    swarms = pd.DataFrame(
        {
            "swarm": [1, 2],
            "begin_s": [0.5, 20.0],
            "kind": ["natural", None],
            "name": ["Sion", "12"],
        }
    )
    return {"answers": table, "swarms": swarms}


def guess(training, validation, data):
    return answers(data, np.full(len(data.inputs["shocks"]), 0.9))


def threshold(training, validation, data):
    return answers(data, np.where(data.inputs["shocks"].signal > 0.8, 0.8, 0.2))


def baselines():
    return {
        "floor": Baseline(guess, "says that all were felt"),
        "threshold": Baseline(threshold, "felt above 0.8, chosen by thought"),
    }


def oracle(data):
    return answers(data, data.truth["answers"].felt)


def evaluate(predictions, data):
    felt = data.truth["answers"].felt.to_numpy()
    right = (predictions["answers"].p_felt.to_numpy() > 0.5) == felt
    miss = (predictions["answers"].p_felt.to_numpy() - felt) ** 2
    units = data.truth["answers"].shock
    n = len(predictions["swarms"])
    found = {}
    for name, values, best in (("accuracy", right, "high"), ("Brier", miss, "low")):
        span = bootstrap_interval(
            np.mean, values, groups=units, n_resamples=400, random_state=0
        )
        of = f"{name} of all shocks with {n} swarms, by shocks drawn again"
        found[name] = Score(span, of, best)
    return found
