"""Kills programs at any moment, and looks whether anything acknowledged is lost or anything is torn."""

import json
import shutil
import sqlite3
import subprocess
import sys
import time
from collections import Counter, defaultdict
from datetime import date, datetime
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from papertrail.domain.clock import local_date
from papertrail.domain.errors import Conflict, NotFound
from papertrail.domain.history import ALL_KEPT, outgrown
from papertrail.domain.settings import DAY_STARTS
from papertrail.library import Home, Library, rebuilding, unopened_library
from papertrail.library.checks.check import REBUILD
from papertrail.store import journal_copy
from papertrail.store.queries import journal
from tests.trails import FixedClock
from tests.undo import cases
from tests.undo.machine import made_template
from tests.undo.victim import digest

LONGEST = 0.8  # seconds that a program may work
LATEST = 60  # changes of the disk that a program may make
SEVERAL = {"undo", "redo", "take away", "strays.restore_gone"}
"""What writes several notes, of which some may be there when it is killed: each is whole."""
OWN = {"gone-notes", "notes-folder", "stray-files"}
"""Checks of what is the reader's to settle: what was taken away among the notes."""


class Said(NamedTuple):
    """A line of a program that works: what begins, or is done, and what there is then."""

    stage: str
    way: str
    moment: str
    model: dict[str, str]
    kept: dict[str, str]


class Seen:
    """The texts of notes that were acknowledged, and those of them that may be gone by now."""

    def __init__(self) -> None:
        self._texts: dict[str, set[str]] = defaultdict(set)
        self._outgrown: dict[str, set[str]] = defaultdict(set)
        self._counted: dict[str, set[date]] = {}

    def add(self, key: str, sha256: str) -> None:
        """Take a text as acknowledged, whether it was before or not."""
        self._texts[key].add(sha256)
        self._outgrown[key].discard(sha256)

    def hold(self, library: Library, now: datetime) -> None:
        """Look for every text that must still be there.

        Raises:
            AssertionError: one is gone that is not outgrown.
        """
        trail = library._trail
        connection = trail.database.read()

        def day_of(moment: datetime) -> date:
            return local_date(moment, trail.setting(DAY_STARTS))

        for key, texts in self._texts.items():
            moments: dict[str, list[datetime]] = defaultdict(list)
            recent = set()
            for step in journal.note_steps(connection, key):
                at = datetime.fromisoformat(step.at)
                if step.after is not None:
                    moments[step.after["sha256"]].append(at)
                if now - at <= ALL_KEPT:
                    recent |= {side["sha256"] for side in (step.before, step.after) if side is not None}
            # Days on which it counts by now did not hold anything back before it did.
            self._outgrown[key] |= outgrown(moments, now, self._counted.get(key, ()), day_of) - recent
            self._counted[key] = {date.fromisoformat(day) for day in journal.counted_days(connection, key)}
            file = trail.notebook.version(key)
            there = {file.sha256 if file else ""} | {one.sha256 for one in trail.notebook.versions_kept(key)}
            lost = texts - there - self._outgrown[key]
            assert not lost, (key, lost)
            for sha256 in texts & there:
                is_now = file is not None and file.sha256 == sha256
                assert is_now or trail.notebook.version_kept(key, sha256) is not None, (key, sha256)


