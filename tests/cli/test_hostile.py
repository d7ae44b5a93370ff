"""Hostile text: from the database, the command line or a note it reaches a terminal inert."""

import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from papertrail.cli import output
from papertrail.cli.cells import bar, fit, pad, width, wrap
from papertrail.domain.text import clean
from tests.cli.conftest import clean_environment, make_program
from tests.cli.program import Program
from tests.trails import HOSTILE_TITLES

EVIL = "".join(HOSTILE_TITLES[:7]) + "\x1b[2J\x1bc\x90q\x9c\x85\u2028\u202d\u2067\ufeff\r\n\x08\x7f"
COLOURS = re.compile(rb"\x1b\[[0-9;]*m")
READING = [
    ("list",),
    ("list", "--lineage", "evil"),
    ("list", "--lineage", EVIL.replace("\0", "")),
    ("undo", "--list"),
    ("show", "evil-4"),
    ("show", "evil-8"),
    ("lineages",),
    ("progress",),
    ("progress", "--svg", "p.svg"),
    ("goal",),
    ("goal", "history"),
    ("goal", "replan"),
    ("report",),
    ("report", "--month", "--last"),
    ("next", "-n", "20"),
    ("note", "evil-4", "--print"),
    ("note", "evil-4", "--path"),
    ("add", "1311.0004"),
]
WRITING = [
    ("lineage", "deactivate", "evil"),
    ("queue", "evil-3", "--first"),
    ("start", "evil-4"),
    ("done", "evil-4", "evil-5"),
    ("queue", "evil-6"),
    ("lineage", "add", "mine", "evil-4"),
    ("lineage", "rename", "mine", "now " + EVIL.replace("\0", "").replace(";", "")),
    ("undo", "--list"),
    ("undo",),
    ("redo",),
]
MISTAKES = [
    ("show", EVIL),
    ("lineage", "activate", EVIL),
    ("undo", "--op", EVIL),
    ("undo", EVIL),
    ("note", "evil-4", "--restore", EVIL),
    ("list", "--status", EVIL),
    ("list", f"--{EVIL}"),
    (EVIL,),
    ("--home", f"/{EVIL}".replace("\0", ""), "list"),
    ("add", EVIL),
    ("seed", EVIL),
    ("goal", EVIL),
    ("goal", "set", "--from", EVIL),
    ("goal", "set", "--rest", EVIL),
    ("goal", "replan", EVIL),
    ("lineage", "activate", EVIL),
    ("done", "evil-4", "--on", EVIL),
    ("progress", "--svg", f"seeds/papers.csv/{EVIL}".replace("\0", "")),
    ("next", "-n", EVIL),
]


def assert_inert(seen: bytes) -> None:
    """Check that nothing but our colours, newlines and letters reached the terminal."""
    text = COLOURS.sub(b"", seen).replace(b"\r\n", b"\n").decode()
    assert clean(text) == text, [c for c in set(text) if clean(c) != c]


@pytest.fixture(scope="module")
def evil_once(tmp_path_factory: pytest.TempPathFactory) -> Program:
    """A trail whose database holds hostile text in every column a reader sees, put there behind our back."""
    folder = tmp_path_factory.mktemp("evil")
    rows = [
        (
            "Evil; Other",
            f"evil-{i}",
            title,
            "A. Uthor",
            "2013",
            "",
            f"1311.000{i}",
            "",
            f"evil-{i - 1}" if i > 1 else "",
        )
        for i, title in enumerate(HOSTILE_TITLES, start=1)
    ]
    program = make_program(folder, rows)
    (program.trail / "notes").mkdir(exist_ok=True)
    (program.trail / "notes" / "evil-4.md").write_text(
        f"## Problem\n\n{EVIL}\n", encoding="utf-8", newline=""
    )
    program.run("list")
    with closing(sqlite3.connect(program.trail / ".papertrail" / "library.db")) as connection, connection:
        connection.execute(
            "UPDATE paper SET title = title || ?, authors = ?, venue = ?, abstract = ?",
            (EVIL, EVIL, EVIL, EVIL),
        )
        connection.execute("UPDATE lineage SET name = name || ?", (EVIL.replace("\n", ""),))
    return program


