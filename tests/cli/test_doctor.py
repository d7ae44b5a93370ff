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
