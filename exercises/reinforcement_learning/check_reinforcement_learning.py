"""Claims about a sweep, about values learned from a log, and about the best set."""

from itertools import combinations

import numpy as np

from mlearth.checks import (
    deadline,
    expect_close,
    expect_in_octave,
    expect_shape,
    inputs,
    read,
)


def _sweep(transitions, rewards, values, gamma, **slip):
    """The values after a sweep, or what a slip makes of them."""
    rewards, values = np.asarray(rewards, float), np.asarray(values, float)
    leads = np.swapaxes(transitions, 1, 2) if slip.get("from") else transitions
    q = (np.asarray(leads) @ values).T * (1 if slip.get("no gamma") else gamma)
    if slip.get("likeliest"):
        q = gamma * values[np.argmax(transitions, axis=2)].T
    if slip.get("highest"):
        q = np.full_like(rewards, gamma * values.max())
    q = q + rewards * (gamma if slip.get("all") else 1)
    q = rewards if slip.get("now") else q
    q = q - rewards if slip.get("later") else q
    found = {"mean": q.mean(axis=1), "least": q.min(axis=1), "sum": q.sum(axis=1)}
    after = next((v for k, v in found.items() if slip.get(k)), q.max(axis=1))
    if slip.get("greedy"):
        after = q[np.arange(len(q)), rewards.argmax(axis=1)]
    if slip.get("which"):
        after = q.argmax(axis=1).astype(float)
    if slip.get("whole"):
        after = np.trunc(after)
    return after + (values if slip.get("on top") else 0)


SWEEPS = {
    "is the value of the next state left undiscounted?": {"no gamma": True},
    "is today's reward discounted too?": {"all": True},
    "are states and next states exchanged?": {"from": True},
    "is the mean over the actions taken instead of the largest?": {"mean": True},
    "is the least of the actions taken?": {"least": True},
    "is the sum over the actions taken instead of the largest?": {"sum": True},
    "is what comes later left out?": {"now": True},
    "is today's reward left out?": {"later": True},
    "is it added to the old values?": {"on top": True},
    "is only the likeliest next state looked at?": {"likeliest": True},
    "is the best state of all taken for the next one?": {"highest": True},
    "is the action chosen by today's reward alone?": {"greedy": True},
    "is it the number of the best action instead of its value?": {"which": True},
    "are the values kept as whole numbers?": {"whole": True},
}


def _slips(given, right, slips, function):
    """What each slip would give, if it differs from what is right."""
    found = {q: function(*given, **slip) for q, slip in slips.items()}
    return {q: v for q, v in found.items() if not np.allclose(v, right)}


def _world(seed, n_states, n_actions):
    """Draw probabilities and rewards; some steps are certain, some impossible."""
    rng = inputs.draw(seed)
    shares = rng.dirichlet(np.full(n_states, 0.4), (n_actions, n_states))
    shares[0] = np.eye(n_states)[rng.permutation(n_states)]
    return rng, shares, rng.normal(0, 3, (n_states, n_actions))


def _shapes(n_states, n_actions):
    """Shapes that come of a slip."""
    return {
        "is there a value for each action, where the best is wanted?": (
            n_states,
            n_actions,
        ),
        "is it the best of all states, where each has its own?": (),
    }


@read("sec-rl-bellman")
def test_1_two_states_by_hand(student):
    """Run or mend, from 4 and 1 with a discount of 0.5: 3.25 and 1.5."""
    run, mend = [[0.5, 0.5], [0.0, 1.0]], [[1.0, 0.0], [1.0, 0.0]]
    rewards = np.array([[2.0, -1.0], [1.0, -1.0]])
    given = np.array([run, mend]), rewards, np.array([4.0, 1.0]), 0.5
    right = np.array([3.25, 1.5])
    found = student.sweep(*given)
    expect_shape(found, (2,), "sweep of two states", mistakes=_shapes(2, 2))
    expect_close(
        found,
        right,
        "The values of a sound and of a worn pump",
        mistakes=_slips(given, right, SWEEPS, _sweep),
    )