@pytest.fixture
def evil(evil_once: Program, tmp_path: Path) -> Program:
    shutil.copytree(evil_once.trail, tmp_path / "trail")
    return Program(tmp_path / "trail", clean_environment(tmp_path / "home"))


@pytest.mark.parametrize("command", READING, ids=" ".join)
def test_reading_commands(evil_once: Program, command: tuple[str, ...]) -> None:
    code, seen = evil_once.in_terminal(*command)
    assert code == 0, seen
    assert_inert(seen)
    assert "残差网络".encode() in seen or command[0] not in ("list", "next")


def test_the_summary_and_json_in_pipes(evil_once: Program) -> None:
    for command in (
        (),
        ("list",),
        ("next",),
        ("list", "--json"),
        ("show", "evil-4", "--json"),
        ("progress", "--json"),
    ):
        result = evil_once.run(*command)
        assert result.code == 0
        assert_inert(result.out.encode())
        assert_inert(result.err.encode())
    assert evil_once.run("list", "--json").json["papers"][0]["title"].startswith("a [/] b")


def test_writing_commands(evil: Program) -> None:
    for command in WRITING:
        code, seen = evil.in_terminal(*command)
        assert code == 0, seen
        assert_inert(seen)
    code, seen = evil.in_terminal("export")
    assert code == 0, seen
    assert_inert(seen)


@pytest.mark.parametrize("command", MISTAKES, ids=range(len(MISTAKES)))
def test_mistakes_quoted_back(evil_once: Program, command: tuple[str, ...]) -> None:
    code, seen = evil_once.in_terminal(*(part.replace("\0", "") for part in command))
    assert code in (1, 2, 5), seen
    assert_inert(seen)
    assert seen.count(b"\r\n") <= 2, "one line, or two for a usage error"


def test_titles_are_whole_in_pipes_and_cut_on_terminals(evil_once: Program) -> None:
    assert any("x" * 5000 in line for line in evil_once.run("list").out.splitlines())
    _, seen = evil_once.in_terminal("list", columns=80, env={"NO_COLOR": "1"})
    lines = seen.decode().splitlines()
    assert len(lines) == len(HOSTILE_TITLES) + 1
    assert all(width(line) <= 80 for line in lines)


def test_what_is_printable_needs_no_cleaning() -> None:
    """The short cut of the output rests on this."""
    wrong = [hex(c) for c in range(0x110000) if chr(c).isprintable() and clean(chr(c)) != chr(c)]
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("", 0),
        ("abc", 3),
        ("残差网络", 8),
        ("e\u0301", 1),
        ("a残b", 4),
        ("ﾊﾝｶｸ", 4),
        ("Ａ", 2),
        ("👩\u200d🔬", 4),
    ],
)
def test_width_in_cells(text: str, cells: int) -> None:
    assert width(text) == cells
    assert width(pad(text, 10)) == 10


@pytest.mark.parametrize("cells", range(12))
@pytest.mark.parametrize("text", ["残差网络", "abcdefgh ij", "a残b差c网", ""])
def test_fit_never_is_wider(text: str, cells: int) -> None:
    cut = fit(text, cells)
    assert width(cut) <= cells
    assert cut == text if width(text) <= cells else cut.endswith("…") or cells == 0


@pytest.mark.parametrize("text", ["残差网络" * 9, "to be or not to be", "x" * 50, "a " * 30, "残 a差 b"])
def test_wrap_loses_no_letter_and_fits(text: str) -> None:
    for cells in (2, 5, 20, 80):
        lines = wrap(text, cells)
        assert all(0 < width(line) <= cells for line in lines)
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize(
    ("counted", "read", "total", "drawn"),
    [
        (0, 0, 4, "░░░░░░░░"),
        (1, 1, 4, "██░░░░░░"),
        (1, 3, 4, "██▒▒▒▒░░"),
        (4, 4, 4, "████████"),
        (9, 12, 4, "████████"),
        (0, 0, 0, "░░░░░░░░"),
    ],
)
def test_bar(counted: int, read: int, total: int, drawn: str) -> None:
    assert bar(counted, read, total, 8) == drawn


def test_signs_have_plain_forms(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(output, "_speaks_utf8", lambda _: False)
    output.say("○ ◔ ◐ ● ✕ · → – … ✓")
    assert capsys.readouterr().out == ". + ~ * x - > - . v\n"
