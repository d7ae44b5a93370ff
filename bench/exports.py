"""`python -m bench exports [TIMES [SEED]]`: exports ended at random moments, each with other texts."""

import sys
import tempfile
from pathlib import Path

from tests.export.kills import end_exports

TIMES = 200


def main() -> None:
    """End so many exports to one folder, and tell what the next one makes of what they left."""
    times = int(sys.argv[2]) if len(sys.argv) > 2 else TIMES
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    with tempfile.TemporaryDirectory() as folder:
        ended = end_exports(Path(folder, "export"), times, seed)
    print(
        f"{ended.runs} exports ended, seed {seed}: {ended.cut_off} cut off, then {ended.disowned} files"
        f" disowned, {ended.wrong} wrong"
    )
