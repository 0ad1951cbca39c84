"""Benchmark sets in the layout of SeisBench, made here and broken here."""

from types import MappingProxyType

import h5py
import numpy as np
import pandas as pd
import pytest

from mlearth import datasets


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
    with pytest.raises(ValueError, match=r"row 0.*components 'ZN', not \['E'\]"):
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
    with pytest.raises(FileNotFoundError, match="folder must be a folder"):
        datasets.open_seisbench(tmp_path / "nowhere")
    with pytest.raises(FileNotFoundError, match=r"holds no metadata\.csv"):
        datasets.open_seisbench(tmp_path)
    table = pd.DataFrame({"trace_name": ["a"]})
    write_set(tmp_path, {"a": block[0]}, table, dimension_order="NCW")
    with pytest.raises(
        ValueError, match="dimension_order must be 'CW' or 'WC', got 'NCW'"
    ):
        datasets.open_seisbench(tmp_path)
    write_set(tmp_path, {"a": block[0]}, table, dimension_order="CW")
    with pytest.raises(ValueError, match="1 traces have no component order"):
        datasets.open_seisbench(tmp_path)


def test_bad_requests_are_refused(folder):
    """Component order, row and trace name are checked."""
    with pytest.raises(ValueError, match=r"component_order must be .*'ZZ'"):
        datasets.open_seisbench(folder, "ZZ")
    data = datasets.open_seisbench(folder)
    for index in (4, -1):
        with pytest.raises(
            IndexError, match=f"index must be between 0 and 3, got {index}"
        ):
            data.waveform(index)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("bucket9$0,:3,:5", "holds no 'data/bucket9'"),
        ("bucket0$0,x", "is not a place such as"),
        ("bucket0", r"must have 2 dimensions \(CW\), got 3"),
    ],
)
def test_a_broken_trace_name_is_told(folder, name, words):
    """A name that leads nowhere is an error, not an empty array."""
    pd.DataFrame({"trace_name": [name]}).to_csv(folder / "metadata.csv", index=False)
    with pytest.raises(ValueError, match=words):
        datasets.open_seisbench(folder).waveform(0)


# --- what is damaged, denied or nonsense ------------------------------------------

LAYOUT = MappingProxyType({"dimension_order": "CW", "component_order": "ZNE"})


def open_with(folder, block, changes=(), **columns):
    """Open a set of two traces with more columns in its metadata."""
    table = pd.DataFrame({"trace_name": ["a", "b"]} | columns)
    layout = dict(LAYOUT) | dict(changes)
    write_set(folder, {"a": block[0], "b": block[1]}, table, **layout)
    return datasets.open_seisbench(folder)


@pytest.mark.parametrize("name", ["station_code", "source_id", "label"])
@pytest.mark.parametrize("code", ["NA", "TRUE", "00", "1E10", "007", "nan", "None"])
def test_codes_stay_text(tmp_path, block, name, code):
    """No code is taken for a number, a truth value or a gap, whatever its column."""
    column = open_with(tmp_path, block, **{name: [code, code]}).metadata[name]
    assert column.tolist() == [code, code]
    assert column.dtype == "string"


@pytest.mark.parametrize("name", ["station_location_code", "trace_channel"])
def test_codes_that_look_like_plain_numbers_stay_text(tmp_path, block, name):
    """A column of codes is text by its name; a blank is missing."""
    column = open_with(tmp_path, block, **{name: ["10", None]}).metadata[name]
    assert column.dtype == "string"
    assert column[0] == "10"
    assert column.isna().tolist() == [False, True]


@pytest.mark.parametrize("name", ["label", "trace_p_arrival_sample"])
@pytest.mark.parametrize(
    ("values", "dtype"),
    [
        ([1, None], "Int64"),
        ([0, 12], "Int64"),
        ([True, None], "boolean"),
        ([True, False], "boolean"),
        (["blast", None], "string"),
        (["blast", "NA "], "string"),
    ],
)
def test_labels_come_back_as_given(tmp_path, block, name, values, dtype):
    """pandas' Int64, boolean and string survive the file, with their gaps."""
    given = pd.Series(values, dtype=dtype, name=name)
    metadata = open_with(tmp_path, block, **{name: given}).metadata
    pd.testing.assert_series_equal(metadata[name], given)


@pytest.mark.parametrize("values", [[0.5, None], [1e-05, 2.25], [1e-07, 3e22]])
def test_decimals_come_back_as_given(tmp_path, block, values):
    """Other numbers are float64, in a column known by its unit or not."""
    given = pd.Series(values, dtype=float)
    metadata = open_with(tmp_path, block, label=given, source_depth_km=given).metadata
    pd.testing.assert_series_equal(metadata["label"], given, check_names=False)
    np.testing.assert_array_equal(metadata["source_depth_km"], given)


