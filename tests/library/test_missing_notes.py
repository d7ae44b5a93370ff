"""A note whose file is gone: told as missing wherever its paper is, and what was given away of it stays."""

from pathlib import Path

from papertrail.cli.documents import progress_object, summary_object
from papertrail.domain.lineages.map.contents import sign_of
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


def test_every_sum_list_and_sign_tells_it_as_missing_and_none_as_owed(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    note = with_note(home)
    note.unlink()
    with opened(home) as library:
        today = library.agenda.today()
        progress = today.progress
        assert (progress.read, progress.counted, progress.owed, progress.missing) == (2, 0, 1, 1)
        assert "1 owed · 1 missing" in progress.line
        assert ([paper.key for paper in today.owed], today.missing) == (["adam"], ("rcnn",))
        assert library.goal.floor(0).owed == 1
        assert [paper.key for paper in asked(library, "owed")] == ["adam"]
        assert asked(library, "has:note") == [] == asked(library, "counted")
        (line,) = [one for one in library.lineages.all() if one.missing]
        assert (line.read, line.counted, line.owed, line.missing) == (1, 0, 0, 1)
        for view in (library.maps.view(line.name), library.maps.view(None)):
            (shown,) = [paper for paper in view.papers if paper.key == "rcnn"]
            assert (sign_of(shown), shown.state, view.states["missing"]) == ("●!", "missing", 1)
            assert view.progress.missing == 1
            assert "1 missing" in view.line and ("owed" in view.line) == (view.states["owed"] > 0)
        document = progress_object(today)
        assert (document["owed"], document["missing"]) == (["adam"], ["rcnn"])
        summary = summary_object(library.papers.get("rcnn").summary)
        assert (summary["is_read"], summary["owed"], summary["note_missing"]) == (True, False, True)
        library.views.save("behind me", "status:read")
        told, _ = library.views.as_lineage(library.views.all()[0])
        assert (told.read, told.owed, told.missing) == (2, 1, 1)
