"""Claims about the nine functions of homework 3, and about spectral_ratios.m."""

import itertools
import math

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


def _told(right, slips):
    """What slips would give, where it has the shape of what is right and differs."""
    right = np.asarray(right, float)
    return {
        question: value
        for question, value in slips.items()
        if np.shape(value) == right.shape
        and not np.allclose(value, right, equal_nan=True)
    }


def _names(events):
    """Call events by texts that do not sort like the numbers."""
    return np.array([f"ev{one * 7919 % 1009}" for one in events])


# ---------------------------------------------------------------------------
# (a) The deal, and the baseline
# ---------------------------------------------------------------------------


def _network(seed, counts, most=5):
    """Return kinds and events of the records of a network, in no order."""
    rng = inputs.draw(seed)
    kinds = inputs.shuffled(rng, np.repeat(np.arange(len(counts)), counts))[0]
    sizes = rng.integers(1, most, len(kinds))
    sizes[1] += inputs.prime(sizes.sum()) - sizes.sum()
    events = inputs.groups(rng, sizes)
    names = np.unique(events)
    return (
        kinds[np.searchsorted(names, events)],
        events,
        dict(zip(names, kinds, strict=True)),
    )


def _dealt(student, kind, events, n_parts, seed):
    """Return the part of each event, if a deal is one, and keeps events whole."""
    part = student.deal_events(kind, events, n_parts, seed)
    expect_shape(part, (len(events),), "deal_events")
    part = np.asarray(part)
    expect(
        set(part.tolist()) <= set(range(n_parts)),
        f"The parts are numbered {sorted(set(part.tolist()))} for n_parts = {n_parts}",
        "are they numbered from 0 to n_parts - 1?",
    )
    of = {name: set(part[events == name].tolist()) for name in np.unique(events)}
    expect(
        all(len(one) == 1 for one in of.values()),
        "An event has records in two parts",
        "are records dealt instead of events?",
    )
    return {name: one.pop() for name, one in of.items()}


CASES = [(1, (7, 11, 3), 4), (2, (13, 2), 5), (3, (5, 5, 5, 1), 3), (4, (1, 16), 2)]


@read("hw3-deal")
def test_1_events_stay_whole(student):
    """No event has records in two parts, whatever names events and kinds have."""
    for seed, counts, n_parts in CASES:
        kind, events, _ = _network(seed, counts)
        _dealt(student, kind, events, n_parts, seed)
        text = np.array(["quake", "blast", "noise", "mine"])[kind]
        _dealt(student, text, _names(events), n_parts, seed)


@read("hw3-deal")
def test_2_alike_in_kind_and_in_size(student):
    """The events of a kind, and all events, are spread evenly over the parts."""
    for seed, counts, n_parts in CASES:
        kind, events, kind_of = _network(seed, counts)
        part_of = _dealt(student, kind, events, n_parts, 3 * seed)
        for one in range(len(counts)):
            n = np.bincount(
                [part for name, part in part_of.items() if kind_of[name] == one],
                minlength=n_parts,
            )
            expect(
                n.max() - n.min() <= 1,
                f"Of the {counts[one]} events of a kind the parts hold {n.tolist()}",
                "is each kind dealt by itself, events and not records?",
            )
        n = np.bincount(list(part_of.values()), minlength=n_parts)
        expect(
            n.max() - n.min() <= 1,
            f"The parts hold {n.tolist()} events, of kinds with {list(counts)}",
            "does every kind begin with the same part?",
        )


@read("hw3-deal")
def test_3_a_deal_at_random(student):
    """A seed gives one deal, other seeds give others, and any two events may part."""
    kind, events, _ = _network(5, (6, 5))
    deals = []
    for seed in range(100):
        deal = _dealt(student, kind, events, 3, seed)
        deals.append(tuple(deal[name] for name in sorted(deal)))
    again = _dealt(student, kind, events, 3, 7)
    expect(
        tuple(again[name] for name in sorted(again)) == deals[7],
        "The same seed gives two deals",
        "is random_state used?",
    )
    expect(
        len(set(deals)) > 1,
        "A hundred seeds give one deal",
        "is random_state used at all?",
    )
    # 0.8^100 and 25 pairs: by chance a pair is never together once in 10^8 times
    deals = np.array(deals)
    together = (deals[:, :, None] == deals[:, None, :]).mean(axis=0)
    pairs = together[~np.eye(len(together), dtype=bool)]
    expect(
        pairs.min() > 0 and pairs.max() < 1,
        "Two events are together in each of a hundred deals, or in none",
        "are events shuffled within their kind?",
    )


