"""Claims about distances, moments, windows, trends and spectra."""

import numpy as np

from mlearth.checks import (
    expect,
    expect_close,
    expect_error,
    expect_shape,
    inputs,
    read,
)

RADIUS_KM = 6371.0


def _places(seed, n):
    """Draw latitudes and longitudes [degrees] away from the poles."""
    rng = inputs.draw(seed)
    return inputs.numbers(rng, n, -60, 60), inputs.numbers(rng, n, -180, 180)


def _angles(lat, lon, to_lat, to_lon):
    """Return the angle between all pairs [radians] from their chords."""

    def ball(lat, lon):
        lat, lon = np.radians(lat), np.radians(lon)
        flat = np.cos(lat)
        return np.stack([flat * np.cos(lon), flat * np.sin(lon), np.sin(lat)], axis=-1)

    chord = ball(lat, lon)[:, None] - ball(to_lat, to_lon)
    return 2 * np.arcsin(np.linalg.norm(chord, axis=-1) / 2)


@read("sec-primer-broadcasting")
def test_1_a_row_for_each_quake(student):
    """Five earthquakes and three stations have a table of 5 x 3 distances."""
    found = student.great_circle_km(*_places(1, 5), *_places(2, 3))
    expect_shape(
        found,
        (5, 3),
        "great_circle_km of 5 earthquakes and 3 stations",
        mistakes={
            "do the stations lie along the rows instead of the columns?": (3, 5),
            "is the table flattened into one long list?": (15,),
        },
    )


@read("sec-primer-broadcasting")
def test_2_a_quarter_of_the_equator(student):
    """From (0, 0) it is a quarter of the way round the Earth to (0 N, 90 E)."""
    zero = np.array([0.0])
    quarter = RADIUS_KM * np.pi / 2
    expect_close(
        student.great_circle_km(zero, zero, zero, np.array([90.0])),
        [[quarter]],
        "The distance",
        unit="km",
        mistakes={
            "are degrees taken for radians?": (
                lambda: [[2 * RADIUS_KM * np.arcsin(abs(np.sin(45)))]]
            ),
            "is the factor of 2 before the arcsine missing?": [[quarter / 2]],
            "is the angle missing its radius in km?": [[np.pi / 2]],
            "is it the chord through the Earth, without the arcsine?": [
                [RADIUS_KM * np.sqrt(2)]
            ],
            "is the square root under the arcsine missing?": [[RADIUS_KM * np.pi / 3]],
            "is the Earth's radius that of the equator, 6378 km, not 6371 km?": (
                [[6378.0 * np.pi / 2]]
            ),
            "is a degree 111.19 km, which is rounded, instead of the radius used?": (
                [[90 * 111.19]]
            ),
        },
    )


@read("sec-primer-broadcasting")
def test_3_every_pair_on_the_globe(student):
    """Each entry is the distance of its own earthquake from its own station."""
    # As many of either, so that a table on its side has the right shape; then not.
    for n, m in ((6, 6), (7, 11), (13, 1)):
        _expect_distances(student, _places(12, n), _places(25, m))
    degrees = [inputs.whole(inputs.draw(k), 11 - k, -60, 60) for k in (0, 0, 4, 4)]
    degrees[3] += 200  # longitudes may be counted to 360
    _expect_distances(student, degrees[:2], degrees[2:])


def _expect_distances(student, quakes, stations):
    """Compare a table of distances with chords, and with what slips would give."""
    lat, lon, to_lat, to_lon = (np.radians(one) for one in (*quakes, *stations))
    north = np.sin((lat[:, None] - to_lat) / 2) ** 2
    east = np.sin((lon[:, None] - to_lon) / 2) ** 2
    angle = _angles(*quakes, *stations)

    def with_the_cosines(both):
        return 2 * RADIUS_KM * np.arcsin(np.sqrt(north + both * east))

    here, there = np.cos(lat)[:, None], np.cos(to_lat)
    expect_close(
        student.great_circle_km(*quakes, *stations),
        RADIUS_KM * angle,
        f"The table of {lat.size} x {to_lat.size} distances",
        unit="km",
        mistakes={
            "do the stations lie along the rows instead of the columns?": (
                lambda: RADIUS_KM * angle.T
            ),
            "are the cosines of the latitudes missing?": lambda: with_the_cosines(1),
            "is the cosine of one latitude taken for both?": (
                lambda: with_the_cosines(here**2)
            ),
            "is the cosine of the station's latitude taken for both?": (
                lambda: with_the_cosines(there**2)
            ),
            "is the cosine of one latitude missing?": lambda: with_the_cosines(here),
            "is the cosine of the earthquake's latitude missing?": (
                lambda: with_the_cosines(there)
            ),
            "are latitude and longitude in the wrong order?": (
                lambda: RADIUS_KM * _angles(*quakes[::-1], *stations[::-1])
            ),
        },
    )


