"""A note whose file is gone: told as missing wherever its paper is, and what was given away of it stays."""

from pathlib import Path

from papertrail.domain.paper import Status
from papertrail.library import Home, Library
from tests.trails import NOTE, asked, opened, small_trail


def lines(library: Library) -> dict[str, tuple[str, str]]:
    """Return mark and word of each paper, as short and as long lists have them."""
    short = {paper.key: (paper.mark, paper.word) for paper in asked(library, "")}
    assert {paper.key: (paper.mark, paper.word) for paper in library.papers.each()} == short
    return short


def with_note(home: Home) -> Path:
    with opened(home) as library:
        library.statuses.set(["rcnn", "adam"], Status.READ)
        library.notes.save("rcnn", NOTE, None)
    return home.notes / "rcnn.md"


def test_a_note_that_is_missing_is_told_so_and_not_owed(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    note = with_note(home)
    with opened(home) as library:
        assert lines(library)["rcnn"] == ("✓", "counted")
        assert lines(library)["adam"] == ("✎", "owed")
    text = note.read_bytes()
    note.unlink()
    with opened(home) as library:
        assert lines(library)["rcnn"] == ("!", "note missing")
        assert lines(library)["adam"] == ("✎", "owed")
        summary = library.papers.get("rcnn").summary
        assert (summary.note_missing, summary.counted) == (True, False)
    note.write_bytes(text)
    with opened(home) as library:
        assert lines(library)["rcnn"] == ("✓", "counted")


def test_what_was_exported_of_a_missing_note_stays(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    note = with_note(home)
    with opened(home) as library:
        library.exports.write()
    (page,) = [path for path in home.export.rglob("*.md") if path.stem == "rcnn"]
    told = page.read_text(encoding="utf-8")
    note.unlink()
    with opened(home) as library:
        library.exports.write()
    assert page.read_text(encoding="utf-8") == told