def _power(x, rate_hz, edges_hz, **slip):
    """Power in bands, by the sum of Fourier, with something else where it is told."""
    x = np.asarray(x, float)
    n = x.shape[1]
    x = x if slip.get("mean kept") else x - x.mean(axis=1)[:, None]
    if slip.get("common mean"):
        x = np.asarray(x - x.mean(axis=(1, 2))[:, None, None])
    if not slip.get("no taper"):
        turns = np.arange(n) / (n if slip.get("periodic") else n - 1)
        x = x * (0.5 - 0.5 * np.cos(2 * np.pi * turns))[:, None]
    k = np.arange(n // 2 + 1)
    wave = np.exp(-2j * np.pi * np.outer(k, np.arange(n)) / n)
    squares = np.abs(np.einsum("kt,ntc->nkc", wave, x)) ** 2
    if slip.get("modulus"):
        squares = np.sqrt(squares)
    squares = squares[:, :, 0] if slip.get("first") else squares.sum(axis=2)
    f = k * rate_hz / n * (2 * np.pi if slip.get("omega") else 1)
    bands = itertools.pairwise(edges_hz)
    if slip.get("upper"):
        return np.stack(
            [squares[:, (f > a) & (f <= b)].sum(axis=1) for a, b in bands], axis=1
        )
    if slip.get("both"):
        return np.stack(
            [squares[:, (f >= a) & (f <= b)].sum(axis=1) for a, b in bands], axis=1
        )
    return np.stack(
        [squares[:, (f >= a) & (f < b)].sum(axis=1) for a, b in bands], axis=1
    )


def _ratios(p, s, noise, rate_hz, edges_hz, **slip):
    """The ratios, or what a slip makes of them."""
    P, S, N = (_power(one, rate_hz, edges_hz, **slip) for one in (p, s, noise))
    if slip.get("turned"):
        P, S = S, P
    floor = slip.get("floor", 0.1)
    if slip.get("floor of noise"):
        P, S = np.maximum(P - N, 0.1 * N), np.maximum(S - N, 0.1 * N)
    elif slip.get("P alone"):
        P = np.maximum(P - N, 0.1 * P)
    elif not slip.get("noise kept"):
        P, S = np.maximum(P - N, floor * P), np.maximum(S - N, floor * S)
    log = np.log if slip.get("ln") else np.log10
    return log(P / S) * (10 if slip.get("dB") else 1)


RATIOS = {
    "is it S over P?": {"turned": True},
    "is the logarithm a natural one?": {"ln": True},
    "are these decibels?": {"dB": True},
    "is the noise left in?": {"noise kept": True},
    "is the noise left in S?": {"P alone": True},
    "is a tenth of the noise left, instead of a tenth of P or S?": {
        "floor of noise": True
    },
    "is the mean left in the windows?": {"mean kept": True},
    "is one mean taken off all components?": {"common mean": True, "mean kept": True},
    "are the windows not tapered?": {"no taper": True},
    "is it another taper than that of numpy.hanning?": {"periodic": True},
    "are the moduli not squared?": {"modulus": True},
    "is only the first component taken?": {"first": True},
    "does a band hold its upper edge instead of its lower?": {"upper": True},
    "does a band hold both of its edges?": {"both": True},
    "are frequencies taken in radians a second?": {"omega": True},
    "is another share than a tenth left?": {"floor": 0.01},
}


def _slipped(given, right, slips=RATIOS, function=_ratios):
    with np.errstate(all="ignore"):
        every = {q: function(*given, **slip) for q, slip in slips.items()}
    return _told(right, {q: v for q, v in every.items() if np.isfinite(v).all()})


def _windows(seed, n, n_times, n_components, loud, whole=False):
    rng = inputs.draw(seed)
    shape = n, n_times, n_components
    drawn = [
        rng.normal(size=shape) * k + rng.normal(size=(n, 1, n_components)) * 2
        for k in (2.0, 3.0, loud)
    ]
    if whole:
        return [np.round(5 * one).astype(int) for one in drawn]
    return drawn


@read("hw3-ratios")
def test_4_three_times_as_large(student):
    """If P is S times three, each band has log10(9), and bands may be uneven."""
    _, s, _ = _windows(4, 3, 41, 2, 1.0)
    s = s - s.mean(axis=1, keepdims=True)
    given = 3 * s, s, np.zeros_like(s), 20.0, [1.0, 2.5, 4.0, 9.5]
    found = student.spectral_ratios(*given)
    expect_shape(
        found,
        (3, 3),
        "spectral_ratios of three records and three bands",
        mistakes={
            "are the components kept apart?": (3, 3, 2),
            "are the edges taken for bands?": (3, 4),
        },
    )
    right = np.full((3, 3), np.log10(9))
    slips = _slipped(given, right)
    expect_close(found, right, "The ratios of windows times three", mistakes=slips)


@read("hw3-ratios")
def test_5_any_windows(student):
    """For any windows, rates and bands, from whole numbers too."""
    for seed, n_times, n_components, rate, edges, whole in [
        (51, 37, 3, 50.0, (1.0, 3.5, 8.0, 20.0), False),
        (52, 41, 1, 20.0, (2.0, 3.0, 10.5), True),
        # 40 samples at 20 a second: frequencies on the edges
        (53, 40, 2, 20.0, (1.0, 2.0, 4.5, 10.0), False),
    ]:
        given = (*_windows(seed, 7, n_times, n_components, 0.7, whole), rate)
        given = *given, list(edges)
        right = _ratios(*given)
        expect_close(
            student.spectral_ratios(*given),
            right,
            f"The ratios of windows of {n_times} samples at {rate:g} Hz",
            mistakes=_slipped(given, right),
        )


@read("hw3-ratios")
def test_6_where_noise_is_loud(student):
    """Where noise is louder than P or S, a tenth of each is left, and no nan."""
    for loud in (3.0, 9.0):
        given = (*_windows(6, 11, 43, 3, loud), 50.0, [1.0, 4.0, 9.0, 25.5])
        right = _ratios(*given)
        found = student.spectral_ratios(*given)
        expect(
            np.isfinite(np.asarray(found, float)).all(),
            "The ratios are not finite where noise is loud",
            "is at least a tenth of P and of S left?",
        )
        expect_close(
            found, right, "The ratios in loud noise", mistakes=_slipped(given, right)
        )


GIVEN = [
    (
        [[1, 0], [4, 2], [-3, 1], [2, -5], [0, 3]],
        [[2, 1], [-1, 0], [3, 4], [-2, 1], [5, 0]],
        [[0, 1], [0.5, 0], [0, -0.5], [1, 0], [0, 0]],
        10,
        [1, 3, 5],
    ),
    (
        [[3], [-1], [4], [1], [-5], [9]],
        [[2], [6], [-5], [3], [5], [-8]],
        [[7], [-9], [3], [2], [-3], [8]],
        12,
        [2, 4, 6.5],
    ),
]


def _matlab(value):
    if np.ndim(value) < 2:
        return "[" + " ".join(map(str, value)) + "]" if np.ndim(value) else str(value)
    return "[" + "; ".join(" ".join(map(str, row)) for row in value) + "]"


@deadline(12)
@read("hw3-ratios")
def test_7_the_same_in_matlab(student):
    """spectral_ratios.m gives the same, for one record and for any components."""
    calls = [", ".join(map(_matlab, each)) for each in GIVEN]
    found = octave_numbers(student, __file__, "spectral_ratios", calls)
    every = [(*(np.array([one], float) for one in p[:3]), *p[3:]) for p in GIVEN]
    right = np.concatenate([_ratios(*given)[0] for given in every])
    with np.errstate(all="ignore"):
        slips = {
            f"in MATLAB, {q}": np.concatenate([_ratios(*g, **slip)[0] for g in every])
            for q, slip in RATIOS.items()
        }
    expect_close(
        found,
        right,
        "The ratios of two calls of spectral_ratios.m",
        mistakes=_told(right, slips),
    )


# ---------------------------------------------------------------------------
# (b) The network, layer by layer
# ---------------------------------------------------------------------------


def _layers(n, c, layers, **slip):
    """The table, found by asking which samples each output sees, or that of a slip."""
    rows, jump, field, first = [], 1, 1, 0
    for many, size, step, apart, ends in layers:
        reach = (size - 1) * (1 if slip.get("no dilation") else apart)
        before = 0
        span = reach + 1
        if ends == "same":
            n_out = n // step if slip.get("down") else math.ceil(n / step)
            lacking = max((n_out - 1) * step + span - n, 0)
            if slip.get("whole reach"):
                lacking = reach
            before = lacking // 2
            before = lacking - before if slip.get("odd before") else before
        else:
            n_out = (n - span) // step + 1
            n_out = math.ceil(n / step) if slip.get("all same") else n_out
            n_out = (n - span) // step if slip.get("short") else n_out
        first -= before * (1 if slip.get("plain zeros") else jump)
        field += reach * (1 if slip.get("plain") else jump)
        if slip.get("late"):
            field += reach * (step - 1) * jump
        jump *= 1 if slip.get("no stride") else step
        bias = 0 if slip.get("no bias") else many
        learned = size * many * (1 if slip.get("one in") else c) + bias
        if slip.get("by time"):
            learned *= n_out
        rows.append([n_out, learned, field, 0 if slip.get("no zeros") else first])
        n, c = n_out, many
    return np.array(rows)


TABLES = {
    "is the length divided by the stride and rounded down?": {"down": True},
    "is the odd zero laid before?": {"odd before": True},
    "are taps - 1 zeros laid, whatever the stride?": {"whole reach": True},
    "are all layers taken for 'same'?": {"all same": True},
    "is the last output forgotten?": {"short": True},
    "are zeros of upper layers counted in their own steps, not in samples?": {
        "plain zeros": True
    },
    "does no stride of a lower layer widen what is seen?": {"plain": True},
    "does a layer's own stride widen what it sees itself?": {"late": True},
    "are the strides left out of what is seen?": {"no stride": True},
    "is the dilation left out?": {"no dilation": True},
    "are the biases not counted?": {"no bias": True},
    "are the channels that go in not counted?": {"one in": True},
    "are weights counted for each output in time?": {"by time": True},
    "are the zeros before the record left out?": {"no zeros": True},
}


@read("hw3-table")
def test_8_two_layers_by_hand(student):
    """Of 23 samples, two layers make 12 and 4 outputs, with 78 and 65 parameters."""
    # three zeros lack, one of them before; then outputs 0 and 4 of the first are met
    layers = [(6, 4, 2, 1, "same"), (5, 2, 2, 4, "valid")]
    right = np.array([[12, 6 * (4 * 3 + 1), 4, -1], [4, 5 * (2 * 6 + 1), 12, -1]])
    found = student.layer_table(23, 3, layers)
    expect_shape(
        found,
        (2, 4),
        "layer_table of two layers",
        mistakes={"is there a row for the input as well?": (3, 4)},
    )
    slips = {
        q: _layers(23, 3, layers, **slip)
        for q, slip in TABLES.items()
        if "no stride" not in slip  # the same as another one in two layers
    }
    expect_close(found, right, "The table of two layers", mistakes=_told(right, slips))


@read("hw3-table")
def test_9_any_stack(student):
    """For one layer and for many, with zeros and without, strides wider than taps."""
    for n, c, layers in [
        (
            1500,
            3,
            [(16, 16, 4, 1, "same"), (32, 8, 2, 1, "same"), (32, 8, 2, 1, "same")],
        ),
        (103, 2, [(7, 5, 3, 2, "valid")]),
        (97, 1, [(3, 2, 5, 1, "same"), (4, 7, 1, 3, "same"), (2, 3, 2, 2, "valid")]),
        (
            64,
            3,
            [
                (5, 3, 1, 1, "same"),
                (5, 4, 1, 2, "same"),
                (5, 3, 1, 4, "same"),
                (2, 1, 1, 1, "valid"),
            ],
        ),
        (59, 4, [(3, 6, 2, 1, "valid"), (9, 5, 3, 2, "same"), (3, 4, 4, 1, "same")]),
    ]:
        right = _layers(n, c, layers)
        slips = {q: _layers(n, c, layers, **slip) for q, slip in TABLES.items()}
        expect_close(
            student.layer_table(n, c, layers),
            right,
            f"The table of {len(layers)} layers on {n} samples",
            mistakes=_told(right, slips),
        )


def _evidence(x, weights, strides, **slip):
    """The evidence, output by output, or what a slip makes of it."""
    x = np.asarray(x, float)
    for layer, step in enumerate(strides):
        kernel, bias = (np.asarray(one, float) for one in weights[2 * layer :][:2])
        kernel = kernel[::-1] if slip.get("turned") else kernel
        n, n_out = x.shape[1], -(-x.shape[1] // step)
        lacking = max((n_out - 1) * step + len(kernel) - n, 0)
        lacking = len(kernel) - 1 if slip.get("whole reach") else lacking
        before = -(-lacking // 2) if slip.get("odd before") else lacking // 2
        wide = np.zeros((len(x), n + lacking + len(kernel), x.shape[2]))
        wide[:, before : before + n] = x
        y = np.stack(
            [
                np.tensordot(wide[:, t * step : t * step + len(kernel)], kernel, 2)
                for t in range(n_out)
            ],
            axis=1,
        )
        y = y + (0 if slip.get("no bias") else bias)
        last = layer == len(strides) - 1
        if not (slip.get("no ReLU") or (last and slip.get("last linear"))):
            y = np.maximum(y, 0)
        x = y
    W, b = (np.asarray(one, float) for one in weights[-2:])
    if slip.get("bias shared"):
        return x @ W + b / x.shape[1]
    out = x @ W + (0 if slip.get("no last bias") else b)
    return np.maximum(out, 0) if slip.get("last ReLU") else out


EVIDENCE = {
    "is the kernel turned round?": {"turned": True},
    "is the odd zero laid before?": {"odd before": True},
    "are taps - 1 zeros laid, whatever the stride?": {"whole reach": True},
    "are the biases of the convolutions left out?": {"no bias": True},
    "is the ReLU left out?": {"no ReLU": True},
    "is the ReLU left out in the last convolution?": {"last linear": True},
    "is the bias of the dense layer left out?": {"no last bias": True},
    "is the bias of the dense layer shared among the moments?": {"bias shared": True},
    "is there a ReLU behind the dense layer?": {"last ReLU": True},
}


@read("hw3-evidence")
def test_10_one_layer_by_hand(student):
    """Of 1, 5, 2 the difference with a bias of 1 makes 5, 0 and 0 behind the ReLU."""
    x = np.array([1.0, 5, 2])[None, :, None]
    weights = [
        np.array([-1.0, 1])[:, None, None],
        np.array([1.0]),
        np.array([[2.0, -1]]),
        np.array([0.5, 3]),
    ]
    right = np.array([[[10.5, -2], [0.5, 3], [0.5, 3]]])
    found = student.evidence(x, weights, [1])
    expect_shape(
        found,
        (1, 3, 2),
        "The evidence of three samples for two kinds",
        mistakes={
            "is the mean over time taken?": (1, 2),
            "are no zeros laid at the ends?": (1, 2, 2),
            "do kinds come before times?": (1, 2, 3),
        },
    )
    slips = {
        q: _evidence(x, weights, [1], **slip)
        for q, slip in EVIDENCE.items()
        if "last linear" not in slip  # the last is the only one
    }
    expect_close(found, right, "The evidence", mistakes=_told(right, slips))


@read("hw3-evidence")
def test_11_any_network(student):
    """For one convolution and for several, any lengths and channels, whole records."""
    for seed, n, n_times, taps, strides, channels, whole in [
        (1, 7, 23, (4, 3), (3, 2), (2, 4, 3, 5), False),
        (2, 11, 17, (5,), (2,), (3, 2, 3), True),
        (3, 1, 29, (1, 6, 2), (3, 1, 2), (1, 3, 4, 2, 2), False),
        (5, 7, 20, (5,), (4,), (2, 3, 2), False),
        (4, 7, 31, (16, 8, 8), (4, 2, 2), (3, 4, 5, 4, 3), False),
    ]:
        rng = inputs.draw(110 + seed)
        x = rng.normal(size=(n, n_times, channels[0]))
        x = np.round(3 * x).astype(int) if whole else x
        weights = []
        for k, size in enumerate(taps):
            shape = size, channels[k], channels[k + 1]
            weights += [rng.normal(size=shape), rng.normal(size=channels[k + 1])]
        weights += [rng.normal(size=channels[-2:]), rng.normal(size=channels[-1])]
        right = _evidence(x, weights, strides)
        slips = {q: _evidence(x, weights, strides, **s) for q, s in EVIDENCE.items()}
        expect_close(
            student.evidence(x, weights, strides),
            right,
            f"The evidence of {len(taps)} convolutions on {n_times} samples",
            mistakes=_told(right, slips),
        )


# ---------------------------------------------------------------------------
# (c) Scores, and how sure they are
# ---------------------------------------------------------------------------


def _who(seed, n, n_kinds, right):
    rng = inputs.draw(seed)
    truth = inputs.whole(rng, n, 0, n_kinds - 1)
    said = np.where(rng.uniform(size=n) < right, truth, rng.integers(0, n_kinds, n))
    return truth, said


@read("hw3-confusion")
def test_12_who_was_called_what(student):
    """Row i holds the events of kind i, column j those that were called j."""
    for seed, n, n_kinds in [(1, 23, 3), (2, 41, 2), (3, 17, 4), (4, 7, 5)]:
        truth, said = _who(seed, n, n_kinds, 0.6)
        found = student.confusion(truth, said, n_kinds, 1.96)
        expect_shape(
            found,
            (n_kinds, n_kinds, 3),
            f"confusion of {n_kinds} kinds",
            mistakes={
                "are counts, lower and upper ends along the first axis?": (
                    (3, n_kinds, n_kinds)
                )
            },
        )
        pairs = list(zip(truth.tolist(), said.tolist(), strict=True))
        right = np.array(
            [[pairs.count((i, j)) for j in range(n_kinds)] for i in range(n_kinds)]
        )
        n_row = np.maximum(right.sum(axis=1, keepdims=True), 1)
        slips = {
            "are rows and columns exchanged?": right.T,
            "are these shares instead of counts?": right / n_row,
            "is each pair counted once only?": np.minimum(right, 1),
        }
        expect_close(
            np.asarray(found)[:, :, 0],
            right,
            "The counts",
            mistakes=_told(right, slips),
        )


def _ends(share, n, z):
    """Ends of Wilson's interval, as roots of (share - e)^2 = z^2 e (1 - e) / n."""
    roots = np.roots([1 + z * z / n, -(2 * share + z * z / n), share * share])
    return np.sort(roots.real)


@read("hw3-confusion")
def test_13_wilsons_interval(student):
    """The ends are those shares that lie z of their own errors from the one found."""
    for seed, n, n_kinds, z in [(5, 29, 3, 1.96), (6, 11, 2, 1.0), (7, 53, 4, 2.6)]:
        truth, said = _who(seed, n, n_kinds, 0.8)
        truth[truth == n_kinds - 1] = 0  # a row of no event, or of one
        truth[3] = 0 if n_kinds == 4 else n_kinds - 1
        found = np.asarray(student.confusion(truth, said, n_kinds, z))
        expect_shape(found, (n_kinds, n_kinds, 3), f"confusion of {n_kinds} kinds")
        right, plain, columns = (np.zeros((n_kinds, n_kinds, 2)) for _ in range(3))
        for i in range(n_kinds):
            for j in range(n_kinds):
                count, row = np.sum((truth == i) & (said == j)), np.sum(truth == i)
                column = max(np.sum(said == j), 1)
                share = count / max(row, 1)
                half = z * np.sqrt(share * (1 - share) / max(row, 1))
                right[i, j] = _ends(share, row, z) if row else (0, 1)
                plain[i, j] = (share - half, share + half) if row else (0, 1)
                columns[i, j] = _ends(count / column, column, z)
        # roots lose half of the digits where both ends are near
        expect_close(
            found[:, :, 1:],
            right,
            f"The ends of the intervals of {n} events, z = {z},",
            atol=1e-6,
            mistakes=_told(
                right,
                {
                    "is it the share plus and minus z standard errors?": plain,
                    "is it cut at 0 and 1 instead of Wilson's?": np.clip(plain, 0, 1),
                    "are these intervals of shares of columns?": columns,
                    "is the upper end before the lower?": right[:, :, ::-1],
                },
            ),
        )


def _pooled(values, events):
    """Mean of the values of each event, in the order of their names."""
    return np.array([np.mean(values[events == one]) for one in np.unique(events)])


def _split(one, other, truth, events, **slip):
    """The two counts and the chance, or what a slip makes of them."""
    truth = np.asarray(truth)
    if slip.get("records"):
        events = np.arange(len(events))
    pooled = [_pooled(np.asarray(z, float), events) for z in (one, other)]
    if slip.get("votes"):
        pooled = [_pooled((np.asarray(z) > 0) - 0.5, events) for z in (one, other)]
    right = [(z > 0) == (_pooled(truth, events) > 0.5) for z in pooled]
    a = int(np.sum(right[0] & ~right[1]))
    b = int(np.sum(right[1] & ~right[0]))
    if slip.get("wrong"):
        a, b = b, a
    if slip.get("all right"):
        a, b = int(right[0].sum()), int(right[1].sum())
    n, k = a + b, min(a, b)
    if slip.get("of all"):
        n = len(right[0])
    each = [math.comb(n, i) / 2**n for i in range(n + 1)]
    chance = min(1, 2 * sum(each[: k + 1]))
    if slip.get("one side"):
        chance = chance / 2 if chance < 1 else sum(each[: k + 1])
    if slip.get("this alone"):
        chance = min(1, 2 * each[k])
    if slip.get("above 1"):
        chance = 2 * sum(each[: k + 1])
    if slip.get("less than"):
        chance = 2 * sum(each[:k])
    if slip.get("normal"):
        chance = math.erfc(abs(a - b) / math.sqrt(2 * max(n, 1)))
    return np.array([a, b, chance])


SPLITS = {
    "are records compared instead of events?": {"records": True},
    "do the records of an event vote, instead of taking their mean?": {"votes": True},
    "are the two counts exchanged?": {"wrong": True},
    "are events counted on which both are right?": {"all right": True},
    "is the coin tossed for all events?": {"of all": True},
    "is one side left out of the chance?": {"one side": True},
    "is it the chance of just this split, without those more uneven?": {
        "this alone": True
    },
    "does the chance exceed 1?": {"above 1": True},
    "is the split that was found left out of the chance?": {"less than": True},
    "is it a normal law instead of the coin's?": {"normal": True},
}


def _three(student, *given):
    """What disagreements returns, if it is three numbers."""
    found = student.disagreements(*given)
    expect(
        isinstance(found, tuple | list | np.ndarray) and len(found) == 3,
        f"disagreements returns {found!r}",
        "does it return two counts and a chance?",
    )
    return np.array([float(one) for one in found])


@read("hw3-disagreements")
def test_14_seven_to_one(student):
    """Eight events on which one alone is right, split 7 to 1: a chance of 18/256."""
    truth = np.array([1, 0, 1, 0, 1, 0, 1, 0, 1, 1, 0], bool)
    one = np.where(truth, 2.5, -1.5) * np.r_[np.ones(7), -1, 1, 1, -1]
    other = np.where(truth, 0.5, -3.5) * np.r_[-np.ones(7), 1, 1, 1, -1]
    given = one, other, truth, np.array([5, 3, 8, 1, 9, 12, 4, 30, 21, 2, 7])
    right = np.array([7, 1, 18 / 256])
    slips = {q: _split(*given, **slip) for q, slip in SPLITS.items()}
    expect_close(
        _three(student, *given),
        right,
        "The split and its chance",
        mistakes=_told(right, slips),
    )


@read("hw3-disagreements")
def test_15_any_two_models(student):
    """The mean over an event's records decides; nobody alone right has the chance 1."""
    for seed, n_events, better, whole in [
        (1, 29, 1.0, False),
        (2, 41, 0.3, True),
        (3, 13, 0.0, False),
        (4, 7, 9.0, False),
    ]:
        rng = inputs.draw(150 + seed)
        events = inputs.groups(rng, rng.integers(1, 6, n_events))
        names = np.unique(events)
        truth = inputs.classes(rng, n_events, 0.4) > 0
        truth = truth[np.searchsorted(names, events)]
        sign = np.where(truth, 1.0, -1.0)
        one = sign * better + rng.normal(size=events.size) * (0.1 if better > 5 else 2)
        other = sign * 0.3 + rng.normal(size=events.size) * 2
        other = one / 3 if better > 5 else other
        if whole:
            one, other = np.round(3 * one).astype(int), np.round(3 * other).astype(int)
        given = one, other, truth, events
        right = _split(*given)
        slips = {q: _split(*given, **slip) for q, slip in SPLITS.items()}
        for these in (given, (*given[:3], _names(events))):
            expect_close(
                _three(student, *these),
                right,
                f"The split over {n_events} events, and its chance,",
                mistakes=_told(right, slips),
            )
    truth = np.array([True, False, True])
    found = _three(
        student,
        np.array([0.0, 0.0, 0.0]),
        np.array([1.0, -1, 2]),
        truth,
        np.array([4, 8, 6]),
    )
    expect_close(
        found,
        [0, 2, 0.5],
        "The split, where log-odds of 0 call no explosion,",
        mistakes={"does a mean of 0 call an explosion?": [0, 1, 1]},
    )


def _reliable(z, truth, events, edges, **slip):
    """The table, or what a slip makes of it."""
    z, truth = np.asarray(z, float), np.asarray(truth, float)
    if slip.get("records"):
        events = np.arange(len(events))

    def probability(z):
        return 0.5 * (1 + np.tanh(z / 2))

    p = probability(_pooled(z, events))
    if slip.get("mean of promises"):
        p = _pooled(probability(z), events)
    if slip.get("sum"):
        p = probability(np.array([z[events == one].sum() for one in np.unique(events)]))
    if slip.get("other kind"):
        p = 1 - p
    happened = _pooled(truth, events)
    rows = []
    for k in range(len(edges) - 1):
        last = k == len(edges) - 2
        mine = (p >= edges[k]) & ((p < edges[k + 1]) | (last & (p == edges[k + 1])))
        if slip.get("lower"):
            mine = (p > edges[k]) & (p <= edges[k + 1]) | ((k == 0) & (p == 0))
        if slip.get("one lost"):
            mine = (p >= edges[k]) & (p < edges[k + 1])
        n = mine.sum()
        promise = (edges[k] + edges[k + 1]) / 2 if slip.get("middle") else None
        if n:
            promise = p[mine].mean() if promise is None else promise
            rows.append([n, promise, happened[mine].mean()])
        else:
            rows.append([0, 0, 0] if slip.get("zeros") else [0, np.nan, np.nan])
    table = np.array(rows, float)
    return table[:, [0, 2, 1]] if slip.get("swapped") else table


PROMISES = {
    "does each record count by itself?": {"records": True},
    "is it the mean of the records' promises, not the promise of their mean?": {
        "mean of promises": True
    },
    "are the log-odds of an event added up?": {"sum": True},
    "is it the promise of an earthquake?": {"other kind": True},
    "does a promise on an edge go to the lower bin?": {"lower": True},
    "is a promise of 1 lost?": {"one lost": True},
    "is it the middle of the bin instead of the mean promise?": {"middle": True},
    "has an empty bin zeros instead of nan?": {"zeros": True},
    "do shares come before promises?": {"swapped": True},
}


def _events(seed, n_events):
    rng = inputs.draw(seed)
    events = inputs.groups(rng, rng.integers(1, 6, n_events))
    truth = inputs.classes(rng, n_events, 0.4) > 0
    return rng, events, truth[np.searchsorted(np.unique(events), events)]


@read("hw3-reliability")
def test_16_what_was_promised(student):
    """Events, mean promise and share of explosions of each bin, even or not."""
    for seed, n_events, edges, whole in [
        (1, 43, (0.0, 0.25, 0.5, 0.75, 1.0), False),
        (2, 31, (0.0, 0.1, 0.4, 1.0), True),
        (3, 7, (0.0, 0.01, 0.3, 0.32, 0.8, 1.0), False),
    ]:
        rng, events, truth = _events(160 + seed, n_events)
        z = np.where(truth, 1.2, -0.8) + 1.5 * rng.normal(size=events.size)
        z = np.round(2 * z).astype(int) if whole else z
        given = z, truth, events, list(edges)
        right = _reliable(*given)
        found = student.reliability(*given)
        expect_shape(found, right.shape, f"reliability in {len(edges) - 1} bins")
        slips = {q: _reliable(*given, **slip) for q, slip in PROMISES.items()}
        expect_close(
            found,
            right,
            f"The table of {n_events} events",
            mistakes=_told(right, slips),
        )
        found = student.reliability(z, truth, _names(events), edges)
        expect_close(found, right, "The table, where events have names,")


@read("hw3-reliability")
def test_17_very_sure(student):
    """Log-odds of 900 and -900 end in the last and the first bin, 0 on an edge."""
    z = np.array([900.0, -900, 0, 0, 0.4, -2000, 40])
    truth = np.array([1, 1, 1, 1, 0, 0, 0], bool)
    given = z, truth, np.array([4, 2, 9, 9, 7, 1, 3]), [0, 0.3, 0.5, 0.9, 1.0]
    right = _reliable(*given)
    slips = {q: _reliable(*given, **slip) for q, slip in PROMISES.items()}
    expect_close(
        student.reliability(*given),
        right,
        "The table of the very sure",
        mistakes=_told(right, slips),
    )


# ---------------------------------------------------------------------------
# (d) Elsewhere
# ---------------------------------------------------------------------------


def _records(seed, n, m, n_components, whole=False):
    rng = inputs.draw(seed)
    x = (
        rng.normal(size=(n, 13, n_components))
        * inputs.numbers(rng, n, 1, 9)[:, None, None]
    )
    noise = rng.normal(size=(m, 13, n_components)) + rng.normal(size=(m, 1, 1))
    station = inputs.groups(rng, [n - n // 2 - 2, n // 2, 2])
    stations = np.unique(station)
    noise_station = inputs.shuffled(rng, np.resize([*stations, 1], m))[0]
    if whole:
        x, noise = np.round(4 * x).astype(int), np.round(4 * noise).astype(int) + 1
    return x, station, noise, noise_station


def _donors(added, noise):
    """Return which window was added to each record, and by what it was multiplied."""
    noise = np.asarray(noise, float).reshape(len(noise), -1)
    added = added.reshape(len(added), -1)
    factor = added @ noise.T / np.sum(noise**2, axis=1)
    left = np.linalg.norm(added[:, None] - factor[:, :, None] * noise, axis=2)
    donor = left.argmin(axis=1)
    rows = np.arange(len(added))
    # rounding over what was added, some 1e-14
    whole = left[rows, donor] <= 1e-5 * np.linalg.norm(added, axis=1) + 1e-12
    return donor, factor[rows, donor], whole


def _added(student, given, ratio, seed):
    x = np.asarray(given[0], float)
    found = student.noise_of_others(*given, ratio, seed)
    expect_shape(found, x.shape, "noise_of_others")
    donor, factor, whole = _donors(np.asarray(found, float) - x, given[2])
    expect(
        whole.all(),
        "What is added to a record is no window of the noise",
        "is one window scaled as a whole, and added to the record as it is?",
    )
    return donor, factor


@read("hw3-noise")
def test_18_recorded_elsewhere(student):
    """The noise comes from another station, any window of those may come."""
    for seed, whole in [(1, False), (2, True)]:
        given = _records(180 + seed, 11, 13, 2, whole)
        _, station, _, noise_station = given
        met, alike = np.zeros((11, 13), int), np.zeros((11, 11), int)
        # (9/10)^150 and 110 pairs: by chance one is missed once in 10^5 times
        for k in range(150):
            donor, _ = _added(student, given, 1.5, k)
            met[np.arange(11), donor] += 1
            alike += donor[:, None] == donor
        own = station[:, None] == noise_station
        expect(
            not met[own].any(),
            "A record gets noise of its own station",
            "are windows of the record's own station left out?",
        )
        expect(
            (met[~own] > 0).all(),
            "Some windows of other stations never come, in 150 seeds",
            "is a window drawn at random for each record, from all other stations?",
        )
        expect(
            (alike[~np.eye(11, dtype=bool)] < 150).all(),
            "Two records get the same window with each of 150 seeds",
            "is a window drawn anew for each record?",
        )
        once = _added(student, given, 1.5, 3)[0]
        expect(
            np.array_equal(once, _added(student, given, 1.5, 3)[0]),
            "The same seed gives two answers",
            "is random_state used?",
        )
    x, station, noise, noise_station = given
    _added(student, (x, _names(station), noise, _names(noise_station)), 2.0, 1)


@read("hw3-noise")
def test_19_as_loud_as_asked(student):
    """The record's root-mean-square is `ratio` times that of what is added."""
    for seed, ratio, whole, n_components in [
        (1, 3.0, False, 3),
        (2, 0.4, True, 2),
        (3, 7, False, 1),
    ]:
        given = _records(190 + seed, 7, 11, n_components, whole)
        donor, factor = _added(student, given, ratio, seed)
        x = np.asarray(given[0], float)
        noise = np.asarray(given[2], float)[donor]

        def rms(v):
            return np.sqrt((v**2).mean(axis=(1, 2)))

        def peak(v):
            return np.abs(v).max(axis=(1, 2))

        right = rms(x) / rms(noise) / ratio
        slips = {
            "is the ratio upside down?": right * ratio**2,
            "is it a ratio of powers?": right * np.sqrt(ratio),
            "is the ratio left out?": right * ratio,
            "is the size of the noise left out?": right * rms(noise),
            "is the size of the record left out?": right / rms(x),
            "are largest values compared, not root-mean-squares?": (
                peak(x) / peak(noise) / ratio
            ),
            "is the mean taken off the noise for its size?": (
                rms(x) / noise.std(axis=(1, 2)) / ratio
            ),
            "is one size taken for all records?": (
                np.sqrt((x**2).mean()) / rms(noise) / ratio
            ),
        }
        expect_close(
            factor,
            right,
            f"The factors of the noise, ratio {ratio},",
            mistakes=_told(right, slips),
        )


def _others(features, kind, **slip):
    """What is said of each event, or what a slip would say."""
    features, kind = np.asarray(features, float), np.asarray(kind)
    said, every = [], sorted(set(kind.tolist()))
    for k in range(len(kind)):
        known = (
            np.ones(len(kind), bool) if slip.get("all") else np.arange(len(kind)) != k
        )
        scale = features[slice(None) if slip.get("spread") else known].std(axis=0)
        scale = 1 if slip.get("raw") else scale
        far = []
        for one in every:
            each = (features[known & (kind == one)] - features[k]) / scale
            each = each[np.any(each != 0, axis=1)] if slip.get("nearest") else each
            if slip.get("nearest"):
                far.append(np.min(np.sum(each**2, axis=1)))
            else:
                far.append(np.sum(np.mean(each, axis=0) ** 2))
        place = np.argmax(far) if slip.get("farthest") else np.argmin(far)
        said.append(every[place])
    return said


OTHERS = {
    "does the event itself help to judge it?": {"all": True},
    "is the event itself among those that give the deviation?": {"spread": True},
    "are the features not divided by their deviation?": {"raw": True},
    "is the nearest event asked, not the nearest mean?": {"nearest": True},
    "is the kind taken that is farthest?": {"farthest": True},
}


def _expect_said(found, right, slips, what, kinds):
    """Insist on what is said of every event, texts or numbers."""
    expect(
        np.shape(found) == (len(right),),
        f"leave_one_out returns shape {np.shape(found)} for {len(right)} events",
        "is one kind said of each event?",
    )
    found = list(np.asarray(found).tolist())
    right = [np.asarray(one).item() for one in right]
    told = [q for q, v in slips.items() if [np.asarray(o).item() for o in v] == found]
    expect(
        set(found) <= set(right) | set(kinds),
        f"{what}: {sorted(set(found), key=str)} are said, and no such kinds are there",
        "are these the places of the kinds, not the kinds?",
    )
    wrong = sum(a != b for a, b in zip(found, right, strict=True))
    hint = told[0] if wrong and told else ""
    expect(wrong == 0, f"{what}: {wrong} of {len(right)} are said wrongly", hint)


@read("hw3-sixteen")
def test_20_who_judges_himself(student):
    """Of 0, 2, 9 and 7.5, 12, 14 the third and the fourth go to the other side."""
    features = np.array([[0.0], [2], [9], [7.5], [12], [14]])
    kind = np.array(["EQ", "EQ", "EQ", "EX", "EX", "EX"])
    right = ["EQ", "EQ", "EX", "EQ", "EX", "EX"]
    slips = {q: _others(features, kind, **slip) for q, slip in OTHERS.items()}
    slips = {q: v for q, v in slips.items() if list(v) != right}
    _expect_said(
        student.leave_one_out(features, kind),
        right,
        slips,
        "Six events by hand",
        ["EQ", "EX"],
    )


@read("hw3-sixteen")
def test_21_any_events(student):
    """For several features of any scale, several kinds, texts and numbers."""
    for seed, n, n_features, n_kinds, whole in [
        (1, 23, 3, 2, False),
        (2, 17, 1, 3, False),
        (3, 29, 4, 3, True),
        (4, 31, 2, 2, False),
        (5, 41, 3, 2, True),
    ]:
        rng = inputs.draw(210 + seed)
        kind = inputs.shuffled(rng, np.arange(n) ** 2 % (2 * n_kinds - 1) % n_kinds)[0]
        features = rng.normal(size=(n, n_features)) + 0.8 * kind[:, None]
        features = features * 6.0 ** np.arange(n_features) + 2
        features = np.round(5 * features).astype(int) if whole else features
        kind = 3 * kind + 2
        right = _others(features, kind)
        slips = {q: _others(features, kind, **slip) for q, slip in OTHERS.items()}
        slips = {q: v for q, v in slips.items() if list(v) != list(right)}
        _expect_said(
            student.leave_one_out(features, kind),
            right,
            slips,
            f"{n} events",
            kind.tolist(),
        )
    # the last event is far out in the second feature, so that it would hide itself
    features = np.array(
        [[0, -1], [2, -2], [1, 0], [9, 1], [11, 2], [10, 0], [8, 2.5], [0.5, 60]]
    )
    kind = np.array([7, 7, 7, 4, 4, 4, 4, 4])
    right = [7, 7, 7, 4, 4, 4, 4, 4]
    slips = {q: _others(features, kind, **slip) for q, slip in OTHERS.items()}
    slips = {q: v for q, v in slips.items() if list(v) != right}
    _expect_said(
        student.leave_one_out(features, kind), right, slips, "Eight events", [4, 7]
    )
