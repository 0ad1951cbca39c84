"""Living sources: a data centre on 127.0.0.1 that plays every misbehaviour."""

import http.server
import json
import socket
import threading
from datetime import UTC, date, datetime
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pandas as pd
import pytest

from mlearth import datasets
from mlearth.datasets import answers, event_query, quakeml

START, END = "2020-01-01", "2020-01-02"
BED = "http://quakeml.org/xmlns/bed/1.2"


def event(name="one", *, extra="", origin="", magnitude="", time="2020-01-01T06:00:00",
          latitude="1.0", longitude="2.0"):  # fmt: skip
    """Write one event as QuakeML; what is None is left away."""
    values = {"time": time, "latitude": latitude, "longitude": longitude}
    place = "".join(
        f"<{key}><value>{value}</value></{key}>"
        for key, value in values.items()
        if value is not None
    )
    first = f'<origin publicID="smi:local/{name}/o">{place}{origin}</origin>'
    return f'<event publicID="smi:local/{name}">{extra}{first}{magnitude}</event>'


def size(value, kind="Mw"):
    """Write a magnitude as QuakeML."""
    return (
        f'<magnitude publicID="smi:local/m{value}"><mag><value>{value}</value></mag>'
        f"<type>{kind}</type></magnitude>"
    )


def document(*events):
    """Wrap events in a QuakeML document."""
    inside = f'<eventParameters publicID="smi:local/all">{"".join(events)}'
    text = f'<q:quakeml xmlns="{BED}" xmlns:q="http://quakeml.org/xmlns/quakeml/1.2">'
    return f"<?xml version='1.0'?>{text}{inside}</eventParameters></q:quakeml>".encode()


EARLY = event("early")
LATE = event(
    "late",
    time="2020-01-01T12:00:00.25Z",
    latitude="-10.5",
    longitude="170.25",
    origin="<depth><value>35500.0</value></depth>",
    magnitude=size(5.1),
)


class DataCentre(http.server.BaseHTTPRequestHandler):
    """Answers event queries with what the server was told to answer."""

    def do_GET(self):
        """Answer with events, an error, something else, or much too late."""
        url = urlsplit(self.path)
        query = {key: value[0] for key, value in parse_qs(url.query).items()}
        server = self.server
        server.queries.append((url.path, query))
        server.finished.wait(server.wait_s)
        body = server.body(query) if callable(server.body) else server.body
        self.send_response(server.status)
        if server.length is not None:
            self.send_header("Content-Length", server.length)
        self.end_headers()
        if server.status != 204:
            for start in range(0, len(body), server.piece):
                self.wfile.write(body[start : start + server.piece])
                self.wfile.flush()
                server.finished.wait(server.pause_s)

    def log_message(self, *args):
        """Keep quiet."""


@pytest.fixture
def centre():
    """Run a data centre on 127.0.0.1 and stop it afterwards."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), DataCentre)
    server.daemon_threads = False  # closing it waits for its answers
    server.queries, server.finished = [], threading.Event()
    server.status, server.length, server.piece = 200, None, 1 << 20
    server.wait_s = server.pause_s = 0
    server.body = document(LATE, EARLY)
    server.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield server
    server.finished.set()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def fetch(centre, tmp_path):
    """Fetch from the data centre into a cache of the test's own."""

    def fetch(**changes):
        arguments = {"provider": centre.address, "starttime": START, "endtime": END}
        arguments["cache_dir"] = tmp_path / "cache"
        return datasets.fetch_catalog(**(arguments | changes))

    return fetch


# --- catalogues -----------------------------------------------------------------


def test_fetched_catalogue_is_tidy_and_sorted(centre, fetch):
    """Kilometres, UTC times in order, missing values missing."""
    table = fetch()
    assert table.columns.tolist() == [
        "time",
        "latitude_deg",
        "longitude_deg",
        "depth_km",
        "magnitude",
        "magnitude_type",
        "event_id",
    ]
    assert table.event_id.tolist() == ["smi:local/early", "smi:local/late"]
    assert table.time.tolist()[1] == pd.Timestamp("2020-01-01T12:00:00.25")
    assert table.time.dtype.kind == "M"
    np.testing.assert_array_equal(table.depth_km, [np.nan, 35.5])
    np.testing.assert_array_equal(table.magnitude, [np.nan, 5.1])
    assert table.magnitude_type.tolist() == ["", "Mw"]
    assert table.attrs["rows_left_out"] == {}
    assert table.attrs["source"] == centre.address


