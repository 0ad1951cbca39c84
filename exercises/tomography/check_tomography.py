"""Claims about the lengths of a ray in its cells, and about what times leave open."""

import numpy as np

from mlearth.checks import expect, expect_close, expect_shape, inputs, read

# Lengths are sums of a few dozen pieces: exact to rounding in double precision, and to
# 1e-6 of a ray in single precision.
_SINGLE = 2e-5

# Slownesses of 0.2 s/km from a solution of up to eleven equations whose condition is
# below 1e4: right to 1e-10, and to 1e-4 of a change of 0.02 in single precision.
_SOLVED = 1e-6


def _by_points(start, end, n_rows, n_columns, cell_km, n=200_001):
    """Return lengths by counting the cells of many points: right to a few of them."""
    start, end = np.asarray(start, float), np.asarray(end, float)
    share = (np.arange(n) + 0.5) / n
    x, z = start[:, None] + share * (end - start)[:, None]
    lengths = np.zeros((n_rows, n_columns))
    row = np.minimum(z // cell_km, n_rows - 1).astype(int)
    column = np.minimum(x // cell_km, n_columns - 1).astype(int)
    np.add.at(lengths, (row, column), np.hypot(*(end - start)) / n)
    return lengths


def _rays(seed, n, n_rows, n_columns, cell_km):
    """Draw both ends of rays anywhere within a section."""
    rng = inputs.draw(seed)
    x = inputs.numbers(rng, 2 * n, 0, n_columns * cell_km).reshape(n, 2)
    z = inputs.numbers(rng, 2 * n, 0, n_rows * cell_km).reshape(n, 2)
    return np.stack([x, z], axis=2)


@read("sec-tomo-rays")
def test_1_a_ray_along_a_row(student):
    """A level ray in the second of two rows: 5, 10 and 3 km in its cells, else 0."""
    found = student.ray_lengths(np.array([5, 14]), np.array([23, 14]), 2, 3, 10)
    expect_shape(found, (2, 3), "ray_lengths of a section of 2 by 3 cells")
    right = np.array([[0, 0, 0], [5, 10, 3]])
    expect_close(
        found,
        right,
        "The table of lengths",
        unit="km",
        atol=_SINGLE,
        mistakes={
            "are rows counted upwards?": right[::-1],
            "are lengths in cells, and not in kilometres?": right / 10,
            "does each cell that is met count as a whole one?": 10 * (right > 0),
            "is it the share of the way in each cell?": right / 18,
            "does it count nothing before its first border?": np.array(
                [[0, 0, 0], [0, 10, 3]]
            ),
        },
    )


@read("sec-tomo-rays")
def test_2_a_ray_straight_down(student):
    """Down a column of three: 2, 4 and 1 km, whichever end is first."""
    right = np.zeros((3, 2))
    right[:, 1] = 2, 4, 1
    for start, end in (((5, 2), (5, 9)), ((5, 9), (5, 2))):
        expect_close(
            student.ray_lengths(start, end, 3, 2, 4),
            right,
            f"The table of lengths from {start} to {end}",
            unit="km",
            atol=_SINGLE,
            mistakes={
                "is a ray forgotten that has no way along one axis?": np.zeros((3, 2)),
                "are rows counted upwards?": right[::-1],
                "are lengths negative where a ray runs upwards?": -right,
            },
        )


@read("sec-tomo-rays")
def test_3_a_slanting_ray(student):
    """From (1, 1) to (7, 9) km through cells of 4 km: 3.75, 1.25, 3.75 and 1.25 km."""
    right = np.array([[3.75, 0], [1.25, 3.75], [0, 1.25]])
    found = student.ray_lengths([1.0, 1.0], [7.0, 9.0], 3, 2, 4.0)
    expect_close(
        found,
        right,
        "The table of lengths",
        unit="km",
        atol=_SINGLE,
        mistakes={
            "have distance and depth changed places?": np.array(
                [[3.75, 1.25], [0, 5], [0, 0]]
            ),
            "is it the way to the right alone?": 0.6 * right,
            "is it the way down alone?": 0.8 * right,
            "do you add both ways, instead of taking the root of their squares?": 1.4
            * right,
            "is the ray cut at the borders of columns alone?": np.array(
                [[5, 0], [0, 5], [0, 0]]
            ),
            "is the ray cut at the borders of rows alone?": np.array(
                [[3.75, 0], [0, 5], [0, 1.25]]
            ),
            "does each cell that is met get an equal part?": np.where(
                right > 0, 2.5, 0
            ),
        },
    )


@read("sec-tomo-cut")
def test_4_pieces_add_up(student):
    """Eleven rays anywhere, both ways: no piece is negative, all together the ray."""
    for start, end in _rays(4, 11, 7, 5, 1.3):
        found = np.asarray(student.ray_lengths(start, end, 7, 5, 1.3))
        expect_shape(found, (7, 5), "ray_lengths of a section of 7 by 5 cells")
        expect(
            bool(np.all(found >= -_SINGLE)),
            "A length is negative",
            "does the order of the ends matter?",
        )
        back = student.ray_lengths(end, start, 7, 5, 1.3)
        expect_close(
            back,
            found,
            "The table of lengths, with the ends swapped",
            unit="km",
            atol=_SINGLE,
            hint="does the order of the ends matter?",
        )
        expect_close(
            found.sum(),
            np.hypot(*(end - start)),
            "The sum of all lengths",
            unit="km",
            atol=_SINGLE,
            mistakes={
                "is it the way to the right alone?": abs(end[0] - start[0]),
                "is it the way down alone?": abs(end[1] - start[1]),
                "do you add both ways, instead of the root of squares?": np.abs(
                    end - start
                ).sum(),
                "are lengths in cells, and not in kilometres?": np.hypot(*(end - start))
                / 1.3,
            },
        )


@read("sec-tomo-cut")
def test_5_each_piece_is_in_its_cell(student):
    """For seven generated rays, what 200,001 points along each ray count."""
    for n_rows, n_columns, cell_km in ((5, 11, 0.7), (7, 3, 2.3)):
        for start, end in _rays(5, 7, n_rows, n_columns, cell_km):
            right = _by_points(start, end, n_rows, n_columns, cell_km)
            way = np.hypot(*(end - start))
            expect_close(
                student.ray_lengths(start, end, n_rows, n_columns, cell_km),
                right,
                f"The table of lengths for {n_rows} by {n_columns} cells",
                unit="km",
                atol=40 * way / 200_001,  # a point at each of up to 18 borders
                mistakes={
                    "are rows counted upwards?": right[::-1],
                    "is it the way to the right alone?": right
                    * abs(end[0] - start[0])
                    / way,
                    "is it the way down alone?": right * abs(end[1] - start[1]) / way,
                    "are lengths in cells, and not in kilometres?": right / cell_km,
                },
            )


@read("sec-tomo-cut")
def test_6_ends_on_the_outer_border(student):
    """From edge to edge of the section, and through corners of cells, all counts."""
    for start, end, n in (
        ((0, 5), (9, 5), 4),
        ((0, 0), (12, 12), 4),
        ((12, 1.5), (4.5, 12), 4),
        ((2.25, 1.5), (3.75, 6.75), 4),
        ((1.5, 2.25), (8, 3.75), 4),
    ):
        found = np.asarray(student.ray_lengths(start, end, n, n, 3))
        expect_shape(found, (n, n), f"ray_lengths of {n} by {n} cells")
        right, total = _by_points(start, end, n, n, 3), max(found.sum(), 1e-9)
        lost = total < right.sum() - 1e-3
        scaled = np.allclose(found / total, right / right.sum(), atol=1e-3)
        border = "does a ray lose a piece at the outer border, or at a corner?"
        expect_close(
            found,
            right,
            f"The table of lengths from {start} to {end}",
            unit="km",
            atol=1e-3,  # a point at each border is 1e-4 km
            hint=border if lost and not scaled else "",
        )


def _case(seed, n_rays, n_cells):
    """Draw rays, times and ground that hangs together."""
    rng = inputs.draw(seed)
    G = inputs.numbers(rng, n_rays * n_cells, 0, 5).reshape(n_rays, n_cells)
    G[rng.uniform(size=G.shape) < 0.4] = 0
    place = np.sort(inputs.numbers(rng, n_cells, 0, 4))
    covariance = 4e-4 * np.exp(-np.abs(place[:, None] - place))
    prior = inputs.numbers(rng, n_cells, 0.18, 0.22)
    time = G @ (prior + inputs.numbers(rng, n_cells, -0.03, 0.03))
    return G, time, prior, covariance


def _answers(G, time, sigma, prior, covariance):
    """Return mean and standard deviation by precisions; covariances have inverses."""
    inverse = np.linalg.inv(covariance)
    after = np.linalg.inv(G.T @ G / sigma**2 + inverse)
    mean = after @ (G.T @ time / sigma**2 + inverse @ prior)
    return mean, np.sqrt(np.diag(after))


def _pair(found, n):
    """Insist on a pair of vectors."""
    expect(
        isinstance(found, tuple | list) and len(found) == 2,
        "posterior does not return a pair",
        "does it return mean and standard deviation?",
    )
    mean, std = found
    expect_shape(mean, (n,), "The mean")
    expect_shape(std, (n,), "The standard deviation")
    return np.asarray(mean, float), np.asarray(std, float)


@read("sec-tomo-posterior")
def test_7_one_ray_in_one_cell(student):
    """10 km, noise as large as what is unknown: halfway, and the bar by root 2 less."""
    asked = np.array([[10]]), np.array([5]), 0.1, np.array([0.2]), np.array([[1e-4]])
    mean, std = _pair(student.posterior(*asked), 1)
    expect_close(
        mean,
        np.array([0.35]),
        "The mean",
        unit="s/km",
        atol=_SOLVED,
        mistakes={
            "are the times taken as if they had no errors?": np.array([0.5]),
            "is the mean beforehand left out?": np.array([0.25]),
            "are times that are late taken for early ones?": np.array([0.05]),
            "is it the change alone, without the mean beforehand?": np.array([0.15]),
            "is the noise not squared?": np.array([0.2 + 3e-3 / 0.11]),
            "do all of the times count, and not what is late against the prior?": (
                np.array([0.2 + 5 * 0.05])
            ),
        },
    )
    expect_close(
        std,
        np.array([0.01 / np.sqrt(2)]),
        "The standard deviation",
        unit="s/km",
        atol=_SOLVED,
        mistakes={
            "is it the variance?": np.array([5e-5]),
            "is it still that beforehand?": np.array([0.01]),
            "is the noise not squared?": np.array([0.01 * np.sqrt(0.1 / 0.11)]),
        },
    )


@read("sec-tomo-posterior")
def test_8_any_rays_and_any_ground(student):
    """Fewer rays than cells and more: what the sum of precisions says."""
    for seed, n_rays, n_cells, sigma in (
        (8, 5, 7, 0.03),
        (9, 11, 3, 0.2),
        (10, 1, 2, 0.05),
    ):
        G, time, prior, covariance = _case(seed, n_rays, n_cells)
        if n_rays > n_cells:  # a clock that ticks in seconds
            time = np.round(time).astype(int)
        right = _answers(G, time, sigma, prior, covariance)
        given = [part.copy() for part in (G, time, prior, covariance)]
        found = _pair(student.posterior(G, time, sigma, prior, covariance), n_cells)
        kept = all(map(np.array_equal, given, (G, time, prior, covariance)))
        expect(kept, "An argument has been changed", "do you edit an array in place?")
        rootless = _answers(G, time, np.sqrt(sigma), prior, covariance)
        alone = _answers(G, time, sigma, prior, np.diag(np.diag(covariance)))
        forgotten = _answers(G, time, sigma, 0 * prior, covariance)
        for k, what in enumerate(("The mean", "The standard deviation")):
            mistakes = {
                "is the noise not squared?": rootless[k],
                "is the covariance between cells lost?": alone[k],
            }
            if k == 0:
                mistakes |= {
                    "is the mean beforehand left out?": forgotten[0],
                    "is it the change alone, without the mean beforehand?": right[0]
                    - prior,
                }
            else:
                mistakes |= {
                    "is it the variance?": right[1] ** 2,
                    "is it still that beforehand?": np.sqrt(np.diag(covariance)),
                }
            expect_close(
                found[k],
                right[k],
                f"{what} of {n_cells} cells and {n_rays} rays",
                unit="s/km",
                atol=_SOLVED,
                mistakes=mistakes,
            )


@read("sec-tomo-posterior")
def test_9_what_no_ray_meets(student):
    """A cell apart keeps what was known, and one that was known stays so, without bar.

    A cell of variance 0 makes a covariance that has no inverse.
    """
    G = np.array([[4, 0, 3], [2, 0, 6], [5, 0, 1], [1, 0, 1]])
    prior = np.array([0.2, 0.19, 0.23])
    covariance = np.diag([4e-4, 9e-4, 0.0])
    late = np.array([0.12, -0.02, 0.2, 0.05])
    mean, std = _pair(student.posterior(G, G @ prior + late, 0.1, prior, covariance), 3)
    expect_close(
        [mean[1], std[1]],
        [0.19, 0.03],
        "The pair of mean and standard deviation of a cell apart",
        unit="s/km",
        atol=_SOLVED,
        hint="what can times say of a cell that no ray meets?",
    )
    expect_close(
        [mean[2], std[2]],
        [0.23, 0.0],
        "The pair of mean and standard deviation of a known cell",
        unit="s/km",
        atol=_SOLVED,
        hint="what is left to learn where nothing was unknown?",
    )
    one = G[:, 0]
    precise = one @ one / 0.01 + 1 / 4e-4
    expect_close(
        [mean[0], std[0]],
        [0.2 + one @ late / 0.01 / precise, precise**-0.5],
        "The pair of mean and standard deviation of the cell that rays meet",
        unit="s/km",
        atol=_SOLVED,
        mistakes={
            "is it the variance?": [
                0.2 + one @ late / 0.01 / precise,
                1 / precise,
            ],
        },
    )
