"""Claims about the eight functions of homework 4, and about brightness.m."""

import itertools

import numpy as np

from mlearth.checks import (
    deadline,
    expect,
    expect_close,
    expect_shape,
    inputs,
    octave_numbers,
    read,
)

# ---------------------------------------------------------------------------
# (a) Back-projection
# ---------------------------------------------------------------------------


def _origin(t, station, is_s, places, delay, nodes, vp, vs, **slip):
    """Return origin times by loops, with a slip where it is told."""
    found = np.zeros((len(nodes), len(t)))
    for i, j in itertools.product(range(len(nodes)), range(len(t))):
        way = np.array(nodes[i], float) - places[station[j]]
        if slip.get("flat"):
            way = way[:2]
        if slip.get("level"):
            way[2] = nodes[i][2]
        late = delay[station[j]][int(is_s[j])]
        if slip.get("p_delay"):
            late = delay[station[j]][0]
        speed = vs if is_s[j] != bool(slip.get("swapped")) else vp
        speed = vp if slip.get("p_only") else speed
        travel = np.sum(way**2) ** 0.5 / speed
        found[i, j] = (
            t[j] - slip.get("travels", 1) * travel - slip.get("late", 1) * late
        )
    return found


ORIGIN_SLIPS = {
    "is the depth left out of the way?": {"flat": True},
    "is the height of the stations left out?": {"level": True},
    "is the delay left out?": {"late": 0},
    "is the delay added instead of subtracted?": {"late": -1},
    "do S picks have the delay of P?": {"p_delay": True},
    "have the speeds of P and S changed places?": {"swapped": True},
    "do S waves run with the speed of P?": {"p_only": True},
    "is the travel time added instead of subtracted?": {"travels": -1},
}


def _other(make, slips, given, right):
    """Return what each slip would give, if it differs from what is right."""
    found = {question: make(*given, **slip) for question, slip in slips.items()}
    return {
        question: value
        for question, value in found.items()
        if np.shape(value) != np.shape(right)
        or not np.allclose(value, right, equal_nan=True)
    }


@read("hw4-origin-times")
def test_1_two_picks_by_hand(student):
    """From (0, 0, 11) to a station at (3, 4, -1) it is 13 km: 2 s for P, 4 s for S."""
    given = (
        np.array([20.0, 22.5]),
        np.array([0, 0]),
        np.array([False, True]),
        np.array([[3.0, 4.0, -1.0]]),
        np.array([[0.25, 1.0]]),
        np.array([[0.0, 0.0, 11.0]]),
        6.5,
        3.25,
    )
    found = student.origin_times(*given)
    expect_shape(
        found,
        (1, 2),
        "The origin times of two picks from one node",
        mistakes={"do the picks lie along the rows, not the columns?": (2, 1)},
    )
    right = [[17.75, 17.5]]
    expect_close(
        found,
        right,
        "The pair of origin times",
        unit="s",
        mistakes=_other(_origin, ORIGIN_SLIPS, given, right),
    )


def _network(seed, n_nodes, n_picks, n_stations, whole=False):
    """Draw picks, stations and nodes; whole numbers where asked."""
    rng = inputs.draw(seed)
    places = rng.uniform(-40, 60, (n_stations, 3)) * [1, 1, 0.02]
    nodes = rng.uniform(-50, 70, (n_nodes, 3)) * [1, 1, 0.1] + [0, 0, 8]
    delay = rng.uniform(-0.4, 0.9, (n_stations, 2))
    times = inputs.numbers(rng, n_picks, 3, 90)
    if whole:
        places, nodes, delay, times = (
            np.rint(one).astype(int) for one in (places, nodes, 3 * delay, times)
        )
    station = rng.integers(0, n_stations, n_picks)
    is_s = rng.uniform(size=n_picks) < 0.4
    return times, station, is_s, places, delay, nodes


@read("hw4-origin-times")
def test_2_any_network(student):
    """Seven stations, 19 picks in no order and seven nodes; and whole numbers."""
    for seed, whole, speeds in [(2, False, (5.7, 3.1)), (21, True, (6, 3))]:
        given = *_network(seed, 7, 19, 7, whole), *speeds
        right = _origin(*given)
        found = student.origin_times(*given)
        expect_shape(
            found,
            (7, 19),
            "The origin times of 19 picks from seven nodes",
            mistakes={"do the picks lie along the rows, not the columns?": (19, 7)},
        )
        expect_close(
            found,
            right,
            f"The table of origin times{', of whole numbers,' if whole else ''}",
            unit="s",
            mistakes=_other(_origin, ORIGIN_SLIPS, given, right)
            | {"are numbers cut to whole ones?": np.trunc(right)},
        )


