"""The history of a note on a real trail: told, compared, restored, thinned, and never in the way."""

from datetime import datetime, timedelta, timezone
from hashlib import sha256
from pathlib import Path

import pytest

from papertrail.domain.errors import BadInput, Conflict, NotFound, StorageError
from papertrail.domain.paper import Status
from papertrail.library import Home, Library
from papertrail.notebook.notebook import Notebook
from papertrail.notebook.versions import NoteFile
from tests.trails import NOTE, FixedClock, opened, small_trail

TEXTS = (
    "## Problem\n\nSlow.\n",
    "## Problem\n\nSlow.\n\n## Key idea\n\nShare.\n",
    "## Problem\n\nVery slow.\n\n## Key idea\n\nShare.\n\n## My own\n\nmine\n",
)


def save(library: Library, clock: FixedClock, *texts: str, apart: timedelta = timedelta(minutes=5)) -> None:
    for text in texts:
        library.notes.save("rcnn", text, library.notes.version("rcnn"))
        clock.moment += apart


def names(library: Library) -> list[tuple[int, str, int | None, tuple[str, ...] | None]]:
    return [
        (one.number, one.by, one.words, None if one.sections is None else tuple(s[:8] for s in one.sections))
        for one in library.history.revisions("rcnn")
    ]


def note(home: Home) -> bytes:
    return (home.notes / "rcnn.md").read_bytes()


def test_the_list_tells_when_by_whom_and_what(tmp_path: Path) -> None:
    home, clock = small_trail(tmp_path), FixedClock()
    with opened(home, clock) as library:
        assert library.history.revisions("rcnn") == []
        save(library, clock, *TEXTS)
        (home.notes / "rcnn.md").write_text(TEXTS[0], encoding="utf-8")
        library.changed_elsewhere()
        library.history.restore("rcnn", library.history.find("rcnn", "2"))
        library.undo.undo()
        assert names(library) == [
            (6, "undo", 1, ("Key idea",)),
            (5, "restore", 2, ("Key idea",)),
            (4, "outside", 1, ("Problem", "Key idea", "My own")),
            (3, "command", 4, ("Problem", "My own")),
            (2, "command", 2, ("Key idea",)),
            (1, "command", 1, ()),
        ]
        newest, *_, oldest = library.history.revisions("rcnn")
        assert (newest.is_now, oldest.is_now, oldest.is_first) == (True, False, True)
        assert oldest.at == datetime(2026, 3, 1, 9, 30, tzinfo=timezone.utc)
        with pytest.raises(NotFound):
            library.history.revisions("nothing")


def test_a_note_that_was_gone_begins_anew(tmp_path: Path) -> None:
    home, clock = small_trail(tmp_path), FixedClock()
    with opened(home, clock) as library:
        save(library, clock, TEXTS[0])
        (home.notes / "rcnn.md").unlink()
        library.changed_elsewhere()
        assert [one.is_now for one in library.history.revisions("rcnn")] == [False]
        restored = library.history.restore("rcnn", library.history.find("rcnn", "1"))
        assert restored is not None and note(home) == TEXTS[0].encode()
        assert [one.is_first for one in library.history.revisions("rcnn")] == [True, True]


def test_texts_of_earlier_versions_are_told_and_restored(tmp_path: Path) -> None:
    home, clock = small_trail(tmp_path), FixedClock()
    opened(home, clock).close()
    folder = home.private / "history" / "rcnn"
    folder.mkdir(parents=True)
    for day, data in enumerate((TEXTS[0].encode(), b"## Problem\r\n\r\ncaf\xe9\r\n", TEXTS[1].encode())):
        name = f"2026020{day + 1}T093000.000000Z-{sha256(data).hexdigest()[:8]}.md"
        (folder / name).write_bytes(data)
    with opened(home, clock) as library:
        save(library, clock, TEXTS[2])
        revisions = library.history.revisions("rcnn")
        assert names(library)[1:] == [(n, "earlier", None, None) for n in (3, 2, 1)]
        looked_at = library.history.looked_at("rcnn", revisions[1], revisions[2])
        assert (looked_at.words, [name[:7] for name in looked_at.sections or ()]) == (
            2,
            ["Problem", "Key ide"],
        )
        assert "�" in library.history.text("rcnn", revisions[2])
        with pytest.raises(StorageError, match="not UTF-8"):
            library.history.restore("rcnn", revisions[2])
        assert note(home) == TEXTS[2].encode()
        assert library.history.restore("rcnn", revisions[3]) is not None
        assert note(home) == TEXTS[0].encode()


