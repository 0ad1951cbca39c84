"""Claims about filters that run both ways, folded frequencies and windows."""

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


def _run(x, b, a, held=(0.0, 0.0), back=None):
    """One trip through a section, sample by sample, from what is held."""
    y, (one, two) = [], held
    for k, now in enumerate(x):
        y.append(b[0] * now + one)
        last = y[-1] if back is None else back[k]
        one = b[1] * now - a[0] * last + two
        two = b[2] * now - a[1] * last
    return np.array(y), (one, two)


def _both(x, b, a):
    return _run(_run(x, b, a)[0][::-1], b, a)[0][::-1]


def _slips(x, b, a):
    """What each slip would give, by the question that names it."""
    x, b, a = (np.asarray(one, dtype=float) for one in (x, b, a))
    there, held = _run(x, b, a)
    fed = _run(x, b, a, back=x)[0]
    return {
        "is it the trip forwards alone?": there,
        "is it the trip backwards alone?": _run(x[::-1], b, a)[0][::-1],
        "does the second trip run forwards again?": _run(there, b, a)[0],
        "is the result still turned around?": _run(there[::-1], b, a)[0],
        "are the last answers added instead of subtracted?": _both(x, b, -a),
        "are a_1 and a_2 exchanged?": _both(x, b, a[::-1]),
        "are b_0 and b_2 exchanged?": _both(x, b[::-1], a),
        "are the last answers missing?": _both(x, b, 0 * a),
        "are the last samples taken for the last answers?": (
            _run(fed[::-1], b, a, back=fed[::-1])[0][::-1]
        ),
        "does the second trip begin with what the first one held?": (
            _run(there[::-1], b, a, held)[0][::-1]
        ),
        "is the gain squared once more, by two trips each way?": (
            _both(_both(x, b, a), b, a)
        ),
    }


def _told(x, b, a):
    """The slips that differ from the right answer, and from each other."""
    right, told = _both(np.asarray(x, dtype=float), b, a), {}
    for question, value in _slips(x, b, a).items():
        if not any(np.allclose(value, other) for other in (right, *told.values())):
            told[question] = value
    return told


HALF = np.array([0.5, 0.5, 0.0]), np.array([0.0, 0.0])


@read("sec-two-poles")
def test_1_a_click_by_hand(student):
    """With b = (1/2, 1/2, 0), a click of 4 becomes 1, 2, 1, centred where it was."""
    click = np.array([0, 0, 4, 0, 0, 0, 0])
    found = student.both_ways(click, *HALF)
    expect_shape(found, (7,), "both_ways of seven samples")
    expect_close(
        found,
        [0, 1, 2, 1, 0, 0, 0],
        "The click of 4 after both trips",
        mistakes=_told(click, *HALF),
    )


@read("sec-two-poles")
def test_2_answers_that_live_on(student):
    """With a_1 = -1/2 a click of 8 lives on: 8, 4, 2, 1, and so on the way back."""
    given = [0, 8.0, 0, 0, 0], np.array([1.0, 0, 0]), np.array([-0.5, 0])
    # forwards 0, 8, 4, 2, 1; backwards 1, 2 + 0.5, 4 + 1.25, 8 + 2.625, 5.3125
    expect_close(
        student.both_ways(np.array(given[0]), *given[1:]),
        [5.3125, 10.625, 5.25, 2.5, 1],
        "The click of 8 after both trips",
        mistakes=_told(*given),
    )


def _rounded(x, b, a):
    """What whole counts as answers would give, where they differ."""
    first = np.round(_run(np.asarray(x, dtype=float), b, a)[0])
    both = np.round(_run(first[::-1], b, a)[0][::-1])
    different = not np.allclose(both, _both(np.asarray(x, dtype=float), b, a))
    return {"are answers rounded to whole counts?": both} if different else {}


def _stable(rng):
    """Draw a section whose answers die out, all five weights unlike."""
    size, angle = rng.uniform(0.3, 0.8), rng.uniform(0.4, 2.6)
    return rng.normal(size=3), np.array([-2 * size * np.cos(angle), size**2])


@read("sec-scratch")
def test_3_any_record_any_section(student):
    """Each sample follows from the last two, on the way there and on the way back."""
    rng = inputs.draw(4)
    records = [
        (inputs.numbers(rng, 23, -40, 40), "with 23 samples"),
        (inputs.whole(rng, 17, -900, 900), "of whole counts"),
        (inputs.inside_out(inputs.numbers(rng, 11, -1, 1)), "with 11 samples"),
        (inputs.whole(rng, 2, 1, 9), "with two samples"),
        (np.array([3.5]), "with one sample"),
    ]
    sections = [_stable(rng) for _ in records]
    sections[0] = np.array([1, 2, -1]), np.array([1, 0])
    for (x, which), (b, a) in zip(records, sections, strict=True):
        given = np.array(x)
        expect_close(
            student.both_ways(given, b, a),
            _both(np.asarray(x, dtype=float), b, a),
            f"The record {which} after both trips",
            mistakes=_told(x, b, a) | _rounded(x, b, a),
        )


