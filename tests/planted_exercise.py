"""A small exercise that the tests of the self-checks plant in a temporary folder."""

from pathlib import Path

from mlearth.checks import Exercise
from mlearth.checks.child import Child
from mlearth.checks.report import Verdict
from mlearth.checks.session import Session

CHECKS = '''"""Claims about depths."""

import numpy as np

from mlearth.checks import deadline, expect, expect_close, read


@deadline(1)
@read("sec-depths")
def test_1_mean_of_two(student):
    """The mean of 2 km and 4 km is 3 km."""
    expect_close(
        student.mean_depth(np.array([2.0, 4.0])),
        3.0,
        "The mean of 2 km and 4 km",
        unit="km",
        mistakes={"is it the sum?": 6.0, "is it the larger one?": lambda: 4.0},
    )


@deadline(1)
@read("sec-depths")
def test_2_deeper_by_ten(student):
    """Ten kilometres deeper moves the mean by ten, and half a one by a half."""
    depth_km = np.array([3.0, 1.0, 7.5, 9.0, 5.0, 4.0, 2.0])
    for depth_km in (depth_km, depth_km.astype(int)):
        moved = student.mean_depth(depth_km + 10.5) - student.mean_depth(depth_km)
        told = f"The mean moves by {moved:g} km"
        expect(abs(moved - 10.5) < 1e-9, told, "is it a mean?")


@deadline(1)
@read("sec-range")
def test_3_range_by_hand(student):
    """Depths from 2 km to 7 km span 5 km."""
    depth_km = np.array([7, 2, 3, 5, 6, 4, 3])
    for depth_km in (depth_km, depth_km.astype(float)):
        expect_close(student.depth_range(depth_km), 5.0, "The range")
'''

SOLUTION = '''"""Depths of earthquakes."""

import numpy as np


def mean_depth(depth_km):
    """Return the mean depth [km]."""
    # BEGIN SOLUTION
    return float(np.sum(depth_km) / len(depth_km))
    # END SOLUTION


def depth_range(depth_km):
    """Return the deepest minus the shallowest depth [km]."""
    # BEGIN SOLUTION
    return float(np.max(depth_km) - np.min(depth_km))
    # END SOLUTION
'''

WRONG = """[[wrong]]
mistake  = "returns the sum"
replace  = "float(np.sum(depth_km) / len(depth_km))"
with     = "float(np.sum(depth_km))"
must_say = "is it the sum?"

[[wrong]]
mistake  = "returns the deepest"
replace  = "np.max(depth_km) - np.min(depth_km)"
with     = "np.max(depth_km)"
must_say = "The range is 7"
"""

PAGE = """(ch-depths)=
# Depths of earthquakes

(sec-depths)=
## How deep is deep? (*core*)

Text.

```python
(sec-not-a-label)=
# not a heading
```

(sec-range)=
### From top to bottom
"""

GOOD_MEAN = "def mean_depth(depth_km):\n    return depth_km.mean()\n"
GOOD_RANGE = "def depth_range(depth_km):\n    return max(depth_km) - min(depth_km)\n"


def plant(root: Path, student: str | bytes = SOLUTION, checks: str = CHECKS):
    """Write the exercise "depths", its solution and its chapter below `root`."""
    exercise = Exercise(root / "exercises" / "depths")
    write(exercise.check_file, checks)
    write(exercise.student_file, student)
    write(exercise.folder / "README.md", "# Depths\n")
    write(exercise.solutions / "depths.py", SOLUTION)
    write(exercise.solutions / "wrong_answers.toml", WRONG)
    write(root / "book" / "depths.md", PAGE)
    return exercise


def write(path: Path, text: str | bytes) -> None:
    """Write a file and the folders above it, in exactly these bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))


def verdicts(exercise: Exercise, child: Child | None = None) -> list[Verdict]:
    """Judge every check of an exercise as a student would have it judged."""
    with Session(exercise, child=child) as session:
        return [session.judge(check) for check in exercise.checks]


def contents(root: Path) -> dict[Path, bytes]:
    """Return every file below a folder with its bytes."""
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
