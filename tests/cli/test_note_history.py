"""Earlier texts of a note: listed, compared, put back, from the command line."""

import gzip
import re

import pytest

from tests.cli.program import Program
from tests.trails import HOSTILE_TITLES

FIRST = "## Problem\n\nSlow proposals.\n"
SECOND = "## Problem\n\nSlow proposals, and many.\n\n## Key idea\n\nShare.\n"


@pytest.fixture
def noted(program: Program) -> Program:
    """The program on a trail with a note that had two texts."""
    for text in (FIRST, SECOND):
        program.ok("note", "rcnn", "--stdin", stdin=text)
    return program


def test_a_text_is_listed_compared_and_put_back_and_that_is_taken_back(noted: Program) -> None:
    newest, oldest = noted.ok("note", "rcnn", "--history").splitlines()
    assert re.fullmatch(r"2  \w{7}  \S+ \S+  command, now  5 words  Problem, Key idea", newest)
    assert re.fullmatch(r"1  \w{7}  \S+ \S+  command       2 words  begun", oldest)
    for revs in ((), ("1",), ("1", "2")):
        assert "Slow proposals{+, and many+}." in noted.ok("note", "rcnn", "--diff", *revs)
    assert "Slow proposals[-, and many-]." in noted.ok("note", "rcnn", "--diff", "2", "1")
    assert "as in text 1" in noted.ok("note", "rcnn", "--restore", "1")
    assert noted.ok("note", "rcnn", "--print") == FIRST
    assert [one["by"] for one in noted.run("note", "rcnn", "--history", "--json").json["revisions"]] == [
        "restore", "command", "command",
    ]  # fmt: skip
    assert noted.ok("undo").startswith("taken back: note of rcnn as of ")
    assert noted.ok("note", "rcnn", "--print") == SECOND


def test_one_section_is_put_back_and_all_else_stays(noted: Program) -> None:
    noted.ok("note", "rcnn", "--section", "problem", "--restore", "1")
    assert noted.ok("note", "rcnn", "--print") == SECOND.replace(", and many", "")
    assert "nothing to restore" in noted.ok("note", "rcnn", "--section", "problem", "--restore", "1")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("rcnn", "--restore", "9"), 1, "no text 9 of the note of rcnn is kept"),
        (("rcnn", "--restore", "soon"), 2, "'soon' names no text of a note"),
        (("rcnn", "--restore", HOSTILE_TITLES[3]), 2, "names no text of a note"),
        (("rcnn", "--restore", "draft"), 1, "no editor left unsaved text for the note of rcnn"),
        (("rcnn", "--restore", "draft", "--section", "Problem"), 2, "unsaved text comes back whole"),
        (("rcnn", "--section", "Problem"), 2, "--section"),
        (("rcnn", "--section", "Nowhere", "--restore", "1"), 1, "Nowhere"),
        (("rcnn", "--history", "--print"), 2, "exclude each other"),
        (("rcnn", "--diff", "1", "2", "3"), 2, ""),
        (("rcnn", "1"), 2, "--diff"),
        (("sppnet", "--diff"), 1, "sppnet has no note yet"),
    ],
)
def test_what_cannot_be_is_one_line(noted: Program, arguments: tuple[str, ...], code: int, said: str) -> None:
    result = noted.run("note", *arguments)
    assert (result.code, result.out) == (code, ""), result
    assert said in result.err and "\x1b" not in result.err
    assert noted.ok("note", "rcnn", "--print") == SECOND


def test_a_damaged_text_is_said_and_spoils_no_other(noted: Program) -> None:
    (first,) = [
        path
        for path in (noted.trail / ".papertrail" / "history" / "rcnn").glob("*.md.gz")
        if gzip.decompress(path.read_bytes()).decode("utf-8") == FIRST
    ]
    first.write_bytes(b"broken")
    result = noted.run("note", "rcnn", "--restore", "1")
    assert result.code == 5 and "damaged or gone from the history" in result.err
    assert noted.ok("note", "rcnn", "--print") == SECOND
    nothing = noted.run("undo")  # the second text stays, and so what it was written over
    assert nothing.code == 1 and "note of rcnn (5 words) stays: the text of the note is no" in nothing.err


def test_the_difference_is_coloured_on_a_terminal_and_clean(program: Program) -> None:
    for text in (FIRST, FIRST + HOSTILE_TITLES[3] + "\n"):
        program.ok("note", "rcnn", "--stdin", stdin=text)
    code, seen = program.in_terminal("note", "rcnn", "--diff")
    assert code == 0 and b"\x1b[" in seen and b"\x1b]52" not in seen and b"{+" not in seen
    code, seen = program.in_terminal("note", "rcnn", "--diff", env={"NO_COLOR": "1"})
    assert code == 0 and b"{+" in seen