def _bright(origin, channel, weight, moment, half, **slip):
    """Return the brightness by loops, with a slip where it is told."""
    n_nodes, n_picks = np.shape(origin)
    half = half * slip.get("wide", 1)
    bright = np.zeros((n_nodes, len(moment)))
    for i, m in itertools.product(range(n_nodes), range(len(moment))):
        adds = {}
        for k in range(n_picks):
            off = abs(origin[i][k] - moment[m]) / half
            add = 1 - off**2 if slip.get("round") else 1 - off
            add = float(off < 1) if slip.get("box") else add
            add = add if slip.get("below") else max(add, 0)
            add *= 1 if slip.get("alike") else weight[k]
            name = 0 if slip.get("one") else channel[k]
            name = name // 2 if slip.get("station") else name
            adds.setdefault(name, []).append(add)
        pick = slip.get("of", max)
        bright[i, m] = sum(pick(one) for one in adds.values())
        bright[i, m] /= len(adds) if slip.get("mean") else 1
    return bright


def _heaviest(given):
    """Take of each channel the pick with the largest weight, wherever it is."""
    origin, channel, weight, moment, half = given
    keep = []
    for kind in np.unique(channel):
        of = np.flatnonzero(channel == kind)
        keep.append(of[np.argmax(weight[of])])
    return _bright(origin[:, keep], channel[keep], weight[keep], moment, half)


BRIGHT_SLIPS = {
    "do all picks of a channel count, instead of the one that adds most?": {"of": sum},
    "is it the last pick of a channel that counts?": {"of": lambda one: one[-1]},
    "is it the first pick of a channel that counts?": {"of": lambda one: one[0]},
    "do all picks share one channel?": {"one": True},
    "do channels 2k and 2k + 1 count as one?": {"station": True},
    "are the weights left out?": {"alike": True},
    "does a pick add all of its weight up to the half width?": {"box": True},
    "does a pick add less than nothing where it is far away?": {"below": True},
    "is half of the half width taken?": {"wide": 0.5},
    "is twice the half width taken?": {"wide": 2},
    "does it fall with the square of the distance in time?": {"round": True},
    "is it the mean over the channels instead of the sum?": {"mean": True},
}


@read("hw4-brightness")
def test_3_four_picks_by_hand(student):
    """Two channels; at 10 s one adds 0.5 of 4, or 0.75 of 2, and the other all of 3."""
    given = (
        np.array([[9.5, 11.0, 10.0, 17.0]]),
        np.array([7, 7, 4, 4]),
        np.array([2.0, 4.0, 3.0, 1.0]),
        np.array([8.0, 10.0, 12.5]),
        2.0,
    )
    found = student.brightness(*given)
    expect_shape(found, (1, 3), "The brightness of one node at three moments")
    right = [[0.5, 5.0, 1.0]]
    expect_close(
        found,
        right,
        "The brightness at 8, 10 and 12.5 s",
        mistakes=_other(_bright, BRIGHT_SLIPS, given, right)
        | {
            "does the pick with the largest weight stand for its channel?": (
                _heaviest(given)
            )
        },
    )


def _stack(seed, n_nodes, n_picks, n_moments, whole=False):
    """Draw origin times that crowd, with channels and weights in no order."""
    rng = inputs.draw(seed)
    origin = rng.uniform(0, 13, (n_nodes, n_picks))
    channel = inputs.groups(rng, [4, 1, 3, 2, n_picks - 10])
    channel = 6 + np.searchsorted(np.unique(channel), channel)  # without gaps
    weight = inputs.numbers(rng, n_picks, 0.2, 1.0)
    moment = np.sort(rng.uniform(-2, 15, n_moments))
    if whole:
        origin, weight = np.rint(origin).astype(int), np.rint(9 * weight).astype(int)
        moment = np.unique(np.rint(moment).astype(int))
    return origin, channel, weight, moment