@read("sec-rl-bellman")
def test_2_any_world(student):
    """For any numbers of states and actions, and where every step is certain."""
    for seed, n_states, n_actions in [(1, 7, 11), (2, 3, 5), (3, 11, 1), (4, 5, 2)]:
        rng, shares, rewards = _world(seed, n_states, n_actions)
        values = inputs.numbers(rng, n_states, -9, 9)
        if seed == 4:
            rewards = inputs.whole(rng, 10, -5, 6).reshape(5, 2)
            values = inputs.whole(rng, 5, -9, 9)
            leads = [rng.integers(0, 5, 5) for _ in range(2)]
            shares = np.array([np.eye(5, dtype=int)[to] for to in leads])
        given = shares, rewards, values, 0.83
        right = _sweep(*given)
        found = student.sweep(*given)
        what = f"of {n_states} states and {n_actions} actions"
        expect_shape(
            found, (n_states,), f"sweep {what}", mistakes=_shapes(n_states, n_actions)
        )
        expect_close(
            found,
            right,
            f"The values {what}",
            mistakes=_slips(given, right, SWEEPS, _sweep),
        )


@read("sec-rl-contraction")
def test_3_it_brings_guesses_together(student):
    """Of two guesses that differ by d everywhere, gamma times d is left."""
    _, shares, rewards = _world(5, 7, 3)
    one = inputs.draw(6).normal(size=7)
    ends = [student.sweep(shares, rewards, one + d, 0.6) for d in (4.0, 0.0)]
    for end in ends:
        expect_shape(end, (7,), "sweep of 7 states", mistakes=_shapes(7, 3))
    apart = np.subtract(*map(np.asarray, ends))
    expect_close(
        apart,
        np.full(7, 2.4),
        "What is left of a difference of 4 after a sweep with a discount of 0.6",
        mistakes={
            "is the value of the next state left undiscounted?": np.full(7, 4.0),
            "is it added to the old values?": np.full(7, 6.4),
        },
    )


CALLS = [
    "cat(3, [0.5 0; 1 1], [0.5 1; 0 0]), [2 -1; 1 -1], [2; 1], 0.5",
    "cat(3, [0.2 0.5 0; 0 1 0.3], [0.8 0.25 0; 1 0 0.3], [0 0.25 1; 0 0 0.4]), "
    "[1 0; -2 0.5; 0.25 3], [4; -1; 2], 0.9",
]


def _cat(*slices):
    """What cat(3, ...) makes."""
    return np.stack(slices, axis=2)


GIVEN = [
    (
        _cat([[0.5, 0], [1, 1]], [[0.5, 1], [0, 0]]),
        [[2, -1], [1, -1]],
        [2, 1],
        0.5,
    ),
    (
        _cat(
            [[0.2, 0.5, 0], [0, 1, 0.3]],
            [[0.8, 0.25, 0], [1, 0, 0.3]],
            [[0, 0.25, 1], [0, 0, 0.4]],
        ),
        [[1, 0], [-2, 0.5], [0.25, 3]],
        [4, -1, 2],
        0.9,
    ),
]


@deadline(12)
@read("sec-rl-bellman")
def test_4_the_same_in_matlab(student):
    """sweep.m gives the same values."""

    def numbers(**slip):
        return np.concatenate([_sweep(*given, **slip) for given in GIVEN])

    expect_in_octave(
        student,
        __file__,
        "sweep",
        CALLS,
        numbers,
        SWEEPS,
        "The values of two calls of sweep.m",
    )


def _learn(log, n_states, n_actions, gamma, eta, **slip):
    """The values that a log teaches, or what a slip makes of them."""
    q = np.zeros((n_states, n_actions))
    days = np.asarray(log, float)
    for s, a, reward, after, ended in days[::-1] if slip.get("back") else days:
        row = q[int(s if slip.get("same") else after)]
        s, a = int(s), int(a)
        best = row.mean() if slip.get("mean") else row.max()
        best = row[a] if slip.get("own") else best
        best = best * (0 if ended and not slip.get("on") else 1)
        if slip.get("turned"):
            best = row.max() if ended else 0.0
        best = 0.0 if slip.get("now") else best
        wanted = reward + (1 if slip.get("no gamma") else gamma) * best
        if slip.get("ends pay nothing") and ended:
            continue
        if slip.get("all"):
            wanted = gamma * (reward + best)
        share = 1.0 if slip.get("whole error") else eta
        q[s, a] += share * (wanted - (0 if slip.get("grows") else q[s, a]))
        if slip.get("floor"):
            q[s, a] = np.trunc(q[s, a])
    return q


