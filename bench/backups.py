"""`python -m bench backups [TIMES [SEED]]`: a year's trail backed up beside others; programs killed at it."""

import sys
import tempfile
from pathlib import Path
from time import perf_counter, process_time

from bench.trail import make_busy_trail
from papertrail.domain.backups import Why
from papertrail.library import Home, backups, restoring
from tests.backups.kills import kill_often
from tests.backups.writing import back_up_while_two_write

TIMES = 300
BESIDE = 5  # backups made while two processes write


def main() -> None:
    """Back a year up and put it back, then kill so often, and tell what was found."""
    times = int(sys.argv[2]) if len(sys.argv) > 2 else TIMES
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        home = Home(make_busy_trail(folder / "year"))
        begun, busy = perf_counter(), process_time()
        backup = backups.make_backup(home, Why.BY_HAND)
        assert backup.contents is not None
        print(
            f"a year, {len(backup.contents.files)} files: {perf_counter() - begun:.2f} s"
            f" ({process_time() - busy:.2f} s of processor time), {backup.size / 1e6:.1f} MB"
        )
        begun = perf_counter()
        restoring.restore_into(backup.path, folder / "new")
        print(f"restored into a new folder: {perf_counter() - begun:.2f} s")
        begun = perf_counter()
        restoring.restore_over(backup.path, home)
        print(f"restored over it, with a backup before: {perf_counter() - begun:.2f} s")
        for number in range(BESIDE):
            back_up_while_two_write(home.root, folder / f"beside-{number}")
        print(f"{BESIDE} made while two processes wrote: each restored, and equal in every row and byte")
        found = kill_often(folder / "kills", times=times, seed=seed)
    print(
        f"{times} programs, seed {seed}: " + ", ".join(f"{number} {what}" for what, number in found.items())
    )


if __name__ == "__main__":
    main()
