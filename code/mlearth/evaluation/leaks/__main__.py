"""``python -m mlearth.evaluation.leaks work.ipynb``: look for leaks in files."""

import sys

from .code import find_leaks_in_code


def main(paths: list[str]) -> int:
    """Print what was found in each file; 1 if there is a leak, 2 without a file."""
    if not paths:
        print("usage: python -m mlearth.evaluation.leaks FILE...")
        return 2
    reports = {path: find_leaks_in_code(path) for path in paths}
    for path, report in reports.items():
        print(f"{path}: {report}")
    return int(any(report.leaks for report in reports.values()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