@read("sec-primer-broadcasting")
def test_4_a_metre_is_a_metre(student):
    """A station one metre north of an epicentre is one metre away, to a thousandth."""
    north = np.degrees(1e-3 / RADIUS_KM)
    lat, lon = np.array([46.0]), np.array([8.0])
    # Rounding of latitudes in radians, 1e-16, is 1e-9 of the step; the haversine's own
    # error is smaller. An arccosine near 1 is wrong by per cents.
    found = student.great_circle_km(lat, lon, lat + north, lon)
    off = abs(np.max(np.asarray(found)) - 1e-3)
    # Another radius of the Earth is off by 1 per thousand, an arccosine by far more.
    hint = "does the small angle drown in an arccosine?" if 3e-6 < off < 4e-4 else ""
    expect_close(found, [[1e-3]], "The distance", rtol=1e-3, unit="km", hint=hint)


def _quakes():
    """Return a small catalogue whose rows are not in the order of time."""
    import pandas as pd

    time = ["2011-03-11", "2004-12-26", "2011-03-09", "2007-09-12", "2004-12-31"]
    magnitude = [9.1, 9.0, 7.4, 8.5, 6.0]
    table = {"time": pd.to_datetime(time), "magnitude": magnitude}
    return pd.DataFrame(table, index=[3, 0, 4, 1, 2])


@read("sec-primer-tables")
def test_5_one_year_one_earthquake(student):
    """A single magnitude 6 in 1999 makes 10^18.05 N m in 1999."""
    import pandas as pd

    time = pd.to_datetime(["1999-12-31T23:59:59"])
    quakes = pd.DataFrame({"time": time, "magnitude": [6.0]})
    found = student.moment_per_year(quakes)
    expect(
        np.ndim(found) != 2,
        "What comes back has two dimensions instead of one",
        "is it a table with a column of moments, instead of that column?",
    )
    expect_close(
        found,
        [10**18.05],
        "The moment",
        unit="N m",
        mistakes={
            "is it in dyne cm?": [10**25.05],
            "is it the exponent, with its power of ten missing?": [18.05],
            "is it a power of e instead of 10?": [np.exp(18.05)],
            "is the factor 1.5 before the magnitude missing?": [10**15.05],
        },
    )


@read("sec-primer-tables")
def test_6_moments_add_up(student):
    """The moments of a year are added, the magnitudes are not."""
    moment = {m: 10 ** (1.5 * m + 9.05) for m in (9.1, 9.0, 7.4, 8.5, 6.0)}
    total = [moment[9.0] + moment[6.0], moment[8.5], moment[9.1] + moment[7.4]]
    found = student.moment_per_year(_quakes())
    expect(
        np.size(found) != 8,
        "There are 8 moments, one for each year from 2004 to 2011",
        "do years without an earthquake count, as `resample` does?",
    )
    expect_close(
        found,
        total,
        "The moments of 2004, 2007 and 2011",
        unit="N m",
        mistakes={
            "is it the mean of the moments of a year?": (
                lambda: np.array(total) / [2, 1, 2]
            ),
            "are magnitudes added up before the power of ten?": (
                lambda: [10 ** (1.5 * m + 9.05) for m in (15.0, 8.5, 16.5)]
            ),
            "is it the largest earthquake of a year alone?": (
                [moment[9.0], moment[8.5], moment[9.1]]
            ),
            "are moments that are numbered anew paired with the years by labels?": (
                [moment[9.1] + moment[7.4], moment[9.0], moment[8.5] + moment[6.0]]
            ),
            "are years that are numbered anew paired with the moments by labels?": (
                [moment[7.4] + moment[8.5], moment[9.1], moment[9.0] + moment[6.0]]
            ),
            "do the years stand as the rows come, instead of in order?": (
                [total[2], total[0], total[1]]
            ),
        },
    )


