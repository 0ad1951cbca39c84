"""Claims about a weak roll, about the flow of a temperature, and about its heat."""

import numpy as np

from mlearth.checks import expect, expect_close, expect_shape, inputs, read

# A handful of products and one difference, done in single precision: 1e-6 of the
# larger part, which is up to 1e3.
_SINGLE = 1e-5

PI2 = np.pi**2


def _rate(rayleigh, k2, n2=PI2):
    """Return the growth rate from the squares of both wavenumbers."""
    return rayleigh * k2 / (k2 + n2) ** 2 - (k2 + n2)


def _grid(n_z, n_x, width):
    """Return the midpoints, z as a column."""
    z = (np.arange(n_z) + 0.5)[:, None] / n_z
    return z, (np.arange(n_x) + 0.5) * width / n_x


@read("sec-convection-onset")
def test_1_a_square_roll_by_hand(student):
    """At the Rayleigh number 12 pi^4 one square roll grows at the rate pi^2."""
    rayleigh = 12 * np.pi**4
    found = student.growth_rate(rayleigh, 1, 1)
    expect_shape(found, (), "growth_rate")
    expect_close(
        found,
        PI2,
        "The growth rate of a square roll",
        rtol=_SINGLE,
        mistakes={
            "is the sign turned round?": -PI2,
            "is conduction left out, or a pair of brackets around its sum?": 3 * PI2,
            "does conduction along the height alone act?": 2 * PI2,
            "is the sum of the squares not squared?": rayleigh / 2 - 2 * PI2,
            "is k not squared?": 3 * np.pi - 2 * PI2,
            "are the wavenumbers without their pi?": rayleigh / 4 - 2,
        },
    )


@read("sec-convection-onset")
def test_2_any_box_and_number_of_rolls(student):
    """The rate for generated boxes, wide and narrow, with one to six rolls."""
    rng = inputs.draw(2)
    for width, n_rolls in ((1.7, 1), (0.6, 2), (4.3, 6), (2, 3)):
        rayleigh = rng.uniform(300, 9000)
        k2 = (n_rolls * np.pi / width) ** 2
        both = k2 + PI2
        expect_close(
            student.growth_rate(rayleigh, width, n_rolls),
            _rate(rayleigh, k2),
            f"The growth rate of {n_rolls} roll{'s' * (n_rolls > 1)} in a box of the "
            f"width {width}",
            rtol=_SINGLE,
            atol=_SINGLE * both,
            mistakes={
                "is it one roll, whatever their number is?": _rate(
                    rayleigh, (np.pi / width) ** 2
                ),
                "does the width multiply, where it should divide?": _rate(
                    rayleigh, (n_rolls * np.pi * width) ** 2
                ),
                "is each roll a whole wavelength? It is half of one.": _rate(
                    rayleigh, 4 * k2
                ),
                "do the rolls lie one above the other?": _rate(
                    rayleigh, (np.pi / width) ** 2, n_rolls**2 * PI2
                ),
                "is the width left out?": _rate(rayleigh, (n_rolls * np.pi) ** 2),
                "is k not squared?": rayleigh * np.sqrt(k2) / both**2 - both,
                "is the sum of the squares not squared?": rayleigh * k2 / both - both,
                "is conduction left out?": rayleigh * k2 / both**2,
                "are brackets missing around what conduction takes off?": rayleigh
                * k2
                / both**2
                - k2
                + PI2,
                "is the sign turned round?": -_rate(rayleigh, k2),
                "does conduction along the height alone act?": rayleigh * k2 / both**2
                - PI2,
            },
        )


@read("sec-convection-onset")
def test_3_it_begins_at_779_and_at_657(student):
    """The rate is 0 at 8 pi^4 in a square and at 27/4 pi^4 at the width sqrt(2), and a
    per cent more or less of the Rayleigh number turns its sign."""
    for width, critical in ((1.0, 8 * np.pi**4), (np.sqrt(2), 27 / 4 * np.pi**4)):
        below, above = (
            student.growth_rate(share * critical, width, 1) for share in (0.99, 1.01)
        )
        expect(
            below < 0 < above,
            f"At the width {width:.3g} the rate is {below:.3g} one per cent below the "
            f"Rayleigh number {critical:.1f} and {above:.3g} one per cent above",
            "does buoyancy gain what conduction loses, at that number?",
        )


