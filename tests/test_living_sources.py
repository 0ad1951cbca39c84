"""Living sources: a data centre on 127.0.0.1 and benchmark files made here."""

import http.server
import io
import json
import socket
import threading
from urllib.parse import parse_qs, urlsplit

import h5py
import numpy as np
import pandas as pd
import pytest

from mlearth import datasets
from mlearth.datasets import living

START, END = "2020-01-01", "2020-01-02"


def quakeml():
    """Write three events: one complete, one bare, one without an origin."""
    from obspy import UTCDateTime
    from obspy.core.event import Catalog, Event, Magnitude, Origin

    late = Event(
        resource_id="smi:local/late",
        origins=[Origin(time=UTCDateTime("2020-01-01T12:00:00.25"), latitude=-10.5,
                        longitude=170.25, depth=35500.0)],
        magnitudes=[Magnitude(mag=5.1, magnitude_type="Mw")],
    )  # fmt: skip
    early = Event(
        resource_id="smi:local/early",
        origins=[Origin(time=UTCDateTime("2020-01-01T06:00:00"), latitude=1.0,
                        longitude=2.0)],
    )  # fmt: skip
    text = io.BytesIO()
    lost = Event(resource_id="smi:local/lost")
    Catalog([late, early, lost]).write(text, format="QUAKEML")
    return text.getvalue()


class DataCentre(http.server.BaseHTTPRequestHandler):
    """Answers event queries; the least magnitude chooses what goes wrong."""

    def do_GET(self):
        """Answer with events, an HTTP error, or much too late."""
        url = urlsplit(self.path)
        query = {key: value[0] for key, value in parse_qs(url.query).items()}
        self.server.queries.append((url.path, query))
        case = float(query.get("minmagnitude", 0))
        if case == 9.0:  # too late
            self.server.finished.wait(5)
            return
        status = {8.0: 204, 7.0: 400, 6.0: 503, 5.5: 413}.get(case, 200)
        body = self.server.text if status == 200 else b"told by the server"
        self.send_response(status)
        self.end_headers()
        if status != 204:
            self.wfile.write(body)

    def log_message(self, *args):
        """Keep quiet."""