@read("sec-primer-tables")
def test_7_the_index_is_the_year(student):
    """The index holds the years, earliest first, and no year without an earthquake."""
    years = getattr(student.moment_per_year(_quakes()), "index", None)
    expect(
        years is not None and not callable(years),
        "What comes back has no index",
        "is it an array instead of a Series?",
    )
    kind = getattr(years, "dtype", np.asarray(years).dtype)
    expect(
        getattr(kind, "kind", "") in "iuf",
        f"The index holds {kind}, not whole numbers",
        "are its years text, dates or periods? `time.dt.year` gives numbers",
    )
    expect_close(
        np.asarray(years),
        [2004, 2007, 2011],
        "The index",
        mistakes={
            "does the index count from zero?": [0, 1, 2],
            "do the years stand as the rows come, instead of in order?": (
                [2011, 2004, 2007]
            ),
        },
        hint="is it the year of the time?",
    )


def _catalogue(seed, whole):
    """Draw a table picked out of a larger one, around the ends of many years."""
    import pandas as pd

    rng = inputs.draw(seed)
    # 1899 to 1905 and 1967 to 1976: before and after 1900, 1970 and leap years.
    years = np.r_[1899:1906, 1967:1977]
    ends = [f"{year}-12-31T23:59:59" for year in years]
    starts = [f"{year}-01-01T00:00:00" for year in years[::2]]
    time = pd.to_datetime([*ends, *starts, starts[2], "1969-07-01T12:00:00"])
    magnitude = inputs.on_a_grid(rng, 2.1, 0.1, [3, 6, 0, 2, 9, 8])
    table = {
        "depth_km": inputs.numbers(rng, 28, 0, 600),
        "magnitude": np.round(magnitude).astype(int) if whole else magnitude,
        "time": time,
    }
    if whole:
        del table["depth_km"]  # then two rows of one day can be the same
    return pd.DataFrame(table, index=np.arange(4, 88, 3)).sample(26, random_state=seed)


@read("sec-primer-tables")
def test_8_any_catalogue(student):
    """Rows picked out of a table, turns of years, equal magnitudes or whole ones."""
    for whole in (False, True):
        quakes = _catalogue(8, whole)
        total = {}
        for time, magnitude in zip(quakes["time"], quakes["magnitude"], strict=True):
            total.setdefault(time.year, []).append(10 ** (1.5 * magnitude + 9.05))
        years = sorted(total)
        kind = "whole" if whole else "decimal"
        found = student.moment_per_year(quakes)
        index = getattr(found, "index", None)
        if index is not None and not callable(index):
            what = f"The years of {len(quakes)} earthquakes with {kind} magnitudes"
            expect_close(index, years, what)
        expect_close(
            found,
            [np.sum(total[year]) for year in years],
            f"The moment per year of {len(quakes)} earthquakes with {kind} magnitudes",
            unit="N m",
            mistakes={
                "do equal moments of a year count once?": (
                    [np.sum(np.unique(total[year])) for year in years]
                )
            },
        )


@read("sec-primer-window")
def test_9_both_ends_count(student):
    """At 10 Hz, the window from 0.2 s to 0.5 s holds the four samples 2, 3, 4, 5."""
    expect_close(
        student.cut_window(np.arange(20.0), 10.0, 0.2, 0.5),
        [2, 3, 4, 5],
        "The window",
        mistakes={
            "is the sample at the end left out?": [2, 3, 4],
            "is the sample at the start left out?": [3, 4, 5],
            "is there one sample too many at the end?": [2, 3, 4, 5, 6],
            "are the indices one too high, as if counted from 1?": [3, 4, 5, 6],
        },
    )


