"""Earthquake catalogues: worldwide, Switzerland, and one week of the USGS feed."""

from __future__ import annotations

import pandas as pd

from .register import installed_file, provenance, read_extract

__all__ = ["load_global_cmt", "load_swiss_events", "load_usgs_week"]


def load_global_cmt() -> pd.DataFrame:
    """Load the Global Centroid Moment Tensor catalogue, 1976 to mid 2017.

    Returns
    -------
    pandas.DataFrame
        48,430 earthquakes, one per row, sorted by time:

        ==================== ======= ============================================
        column               unit    meaning
        ==================== ======= ============================================
        time                 UTC     reference origin time, datetime64
        latitude_deg         degree  reference latitude, north positive
        longitude_deg        degree  reference longitude, east, -180 to 180
        depth_km             km      reference depth, downward
        magnitude            1       moment magnitude, 4.33 to 9.12
        mrr_nm, mtt_nm,      N m     moment tensor, r up, t (theta) south,
        mpp_nm, mrt_nm,              p (phi) east
        mrp_nm, mtp_nm
        ==================== ======= ============================================

        ``attrs`` holds the provenance and ``rows_left_out``.

    Notes
    -----
    *Source*: usgs-strec 2.3.14, ``strec/data/moment_tensors.db``. *Licence*:
    CC0-1.0. *Cite*: ``dziewonski1981determination``, ``ekstrom2012global``.

    *Left out*: 1,852 rows. The source holds every event of 2010 twice; the
    exact duplicates were dropped, and nothing else was. Units were changed
    from dyne cm to newton metre.

    *Known flaws*:

    - Time, place and depth look like those of the reference hypocentre, not of
      the centroid: depths of exactly 10 km (13,173 events) and 33 km (6,843)
      are defaults, not measurements.
    - Below about magnitude 5.5 the catalogue is incomplete, and the number of
      small events grew in 2004, when the method changed.
    - Five pairs of events lie within 2 s of each other: three have the same
      time, one of these also the same place. Their tensors differ, so they
      were kept.
    - Three tensors have a trace above 1 % of the moment; that of 1987-07-26
      23:17:42 is plainly wrong.

    Examples
    --------
    >>> quakes = load_global_cmt()
    >>> quakes.loc[quakes.magnitude.idxmax(), "time"].date().isoformat()
    '2011-03-11'
    """
    return read_extract("global_cmt")


def load_swiss_events() -> pd.DataFrame:
    """Load the events of 2023 located by the Swiss Seismological Service.

    Returns
    -------
    pandas.DataFrame
        1,924 events, one per row, sorted by time:

        ================= ======= ===============================================
        column            unit    meaning
        ================= ======= ===============================================
        time              UTC     origin time, datetime64
        latitude_deg      degree  north positive
        longitude_deg     degree  east positive
        depth_km          km      below sea level, so negative under mountains
        magnitude         1       local magnitude, -0.03 to 4.28
        magnitude_type    -       MLhc (1,923) or MLv (1)
        event_type        -       earthquake 1,522, quarry blast 375,
                                  landslide 22, sonic boom 3, explosion 2
        evaluation_mode   -       always "manual"
        ================= ======= ===============================================

        ``attrs`` holds the provenance.

    Raises
    ------
    FileNotFoundError
        If the package seismostats, which holds the file, is not installed.

    Notes
    -----
    *Source*: seismostats 1.0.1, ``analysis/tests/data/catalog_sed.csv``, read
    where it is installed. *Licence*: the package is AGPL-3.0; the terms of the
    data were not established, so no copy ships. *Credit*: Swiss Seismological
    Service at ETH Zurich. No row is left out; depth was changed from metres to
    kilometres, and the copies of the magnitude per type were dropped.

    *Known flaws*: analysts set the labels and may have used hour, depth and
    place to do so. No blast falls on a weekend. A classifier's score measures
    agreement with the analysts.

    Examples
    --------
    >>> load_swiss_events().event_type.value_counts()["quarry blast"].item()
    375
    """
    table = pd.read_csv(installed_file("swiss_events"))
    table["time"] = pd.to_datetime(table["time"], format="ISO8601")
    table["depth"] = table["depth"] / 1000.0
    names = {
        "latitude": "latitude_deg",
        "longitude": "longitude_deg",
        "depth": "depth_km",
        "evaluationmode": "evaluation_mode",
    }
    columns = ["time", "latitude_deg", "longitude_deg", "depth_km", "magnitude"]
    columns += ["magnitude_type", "event_type", "evaluation_mode"]
    table = table.rename(columns=names)[columns]
    table = table.sort_values("time", kind="stable", ignore_index=True)
    table.attrs.update(provenance("swiss_events"))
    return table


def load_usgs_week() -> pd.DataFrame:
    """Load every event of one week in the feed of the US Geological Survey.

    Returns
    -------
    pandas.DataFrame
        1,707 events from 2018-01-31 to 2018-02-07, one per row, sorted by
        time. Missing values are left missing; their number is in brackets.

        ====================== ======= ==========================================
        column                 unit    meaning (missing)
        ====================== ======= ==========================================
        time                   UTC     origin time, datetime64
        latitude_deg           degree  north positive
        longitude_deg          degree  east positive
        depth_km               km      -2.8 to 573.8
        magnitude              1       -0.8 to 6.4
        magnitude_type         -       ml, md, mb, mww, mb_lg, mwr, mw
        event_id               -       identifier of the catalogue
        event_type             -       earthquake 1,679, explosion 15,
                                       quarry blast 13
        place                  -       in words
        network                -       who contributed it
        status                 -       reviewed 1,214, automatic 493
        updated                UTC     last change, datetime64
        time_zone_min          min     offset of local time
        n_stations             1       stations used (465)
        nearest_station_deg    degree  distance to it (305)
        azimuthal_gap_deg      degree  largest gap between stations (303)
        rms_s                  s       misfit of the location (5)
        n_felt_reports         1       (1,580)
        reported_intensity     1       largest reported intensity (1,580)
        modelled_intensity     1       largest modelled intensity (1,691)
        alert                  -       level of alert, "green" (1,695)
        tsunami                1       1 if a message was issued
        significance           1       the survey's own score, 0 to 853
        ====================== ======= ==========================================

        ``attrs`` holds the provenance.

    Notes
    -----
    *Source*: vega-datasets 3.2.1 (npm), ``data/earthquakes.json``. *Licence*:
    US public domain. No row is left out; web addresses and columns that
    repeat others were dropped.

    *Known flaws*: values are missing for a reason (a network does not report
    them, nobody felt the event), so the gaps carry information. Sixty-two per
    cent of the events come from three networks, so "all earthquakes" means
    "all that were reported", mostly in the western United States.

    Examples
    --------
    >>> load_usgs_week().status.value_counts().to_dict()
    {'reviewed': 1214, 'automatic': 493}
    """
    return read_extract("usgs_week")
