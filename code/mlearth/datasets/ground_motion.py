"""Ground motions of the 2019 Ridgecrest earthquakes."""

from __future__ import annotations

import pandas as pd

from .register import read_extract

__all__ = ["load_ridgecrest_ground_motion"]


def load_ridgecrest_ground_motion() -> pd.DataFrame:
    """Load the ground motions of the 2019 Ridgecrest, California, sequence.

    Returns
    -------
    pandas.DataFrame
        22,375 records (131 events of magnitude 3.6 to 7.1 at 963 station
        codes), one per row. Amplitudes are the median over all horizontal
        orientations (RotD50).

        ============================ ======= ====================================
        column                       unit    meaning
        ============================ ======= ====================================
        event_id                     -       ComCat identifier
        time                         UTC     origin time, datetime64
        event_latitude_deg           degree  north positive
        event_longitude_deg          degree  east positive
        event_depth_km               km      downward
        magnitude                    1       3.6 to 7.1
        magnitude_type               -       mw 17,564, mlr 4,693, ml 118 records
        station_id                   -       network.station.instrument
        network, station             -       codes
        station_latitude_deg         degree  north positive
        station_longitude_deg        degree  east positive
        station_elevation_m          m       above sea level
        epicentral_distance_km       km      along the surface
        hypocentral_distance_km      km      to the hypocentre
        rupture_distance_km          km      to the rupture (estimated if small)
        joyner_boore_distance_km     km      to its surface projection
        vs30_m_s                     m/s     from the map of California
        vs30_slope_m_s               m/s     from the topographic slope
        vs30_measured_m_s            m/s     measured at the site
        lowpass_hz, highpass_hz      Hz      corners of the record's filter
        pga_percent_g                %g      peak acceleration (unit inferred)
        pgv_cm_s                     cm/s    peak velocity (unit inferred)
        sa_0p01s_percent_g ...       %g      spectral acceleration at periods of
                                             0.01, 0.1, 0.3, 1 and 3 s
        ============================ ======= ====================================

        Missing: 156 values of ``vs30_m_s`` (stations outside California) and
        17,660 of ``vs30_measured_m_s``. ``attrs`` holds the provenance.

    Notes
    -----
    *Source*: gmprocess 2.8.0, ``gmprocess/data/lme/SA_rotd50.0_2020.03.31.csv``.
    *Licence*: CC0-1.0. No row is left out; 29 of its 63 columns are kept.

    *Known flaws*:

    - At 0.01 s the spectral acceleration should equal the peak acceleration.
      The median ratio is 1.30, and 2.16 for the magnitude 7.1 within 60 km of
      the rupture. The cause is not known: do not use the spectral
      accelerations as a target.
    - 41 % of the records are low-passed below 11.3 Hz, which lowers their peak
      acceleration. Repeat a result with the peak velocity.
    - Magnitude types are mixed.
    - The file does not state its units: those given here are inferred.

    Examples
    --------
    >>> motion = load_ridgecrest_ground_motion()
    >>> motion.event_id.nunique()
    131
    """
    text = ["event_id", "magnitude_type", "station_id", "network", "station"]
    types = dict.fromkeys(text, "str")
    options = {"dtype": types, "keep_default_na": False, "na_values": [""]}
    return read_extract("ridgecrest_ground_motion", **options)