@read("sec-primer-integers")
def test_10_rounded_not_cut_off(student):
    """At 100 Hz, 0.29 s is sample 29, though 0.29 * 100 is 28.999999999999996."""
    _expect_without_rounding(student)
    expect_close(
        student.cut_window(np.arange(101.0), 100.0, 0.28, 0.29),
        [28, 29],
        "The window from 0.28 s to 0.29 s",
        mistakes={
            "is 28.999999999999996 cut off to 28?": [28],
            "does the first sample fall victim to rounding?": [29],
            "are the indices one too high, as if counted from 1?": [29, 30],
        },
    )
    rate, trace = 100.0, np.arange(6001.0)
    # 0.07 * 100 and 0.28 * 100 are a little above 7 and 28.
    for k in (5, 7, 26, 28, 55, 57, 58, 115, 1001, 4110):
        _expect_window(student, trace, rate, k / rate, (k + 2) / rate)


def _expect_without_rounding(student):
    """Ask for a window where nothing is rounded, so that rounding is not blamed."""
    expect_close(
        student.cut_window(np.arange(101.0), 64.0, 0.25, 0.375),
        np.arange(16.0, 25.0),
        "The window from 0.25 s to 0.375 s of 101 samples at 64 Hz",
    )


def _expect_window(student, trace, rate_hz, start_s, end_s):
    """Compare a window with the samples next to its two times."""
    first, last = (int(np.rint(time * rate_hz)) for time in (start_s, end_s))
    lost = {
        "does the last sample fall victim to rounding?": trace[first:last],
        "does the first sample fall victim to rounding?": trace[first + 1 : last + 1],
    }
    expect_close(
        student.cut_window(trace, rate_hz, start_s, end_s),
        trace[first : last + 1],
        f"The window from {start_s!r} s to {end_s!r} s of {trace.size} samples at "
        f"{rate_hz:g} Hz",
        mistakes={
            "is the fraction of its first index dropped?": (
                trace[first - 1 : last + 1]
            ),
            "are the fractions of both indices dropped?": trace[first - 1 : last],
            "is an index that rounding made too large raised to the next?": (
                trace[first : last + 2]
            ),
            **(lost if first < last else {}),  # of a single one it is not seen which
        },
    )


@read("sec-primer-window")
def test_11_any_rate_and_any_way_to_a_time(student):
    """However a time was worked out, the sample nearest to it is meant."""
    _expect_without_rounding(student)
    rng = inputs.draw(11)
    for rate in (100.0, 40.0, 62.5, 3.0, 0.1):
        step = 1 / rate
        trace = inputs.numbers(rng, inputs.prime(400), -900, 900)
        for length in (1, 2, 7, 90):
            first = int(rng.integers(2, trace.size - length))
            last = first + length - 1
            # Divided, multiplied, added up: the three differ in their last digits.
            _expect_window(student, trace, rate, first / rate, last / rate)
            _expect_window(student, trace, rate, first * step, last * step)
            added = np.cumsum(np.full(trace.size, step)) - step
            start_s, end_s = float(added[first]), float(added[last])
            _expect_window(student, trace, rate, start_s, end_s)
    counts = inputs.whole(rng, 53, -(2**22), 2**22).astype("int32")
    _expect_window(student, counts, 20.0, 0.15, 1.35)
    # Late in a long trace, what is relatively close is several samples away.
    long = inputs.whole(rng, inputs.prime(300_000), -900, 900).astype("int32")
    _expect_window(student, long, 100.0, 2900.17, 2900.57)
    _expect_window(student, long, 100.0, 2900.0, 2900.37)  # 36.99999999999 apart


@read("sec-primer-copies")
def test_12_a_copy_of_its_own(student):
    """Changing the window leaves the trace as it was."""
    for trace in (np.arange(10.0), np.arange(10)):
        for end_s in (4.0, 9.0):
            window = student.cut_window(trace, 1.0, 0.0, end_s)
            try:
                window[0] = -1.0
            except (TypeError, ValueError):
                continue  # what cannot be changed cannot change the trace
            expect(
                trace[0] == 0.0,
                "A sample of the window was changed, and the trace changed with it",
                "is the window a view of the trace?",
            )