LOGS = {
    "does something follow the end of an episode?": {"on": True},
    "are ends taken for days that go on, and the other way round?": {"turned": True},
    "is what comes later left out?": {"now": True},
    "is the value of the next state left undiscounted?": {"no gamma": True},
    "is the reward discounted too?": {"all": True},
    "is the mean over the next actions taken instead of the largest?": {"mean": True},
    "is the next action taken to be the same as this one?": {"own": True},
    "is the best action of the state itself taken, not of the next?": {"same": True},
    "is the whole error corrected, without eta?": {"whole error": True},
    "is the old value not subtracted, so that values grow?": {"grows": True},
    "is the log read from its end?": {"back": True},
    "does a day that ends an episode teach nothing?": {"ends pay nothing": True},
    "are the values kept as whole numbers?": {"floor": True},
}


def _told(given, right):
    return _slips(given, right, LOGS, _learn)


@read("sec-rl-q")
def test_5_four_days_by_hand(student):
    """Half of each error is corrected: 3, 2.7, 2.5, and then 3.33."""
    log = [[0, 1, 6, 1, 1], [1, 1, 3, 0, 0], [0, 0, 5, 1, 1], [0, 0, 2, 1, 0.0]]
    given = np.array(log), 3, 2, 0.8, 0.5
    # (0, 1): 0.5 * 6 = 3, the end; (1, 1): 0.5 * (3 + 0.8 * 3) = 2.7;
    # (0, 0): 0.5 * 5 = 2.5, the end; then 2.5 + 0.5 * (2 + 0.8 * 2.7 - 2.5)
    right = np.array([[3.33, 3], [0, 2.7], [0, 0]])
    found = student.learn_from(*given)
    expect_shape(
        found,
        (3, 2),
        "learn_from of three states and two actions",
        mistakes={"are states and actions exchanged?": (2, 3)},
    )
    expect_close(found, right, "The values", mistakes=_told(given, right))


def _log(seed, n_days, n_states, n_actions):
    """Draw days of whole episodes; each state and action comes more than once."""
    rng = inputs.draw(seed)
    states = rng.integers(0, n_states, n_days + 1)
    actions = rng.integers(0, n_actions, n_days)
    rewards = inputs.numbers(rng, n_days, -4, 9)
    ended = (rng.random(n_days) < 0.2).astype(float)
    return np.column_stack([states[:-1], actions, rewards, states[1:], ended])


@read("sec-rl-q")
def test_6_any_log(student):
    """For any numbers of states and actions, also where some never occur."""
    for seed, n_days, n_states, n_actions in [
        (1, 61, 3, 4),
        (2, 97, 7, 2),
        (3, 13, 11, 3),
        (4, 1, 2, 3),
        (5, 29, 1, 1),
    ]:
        log = _log(10 + seed, n_days, n_states, n_actions)
        if seed == 2:
            log = np.trunc(log).astype(int)
        given = log, n_states, n_actions, 0.9, 0.3
        right = _learn(*given)
        found = student.learn_from(*given)
        what = f"of {n_days} days, {n_states} states and {n_actions} actions"
        expect_shape(
            found,
            (n_states, n_actions),
            f"learn_from {what}",
            mistakes={"are states and actions exchanged?": (n_actions, n_states)},
        )
        expect_close(found, right, f"The values {what}", mistakes=_told(given, right))


