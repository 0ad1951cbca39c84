"""Travel times through random ground, with the ground that made them."""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated, Any, Literal, NamedTuple

import numpy as np

from ..._arguments import (
    Accepted,
    CountOrZero,
    NotNegative,
    check_room,
    checked,
    wrong,
)
from ...seismology.eikonal import eikonal_times
from ...seismology.ray_lengths import straight_rays
from ..simulated import Simulated
from .models import (
    GaussianGround,
    Ground,
)
from .survey import Survey

__all__ = ["ObservedTimes", "TrueSection", "simulate_tomography", "survey_rays"]

ROUGH = GaussianGround()
"""What is drawn if nothing else is asked for."""

TINY_S = 1e-6
"""The standard deviation [s] of times without errors."""

STANDS_IN_FOR = (
    "First-arrival times between known sources and receivers in one plane: between "
    "two boreholes, across a region, or from earthquakes up to a line of stations."
)
BREAKS_DOWN = (
    "Waves stay in the plane, of which the Earth's curvature, anisotropy and the width "
    "of a ray are left out; sources and their clocks are known; errors of different "
    "rays are independent, and real ones are not."
)

Surveyed = Annotated[Any, Accepted("a Survey", lambda v: isinstance(v, Survey))]
AnyGround = Annotated[
    Any,
    Accepted(
        "a GaussianGround, CheckerboardGround, LayeredGround or SlabGround",
        lambda v: isinstance(v, Ground),
    ),
]
Refine = Annotated[
    int,
    Accepted(
        "an odd whole number from 1 to 15",
        lambda v: (
            isinstance(v, int | np.integer)
            and not isinstance(v, bool)
            and v in range(1, 16, 2)
        ),
    ),
]


class ObservedTimes(NamedTuple):
    """What an observer has.

    Attributes
    ----------
    time_s : ndarray, shape (n_rays,)
        Travel times [s], receivers of the first source first.
    sigma_s : float
        Standard deviation of their errors [s].
    starts_km, ends_km : ndarray, shape (n_rays, 2)
        Distance and depth of source and receiver [km].
    reference_s_km : ndarray, shape (n_rows, n_columns)
        Slowness that is expected beforehand [s/km].
    reference_time_s : ndarray, shape (n_rays,)
        Exact times through the reference [s]; what a wave is late against them is its
        delay.
    cell_km : float
        Side of a cell [km].
    """

    time_s: np.ndarray
    sigma_s: float
    starts_km: np.ndarray
    ends_km: np.ndarray
    reference_s_km: np.ndarray
    reference_time_s: np.ndarray
    cell_km: float


class TrueSection(NamedTuple):
    """What no observer has.

    Attributes
    ----------
    slowness_s_km : ndarray, shape (n_rows, n_columns)
        Mean slowness of each cell [s/km].
    velocity_km_s : ndarray, shape (refine * n_rows, refine * n_columns)
        Speed at the nodes through which the waves ran [km/s].
    exact_s : ndarray, shape (n_rays,)
        Travel times without errors [s].
    """

    slowness_s_km: np.ndarray
    velocity_km_s: np.ndarray
    exact_s: np.ndarray


def check_size(survey, refine=3, **others) -> None:
    """Refuse sections that do not fit into memory."""
    n_nodes = survey.n_rows * survey.n_columns * refine**2
    check_room("refine", refine, 64 * n_nodes + 100 * survey.n_rays)