@read("hw4-brightness")
def test_4_crowded_picks(student):
    """Of 17 picks in five channels, at moments that are not evenly spaced."""
    for seed, whole, half in [(4, False, 1.7), (41, True, 3), (42, True, 2)]:
        given = *_stack(seed, 7, 17, 23, whole), half
        right = _bright(*given)
        found = student.brightness(*given)
        expect_shape(
            found,
            right.shape,
            f"The brightness of seven nodes at {len(given[3])} moments",
            mistakes={"do the moments lie along the rows?": right.shape[::-1]},
        )
        expect_close(
            found,
            right,
            f"The table of brightness{', from whole numbers,' if whole else ''}",
            mistakes=_other(_bright, BRIGHT_SLIPS, given, right)
            | {
                "does the pick with the largest weight stand for its channel?": (
                    _heaviest(given)
                ),
                "are numbers cut to whole ones?": np.trunc(right),
            },
        )
    none = np.zeros((2, 0)), np.zeros(0, int), np.zeros(0), np.array([1.0, 2.0]), 1.5
    expect_close(
        student.brightness(*none), np.zeros((2, 2)), "The brightness of no picks"
    )


CASES = [
    # origin times; channels; weights; moments; half width, as MATLAB writes them
    "[11 9.5 10 17], [7 7 4 4], [4 2 3 1], [8 10 12.5], 2",
    "[3 4.5 4 5; 1 2 2.5 7; 6 6 5 4], [3 9 9 2], [0.5 0.25 1 0.75], [2 3.5 5 6], 1.5",
    "[5; 2], 8, 0.7, [1 2 4.5], 2.5",
]


def _given(case):
    """Return the five arguments that a line of MATLAB writes."""
    arrays = []
    for text in case.split(", "):
        rows = [row.split() for row in text.strip("[]").split(";")]
        arrays.append(np.array(rows, float))
    origin, channel, weight, moment, half = arrays
    return origin, channel[0], weight[0], moment[0], half[0, 0]


def _columns(tables):
    return np.concatenate([table.ravel(order="F") for table in tables])


@deadline(12)
@read("hw4-matlab")
def test_5_the_same_in_matlab(student):
    """brightness.m gives the same for three calls, with one node, and with one pick."""
    found = octave_numbers(student, __file__, "brightness", CASES)
    given = [_given(case) for case in CASES]
    right = _columns([_bright(*one) for one in given])
    expect(
        len(found) == len(right),
        f"{len(CASES)} calls give {len(found)} numbers, and should give {len(right)}",
        "is there a row for each node, and a column for each moment?",
    )
    expect_close(
        found,
        right,
        f"The list of brightness from {len(CASES)} calls",
        rtol=1e-4,  # Octave prints five digits or more
        mistakes={
            f"in MATLAB, {question}": _columns([_bright(*g, **slip) for g in given])
            for question, slip in BRIGHT_SLIPS.items()
        },
    )


def _peaks(bright, moment, least, apart, **slip):
    """Return nodes and moments of peaks, by a list of all places; with a slip."""
    places = [
        (-bright[i][m], m, i) if not slip.get("late") else (-bright[i][m], -m, i)
        for i in range(len(bright))
        for m in range(len(moment))
    ]
    taken = []
    for height, m, i in sorted(places):
        m = abs(m)
        others = taken[-1:] if slip.get("last") else taken
        if slip.get("here"):
            others = [one for one in taken if one[0] == i]
        off = [abs(moment[m] - moment[j]) for _, j in others]
        near = [d <= apart if slip.get("longer") else d < apart for d in off]
        if slip.get("half"):
            near = [d < apart / 2 for d in off]
        faint = -height <= least if slip.get("brighter") else -height < least
        if not any(near) and not faint and not (slip.get("single") and taken):
            taken.append((i, m))
    if slip.get("in_time"):
        taken = sorted(taken, key=lambda one: one[1])
    return np.array([[i, m if slip.get("index") else moment[m]] for i, m in taken])


PEAK_SLIPS = {
    "are they sorted by time instead of brightness?": {"in_time": True},
    "are these numbers of moments, instead of seconds?": {"index": True},
    "is only the brightest of all taken?": {"single": True},
    "may a peak be as bright as the faintest?": {"brighter": True},
    "may peaks be exactly that far apart?": {"longer": True},
    "may peaks at other nodes be nearer?": {"here": True},
    "is a peak compared with the one before alone?": {"last": True},
    "is half of the time kept free?": {"half": True},
}


