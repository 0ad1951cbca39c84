"""Print what every built page weighs and how Lighthouse judges it: `make page-report`.

Lighthouse is asked where it is installed (npm install -g lighthouse), three times for
each page and screen on an idle machine; what is printed is the median.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import budgets
import links
from browser import FLAGS, Looker, find_chromium, served

BOOK = Path(__file__).parents[2] / "_build/html"
KINDS = ["performance", "accessibility", "best-practices", "seo"]
SCREENS = {"desktop": ["--preset=desktop"], "mobile": []}
TIMES = 3


def judged(lighthouse: str, url: str, options: list[str]) -> dict[str, float]:
    """What Lighthouse gives a page once, of 100, by kind."""
    command = [lighthouse, url, "--quiet", "--output=json", *options]
    command += [f"--only-categories={','.join(KINDS)}"]
    command += [f"--chrome-flags={' '.join(FLAGS[:3])}"]
    environment = os.environ | {"CHROME_PATH": find_chromium()}
    said = subprocess.run(command, env=environment, capture_output=True, check=True)
    found = json.loads(said.stdout)["categories"]
    return {kind: 100 * found[kind]["score"] for kind in KINDS}


def medians(lighthouse: str, url: str, options: list[str]) -> list[float]:
    """The median of some judgements, by kind."""
    runs = [judged(lighthouse, url, options) for _ in range(TIMES)]
    return [statistics.median(run[kind] for run in runs) for kind in KINDS]


def main() -> int:
    """Print the table; 1 if there is no book."""
    if not (BOOK / "index.html").is_file():
        print(f"there is no book in {BOOK}: run make book first")
        return 1
    lighthouse = shutil.which("lighthouse")
    names = [name for name in links.pages(BOOK) if not links.redirect(BOOK, name)]
    asked = [n for n in names if not sys.argv[1:] or any(a in n for a in sys.argv[1:])]
    heads = ["first KiB", "next KiB", "loads", "shift"]
    heads += [f"{screen}: {', '.join(KINDS)}" for screen in SCREENS if lighthouse]
    print("\t".join(["page", *heads]))
    with served(BOOK) as address, Looker() as looker:
        for name in asked:
            seen = looker.visit(address, name, "light")
            weighed = budgets.weights(BOOK, seen.loaded)
            row = [
                name,
                *(f"{weighed[kind]:.0f}" for kind in ("first", "next", "loads")),
            ]
            row += [f"{seen.shift:.3f}"]
            for options in SCREENS.values() if lighthouse else []:
                scores = medians(lighthouse, address + name, options)
                row.append(" ".join(f"{score:.0f}" for score in scores))
            print("\t".join(row), flush=True)
    if not lighthouse:
        print("Lighthouse is not installed: npm install -g lighthouse")
    return 0


if __name__ == "__main__":
    sys.exit(main())
