"""What is done to a table before anything learns from it."""

from .imputation import chained_equations

__all__ = ["chained_equations"]