def _expect_peaks(student, given, what):
    found = student.find_peaks(*given)
    expect(
        isinstance(found, tuple | list) and len(found) == 2,
        "find_peaks does not return two things",
        "are they the nodes and the moments?",
    )
    right = _peaks(*given).reshape(-1, 2)
    for one in found:
        expect_shape(
            one,
            (len(right),),
            what,
            mistakes={
                question: (len(_peaks(*given, **slip)),)
                for question, slip in PEAK_SLIPS.items()
                if len(_peaks(*given, **slip)) != len(right)
            },
        )
    expect_close(
        np.array([np.asarray(one, float) for one in found]).T,
        right,
        f"The table of nodes and moments: {what[0].lower()}{what[1:]}",
        mistakes=_other(_peaks, PEAK_SLIPS, given, right),
    )


@read("hw4-peaks")
def test_6_three_peaks_by_hand(student):
    """Two nodes: 9 at 4 s, 6 at 8 s and 3 at 0 s; the 8 and the 5 are near."""
    bright = np.array([[3.0, 1, 9, 0, 2, 5], [2.0, 0, 1, 8, 6, 0]])
    moment = np.array([0.0, 2, 4, 5, 8, 9])
    _expect_peaks(student, (bright, moment, 2.5, 4.0), "The peaks of two nodes")
    expect_close(
        student.find_peaks(bright, moment, 9.5, 4.0)[0],
        np.zeros(0),
        "The list of nodes where nothing is bright enough",
    )


@read("hw4-peaks")
def test_7_any_peaks(student):
    """Seven nodes, 31 moments not evenly spaced, whole numbers with ties among them."""
    for seed, whole in [(7, False), (71, False), (72, True), (73, True), (78, True)]:
        rng = inputs.draw(seed)
        bright = rng.uniform(0, 9, (7, 31))
        moment = np.cumsum(rng.integers(1, 5, 31)) / 2 - 3
        least, apart = 4.5, 6.0
        if whole:
            bright = np.rint(bright).astype(int)
            least, moment = 7, np.rint(2 * moment).astype(int)
        what = f"The peaks of seven nodes{', whole numbers,' if whole else ''}"
        _expect_peaks(student, (bright, moment, least, apart), what)


def _assigned(origin, channel, node, event_s, most_s, **slip):
    """Return the best assignment, by trying all of them channel by channel."""
    answer = np.full(len(channel), -1)
    for name in np.unique(channel):
        picks = np.flatnonzero(np.asarray(channel) == name)
        off = np.abs(
            [
                [origin[n][k] - t for k in picks]
                for n, t in zip(node, event_s, strict=True)
            ]
        )
        off = off.reshape(len(node), len(picks))
        fits = off < most_s if slip.get("inside") else off <= most_s
        if slip.get("twice"):
            fits = off <= 2 * most_s
        best = None
        choices = [[-1, *np.flatnonzero(fits[:, k])] for k in range(len(picks))]
        for events in itertools.product(*choices):
            real = [e for e in events if e >= 0]
            if len(set(real)) < len(real):
                continue
            power = 2 if slip.get("squared") else 1
            total = sum(off[e, k] ** power for k, e in enumerate(events) if e >= 0)
            cost = (total, -len(real)) if slip.get("short") else (-len(real), total)
            if slip.get("greedy"):
                cost = sorted(off[e, k] for k, e in enumerate(events) if e >= 0)
                cost = [*cost, np.inf]
            if best is None or cost < best[0]:
                best = cost, events
        if best:
            answer[picks] = best[1]
    return answer


def _nearest_event(origin, channel, node, event_s, most_s):
    off = np.abs(np.asarray(origin)[node] - np.asarray(event_s)[:, None])
    best = off.argmin(axis=0)
    return np.where(off.min(axis=0) <= most_s, best, -1)


