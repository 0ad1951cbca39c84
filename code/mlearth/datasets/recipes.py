"""How each shipped extract is made from the files of its package.

A recipe takes the source files' bytes, keyed by file name, and returns the
extracts' bytes, keyed by file name. The same input gives the same bytes.
"""

from __future__ import annotations

import gzip
import io
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing

import pandas as pd

from .quakeml import read_quakeml

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


USGS_COLUMNS = {
    "time": "time",
    "lat": "latitude_deg",
    "lon": "longitude_deg",
    "depth": "depth_km",
    "mag": "magnitude",
    "magType": "magnitude_type",
    "id": "event_id",
    "type": "event_type",
    "place": "place",
    "net": "network",
    "status": "status",
    "updated": "updated",
    "tz": "time_zone_min",
    "nst": "n_stations",
    "dmin": "nearest_station_deg",
    "gap": "azimuthal_gap_deg",
    "rms": "rms_s",
    "felt": "n_felt_reports",
    "cdi": "reported_intensity",
    "mmi": "modelled_intensity",
    "alert": "alert",
    "tsunami": "tsunami",
    "sig": "significance",
}

CHANNEL_PARTS = ["network", "station", "location", "channel"]


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
    with closing(sqlite3.connect(":memory:")) as database:
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
    time = pd.to_datetime(table["time"], format="ISO8601", utc=True)
    table["time"] = _iso_time(time.dt.tz_localize(None))
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


def usgs_week(files: Files) -> Files:
    """Turn the GeoJSON feed into a table, oldest event first."""
    features = json.loads(files["earthquakes.json"])["features"]
    table = pd.DataFrame([item["properties"] for item in features], dtype=object)
    place = [item["geometry"]["coordinates"] for item in features]
    lon, lat, depth = zip(*place, strict=True)
    table = table.assign(id=[f["id"] for f in features], lat=lat, lon=lon, depth=depth)
    table = table.sort_values("time", kind="stable")
    for name in ("time", "updated"):
        table[name] = _iso_time(pd.to_datetime(table[name].astype("int64"), unit="ms"))
    table = table[list(USGS_COLUMNS)].rename(columns=USGS_COLUMNS)
    return {"usgs_week.csv.gz": _csv_gz(table)}


def local_event(files: Files) -> Files:
    """Copy the waveforms; split the phase file into origin and picks, in UTC."""
    header, *lines = files["test2.phase"].decode().splitlines()
    rows = [line.split() for line in lines]
    rows = [row for row in rows if len(row) == 8 and not row[0].startswith("#")]
    year, month, day, hour, minute, second, lat, _, lon, _, depth, _, rms = (
        header.split()
    )
    local = f"{year}-{month}-{day}T{hour}:{minute}:{float(second):06.3f}"
    origin = {"time": _utc([local]), "latitude_deg": [lat], "longitude_deg": [lon]}
    origin |= {"depth_km": [depth], "rms_s": [rms]}
    picks = pd.DataFrame([row[0].split(".") for row in rows], columns=CHANNEL_PARTS)
    picks["phase"] = [row[3] for row in rows]
    picks["time"] = _utc([f"{row[4]}T{row[5]}" for row in rows])
    for place, name in {1: "epicentral_distance_deg", 2: "azimuth_deg"}.items():
        picks[name] = [row[place] for row in rows]
    picks["residual_s"] = [row[6].replace("-0.00", "0.00") for row in rows]
    picks["weight"] = [row[7] for row in rows]
    return {
        "local_event.mseed": files["test2.mseed"],
        "local_event_origin.csv": _csv(pd.DataFrame(origin)),
        "local_event_picks.csv": _csv(picks),
    }


def teleseisms(files: Files) -> Files:
    """Copy the waveforms; turn QuakeML and StationXML into tables."""
    from obspy import read_inventory

    events = read_quakeml(files["example_events.xml"])
    events = events.sort_values("time", ignore_index=True)
    events["time"] = _iso_time(events["time"])
    events["event_id"] = [f"teleseism-{number:02d}" for number in range(len(events))]
    source = io.BytesIO(files["example_inventory.xml"])
    network = read_inventory(source, format="STATIONXML")[0]
    place = network[0]
    station = {"network": [network.code], "station": [place.code]}
    station |= {"latitude_deg": [f"{place.latitude:.4f}"]}
    station |= {"longitude_deg": [f"{place.longitude:.4f}"]}
    station |= {"elevation_m": [f"{place.elevation:.0f}"]}
    factor = place[0].response.instrument_sensitivity.value
    station["sensitivity_counts_per_m_s"] = [f"{factor:.0f}"]
    return {
        "teleseisms.mseed": files["example_data.mseed"],
        "teleseisms_events.csv": _csv(events),
        "teleseisms_station.csv": _csv(pd.DataFrame(station)),
    }


def _utc(times: list[str]) -> pd.Series:
    """Turn China Standard Time into UTC."""
    return _iso_time(pd.Series(pd.to_datetime(times)) - pd.Timedelta(hours=8))


RECIPES: dict[str, Callable[[Files], Files]] = {
    "global_cmt": global_cmt,
    "ridgecrest_ground_motion": ridgecrest_ground_motion,
    "usgs_week": usgs_week,
    "coastlines": coastlines,
    "local_event": local_event,
    "teleseisms": teleseisms,
}
