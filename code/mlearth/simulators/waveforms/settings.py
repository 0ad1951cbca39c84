"""What simulated waveforms are asked for: ground, sources, instruments."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Any

from ..._arguments import (
    Count,
    Flag,
    NotNegative,
    Positive,
    check_fields,
    check_room,
    count,
    number,
    shown,
    wrong,
)

__all__ = [
    "Faults",
    "Ground",
    "Recording",
    "WaveformSources",
]

LEAST_MAGNITUDE, MOST_MAGNITUDE = 0.0, 7.0
NEAREST_KM = 1.0
"""Below, corners leave the band of 500 Hz; above, no fault is a point."""

Share = Annotated[float, number(least=0, most=1)]
Magnitude = Annotated[float, number(least=LEAST_MAGNITUDE, most=MOST_MAGNITUDE)]
Sampling = Annotated[float, number(least=20, most=500)]
Holes = Annotated[int, count(1, 200)]


def check_order(record: Any, low: str, high: str) -> None:
    """Refuse a range whose end is below its beginning."""
    least, most = getattr(record, low), getattr(record, high)
    if most < least:
        raise wrong(high, f">= {low} = {least:g}", f"{most:g}")


@dataclass(frozen=True)
class Ground:
    """What waves meet on their way.

    Attributes
    ----------
    p_km_s, s_km_s : float
        Velocities of P and S between source and station [km/s].
    surface_p_km_s : float
        Velocity of P below the station, which decides how steeply rays arrive [km/s].
    density_kg_m3 : float
        Density at the source [kg/m^3].
    stress_drop_low_mpa, stress_drop_high_mpa : float
        Stress drops are drawn between these, uniformly in their logarithm [MPa].
    p_corner_ratio : float
        Corner frequency of P over that of S.
    q_p, q_s : float
        Quality factors of P and S at 1 Hz; both grow with ``frequency**q_power``.
    q_power : float
        From 0 to 1.
    kappa_s : float
        Attenuation below a station of median rock [s].
    kappa_spread, site_spread : float
        Standard deviations of the logarithms of kappa and of the site's amplification
        among stations.
    hinge_km : float
        Amplitude falls as 1/R to this distance, then as 1/sqrt(R) [km].
    site_factor, site_corner_hz : float
        Median amplification at high frequencies, and the frequency [Hz] above which
        it sets in.
    smear : float
        Share of the radiated power that has lost the radiation pattern, 0 to 1.
    direct_p, direct_s : float
        Share of the power of P and S in the direct pulse at the source, 0 to 1; the
        rest follows, scattered.
    direct_km : float
        Distance along which that share falls to 1/e of itself [km].
    forward : float
        Share of what follows soon that moves as the direct wave does, 0 to 1; the rest
        moves in all directions, as the coda does.
    scatter_s_per_km : float
        Growth with distance of the time constant of what follows [s/km].
    turbidity_per_km : float
        Share of the power that a kilometre of path turns into coda [1/km].
    coda_q : float
        Quality factor of the coda at 1 Hz; it grows with frequency, so that all
        frequencies decay alike.
    rg_km_s, rg_q, rg_strength : float
        Velocity [km/s] and quality factor of the Rg wave, and its strength: 1 gives a
        source at the surface, 1 km away, an Rg as large as S.
    explosion_p_over_s : float
        How many times the P/S ratio of an explosion is that of an earthquake.
    """

    p_km_s: Positive = 6.0
    s_km_s: Positive = 3.5
    surface_p_km_s: Positive = 3.5
    density_kg_m3: Positive = 2700.0
    stress_drop_low_mpa: Positive = 1.0
    stress_drop_high_mpa: Positive = 10.0
    p_corner_ratio: Positive = 1.3
    q_p: Positive = 250.0
    q_s: Positive = 200.0
    q_power: Share = 0.5
    kappa_s: NotNegative = 0.03
    kappa_spread: NotNegative = 0.2
    hinge_km: Positive = 70.0
    site_factor: Positive = 2.0
    site_spread: NotNegative = 0.3
    site_corner_hz: Positive = 2.0
    smear: Share = 0.3
    direct_p: Share = 0.3
    direct_s: Share = 0.1
    direct_km: Positive = 30.0
    forward: Share = 0.85
    scatter_s_per_km: NotNegative = 0.02
    turbidity_per_km: NotNegative = 0.005
    coda_q: Positive = 150.0
    rg_km_s: Positive = 2.5
    rg_q: Positive = 60.0
    rg_strength: NotNegative = 0.3
    explosion_p_over_s: Positive = 4.0

    def __post_init__(self) -> None:
        """Refuse what is no ground."""
        check_fields(self)
        check_order(self, "stress_drop_low_mpa", "stress_drop_high_mpa")
        if self.s_km_s >= self.p_km_s:
            raise wrong("s_km_s", f"below p_km_s = {self.p_km_s:g}", self.s_km_s)
        if self.surface_p_km_s > self.p_km_s:
            accepted = f"at most p_km_s = {self.p_km_s:g}"
            raise wrong("surface_p_km_s", accepted, self.surface_p_km_s)


@dataclass(frozen=True)
class WaveformSources:
    """Which sources strike where, and who hears them.

    Attributes
    ----------
    earthquake, explosion, mine_blast, teleseism, noise : float
        Weights of the kinds of events; a mine blast is many small explosions in a row.
    magnitude_min, magnitude_max : float
        Of local events, from 0 to 7; teleseisms have 5.5 to 7.
    b_value : float
        Slope of the Gutenberg-Richter law between the two; 0 draws all alike.
    shallowest_km, deepest_km : float
        Depths of earthquakes [km]; what explodes lies 50 m deep.
    n_stations : int
        Size of the network.
    extent_km : float
        Side of the square in which stations and epicentres lie [km], 200 at most.
    traces_per_event : int
        How many stations record each event.
    overlap : float
        Chance that a local earthquake of its own falls into a trace's window as well.
    common_window : bool
        Whether the traces of an event begin at one time, as of a network, instead of
        each at a time of its own before its P.
    n_holes : int
        Explosions in a mine blast.
    delay_s : float
        Time from one of them to the next [s].
    delay_error : float
        Standard deviation of each delay, as a share of it.
    """

    earthquake: NotNegative = 1.0
    explosion: NotNegative = 0.0
    mine_blast: NotNegative = 0.0
    teleseism: NotNegative = 0.0
    noise: NotNegative = 0.0
    magnitude_min: Magnitude = 2.0
    magnitude_max: Magnitude = 5.0
    b_value: NotNegative = 1.0
    shallowest_km: Annotated[float, number(least=1, most=50)] = 3.0
    deepest_km: Annotated[float, number(least=1, most=50)] = 15.0
    n_stations: Count = 20
    extent_km: Annotated[float, number(above=0, most=200)] = 120.0
    traces_per_event: Count = 4
    overlap: Share = 0.0
    common_window: Flag = False
    n_holes: Holes = 20
    delay_s: Positive = 0.1
    delay_error: NotNegative = 0.02

    def __post_init__(self) -> None:
        """Refuse what are no sources."""
        check_fields(self)
        check_order(self, "magnitude_min", "magnitude_max")
        check_order(self, "shallowest_km", "deepest_km")
        check_room("n_stations", self.n_stations, 1000 * self.n_stations)
        if self.traces_per_event > self.n_stations:
            accepted = f"at most n_stations = {self.n_stations}"
            raise wrong("traces_per_event", accepted, self.traces_per_event)
        if not sum(self.weights().values()) > 0:
            raise wrong("earthquake", "> 0 if all other kinds weigh nothing", "0")

    def weights(self) -> dict[str, float]:
        """Return the weight of each kind."""
        return {kind: getattr(self, kind) for kind in KINDS}


KINDS = ("earthquake", "explosion", "mine_blast", "teleseism", "noise")


@dataclass(frozen=True)
class Faults:
    """How often instruments do what the ground did not.

    Attributes
    ----------
    spike, burst, step, clip, gap, dead : float
        Chance in each trace, 0 to 1, of a spike of one sample, of an electrical burst,
        of a step of the base line, of clipping, of a gap that is filled with zeros,
        and of one component that is dead.
    """

    spike: Share = 0.0
    burst: Share = 0.0
    step: Share = 0.0
    clip: Share = 0.0
    gap: Share = 0.0
    dead: Share = 0.0

    def __post_init__(self) -> None:
        """Refuse what are no chances."""
        check_fields(self)


@dataclass(frozen=True)
class Recording:
    """How the ground's motion is recorded.

    Attributes
    ----------
    sampling_hz : float
        From 20 to 500 [Hz].
    duration_s : float
        Length of each trace [s].
    onset_earliest_s, onset_latest_s : float
        P arrives uniformly between these times after a trace's begin [s].
    noise_low, noise_high : float
        Each station's noise lies uniformly between these: 0 is the New Low Noise
        Model, 1 the New High Noise Model, in decibels.
    faults : Faults
        What the instruments do wrong.
    """

    sampling_hz: Sampling = 100.0
    duration_s: Positive = 30.0
    onset_earliest_s: NotNegative = 3.0
    onset_latest_s: NotNegative = 10.0
    noise_low: Share = 0.3
    noise_high: Share = 0.7
    faults: Faults = field(default_factory=Faults)

    def __post_init__(self) -> None:
        """Refuse what is no recording."""
        check_fields(self)
        check_order(self, "onset_earliest_s", "onset_latest_s")
        check_order(self, "noise_low", "noise_high")
        if not isinstance(self.faults, Faults):
            raise wrong("faults", "a Faults", shown(self.faults))
        if self.onset_latest_s >= self.duration_s:
            accepted = f"below duration_s = {self.duration_s:g}"
            raise wrong("onset_latest_s", accepted, f"{self.onset_latest_s:g}")
        check_room("duration_s", self.duration_s, 50 * self.n_samples)

    @property
    def n_samples(self) -> int:
        """Samples of a trace."""
        return max(round(self.duration_s * self.sampling_hz), 1)