@read("sec-primer-window")
def test_13_no_window_outside_the_trace(student):
    """A window that leaves the trace is refused, and the message names the culprit."""
    trace = np.arange(11.0)
    expect_error(
        lambda: student.cut_window(trace, 10.0, -0.3, 0.5),
        "A window that begins 0.3 s before the trace",
        says="start_s",
        hint="a negative index counts from the end of an array: do you look for it?",
    )
    expect_error(
        lambda: student.cut_window(trace, 10.0, 0.5, 1.1),
        "A window that ends one sample after the trace",
        says="end_s",
        hint="a slice beyond the end is cut short in silence: do you look for it?",
    )
    expect_error(
        lambda: student.cut_window(trace, 10.0, -0.1, 0.5),
        "A window that begins one sample before the trace, at -0.1 s,",
        says="start_s",
        hint="is sample -1 taken for sample 0, as `int(-1 + 0.5)` takes it?",
    )
    for start_s, end_s in ((-2.0, 0.0), (-1.1, 1.0)):
        expect_error(
            lambda a=start_s, b=end_s: student.cut_window(trace, 10.0, a, b),
            f"A window from {start_s} s to {end_s} s",
            says="start_s",
        )
    for start_s, end_s in ((0.0, 3.0), (1.0, 1.2)):
        expect_error(
            lambda a=start_s, b=end_s: student.cut_window(trace, 10.0, a, b),
            f"A window from {start_s} s to {end_s} s, of a trace that ends at 1 s,",
            says="end_s",
        )


@read("sec-primer-integers")
def test_14_rounding_is_no_reason_to_refuse(student):
    """The whole trace is a window, also when its ends have been rounded."""
    why = "is the last sample taken for one beyond the end?"
    _expect_accepted(student, 11, 0.0, 1.0, why)
    why = "is it rounded to a sample before it is judged?"
    # 0.1 + 0.2 is 0.30000000000000004; 0.3 - 0.2 - 0.1 is -2.8e-17, in place of 0.
    _expect_accepted(student, 4, 0.0, 0.1 + 0.2, why)
    _expect_accepted(student, 7, 0.3 - 0.2 - 0.1, 0.6, why)


def _expect_accepted(student, n, start_s, end_s, why):
    """Cut the whole trace at 10 Hz, and say why if that is refused."""
    trace = inputs.numbers(inputs.draw(14), n, -9, 9)
    what = f"The window from {start_s!r} s to {end_s!r} s of {n} samples at 10 Hz"
    try:
        window = student.cut_window(trace, 10.0, start_s, end_s)
    except ValueError:
        window = None
    expect(window is not None, f"{what} is refused", why)
    expect_close(window, trace, what)


def _left_of(samples, line):
    """Return a trace without a line that is fitted as told."""
    samples = np.asarray(samples, dtype=float)
    k = np.arange(samples.size)
    centred, apart = k - k.mean(), samples - samples.mean()
    if line == "best":
        return apart - centred * (centred @ samples) / (centred @ centred)
    if line == "mean":
        return apart
    if line == "slope":
        return _left_of(samples, "best") + samples.mean()
    if line == "no level":
        return samples - k * (k @ samples) / (k @ k)
    if line == "no level, after the mean":
        return apart - k * (k @ apart) / (k @ k)
    return samples - np.linspace(samples[0], samples[-1], samples.size)


TREND = {
    "is only the mean removed?": "mean",
    "is the slope removed, and the mean left?": "slope",
    "does the line lack its level, the column of ones?": "no level",
    "is the mean removed first, and then a line without a level of its own?": (
        "no level, after the mean"
    ),
    "is it the line from the first sample to the last?": "ends",
}


@read("sec-primer-trend")
def test_15_nothing_is_left_of_a_line(student):
    """A trace of integers that is a straight line becomes zero everywhere."""
    line = np.arange(5, 305, 3, dtype="int32")
    found = student.remove_trend(line)
    hint = {"are these differences of neighbours, instead of the trace?": (99,)}
    expect_shape(found, (100,), "What is left of 100 samples", mistakes=hint)
    # A least-squares fit of numbers up to 300 is exact to about 1e-12.
    expect_close(
        found,
        np.zeros(100),
        "What is left of a line",
        atol=1e-6,
        mistakes={q: _left_of(line, one) for q, one in TREND.items() if one != "ends"},
    )
    expect_close(student.remove_trend(np.array([8.5, -3.0])), [0, 0], "What is left")


