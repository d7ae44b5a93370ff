"""`python -m bench damages [TIMES [SEED [COMMANDS]]]`: files damaged, what doctor finds, what comes back."""

import sys
import tempfile
from pathlib import Path

from tests.damages.damages import damage_often, table
from tests.damages.reading import COMMANDS

TIMES = 1100


def main() -> None:
    """Damage so often, and print the table of docs/RELIABILITY.md and what was missed.

    With `COMMANDS`, so many of those that read are tried after each and no screen, which takes a tenth.
    """
    times = int(sys.argv[2]) if len(sys.argv) > 2 else TIMES
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    commands = int(sys.argv[4]) if len(sys.argv) > 4 else None
    outcomes = []
    with tempfile.TemporaryDirectory() as folder:
        for one in damage_often(Path(folder), times=times, seed=seed, commands=commands):
            outcomes.append(one)
            if one.is_changed and (not one.told or one.after == "lost"):
                print(
                    f"{one.place}, {one.kind}: {one.where}: {one.told or 'not found'}, {one.after}",
                    flush=True,
                )
            for wrong in one.unread:
                print(f"{one.place}, {one.kind}: {one.where}: {wrong}", flush=True)
    print(f"\n{times} damages, seed {seed}:\n")
    print("\n".join(table(outcomes)))
    changed = [one for one in outcomes if one.is_changed]
    unread = sum(bool(one.unread) for one in changed)
    by = f"{len(COMMANDS)} commands and a screen" if commands is None else f"{commands} commands"
    print(f"\n{len(changed)} read by {by}: {unread} with something wrong")
