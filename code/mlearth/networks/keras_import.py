"""Import Keras without the lines that TensorFlow writes past Python."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

__all__ = ["load_keras", "load_tensorflow"]


@contextmanager
def muted() -> Iterator[None]:
    """Keep what is written to the standard error, and show it after an exception.

    TensorFlow's C++ writes to the file descriptor itself: of graphics cards that a
    machine has not. Python's own warnings are raised as they always are.
    """
    sys.stderr.flush()
    with tempfile.TemporaryFile() as file:
        kept = os.dup(2)
        os.dup2(file.fileno(), 2)
        try:
            yield
        except BaseException:
            os.dup2(kept, 2)
            file.seek(0)
            sys.stderr.write(file.read().decode(errors="replace"))
            raise
        finally:
            os.dup2(kept, 2)
            os.close(kept)


def load_keras() -> ModuleType:
    """Import Keras over TensorFlow, quietly.

    Returns
    -------
    module
        `keras`. The first call takes some seconds and 500 MB.

    Raises
    ------
    ImportError
        If TensorFlow is not installed.

    Notes
    -----
    ``abadi2016tensorflow``.

    Examples
    --------
    ::

        keras = load_keras()
        keras.layers.Dense(8, activation="tanh")
    """
    if "keras" in sys.modules and "tensorflow" in sys.modules:
        import keras

        return keras
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    os.environ["KERAS_BACKEND"] = "tensorflow"
    with muted():
        import keras
        import tensorflow

        tensorflow.constant(0.0) + 1  # the first sum looks for graphics cards
    return keras


def load_tensorflow() -> ModuleType:
    """Import TensorFlow itself, quietly: its tensors, its tape and its pipelines.

    Returns
    -------
    module
        `tensorflow`. The first call takes some seconds and 500 MB.

    Raises
    ------
    ImportError
        If TensorFlow is not installed.

    Notes
    -----
    ``abadi2016tensorflow``.

    Examples
    --------
    ::

        tf = load_tensorflow()
        tf.constant([1.0, 2.0]) * 3
    """
    load_keras()
    return sys.modules["tensorflow"]