def _event_by_event(origin, channel, node, event_s, most_s, free=True):
    """Let each event in turn take its nearest pick, that is still free or not."""
    answer = np.full(len(channel), -1)
    for e, (n, t) in enumerate(zip(node, event_s, strict=True)):
        for name in np.unique(channel):
            off = np.where(channel == name, np.abs(origin[n] - t), np.inf)
            if free:
                off = np.where(answer >= 0, np.inf, off)
            k = int(off.argmin())
            if off[k] <= most_s:
                answer[k] = e
    return answer


ASSIGN_SLIPS = {
    "is the nearest pair always taken first?": {"greedy": True},
    "does a misfit of exactly the tolerance fit?": {"inside": True},
    "is the tolerance doubled?": {"twice": True},
    "are the misfits squared before they are added up?": {"squared": True},
}


def _assign_mistakes(given, right):
    found = _other(_assigned, ASSIGN_SLIPS, given, right)
    others = {
        "may an event have several picks of one channel?": _nearest_event(*given),
        "does each event in turn take its nearest pick, whatever that costs the "
        "others?": _event_by_event(*given),
        "may a later event take a pick from an earlier one?": (
            _event_by_event(*given, free=False)
        ),
        "are events counted from 1?": np.where(right >= 0, right + 1, -1),
    }
    return found | {q: v for q, v in others.items() if not np.array_equal(v, right)}


@read("hw4-assign")
def test_8_two_events_want_one_pick(student):
    """Both events lie nearest to the first pick: as many as possible get one."""
    given = (
        np.array(
            [
                [10.0, 10.9, 9.75, 10.0, 9.5, 10.05],
                [11.0, 11.9, 11.85, 13.0, 11.8, 12.2],
            ]
        ),
        np.array([5, 5, 2, 2, 8, 8]),
        np.array([0, 1]),
        np.array([9.5, 11.25]),
        1.0,
    )
    found = student.assign_picks(*given)
    expect_shape(found, (6,), "What assign_picks returns for six picks")
    right = _assigned(*given)
    expect_close(
        found,
        right,
        "The events of six picks, two of a channel,",
        mistakes=_assign_mistakes(given, right),
    )


@read("hw4-assign")
def test_9_most_picks_then_least_misfit(student):
    """Seven events among 17 picks of five channels: of all ways the best; and none."""
    for seed in (9, 91, 92, 95, 94):
        rng = inputs.draw(seed)
        channel = inputs.groups(rng, [4, 1, 3, 5, 4])
        origin = rng.uniform(0, 14, (7, 17))
        node = np.array([2, 0, 6, 2, 5, 1, 0])
        given = origin, channel, node, inputs.numbers(rng, 7, 1, 13), 1.3
        right = _assigned(*given)
        expect_close(
            student.assign_picks(*given),
            right,
            "The events of 17 picks",
            mistakes=_assign_mistakes(given, right),
        )
    whole = np.array([[7, 5, 9, 2], [4, 6, 1, 2]]), np.array([3, 3, 8, 8])
    given = *whole, np.array([1, 0]), np.array([5, 6]), 1
    right = _assigned(np.array([[7, 5, 9, 2]] * 2), *given[1:])
    given = np.array([[7, 5, 9, 2]] * 2), *given[1:]
    expect(
        (np.asarray(student.assign_picks(*given)) >= 0).sum() == (right >= 0).sum(),
        "Picks whose misfit is the tolerance, in whole numbers, are not all assigned",
        "does a misfit of exactly the tolerance fit?",
    )
    none = np.ones((2, 3)), np.array([1, 2, 2]), np.zeros(0, int), np.zeros(0), 1.0
    expect_close(
        student.assign_picks(*none), [-1, -1, -1], "The events of picks without any"
    )


# ---------------------------------------------------------------------------
# (b) A network that links picks
# ---------------------------------------------------------------------------


def _labels(event, windows, **slip):
    """Return labels and weights, one over the other, by loops; with a slip."""
    labels, weights = np.zeros(np.shape(windows)), np.zeros(np.shape(windows))
    for i, row in enumerate(list(windows)):
        start = 0 if slip.get("root") else 1
        others = [j for j in range(start, len(row)) if row[j] >= 0 or slip.get("empty")]
        for j in others:
            same = event[row[j]] == event[row[0]]
            labels[i, j] = same and (event[row[0]] >= 0 or bool(slip.get("false")))
            weights[i, j] = 1 if slip.get("alike") else 1 / len(others)
        if slip.get("linked") and len(others):
            weights[i] *= labels[i]
    if slip.get("all"):
        weights /= max(weights.sum(), 1)
    return np.array([labels, weights])


