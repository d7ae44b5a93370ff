"""`doctor`, `note --restore-all`, `note --merge`: what is lost or astray is named and put right."""

import shutil
from pathlib import Path

import pytest

from tests.cli.program import Program
from tests.trails import NOTE

GONE = (
    "papertrail: notes/ is gone, with 2 notes: put it back, "
    "or have it written anew: papertrail note --restore-all\n"
)


@pytest.fixture
def noted(program: Program) -> Program:
    for key in ("rcnn", "adam"):
        program.ok("note", key, "--stdin", stdin=NOTE)
    return program


@pytest.mark.parametrize(
    "command", [("list",), ("progress",), (), ("lineages",), ("next",), ("done", "rcnn"), ("show", "rcnn")]
)
def test_every_command_says_first_that_the_folder_is_gone(noted: Program, command: tuple[str, ...]) -> None:
    shutil.move(noted.trail / "notes", noted.trail / "elsewhere")
    for _ in range(2):
        result = noted.run(*command)
        assert (result.code, result.err) == (0, GONE), result


def test_the_folder_comes_back_by_one_command(noted: Program) -> None:
    shutil.move(noted.trail / "notes", noted.trail / "elsewhere")
    assert noted.run("note", "rcnn", "--stdin", stdin="words").code == 5
    assert noted.run("note", "rcnn", "--print").code == 5
    result = noted.run("doctor")
    assert (result.code, "papertrail note --restore-all" in result.out) == (1, True)
    assert noted.run("note", "--restore-all").out == "restored: notes/rcnn.md\nrestored: notes/adam.md\n"
    assert noted.ok("doctor") == "all is well\n"
    assert noted.ok("note", "--restore-all") == "no note is gone\n"


def test_gone_moved_and_second_texts_are_named_with_what_helps(noted: Program) -> None:
    notes = noted.trail / "notes"
    (notes / "adam.md").unlink()
    (notes / "rcnn (Anna's conflicted copy 2026-01-01).md").write_text(NOTE + "more\n", encoding="utf-8")
    (notes / "evil \x1b]0;x\x07.md").write_text("words\n", encoding="utf-8")
    assert noted.run("list").err == (
        "papertrail: a note is gone: adam; papertrail doctor tells how to get it back\n"
    )
    assert noted.run("list").err == ""
    result = noted.run("doctor")
    assert result.code == 1
    assert "\x1b" not in result.out
    assert "notes/adam.md  the note of adam is gone\n    papertrail note --restore-all\n" in result.out
    merge = "papertrail note rcnn --merge 'notes/rcnn (Anna'\"'\"'s conflicted copy 2026-01-01).md'"
    assert merge in result.out
    findings = noted.run("doctor", "--json").json["findings"]
    assert [(one["check"], one["is_remark"]) for one in findings] == [
        ("gone-notes", False),
        ("stray-files", True),
        ("stray-files", False),
    ]
    quiet = "a second text of a paper in notes/: papertrail doctor\n"
    for command in ((), ("progress",)):
        assert noted.run(*command).err == quiet
    assert noted.run("note", "rcnn", "--print").err == (
        "there is a second text of this note: papertrail note rcnn --merge\n"
    )
    assert noted.run("note", "adam", "--print").err == ""


def test_a_remark_alone_is_no_trouble(noted: Program) -> None:
    (noted.trail / "notes/ideas.md").write_text("words\n", encoding="utf-8")
    result = noted.run("doctor")
    assert (result.code, "ideas.md" in result.out) == (0, True)


def test_two_texts_are_shown_and_merged(noted: Program) -> None:
    notes = noted.trail / "notes"
    copy = notes / "rcnn.sync-conflict-20260101-120000-ABCDEFG.md"
    copy.write_text(NOTE.replace("slow", "slow and redundant"), encoding="utf-8")
    shown = noted.run("note", "rcnn", "--merge")
    assert (shown.code, "{+and redundant+}" in shown.out, "--take" in shown.err) == (0, True, True), shown
    assert copy.exists()
    said = noted.ok("note", "rcnn", "--merge", f"notes/{copy.name}", "--take", "both")
    assert f"notes/{copy.name} is in the history now" in said
    assert (notes / "rcnn.md").read_text(encoding="utf-8") == NOTE.replace("slow", "slow and redundant")
    assert not copy.exists()
    noted.ok("undo")
    assert (notes / "rcnn.md").read_text(encoding="utf-8") == NOTE


@pytest.mark.parametrize(
    "arguments",
    [
        ("note",),
        ("note", "rcnn", "--take", "both"),
        ("note", "rcnn", "--merge", "x.md", "--take", "none"),
        ("note", "rcnn", "--restore-all"),
        ("note", "--restore-all", "--print"),
        ("note", "rcnn", "--merge", "--print"),
    ],
)
def test_what_makes_no_sense_is_refused(shared: Program, arguments: tuple[str, ...]) -> None:
    result = shared.run(*arguments)
    assert result.code == 2, result
    assert result.err.startswith("papertrail: ")


