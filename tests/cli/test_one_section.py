"""`papertrail note --section` and `papertrail notes`: sections as other programs read and write them."""

import pytest

from tests.cli.program import Program
from tests.trails import NOTE

HOSTILE = "a [/b] z \x1b]52;c;ZXZpbA==\x07 [@click=app.exit]x[/]"


def test_a_section_is_written_and_all_else_stays(program: Program) -> None:
    path = program.trail / "notes" / "rcnn.md"
    path.parent.mkdir(exist_ok=True)
    before = (
        b"\xef\xbb\xbf---\r\nmy: [x\t]\r\n---\r\n## Problem\r\n\r\nold\r\n\r\n\r\n## Other  \r\n\tmine \t\r\n"
    )
    path.write_bytes(before)
    assert program.ok("note", "rcnn", "--section", "problem", "--print") == "old\n"
    program.ok("note", "rcnn", "--section", "Problem", "--stdin", stdin="old\r\n")
    assert path.read_bytes() == before
    said = program.ok("note", "rcnn", "--section", "Problem", "--stdin", stdin="new\nwords\n")
    assert said.startswith("saved notes/rcnn.md")
    assert path.read_bytes() == before.replace(b"old", b"new\r\nwords")
    program.ok("note", "rcnn", "--section", "Problem", "--append", stdin="more\n")
    assert path.read_bytes() == before.replace(b"old", b"new\r\nwords\r\n\r\nmore")
    program.ok("undo", "2")
    assert path.read_bytes() == before
    program.ok("note", "rcnn", "--section", "Mine", "--append", stdin=f"{HOSTILE}\n")
    assert path.read_bytes() == before + f"\r\n## Mine\r\n\r\n{HOSTILE}\r\n".encode()


def test_a_note_that_is_not_there_begins_with_the_template(program: Program) -> None:
    assert "\n" in program.ok("note", "adam", "--section", "problem", "--print")
    assert not (program.trail / "notes" / "adam.md").exists()
    program.ok("note", "adam", "--section", "problem", "--stdin", stdin="Slow.")
    assert program.ok("note", "adam", "--section", "problem", "--print") == "Slow.\n"


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("note", "rcnn", "--section", "Problem"), 2, "--section goes with"),
        (("note", "rcnn", "--append"), 2, "--append goes with --section"),
        (("note", "rcnn", "--section", "Problem", "--append", "--stdin"), 2, "exclude each other"),
        (("note", "rcnn", "--section", "Problem", "--stdin"), 2, "is empty"),
        (("note", "rcnn", "--section", "\x1b[31mNo", "--print"), 1, "has no section [31mNo"),
        (("note", "rcnn", "--section", " ", "--print"), 2, "needs a name"),
        (("notes", "--owed", "--outline"), 2, "exclude each other"),
        (("notes", "--grep", " "), 2, "nothing to look for"),
        (("notes", "--grep", "\x1bnowhere"), 1, "no line"),
        (("notes", "unknown-key"), 1, "unknown-key"),
    ],
)
def test_what_cannot_be_done(shared: Program, arguments: tuple[str, ...], code: int, said: str) -> None:
    ended = shared.run(*arguments)
    assert (ended.code, ended.out) == (code, "") and said in ended.err and "\x1b" not in ended.err, ended


def test_notes_are_listed(program: Program) -> None:
    for mode in ((), ("--outline",), ("--owed",)):
        nothing = program.run("notes", *mode)
        assert (nothing.code, nothing.out) == (0, "") and nothing.err.startswith("no note is "), nothing
    program.ok("note", "faster-rcnn", "--stdin", stdin=NOTE)
    program.ok("note", "rcnn", "--stdin", stdin=f"## Problem\n\nRésidual {HOSTILE}\n")
    program.ok("done", "rcnn")
    rcnn, faster = program.ok("notes").splitlines()
    assert rcnn.startswith("rcnn ") and "owes Key idea" in rcnn
    assert faster.startswith("faster-rcnn ") and faster.endswith("complete")
    assert program.ok("notes", "--owed") == f"{' '.join(rcnn.split())}\n".replace(" ", "  ", 2)
    outline = program.ok("notes", "--outline", "rcnn").splitlines()
    assert outline[0].startswith("rcnn  ") and outline[1].startswith("  ■ Problem  ")
    assert outline[3].startswith("  □ Key idea")
    assert program.ok("notes", "--grep", "RESIDUAL").startswith("rcnn:3: Résidual a [/b] z ]52;c;")