LABEL_SLIPS = {
    "are two false picks linked, since both have -1?": {"false": True},
    "does the root count, and is it linked to itself?": {"root": True},
    "do empty places count, or does -1 stand for the last pick?": {"empty": True},
    "do all picks weigh 1, instead of 1 together in a window?": {"alike": True},
    "do links alone weigh something?": {"linked": True},
    "do all windows together weigh 1?": {"all": True},
}


def _expect_labels(student, event, windows, what):
    found = student.link_labels(event, windows)
    expect(
        isinstance(found, tuple | list) and len(found) == 2,
        "link_labels does not return two things",
        "are they the labels and the weights?",
    )
    for one, name in zip(found, ("labels", "weights"), strict=True):
        expect_shape(one, np.shape(windows), f"The table of {name} {what}")
    right = _labels(event, windows)
    expect_close(
        np.array([np.asarray(one, float) for one in found]),
        right,
        f"The pair of labels and weights {what}",
        mistakes=_other(_labels, LABEL_SLIPS, (event, windows), right)
        | {"do the weights come first?": right[::-1]},
    )


@read("hw4-labels")
def test_10_five_picks_by_hand(student):
    """Two picks of event 0, two false ones, one of event 3: a single link."""
    event = np.array([0, -1, 0, -1, 3])
    windows = np.array([[0, 1, 2], [1, 2, 3], [2, 3, 4], [3, 4, -1], [4, -1, -1]])
    _expect_labels(student, event, windows, "of five windows")


@read("hw4-labels")
def test_11_any_windows(student):
    """Windows of 23 picks, of different length, the last pick true or false."""
    for seed, last in [(11, -1), (111, 2), (112, 0)]:
        rng = inputs.draw(seed)
        event = np.append(rng.integers(-1, 4, 22), last)
        lengths = rng.integers(1, 8, 23)
        rows = np.arange(23)[:, None] + np.arange(7)
        short = (rows > 22) | (np.arange(7) >= lengths[:, None])
        windows = np.where(short, -1, rows)
        _expect_labels(student, event, windows, "of 23 windows")
        some = windows[rng.permutation(23)[:9]]
        _expect_labels(student, event, some, "of nine windows in no order")


def _groups(windows, probability, threshold, least, **slip):
    """Return events from lists of picks, counted anew each time; with a slip."""
    groups = []
    for i, row in enumerate(list(windows)):
        linked = [] if slip.get("rootless") else [i]
        for j in range(1, len(row)):
            said = probability[i][j]
            yes = said > threshold if slip.get("above") else said >= threshold
            if yes and (row[j] >= 0 or slip.get("empty")):
                linked.append(int(row[j]) % len(windows))
        groups.append(linked)
    event, number, used = [-1] * len(windows), 0, set()
    while number <= len(windows):
        if slip.get("steals") or slip.get("stale"):
            sizes = [0 if i in used else len(g) for i, g in enumerate(groups)]
        else:
            sizes = [sum(event[pick] < 0 for pick in group) for group in groups]
        best = max(range(len(sizes)), key=lambda i: (sizes[i], -i))
        if slip.get("last"):
            best = max(range(len(sizes)), key=lambda i: (sizes[i], i))
        if slip.get("by_time"):
            best = next((i for i, n in enumerate(sizes) if n >= least), best)
        if sizes[best] < least + bool(slip.get("more")):
            break
        for pick in groups[best]:
            if event[pick] < 0 or slip.get("steals"):
                event[pick] = number
        used.add(best)
        number += 1
    return np.array(event)


GROUP_SLIPS = {
    "does a probability of exactly the threshold link?": {"above": True},
    "is the root left out of its own group?": {"rootless": True},
    "does an empty place stand for the last pick?": {"empty": True},
    "is the size of a group counted once, before others took its picks?": {
        "stale": True
    },
    "is the first group taken that is large enough, not the largest?": {
        "by_time": True
    },
    "is the last of equally large groups taken?": {"last": True},
    "are as many picks as the fewest enough?": {"more": True},
    "may a later event take picks that an earlier one has?": {"steals": True},
}


