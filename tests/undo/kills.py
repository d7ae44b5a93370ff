"""Kills programs at any moment, and looks whether anything acknowledged is lost or anything is torn."""

import json
import shutil
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from random import Random

from papertrail.domain.errors import NotFound
from papertrail.library import Home, Library
from tests.undo import cases
from tests.undo.machine import made_template
from tests.undo.victim import digest

LONGEST = 0.8  # seconds that a program may work


def kill_often(folder: Path, *, times: int, seed: int) -> Counter[str]:
    """Let a program do, undo and redo on one trail again and again, each killed at some moment.

    Afterwards the trail is what was acknowledged last, or one step from it: what was under way is there whole
    or not at all. Every version of a note that was ever acknowledged can be given back.

    Returns:
        How often what was found.

    Raises:
        AssertionError: something acknowledged is lost, or something is torn.
    """
    random, found = Random(seed), Counter[str]()
    root = folder / "trail"
    shutil.copytree(made_template(folder), root)
    seen: set[tuple[str, str]] = set()
    for _ in range(times):
        lines = _work_until_killed(root, random)
        found["acknowledged"] += len(lines) - 1
        seen |= {(Path(name).stem, sha256) for _, _, kept in lines for name, sha256 in kept.items()}
        with sqlite3.connect(root / ".papertrail" / "library.db") as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        connection.close()
        with cases.open_trail(Home(root), "cli") as library:
            found[_state(library, root, lines[-1][1])] += 1
            for key, sha256 in seen:
                notebook = library._trail.notebook
                file = notebook.version(key)
                is_now = file is not None and file.sha256 == sha256
                assert is_now or notebook.version_kept(key, sha256) is not None, key
    return found


def _work_until_killed(root: Path, random: Random) -> list[tuple[str, str, dict[str, str]]]:
    """Return what a program said it has done before it was killed."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.undo.victim", str(root), str(random.getrandbits(32))],
        stdout=subprocess.PIPE, text=True, encoding="utf-8", cwd=Path(__file__).parent.parent.parent,
    )  # fmt: skip
    assert process.stdout is not None
    first = process.stdout.readline()
    time.sleep(random.random() * LONGEST)
    process.kill()
    rest = process.communicate()[0].splitlines(keepends=True)
    assert process.returncode < 0
    return [json.loads(line) for line in (first, *rest) if line.endswith("\n")]


def _state(library: Library, root: Path, acknowledged: str) -> str:
    """Return how the trail was found, against the model that was acknowledged last."""
    if digest(cases.snapshot(root)) == acknowledged:
        return "as acknowledged"
    for way, back in ((library.undo.undo, library.undo.redo), (library.undo.redo, library.undo.undo)):
        try:
            way()
        except NotFound:
            continue
        if digest(cases.snapshot(root)) == acknowledged:
            return "one step on, whole"
        back()
    raise AssertionError("the trail is neither what was acknowledged nor one step from it")
