"""A reader with 10,000 questions: the screen of review opens, and one grade follows the other."""

import asyncio
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from statistics import median

from textual.events import Key

from papertrail.domain.paper import Status
from papertrail.library import Home, create_trail, open_library
from papertrail.tui.frame.app import PapertrailApp
from papertrail.tui.review.asking import AskingScreen
from papertrail.tui.review.screen import ReviewScreen
from tests.trails import NOTE, write_seeds
from tests.tui.driving import press, settle, shown

QUESTIONS, PAIRS = 10_000, 37  # and three sections that ask, in a note
ANSWERED = 30  # days over which the answers of the trail are spread
GRADES = 60


def make_trail(root: Path, questions: int) -> Home:
    """Return a trail of which all papers count, two thirds of its questions answered."""
    keys = [f"paper-{number:04}" for number in range(max(questions // (PAIRS + 3), 1))]
    home = create_trail(root)
    write_seeds(home.seeds, [("A line", key, f"On {key}", "A", "2000", "", "", "", "") for key in keys])
    pairs = "\n\n".join(f"Q: What is number {n}, and why?\nA: It is {n}, since it is." for n in range(PAIRS))
    home.notes.mkdir(exist_ok=True)
    for key in keys:
        (home.notes / f"{key}.md").write_text(f"{NOTE}\n## Questions\n\n{pairs}\n", encoding="utf-8")
    with open_library(home) as library:
        library.statuses.set(keys, Status.READ)
        library.settings.set("review-minutes", "60")
        today = library.agenda.day()
    _answer(home, today)
    return home


def _answer(home: Home, today: date) -> None:
    """Put answers in as weeks of review would leave them: through the library they would take minutes."""
    with closing(sqlite3.connect(home.private / "library.db")) as connection, connection:
        ids = [id_ for (id_,) in connection.execute("SELECT id FROM question ORDER BY id") if id_ % 3]
        days = [(id_, today - timedelta(days=1 + id_ % ANSWERED)) for id_ in ids]
        connection.executemany(
            "INSERT INTO review (reader_id, question_id, grade, at, local_date, seconds)"
            " VALUES (1, ?, 3, ?, ?, 20)",
            [(id_, f"{day}T12:00:00.000000+00:00", str(day)) for id_, day in days],
        )
        connection.executemany(
            "INSERT INTO memory (reader_id, question_id, stability, difficulty, due_on, last_on)"
            " VALUES (1, ?, ?, 5.0, ?, ?)",
            [(id_, 3.0 + id_ % 40, str(day + timedelta(days=3 + id_ % 40)), str(day)) for id_, day in days],
        )


async def work(home: Home) -> tuple[float, float]:
    """Return milliseconds of processor time: to open review, and from a grade to the next question.

    Raises:
        AssertionError: something else is shown.
    """
    app = PapertrailApp(home)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        since = time.process_time()
        await press(pilot, "5")
        opens = time.process_time() - since
        assert isinstance(app.screen, ReviewScreen)
        assert "today · about" in shown(pilot), shown(pilot)
        await press(pilot, "enter")
        assert isinstance(app.screen, AskingScreen)
        taken = []
        for number in range(GRADES):
            await press(pilot, "space")
            since = time.process_time()
            app.post_message(Key("3", "3"))
            await pilot.pause()
            taken.append(time.process_time() - since)
            await settle(pilot)
            assert f"{number + 2} of " in shown(pilot)
        return opens * 1000, median(taken) * 1000


def main() -> None:
    """Measure with few questions and with as many as are named, 10,000 unless told otherwise."""
    most = int(sys.argv[2]) if len(sys.argv) > 2 else QUESTIONS
    print("processor time, ms      review opens   grade to next question")
    with tempfile.TemporaryDirectory() as folder:
        for questions in (400, most):
            home = make_trail(Path(folder) / str(questions), questions)
            opens, grade = asyncio.run(work(home))
            print(f"{questions:>8,} questions {opens:>17.0f} {grade:>24.1f}", flush=True)