@read("hw4-groups")
def test_12_six_picks_by_hand(student):
    """The group of pick 1 is the largest, with 4; then that of pick 0 has two left."""
    windows = np.array(
        [
            [0, 1, 2, 3],
            [1, 2, 3, 4],
            [2, 3, 4, 5],
            [3, 4, 5, -1],
            [4, 5, -1, -1],
            [5, -1, -1, -1],
        ]
    )
    probability = np.array(
        [
            [0.1, 0.5, 0.2, 0.3],
            [0.9, 0.5, 0.75, 0.9],
            [0.9, 0.1, 0.25, 0.9],
            [0.0, 0.3, 0.4, 0.9],
            [0.5, 0.9, 0.9, 0.9],
            [0.0, 0.8, 0.8, 0.8],
        ]
    )
    given = windows, probability, 0.5, 3
    found = student.groups_from_links(*given)
    expect_shape(found, (6,), "The events of six picks")
    right = [-1, 0, 0, 0, 0, -1]
    expect_close(
        found,
        right,
        "The events of six picks",
        mistakes=_other(_groups, GROUP_SLIPS, given, right)
        | {"are events counted from 1?": [-1, 1, 1, 1, 1, -1]},
    )


@read("hw4-groups")
def test_13_any_links(student):
    """Of 29 picks, with a seventh of the probabilities at the threshold."""
    for seed, least, threshold in [(13, 2, 0.5), (131, 3, 0.25), (132, 1, 0.75)]:
        rng = inputs.draw(seed)
        rows = np.arange(29)[:, None] + np.arange(8)
        lengths = rng.integers(1, 9, 29)
        windows = np.where((rows > 28) | (np.arange(8) >= lengths[:, None]), -1, rows)
        probability = rng.integers(0, 9, (29, 8)) / 8
        given = windows, probability, threshold, least
        right = _groups(*given)
        expect_close(
            student.groups_from_links(*given),
            right,
            "The events of 29 picks",
            mistakes=_other(_groups, GROUP_SLIPS, given, right)
            | {"are events counted from 1?": np.where(right >= 0, right + 1, -1)},
        )


# ---------------------------------------------------------------------------
# (c) Scores
# ---------------------------------------------------------------------------


def _scores(true, found, least, **slip):
    """Return the four numbers, from a table of shared picks; with a slip."""
    true, found = np.asarray(true), np.asarray(found)
    lowest = -1 if slip.get("none") else 0
    names = np.unique(true[true >= lowest]), np.unique(found[found >= lowest])
    sizes = [
        np.array([np.sum(a == n) for n in b])
        for a, b in zip((true, found), names, strict=True)
    ]
    n_true, n_found, shared = 0, len(names[1]), []
    least = least + 1 if slip.get("more") else least
    least = 0 if slip.get("small") else least
    for n, size in zip(names[0], sizes[0], strict=True):
        n_true += size >= least
        for m, own in zip(names[1], sizes[1], strict=True):
            both = np.sum((true == n) & (found == m))
            whole = size + own - both
            if slip.get("of_found"):
                whole = own
            if slip.get("of_true"):
                whole = size
            if slip.get("half"):
                ok = 2 * both >= whole and both > 0
            elif slip.get("any"):
                ok = both > 0
            else:
                ok = 2 * both > whole
            if ok and size >= least:
                shared.append(both / (size if slip.get("complete") else own))
                if slip.get("jaccard"):
                    shared[-1] = both / whole
            elif ok and not slip.get("keep"):
                n_found -= 1
    mean = np.mean(shared) if shared else (0.0 if slip.get("zero") else np.nan)
    return np.array([n_true, n_found, len(shared), mean])


SCORE_SLIPS = {
    "is half enough, where it has to be more?": {"half": True},
    "is it more than half of the found event's picks alone?": {"of_found": True},
    "is it more than half of the true event's picks alone?": {"of_true": True},
    "is one shared pick enough?": {"any": True},
    "do true events with too few picks count?": {"small": True},
    "do true events with exactly the fewest picks count?": {"more": True},
    "does a found event that matches a small true one count as found?": {"keep": True},
    "is it the share of the true event's picks that was found?": {"complete": True},
    "is the purity a share of the picks of both?": {"jaccard": True},
    "is -1 taken for an event?": {"none": True},
    "is the purity 0 where nothing matches?": {"zero": True},
}