def _one_wave(n_z, n_x, width, n, k):
    """Return a temperature wave about rest and sin sin of the same numbers."""
    z, x = _grid(n_z, n_x, width)
    sine = np.sin(n * np.pi * z)
    wave = sine * np.cos(k * np.pi * x / width)
    return wave, sine * np.sin(k * np.pi * x / width)


@read("sec-convection-waves")
def test_4_one_wave_by_hand(student):
    """In a square with the Rayleigh number 4 pi^3 the wave cos(pi x) sin(pi z) drives
    minus sin(pi x) sin(pi z): hot fluid rises at the left."""
    wave, sines = _one_wave(5, 7, 1, 1, 1)
    found = student.streamfunction(wave, 4 * np.pi**3, 1)
    expect_shape(found, (5, 7), "streamfunction on 5 rows and 7 columns")
    expect_close(
        found,
        -sines,
        "The array of the stream function",
        atol=_SINGLE,
        mistakes={
            "does hot fluid sink? Look at the sign.": sines,
            "is the stream function left as cosines across?": -wave,
            "is the sum of the squares not squared?": -2 * PI2 * sines,
            "is the slope of the temperature left out, the factor k?": -sines / np.pi,
            "is the amplitude half as large as it should be?": -sines / 2,
            "is the amplitude not divided by the number of points?": -sines * 35 / 4,
            "is the amplitude a quarter, a mean without its factor 4?": -sines / 4,
        },
    )


@read("sec-convection-waves")
def test_5_any_sum_of_waves(student):
    """Three generated waves in a wide box and in a narrow one, on top of the
    temperature at rest: each drives its own flow."""
    rng = inputs.draw(5)
    for (n_z, n_x), width in (((7, 11), 2.3), ((13, 5), 0.7)):
        z, _ = _grid(n_z, n_x, width)
        rayleigh = rng.uniform(500, 5000)
        names = ("right", "squares", "unscaled", "along z", "biharmonic")
        sums = {name: np.zeros((n_z, n_x)) for name in names}
        temperature = np.repeat(1 - z, n_x, axis=1)
        for n, k in ((1, 2), (3, 1), (2, 4)):
            size = rng.uniform(0.5, 2)
            wave, sines = _one_wave(n_z, n_x, width, n, k)
            temperature = temperature + size * wave
            across, upwards = k * np.pi / width, n * np.pi
            both = across**2 + upwards**2
            part = -rayleigh * size * sines
            sums["right"] += part * across / both**2
            sums["squares"] += part * across / both
            sums["unscaled"] += part * k * np.pi / ((k * np.pi) ** 2 + upwards**2) ** 2
            sums["along z"] += part * upwards / both**2
            sums["biharmonic"] += part * across / (across**4 + upwards**4)
        right = sums["right"]
        expect_close(
            student.streamfunction(temperature, rayleigh, width),
            right,
            f"The array on {n_z} rows and {n_x} columns",
            rtol=_SINGLE,
            atol=_SINGLE * np.abs(right).max(),
            mistakes={
                "does hot fluid sink? Look at the sign.": -right,
                "do the waves ignore how wide the box is?": sums["unscaled"],
                "is the sum of the squares not squared?": sums["squares"],
                "is it the slope along z that drives?": sums["along z"],
                "is it a sum of the fourth powers?": sums["biharmonic"],
                "is the amplitude half as large as it should be?": right / 2,
                "is it turned upside down?": right[::-1],
            },
        )


@read("sec-convection-waves")
def test_6_what_does_not_change_across_drives_nothing(student):
    """Layers of any temperature, as whole numbers too, lie still; and the flow of
    twice the temperature is twice the flow."""
    rng = inputs.draw(6)
    for kind, levels in inputs.both_kinds(inputs.whole(rng, 7, 0, 9)):
        layers = np.repeat(levels[:, None], 11, axis=1)
        expect_close(
            student.streamfunction(layers, 1000.0, 1.5),
            np.zeros((7, 11)),
            f"The array for layers of {kind}",
            atol=_SINGLE,
            hint="does the wave of the number 0 across drive a flow?",
        )
    some = inputs.whole(rng, 77, 0, 9).reshape(7, 11)
    expect_close(
        student.streamfunction(2 * some, 1000.0, 1.5),
        2 * np.asarray(student.streamfunction(some, 1000.0, 1.5)),
        "The array for twice the temperature",
        rtol=_SINGLE,
        atol=_SINGLE,
        hint="is the temperature scaled first, or is something added to it?",
    )


