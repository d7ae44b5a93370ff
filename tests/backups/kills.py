"""Kills programs that back up and restore, at any moment, and looks whether a trail is left whole.

`python -m tests.backups.kills FOLDER TIMES SEED` writes how often what was found, as JSON.
"""

import json
import os
import shutil
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from functools import partial
from pathlib import Path
from random import Random

from papertrail.domain.backups import HISTORY, Why
from papertrail.domain.errors import BadInput
from papertrail.domain.paper import Status
from papertrail.library import Home, backups, open_library, restoring
from papertrail.store.connection import RESTORING
from tests.backups.made import backed_up, files, rows
from tests.trails import FixedClock
from tests.undo.victim import die_at

LATEST = {"over": 90, "into": 60, "back up": 25, "of the day": 45, "end": 45}
"""Changes of the disk after which each kind of work is mostly done."""
MOVING = (45, 75)  # the changes by which a restore moves what is new into its place
LONGEST = 0.2  # seconds that it may work
State = tuple[dict[str, bytes], list[str]]
"""Of a trail: its files, and the rows of its database."""
WAYS = ("over", "over", "over", "into", "back up", "of the day", "end")


def kill_often(folder: Path, *, times: int, seed: int) -> Counter[str]:
    """Let a program back up or restore again and again, each time killed at some moment.

    One in four is killed at a moment, the others right before they change the disk. What follows opens the
    trail: it is then what it was or what is in the backup, whole, and so is each backup with a name.

    Returns:
        How often what was found.

    Raises:
        AssertionError: something is torn, or lost.
    """
    random, found = Random(seed), Counter[str]()
    folder.mkdir(exist_ok=True)
    _, path = backed_up(folder / "whole")
    for number in range(times):
        root = folder / f"trail-{number}"
        shutil.copytree(folder / "whole", root)
        home, clock = Home(root), FixedClock()
        _change(home, random, clock)
        old = _state(home)
        way, new = random.choice(WAYS), folder / f"new-{number}"
        work = partial(_work, way, home, path, new, clock)
        if way == "end":  # what another one began, unless that was killed too early or too late
            _killed(partial(_work, "over", home, path, new, clock), point=random.randint(*MOVING))
        if number % 4:
            was_killed = _killed(work, point=random.randint(1, LATEST[way]))
        else:
            was_killed = _killed(work, seconds=random.random() * LONGEST)
        found["killed" if was_killed else "done before"] += 1
        is_under_way = (root / ".papertrail" / RESTORING).exists()
        open_library(home, clock=clock).close()
        state = _state(home)
        if way in ("over", "end"):
            told = "as in the backup" if _is(state, _state(Home(folder / "whole"))) else "as it was"
            assert told == "as in the backup" or (_is(state, old) and not is_under_way), (number, way)
            found[f"{told}, a part to be moved" if is_under_way else told] += 1
            if told == "as in the backup":
                _is_kept(home, old, folder / f"back-{number}")
        else:
            assert _is(state, old), (number, way)
        for one in backups.stored(home):
            backups.check(home.private / "backups" / one.file_name)
            found["backups looked through"] += 1
        if way == "into":
            found["folder made" if new.exists() else "no folder made"] += 1
            assert not new.exists() or _is(_state(Home(new)), _state(Home(folder / "whole"))), number
            with suppress(BadInput):
                restoring.restore_into(path, new)
        for left in (root, new, folder / f"back-{number}"):
            shutil.rmtree(left, ignore_errors=True)
    return found


def _change(home: Home, random: Random, clock: FixedClock) -> None:
    """Do something since the backup, so that the two can be told apart."""
    clock.moment += timedelta(days=1)
    with open_library(home, clock=clock) as library:
        library.statuses.set(["adam"], random.choice([Status.READING, Status.QUEUED]))
        library.notes.save("sppnet", f"Later: {random.random()}\n", None)
        library.notes.save("rcnn", f"Another: {random.random()}\n", library.notes.version("rcnn"))
        library.notes.discard_draft("sppnet")
        if random.random() < 0.5:
            library.backups.make()
    clock.moment += timedelta(days=1)


def _work(way: str, home: Home, path: Path, new: Path, clock: FixedClock) -> None:
    if way == "over":
        restoring.restore_over(path, home, clock)
    elif way == "into":
        restoring.restore_into(path, new)
    elif way == "back up":
        backups.make_backup(home, Why.BY_HAND, clock)
    else:
        with open_library(home, clock=clock) as library:
            if way == "of the day":
                library.backups.make_of_the_day()


def _killed(work: Callable[[], None], *, point: int = 0, seconds: float = 0.0) -> bool:
    """Run `work` in a process killed before a change of the disk, or after a while; tell if it was."""
    child = os.fork()
    if not child:
        code = 1
        try:
            if point:
                die_at(point)
            work()
            code = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)
    if not point:
        time.sleep(seconds)
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, "it failed by itself"
    return os.WIFSIGNALED(status)


def _state(home: Home) -> State:
    return files(home), rows(home.private / "library.db")


def _is(state: State, other: State) -> bool:
    """Tell whether a trail is another one, but for texts in the history that are there besides."""
    (found, its_rows), (wanted, wanted_rows) = state, other
    beside = {path for path in found.keys() - wanted.keys() if path.startswith(f"{HISTORY}/")}
    return {path: found[path] for path in found.keys() - beside} == wanted and its_rows == wanted_rows


def _is_kept(home: Home, old: State, folder: Path) -> None:
    """Find what was there before in the backup that a restore makes of it."""
    before = [one for one in backups.stored(home) if one.named.why is Why.BEFORE_RESTORE]
    restoring.restore_into(home.private / "backups" / before[0].file_name, folder)
    assert _is(_state(Home(folder)), old)


if __name__ == "__main__":
    print(json.dumps(kill_often(Path(sys.argv[1]), times=int(sys.argv[2]), seed=int(sys.argv[3]))))
