"""How values cross between the judge and the student's process: as data.

Numbers, text, containers, arrays and tables are written out and made anew on the other
side; nothing is unpickled. What is neither, a function or a model, stays where it is,
and the other side gets a `Remote` that asks for it.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import PurePath
from typing import Any

PLAIN = (type(None), bool, str)
MADE = {
    "float": float.fromhex,
    "int": lambda text: int(text, 16),
    "complex": lambda pair: complex(*map(float.fromhex, pair)),
    "bytes": base64.b64decode,
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "seconds": lambda seconds: timedelta(seconds=seconds),
}
"""What is made of the text of a simple value."""

COLLECTIONS = {"list": list, "tuple": tuple, "set": set, "frozenset": frozenset}


class Wire:
    """Writes values out as JSON can hold them, and makes them anew.

    Parameters
    ----------
    lend : callable
        Takes a value that cannot be written out and returns what stands for it.
    find : callable
        Takes what stands for a value of the other side, or of this one, and returns it.
    """

    def __init__(self, lend: Callable[[Any], Any], find: Callable[[dict], Any]):
        self._lend, self._find = lend, find

    def write(self, value: Any) -> Any:
        """Write a value out."""
        if isinstance(value, PLAIN):
            return value if type(value) in PLAIN else str(value)
        simple = _simple(value)
        if simple is not None:
            return simple
        if type(value) in (list, tuple, set, frozenset):
            return {type(value).__name__: [self.write(one) for one in value]}
        if isinstance(value, dict):
            pairs = [[self.write(k), self.write(v)] for k, v in value.items()]
            return {"dict": pairs}
        if isinstance(value, slice | range):
            parts = value.start, value.stop, value.step
            return {type(value).__name__: [self.write(part) for part in parts]}
        if isinstance(value, tuple):  # a named one: its names are not asked for
            return {"tuple": [self.write(one) for one in value]}
        if isinstance(value, type):
            return self._lend(value)
        package = type(value).__module__.partition(".")[0]
        known = getattr(self, f"_write_{package}", None)
        return (known(value) if known else None) or self._write_array_like(value)

    def _write_array_like(self, value: Any) -> Any:
        """Write what offers itself as an array, such as a tensor; lend the rest."""
        import numpy as np

        if hasattr(value, "__array__") and not callable(value):
            array = np.asarray(value)
            if array.dtype.kind in "biufcSU":
                return _npy(array)
        return self._lend(value)

    def _write_numpy(self, value: Any) -> Any:
        import numpy as np

        if isinstance(value, np.ma.MaskedArray):
            parts = np.ma.getdata(value), np.ma.getmaskarray(value)
            return {"masked": [self.write(part) for part in parts]}
        if isinstance(value, np.generic):
            return {"scalar": self._write_numpy(np.asarray(value))}
        if isinstance(value, np.ndarray) and value.dtype.kind == "O":
            items = [self.write(one) for one in value.ravel()]
            return {"objects": items, "shape": list(value.shape)}
        if isinstance(value, np.ndarray):
            return _npy(value)
        if isinstance(value, np.random.Generator):
            return {"generator": self.write(value.bit_generator.state)}
        return None

    def _write_pandas(self, value: Any) -> Any:
        import pandas as pd

        if isinstance(value, pd.DataFrame):
            columns = [self.write(value.iloc[:, k]) for k in range(value.shape[1])]
            return {
                "frame": columns,
                "names": self.write(value.columns),
                "index": self.write(value.index),
            }
        if isinstance(value, pd.Series):
            return {
                "series": self._write_values(value.array),
                "name": self.write(value.name),
                "index": self.write(value.index),
            }
        if isinstance(value, pd.MultiIndex):
            levels = [
                self.write(value.get_level_values(k)) for k in range(value.nlevels)
            ]
            return {"levels": levels, "names": self.write(list(value.names))}
        if isinstance(value, pd.RangeIndex):
            return {"steps": [value.start, value.stop, value.step]}
        if isinstance(value, pd.Index):
            return {
                "index": self._write_values(value.array),
                "name": self.write(value.name),
            }
        if value is pd.NA or value is pd.NaT:
            return {"missing": str(value)}
        if isinstance(value, pd.Timestamp | pd.Timedelta):
            return {type(value).__name__: value.isoformat()}
        return None

    def _write_values(self, array: Any) -> dict:
        """Write the values of a column with what pandas calls their type."""
        import numpy as np
        import pandas as pd

        dtype = str(array.dtype)
        if isinstance(array, pd.Categorical):
            categories = self.write(array.categories)
            codes = self.write(array.codes)
            return {"codes": codes, "of": categories, "ordered": array.ordered}
        if isinstance(array.dtype, np.dtype) and array.dtype.kind != "O":
            return {"values": self.write(array.to_numpy()), "dtype": dtype}
        if array.dtype.kind == "M":  # with a time zone
            utc = array.tz_convert("UTC").tz_localize(None).to_numpy()
            return {"values": self.write(utc), "zone": str(array.tz)}
        return {"values": self.write(array.to_numpy(dtype=object)), "dtype": dtype}

    def read(self, written: Any) -> Any:
        """Make a value anew."""
        if not isinstance(written, dict):
            return written
        kind = next(iter(written))
        if kind in ("mine", "yours"):
            return self._find(written)
        if kind in MADE:
            return MADE[kind](written[kind])
        if kind in COLLECTIONS:
            return COLLECTIONS[kind](self._items(written[kind]))
        return getattr(self, f"_read_{kind}")(written)

    def _items(self, items: list) -> list:
        return [self.read(one) for one in items]

    def _read_slice(self, written: dict) -> slice:
        return slice(*self._items(written["slice"]))

    def _read_range(self, written: dict) -> range:
        return range(*self._items(written["range"]))

    def _read_dict(self, written: dict) -> dict:
        return {self.read(key): self.read(value) for key, value in written["dict"]}

    def _read_path(self, written: dict) -> Any:
        from pathlib import Path

        return Path(written["path"])

    def _read_npy(self, written: dict) -> Any:
        import numpy as np

        packed = base64.b64decode(written["npy"])
        array = np.load(io.BytesIO(packed), allow_pickle=False)
        array.flags.writeable = written.get("writeable", True)
        return array

    def _read_scalar(self, written: dict) -> Any:
        return self.read(written["scalar"])[()]

    def _read_masked(self, written: dict) -> Any:
        import numpy as np

        data, mask = self._items(written["masked"])
        return np.ma.array(data, mask=mask)

    def _read_objects(self, written: dict) -> Any:
        import numpy as np

        array = np.empty(len(written["objects"]), dtype=object)
        for place, item in enumerate(written["objects"]):
            array[place] = self.read(item)
        return array.reshape(written["shape"])

    def _read_generator(self, written: dict) -> Any:
        import numpy as np

        state = self.read(written["generator"])
        bits = getattr(np.random, state["bit_generator"])
        if not (isinstance(bits, type) and issubclass(bits, np.random.BitGenerator)):
            raise TypeError(f"{bits} draws nothing")
        bits = bits()
        bits.state = state
        return np.random.Generator(bits)

    def _read_frame(self, written: dict) -> Any:
        import pandas as pd

        index, names = self.read(written["index"]), self.read(written["names"])
        columns = dict(enumerate(self._items(written["frame"])))
        frame = pd.DataFrame(columns, index=index)
        frame.columns = names
        return frame

    def _read_series(self, written: dict) -> Any:
        import pandas as pd

        values = self._read_values(written["series"])
        index = self.read(written["index"])
        return pd.Series(values, index=index, name=self.read(written["name"]))

    def _read_index(self, written: dict) -> Any:
        import pandas as pd

        values = self._read_values(written["index"])
        return pd.Index(values, name=self.read(written["name"]))

    def _read_steps(self, written: dict) -> Any:
        import pandas as pd

        return pd.RangeIndex(*written["steps"])

    def _read_levels(self, written: dict) -> Any:
        import pandas as pd

        levels, names = self._items(written["levels"]), self.read(written["names"])
        return pd.MultiIndex.from_arrays(levels, names=names)

    def _read_values(self, written: dict) -> Any:
        import pandas as pd

        if "codes" in written:
            codes, of = self.read(written["codes"]), self.read(written["of"])
            return pd.Categorical.from_codes(codes, of, ordered=written["ordered"])
        values = self.read(written["values"])
        if "zone" in written:
            return (
                pd.DatetimeIndex(values).tz_localize("UTC").tz_convert(written["zone"])
            )
        return pd.array(values, dtype=written["dtype"], copy=False)

    def _read_Timestamp(self, written: dict) -> Any:
        import pandas as pd

        return pd.Timestamp(written["Timestamp"])

    def _read_Timedelta(self, written: dict) -> Any:
        import pandas as pd

        return pd.Timedelta(written["Timedelta"])

    def _read_missing(self, written: dict) -> Any:
        import pandas as pd

        return pd.NA if written["missing"] == "<NA>" else pd.NaT


def _simple(value: Any) -> dict | None:
    """Write a value of Python's own that JSON would change or does not know."""
    if type(value) is float:
        return {"float": value.hex()}
    if type(value) is int:
        return {"int": hex(value)}
    if type(value) is complex:
        return {"complex": [value.real.hex(), value.imag.hex()]}
    if isinstance(value, bytes):
        return {"bytes": base64.b64encode(value).decode("ascii")}
    if isinstance(value, PurePath):
        return {"path": str(value)}
    if type(value) in (datetime, date):
        return {type(value).__name__: value.isoformat()}
    if type(value) is timedelta:
        return {"seconds": value.total_seconds()}
    return None


def _npy(array: Any) -> dict:
    import numpy as np

    np.save(packed := io.BytesIO(), np.asarray(array), allow_pickle=False)
    text = base64.b64encode(packed.getvalue()).decode("ascii")
    return {"npy": text} | ({} if array.flags.writeable else {"writeable": False})