def _parabola(n_z, n_x, curve, rng):
    """Return 1 - z + curve z (1 - z), with a tilt across whose mean is 0."""
    z, _ = _grid(n_z, n_x, 1)
    tilt = inputs.numbers(rng, n_x, -1, 1)
    return 1 - z + curve * z * (1 - z) + z * (1 - z) * (tilt - tilt.mean())


@read("sec-convection-flux")
def test_7_rest_carries_one(student):
    """At rest, T = 1 - z, both fluxes are 1, on three rows as on eleven."""
    for n_z in (3, 11):
        z, _ = _grid(n_z, 3, 1)
        found = student.heat_flux(np.repeat(1 - z, 3, axis=1))
        expect_shape(found, (2,), "heat_flux")
        expect_close(
            found,
            np.ones(2),
            f"The pair of fluxes at rest on {n_z} rows",
            rtol=_SINGLE,
            mistakes={
                "are slopes taken for fluxes, which go against them?": -np.ones(2),
                "does the flux at the bottom go down?": np.array([-1, 1]),
                "does the flux at the top go down?": np.array([1, -1]),
                "is the distance to the wall a whole cell? It is half of one.": np.full(
                    2, 0.5
                ),
                "is the height of a cell left out?": np.full(2, 1 / n_z),
                "does the height of a cell multiply, where it should divide?": np.full(
                    2, n_z**-2
                ),
                "is the height of a cell that of one row less?": np.full(
                    2, 1 - 1 / n_z
                ),
                "is the height of a cell counted by columns?": np.full(2, 3 / n_z),
                "is the first row taken for the top?": np.full(2, (8 * n_z - 3) / 3),
                "is it a mean down the columns, not across?": np.full(2, 4 * n_z / 3),
            },
        )


@read("sec-convection-flux")
def test_8_a_parabola_is_exact(student):
    """Heated inside, T = 1 - z + c z (1 - z) has the fluxes 1 - c and 1 + c, exactly,
    also where it is tilted across."""
    rng = inputs.draw(8)
    for n_z, n_x, curve in ((7, 5, 0.75), (11, 2, -2.5), (3, 7, 1.5)):
        field = _parabola(n_z, n_x, curve, rng)
        level, height = field.mean(axis=1), 1 / n_z
        simple = np.array([1 - level[0], level[-1]]) * 2 * n_z
        inner = np.array([level[0] - level[1], level[-2] - level[-1]]) / height
        right = np.array([1 - curve, 1 + curve])
        expect_close(
            student.heat_flux(field),
            right,
            f"The pair of fluxes on {n_z} rows",
            rtol=_SINGLE,
            atol=_SINGLE,
            mistakes={
                "are top and bottom exchanged?": right[::-1],
                "is it the straight line from the wall to the first midpoint?": simple,
                "is it the slope between two midpoints, without the wall?": inner,
                "are slopes taken for fluxes, which go against them?": -right,
                "is the top flux taken for both?": right[[1, 1]],
                "is the bottom flux taken for both?": right[[0, 0]],
            },
        )


@read("sec-convection-flux")
def test_9_a_mean_over_the_wall(student):
    """Columns in another order, or all of them twice, carry the same mean."""
    rng = inputs.draw(9)
    field = inputs.whole(rng, 77, 0, 9).reshape(7, 11)
    usual = np.asarray(student.heat_flux(field))
    level = field.mean(axis=1)
    right = np.array([8 - 9 * level[0] + level[1], 9 * level[-1] - level[-2]]) * 7 / 3
    one = np.array([8 - 9 * field[0] + field[1], 9 * field[-1] - field[-2]]) * 7 / 3
    row = np.median(field, axis=1)
    middle = np.array([8 - 9 * row[0] + row[1], 9 * row[-1] - row[-2]]) * 7 / 3
    expect_close(
        usual,
        right,
        "The pair of fluxes of a field of whole numbers",
        rtol=_SINGLE,
        mistakes={
            "is it the first column alone?": one[:, 0],
            "is it a sum over the wall, where a mean is asked?": one.sum(axis=1),
            "is it the median of each row, where a mean is asked?": middle,
        },
    )
    order = rng.permutation(11)
    for what, other in (
        ("in another order", field[:, order]),
        ("given twice", np.hstack([field, field])),
    ):
        expect_close(
            student.heat_flux(other),
            usual,
            f"The pair of fluxes of columns {what}",
            rtol=_SINGLE,
            hint="is it a mean over the wall?",
        )