@pytest.fixture
def centre():
    """Run a data centre on 127.0.0.1 and stop it afterwards."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), DataCentre)
    server.queries, server.finished = [], threading.Event()
    server.text = quakeml()
    server.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield server
    server.finished.set()
    server.shutdown()
    thread.join()
    server.server_close()


# --- catalogues -----------------------------------------------------------------


def test_fetched_catalogue_is_tidy_and_sorted(centre, tmp_path):
    """Kilometres, UTC times in order, missing values missing, lost events counted."""
    table = datasets.fetch_catalog(centre.address, START, END, cache_dir=tmp_path)
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
    assert table.attrs["rows_left_out"] == {"events without an origin": 1}
    assert table.attrs["source"] == centre.address


def test_columns_match_the_shipped_catalogue(centre, tmp_path):
    """What works on the shipped catalogue works on a fetched one."""
    table = datasets.fetch_catalog(centre.address, START, END, cache_dir=tmp_path)
    shipped = datasets.load_global_cmt()
    assert table.columns[:5].tolist() == shipped.columns[:5].tolist()
    assert (table.dtypes[:5] == shipped.dtypes[:5]).all()


def test_the_same_query_is_asked_once(centre, tmp_path):
    """The second time comes from the cache, equal in values, types and attrs."""
    arguments = (centre.address, START, END)
    first = datasets.fetch_catalog(*arguments, cache_dir=tmp_path)
    again = datasets.fetch_catalog(*arguments, cache_dir=tmp_path)
    assert len(centre.queries) == 1
    pd.testing.assert_frame_equal(first, again)
    assert first.attrs == again.attrs
    datasets.fetch_catalog(*arguments, cache_dir=tmp_path, refresh=True)
    assert len(centre.queries) == 2
    datasets.fetch_catalog(*arguments, cache_dir=tmp_path, magnitude=(1, 9))
    assert len(centre.queries) == 3
    assert len(list(tmp_path.glob("*.csv"))) == 2
    assert not list(tmp_path.glob("*.part"))


def test_ranges_and_zones_reach_the_data_centre(centre, tmp_path):
    """Every limit is sent under its FDSN name; times with a zone become UTC."""
    datasets.fetch_catalog(
        centre.address + "/",
        "2020-01-01T09:00:00+09:00",
        np.datetime64("2020-01-02"),
        magnitude=(2.5, 5),
        latitude_deg=(-20, 20),
        longitude_deg=(100, 180),
        depth_km=(0, 70),
        cache_dir=tmp_path,
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
    ("least", "error", "words"),
    [
        (8.0, datasets.NoDataError, "has no event that fits"),
        (7.0, ValueError, "refused the query .*told by the server"),
        (5.5, ValueError, "refused the query"),
        (6.0, ConnectionError, "temporarily unavailable"),
    ],
)
def test_answers_without_events_become_clear_errors(
    centre, tmp_path, least, error, words
):
    """No data, a bad query, too much and a failing server are told apart."""
    with pytest.raises(error, match=f"(?s){words}"):
        datasets.fetch_catalog(
            centre.address, START, END, magnitude=(least, 9.5), cache_dir=tmp_path
        )
    assert not list(tmp_path.iterdir())


def test_a_silent_server_ends_in_a_timeout(centre, tmp_path):
    """The wait ends after timeout_s, with the address and the limit in words."""
    with pytest.raises(TimeoutError, match=r"127\.0\.0\.1.*timeout_s = 0\.3 s"):
        datasets.fetch_catalog(
            centre.address,
            START,
            END,
            magnitude=(9.0, 9.5),
            timeout_s=0.3,
            cache_dir=tmp_path,
        )


def test_a_dead_port_is_a_connection_error(tmp_path):
    """Nobody listens: the address is named."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(ConnectionError, match=rf"127\.0\.0\.1:{port} could not"):
        datasets.fetch_catalog(
            f"http://127.0.0.1:{port}", START, END, cache_dir=tmp_path
        )


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"provider": "NOWHERE"}, "provider is 'NOWHERE'; accepted are .*USGS"),
        ({"starttime": "yesterday evening"}, "starttime is 'yesterday evening'"),
        ({"endtime": None}, "endtime is None; accepted is a time"),
        ({"endtime": START}, "must be after starttime"),
        ({"timeout_s": 0}, "timeout_s is 0; it must be a positive number"),
        ({"timeout_s": (1, 2)}, "timeout_s"),
        ({"magnitude": (6, 5)}, r"the range of magnitude is \(6, 5\)"),
        ({"magnitude": 5}, "the range of magnitude is 5"),
        ({"latitude_deg": (-91, 0)}, "both between -90 and 90"),
        ({"longitude_deg": (0, 360)}, "both between -180 and 180"),
        ({"depth_km": (0, np.nan)}, "the range of depth"),
    ],
)
def test_bad_arguments_are_refused_before_anything_is_asked(
    centre, tmp_path, changes, words
):
    """The message names the argument and says what is accepted."""
    arguments = {"provider": centre.address, "starttime": START, "endtime": END}
    with pytest.raises(ValueError, match=words):
        datasets.fetch_catalog(**(arguments | changes), cache_dir=tmp_path)
    assert centre.queries == []


def test_short_names_are_understood():
    """ObsPy's short names work in any case."""
    assert living._address("usgs") == living._address("USGS")
    assert living._address("USGS").startswith("http")


