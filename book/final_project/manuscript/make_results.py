"""Make every number and figure of the worked example, from seeds.

    python make_results.py             about 45 seconds; writes results/
    python make_results.py --thin 10   every tenth record, to try the pipeline

`results/numbers.tex` holds a macro for each number, `results/numbers.json` the same for
MyST, and both come from one dictionary: the two drafts cannot disagree.
"""

import argparse
import json
import os
import platform
import re
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")  # before NumPy: threads wait for another

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
import sklearn
from sklearn.dummy import DummyRegressor
from sklearn.ensemble import HistGradientBoostingRegressor
from sklearn.linear_model import LinearRegression
from sklearn.model_selection import cross_val_predict

import mlearth
from mlearth import plotting
from mlearth.datasets import load_ridgecrest_ground_motion
from mlearth.evaluation import (
    bootstrap_interval,
    compare_models,
    folds_by_event,
    folds_by_record,
    tune_once,
)

HERE = Path(__file__).resolve().parent
SEEDS = range(5)
DEPTH_KM = 5  # keeps the distance finite at the fault; chosen before any score was seen
COARSE_MAGNITUDE = 0.5
LEAVES = [4, 8, 16, 32]
FEW = 10  # an earthquake with fewer records has no term of its own
TARGETS = {"velocity": "pgv_cm_s", "acceleration": "pga_percent_g"}


def read(thin: int = 1):
    """The records with a known Vs30, or every so-manyth of them."""
    every = load_ridgecrest_ground_motion()
    return every[every.vs30_m_s.notna()].iloc[::thin].reset_index(drop=True)


def features(motion):
    """Magnitude, log10 of distance, distance [km], log10 of Vs30, by record."""
    km = motion.rupture_distance_km.to_numpy()
    bent = np.log10(np.hypot(km, DEPTH_KM))
    return np.column_stack([motion.magnitude, bent, km, np.log10(motion.vs30_m_s)])


def coarse(X):
    """The same features, the magnitude so rounded that it names no earthquake."""
    rounded = X.copy()
    rounded[:, 0] = np.round(X[:, 0] / COARSE_MAGNITUDE) * COARSE_MAGNITUDE
    return rounded


def compare(motion, trees) -> dict:
    """Three models and an ablation, for both targets and both questions."""
    X = features(motion)
    models = {
        "formula": (LinearRegression(), X),
        "mean": (DummyRegressor(), X),
        "boosting": (trees, X),
        "rounded magnitude": (trees, coarse(X)),
    }
    events = motion.event_id
    by_event = [folds_by_event(events, random_state=seed) for seed in SEEDS]
    by_record = [folds_by_record(len(motion), random_state=seed) for seed in SEEDS]
    found = {}
    for target, column in TARGETS.items():
        y = np.log10(motion[column].to_numpy())
        found[target, "event"] = compare_models(models, y, by_event, groups=events)
        found[target, "record"] = compare_models(models, y, by_record)
    return found


def tuned(motion):
    """Boosted trees whose size is chosen by earthquakes, on one training set alone."""
    X, y = features(motion), np.log10(motion.pgv_cm_s.to_numpy())
    trees = HistGradientBoostingRegressor(early_stopping=False, random_state=0)
    first = folds_by_event(motion.event_id, random_state=0)[0]
    grid = {"max_leaf_nodes": LEAVES}
    return tune_once(trees, grid, X, y, first, groups=motion.event_id)


def residuals(motion):
    """What the formula leaves of records whose earthquake it has not seen."""
    y = np.log10(motion.pgv_cm_s.to_numpy())
    folds = list(folds_by_event(motion.event_id, random_state=0))
    pairs = [(fold.train, fold.test) for fold in folds]
    line = LinearRegression()
    said = cross_val_predict(line, features(motion), y, cv=pairs)
    return motion.assign(left=y - said)


def event_terms(left):
    """Mean residual, its squared standard error and the magnitude of each event."""
    by_event = left.groupby("event_id")
    terms = by_event.left.agg(["mean", "var", "size"])
    terms["magnitude"] = by_event.magnitude.first()
    terms = terms[terms["size"] >= FEW]
    return terms.assign(error=terms["var"] / terms["size"])


