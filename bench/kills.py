"""`python -m bench kills [TIMES [SEED]]`: programs killed while they write, undo, restore and rebuild."""

import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.backups.kills import kill_often as kill_backups_often
from tests.undo.kills import kill_often

TIMES = 300


def main() -> None:
    """Kill so often, a third of it at backups and restores, and tell how the trail was found each time."""
    times = int(sys.argv[2]) if len(sys.argv) > 2 else TIMES
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    with tempfile.TemporaryDirectory() as name:
        folder, backups = Path(name), times // 3
        (folder / "work").mkdir()
        _tell("at work", times - backups, kill_often(folder / "work", times=times - backups, seed=seed))
        found = kill_backups_often(folder / "backups", times=backups, seed=seed)
        _tell("at backups and restores", backups, found)


def _tell(where: str, times: int, found: Counter[str]) -> None:
    told = ", ".join(f"{number} {what}" for what, number in found.items())
    print(f"{times} kills {where}: {told}", flush=True)
