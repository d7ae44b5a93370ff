"""Notes on their way to another key: whatever moment a program is killed at, they stand where they belong."""

import os
import subprocess
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path
from random import Random

import pytest

from papertrail.domain.errors import Conflict
from papertrail.library import Home
from papertrail.library.thinning import Thinning
from tests.trails import NOTE, FixedClock
from tests.undo import cases
from tests.undo.machine import made_template

_DIES = """
import os, signal, sys
from pathlib import Path
from papertrail.library import Home
from tests.trails import FixedClock
from tests.undo import cases

root, way = Path(sys.argv[1]), sys.argv[2]

def count(event, arguments):
    global left
    opens_to_write = event == "open" and isinstance(arguments[2], int) and arguments[2] & os.O_ACCMODE
    if event in ("os.rename", "os.link", "os.remove", "fcntl.flock") or opens_to_write:
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

for line in sys.stdin:
    if child := os.fork():
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
        continue
    library = cases.open_trail(Home(root), "cli", FixedClock())
    left = int(line)
    sys.addaudithook(count)
    if way == "rename":
        library.corrections.rename("adam", "kingma")
    elif way == "remove":
        library.corrections.remove("adam")
    elif way == "merge":
        library.unions.merge("adam", "rcnn")
    else:
        library.undo.undo()
    os._exit(0)
"""


class Dying:
    """Starts programs that kill themselves before so many changes of the disk, each a fork of a warm one."""

    def __init__(self, root: Path, way: str) -> None:
        command = [sys.executable, "-c", _DIES, str(root), way]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def at(self, point: int) -> int:
        """Let one die, or do all there is to do before; return its exit code."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(f"{point}\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    def end(self) -> None:
        """Let there be no more."""
        self._process.communicate()


def made_trail(folder: Path) -> Path:
    root = folder / "trail"
    os.rename(made_template(folder), root)  # noqa: PTH104
    with cases.open_trail(Home(root), "cli", FixedClock()) as library:
        for key in ("adam", "rcnn"):
            library.notes.save(key, NOTE.replace("slow", key), None)
    return root


@pytest.mark.parametrize("way", ["rename", "remove", "merge", "undo"])
def test_a_killed_move_is_whole_or_has_not_begun(tmp_path: Path, way: str) -> None:
    root = made_trail(tmp_path)
    if way == "undo":
        with cases.open_trail(Home(root), "cli", FixedClock()) as library:
            library.corrections.rename("adam", "kingma")
    before = cases.snapshot(root)
    found, dying = [], Dying(root, way)
    for point in range(1, 60, 5):
        code = dying.at(point)
        with cases.open_trail(Home(root), "cli", FixedClock()) as library:
            assert list(library._trail.notebook.moves.under_way()) == []
            now = cases.snapshot(root)
            if now != before:
                found.append(point)
                (library.undo.redo if way == "undo" else library.undo.undo)()
                assert cases.snapshot(root) == before, point
        if code == 0:
            break
    dying.end()
    assert found and code == 0, found


def test_a_move_that_was_not_written_down_is_none(tmp_path: Path) -> None:
    """A program killed while it wrote down what it was about to move has moved nothing."""
    root = made_trail(tmp_path)
    moves = root / ".papertrail" / "moves"
    moves.mkdir(mode=0o700)
    half_written = moves / ".9694e4e7417fe091.json.dd1355d20a17476b.tmp"
    half_written.write_bytes(b'{"files": [["adam", ')
    with cases.open_trail(Home(root), "cli", FixedClock()) as library:
        assert not library._trail.notebook.is_moving
        assert library.checks.all(["moves"]) == []
        hour_ago = half_written.stat().st_mtime - 3700
        os.utime(half_written, (hour_ago, hour_ago))
        assert library.checks.mend(["leftovers"]).failed == ()
    assert not half_written.exists()


def test_no_key_is_of_two_papers_by_taking_back(tmp_path: Path) -> None:
    root = made_trail(tmp_path)
    with cases.open_trail(Home(root), "cli", FixedClock()) as library:
        library.corrections.rename("adam", "kingma")
        library.corrections.remove("kingma")
        (removed,) = (past.op for past in library.undo.stacks(1).done)
        cases.CASES["corrections.add"](library, Random(1))
        library.corrections.rename(list(library.papers.each())[-1].key, "adam")
        before = cases.snapshot(root)
        with pytest.raises(Conflict):
            library.undo.undo(removed)
        assert cases.snapshot(root) == before


def test_the_last_text_of_a_removed_paper_outlives_its_key(tmp_path: Path) -> None:
    root = tmp_path / "trail"
    os.rename(made_template(tmp_path), root)  # noqa: PTH104
    clock = FixedClock(datetime.now(timezone.utc).replace(hour=9))
    with cases.open_trail(Home(root), "cli", clock) as library:
        words = library.notes.save("adam", NOTE, None).sha256
        library.corrections.remove("adam")
        (removed,) = (past.op for past in library.undo.stacks(1).done)
        library.corrections.rename("rcnn", "adam")
        base = None
        for number in range(3):  # on the same day, whose last text is another paper's then
            clock.moment += timedelta(minutes=10)
            base = library.notes.save("adam", f"## Problem\n\nOthers {number}.\n", base).sha256
        clock.moment += timedelta(days=70)
        library.notes.save("adam", "## Problem\n\nOthers at last.\n", base)
        Thinning(library._trail).thin("adam")
        assert library._trail.notebook.version_kept("adam", words) is not None
        library.corrections.remove("adam")
        library.undo.undo(removed)
        assert "Region proposals are slow." in library.notes.open("adam").text
