"""The package behind the book *Machine Learning with Python for Earth Science*."""

__version__ = "0.1.0"