@read("sec-two-poles")
def test_4_no_delay(student):
    """Far from the ends, what a click becomes is the same before it and after it."""
    rng = inputs.draw(7)
    b, a = _stable(rng)
    click = np.zeros(201)
    click[100] = 1.0
    found = np.asarray(student.both_ways(click, b, a), dtype=float)
    expect_shape(found, (201,), "both_ways of 201 samples")
    # answers shrink by 0.8 a sample or more: to 1e-9 of their size at the ends
    expect_close(
        found,
        found[::-1],
        "The answer to a click, beside the same in reversed time,",
        atol=1e-6,
        mistakes={
            "does the second trip run forwards again?": (
                _slips(click, b, a)["does the second trip run forwards again?"][::-1]
            )
        },
    )


CALLS = [
    "[0; 0; 4; 0; 0; 0], [0.5; 0.5; 0], [0; 0]",
    "[8; 0; 0; 1], [1; 2; -1], [-0.5; 0.25]",
    "[3; -1; 4; 1; -5], [0.2; 0.4; 0.1], [-0.3; 0.1]",
]


@deadline(12)
@read("sec-scratch")
def test_5_the_same_in_matlab(student):
    """both_ways.m makes the same trips, with three sections."""
    found = octave_numbers(student, __file__, "both_ways", CALLS)
    given = [
        ([0.0, 0, 4, 0, 0, 0], *HALF),
        ([8.0, 0, 0, 1], np.array([1.0, 2, -1]), np.array([-0.5, 0.25])),
        ([3.0, -1, 4, 1, -5], np.array([0.2, 0.4, 0.1]), np.array([-0.3, 0.1])),
    ]
    slips = [_slips(*one) for one in given]
    expect_close(
        found,
        np.concatenate([_both(*one) for one in given]),
        "The samples of three calls of both_ways.m",
        mistakes={
            f"in MATLAB, {question}": np.concatenate([one[question] for one in slips])
            for question in slips[0]
        },
    )


def _aliases(f, fs):
    """What slips make of true frequencies, by the question that names them."""
    f, rest = np.asarray(f, dtype=float), np.asarray(f, dtype=float) % fs
    return {
        "is the remainder above the Nyquist frequency not mirrored?": rest,
        "is the sampling rate subtracted only once?": np.abs(f - fs),
        "is it folded at the sampling rate instead of at half of it?": (
            np.where(f > fs, np.abs(2 * fs - f), f)
        ),
        "is the remainder that of half the sampling rate?": f % (fs / 2),
        "is it held at the Nyquist frequency instead of folded?": (
            np.minimum(f, fs / 2)
        ),
        "is the larger of the two distances taken?": np.maximum(rest, fs - rest),
        "is the remainder not taken, so that frequencies below zero come out?": (
            np.minimum(f, fs - f)
        ),
        "is only the part below the sampling rate folded?": np.minimum(
            f, np.abs(fs - f)
        ),
        "is the multiple of the sampling rate rounded down, not to the nearest?": (
            np.abs(f - fs * np.floor(f / fs))
        ),
        "are the frequencies seen cut to whole numbers?": (
            np.floor(np.minimum(rest, fs - rest))
        ),
    }


def _distinct(right, slips):
    told = {}
    for question, value in slips.items():
        if not any(np.allclose(value, other) for other in (right, *told.values())):
            told[question] = value
    return told


@read("sec-sampling")
def test_6_twelve_hertz_read_ten_times_a_second(student):
    """At 10 Hz, tones of 3, 7, 12, 18 and 26 Hz appear at 3, 3, 2, 2 and 4 Hz."""
    f, right = np.array([3, 7, 12, 18, 26]), np.array([3.0, 3, 2, 2, 4])
    found = student.alias_hz(f, 10.0)
    expect_shape(found, (5,), "alias_hz of five tones")
    expect_close(
        found,
        right,
        "The frequencies seen",
        unit="Hz",
        mistakes=_distinct(right, _aliases(f, 10.0)),
    )


@read("sec-sampling")
def test_7_the_samples_cannot_tell(student):
    """Whatever the rate, the tone that is seen has the same samples as the true one."""
    rng = inputs.draw(11)
    cases = [
        (inputs.numbers(rng, 13, 0, 400), 37.5),
        (inputs.whole(rng, 11, 0, 90), 20),
        (inputs.whole(rng, 13, 0, 70), 12.5),
        (inputs.numbers(rng, 7, 0, 2), 0.3),
        (np.array([0.0, 10.0, 20.0, 30.0, 50.0]), 20.0),
        (np.array([0.7]), 0.3),
    ]
    for f, fs in cases:
        seen = np.asarray(student.alias_hz(np.array(f), fs), dtype=float)
        expect_shape(seen, (len(f),), f"alias_hz of {len(f)} tones")
        right = np.array([min(abs(one - j * fs) for j in range(2000)) for one in f])
        expect_close(
            seen,
            right,
            f"The frequencies seen at {fs:g} Hz",
            unit="Hz",
            mistakes=_distinct(right, _aliases(f, fs)),
        )


