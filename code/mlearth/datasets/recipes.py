"""How each shipped extract is made from the files of its package.

A recipe takes the source files' bytes, keyed by file name, and returns the
extracts' bytes, keyed by file name. The same input gives the same bytes.
"""

from __future__ import annotations

import gzip
import io
import sqlite3
from collections.abc import Callable

import pandas as pd

__all__ = ["RECIPES"]

Files = dict[str, bytes]

RIDGECREST_COLUMNS = {
    "EarthquakeId": "event_id",
    "EarthquakeTime": "time",
    "EarthquakeLatitude": "event_latitude_deg",
    "EarthquakeLongitude": "event_longitude_deg",
    "EarthquakeDepth": "event_depth_km",
    "EarthquakeMagnitude": "magnitude",
    "EarthquakeMagnitudeType": "magnitude_type",
    "StationID": "station_id",
    "Network": "network",
    "StationCode": "station",
    "StationLatitude": "station_latitude_deg",
    "StationLongitude": "station_longitude_deg",
    "StationElevation": "station_elevation_m",
    "EpicentralDistance": "epicentral_distance_km",
    "HypocentralDistance": "hypocentral_distance_km",
    "RuptureDistance": "rupture_distance_km",
    "JoynerBooreDistance": "joyner_boore_distance_km",
    "Vs30_mps_CA_map": "vs30_m_s",
    "Vs30_mps_slope": "vs30_slope_m_s",
    "Measured_VS30": "vs30_measured_m_s",
    "Lowpass": "lowpass_hz",
    "Highpass": "highpass_hz",
    "PGA": "pga_percent_g",
    "PGV": "pgv_cm_s",
    "SA(0.010)": "sa_0p01s_percent_g",
    "SA(0.100)": "sa_0p1s_percent_g",
    "SA(0.300)": "sa_0p3s_percent_g",
    "SA(1.000)": "sa_1s_percent_g",
    "SA(3.000)": "sa_3s_percent_g",
}


def _csv(table: pd.DataFrame) -> bytes:
    return table.to_csv(index=False, lineterminator="\n").encode()


def _csv_gz(table: pd.DataFrame) -> bytes:
    return gzip.compress(_csv(table), compresslevel=9, mtime=0)


def _iso_time(times: pd.Series) -> pd.Series:
    """Write times as ISO 8601 without trailing zeros."""
    text = times.dt.strftime("%Y-%m-%dT%H:%M:%S.%f")
    return text.str.rstrip("0").str.rstrip(".")


def global_cmt(files: Files) -> Files:
    """Drop the exact duplicates, sort by time, turn dyne cm into N m."""
    database = sqlite3.connect(":memory:")
    database.deserialize(files["moment_tensors.db"])
    table = pd.read_sql("SELECT * FROM earthquake", database).drop_duplicates()
    table["time"] = pd.to_datetime(table["time"], format="ISO8601")
    table = table.sort_values("time", kind="stable")
    out = pd.DataFrame({"time": _iso_time(table["time"])})
    out["latitude_deg"] = table["lat"].map("{:.2f}".format)
    out["longitude_deg"] = table["lon"].map("{:.2f}".format)
    out["depth_km"] = table["depth"].map("{:.1f}".format)
    out["magnitude"] = table["mag"].map("{:.5f}".format)
    for name in ("mrr", "mtt", "mpp", "mrt", "mrp", "mtp"):
        out[f"{name}_nm"] = (table[name] * 1e-7).map("{:.5g}".format)
    return {"global_cmt.csv.gz": _csv_gz(out)}


def ridgecrest_ground_motion(files: Files) -> Files:
    """Keep the columns the book needs, as the source writes them."""
    source = io.BytesIO(files["SA_rotd50.0_2020.03.31.csv"])
    table = pd.read_csv(source, dtype=str, keep_default_na=False)
    table = table[list(RIDGECREST_COLUMNS)].rename(columns=RIDGECREST_COLUMNS)
    table["time"] = _iso_time(pd.to_datetime(table["time"]).dt.tz_localize(None))
    return {"ridgecrest_ground_motion.csv.gz": _csv_gz(table)}


def coastlines(files: Files) -> Files:
    """Split the polygons into rings and round to 0.001 degree."""
    import shapefile  # pyshp, a dependency of cartopy

    reader = shapefile.Reader(shp=io.BytesIO(files["ne_110m_land.shp"]))
    rows, ring = [], 0
    for shape in reader.shapes():
        ends = [*list(shape.parts)[1:], len(shape.points)]
        for start, end in zip(shape.parts, ends, strict=True):
            rows += [(ring, f"{x:.3f}", f"{y:.3f}") for x, y in shape.points[start:end]]
            ring += 1
    names = ["ring", "longitude_deg", "latitude_deg"]
    return {"coastlines.csv.gz": _csv_gz(pd.DataFrame(rows, columns=names))}


RECIPES: dict[str, Callable[[Files], Files]] = {
    "global_cmt": global_cmt,
    "ridgecrest_ground_motion": ridgecrest_ground_motion,
    "coastlines": coastlines,
}