def kill_often(folder: Path, *, times: int, seed: int) -> Counter[str]:
    """Let a program work on one trail again and again, each time killed at some moment.

    Every other one is killed at a moment, the others right before they change the disk. Afterwards the trail
    is what was acknowledged last, or one step from it: what was under way is there whole or not at all. Every
    text of a note that was ever acknowledged can be given back, unless it is outgrown.

    Returns:
        How often what was found.

    Raises:
        AssertionError: something acknowledged is lost, or something is torn.
    """
    random, found = Random(seed), Counter[str]()
    root = folder / "trail"
    shutil.copytree(made_template(folder), root)
    seen, clock = Seen(), FixedClock()
    acknowledged = digest(cases.snapshot(root))
    for number in range(times):
        lines = _work_until_killed(root, random, clock, random.randint(1, LATEST) if number % 2 else 0)
        done = [line for line in lines if line.stage == "done"]
        found["acknowledged"] += len(done)
        for line in done:
            for name, sha256 in line.kept.items():
                seen.add(Path(name).stem, sha256)
        if lines:
            clock.moment = datetime.fromisoformat(lines[-1].moment)
        acknowledged = done[-1].model if done else acknowledged
        under_way = lines[-1].way if lines and lines[-1].stage == "begun" else ""
        found[f"killed in {under_way}" if under_way else "killed between two"] += 1
        found[_look(Home(root), clock)] += 1
        with sqlite3.connect(root / ".papertrail" / "library.db") as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        connection.close()
        with cases.open_trail(Home(root), "cli", clock) as library:
            if under_way == "restore the folder" and not library.home.notes.exists():
                library.strays.restore_gone()
                found["folder written anew"] += 1
            found[_state(library, root, acknowledged, under_way)] += 1
            seen.hold(library, clock.moment)
            if number % 10 == 0:
                library.settings.set("next-depth", str(number // 10 % 4))
                _rebuild_alone(root, folder / "alone", clock)
                found["made anew from the copy alone"] += 1
        acknowledged = digest(cases.snapshot(root))
    return found


def _look(home: Home, clock: FixedClock) -> str:
    """Return what doctor says of a trail, after what it tells to do; nothing but the reader's own is left."""
    told = "doctor: clean"
    for _ in range(3):
        with unopened_library(home, clock=clock) as library:
            findings = [one for one in library.checks.all() if one.check not in OWN]
            lost = [one for one in findings if one.check == "history" and "not there" in one.what]
            assert lost == [], "no text that is not outgrown is missed"
            findings = [one for one in findings if not one.is_remark]
            if not findings:
                return told
            told = f"doctor: {', '.join(sorted({one.check for one in findings}))} mended"
            if any(one.remedy == REBUILD for one in findings):
                rebuilding.rebuild(home, clock=clock)
            else:
                assert all(one.is_fixable for one in findings), findings
                result = library.checks.mend([one.check for one in findings])
                assert result.failed == (), result.failed
    raise AssertionError(findings)


def _rebuild_alone(root: Path, folder: Path, clock: FixedClock) -> None:
    """Make the database from the copy of the journal alone, and hold it to the one there is."""
    newest, op = cases.newest_operation(root)[0], journal_copy.state_of(Home(root).journal_copy)
    assert (op and op.done, journal_copy.damaged_lines(Home(root).journal_copy)) == (newest, 0)
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(root, folder, ignore=shutil.ignore_patterns("library.db*", "backups", "damaged"))
    rebuilding.rebuild(Home(folder), clock=clock)
    cases.open_trail(Home(folder), "cli", clock).close()
    assert cases.snapshot(folder) == cases.snapshot(root)


def _work_until_killed(root: Path, random: Random, clock: FixedClock, point: int) -> list[Said]:
    """Return what a program said before it was killed; at any moment, or at a point of its own."""
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "tests.undo.victim", str(root), str(random.getrandbits(32))),
            *(clock.moment.isoformat(), str(point)),
        ],
        stdout=subprocess.PIPE, text=True, encoding="utf-8", cwd=Path(__file__).parent.parent.parent,
    )  # fmt: skip
    assert process.stdout is not None
    first = process.stdout.readline()
    if not point:
        time.sleep(random.random() * LONGEST)
        process.kill()
    lines = (first, *process.communicate()[0].splitlines(keepends=True))
    assert process.returncode < 0
    told: list[list[Any]] = [json.loads(line) for line in lines if line.endswith("\n")]
    return [Said(*line) for line in told]


def _state(library: Library, root: Path, acknowledged: dict[str, str], under_way: str) -> str:
    """Return how the trail was found, against the model that was acknowledged last."""
    found = digest(cases.snapshot(root))
    if found == acknowledged:
        return "as acknowledged"
    most = len(library.notes.keys()) + 3 if under_way in SEVERAL else 1
    refused = []
    for way, back in ((library.undo.undo, library.undo.redo), (library.undo.redo, library.undo.undo)):
        gone = 0
        try:
            while gone < most:
                way()
                gone += 1
                if digest(cases.snapshot(root)) == acknowledged:
                    return "one step on, whole" if gone == 1 else "some notes on, each whole"
        except (NotFound, Conflict) as error:  # a refusal changes nothing: this way it is not
            refused.append(str(error))
        for _ in range(gone):
            back()
    what = f"after {under_way} the trail is neither what was acknowledged nor one step from it"
    raise AssertionError(what, [part for part in found if found[part] != acknowledged[part]], refused)