def test_a_column_that_two_chunks_fill_differently_stays_text(tmp_path, block):
    """Numbers in one chunk and names in the other are not half converted."""
    for chunk, label in (("_1", "7"), ("_2", "blast")):
        table = pd.DataFrame({"trace_name": ["a"], "label": label, "path_km": label})
        write_set(tmp_path, {"a": block[0]}, table, chunk, **LAYOUT)
    metadata = datasets.open_seisbench(tmp_path).metadata
    assert metadata["label"].tolist() == ["7", "blast"]
    assert metadata["path_km"].tolist() == ["7", "blast"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("trace_name,label\na,1\nb\n", r"metadata.csv is damaged at line 3: 2 fields"),
        ("trace_name,label\na,1\nb,2,3\n", "damaged at line 3: 2 fields .* 3 found"),
        ('trace_name,label\na,"1\nb,2\n', "damaged at line 3"),
        ("trace_name,label\na,\udcff\n", "metadata.csv is damaged at line"),
        ("trace_name,label\na,1\n,2\n", "row 1.*trace_name must not be empty"),
        ("label\n1\n", "must have distinct columns, trace_name among them"),
        ("trace_name,x,x\na,1,2\n", "must have distinct columns"),
        ("", "must have distinct columns"),
    ],
)
def test_damaged_metadata_name_file_and_row(tmp_path, block, text, words):
    """A line cut short is not a row of gaps."""
    write_set(tmp_path, {"a": block[0]}, pd.DataFrame({"trace_name": ["a"]}), **LAYOUT)
    content = text.encode("utf-8", "surrogateescape")
    (tmp_path / "metadata.csv").write_bytes(content)
    with pytest.raises(ValueError, match=words):
        datasets.open_seisbench(tmp_path)


def test_damaged_waveforms_name_the_file(folder):
    """A download that broke off is told when the set is opened."""
    path = folder / "waveforms.hdf5"
    path.write_bytes(path.read_bytes()[:1000])
    with pytest.raises(ValueError, match=r"waveforms\.hdf5 is damaged"):
        datasets.open_seisbench(folder)


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        (
            {"trace_dt_s": [0.01, 0.0]},
            "row 1, trace 'b': trace_dt_s must be a positive",
        ),
        ({"trace_dt_s": [-0.01, 0.01]}, "row 0, trace 'a': trace_dt_s .*got -0.01"),
        ({"trace_dt_s": ["fast", 0.01]}, "row 0.*trace_dt_s must be a positive .*fast"),
        ({"trace_sampling_rate_hz": [100, 0]}, "row 1.*rate_hz must be a positive"),
        ({"trace_sampling_rate_hz": [np.inf, 1]}, "row 0.*rate_hz must be a positive"),
        (
            {"trace_sampling_rate_hz": [100, 100], "trace_dt_s": [0.01, 0.02]},
            "row 1.*must be 1 / trace_dt_s, got 100(.0)? and 0.02",
        ),
        ({"trace_component_order": ["ZNE", "ZZE"]}, "row 1.*must be distinct letters"),
    ],
)
def test_impossible_metadata_name_file_and_row(tmp_path, block, columns, words):
    """An interval of zero, or two columns that contradict each other, are refused."""
    with pytest.raises(ValueError, match=f"metadata.csv, {words}"):
        open_with(tmp_path, block, **columns)


@pytest.mark.parametrize("rate", [0, -5.0, "fast", np.nan + np.inf])
def test_an_impossible_rate_of_the_whole_file_is_refused(tmp_path, block, rate):
    """The rate that the file declares has to be one."""
    with pytest.raises(ValueError, match="sampling_rate must be a positive number"):
        open_with(tmp_path, block, {"sampling_rate": rate})


@pytest.mark.parametrize(
    "layout", [{"dimension_order": "WC"}, {"component_order": "ZN"}]
)
def test_a_layout_that_the_data_deny_is_refused(tmp_path, block, layout):
    """Three rows of samples are neither two components nor a hundred."""
    words = r"waveforms\.hdf5, row 0, trace 'a' must have the . components"
    with pytest.raises(ValueError, match=words):
        open_with(tmp_path, block, layout)


def test_one_trace_that_denies_the_layout_is_refused_when_read(tmp_path, block):
    """The first trace may be right and a later one not."""
    table = pd.DataFrame({"trace_name": ["a", "b"]})
    write_set(tmp_path, {"a": block[0], "b": block[1, :2]}, table, **LAYOUT)
    data = datasets.open_seisbench(tmp_path)
    with pytest.raises(ValueError, match=r"row 1, trace 'b' must have .* got 2"):
        data.waveform(1)


