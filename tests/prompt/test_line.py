"""A prompt's line says what the library says, looks only, and is silent on standard output otherwise."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from papertrail.domain.paper import Status
from papertrail.domain.recall.review import LEAST_COUNTED, Grade
from papertrail.library import Home
from papertrail.prompt.line import FIELDS, USUAL, asked_for, line, status
from papertrail.store import SCHEMA_VERSION
from papertrail.store.queries import prompt as queries
from tests.trails import NOTE, FixedClock, opened, small_trail

NOW = "2026-03-01T09:30+00:00"
ALL = "|".join(f"{{{name}}}" for name in FIELDS)
HOSTILE = "a [/b] z\x1b]52;c;ZXZpbA==\x07"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return small_trail(tmp_path / "trail")


@pytest.fixture
def environ(home: Home) -> Mapping[str, str]:
    return {
        "PAPERTRAIL_HOME": str(home.root),
        "HOME": str(home.root.parent),
        "PAPERTRAIL_TRUST": "*",
        "PAPERTRAIL_NOW": NOW,
    }


def everything(home: Home) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(home.root.rglob("*")) if path.is_file()}


def test_each_field_says_what_the_library_says(home: Home, environ: Mapping[str, str]) -> None:
    clock = FixedClock()
    with opened(home, clock) as library:
        for key, state in (
            ("rcnn", "read"),
            ("sppnet", "read"),
            ("fast-rcnn", "queued"),
            ("adam", "reading"),
        ):
            library.statuses.set([key], Status(state))
        library.notes.save("rcnn", f"{NOTE}\n## Questions\n\nQ: Why?\nA: So.\n\nQ: How?\nA: Thus.\n", None)
        library.goal.set(target=40, last_day=FixedClock().moment.date().replace(month=9))
        asked = library.recall.day()
        assert asked.asked
        library.recall.grade(library.recall.question(asked.asked[0]), Grade.AGAIN)
        streaks = set()
        for days in range(3):
            clock.moment = FixedClock().moment.replace(day=1 + days)
            today = library.agenda.today()
            told = today.progress
            day = library.recall.day()
            again = [id_ for id_ in day.asked if library.recall.question(id_).memory is not None]
            wanted = {
                "counted": told.counted,
                "target": 40,
                "owed": told.owed,
                "due": len(again) + day.waiting,
                "queued": 1,
                "reading": 1,
                "behind": max(-told.ahead_papers, 0),
                "pace": "level" if not told.ahead_papers else f"{told.ahead_papers} ahead",
                "streak": today.streak,
            }
            said = line(None, ALL, {**environ, "PAPERTRAIL_NOW": clock.moment.isoformat()})
            assert said.split("|") == [str(wanted[name]) for name in FIELDS]
            streaks.add(today.streak)
        assert wanted["due"] and wanted["counted"] and wanted["owed"] and streaks == {0, 1}
        library.goal.set(target=1)
        assert line(None, "{pace}", environ) == "reached"
        library.goal.drop()
        assert line(None, "{counted}/{target} {pace} {behind}", environ) == "1/- - 0"


def test_it_counts_what_review_counts() -> None:
    assert queries.LEAST == LEAST_COUNTED


def test_the_days_begin_when_the_reader_says(home: Home, environ: Mapping[str, str]) -> None:
    with opened(home) as library:
        connection = sqlite3.connect(home.database)
        now = connection.execute("SELECT date('now', 'localtime')").fetchone()[0]
        assert queries.today(connection) == now and queries.day_starts(connection) == "00:00"
        library.settings.set("day-starts", "04:30")
        assert queries.day_starts(connection) == "04:30"
        before = connection.execute("SELECT date('now', 'localtime', '-04:30')").fetchone()[0]
        assert queries.today(connection) == before
        connection.close()


def test_nothing_is_written_or_made(
    home: Home, environ: Mapping[str, str], capfd: pytest.CaptureFixture[str]
) -> None:
    opened(home).close()
    before = everything(home)
    assert status(None, USUAL, environ) == 0
    assert capfd.readouterr() == ("0/100 0 due\n", "")
    assert everything(home) == before


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ("", ""),
        ("{{}} {{counted}}", "{} {counted}"),
        ("残差 \x1b[32m{counted}\x1b[0m", "残差 \x1b[32m0\x1b[0m"),
        ("\udcff{queued}", "\udcff0"),
    ],
)
def test_what_is_no_field_is_written_as_it_is(
    home: Home, environ: Mapping[str, str], form: str, said: str
) -> None:
    opened(home).close()
    assert line(None, form, environ) == said


@pytest.mark.parametrize(
    "form", ["{", "}", "{counted", "{}", "{Counted}", "{counted:>9}", "{0}", f"{{{HOSTILE}}}"]
)
def test_a_field_that_there_is_none_of(
    home: Home, environ: Mapping[str, str], form: str, capfd: pytest.CaptureFixture[str]
) -> None:
    opened(home).close()
    assert status(None, form, environ) == 2
    _one_line(capfd)


def _one_line(capfd: pytest.CaptureFixture[str]) -> str:
    out, err = capfd.readouterr()
    assert out == "" and err.count("\n") == 1 and err.startswith("papertrail: "), (out, err)
    assert err[:-1].isprintable()
    return err


@pytest.mark.parametrize(
    ("state", "code", "said"),
    [
        ("none", 1, "there is no trail"),
        ("no database", 5, "no database"),
        ("damaged", 5, "rebuild"),
        ("empty", 3, "version"),
        ("newer", 3, "version"),
        ("strange", 5, "papertrail trust"),
        ("locked", 4, "locked"),
    ],
)
def test_a_trail_in_another_state(
    home: Home,
    environ: Mapping[str, str],
    state: str,
    code: int,
    said: str,
    capfd: pytest.CaptureFixture[str],
) -> None:
    opened(home).close()
    asked = dict(environ)
    holding = None
    if state == "none":
        asked["PAPERTRAIL_HOME"] = str(home.root.parent / "nowhere")
    elif state == "no database":
        home.database.unlink()
    elif state == "damaged":
        home.database.write_bytes(b"SQLite format 3\x00" + bytes(range(256)) * 40)
    elif state == "empty":
        home.database.write_bytes(b"")
    elif state == "newer":
        with sqlite3.connect(home.database) as connection:
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
        connection.close()
    elif state == "strange":
        asked["PAPERTRAIL_TRUST"] = ""
    else:
        holding = sqlite3.connect(home.database, isolation_level=None)
        holding.execute("PRAGMA journal_mode = DELETE")
        holding.execute("BEGIN EXCLUSIVE")
        holding.execute("DELETE FROM note")
        holding.execute("PRAGMA cache_size = 0")
        (home.private / "library.db-journal").write_bytes(b"x" * 512)
    assert status(None, USUAL, asked) == code
    assert said in _one_line(capfd)
    if holding:
        holding.close()


@pytest.mark.parametrize(
    ("words", "understood"),
    [
        (["status"], (None, USUAL)),
        (["--home", "d", "status", "--format", "x"], ("d", "x")),
        (["status", "--format=x=y", "--home=d", "--home", "e"], ("e", "x=y")),
        (["status", "--help"], None),
        (["status", "--format"], None),
        (["--format", "x", "status"], None),
        (["status", "status"], None),
        (["note", "status"], None),
        (["status", "--home", ""], None),
    ],
)
def test_the_command_line(words: list[str], understood: tuple[str | None, str] | None) -> None:
    assert asked_for(words) == understood


def test_nothing_that_costs_time_is_imported(home: Home, environ: Mapping[str, str]) -> None:
    opened(home).close()
    code = (
        "import os, sys\nsys.argv = ['papertrail', 'status']\n"
        "os._exit = lambda code: print(code, *sorted(sys.modules)) or sys.exit(0)\n"
        "from papertrail.__main__ import main\nmain()"
    )
    here = {name: os.environ[name] for name in ("PATH",) if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-S", "-P", "-c", f"import sys; sys.path[:0] = {sys.path!r}\n{code}"],
        capture_output=True,
        encoding="utf-8",
        env={**here, **environ, "PAPERTRAIL_NOW": ""},
        check=True,
        timeout=60,
    )
    said, rest = done.stdout.split("\n", 1)
    assert said == "0/100 0 due"
    code_, *modules = rest.split()
    assert code_ == "0"
    assert not {"click", "typing", "pathlib", "re", "enum", "rich", "papertrail.ending"} & set(modules)
