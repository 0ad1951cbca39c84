"""Hand the checks of this folder to the package, which runs and words them."""

from pathlib import Path

import pytest

try:
    from mlearth.checks.pytest_plugin import (  # noqa: F401 (pytest finds the hooks)
        pytest_collect_file,
        pytest_report_teststatus,
        pytest_terminal_summary,
    )
except ModuleNotFoundError as missing:
    pytest.exit(
        f"This Python cannot import {missing.name}: run the pytest of the book's own "
        "environment, .venv/bin/pytest (on Windows .venv\\Scripts\\pytest).",
        returncode=4,
    )


STRANGERS = sorted(Path(__file__).parent.glob("*/conftest.py"))
if STRANGERS:  # it would run before the checks, and could pass for them
    names = ", ".join(f"exercises/{path.parent.name}/{path.name}" for path in STRANGERS)
    pytest.exit(f"{names} belongs to no exercise: take it away.", returncode=4)