def _starts(arrival, n_record, n_window, least, most, share, **slip):
    """Starts, or what a slip in one of its pieces makes of them."""
    first = arrival - most if slip.get("early") else max(arrival - most, 0)
    last = arrival - least
    if not slip.get("beyond"):
        last = min(last, n_record - n_window)
    count = last - first + slip.get("more", 1)
    step = (np.round if slip.get("round") else np.floor)(share * count)
    return first + step.astype(int)


def _start_slips(*given):
    share = np.asarray(given[5])
    arrival, least, most = given[0], given[3], given[4]
    kinds = {
        "may a window begin before the record does?": {"early": True},
        "may a window end after the record does?": {"beyond": True},
        "is the last start that is allowed never drawn?": {"more": 0},
        "is one start too many drawn, after the last?": {"more": 2},
        "is the step rounded to the nearest, so that the ends come half as often?": {
            "round": True
        },
    }
    told = {q: _starts(*given, **slip) for q, slip in kinds.items()}
    told |= {
        "is it the place of P in the window instead of the start?": (
            arrival - _starts(*given)
        ),
        "are the shares counted from the last start, not from the first?": (
            _starts(*given[:5], 1 - share - 1e-12)
        ),
        "are the starts no whole numbers?": _starts(*given)
        + (
            share
            * (min(arrival - least, given[1] - given[2]) - max(arrival - most, 0) + 1)
        )
        % 1,
        "are shares of single precision, where 1 - 1e-9 is 1?": (
            _starts(*given[:5], share.astype(np.float32))
        ),
        "are the shares stretched, so that the least of them is 0?": _starts(
            *given[:5], (share - share.min()) / (np.ptp(share) + 1e-12)
        ),
        "are all starts the middle of the range?": np.full(
            len(share), _starts(*given[:5], np.array([0.5]))[0]
        ),
    }
    return _distinct(_starts(*given), told)


@read("sec-labelled-set")
def test_8_five_starts_by_hand(student):
    """P at sample 300, 2 to 6 samples into the window: it starts at 294 to 298."""
    given = 300, 1000, 50, 2, 6, np.array([0.0, 0.19, 0.21, 0.5, 0.79, 0.99])
    found = student.window_starts(*given)
    expect_shape(found, (6,), "window_starts of six shares")
    expect_close(
        found,
        [294, 294, 295, 296, 297, 298],
        "The starts for shares of 0, 0.19, 0.21, 0.5, 0.79 and 0.99",
        mistakes=_start_slips(*given),
    )


@read("sec-labelled-set")
def test_9_the_record_has_ends(student):
    """Near an end of the record fewer starts are left, and all of them are drawn."""
    spread = np.append((np.arange(96) + 0.5) / 96, 1 - 1e-9)
    share = inputs.shuffled(inputs.draw(3), spread)[0]
    cases = [
        ((4, 60, 20, 1, 15), "P 4 samples after the record began"),
        ((52, 60, 20, 3, 19), "P 8 samples before the record ends"),
        ((8, 23, 20, 0, 19), "a window nearly as long as the record"),
        ((8, 20, 20, 0, 19), "a window as long as the record"),
    ]
    for given, which in cases:
        found = student.window_starts(*given, share)
        expect_shape(found, (97,), "window_starts of 97 shares")
        expect_close(
            found,
            _starts(*given, share),
            f"The starts with {which}",
            mistakes=_start_slips(*given, share),
        )
    one = 41, 211, 37, 3, 9, np.array([0.6])
    expect_close(
        student.window_starts(*one),
        [36],
        "The start of one window, with a share of 0.6",
        mistakes=_start_slips(*one),
    )


@read("sec-position")
def test_10_every_start_is_as_likely(student):
    """Shares spread evenly give every allowed start equally often, as whole numbers."""
    share = inputs.shuffled(inputs.draw(6), (np.arange(700) + 0.5) / 700)[0]
    given = 41, 211, 37, 3, 9, share
    found = np.asarray(student.window_starts(*given))
    expect_shape(found, (700,), "window_starts of 700 shares")
    expect(
        np.array_equal(found, np.round(found)),
        f"One of the starts is {found[found != np.round(found)][:1]}",
        "are the starts no whole numbers?",
    )
    expect(
        found.dtype.kind in "iu",
        f"The starts are of the type {found.dtype}, and cannot count samples",
        "are they whole numbers only by their value?",
    )
    starts, often = np.unique(found, return_counts=True)
    expect_close(
        often,
        np.full(len(often), 100),
        f"How often the starts {starts[0]} to {starts[-1]} are drawn, of 7 times 100,",
        mistakes=_often(given),
    )
    expect_close(starts, np.arange(32, 39), "The starts drawn", mistakes=_which(given))


def _often(given):
    slips = {
        question: np.unique(value, return_counts=True)[1]
        for question, value in _start_slips(*given).items()
    }
    return _distinct_shapes(np.full(7, 100), slips)


def _which(given):
    slips = {q: np.unique(value) for q, value in _start_slips(*given).items()}
    return _distinct_shapes(np.arange(32, 39), slips)


def _distinct_shapes(right, slips):
    told = {}
    for question, value in slips.items():
        known = [right, *told.values()]
        if not any(np.array_equal(value, other) for other in known):
            told[question] = value
    return told