def test_columns_match_the_shipped_catalogue(fetch):
    """What works on the shipped catalogue works on a fetched one."""
    table, shipped = fetch(), datasets.load_global_cmt()
    assert table.columns[:5].tolist() == shipped.columns[:5].tolist()
    assert (table.dtypes[:5] == shipped.dtypes[:5]).all()


def test_the_same_query_is_asked_once(centre, fetch, tmp_path):
    """The second time comes from the cache, equal in values, types and attrs."""
    first, again = fetch(), fetch()
    assert len(centre.queries) == 1
    pd.testing.assert_frame_equal(first, again)
    assert first.attrs == again.attrs
    fetch(refresh=True)
    assert len(centre.queries) == 2
    fetch(magnitude=(1, 9))
    assert len(centre.queries) == 3
    assert len(list((tmp_path / "cache").iterdir())) == 2


def test_ranges_and_zones_reach_the_data_centre(centre, fetch):
    """Every limit is sent under its FDSN name; times with a zone become UTC."""
    fetch(
        provider=centre.address + "/",
        starttime="2020-01-01T09:00:00+09:00",
        endtime=np.datetime64("2020-01-02"),
        magnitude=(2.5, 5),
        latitude_deg=(-20, 20),
        longitude_deg=(100, 180),
        depth_km=(0, 70),
    )
    path, query = centre.queries[0]
    assert path == "/fdsnws/event/1/query"
    numbers = {k: float(v) for k, v in query.items() if k.startswith(("min", "max"))}
    assert numbers == {
        "minmagnitude": 2.5,
        "maxmagnitude": 5,
        "minlatitude": -20,
        "maxlatitude": 20,
        "minlongitude": 100,
        "maxlongitude": 180,
        "mindepth": 0,
        "maxdepth": 70,
    }
    assert pd.Timestamp(query["starttime"]) == pd.Timestamp("2020-01-01")
    assert pd.Timestamp(query["endtime"]) == pd.Timestamp("2020-01-02")


@pytest.mark.parametrize(
    ("status", "error", "words"),
    [
        (204, datasets.NoDataError, "has no event that fits"),
        (400, ValueError, "refused the query .*told by the server"),
        (413, ValueError, "refused the query"),
        (404, ConnectionError, "failed to answer: 404"),
        (429, ConnectionError, "failed to answer: 429"),
        (503, ConnectionError, "503 Service Unavailable: 'told by the server'"),
    ],
)
def test_refusals_become_clear_errors(centre, fetch, tmp_path, status, error, words):
    """No data, a bad query, too much and a failing server are told apart."""
    centre.status, centre.body = status, b"told by the server"
    with pytest.raises(error, match=rf"(?s)127\.0\.0\.1:\d+ .*{words}"):
        fetch()
    assert not (tmp_path / "cache").exists()


HTML = b"<!DOCTYPE html><html><body>Please log in</body></html>"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (HTML, "an HTML page instead of a catalogue: .*Please log in"),
        (HTML[15:], "an HTML page"),
        (b"", "nothing"),
        (b" \n", "nothing"),
        (b"Error 500: database is down", "text .*: 'Error 500: database is down'"),
        (b"<?xml version='1.0'?><error/>", "another kind of XML .*'error'"),
        (document(LATE, EARLY)[:-300], "QuakeML cut short"),
        (document(LATE, EARLY).replace(b"</event>", b"", 1), "QuakeML that is damaged"),
        (b"#EventID|Time|Latitude\nx|2020-01-01|1", "text"),
        (b"\x00\xff\xfe", "text"),
    ],
)
def test_an_answer_that_is_no_catalogue_is_told(centre, fetch, tmp_path, body, words):
    """The address and what came are named, and nothing is kept."""
    centre.body = body
    named = rf"127\.0\.0\.1:\d+ answered with {words}"
    with pytest.raises(ConnectionError, match=named):
        fetch()
    assert not (tmp_path / "cache").exists()