@pytest.mark.parametrize(
    "place", ["4,:3,:5", "-1,:3,:5", "0,:4,:5", "0,:3,:101", "0,:3,:5:0", "0,:3,5:2",
              "0,:3,-5:", "0,:3,:5,:1"],
)  # fmt: skip
def test_a_place_outside_the_file_is_refused(folder, place):
    """A cut longer than its block is not silently a shorter trace."""
    name = f"bucket0${place}"
    names = pd.DataFrame({"trace_name": ["bucket0$0,:3,:100", name]})
    names.to_csv(folder / "metadata.csv", index=False)
    data = datasets.open_seisbench(folder)
    with pytest.raises(ValueError, match=r"waveforms\.hdf5, row 1, .* is outside its"):
        data.waveform(1)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"folder": 5}, "folder must be the path of a folder, got 5"),
        ({"folder": ""}, "folder must be the path of a folder, got ''"),
        ({"component_order": 3}, "component_order must be distinct letters .*, got 3"),
        ({"component_order": ["Z"]}, r"component_order must be .*, got \['Z'\]"),
        ({"fill_value": "0"}, "fill_value must be a number or None, got '0'"),
        ({"fill_value": True}, "fill_value must be a number or None, got True"),
    ],
)
def test_nonsense_in_an_argument_is_named(folder, changes, words):
    """The argument, what it must be and what it was."""
    with pytest.raises(ValueError, match=words):
        datasets.open_seisbench(**({"folder": folder} | changes))


@pytest.mark.parametrize("index", [1.0, "0", True, None])
def test_an_index_is_a_whole_number(folder, index):
    """1.0 is no row."""
    with pytest.raises(ValueError, match="index must be a whole number"):
        datasets.open_seisbench(folder).waveform(index)


# the writer


def two_traces(**columns):
    """A table of two traces of different length and components, and their arrays."""
    table = pd.DataFrame(
        {
            "trace_name": ["a", "group/b"],
            "trace_component_order": ["ZNE", "Z"],
            "trace_sampling_rate_hz": [50.0, 100.0],
            "trace_p_arrival_sample": [7, 12],
            "station_code": ["NA", "007"],
            "split": ["train", "test"],
        }
    )
    rng = np.random.default_rng(5)
    arrays = [rng.normal(size=(3, 40)), rng.normal(size=(1, 90))]
    return table.assign(**columns), arrays


def test_what_is_written_is_read_back(tmp_path):
    """Labels, codes and rates come back; so do waveforms, in single precision."""
    table, arrays = two_traces()
    datasets.save_seisbench(tmp_path / "new", table, arrays)
    data = datasets.open_seisbench(tmp_path / "new", fill_value=0.0)
    for name in table:
        assert data.metadata[name].tolist() == table[name].tolist(), name
    np.testing.assert_array_equal(data.waveform(0), arrays[0].astype("f4"))
    np.testing.assert_array_equal(data.waveform(1)[:1], arrays[1].astype("f4"))
    assert not data.waveform(1)[1:].any()


def test_nothing_is_overwritten(tmp_path):
    """A second set in the same folder is refused, and the first stays."""
    table, arrays = two_traces()
    datasets.save_seisbench(tmp_path, table, arrays)
    before = (tmp_path / "metadata.csv").read_bytes()
    with pytest.raises(FileExistsError, match="is there already"):
        datasets.save_seisbench(tmp_path, table[::-1], arrays[::-1])
    assert (tmp_path / "metadata.csv").read_bytes() == before


@pytest.mark.parametrize(
    ("columns", "arrays", "named"),
    [
        ({"trace_name": ["a", "a"]}, None, "trace_name must hold distinct"),
        ({"trace_name": ["a", "b$1"]}, None, "trace_name must hold distinct"),
        ({"trace_name": ["a", "a/b"]}, None, "trace_name must hold distinct"),
        ({"trace_name": [1, 2]}, None, "trace_name must hold distinct"),
        ({"trace_component_order": ["ZNE", "ZZ"]}, None, "trace_component_order"),
        ({"trace_sampling_rate_hz": [50.0, 0.0]}, None, "trace_sampling_rate_hz"),
        ({"trace_sampling_rate_hz": [50.0, np.nan]}, None, "trace_sampling_rate_hz"),
        ({}, [np.ones((3, 4))], "waveforms must be 2 arrays"),
        ({}, [np.ones((3, 4)), np.ones((2, 4))], r"waveforms\[1\] must have the shape"),
        ({}, [np.ones((3, 4)), np.ones(4)], r"waveforms\[1\] must have the shape"),
        ({}, [np.full((3, 4), np.nan), np.ones((1, 4))], r"waveforms\[0\] must hold"),
        ({}, [np.full((3, 4), 1e39), np.ones((1, 4))], r"waveforms\[0\] must hold"),
    ],
)
def test_a_set_that_could_not_be_read_is_not_written(tmp_path, columns, arrays, named):
    """The argument is named, and no file is left behind."""
    table, sound = two_traces(**columns)
    with pytest.raises(ValueError, match=named):
        datasets.save_seisbench(tmp_path, table, sound if arrays is None else arrays)
    assert not list(tmp_path.iterdir())


def test_a_table_without_rates_is_refused(tmp_path):
    """A reader could not turn samples into seconds."""
    table, arrays = two_traces()
    table = table.drop(columns="trace_sampling_rate_hz")
    with pytest.raises(ValueError, match="metadata must have the columns"):
        datasets.save_seisbench(tmp_path, table, arrays)