@read("sec-rl-q")
def test_7_read_often_it_comes_to_the_best(student):
    """A log of all steps of a certain world, read again and again, tells its values."""
    after, ends = np.array([[1, 2], [2, 0], [0, 1]]), np.array([[0, 0], [0, 0], [0, 1]])
    rewards = np.array([[1.0, 0], [-2, 4], [3, 0.5]])
    right = np.zeros((3, 2))
    for _ in range(200):
        right = rewards + 0.7 * (1 - ends) * right.max(axis=1)[after]
    days = [
        (s, a, rewards[s, a], after[s, a], ends[s, a]) for s in range(3) for a in (0, 1)
    ]
    given = np.array(days * 150, dtype=float), 3, 2, 0.7, 0.5
    found = student.learn_from(*given)
    expect_shape(
        found,
        (3, 2),
        "learn_from of three states and two actions",
        mistakes={"are states and actions exchanged?": (2, 3)},
    )
    # 150 corrections leave 0.85**150 of a first error of 13
    expect_close(
        found,
        right,
        "The values after 150 readings",
        atol=1e-6,
        mistakes=_told(given, right),
    )


def _best(error, n_sites, size, **slip):
    """The best set, or what a slip makes of it."""
    if slip.get("greedy"):
        taken = []
        for _ in range(size):
            rest = [j for j in range(n_sites) if j not in taken]
            taken.append(min(rest, key=lambda j: error([*taken, j])))
        return tuple(sorted(taken))
    if slip.get("alone"):
        order = sorted(range(n_sites), key=lambda j: error([j]))
        return tuple(sorted(order[:size]))
    n = n_sites - 1 if slip.get("short") else n_sites
    sets = [list(one) for one in combinations(range(n), min(size, n))]
    sets = sets[::-1] if slip.get("last") else sets
    best = (max if slip.get("worst") else min)(sets, key=error)
    return tuple(j + 1 for j in best) if slip.get("from one") else tuple(best)


SETS = {
    "is each site taken where it helps most, one after the other?": {"greedy": True},
    "are the sites taken that are best alone?": {"alone": True},
    "is it the set of the largest error?": {"worst": True},
    "are sites counted from 1?": {"from one": True},
    "is the last site never looked at?": {"short": True},
    "is it the last of sets with one error, not the first?": {"last": True},
}


def _wrong_sets(given, right):
    """What each slip would give, if it is another set of the same size."""
    found = {q: _best(*given, **slip) for q, slip in SETS.items()}
    return {
        q: np.array(v) for q, v in found.items() if v != right and len(v) == len(right)
    }


def _pairs(seed, n_sites, whole=False):
    """An error of sites: their own, and what pairs of them add or take away."""
    rng = inputs.draw(seed)
    alone, both = rng.normal(size=n_sites), rng.normal(0, 2, (n_sites, n_sites))
    if whole:
        alone, both = np.zeros(n_sites), np.trunc(both / 2)

    def error(sites):
        sites = sorted(int(j) for j in sites)
        pairs = sum(both[i, j] for i, j in combinations(sites, 2))
        return float(sum(alone[j] for j in sites) + pairs)

    return error


def _expect_set(student, given, what):
    right = _best(*given)
    found = student.best_set(*given)
    expect_shape(found, (len(right),), f"best_set of {what}")
    expect_close(
        found,
        np.array(right),
        f"The best of {what}",
        mistakes=_wrong_sets(given, right),
    )


@read("sec-rl-exercises")
def test_8_a_pair_by_hand(student):
    """Site 2 is best alone; the best pair is 1 and 4."""
    errors = {0: 5.0, 1: 6.0, 2: 4.0, 3: 7.0, 4: 8.0}
    together = {(1, 4): 1.0, (0, 3): 2.0, (2, 4): 2.5, (1, 2): 3.0, (0, 2): 4.0}

    def error(sites):
        sites = tuple(sorted(int(j) for j in sites))
        return errors[sites[0]] if len(sites) == 1 else together.get(sites, 6.0)

    _expect_set(student, (error, 5, 2), "pairs of five sites")


@read("sec-rl-exercises")
def test_9_any_set(student):
    """For any numbers of sites, to the last; where sets tie, the first of them."""
    for seed, n_sites, size, whole in [
        (1, 7, 3, False),
        (2, 11, 4, False),
        (3, 5, 1, False),
        (4, 6, 6, False),
        (1, 8, 2, True),
        (2, 7, 3, True),
        (4, 7, 3, False),
    ]:
        given = _pairs(40 + seed, n_sites, whole), n_sites, size
        _expect_set(student, given, f"sets of {size} of {n_sites} sites")
