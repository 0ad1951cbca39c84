"""A reader's own region is four numbers that come back exactly, and nobody else's."""

import numpy as np
import pytest

from mlearth import datasets
from mlearth.datasets import load_global_cmt, load_my_region, my_region, save_region

JAPAN = {
    "min_latitude": 30.1,
    "max_latitude": 46.0,
    "min_longitude": 138.3,
    "max_longitude": 148.0,
}


def test_what_is_saved_comes_back_exactly(tmp_path):
    """The same four numbers, and every earthquake of the box with its edges."""
    path = save_region(**JAPAN, folder=tmp_path)
    mine = load_my_region(tmp_path)
    assert path == tmp_path / "my_region.toml"
    assert mine.attrs["region"] == JAPAN
    quakes = load_global_cmt()
    inside = quakes.latitude_deg.between(30.1, 46) & quakes.longitude_deg.between(
        138.3, 148
    )
    assert mine.equals(quakes[inside].reset_index(drop=True))
    lost = mine.attrs["rows_left_out"]
    assert lost["outside of the region"] == len(quakes) - len(mine)
    assert lost["exact duplicates of 2010"] == 1852


def test_an_earthquake_on_the_edge_belongs_to_the_region(tmp_path):
    """All four edges are part of the box."""
    quakes = load_global_cmt()
    some = quakes[quakes.latitude_deg.between(30, 46)]
    some = some[some.longitude_deg.between(138, 148)]
    place, size = some[["latitude_deg", "longitude_deg"]], ["min", "max"]
    (south, north), (west, east) = place.agg(size).to_numpy().T
    save_region(south, north, west, east, folder=tmp_path)
    assert len(load_my_region(tmp_path)) == len(some)


def test_a_box_may_cross_the_date_line(tmp_path):
    """With the western edge first, as where catalogues are fetched."""
    save_region(-26, -14, 178, -170, folder=tmp_path)
    mine = load_my_region(tmp_path)
    east = mine.longitude_deg < 0
    assert 0 < east.sum() < len(mine)
    assert np.all((mine.longitude_deg >= 178) | (mine.longitude_deg <= -170))


def test_another_region_is_not_overwritten_in_silence(tmp_path):
    """It takes replace=True; the same region may be saved again."""
    path = save_region(**JAPAN, folder=tmp_path)
    save_region(**JAPAN, folder=tmp_path)
    before = path.read_bytes()
    with pytest.raises(FileExistsError, match=r"replace=True") as refused:
        save_region(-26, -14, 178, -170, folder=tmp_path)
    assert "min_latitude = 30.1" in str(refused.value)
    assert path.read_bytes() == before
    save_region(-26, -14, 178, -170, folder=tmp_path, replace=True)
    assert load_my_region(tmp_path).attrs["region"]["max_longitude"] == -170


def test_without_a_region_the_error_says_what_to_do(tmp_path):
    """Folder and call stand in it, and the call that it names works."""
    with pytest.raises(FileNotFoundError, match=r"save_region\(") as missing:
        load_my_region(tmp_path)
    assert str(tmp_path) in str(missing.value)
    call = str(missing.value).split("such as ")[1]
    assert eval(
        call[:-1] + ", folder=folder)", {"datasets": datasets, "folder": tmp_path}
    )
    assert len(load_my_region(tmp_path)) > 1000


def test_a_box_with_few_earthquakes_is_refused(tmp_path):
    """New Madrid is a fine region, but not in this catalogue."""
    with pytest.raises(ValueError, match=r"at least 200 earthquakes.*make it larger"):
        save_region(35, 38, -92, -88, folder=tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("edges", "words"),
    [
        ((46, 30, 138, 148), "max_latitude must be north of min_latitude, 46, got 30"),
        ((30, 30, 138, 148), "max_latitude must be north of"),
        ((30, 46, 138, 138), "max_longitude must be another one than min_longitude"),
        ((138, 148, 30, 46), "min_latitude must be a finite number >= -90 and <= 90"),
        ((30, 46, 138, 190), "max_longitude must be a finite number"),
    ],
)
def test_edges_that_make_no_box_are_named(edges, words, tmp_path):
    """Latitude first is seen where it cannot be one."""
    with pytest.raises(ValueError, match=words):
        save_region(*edges, folder=tmp_path)


@pytest.mark.parametrize(
    "text",
    ["", "min_latitude = ", "min_latitude = 30", "a = 1\nb = 2", "\xff"],
)
def test_a_file_that_holds_no_region_is_named(text, tmp_path):
    """Whatever was written into it by hand, the error names the file and the cure."""
    path = tmp_path / my_region.FILE
    path.write_text(text, "latin-1")
    for attempt in (load_my_region, lambda folder: save_region(**JAPAN, folder=folder)):
        with pytest.raises(
            ValueError, match=r"my_region.toml holds no region.*replace"
        ):
            attempt(tmp_path)
    save_region(**JAPAN, folder=tmp_path, replace=True)
    assert load_my_region(tmp_path).attrs["region"] == JAPAN


def test_it_lies_in_the_nearest_exercises_folder(tmp_path, monkeypatch):
    """From anywhere below the book; elsewhere in the book that the package is of."""
    inner = tmp_path / "book" / "course"
    inner.mkdir(parents=True)
    (tmp_path / "exercises").mkdir()
    monkeypatch.chdir(inner)
    assert save_region(**JAPAN).parent == tmp_path / "exercises"
    assert len(load_my_region()) > 1000


def test_without_a_book_it_lies_in_the_working_directory(tmp_path, monkeypatch):
    """As on a machine in the cloud, where the package was installed alone."""
    monkeypatch.setattr(my_region, "_BOOK", tmp_path / "nowhere")
    monkeypatch.chdir(tmp_path)
    assert save_region(**JAPAN).parent == tmp_path
    with pytest.raises(FileNotFoundError, match="there is no folder"):
        save_region(**JAPAN, folder=tmp_path / "nowhere")
