"""Reviews that are killed at any moment, and two at once: no answer is lost, and none counts twice."""

import json
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from random import Random
from typing import NamedTuple

from papertrail.domain.paper import Status
from papertrail.library import Home
from papertrail.library.memory import remembered_after
from papertrail.store.queries import recall
from tests.trails import NOTE, FixedClock, opened, small_trail

LATEST = 200  # changes of the disk that a review may make before it kills itself
LONGEST = 1.0  # seconds that it may go on before it is killed
KEYS = ("rcnn", "sppnet", "fast-rcnn", "adam")


class Said(NamedTuple):
    """What a reviewer said it did."""

    what: str
    question: int
    grade: int


def trail_to_review(root: Path, clock: FixedClock) -> Home:
    """Make a trail of four papers that count, and of their questions."""
    home = small_trail(root)
    with opened(home, clock) as library:
        for key in KEYS:
            library.notes.save(key, f"{NOTE}\n## Questions\n\nQ: Why {key}?\nA: It is.\n", None)
        library.statuses.set(list(KEYS), Status.READ)
    return home


def start(home: Home, clock: FixedClock, seed: int, point: int = 0) -> "subprocess.Popen[str]":
    """Start a reviewer that dies at a point."""
    return subprocess.Popen(
        [
            sys.executable, "-m", "tests.review.reviewer",
            str(home.root), clock.moment.isoformat(), str(seed), str(point),
        ],
        stdout=subprocess.PIPE,
        text=True,
    )  # fmt: skip


def said_by(reviewer: "subprocess.Popen[str]") -> list[Said]:
    """Return all that a reviewer said until it ended or was killed."""
    assert reviewer.stdout is not None
    with reviewer.stdout:
        out = reviewer.stdout.read()
    reviewer.wait(300)
    return [Said(*json.loads(line)) for line in out.split("\n")[:-1]]


def _said_before_killed(reviewer: "subprocess.Popen[str]", seconds: float) -> list[Said]:
    """Kill a reviewer so long after its first answer; return all that it said."""
    assert reviewer.stdout is not None
    first = reviewer.stdout.readline()
    time.sleep(seconds)
    reviewer.kill()
    return [Said(*json.loads(first)), *said_by(reviewer)]


def answers_in(home: Home) -> list[tuple[int, int]]:
    """Return question and grade of each answer in the log, in order; each memory is what the log makes it."""
    connection = sqlite3.connect(home.private / "library.db")
    try:
        history: dict[int, list[tuple[date, int]]] = {}
        for question, day, grade in recall.answers(connection):
            history.setdefault(question, []).append((date.fromisoformat(day), grade))
        memories = {row[0]: row[1:5] for row in recall.memories(connection)}
        assert set(memories) == set(history)
        for question, answers in history.items():
            memory = remembered_after(answers)
            assert memory is not None
            stability, difficulty, due_on, last_on = memories[question]
            assert (stability, difficulty) == (memory.stability, memory.difficulty)
            assert (due_on, last_on) == (memory.due_on.isoformat(), memory.last_on.isoformat())
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return list(connection.execute("SELECT question_id, grade FROM review ORDER BY id"))
    finally:
        connection.close()


def expected(said: Sequence[Said]) -> list[tuple[int, int]]:
    """Return the answers that stand by what was said."""
    stand: list[tuple[int, int]] = []
    for one in said:
        if one.what == "graded":
            stand.append((one.question, one.grade))
        elif one.what == "taken back":
            newest = len(stand) - 1 - stand[::-1].index((one.question, one.grade))
            del stand[newest]
    return stand


def kill_reviews(folder: Path, times: int, seed: int) -> Counter[str]:
    """Kill so many reviews; after each the log holds what was said, and one answer more or less under way.

    Raises:
        AssertionError: an answer is lost, or stands twice.
    """
    random, found = Random(seed), Counter[str]()
    for number in range(times):
        clock = FixedClock()
        home = trail_to_review(folder / f"killed-{number}", clock)
        is_own = random.random() < 0.3
        reviewer = start(home, clock, random.getrandbits(32), random.randint(1, LATEST) if is_own else 0)
        said = said_by(reviewer) if is_own else _said_before_killed(reviewer, random.random() * LONGEST)
        stand, there = expected(said), answers_in(home)
        found["acknowledged"] += len(said)
        found["ended before" if reviewer.returncode == 0 else "killed"] += 1
        if there == stand:
            found["as acknowledged"] += 1
        elif there[:-1] == stand:
            found["one answer on"] += 1
        else:
            graded = said[-1]
            assert graded.what == "graded" and there == stand[:-1], (stand, there)
            found["one taken back on"] += 1
        with opened(home, clock) as library:
            library.recall.day()
    return found


def review_twice_at_once(folder: Path, seed: int) -> Counter[str]:
    """Let two reviewers work on one trail; every answer said stands, and no question has two of one day.

    Raises:
        AssertionError: an answer is lost, or a question was answered twice on a day.
    """
    clock = FixedClock()
    home = trail_to_review(folder / "both", clock)
    reviewers = [start(home, clock, seed + number) for number in range(2)]
    said = [one for reviewer in reviewers for one in said_by(reviewer)]
    assert all(reviewer.returncode == 0 for reviewer in reviewers)
    there = answers_in(home)
    assert Counter(there) == Counter(expected(said))
    connection = sqlite3.connect(home.private / "library.db")
    twice = connection.execute(
        "SELECT question_id, local_date FROM review GROUP BY question_id, local_date HAVING count(*) > 1"
    ).fetchall()
    connection.close()
    assert not twice
    return Counter(one.what for one in said)