@pytest.mark.parametrize(
    ("rev", "error"),
    [
        ("0", NotFound),
        ("4", NotFound),
        ("abcde", NotFound),
        ("", BadInput),
        ("abc", BadInput),
        ("-1", BadInput),
        ("1.5", BadInput),
        ("\x1b[31m", BadInput),
        ("99999999", NotFound),
        ("f" * 65, BadInput),
        ("１", BadInput),
    ],
)
def test_what_names_no_text(tmp_path: Path, rev: str, error: type[Exception]) -> None:
    clock = FixedClock()
    with opened(small_trail(tmp_path), clock) as library:
        save(library, clock, *TEXTS)
        with pytest.raises(error) as raised:
            library.history.find("rcnn", rev)
        assert "\x1b" not in str(raised.value) and "\n" not in str(raised.value)
        wanted = library.history.find("rcnn", "2")
        for name in (wanted.sha256, wanted.sha256[:5].upper(), wanted.name, "0002"):
            assert library.history.find("rcnn", name) == wanted


@pytest.mark.parametrize(
    "data", [b"## Problem\r\n\r\nSlow.\r\n", b"\xef\xbb\xbf## Problem\n\nx", b"a\r\nb\n", b""]
)
def test_a_text_comes_back_to_the_byte_and_so_does_the_one_it_replaced(tmp_path: Path, data: bytes) -> None:
    home, clock = small_trail(tmp_path), FixedClock()
    with opened(home, clock) as library:
        save(library, clock, TEXTS[0])
        (home.notes / "rcnn.md").write_bytes(data)
        library.changed_elsewhere()
        save(library, clock, TEXTS[1])
        before = note(home)
        restored = library.history.restore("rcnn", library.history.find("rcnn", "2"))
        assert restored is not None and note(home) == data
        assert library.undo.undo().past.what.startswith("note of rcnn as of 1 Mar 2026, 09:35")
        assert note(home) == before
        library.undo.redo()
        assert note(home) == data
        assert library.history.restore("rcnn", library.history.find("rcnn", "2")) is None


def test_one_section_comes_back_and_all_else_stays(tmp_path: Path) -> None:
    home, clock = small_trail(tmp_path), FixedClock()
    with opened(home, clock) as library:
        save(library, clock, *TEXTS)
        first = library.history.find("rcnn", "1")
        restored = library.history.restore("rcnn", first, "problem")
        assert restored is not None and restored.section == "Problem"
        assert note(home).decode() == TEXTS[2].replace("Very slow", "Slow")
        assert library.history.restore("rcnn", first, "Problem") is None
        assert library.undo.undo().past.what == "note of rcnn, Problem, as of 1 Mar 2026, 09:30"
        assert note(home).decode() == TEXTS[2]
        with pytest.raises(NotFound, match="no section Evidence"):
            library.history.restore("rcnn", first, "Evidence")


def test_a_note_changed_at_that_very_moment_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home, clock = small_trail(tmp_path), FixedClock()
    restore = Notebook.restore

    def changed_meanwhile(book: Notebook, key: str, data: bytes, base: str | None, now: datetime) -> NoteFile:
        (home.notes / "rcnn.md").write_bytes(b"theirs")
        return restore(book, key, data, base, now)

    with opened(home, clock) as library:
        save(library, clock, *TEXTS)
        monkeypatch.setattr(Notebook, "restore", changed_meanwhile)
        with pytest.raises(Conflict) as raised:
            library.history.restore("rcnn", library.history.find("rcnn", "1"))
        assert raised.value.exit_code == 7 and "\n" not in str(raised.value)
        assert note(home) == b"theirs"
        assert len(library.history.revisions("rcnn")) == 3


