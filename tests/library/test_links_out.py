"""Links that lead out of a trail: what is there is shown, and nothing is written, moved or removed there."""

import os
import shutil
from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path

import pytest

from papertrail.domain.errors import LeadsOut, PapertrailError, StorageError
from papertrail.domain.inbox.model import Model
from papertrail.domain.paper import Status
from papertrail.domain.story import StoryForm
from papertrail.library import Home, Library, create_trail, open_library
from papertrail.library.kept_model import KeptModel
from papertrail.notebook.notebook import Notebook
from papertrail.sources.reply import Reply
from papertrail.sources.reply_cache import ReplyCache
from tests.trails import NOTE, opened, small_trail

NOW = datetime(2026, 11, 23, 9, 30, 5, tzinfo=timezone.utc)
PLACES = ["notes/adam.md", "notes", ".papertrail/history", ".papertrail/history/adam", ".papertrail/drafts"]
WHOLE = [".papertrail", ".papertrail/library.db"]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = small_trail(tmp_path / "trail")
    with opened(home) as library:
        library.notes.save("adam", NOTE, None)
        library.notes.keep_draft("adam", "unsaved", None)
    return home


def move_out(home: Home, place: str) -> Path:
    """Put a link in the place of a part of the trail, which moves out; return where it is."""
    outside = home.root.parent / "outside"
    outside.mkdir(exist_ok=True)
    part = home.root / place
    target = part.rename(outside / part.name)
    part.symlink_to(target)
    return outside


