"""A note and its second text made one: saved as any note, undoable, and nothing thrown away unkept."""

from pathlib import Path

import pytest

from papertrail.domain.errors import BadInput, NoteConflict, NotFound, PapertrailError, StorageError
from papertrail.domain.merging import NoteMerge, Take
from papertrail.domain.paper import Status
from papertrail.library import Library
from tests.trails import NOTE, opened, small_trail

THEIRS = NOTE.replace("slow.", "slow, and redundant.").replace("hand-made", "hand-made, rigid") + "\nMore.\n"


@pytest.fixture
def trail(tmp_path: Path) -> Path:
    with opened(small_trail(tmp_path)) as library:
        library.notes.save("rcnn", NOTE, None)
    (tmp_path / "notes/rcnn 2.md").write_text(THEIRS, encoding="utf-8")
    return tmp_path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def all_of(library: Library, merge: NoteMerge, take: Take) -> str:
    return library.merges.save(merge, merge.merged([take] * len(merge.parts))).saved.sha256


@pytest.mark.parametrize("take", Take)
def test_the_copy_is_kept_and_put_away_and_the_merge_can_be_taken_back(trail: Path, take: Take) -> None:
    note = trail / "notes/rcnn.md"
    with opened(small_trail(trail)) as library:
        merge = library.merges.open("rcnn")
        assert (merge.name, len(merge.open_parts)) == ("rcnn 2.md", 2)
        done = len(library.undo.stacks().done)
        all_of(library, merge, take)
        assert note.read_text(encoding="utf-8") == (NOTE if take is Take.MINE else THEIRS)
        assert names(trail / "notes") == ["rcnn.md"]
        assert THEIRS in [library.history.text("rcnn", one) for one in library.history.revisions("rcnn")]
        assert library.checks.all() == []
        changed = take is not Take.MINE
        assert len(library.undo.stacks().done) == done + changed
        if changed:
            library.undo.undo()
            assert note.read_text(encoding="utf-8") == NOTE


def test_a_merge_may_complete_a_note_and_make_its_paper_count(trail: Path) -> None:
    with opened(small_trail(trail)) as library:
        library.notes.save("rcnn", "## Problem\n\nmine\n", library.notes.version("rcnn"))
        library.statuses.set(["rcnn"], Status.READ)
        merge = library.merges.open("rcnn", "rcnn 2.md")
        saved = library.merges.save(merge, merge.merged([Take.BOTH] * len(merge.parts))).saved
        assert saved.newly_counted


def test_what_another_program_writes_meanwhile_stays(trail: Path) -> None:
    note, copy = trail / "notes/rcnn.md", trail / "notes/rcnn 2.md"
    with opened(small_trail(trail)) as library:
        merge = library.merges.open("rcnn")
        copy.write_text(THEIRS + "later\n", encoding="utf-8")
        merged = library.merges.save(merge, merge.merged([Take.BOTH] * len(merge.parts)))
        assert not merged.is_put_away
        assert copy.read_text(encoding="utf-8") == THEIRS + "later\n"
        merge = library.merges.open("rcnn")
        note.write_text("other\n", encoding="utf-8")
        with pytest.raises(NoteConflict) as raised:
            library.merges.save(merge, "merged\n")
        assert "papertrail note rcnn --merge" in str(raised.value)
        assert note.read_text(encoding="utf-8") == "other\n"
        assert copy.exists()
        assert raised.value.mine.read_text(encoding="utf-8") == "merged\n"


@pytest.mark.parametrize(
    ("file", "error"),
    [
        ("/etc/passwd", BadInput),
        ("../seeds/papers.csv", BadInput),
        ("..", PapertrailError),
        ("rcnn.md", BadInput),
        ("notes/rcnn.md", BadInput),
        ("link.md", BadInput),
        ("adam.md", BadInput),
        ("nobody.md", NotFound),
        ("folder.md", StorageError),
        ("binary.md", StorageError),
        ("\x1b]52;c;x\x07.md", NotFound),
    ],
)
def test_only_another_text_among_the_notes_is_merged(
    trail: Path, file: str, error: type[PapertrailError]
) -> None:
    notes = trail / "notes"
    (notes / "link.md").symlink_to("rcnn.md")
    (notes / "folder.md").mkdir()
    (notes / "binary.md").write_bytes(b"\xff\xfe\x00")
    (notes / "adam.md").write_text(NOTE, encoding="utf-8")
    before = names(notes)
    with opened(small_trail(trail)) as library:
        with pytest.raises(error) as raised:
            library.merges.open("rcnn", file)
        assert str(raised.value).isprintable()
    assert names(notes) == before


def test_without_a_note_or_a_second_text_that_is_said(trail: Path) -> None:
    (trail / "notes/rcnn 2.md").rename(trail / "notes/adam 2.md")
    with opened(small_trail(trail)) as library:
        for key in ("rcnn", "adam", "nobody"):
            with pytest.raises(NotFound):
                library.merges.open(key)


@pytest.mark.parametrize("name", ["2026/rcnn.md", "other words.md", "RCNN.md"])
def test_second_texts_in_folders_and_by_front_matter_are_found_too(trail: Path, name: str) -> None:
    path = trail / "notes" / name
    path.parent.mkdir(exist_ok=True)
    (trail / "notes/rcnn 2.md").unlink()
    path.write_text("---\nkey: rcnn\n---\n" + THEIRS, encoding="utf-8")
    with opened(small_trail(trail)) as library:
        merge = library.merges.open("rcnn")
        assert merge.name == name
        all_of(library, merge, Take.BOTH)
    assert not path.exists()