def test_a_connection_that_breaks_off_is_told(centre, fetch, tmp_path):
    """Fewer bytes than announced are not a short catalogue."""
    centre.length = len(centre.body) + 100
    with pytest.raises(ConnectionError, match=r"127\.0\.0\.1.*was cut short"):
        fetch()
    assert not (tmp_path / "cache").exists()


def test_a_catalogue_without_events_is_no_data(centre, fetch, tmp_path):
    """An empty list is an answer, and it may be another one tomorrow."""
    centre.body = document()
    with pytest.raises(datasets.NoDataError, match="has no event that fits"):
        fetch()
    centre.body = document(event(time=None))
    with pytest.raises(datasets.NoDataError, match="1 events without a readable"):
        fetch()
    assert not (tmp_path / "cache").exists()


# --- odd events -----------------------------------------------------------------

OTHERS = "<preferred{0}ID>smi:local/{1}</preferred{0}ID>"
ODD = {
    "events whose magnitude is no number": [
        event("odd", magnitude=size("nan")),
        event("odd", magnitude=size("inf")),
        event("odd", magnitude=size("large")),
        event("odd", magnitude=size("")),
    ],
    "events without a readable origin time": [
        event("odd", time=None),
        event("odd", time="2016-12-31T23:59:60Z"),
        event("odd", time="2020-01-01T10:59:60.000"),
        event("odd", time="soon"),
        event("odd", time=""),
    ],
    "events without a place on the globe": [
        event("odd", latitude="nan"),
        event("odd", latitude="95"),
        event("odd", latitude=None),
        event("odd", longitude="east"),
        event("odd", longitude="400"),
    ],
    "events whose depth is no number": [
        event("odd", origin="<depth><value>nan</value></depth>")
    ],
    "events whose preferred origin is another event's": [
        event("odd", extra=OTHERS.format("Origin", "late/o"))
    ],
    "events whose preferred magnitude is another event's": [
        event("odd", extra=OTHERS.format("Magnitude", "m5.1"))
    ],
    "events of a type that QuakeML does not know": [
        event("odd", extra="<type>party</type>")
    ],
    "events without an origin": ['<event publicID="smi:local/odd"/>'],
    "events given twice": [EARLY],
}
CASES = [(odd, kind) for kind, events in ODD.items() for odd in events]


@pytest.mark.parametrize(("odd", "kind"), CASES)
def test_one_odd_event_is_left_out_counted_and_told(odd, kind):
    """Wherever it stands, it does not end the catalogue; the others are all there."""
    for events in ([EARLY, LATE, odd], [EARLY, odd, LATE]):
        table = quakeml.read_quakeml(document(*events))
        assert table.event_id.tolist() == ["smi:local/early", "smi:local/late"]
        assert table.attrs["rows_left_out"] == {kind: 1}


def test_odd_events_are_told_every_time(centre, fetch):
    """In attrs and in a warning, from the data centre and from the cache."""
    ill = [event(f"odd{n}", magnitude=size("nan")) for n in range(2)]
    centre.body = document(EARLY, *ill, '<event publicID="smi:local/lost"/>')
    words = "left out of the catalogue: 2 events whose magnitude .*, 1 events without"
    for _ in range(2):
        with pytest.warns(UserWarning, match=words):
            table = fetch()
        assert table.event_id.tolist() == ["smi:local/early"]
        expected = {"events whose magnitude is no number": 2}
        expected |= {"events without an origin": 1}
        assert table.attrs["rows_left_out"] == expected
    assert len(centre.queries) == 1


def test_the_preferred_origin_and_magnitude_are_taken():
    """Not the first ones; the first where the preferred one is nowhere."""
    second = (
        '<origin publicID="smi:local/p"><time><value>2020-01-01T07:00:00</value></time>'
        "<latitude><value>3</value></latitude><longitude><value>190</value></longitude>"
        "</origin>"
    )
    sizes = size(4, "mb") + size(5, "Mw")
    for wanted, place, magnitude in (("p", [3, -170], 5), ("gone", [1, 2], 4)):
        extra = OTHERS.format("Origin", wanted)
        extra += OTHERS.format("Magnitude", "m5" if wanted == "p" else "gone")
        one = event("both", extra=extra, magnitude=second + sizes)
        table = quakeml.read_quakeml(document(one))
        found = table.loc[0, ["latitude_deg", "longitude_deg"]].tolist()
        assert found == place
        assert table.loc[0, "magnitude"] == magnitude