@checked(also=check_size)
def simulate_tomography(
    survey: Surveyed,
    ground: AnyGround = ROUGH,
    noise_s: NotNegative = 0.02,
    rays: Literal["bent", "straight"] = "bent",
    refine: Refine = 3,
    random_state: CountOrZero = 0,
) -> Simulated:
    """Draw a section of ground, and time waves through it.

    Parameters
    ----------
    survey : Survey
        Cells, sources and receivers.
    ground : GaussianGround, CheckerboardGround, LayeredGround or SlabGround
        What is drawn.
    noise_s : float
        Standard deviation of the errors of times [s], >= 0, independent and normal.
    rays : {"bent", "straight"}
        First arrivals from the eikonal equation, or the slowness of the cells summed
        along straight lines: with these an inversion along straight rays commits the
        *inverse crime*.
    refine : int
        Nodes along a side of a cell, odd, 1 to 15: the ground has details below the
        size of a cell, and waves run through them.
    random_state : int
        Seed.

    Returns
    -------
    Simulated
        ``data``: `ObservedTimes`; ``truth``: `TrueSection`. The standard deviation
        that the data tell is `noise_s`, or 1e-6 s without noise.

    Raises
    ------
    ValueError
        If an argument is none of these, or the ground has no speed > 0.
    ModuleNotFoundError
        If rays are bent and eikonalfm is not installed.

    Examples
    --------
    >>> from mlearth.simulators import make_survey
    >>> survey = make_survey("crosshole", 8, 6, 1.0, 4, 8)
    >>> made = simulate_tomography(survey, GaussianGround(correlation_km=2.0))
    >>> made.data.time_s.shape, made.truth.slowness_s_km.shape
    ((32,), (8, 6))
    """
    rng = np.random.default_rng(random_state)
    step = survey.cell_km / refine
    x, z = (step * (np.arange(n * refine) + 0.5) for n in survey.shape[::-1])
    slow = ground.reference_s_km(z, x.size)
    fine = slow * (1 + ground.relative(x, z, rng))
    if fine.min() <= 0:
        raise wrong("ground", "of speeds > 0", f"a slowness of {fine.min():g} s/km")
    cells, reference = cell_means(fine, refine), cell_means(slow, refine)
    if rays == "bent":
        exact = bent_times(survey, 1 / fine, refine)
        usual = reference_times(survey, ground, refine)
    else:
        matrix = survey_rays(survey)
        exact, usual = matrix @ cells.ravel(), matrix @ reference.ravel()
    time = exact + noise_s * rng.normal(size=exact.size)
    sigma, ends = noise_s or TINY_S, survey.ends()
    data = ObservedTimes(time, sigma, *ends, reference, usual, survey.cell_km)
    truth = TrueSection(cells, 1 / fine, exact)
    return Simulated(data, truth, STANDS_IN_FOR, BREAKS_DOWN, random_state)


@lru_cache(maxsize=8)
def reference_times(survey: Survey, ground: Ground, refine: int) -> np.ndarray:
    """Return first arrivals [s] through the reference; exact where it is uniform."""
    step = survey.cell_km / refine
    z = step * (np.arange(survey.n_rows * refine) + 0.5)
    slow = ground.reference_s_km(z, survey.n_columns * refine)
    if np.ptp(slow) == 0:
        start, end = survey.ends()
        return slow[0, 0] * np.hypot(*(end - start).T)
    return bent_times(survey, 1 / slow, refine)


@checked
def survey_rays(survey: Surveyed):
    """Return the straight rays of a survey, as `mlearth.seismology.straight_rays`.

    Parameters
    ----------
    survey : Survey
        Cells, sources and receivers.

    Returns
    -------
    csr_array, shape (n_rays, n_rows * n_columns)
        Lengths [km].

    Raises
    ------
    ValueError
        If it is no survey.

    Examples
    --------
    >>> from mlearth.simulators import make_survey
    >>> survey_rays(make_survey("crosshole", 8, 6, 1.0, 4, 8)).shape
    (32, 48)
    """
    return straight_rays(*survey.ends(), *survey.shape, survey.cell_km)


def cell_means(nodes: np.ndarray, refine: int) -> np.ndarray:
    """Return the mean of the nodes of each cell."""
    n_rows, n_columns = (n // refine for n in nodes.shape)
    return nodes.reshape(n_rows, refine, n_columns, refine).mean(axis=(1, 3))


def bent_times(survey: Survey, speed: np.ndarray, refine: int) -> np.ndarray:
    """Return first arrivals [s]; marches from the side that has fewer places."""
    step = survey.cell_km / refine
    sides = (
        np.rint(places / step - 0.5).astype(int)
        for places in (survey.sources_km, survey.receivers_km)
    )
    sources, receivers = sides
    back = len(receivers) < len(sources)
    few, many = (receivers, sources) if back else (sources, receivers)
    times = np.array(
        [
            eikonal_times(speed, step, int(z), int(x))[many[:, 1], many[:, 0]]
            for x, z in few
        ]
    )
    return (times.T if back else times).ravel()