@read("sec-primer-trend")
def test_16_a_parabola_by_hand(student):
    """The squares 0, 1, 4, 9, 16 have the line 4 k - 2 and leave 2, -1, -2, -1, 2."""
    squares = np.array([0, 1, 4, 9, 16], dtype="int32")
    expect_close(
        student.remove_trend(squares),
        [2, -1, -2, -1, 2],
        "What is left",
        mistakes={
            **{question: _left_of(squares, line) for question, line in TREND.items()},
            "is it the line itself, not what is left?": [-2, 2, 6, 10, 14],
            "is a curve fitted instead of a line?": np.zeros(5),
            "is what is left divided by its standard deviation?": (
                np.array([2, -1, -2, -1, 2]) / np.sqrt(2.8)
            ),
        },
    )


@read("sec-primer-trend")
def test_17_fractions_survive(student):
    """What is left has its fractions, whether the trace was of integers or floats."""
    rng = inputs.draw(17)
    whole = inputs.whole(rng, 61, -30000, 30000)
    traces = [whole.astype(kind) for kind in ("int32", "int64", "float64")]
    traces.append(inputs.numbers(rng, 311, 4000, 9000))
    for trace in traces:
        what = f"What is left of {trace.size} samples of type {trace.dtype}"
        found = student.remove_trend(trace)
        expect_shape(found, trace.shape, what)
        expect(
            not np.all(np.asarray(found) == np.round(found)),
            f"{what} has no fractions",
            "is it rounded, or written into an array of integers?",
        )
        # The samples have five digits, and so have sums of a hundred of them beside.
        expect_close(
            found,
            _left_of(trace, "best"),
            what,
            rtol=1e-6,
            atol=1e-6,
            mistakes={q: _left_of(trace, line) for q, line in TREND.items()},
        )


def _spectrum(student, samples, rate_hz):
    """Return the student's frequencies and amplitudes as two arrays."""
    found = student.amplitude_spectrum(samples, rate_hz)
    is_pair = isinstance(found, (tuple, list, np.ndarray)) and len(found) == 2
    expect(is_pair, "What comes back is no pair", "frequencies, then amplitudes?")
    return found