def test_other_versions_and_zones_are_read():
    """An older namespace, a known type in capitals, a time with an offset."""
    one = event(extra="<type>Quarry Blast</type>", time="2020-01-01T09:00:00+09:00")
    table = quakeml.read_quakeml(document(one).replace(b"bed/1.2", b"bed/1.1"))
    assert table.time.tolist() == [pd.Timestamp("2020-01-01")]


# --- waiting and progress ---------------------------------------------------------


def test_a_silent_server_ends_in_a_timeout(centre, fetch):
    """The wait ends after timeout_s, with the address and the limit in words."""
    centre.wait_s = 60
    with pytest.raises(TimeoutError, match=r"127\.0\.0\.1.*timeout_s = 0\.3 s"):
        fetch(timeout_s=0.3)


def test_a_server_that_stops_half_way_ends_in_a_timeout(centre, fetch, tmp_path):
    """The limit holds for every piece of data."""
    centre.piece, centre.pause_s = 100, 60
    with pytest.raises(TimeoutError, match=r"127\.0\.0\.1.*timeout_s = 0\.3 s"):
        fetch(timeout_s=0.3)
    assert not (tmp_path / "cache").exists()


def test_a_dead_port_is_a_connection_error(fetch):
    """Nobody listens: the address is named."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(ConnectionError, match=rf"127\.0\.0\.1:{port} could not"):
        fetch(provider=f"http://127.0.0.1:{port}")


def test_long_downloads_show_progress_and_short_ones_do_not(centre, fetch, capsys):
    """A bar after a second, in bytes; nothing for what is there at once."""
    fetch()
    assert capsys.readouterr().err == ""
    centre.piece, centre.pause_s = 1 + len(centre.body) // 3, 0.7
    fetch(refresh=True)
    assert "B/s" in capsys.readouterr().err


# --- the date line ----------------------------------------------------------------


def test_a_box_across_the_date_line_is_two_requests(centre, fetch):
    """West before east: both sides are joined, sorted, and kept under one query."""

    def side(query):
        if float(query["minlongitude"]) == 170:
            return document(
                LATE, event("line", longitude="180"), '<event publicID="x"/>'
            )
        return document(event("line", longitude="180"), event("east", longitude="-175"))

    centre.body = side
    with pytest.warns(UserWarning, match="1 events without an origin"):
        table = fetch(longitude_deg=(170, -170))
    longitudes = [(q["minlongitude"], q["maxlongitude"]) for _, q in centre.queries]
    assert [tuple(map(float, pair)) for pair in longitudes] == [
        (170, 180),
        (-180, -170),
    ]
    names = {"smi:local/late", "smi:local/line", "smi:local/east"}
    assert set(table.event_id) == names
    assert len(table) == 3
    assert table.time.is_monotonic_increasing


def test_one_empty_side_of_the_date_line_is_no_error(centre, fetch):
    """Only if both sides are empty there is no data."""
    centre.body = lambda q: document(*[LATE][: float(q["minlongitude"]) > 0])
    assert len(fetch(longitude_deg=(170, -170))) == 1
    centre.body = document()
    with pytest.raises(datasets.NoDataError):
        fetch(longitude_deg=(160, -170))


# --- arguments --------------------------------------------------------------------


@pytest.mark.parametrize(
    "moment",
    [
        "2020-01-01",
        "20200101",
        "2020",
        "2020-01",
        "2020-01-01T00:00:00Z",
        "2020-01-01T09:00:00+09:00",
        date(2020, 1, 1),
        datetime(2020, 1, 1),
        datetime(2020, 1, 1, tzinfo=UTC),
        pd.Timestamp("2020-01-01T01:00", tz="Europe/Rome"),
        np.datetime64("2020-01-01"),
    ],
)
def test_times_that_cannot_be_misread_are_accepted(moment):
    """ISO 8601, datetime, Timestamp, datetime64: all of them the same moment in UTC."""
    query = event_query.times(moment, END)
    assert query["starttime"] == "2020-01-01T00:00:00"


def test_times_of_obspy_are_accepted():
    """A UTCDateTime holds a datetime."""
    from obspy import UTCDateTime

    query = event_query.times(UTCDateTime(2020, 1, 1, 0, 0, 0, 500000), END)
    assert query["starttime"] == "2020-01-01T00:00:00.500000"


@pytest.mark.parametrize(
    "moment",
    [2019, 2019.5, True, np.int64(2019), "01/02/2019", "1.2.2019", "2019/01/02", "now",
     "2019-1-2", "yesterday evening", "", "NaT", pd.NaT, np.datetime64("NaT"), None,
     "2016-12-31T23:59:60", "2019-02-29", ["2019-01-01"]],
)  # fmt: skip
@pytest.mark.parametrize("name", ["starttime", "endtime"])
def test_times_that_can_be_misread_are_refused(name, moment):
    """2019 is not 2019 ns after 1970, and 01/02/2019 is two days."""
    with pytest.raises(ValueError, match=f"{name} must be a time such as .*, got "):
        event_query.times(**({"starttime": START, "endtime": END} | {name: moment}))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"provider": "NOWHERE"}, "provider must be .*USGS.*, got 'NOWHERE'"),
        ({"provider": 5}, "provider must be an address"),
        ({"provider": "http://"}, "provider must be an address"),
        ({"endtime": START}, "endtime must be after starttime"),
        ({"timeout_s": 0}, "timeout_s must be a positive number, got 0"),
        ({"timeout_s": np.nan}, "timeout_s must be a positive number, got nan"),
        ({"timeout_s": (1, 2)}, "timeout_s must be"),
        ({"timeout_s": True}, "timeout_s must be"),
        ({"timeout_s": "5"}, "timeout_s must be"),
        ({"magnitude": (6, 5)}, r"magnitude must be \(low, high\), .*, got \(6, 5\)"),
        ({"magnitude": 5}, "magnitude must be .*, got 5"),
        ({"magnitude": "59"}, "magnitude must be .*, got '59'"),
        ({"magnitude": ("5", "9")}, "magnitude must be"),
        ({"magnitude": {5, 9}}, "magnitude must be"),
        ({"magnitude": (True, 9)}, "magnitude must be"),
        ({"magnitude": (1, 2, 3)}, "magnitude must be"),
        ({"latitude_deg": (-91, 0)}, "latitude_deg must be .* between -90 and 90"),
        ({"longitude_deg": (0, 360)}, "between -180 and 180.*across the date line"),
        ({"depth_km": (0, np.nan)}, "depth_km must be"),
        ({"cache_dir": 5}, "cache_dir must be the path of a folder, got 5"),
        ({"cache_dir": ""}, "cache_dir must be the path of a folder, got ''"),
        ({"refresh": "no"}, "refresh must be True or False, got 'no'"),
    ],
)
def test_bad_arguments_are_refused_before_anything_is_asked(
    centre, fetch, changes, words
):
    """The message names the argument and says what is accepted."""
    with pytest.raises(ValueError, match=words):
        fetch(**changes)
    assert centre.queries == []


def test_short_names_are_understood():
    """ObsPy's short names work in any case."""
    assert event_query.address("usgs") == event_query.address("USGS")
    assert event_query.address("USGS").startswith("http")


