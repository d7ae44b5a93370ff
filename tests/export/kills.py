"""Exports ended at random moments, again and again over the same folder, each time with other texts."""

import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from papertrail.export.writer import BEGUN, write_export

FILES = 250
_SIGNALS = (signal.SIGKILL, signal.SIGKILL, signal.SIGINT, signal.SIGTERM)
_VICTIM = """
import sys
from pathlib import Path
from papertrail.export.writer import write_export
from tests.export.kills import files
print("ready", flush=True)
write_export(Path(sys.argv[1]), files(int(sys.argv[2])))
"""


class Ended(NamedTuple):
    """What came of exports that were ended.

    Attributes:
        runs: how many there were.
        cut_off: how many of them had begun and were not done.
        disowned: files that a later export took for somebody else's.
        wrong: files that are not, after the last export, what they are to be.
    """

    runs: int
    cut_off: int
    disowned: int
    wrong: int


def files(version: int) -> dict[str, str]:
    """Return an export; each version lacks some files that others have."""
    numbers = (number for number in range(FILES) if (number + version) % 7)
    return {f"papers/{number}.md": f"{number} of version {version}\n" * 40 for number in numbers}


def end_exports(folder: Path, runs: int, seed: int) -> Ended:
    """End exports to a folder at random moments, then let one come to its end."""
    chance = random.Random(seed)
    cut_off = 0
    for version in range(runs):
        victim = subprocess.Popen(
            [sys.executable, "-c", _VICTIM, str(folder), str(version)],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        with victim:
            assert victim.stdout is not None
            victim.stdout.readline()
            while not (folder / BEGUN).exists() and victim.poll() is None:
                time.sleep(0.001)
            time.sleep(chance.random() * 0.02)
            with suppress(ProcessLookupError):
                victim.send_signal(chance.choice(_SIGNALS))
        cut_off += (folder / BEGUN).exists()
    wanted = files(runs)
    report = write_export(folder, wanted)
    there = {
        str(path.relative_to(folder)): path.read_text(encoding="utf-8") for path in folder.glob("papers/*.md")
    }
    wrong = {name for name in {*there, *wanted} if there.get(name) != wanted.get(name)}
    return Ended(runs, cut_off, len(report.kept), len(wrong))