def _integral(samples, rate_hz):
    """Return the Fourier sums from frequency 0 upwards, term by term."""
    n = len(samples)
    turns = np.outer(np.arange(n // 2 + 1), np.arange(n)) / n
    return np.exp(-2j * np.pi * turns) @ samples / rate_hz


@read("sec-primer-spectrum")
def test_18_the_frequencies(student):
    """Eight samples at 100 Hz have the frequencies 0, 12.5, 25, 37.5 and 50 Hz."""
    cases = {
        (8, 100.0): [0, 12.5, 25, 37.5, 50],
        (5, 100.0): [0, 20, 40],
        (7, 24.5): [0, 3.5, 7, 10.5],
    }
    for (n, rate), right in cases.items():
        samples = inputs.whole(inputs.draw(18), n, -50, 90)
        frequency, _ = _spectrum(student, samples, rate)
        m = len(right)
        expect_close(
            frequency,
            right,
            f"The frequencies of {n} samples at {rate:g} Hz",
            unit="Hz",
            mistakes={
                f"does the axis run to {rate / 2:g} Hz, where an odd number of samples "
                "never arrives?": np.linspace(0, rate / 2, m),
                "is the rate given to `rfftfreq`, which wants the interval?": (
                    np.arange(m) / (rate * n)
                ),
                "are these cycles per sample, without the rate?": np.arange(m) / n,
                "are these angular frequencies, in radians per second?": (
                    2 * np.pi * np.array(right)
                ),
                "is the highest frequency counted as a negative one?": (
                    np.fft.fftfreq(n, 1 / rate)[:m]
                ),
                "do the amplitudes come first?": abs(_integral(samples, rate)),
                "are negative frequencies kept?": np.fft.fftfreq(n, 1 / rate),
            },
        )


@read("sec-primer-spectrum")
def test_19_one_sample_by_hand(student):
    """One sample of 300 counts at 100 Hz has 3 counts/Hz at every frequency."""
    spike = np.zeros(16)
    spike[5] = 300.0
    _, amplitude = _spectrum(student, spike, 100.0)
    if np.iscomplexobj(np.asarray(amplitude)):
        expect(False, "The amplitudes are complex", "is the modulus missing?")
    expect_close(
        amplitude,
        np.full(9, 3.0),
        "The amplitude",
        unit="counts/Hz",
        mistakes={
            "is the sampling interval missing?": np.full(9, 300.0),
            "is it divided by the number of samples?": np.full(9, 300 / 16),
            "is it 2/n times the modulus, the amplitude of a steady sine?": (
                np.full(9, 600 / 16)
            ),
            "is it the power, with its square root missing?": np.full(9, 9.0),
            "is it multiplied by the rate instead of the interval?": np.full(9, 3e4),
            "is the negative half kept?": np.full(16, 3.0),
            "is it in decibels?": np.full(9, 20 * np.log10(3)),
            "is it doubled for the negative half?": np.full(9, 6.0),
            "is it doubled between the first and the last frequency?": (
                [3.0, *[6.0] * 7, 3.0]
            ),
            "is the mean removed before?": [0.0, *[3.0] * 8],
            "is a taper applied?": np.full(9, 3 * np.hanning(16)[5]),
            "is it the real part alone, instead of the modulus?": (
                3 * abs(np.cos(2 * np.pi * 5 * np.arange(9) / 16))
            ),
        },
    )


@read("sec-primer-spectrum")
def test_20_rate_and_zeros_do_not_matter(student):
    """A smooth pulse has one spectrum, at 100 Hz or 200 Hz, with zeros or without."""
    for rate, n in ((100.0, 401), (200.0, 802), (100.0, 883)):
        time = np.arange(n) / rate - 1.5
        pulse = 50 * np.exp(-((time / 0.1) ** 2))
        _, amplitude = _spectrum(student, pulse, rate)
        expect_shape(amplitude, (n // 2 + 1,), f"The amplitude of {n} samples")
        at = np.array([0, 3, 8, 20])
        f = at * rate / n
        # The integral of the pulse, 50 * 0.1 * sqrt(pi) * exp(-(pi f 0.1)^2); sums of
        # a smooth pulse that has died out agree with the integral to rounding.
        right = 5 * np.sqrt(np.pi) * np.exp(-((np.pi * f * 0.1) ** 2))
        hz = ", ".join(f"{one:.3g}" for one in f)
        expect_close(
            np.asarray(amplitude)[at],
            right,
            f"The amplitude at {hz} Hz, with {n} samples at {rate:g} Hz,",
            unit="counts/Hz",
            mistakes={
                "is the mean removed before?": np.r_[0.0, right[1:]],
                "is it doubled for the negative half?": 2 * right,
                "is the sampling interval missing?": rate * right,
            },
        )


@read("sec-primer-spectrum")
def test_21_any_trace(student):
    """Of integers or floats, odd or even in number: the Fourier sum, term by term."""
    rng = inputs.draw(21)
    for n, rate in ((7, 62.5), (2, 3.0), (12, 40.0), (31, 0.1), (101, 250.0)):
        for kind, samples in inputs.both_kinds(inputs.whole(rng, n, -400, 900)):
            frequency, amplitude = _spectrum(student, samples, rate)
            what = f"of {n} {kind} at {rate:g} Hz"
            right = np.arange(n // 2 + 1) * rate / n
            expect_close(frequency, right, f"The frequencies {what}", unit="Hz")
            right = _integral(samples, rate)
            expect_close(
                amplitude,
                abs(right),
                f"The amplitude {what}",
                unit="counts/Hz",
                mistakes={
                    "is the mean removed before?": np.r_[0.0, abs(right[1:])],
                    "is it the real part alone, instead of the modulus?": (
                        abs(right.real)
                    ),
                },
            )