def everything(folder: Path) -> dict[str, bytes]:
    """Return what is in a folder, but what SQLite makes to read."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.endswith(("-wal", "-shm", "-journal"))
    }


WRITES: dict[str, Callable[[Library], object]] = {
    "save": lambda library: library.notes.save("adam", "other", library.notes.version("adam")),
    "save over another version": lambda library: library.notes.save("adam", "other", "0" * 64),
    "save a draft": lambda library: library.notes.restore_draft("adam"),
    "draft": lambda library: library.notes.keep_draft("adam", "words", None),
    "discard the draft": lambda library: library.notes.discard_draft("adam"),
    "lend": lambda library: library.notes.begin_file("adam"),
    "rename": lambda library: library.corrections.rename("adam", "other"),
    "status": lambda library: library.statuses.set(["adam"], Status.READING),
}


@pytest.mark.parametrize("place", [*PLACES, *WHOLE])
def test_what_leads_out_is_shown_and_not_written(home: Home, place: str) -> None:
    outside = move_out(home, place)
    before = everything(outside)
    with opened(home) as library:
        assert library.notes.open("adam").text == NOTE
        assert library.papers.get("adam").summary.key == "adam"
        assert library.goal.progress()
        refused = set()
        for name, write in WRITES.items():
            if place == ".papertrail/drafts" and "draft" not in name:
                continue  # all else is written in the trail
            try:
                write(library)
            except LeadsOut as error:
                refused.add(name)
                assert str(error).startswith(f"{place} is a link that leads out of the trail, to {outside}/")
            except PapertrailError:
                pass
        assert refused, "nothing was told"
    assert everything(outside) == before


@pytest.mark.parametrize("place", ["notes", "notes/adam.md"])
def test_an_editor_is_not_lent_what_leads_out(home: Home, place: str) -> None:
    move_out(home, place)
    with opened(home) as library, pytest.raises(LeadsOut, match="leads out of the trail"):
        library.notes.begin_file("adam")


def test_every_way_to_write_a_note_is_refused(home: Home) -> None:
    book = Notebook(home.notes, home.private)
    note = book.read("adam")
    assert note is not None
    outside = move_out(home, "notes")
    (outside / "notes" / "adam.other.md").write_text("beside", encoding="utf-8")
    before = everything(outside)
    sha256 = note.sha256
    ways: list[Callable[[], object]] = [
        lambda: book.save("adam", "other", sha256, NOW),
        lambda: book.save("new", "other", None, NOW),
        lambda: book.restore("adam", b"other", sha256, NOW),
        lambda: book.remove("adam", sha256),
        lambda: book.place(note, "other", b"other", NOW),
        lambda: book.put_away("adam", "adam.other.md", book.beside("adam.other.md").sha256, NOW),  # type: ignore[union-attr]
    ]
    for way in ways:
        with pytest.raises(LeadsOut):
            way()
    assert everything(outside) == before
    assert book.leading_out() == {"adam"}


def note_of(library: Library, key: str) -> None:
    library.notes.save(key, NOTE, library.notes.version(key))
    library.statuses.set([key], Status.READ)


@pytest.mark.parametrize("place", ["notes/rcnn.md", "notes"])
def test_what_leads_out_is_given_away_only_when_asked_for(home: Home, tmp_path: Path, place: str) -> None:
    """Notes as pages, in stories and on cards; what was given away before stays as it was."""
    with opened(home) as library:
        for key in ("rcnn", "sppnet"):
            note_of(library, key)
        told = "Share the convolutions with the proposals."
        ways: dict[str, Callable[[bool], str]] = {
            "story": lambda follow: library.exports.story(
                "R-CNN to Faster R-CNN", StoryForm(follow_links=follow)
            ),
            "cards": lambda follow: library.cards.document(follow_links=follow).text,
            "pages": lambda follow: pages(library, tmp_path / f"export {follow}", follow),
        }
        whole = {name: way(False) for name, way in ways.items()}
        assert all(text.count(told) >= 2 for text in whole.values()), "both notes are given away"
        move_out(home, place)
        library.notes.index_changed()
        left = 1 if place == "notes/rcnn.md" else 0
        for name, way in ways.items():
            assert way(True) == whole[name], name
        assert ways["story"](False).count(told) == whole["story"].count(told) * left // 2
        if left:
            assert ways["cards"](False).count(told) == whole["cards"].count(told) * left // 2
        else:
            assert told not in library.cards.document().text
        report = library.exports.write(tmp_path / "new")
        assert sorted(report.leading_out) == (["rcnn"] if left else ["adam", "rcnn", "sppnet"])
        assert not (tmp_path / "new" / "papers" / "rcnn.md").exists()
        page = tmp_path / "export False" / "papers" / "rcnn.md"
        before = page.read_bytes()
        library.exports.write(page.parent.parent)
        assert page.read_bytes() == before
        assert library.exports.write(tmp_path / "new", follow_links=True).written


def pages(library: Library, folder: Path, follow: bool) -> str:
    library.exports.write(folder, follow_links=follow)
    return "".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("papers/*.md")))


def test_the_folder_of_exports_may_lead_out_only_when_asked_for(home: Home) -> None:
    with opened(home) as library:
        library.exports.write()
        outside = move_out(home, "export")
        library.notes.save("adam", f"{NOTE}\nmore\n", library.notes.version("adam"))
        before = everything(outside)
        with pytest.raises(
            StorageError, match=r"export is a link that leads out.*--to, or give --follow-links"
        ):
            library.exports.write()
        assert everything(outside) == before
        assert library.exports.write(home.export).written, "it was named"
        library.notes.save("adam", NOTE, library.notes.version("adam"))
        assert library.exports.write(follow_links=True).written


@pytest.mark.parametrize("name", ["replies", "pdfs", "moves", ".."])
def test_nothing_is_kept_or_cleaned_up_elsewhere(home: Home, tmp_path: Path, name: str) -> None:
    """Replies older than a month go, moves that are done as well: not those of a folder of the reader's."""
    mine = tmp_path / "mine"
    mine.mkdir()
    for path in (mine / "old.txt", mine / "{}.json"):
        path.write_text("{}", encoding="utf-8")
        os.utime(path, (0, 0))
    if name == "..":
        for path in [path for path in home.private.iterdir() if path.is_file()]:
            path.rename(mine / path.name)
        shutil.rmtree(home.private)
        home.private.symlink_to(mine)
    else:
        (home.private / name).symlink_to(mine)
    before = everything(mine)
    pdf = tmp_path / "a.pdf"
    pdf.write_bytes(b"%PDF-1.4 words")
    ReplyCache(home.replies).keep(Reply("https://example.org/", 200, {}, b"words"))
    KeptModel(home.private / "model").keep("this", Model({}, 0.0, (), {}, {}))
    assert (home.private / "model").exists() is (name != "..")
    with opened(home) as library:
        if name in ("pdfs", ".."):
            with pytest.raises(LeadsOut):
                library.pages.attach_pdf("adam", pdf)
    assert everything(mine) == before


def test_a_trail_that_is_itself_behind_a_link_is_none_that_leads_out(home: Home) -> None:
    by_link = Home(home.root.parent / "by link")
    by_link.root.symlink_to(home.root)
    with opened(by_link) as library:
        library.notes.save("adam", f"{NOTE}\nmore\n", library.notes.version("adam"))
        library.notes.keep_draft("adam", "words", None)
        assert library.exports.write().written


@pytest.mark.parametrize("folder", ["notes", "seeds", ".papertrail"])
def test_a_new_trail_is_made_in_its_own_folder(tmp_path: Path, folder: str) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "trail").mkdir()
    (tmp_path / "trail" / folder).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(LeadsOut):
        open_library(create_trail(tmp_path / "trail"))
    assert not list((tmp_path / "elsewhere").iterdir())


def test_a_dangling_private_folder_makes_none_elsewhere(tmp_path: Path) -> None:
    home = small_trail(tmp_path / "trail")
    elsewhere = tmp_path / "elsewhere"
    home.private.symlink_to(elsewhere)
    with pytest.raises(StorageError):
        open_library(home)
    assert not elsewhere.exists()
