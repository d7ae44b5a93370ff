"""`python -m bench undo [WALKS | commands]`: walks over all use cases with undo and redo in between.

Two processes take turns at the library; with `commands` each step is a command, a process of its own.
"""

import sys
import tempfile
from pathlib import Path
from time import monotonic

from tests.cli.conftest import make_program
from tests.undo.commands import walk_by_commands
from tests.undo.machine import walk

WALKS = 400
STEPS = 50
COMMANDS = 300


def main() -> None:
    """Walk, and tell how often each use case did something; a walk that goes wrong ends in its traceback."""
    if "commands" in sys.argv:
        with tempfile.TemporaryDirectory() as folder:
            print(walk_by_commands(make_program(Path(folder)), steps=COMMANDS, seed=int(monotonic())))
        print(f"{COMMANDS} commands, all exact")
        return
    walks = int(sys.argv[2]) if len(sys.argv) > 2 else WALKS
    begin = monotonic()
    with tempfile.TemporaryDirectory() as folder:
        counted = walk(Path(folder), walks=walks, steps=STEPS)
    for name, number in counted.most_common():
        print(f"{number:7}  {name}")
    print(f"{walks} walks of up to {STEPS} steps, all exact, in {monotonic() - begin:.0f} s")