def between(mean, error) -> float:
    """Standard deviation between earthquakes, the scatter of their means taken off."""
    return float(np.sqrt(max(np.var(mean, ddof=1) - np.mean(error), 0)))


def shown(value: float, digits: int = 3) -> str:
    """A number as a sentence quotes it, with a true minus."""
    return f"{value:.{digits}f}".replace("-", "\N{MINUS SIGN}")


def span(interval, digits: int = 3) -> str:
    """Both ends of an interval in words."""
    return f"{shown(interval.low, digits)} to {shown(interval.high, digits)}"


def score_numbers(found: dict) -> dict:
    """Scores, differences and both intervals, for each target and question."""
    numbers = {}
    for (target, question), race in found.items():
        stem = f"{target}{question.capitalize()}"
        for name, score in race.scores.items():
            word = re.sub(r"\W", "", name.title())
            numbers[f"{stem}{word}"] = shown(score)
            if name != race.reference:
                numbers[f"{stem}{word}Diff"] = shown(race.differences[name].estimate)
                numbers[f"{stem}{word}Data"] = span(race.differences[name])
                numbers[f"{stem}{word}Procedure"] = span(race.procedure[name])
    return numbers


def other_numbers(motion, trees, terms, left) -> dict:
    """What the data are, what was chosen, and the terms of the earthquakes."""
    tau = bootstrap_interval(
        between, terms["mean"], terms["error"], groups=terms.index, random_state=0
    )
    own = left[left.event_id.isin(terms.index)]
    inner = own.left - own.groupby("event_id").left.transform("mean")
    phi = bootstrap_interval(np.std, inner, groups=own.event_id, random_state=0)
    return {
        "nRecords": f"{len(motion):,}",
        "nEvents": str(motion.event_id.nunique()),
        "nStations": str((motion.network + "." + motion.station).nunique()),
        "nTerms": str(len(terms)),
        "minMagnitude": shown(motion.magnitude.min(), 1),
        "maxMagnitude": shown(motion.magnitude.max(), 1),
        "nSeeds": str(len(SEEDS)),
        "fewRecords": str(FEW),
        "coarseMagnitude": str(COARSE_MAGNITUDE),
        "bendKm": str(DEPTH_KM),
        "nLeaves": str(trees.max_leaf_nodes),
        "triedLeaves": ", ".join(map(str, LEAVES)),
        "betweenEvents": shown(tau.estimate, 2),
        "betweenEventsInterval": span(tau, 2),
        "withinEvents": shown(phi.estimate, 2),
        "withinEventsInterval": span(phi, 2),
        "pythonVersion": platform.python_version(),
        "sklearnVersion": sklearn.__version__,
        "numpyVersion": np.__version__,
    }


def gain_numbers(found: dict) -> dict:
    """How much of the gain by record is left once the magnitude is rounded [%]."""
    race = found["velocity", "record"]
    whole, part = (race.differences[n] for n in ("boosting", "rounded magnitude"))
    rest = 100 * part.replicates / whole.replicates
    low, high = np.quantile(rest, [0.025, 0.975])
    kept = 100 * part.estimate / whole.estimate
    return {
        "gainKept": shown(kept, 0),
        "gainKeptInterval": f"{shown(low, 0)} to {shown(high, 0)}",
    }


def draw_data(motion, folder: Path) -> None:
    """Velocity against distance, the two large earthquakes apart."""
    fig, ax = plt.subplots(figsize=(5.4, 3.1))
    small, large, largest = (
        np.sort(motion.magnitude.unique())[k] for k in (-3, -2, -1)
    )
    looks = [
        (motion.magnitude <= small, "smaller", "0.7", 0.02),
        (motion.magnitude == large, f"M {large:.1f}", plotting.BLUE, 0.11),
        (motion.magnitude == largest, f"M {largest:.1f}", plotting.ERROR, 0.20),
    ]
    for rows, text, colour, height in looks:
        km, speed = motion.rupture_distance_km[rows], motion.pgv_cm_s[rows]
        ax.loglog(km, speed, ".", ms=2.5, color=colour, rasterized=True)
        ink = plotting.text_color(colour) if colour != "0.7" else "0.35"
        ax.text(0.02, height, text, transform=ax.transAxes, color=ink)
    ax.set(xlabel="rupture distance [km]", ylabel="peak velocity [cm/s]")
    save(fig, folder / "data")