# --- the cache --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("platform", "variables", "expected"),
    [
        ("linux", {"MLEARTH_CACHE": "/chosen"}, "/chosen"),
        ("linux", {"MLEARTH_CACHE": "~/quakes"}, "/home/me/quakes"),
        ("linux", {"XDG_CACHE_HOME": "/xdg"}, "/xdg/mlearth"),
        ("linux", {}, "/home/me/.cache/mlearth"),
        ("darwin", {}, "/home/me/Library/Caches/mlearth"),
        ("win32", {"LOCALAPPDATA": "/local"}, "/local/mlearth"),
    ],
)
def test_cache_folder_follows_the_platform(monkeypatch, platform, variables, expected):
    """The reader's wish first, then the platform's custom."""
    for name in ("MLEARTH_CACHE", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in (variables | {"HOME": "/home/me"}).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(answers.sys, "platform", platform)
    assert answers.cache_folder().as_posix() == expected


def test_default_cache_is_the_cache_folder(centre, fetch, tmp_path, monkeypatch):
    """Without cache_dir the answer lands in cache_folder(), with its query."""
    monkeypatch.setenv("MLEARTH_CACHE", str(tmp_path / "new"))
    fetch(cache_dir=None)
    (kept,) = (tmp_path / "new").iterdir()
    note = json.loads(kept.read_text().splitlines()[0].removeprefix("# "))
    assert note["attrs"]["query"]["provider"] == centre.address


def test_a_cache_that_cannot_be_written_costs_no_table(fetch, tmp_path):
    """The table is returned, and a warning names the folder."""
    (tmp_path / "file").write_text("")
    with pytest.warns(UserWarning, match="could not be kept in .*file.* cache_dir"):
        table = fetch(cache_dir=tmp_path / "file" / "cache")
    assert len(table) == 2


def test_a_full_disk_costs_no_table_and_leaves_nothing(fetch, tmp_path, monkeypatch):
    """A write that fails half way leaves no half file behind."""

    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(answers.os, "replace", fail)
    with pytest.warns(UserWarning, match="No space left on device"):
        assert len(fetch()) == 2
    assert list((tmp_path / "cache").iterdir()) == []


def damaged(text):
    """Give what can become of a kept answer."""
    first, header, *rows = text.splitlines(keepends=True)
    return {
        "empty": "",
        "cut short": text[:-20],
        "header only": first + header,
        "header alone": header,
        "a row lost": first + header + rows[0],
        "a digit changed": text.replace("35.5", "53.5"),
        "another file": HTML.decode(),
        "a list": "# []\n" + header,
    }


@pytest.mark.parametrize("how", damaged("a\nb\nc\n"))
def test_a_damaged_cache_is_asked_again(centre, fetch, tmp_path, how):
    """Never an empty or a shorter catalogue: the damage is told and mended."""
    whole = fetch()
    (kept,) = (tmp_path / "cache").iterdir()
    kept.write_text(damaged(kept.read_text())[how])
    with pytest.warns(UserWarning, match=f"{kept.name} is damaged"):
        pd.testing.assert_frame_equal(fetch(), whole)
    pd.testing.assert_frame_equal(fetch(), whole)
    assert len(centre.queries) == 2


def test_a_cache_of_other_bytes_is_asked_again(centre, fetch, tmp_path):
    """What is no text, or no file, is damaged too."""
    fetch()
    (kept,) = (tmp_path / "cache").iterdir()
    kept.write_bytes(b"\xff\xfe\x00")
    with pytest.warns(UserWarning, match="is damaged"):
        assert len(fetch()) == 2
    kept.unlink()
    kept.mkdir()
    with pytest.warns(UserWarning, match=r"is damaged|could not be kept"):
        assert len(fetch()) == 2


def test_many_writers_and_readers_see_whole_answers(tmp_path):
    """Each write is one move: a reader finds an answer or none, never a part."""
    tables = [quakeml.read_quakeml(document(*[event(f"{n}{k}") for k in range(50 + n)]))
              for n in range(4)]  # fmt: skip
    path, faults = tmp_path / "catalog-x.csv", []

    def work(table):
        for _ in range(10):
            answers.keep(path, answers.to_answer(table))
            found = answers.kept(path)
            if found is None or len(found) not in range(50, 54):
                faults.append(found)

    threads = [threading.Thread(target=work, args=(table,)) for table in tables]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert list(tmp_path.iterdir()) == [path]


def test_codes_survive_the_cache(centre, fetch):
    """An identifier NA, quotes and commas, and the last digit of a number."""
    odd = event(longitude="170.1234567890123", magnitude=size(5, "NA"))
    centre.body = document(odd.replace("smi:local/one&quot;", "NA").replace(
        'publicID="smi:local/one"', 'publicID="007"'))  # fmt: skip
    for _ in range(2):
        table = fetch()
        assert table.event_id.tolist() == ["007"]
        assert table.magnitude_type.tolist() == ["NA"]
        assert table.longitude_deg.tolist() == [170.1234567890123]
