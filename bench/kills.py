"""`python -m bench kills [TIMES [SEED]]`: programs killed while they do, undo, redo, restore and thin."""

import sys
import tempfile
from pathlib import Path

from tests.undo.kills import kill_often

TIMES = 300


def main() -> None:
    """Kill so often, and tell how the trail was found each time."""
    times = int(sys.argv[2]) if len(sys.argv) > 2 else TIMES
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    with tempfile.TemporaryDirectory() as folder:
        found = kill_often(Path(folder), times=times, seed=seed)
    print(f"{times} kills, seed {seed}: " + ", ".join(f"{number} {what}" for what, number in found.items()))
