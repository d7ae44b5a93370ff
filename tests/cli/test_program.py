"""The program around its commands: help, errors, where the trail is found, what output may do."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from papertrail import __version__
from papertrail.cli.commands.list import STATUS_WORDS
from papertrail.cli.verbs import VERBS
from papertrail.domain.paper import Status
from tests.cli.program import PROGRAM, Program


def test_version_and_help(shared: Program) -> None:
    assert shared.ok("--version") == f"papertrail {__version__}\n"
    long, short = shared.ok("--help"), shared.ok("-h")
    assert long == short
    for name, verb in VERBS.items():
        assert f"  {name} " in long and verb.help.split(",")[0].split(":")[0] in long


@pytest.mark.parametrize("verb", VERBS)
def test_every_command_has_short_help_with_an_example(shared: Program, verb: str) -> None:
    text = shared.ok(verb, "-h")
    assert "Example:\n  papertrail " + verb in text.replace("    ", "  ")
    assert "--home DIR" in text
    assert len(text.splitlines()) < 30


def test_choices_are_the_statuses() -> None:
    assert tuple(Status) == STATUS_WORDS


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("lisst",), "there is no command lisst, did you mean list or set?"),
        (("\x1b[31mlst",), "there is no command [31mlst"),
        (("--bogus",), "--bogus"),
        (("list", "--bogus"), "--bogus"),
        (("list", "--status", "asleep"), "asleep"),
        (("done",), "KEY"),
        (("show", "a", "b"), "b"),
        (("next", "-n", "0"), "0"),
        (("--home", "", "list"), "a folder is needed"),
    ],
)
def test_usage_errors_are_two_lines_and_exit_2(
    shared: Program, arguments: tuple[str, ...], said: str
) -> None:
    result = shared.run(*arguments)
    assert result.code == 2 and result.out == ""
    lines = result.err.splitlines()
    assert len(lines) == 2 and said in lines[0] and lines[0].startswith("papertrail: "), result.err
    assert lines[1].startswith("see: papertrail") and lines[1].endswith("--help")
    assert "\x1b" not in result.err


def test_home_before_and_after_the_verb_the_later_one_wins(shared: Program, tmp_path: Path) -> None:
    here, nowhere = str(shared.trail), str(tmp_path / "none")
    assert "faster-rcnn" in shared.run("--home", here, "list", cwd=tmp_path).out
    assert "faster-rcnn" in shared.run("list", "--home", here, cwd=tmp_path).out
    assert "faster-rcnn" in shared.run("--home", nowhere, "list", "--home", here, cwd=tmp_path).out
    refused = shared.run("--home", here, "list", "--home", nowhere, cwd=tmp_path)
    assert refused.code == 1 and refused.out == "" and nowhere in refused.err
    assert refused.err.count("\n") == 1 and "papertrail init" in refused.err
    assert "faster-rcnn" in shared.run("list", env={"PAPERTRAIL_HOME": here}, cwd=tmp_path).out
    assert shared.run("list", env={"PAPERTRAIL_HOME": nowhere}, cwd=tmp_path).code == 1
    assert "faster-rcnn" in shared.run("list", cwd=shared.trail / "seeds").out, "found from a folder below"
    assert not (tmp_path / "none").exists()


def test_without_a_terminal_a_summary(shared: Program) -> None:
    out = shared.ok()
    assert out.startswith("0 / 100 counted · 0 owed · day 1 of 182\n")
    assert "/ 4" in out and "R-CNN to Faster R-CNN" in out and "SGD" in out
    assert "rcnn" in out.partition("Next:")[2]
    assert shared.ok("--home", str(shared.trail)) == out


def test_in_a_terminal_the_terminal_program_opens(program: Program) -> None:
    terminal = program.start_in_terminal()
    terminal.wait_for(b"of 100 counted")
    terminal.type("q")
    code, seen = terminal.end()
    assert code == 0 and b"Traceback" not in seen
    code, seen = program.in_terminal("--home", "nowhere", env={"NO_COLOR": "1"})
    assert code == 1 and seen.count(b"\r\n") == 1 and b"papertrail init" in seen


def test_the_default_trail_is_made_on_first_use(shared: Program, tmp_path: Path) -> None:
    home = tmp_path / "empty"
    home.mkdir()
    result = shared.run(env={"HOME": str(home)}, cwd=home)
    assert result.code == 0 and result.err.count("\n") == 1 and str(home / "papertrail") in result.err
    assert "0 / 100 counted" in result.out and "Faster R-CNN" in result.out
    assert (home / "papertrail" / "seeds" / "papers.csv").is_file()


def test_an_unknown_key_is_one_line_with_near_ones(shared: Program) -> None:
    result = shared.run("show", "fastr-rcnn")
    assert (result.code, result.out) == (1, "")
    assert result.err.count("\n") == 1 and "did you mean" in result.err and "faster-rcnn" in result.err


def test_a_newer_trail_is_refused_with_3(program: Program) -> None:
    database = program.trail / ".papertrail" / "library.db"
    connection = sqlite3.connect(database)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = database.read_bytes()
    result = program.run("list")
    assert (result.code, result.out) == (3, "") and result.err.count("\n") == 1
    assert database.read_bytes() == before


def test_a_traceback_only_when_asked_for(program: Program) -> None:
    database = program.trail / ".papertrail" / "library.db"
    database.unlink()
    database.mkdir()
    quiet = program.run("list")
    assert quiet.code == 5 and quiet.err.count("\n") == 1 and "Traceback" not in quiet.err
    assert "Traceback" in program.run("list", env={"PAPERTRAIL_DEBUG": "1"}).err


def run_into(
    program: Program, arguments: tuple[str, ...], stdout: int
) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(
        [*PROGRAM, *arguments],
        stdout=stdout,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        env=dict(program.env),
        cwd=program.trail,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("arguments", [("list",), ("show", "rcnn"), ("list", "--json"), ("--help",), ()])
def test_a_reader_that_goes_away_is_no_error(shared: Program, arguments: tuple[str, ...]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        result = run_into(shared, arguments, writing)
    finally:
        os.close(writing)
    assert (result.returncode, result.stderr) == (141, b"")


@pytest.mark.parametrize("arguments", [("list",), ("note", "rcnn", "--print"), ("--help",)])
def test_a_full_disk_behind_stdout_is_one_line_and_5(shared: Program, arguments: tuple[str, ...]) -> None:
    full = os.open("/dev/full", os.O_WRONLY)
    try:
        result = run_into(shared, arguments, full)
    finally:
        os.close(full)
    assert result.returncode == 5 and result.stderr.count(b"\n") == 1, result.stderr
    assert b"No space left" in result.stderr


def test_no_stdout_at_all(shared: Program) -> None:
    command = 'exec "$0" -m papertrail list >&-'
    done = subprocess.run(
        ["sh", "-c", command, sys.executable],
        env=dict(shared.env),
        cwd=shared.trail,
        stderr=subprocess.PIPE,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("arguments", [("list",), ("show", "rcnn"), ("progress",), ("next",), ("--help",)])
def test_an_encoding_that_lacks_our_signs(shared: Program, arguments: tuple[str, ...]) -> None:
    for encoding in ("ascii", "latin-1"):
        out = shared.ok(*arguments, env={"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"})
        assert out and "?" not in out.replace("…?", ""), out


def test_ctrl_c_is_130_without_a_traceback(shared: Program) -> None:
    terminal = shared.start_in_terminal("note", "rcnn", "--stdin")
    terminal.wait_for(b"ctrl+d")
    terminal.interrupt()
    code, seen = terminal.end()
    assert code == 130 and b"Traceback" not in seen and seen.count(b"\r\n") == 2, seen


def test_colour_only_where_it_is_welcome(shared: Program) -> None:
    assert b"\x1b[" in shared.in_terminal("list")[1]
    assert b"\x1b" not in shared.in_terminal("list", env={"NO_COLOR": "1"})[1]
    assert b"\x1b" not in shared.in_terminal("list", env={"TERM": "dumb"})[1]
    assert "\x1b" not in shared.ok("list")


@pytest.mark.parametrize("term", ["dumb", "unknown", ""])
def test_a_terminal_that_cannot_move_its_cursor_gets_the_summary(program: Program, term: str) -> None:
    code, seen = program.in_terminal(env={"TERM": term})
    assert code == 0 and b"counted" in seen and b"Next:" in seen
    assert b"1049h" not in seen
