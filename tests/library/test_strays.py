"""Notes that are gone or moved, and the folder that is: nothing is forgotten, and all comes back."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from papertrail.domain.errors import NotesGone, StorageError
from papertrail.domain.paper import Status
from papertrail.library import Library, open_library
from tests.trails import NOTE, FixedClock, opened, small_trail

KEYS = ("rcnn", "fast-rcnn", "adam")
GONE = "notes/ is gone, with 3 notes: put it back, or have it written anew: papertrail note --restore-all"


def noted(root: Path) -> None:
    """Make a trail with three papers read and noted."""
    with opened(small_trail(root)) as library:
        library.statuses.set(list(KEYS), Status.READ)
        for key in KEYS:
            library.notes.save(key, NOTE + key, None)


def told(root: Path) -> list[str]:
    """Return what opening the trail tells."""
    lines: list[str] = []
    with open_library(small_trail(root), clock=FixedClock(), report=lines.append):
        pass
    return lines


def operations(library: Library) -> int:
    return len(library.undo.stacks().done)


def taken_away(notes: Path) -> None:
    notes.rename(notes.with_name("elsewhere"))


def dangling(notes: Path) -> None:
    taken_away(notes)
    notes.symlink_to("unmounted", target_is_directory=True)


def a_file(notes: Path) -> None:
    taken_away(notes)
    notes.write_bytes(b"")


def put_back(notes: Path) -> None:
    if notes.is_symlink() or notes.is_file():
        notes.unlink()
    notes.with_name("elsewhere").rename(notes)


@pytest.mark.parametrize("away", [taken_away, dangling, a_file])
def test_a_folder_that_is_gone_is_told_and_nothing_is_forgotten(
    tmp_path: Path, away: Callable[[Path], None]
) -> None:
    noted(tmp_path)
    with opened(small_trail(tmp_path)) as library:
        before = operations(library)
    away(tmp_path / "notes")
    for _ in range(2):  # by every command, not once
        (line,) = told(tmp_path)
        assert line == GONE if away is not a_file else "cannot read" in line
    with opened(small_trail(tmp_path)) as library:
        assert library.goal.progress().line == "3 / 100 counted · 0 owed · day 1 of 182"
        assert library.notes.trouble
        assert operations(library) == before
        assert not library.changed_elsewhere()
        put_back(tmp_path / "notes")
        assert library.changed_elsewhere()
        assert library.notes.trouble == ""
        assert operations(library) == before
        away(tmp_path / "notes")
        assert library.changed_elsewhere()
        assert library.notes.trouble
    put_back(tmp_path / "notes")
    assert told(tmp_path) == []


def test_while_the_folder_is_gone_no_note_is_written_nor_taken_for_missing(tmp_path: Path) -> None:
    noted(tmp_path)
    taken_away(tmp_path / "notes")
    with opened(small_trail(tmp_path)) as library:
        for call in (
            lambda: library.notes.open("rcnn"),
            lambda: library.notes.save("sppnet", NOTE, None),
            lambda: library.notes.begin_file("sppnet"),
            lambda: library.notes.convert("rcnn"),
            lambda: library.notes.version("rcnn"),
            library.undo.undo,
        ):
            with pytest.raises(NotesGone):
                call()
        assert library.notes.body("rcnn").trouble == GONE
        assert library.comparisons.of_papers(["rcnn"]).unreadable == {"rcnn": GONE}
        assert library.notes.texts() == ({}, ["rcnn", "fast-rcnn", "adam"])
        assert library.notes.texts(["rcnn", "sppnet"]) == ({}, ["rcnn"])
        library.exports.write()
        assert not (tmp_path / "notes").exists()
        assert library.goal.progress().counted == 3


def test_an_export_made_before_keeps_its_pages_while_the_folder_is_gone(tmp_path: Path) -> None:
    noted(tmp_path)
    with opened(small_trail(tmp_path)) as library:
        library.exports.write()
        page = next(path for path in (tmp_path / "export").rglob("rcnn.md"))
        before = page.read_bytes()
        taken_away(tmp_path / "notes")
        report = library.exports.write()
    assert set(report.unreadable) == set(KEYS)
    assert page.read_bytes() == before


def test_a_trail_without_notes_needs_no_folder(tmp_path: Path) -> None:
    assert told(tmp_path) == []
    with opened(small_trail(tmp_path)) as library:
        assert library.notes.open("rcnn").sha256 is None
        assert library.notes.save("rcnn", NOTE, None).note.complete
        assert library.checks.all() == []


def test_the_whole_folder_is_written_anew_at_once(tmp_path: Path) -> None:
    noted(tmp_path)
    shutil.move(tmp_path / "notes", tmp_path / "elsewhere")
    with opened(small_trail(tmp_path)) as library:
        before = operations(library)
        (finding,) = library.checks.all()
        assert (finding.check, finding.remedy) == ("notes-folder", "papertrail note --restore-all")
        done = library.strays.restore_gone()
        assert (done.restored, done.lost) == (("rcnn", "fast-rcnn", "adam"), ())
        assert library.changed_elsewhere()
        assert (operations(library), library.checks.all()) == (before, [])
    assert told(tmp_path) == []
    for key in KEYS:
        assert (tmp_path / f"notes/{key}.md").read_bytes() == (tmp_path / f"elsewhere/{key}.md").read_bytes()
    assert not list((tmp_path / ".papertrail").glob("notes-*"))


def test_something_in_the_place_of_the_folder_is_not_written_over(tmp_path: Path) -> None:
    noted(tmp_path)
    dangling(tmp_path / "notes")
    with opened(small_trail(tmp_path)) as library:
        with pytest.raises(StorageError):
            library.strays.restore_gone()
        assert (tmp_path / "notes").is_symlink()
        assert not list((tmp_path / ".papertrail").glob("notes-*"))


def test_notes_that_are_gone_are_told_once_and_come_back_together(tmp_path: Path) -> None:
    noted(tmp_path)
    for key in ("rcnn", "adam"):
        (tmp_path / f"notes/{key}.md").unlink()
    assert told(tmp_path) == ["2 notes are gone: adam, rcnn; papertrail doctor tells how to get them back"]
    assert told(tmp_path) == []
    with opened(small_trail(tmp_path)) as library:
        assert library.goal.progress().counted == 1
        found = library.checks.all()
        assert [(one.check, one.where, one.remedy) for one in found] == [
            ("gone-notes", "notes/rcnn.md", "papertrail note --restore-all"),
            ("gone-notes", "notes/adam.md", "papertrail note --restore-all"),
        ]
        assert library.undo.next() is not None
        assert library.strays.restore_gone().restored == ("rcnn", "adam")
        assert library.checks.all() == []
        assert library.goal.progress().counted == 3
        assert (tmp_path / "notes/adam.md").read_text(encoding="utf-8") == NOTE + "adam"
        assert library.undo.undo().past.what == "notes of rcnn and adam restored"
        assert library.undo.undo().past.what == "notes of adam and rcnn gone"
        assert library.goal.progress().counted == 3
        assert library.strays.restore_gone().restored == ()


def test_a_note_whose_text_is_not_kept_is_named_and_the_others_come_back(tmp_path: Path) -> None:
    noted(tmp_path)
    shutil.rmtree(tmp_path / ".papertrail/history/rcnn")
    for key in KEYS:
        (tmp_path / f"notes/{key}.md").unlink()
    with opened(small_trail(tmp_path)) as library:
        assert "papertrail note rcnn" in [one.remedy for one in library.checks.all()]
        done = library.strays.restore_gone()
        assert (done.restored, done.lost) == (("fast-rcnn", "adam"), ("rcnn",))


def test_a_paper_that_was_dropped_and_one_that_was_undone_owe_no_note(tmp_path: Path) -> None:
    noted(tmp_path)
    with opened(small_trail(tmp_path)) as library:
        assert library.undo.undo().past.what == "note of adam begun (16 words)"
        library.statuses.set(["rcnn"], Status.DROPPED)
        (tmp_path / "notes/rcnn.md").unlink()
        assert library.changed_elsewhere()
        assert library.checks.all() == []


def test_a_note_moved_or_renamed_is_recognised_and_told_how_to_put_right(tmp_path: Path) -> None:
    noted(tmp_path)
    notes = tmp_path / "notes"
    (notes / "rcnn.md").write_text("---\nkey: rcnn\n---\n" + NOTE, encoding="utf-8")
    with opened(small_trail(tmp_path)) as library:
        (notes / "rcnn.md").rename(notes / "girshick on regions.md")
        (notes / "2026").mkdir()
        (notes / "adam.md").rename(notes / "2026/adam.md")
        assert library.changed_elsewhere()
        assert [(one.where, one.remedy) for one in library.checks.all()] == [
            ("notes/girshick on regions.md", "mv 'notes/girshick on regions.md' notes/rcnn.md"),
            ("notes/2026/adam.md", "mv notes/2026/adam.md notes/adam.md"),
        ]
        assert library.strays.restore_gone().restored == ()
        (notes / "girshick on regions.md").rename(notes / "rcnn.md")
        (notes / "2026/adam.md").rename(notes / "adam.md")
        assert library.changed_elsewhere()
        assert library.checks.all() == []
        assert library.goal.progress().counted == 3


def test_copies_are_found_by_paper_and_told_in_one_line(tmp_path: Path) -> None:
    noted(tmp_path)
    notes = tmp_path / "notes"
    for name in ("rcnn 2.md", "RCNN.md", "fast-rcnn (1).md", "mine.md", "\x1b[31m adam 2.md"):
        (notes / name).write_text("other words\n", encoding="utf-8")
    with opened(small_trail(tmp_path)) as library:
        assert [one.name for one in library.strays.copies("rcnn")] == ["RCNN.md", "rcnn 2.md"]
        assert library.strays.copies("adam") == []
        assert library.strays.quiet_line() == "3 second texts of papers in notes/: papertrail doctor"
        found = {one.where: (one.remedy, one.is_remark) for one in library.checks.all()}
    assert found == {
        "notes/RCNN.md": ("papertrail note rcnn --merge notes/RCNN.md", False),
        "notes/rcnn 2.md": ("papertrail note rcnn --merge 'notes/rcnn 2.md'", False),
        "notes/fast-rcnn (1).md": ("papertrail note fast-rcnn --merge 'notes/fast-rcnn (1).md'", False),
        "notes/mine.md": ("papertrail list", True),
        "notes/\x1b[31m adam 2.md": ("papertrail list", True),
    }