def draw_scores(found: dict, folder: Path) -> None:
    """Difference from the formula under both questions, with both intervals."""
    fig, axes = plt.subplots(1, 2, figsize=(6.4, 2.3), sharey=True, sharex=True)
    titles = {"record": "a new record", "event": "a new earthquake"}
    for ax, (question, title) in zip(axes, titles.items(), strict=True):
        race = found["velocity", question]
        for k, name in enumerate(("boosting", "rounded magnitude")):
            bar(ax, -k, race.differences[name], race.procedure[name], race.shown(name))
        ax.axvline(0, color=plotting.TRUTH, lw=1)
        ax.set(xlabel="RMSE minus formula's [log10 units]", ylim=(-1.6, 0.9))
        ax.text(0.02, 0.98, title, transform=ax.transAxes, va="top")
    axes[0].set_yticks([0, -1], ["boosting", "magnitude\nrounded"])
    save(fig, folder / "scores")


def bar(ax, y: float, data, procedure, shown: bool) -> None:
    """One difference: thick for these data, thin for the procedure, filled if shown."""
    colour, style = plotting.MODEL, {"marker": "", "solid_capstyle": "butt", "ls": "-"}
    ends = [y, y]
    ax.plot([data.low, data.high], ends, lw=8, alpha=0.35, color=colour, **style)
    ax.plot([procedure.low, procedure.high], ends, lw=1.2, color=colour, **style)
    face = colour if shown else "white"
    ax.plot(data.estimate, y, "o", ms=6, mfc=face, mec=colour)


def draw_terms(terms, folder: Path) -> None:
    """Mean residual of each earthquake against its magnitude."""
    fig, ax = plt.subplots(figsize=(5.4, 2.9))
    error = 1.96 * np.sqrt(terms["error"])
    ax.axhline(0, color=plotting.TRUTH, lw=1)
    style = {
        "fmt": "o",
        "ms": 3,
        "lw": 0.8,
        "alpha": 0.7,
        "color": plotting.DATA,
        "capsize": 0,
    }
    ax.errorbar(terms.magnitude, terms["mean"], error, **style)
    ax.set(xlabel="magnitude", ylabel="mean residual [log10 units]")
    save(fig, folder / "terms")


def save(fig, stem: Path) -> None:
    """The figure for LaTeX and, as pixels, for the web; no date in either file."""
    fig.savefig(stem.with_suffix(".pdf"), metadata={"CreationDate": None})
    fig.savefig(stem.with_suffix(".png"))
    plt.close(fig)


def write_numbers(numbers: dict, folder: Path) -> None:
    """The same numbers as macros and as substitutions."""
    texts = {k: v.replace("\N{MINUS SIGN}", "$-$") for k, v in numbers.items()}
    macros = [f"\\newcommand{{\\{k}}}{{{v}\\xspace}}" for k, v in texts.items()]
    head = "% written by make_results.py: do not edit\n"
    (folder / "numbers.tex").write_text(head + "\n".join(macros) + "\n", "utf-8")
    (folder / "numbers.json").write_text(json.dumps(numbers, indent=1), "utf-8")


def main(arguments=None) -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--thin", type=int, default=1, help="keep every so-manyth row")
    parser.add_argument("--into", type=Path, default=HERE / "results")
    asked = parser.parse_args(arguments)
    asked.into.mkdir(parents=True, exist_ok=True)
    plt.style.use("mlearth.book")
    motion = read(asked.thin)
    trees = tuned(motion)
    found, left = compare(motion, trees), residuals(motion)
    terms = event_terms(left)
    numbers = other_numbers(motion, trees, terms, left)
    numbers |= score_numbers(found) | gain_numbers(found)
    numbers["mlearthVersion"] = mlearth.__version__
    write_numbers(numbers, asked.into)
    draw_data(motion, asked.into)
    draw_scores(found, asked.into)
    draw_terms(terms, asked.into)


if __name__ == "__main__":
    main()