def _expect_scores(student, given, what):
    right = _scores(*given)
    found = student.event_scores(*given)
    expect_shape(found, (4,), f"The scores {what}")
    expect_close(
        found,
        right,
        f"[true, found, matches, purity] {what}",
        mistakes=_other(_scores, SCORE_SLIPS, given, right)
        | {"do the found events come first?": right[[1, 0, 2, 3]]},
    )


@read("hw4-scores")
def test_14_eleven_picks_by_hand(student):
    """Five true picks of which four were found, with a false one: 4 of 6, a match."""
    true = np.array([4, 4, 4, 4, 4, -1, 9, 9, 9, -1, -1])
    found = np.array([0, 0, 0, 0, -1, 0, 2, 5, -1, 5, 5])
    _expect_scores(student, (true, found, 3), "of 11 picks")
    _expect_scores(student, (true, np.full(11, -1), 3), "where nothing was found")


@read("hw4-scores")
def test_15_any_events(student):
    """47 picks of events of 1 to 9 picks, some cut, some joined, some halved."""
    for seed, least in [(15, 3), (151, 2), (152, 4)]:
        rng = inputs.draw(seed)
        true = inputs.groups(rng, [9, 1, 4, 6, 2, 3, 4, 8, 7, 3])
        true[rng.permutation(true.size)[:5]] = -1
        found = np.where(true >= 0, 60 - 2 * true, -1)
        lost = rng.permutation(true.size)[: 12 if seed == 151 else 9]
        found[lost] = rng.choice([-1, 3, *np.unique(found)], lost.size)
        _expect_scores(student, (true, found, least), f"of {true.size} picks")
    true = np.array([0, 0, 0, 0, 1, 1, 1, 5, 5])
    half = np.array([7, 7, -1, -1, 2, 2, 8, 8, 8])
    _expect_scores(student, (true, half, 2), "where halves are found")


def _f1(counts, mean=False):
    counts = np.asarray(counts, float)
    if mean:
        return np.mean(2 * counts[:, 2] / (counts[:, 0] + counts[:, 1]))
    return 2 * counts[:, 2].sum() / (counts[:, 0].sum() + counts[:, 1].sum())


def _difference(a, b, draws, ends=(2.5, 97.5), mean=False):
    all_of_them = _f1(a, mean) - _f1(b, mean)
    many = [_f1(a[i], mean) - _f1(b[i], mean) for i in draws]
    return np.array([all_of_them, *np.percentile(many, ends)])


@read("hw4-difference")
def test_16_sums_before_shares(student):
    """Of 11 records, and of two, whose counts differ much: F1 of the sums, paired."""
    by_hand = np.array([[10, 10, 5], [2, 4, 3]]), np.array([[10, 6, 4], [2, 2, 1]])
    rng = inputs.draw(16)
    true = inputs.whole(rng, 11, 2, 60)
    many = []
    for _ in range(2):
        found = np.maximum(1, true + rng.integers(-9, 20, 11))
        matched = (np.minimum(true, found) * rng.uniform(0.3, 1, 11)).astype(int)
        many.append(np.column_stack([true, found, matched]))
    cases = [
        (*by_hand, np.array([[0, 1], [0, 0], [1, 1], [1, 0]])),
        (*many, rng.integers(0, 11, (83, 11))),
        (*[one.astype(float) for one in many], rng.integers(0, 11, (40, 11))),
    ]
    for a, b, draws in cases:
        right = _difference(a, b, draws)
        found = student.f1_difference(a, b, draws)
        expect_shape(found, (3,), "What f1_difference returns")
        expect_close(
            found,
            right,
            f"[difference, low, high] of {len(a)} records",
            mistakes={
                "is it the mean of the records' F1, not the F1 of the sums?": (
                    _difference(a, b, draws, mean=True)
                ),
                "is a taken from b?": _difference(b, a, draws),
                "are these the 5 % and 95 % percentiles?": (
                    _difference(a, b, draws, (5, 95))
                ),
                "does the interval come in the wrong order?": right[[0, 2, 1]],
                "is the first number the mean of the draws?": (
                    [np.mean([_f1(a[i]) - _f1(b[i]) for i in draws]), *right[1:]]
                ),
                "is the 2 of F1 missing?": right / 2,
            },
        )