@pytest.mark.parametrize(
    ("platform", "variables", "expected"),
    [
        ("linux", {"MLEARTH_CACHE": "/chosen"}, "/chosen"),
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
    monkeypatch.setattr(living.sys, "platform", platform)
    assert living.cache_folder().as_posix() == expected


def test_default_cache_is_the_cache_folder(centre, tmp_path, monkeypatch):
    """Without cache_dir the answer lands in cache_folder(), with its query."""
    monkeypatch.setenv("MLEARTH_CACHE", str(tmp_path / "new"))
    datasets.fetch_catalog(centre.address, START, END)
    (note,) = (tmp_path / "new").glob("*.json")
    assert json.loads(note.read_text())["query"]["provider"] == centre.address


# --- SeisBench layout -----------------------------------------------------------


def write_set(folder, traces, table, chunk="", **data_format):
    """Write metadata<chunk>.csv and waveforms<chunk>.hdf5."""
    table.to_csv(folder / f"metadata{chunk}.csv", index=False)
    with h5py.File(folder / f"waveforms{chunk}.hdf5", "w") as file:
        for name, values in traces.items():
            file[f"data/{name}"] = values
        for name, value in data_format.items():
            file[f"data_format/{name}"] = value


@pytest.fixture
def block():
    """Give four traces of three components, 100 samples, packed as one array."""
    return np.random.default_rng(0).normal(size=(4, 3, 100))


@pytest.fixture
def folder(tmp_path, block):
    """Write a set in blocks, traces of 100, 80, 60 and 40 samples."""
    names = [f"bucket0${i},:3,:{100 - 20 * i}" for i in range(4)]
    table = pd.DataFrame({"trace_name": names, "trace_p_arrival_sample": range(4)})
    layout = {"dimension_order": "CW", "component_order": "ZNE", "sampling_rate": 50.0}
    write_set(tmp_path, {"bucket0": block}, table, **layout)
    return tmp_path


def test_blocks_are_cut_by_the_trace_name(folder, block):
    """bucket0$2,:3,:60 is row 2 of the block without its padding."""
    data = datasets.open_seisbench(folder)
    assert len(data) == 4
    waveform = data.waveform(2)
    assert waveform.dtype == np.float32
    np.testing.assert_array_equal(waveform, block[2, :, :60].astype(np.float32))


def test_components_come_in_the_order_asked_for(folder, block):
    """'EZ' gives east, then vertical."""
    data = datasets.open_seisbench(folder, "EZ")
    np.testing.assert_array_equal(data.waveform(0), block[0, [2, 0]].astype("f4"))


def test_metadata_says_order_rate_and_chunk(folder):
    """What stands once in the file is written to every row."""
    metadata = datasets.open_seisbench(folder).metadata
    assert metadata.trace_component_order.tolist() == ["ZNE"] * 4
    assert metadata.trace_sampling_rate_hz.tolist() == [50.0] * 4
    assert metadata.trace_chunk.tolist() == [""] * 4
    assert metadata.trace_p_arrival_sample.tolist() == [0, 1, 2, 3]


def test_a_missing_component_is_refused_or_filled(tmp_path, block):
    """Nothing is made up in silence."""
    table = pd.DataFrame({"trace_name": ["a"]})
    layout = {"dimension_order": "CW", "component_order": "ZN"}
    write_set(tmp_path, {"a": block[0, :2]}, table, **layout)
    with pytest.raises(ValueError, match=r"components 'ZN', not \['E'\]"):
        datasets.open_seisbench(tmp_path).waveform(0)
    filled = datasets.open_seisbench(tmp_path, fill_value=0.0).waveform(0)
    np.testing.assert_array_equal(filled[:2], block[0, :2].astype("f4"))
    np.testing.assert_array_equal(filled[2], 0)


def test_samples_first_is_turned(tmp_path, block):
    """Arrays stored as samples x components come out as components x samples."""
    table = pd.DataFrame({"trace_name": ["group/a"]})
    layout = {"dimension_order": "WC", "component_order": "ZNE"}
    write_set(tmp_path, {"group/a": block[1].T}, table, **layout)
    waveform = datasets.open_seisbench(tmp_path).waveform(0)
    np.testing.assert_array_equal(waveform, block[1].astype("f4"))
    assert waveform.flags.c_contiguous


def test_each_trace_may_have_its_own_order_and_rate(tmp_path, block):
    """Columns of the metadata win over what the file says of all."""
    table = pd.DataFrame({"trace_name": ["a", "b"], "trace_dt_s": [0.01, None]})
    table["trace_component_order"] = ["ENZ", None]
    traces = {"a": block[0], "b": block[1]}
    layout = {"dimension_order": ["C", "W"], "component_order": ["Z", "N", "E"]}
    write_set(tmp_path, traces, table, **layout, sampling_rate=20)
    data = datasets.open_seisbench(tmp_path)
    assert data.metadata.trace_sampling_rate_hz.tolist() == [100.0, 20.0]
    np.testing.assert_array_equal(data.waveform(0), block[0, ::-1].astype("f4"))
    np.testing.assert_array_equal(data.waveform(1), block[1].astype("f4"))


@pytest.mark.parametrize("listed", [True, False])
def test_chunks_are_read_as_one_set(tmp_path, block, listed):
    """Rows of all chunks follow each other; each is read from its own file."""
    layout = {"dimension_order": "CW", "component_order": "ZNE"}
    for number, chunk in enumerate(["_2019", "_2020"]):
        table = pd.DataFrame({"trace_name": ["a"]})
        write_set(tmp_path, {"a": block[number]}, table, chunk, **layout)
    if listed:
        (tmp_path / "chunks").write_text("_2020\n_2019\n")
    data = datasets.open_seisbench(tmp_path)
    assert data.metadata.trace_chunk.tolist() == ["_2019", "_2020"]
    for number in range(2):
        expected = block[number].astype("f4")
        np.testing.assert_array_equal(data.waveform(number), expected)


def test_half_a_chunk_is_an_error(tmp_path, block):
    """A chunk without its waveforms is not passed over."""
    table = pd.DataFrame({"trace_name": ["a"]})
    layout = {"dimension_order": "CW", "component_order": "ZNE"}
    write_set(tmp_path, {"a": block[0]}, table, "_1", **layout)
    table.to_csv(tmp_path / "metadata_2.csv")
    with pytest.raises(FileNotFoundError, match=r"holds no waveforms_2\.hdf5"):
        datasets.open_seisbench(tmp_path)


def test_chunks_that_disagree_are_an_error(tmp_path, block):
    """Two chunks with other component orders are not one set."""
    table = pd.DataFrame({"trace_name": ["a"]})
    for chunk, order in (("_1", "ZNE"), ("_2", "ENZ")):
        layout = {"dimension_order": "CW", "component_order": order}
        write_set(tmp_path, {"a": block[0]}, table, chunk, **layout)
    with pytest.raises(ValueError, match="differ in their data_format"):
        datasets.open_seisbench(tmp_path)


def test_waveforms_are_read_when_asked_for(folder):
    """Opening reads the table alone: the arrays may change or go until then."""
    data = datasets.open_seisbench(folder)
    with h5py.File(folder / "waveforms.hdf5", "a") as file:
        file["data/bucket0"][...] = 7.0
    assert (data.waveform(0) == 7).all()
    (folder / "waveforms.hdf5").unlink()
    with pytest.raises(FileNotFoundError):
        data.waveform(0)


def test_what_is_wrong_with_a_folder_is_said(tmp_path, block):
    """No folder, nothing in it, an unknown layout, no component order."""
    with pytest.raises(FileNotFoundError, match="which is not a folder"):
        datasets.open_seisbench(tmp_path / "nowhere")
    with pytest.raises(FileNotFoundError, match=r"holds no metadata\.csv"):
        datasets.open_seisbench(tmp_path)
    table = pd.DataFrame({"trace_name": ["a"]})
    write_set(tmp_path, {"a": block[0]}, table, dimension_order="NCW")
    with pytest.raises(ValueError, match="dimension_order is 'NCW'; accepted are"):
        datasets.open_seisbench(tmp_path)
    write_set(tmp_path, {"a": block[0]}, table, dimension_order="CW")
    with pytest.raises(ValueError, match="1 traces have no component order"):
        datasets.open_seisbench(tmp_path)


def test_bad_requests_are_refused(folder):
    """Component order, row and trace name are checked."""
    with pytest.raises(ValueError, match="component_order is 'ZZ'"):
        datasets.open_seisbench(folder, "ZZ")
    data = datasets.open_seisbench(folder)
    for index in (4, -1):
        with pytest.raises(IndexError, match=f"index is {index}; accepted is 0 to 3"):
            data.waveform(index)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("bucket9$0,:3,:5", "holds no 'data/bucket9'"),
        ("bucket0$0,x", "is not a place such as"),
        ("bucket0", "has 3 dimensions; accepted are 2"),
    ],
)
def test_a_broken_trace_name_is_told(folder, name, words):
    """A name that leads nowhere is an error, not an empty array."""
    pd.DataFrame({"trace_name": [name]}).to_csv(folder / "metadata.csv", index=False)
    with pytest.raises(ValueError, match=words):
        datasets.open_seisbench(folder).waveform(0)