def test_what_is_old_grows_thin_and_the_rest_stays(tmp_path: Path) -> None:
    home, clock = small_trail(tmp_path), FixedClock()
    with opened(home, clock) as library:
        save(library, clock, *(f"## Problem\n\n{n}\n" for n in range(6)), apart=timedelta(hours=4))
        library.statuses.set(["rcnn"], Status.READ)
        clock.moment += timedelta(days=3)
        save(library, clock, "recent one", "recent two")
        kept = [library.history.text("rcnn", one).split()[-1] for one in library.history.revisions("rcnn")]
        assert kept == ["two", "one", "5", "3"], "the last of each day, and what was the note until then"
        assert [one.number for one in library.history.revisions("rcnn")] == [8, 7, 6, 4], "numbers stay"
        with pytest.raises(NotFound):
            library.history.find("rcnn", "1")
        for _ in range(3):  # down to the text the note had for days
            library.undo.undo()
        assert note(home).decode().split()[-1] == "5"
        newest = library.undo.stacks().done[0]
        with pytest.raises(Conflict):
            library.undo.undo(newest.op)
        with pytest.raises(NotFound, match="the text of the note is no longer kept"):
            library.undo.undo()
        assert newest.why_final == "the text of the note is no longer kept"
        assert note(home).decode().split()[-1] == "5", "nothing was changed"


def test_days_on_which_the_paper_was_counted_stay_whole(tmp_path: Path) -> None:
    home, clock = small_trail(tmp_path), FixedClock()
    with opened(home, clock) as library:
        library.statuses.set(["rcnn"], Status.READ)
        save(library, clock, "one", NOTE, NOTE + "three", NOTE + "four")
        clock.moment += timedelta(days=900)
        save(library, clock, NOTE + "five")
        assert [one.number for one in library.history.revisions("rcnn")] == [5, 4, 3, 2, 1]
    with opened(small_trail(tmp_path / "other"), clock) as library:
        save(library, clock, "one", NOTE, NOTE + "three", NOTE + "four")
        clock.moment += timedelta(days=900)
        save(library, clock, NOTE + "five")
        assert [one.number for one in library.history.revisions("rcnn")] == [5, 4], "it never counted"


def test_the_text_of_now_stays_however_old_it_is(tmp_path: Path) -> None:
    home, clock = small_trail(tmp_path), FixedClock()
    with opened(home, clock) as library:
        save(library, clock, "one", "two", "three")
        clock.moment += timedelta(days=900)
        (home.notes / "rcnn.md").write_text("one", encoding="utf-8")
        library.changed_elsewhere()
        texts = [library.history.text("rcnn", one) for one in library.history.revisions("rcnn")]
        assert texts == ["one", "three", "one"]


def test_a_history_that_cannot_be_thinned_holds_up_no_save(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, clock = small_trail(tmp_path), FixedClock()
    with opened(home, clock) as library:
        save(library, clock, "one", "two", "three")
        clock.moment += timedelta(days=900)

        def refuse(*_: object) -> None:
            raise StorageError("no")

        monkeypatch.setattr(Notebook, "forget_versions", refuse)
        save(library, clock, "four")
        assert note(home) == b"four"
        assert len(library.history.revisions("rcnn")) == 4


def test_line_ends_of_another_kind_are_no_change(tmp_path: Path) -> None:
    home, clock = small_trail(tmp_path), FixedClock()
    with opened(home, clock) as library:
        save(library, clock, "a\nb\n")
        (home.notes / "rcnn.md").write_bytes(b"a\r\nb\n")
        library.changed_elsewhere()
        new, old = library.history.revisions("rcnn")
        assert new.sections == ()
        assert all(
            piece.mark.value == " " for line in library.history.compare("rcnn", old, new) for piece in line
        )


def test_the_clock_set_back_leaves_the_order(tmp_path: Path) -> None:
    home, clock = small_trail(tmp_path), FixedClock()
    with opened(home, clock) as library:
        save(library, clock, "one", "two", apart=timedelta(hours=-3))
        save(library, clock, "three")
        assert [library.history.text("rcnn", one) for one in library.history.revisions("rcnn")] == [
            "three", "two", "one",
        ]  # fmt: skip
