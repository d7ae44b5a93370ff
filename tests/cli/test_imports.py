"""What a command imports: nothing of weight for help, neither Textual nor SQLModel for the daily ones."""

import shutil
import subprocess
import sys

import pytest

from tests.cli.program import Program

REPORT = """
import sys
from papertrail.cli import main
sys.argv = ["papertrail", *sys.argv[1:]]
try:
    code = main()
finally:
    print("\\n".join(sorted(sys.modules)), file=sys.stderr)
sys.exit(code)
"""

HEAVY = {
    "textual",
    "sqlmodel",
    "arxiv",
    "feedparser",
    "sqlalchemy",
    "alembic",
    "pydantic",
    "requests",
    "rich",
}


def modules_of(program: Program, *arguments: str) -> tuple[int, set[str]]:
    done = subprocess.run(
        [sys.executable, "-c", REPORT, *arguments],
        capture_output=True,
        env=dict(program.env),
        cwd=program.trail,
        timeout=60,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, set(done.stderr.splitlines())


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--help",), 0),
        (("--version",), 0),
        (("list", "--help"), 0),
        (("done", "--help"), 0),
        (("goal", "--help"), 0),
        (("goal", "set", "--help"), 0),
        (("goal", "nonsense"), 2),
        (("list", "--bogus"), 2),
        (("inbox", "--help"), 0),
        (("watch", "--remove"), 2),
        (("nonsense",), 2),
        (("--bogus",), 2),
        (("done",), 2),
        (("note", "rcnn", "--print", "--path"), 2),
    ],
)
def test_help_and_usage_errors_import_next_to_nothing(
    shared: Program, arguments: tuple[str, ...], code: int
) -> None:
    ended, modules = modules_of(shared, *arguments)
    assert ended == code
    assert "click" in modules
    assert not modules & (HEAVY | {"sqlite3", "json", "dataclasses", "pathlib", "papertrail.library"})


@pytest.mark.parametrize(
    "arguments",
    [
        ("list",),
        ("list", "rcnn", "--status", "unread", "--lineage", "sgd"),
        ("show", "rcnn"),
        ("progress",),
        ("lineages",),
        ("next",),
        ("list", "--json"),
        ("done", "rcnn"),
        ("start", "sppnet"),
        ("queue", "adam"),
        ("queue", "adam", "--first"),
        ("done", "rcnn", "--on", "today"),
        ("set",),
        ("set", "next-depth", "2"),
        ("goal",),
        ("goal", "set", "--target", "50"),
        ("goal", "replan", "rebalance"),
        ("report",),
        ("watch", "cs.CV"),
        ("inbox",),
        ("inbox", "mute", "survey"),
        ("note", "rcnn", "--print"),
        ("note", "rcnn", "--path"),
        (),
    ],
)
def test_daily_commands_stay_light(program: Program, arguments: tuple[str, ...]) -> None:
    ended, modules = modules_of(program, *arguments)
    assert ended == 0
    assert "sqlite3" in modules
    assert not modules & (HEAVY | {"papertrail.store.known_trails", "papertrail.cli.strange_trail"})
    if arguments[:1] in (("list",), ("show",), ("progress",), ("next",)) and "--json" not in arguments:
        assert "json" not in modules


def test_a_first_start_loads_nothing_that_runs_migrations(program: Program) -> None:
    shutil.rmtree(program.trail / ".papertrail")
    ended, modules = modules_of(program, "list")
    assert ended == 0
    assert (program.trail / ".papertrail" / "library.db").exists()
    assert "papertrail.store.migrate" in modules
    assert not modules & HEAVY


WHAT_SHOW_NEEDS = {"papertrail.domain.whole_paper", "papertrail.domain.note"}
WHAT_NEXT_NEEDS = {"papertrail.domain.lineages.suggest", "papertrail.store.queries.steps"}
READING_NOTES = {"papertrail.notebook.versions", "papertrail.notebook.history"}


@pytest.mark.parametrize(
    ("arguments", "of_others"),
    [
        (("list",), WHAT_SHOW_NEEDS | WHAT_NEXT_NEEDS | READING_NOTES),
        (("show", "rcnn"), WHAT_NEXT_NEEDS),
        (("next",), WHAT_SHOW_NEEDS | READING_NOTES),
        (("progress",), WHAT_SHOW_NEEDS | WHAT_NEXT_NEEDS | READING_NOTES),
        (("goal",), WHAT_SHOW_NEEDS | WHAT_NEXT_NEEDS | READING_NOTES),
    ],
)
def test_a_daily_command_defines_no_values_of_others(
    shared: Program, arguments: tuple[str, ...], of_others: set[str]
) -> None:
    ended, modules = modules_of(shared, *arguments)
    assert ended == 0
    assert not modules & of_others
