"""Ten teams that hand in to the kit of the tests; three of them should not have."""

import numpy as np
import toy_kit

from mlearth.projects import Card, write_submission
from mlearth.projects.entries import Entry

KIT = toy_kit.__file__
HONEST = "weights = fit(training)\npredictions = predict(weights, public)\n"
LEAKING = """from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

Z = StandardScaler().fit_transform(X)
Z_train, Z_test, y_train, y_test = train_test_split(Z, y)
"""
SPREAD = {"Ada": 0.0, "Beno": 0.05, "Charles": 0.3, "Inge": 0.4, "Kiyoo": 2.0,
          "Emma": 2.5, "Andrija": 3.0}  # fmt: skip
"""The noise that each honest team adds to what can be known."""

N_TRIES = 200


def signal(data, spread, seed):
    """What an honest team knows: the signal, through noise of its own."""
    shocks = data.inputs["shocks"]
    noise = np.random.default_rng(seed).normal(size=len(shocks))
    return shocks.signal - 0.8 + spread * noise


def lucky(data, weights):
    """What a team knows that weighs nothing but noise."""
    return data.inputs["shocks"].filter(like="noise").to_numpy() @ weights


def luckiest(public, seed=7):
    """The weights, of two hundred random ones, that score best on the public test."""
    tries = np.random.default_rng(seed).normal(size=(N_TRIES, toy_kit.N_NOISE))
    felt = public.truth["answers"].felt.to_numpy()
    return max(tries, key=lambda w: np.mean((lucky(public, w) > 0) == felt))


def hand_in(folder, data, level, team, code=HONEST):
    predictions = toy_kit.answers(data, np.where(np.asarray(level) > 0, 0.9, 0.1))
    write_submission(predictions, data, folder, team, "a rule", KIT)
    (folder / "code" / "work.py").write_text(code, "utf-8")


def write_class(folder, private=None):
    """Write what ten teams hand in; with private data, for the end as well."""
    public = toy_kit.make_data("public")
    for k, (team, spread) in enumerate(SPREAD.items()):
        for step in range(1, 4):
            level = signal(public, spread + 1.5 / step - 0.5, [k, step])
            hand_in(folder / team / str(step), public, level, team)
        if private:
            level = signal(private, spread, [k, 3])
            hand_in(folder / team / "final", private, level, team)
    weights = luckiest(public)
    hand_in(
        folder / "Over-fitted" / "10", public, lucky(public, weights), "Over-fitted"
    )
    hand_in(folder / "Malformed" / "1", public, signal(public, 1, 90), "Malformed")
    table = folder / "Malformed" / "1" / "answers.csv"
    table.write_text("".join(table.read_text("utf-8").splitlines(True)[:-1]), "utf-8")
    level = signal(public, 0, 91)
    hand_in(folder / "Leaking" / "1", public, level, "Leaking", LEAKING)
    if private:
        level = lucky(private, weights)
        hand_in(folder / "Over-fitted" / "final", private, level, "Over-fitted")


def entries(splits, seed):
    """Both hand-ins of each team, scored: of seven honest teams and of a lucky one."""
    weights = luckiest(splits["public"], seed)
    for team in [*SPREAD, "Over-fitted"]:
        for step, (split, data) in enumerate(splits.items()):
            level = lucky(data, weights)
            if team in SPREAD:
                level = signal(data, SPREAD[team], [*team.encode(), step, seed])
            p_felt = np.where(np.asarray(level) > 0, 0.9, 0.1)
            scores = toy_kit.evaluate(toy_kit.answers(data, p_felt), data)
            card = Card("toy_kit", split, data.sheet["data"], team, "a rule")
            yield Entry(team, split, card, scores)
