"""Exporting again: nothing is worked out where nothing changed, and everything where anything did."""

from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path

import pytest

from papertrail.domain.paper import Status
from papertrail.export import markdown
from papertrail.export.writer import MANIFEST
from papertrail.library import Home, Library
from tests.trails import NOTE, FixedClock, opened, small_trail


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = small_trail(tmp_path)
    with opened(home) as library:
        library.statuses.set(["adam", "rcnn"], Status.READ)
        for key in ("adam", "rcnn"):
            library.notes.save(key, f"{NOTE}\n<!-- mine -->\n", None)
        library.exports.write()
    return home


def files(home: Home) -> dict[str, str]:
    return {
        str(path.relative_to(home.export)): path.read_text(encoding="utf-8")
        for path in home.export.rglob("*.md")
    }


def test_nothing_is_rendered_where_nothing_changed(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    def render(*_: object) -> dict[str, str]:
        raise AssertionError("rendered again")

    before = files(home)
    monkeypatch.setattr(markdown, "render", render)
    for _ in range(2):
        with opened(home) as library:
            report = library.exports.write()
            assert (report.written, report.removed, report.kept) == ((), (), ())
            assert sorted(report.unchanged) == sorted(before)
    assert files(home) == before


def write_outside(home: Home) -> None:
    path = home.notes / "adam.md"
    path.write_text(path.read_text(encoding="utf-8") + "\n## Mine\n\nAdded.\n", encoding="utf-8")


def in_library(do: Callable[[Library], object]) -> Callable[[Home], None]:
    def change(home: Home) -> None:
        with opened(home) as library:
            do(library)

    return change


CHANGES: dict[str, Callable[[Home], None]] = {
    "a note, elsewhere": write_outside,
    "a note that went": lambda home: (home.notes / "adam.md").unlink(),
    "a status": in_library(lambda library: library.statuses.set(["sppnet"], Status.READ)),
    "a status taken back": in_library(lambda library: library.undo.undo()),
    "a name of a lineage": in_library(lambda library: library.lineages.rename("SGD", "Steps")),
    "a key": in_library(lambda library: library.corrections.rename("sppnet", "spp")),
    "a file that went": lambda home: (home.export / "papers" / "adam.md").unlink(),
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_changed_is_in_the_next_export(home: Home, change: str) -> None:
    CHANGES[change](home)
    with opened(home) as library:
        report = library.exports.write()
        assert report.written or report.removed
    made = files(home)
    (home.export / MANIFEST).unlink()
    for path in home.export.rglob("*.md"):
        path.unlink()
    with opened(home) as library:
        library.exports.write()
    assert files(home) == made


def test_the_day_the_comments_and_the_template_are_part_of_it(home: Home) -> None:
    for clock, comments in (
        (FixedClock(datetime(2026, 4, 20, 12, tzinfo=timezone.utc)), False),
        (FixedClock(), True),
    ):
        with opened(home, clock) as library:
            assert library.exports.write(comments=comments).written
    (home.private / "template.md").write_text("## Only\n\n(required)\n", encoding="utf-8")
    with opened(home) as library:
        assert library.exports.write().written


def test_a_page_that_somebody_changed_is_told_each_time(home: Home) -> None:
    page = home.export / "papers" / "adam.md"
    page.write_text("mine", encoding="utf-8")
    for _ in range(2):
        with opened(home) as library:
            assert library.exports.write().kept == ("papers/adam.md",)
    assert page.read_text(encoding="utf-8") == "mine"


def test_a_conflict_in_a_note_is_told_each_time(home: Home) -> None:
    write = f"{NOTE}\n<<<<<<< a\nx\n=======\ny\n>>>>>>> b\n"
    (home.notes / "adam.md").write_text(write, encoding="utf-8")
    for _ in range(2):
        with opened(home) as library:
            assert library.exports.write().in_conflict == ("adam",)


def test_all_papers_at_once_are_what_each_is(home: Home) -> None:
    with opened(home) as library:
        library.lineages.put("SGD", ["rcnn", "faster-rcnn"])
        library.tags.change(["rcnn", "adam"], add=["small", "残差"], rating=4)
        found = library.papers.all()
        each = [library.papers.get(paper.key) for paper in library.papers.each()]
        assert found == [
            paper
            if paper.note.exists
            else paper._replace(note=paper.note._replace(path=library.home.notes))
            for paper in each
        ]
