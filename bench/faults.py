"""The disk fails at every write of every use case that writes: `python -m bench faults [SEEDS]`."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.undo.faults import fail_often


def main() -> None:
    """Run it, and print how often what came of it; the first loss ends it with where it was."""
    seeds = int(sys.argv[2]) if len(sys.argv) > 2 else 4
    with TemporaryDirectory() as folder:
        counted = fail_often(Path(folder), seeds, None)
    for what, number in counted.most_common():
        print(f"{number:6}  {what}")
    print(f"{sum(counted.values()):6}  faults, nothing lost")