def test_nothing_is_changed_by_looking(noted: Program) -> None:
    (noted.trail / "notes/rcnn 2.md").write_text("words\n", encoding="utf-8")
    noted.run("doctor")

    def all_of_it() -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in (noted.trail / "notes").rglob("*") if path.is_file()}

    before, undo = all_of_it(), noted.ok("undo", "--list")
    noted.run("doctor")
    assert (all_of_it(), noted.ok("undo", "--list")) == (before, undo)


def test_a_note_that_cannot_be_read_is_trouble(noted: Program) -> None:
    notes = noted.trail / "notes"
    (notes / "rcnn.md").write_bytes(b"## Problem\n\ncaf\xe9\n")
    (notes / "sppnet.md").write_bytes(b"never read: na\xefve\n")
    (notes / "fast-rcnn.md").mkdir()
    for _ in range(2):
        result = noted.run("doctor")
        assert result.code == 1
        assert "all is well" not in result.out
        assert "notes/rcnn.md is not UTF-8 text (byte 16)\n    papertrail note rcnn --convert\n" in result.out
        assert "    papertrail note sppnet --convert\n" in result.out
    found = {one["where"]: one for one in noted.run("doctor", "--json").json["findings"]}
    assert {"notes/rcnn.md", "notes/sppnet.md"} <= {
        where for where, one in found.items() if one["check"] == "unreadable-notes"
    }
    for key in ("rcnn", "sppnet"):
        assert noted.run("note", key, "--convert").code == 0
    assert "--convert" not in noted.run("doctor").out


@pytest.mark.parametrize(
    "way", [("--history",), ("--diff",), ("--diff", "1"), ("--restore", "1")], ids=" ".join
)
def test_a_note_that_cannot_be_read_is_not_said_to_be_none(program: Program, way: tuple[str, ...]) -> None:
    (program.trail / "notes").mkdir(exist_ok=True)
    (program.trail / "notes" / "rcnn.md").write_bytes(b"caf\xe9\n")
    result = program.run("note", "rcnn", *way)
    assert (result.code, result.out) == (5, "")
    assert "papertrail note rcnn --convert" in result.err
    assert "no note yet" not in result.err


@pytest.mark.parametrize("harm", ["cut", "rubbish", "swapped", "empty", "folder"])
def test_an_earlier_text_that_was_damaged_is_named(noted: Program, harm: str) -> None:
    for words in ("one", "two"):
        noted.ok("note", "rcnn", "--stdin", stdin=NOTE + words)
    assert noted.ok("doctor") == "all is well\n"
    (first, second, *_) = sorted((noted.trail / ".papertrail" / "history" / "rcnn").iterdir())
    packed = first.read_bytes()
    if harm == "folder":
        first.unlink()
        first.mkdir()
    else:
        other = {"cut": packed[:20], "rubbish": b"\x1b[2J", "swapped": second.read_bytes(), "empty": b""}
        first.write_bytes(other[harm])
    result = noted.run("doctor")
    assert result.code == 0, "nothing can be done"
    assert result.out == (
        f".papertrail/history/rcnn/{first.name}  an earlier text of rcnn is damaged; the others are kept\n"
        "    papertrail note rcnn --history\n"
    )
    assert noted.run("doctor", "--json").json["findings"][0]["is_remark"] is True
    assert noted.run("note", "rcnn", "--restore", "1").code == 5


@pytest.mark.parametrize(
    "command",
    [
        (),
        ("list",),
        ("next",),
        ("progress",),
        ("show", "adam"),
        ("note", "rcnn", "--print"),
        ("undo", "--list"),
    ],
    ids=" ".join,
)
def test_a_history_that_cannot_be_written_keeps_nobody_from_reading(
    noted: Program, command: tuple[str, ...]
) -> None:
    """One folder that belongs to another, or a full disk, must not shut the whole trail."""
    history = noted.trail / ".papertrail" / "history" / "rcnn"
    shutil.move(history, noted.trail / "away")
    history.write_bytes(b"")
    note = noted.trail / "notes" / "rcnn.md"
    note.write_text(NOTE + "words from outside\n", encoding="utf-8")
    for _ in range(2):
        result = noted.run(*command)
        assert result.code == 0, result
        assert result.err.count("\n") == 1
        assert str(history) in result.err and "move that away" in result.err
        assert result.out
    assert noted.run("start", "adam").code == 0
    assert noted.run("undo").out.startswith("taken back: adam")
    assert note.read_text(encoding="utf-8").endswith("words from outside\n")
    history.unlink()
    shutil.move(noted.trail / "away", history)
    assert "outside" in noted.ok("note", "rcnn", "--history"), "it is taken in as soon as that can be"


def test_a_note_that_is_missing_is_neither_owed_nor_begun_anew_in_silence(noted: Program) -> None:
    noted.ok("done", "rcnn")
    (noted.trail / "notes/rcnn.md").unlink()
    noted.run("list")
    missing = "notes/rcnn.md is missing; its texts are kept: papertrail note --restore-all\n"
    done = noted.run("done", "rcnn")
    assert (done.code, done.out) == (0, f"rcnn  already read; {missing}")
    assert noted.run("note", "rcnn", "--print").err == f"papertrail: {missing}"
