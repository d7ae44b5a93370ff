"""Notes through the library: the file is the truth, the index follows, nothing is lost."""

import gzip
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from papertrail.domain.errors import BadInput, NoteConflict, NotFound, StorageError, UnreadableNote
from papertrail.domain.note import NearMiss
from papertrail.domain.paper import Status
from papertrail.library import open_library
from tests.trails import NOTE, FixedClock, opened, small_trail


def test_a_paper_counts_when_it_is_read_and_noted(tmp_path: Path) -> None:
    with opened(small_trail(tmp_path)) as library:
        assert library.goal.progress().line == "0 / 100 counted · 0 owed · day 1 of 182"
        library.statuses.set(["rcnn"], Status.READ)
        assert library.goal.progress().line == "0 / 100 counted · 1 owed · day 1 of 182"
        opened_note = library.notes.open("rcnn")
        assert opened_note.sha256 is None
        saved = library.notes.save("rcnn", opened_note.text + "\n", None)
        assert not saved.newly_counted
        assert library.goal.progress().owed == 1
        saved = library.notes.save("rcnn", NOTE, saved.sha256)
        assert saved.newly_counted
        assert saved.note.missing == ()
        assert library.goal.progress().line == "1 / 100 counted · 0 owed · day 1 of 182"
        assert [(x.read, x.counted) for x in library.lineages.all()] == [(1, 1), (0, 0)]
        assert (tmp_path / "notes" / "rcnn.md").read_text(encoding="utf-8") == NOTE


def test_a_note_without_reading_does_not_count(tmp_path: Path) -> None:
    with opened(small_trail(tmp_path)) as library:
        saved = library.notes.save("rcnn", NOTE, None)
        assert saved.note.complete
        assert not saved.newly_counted
        assert (library.goal.progress().counted, library.goal.progress().owed) == (0, 0)


def test_a_change_by_another_program_is_indexed(tmp_path: Path) -> None:
    with opened(small_trail(tmp_path)) as library:
        library.statuses.set(["adam"], Status.READ)
        assert not library.changed_elsewhere()
        (tmp_path / "notes").mkdir(exist_ok=True)
        (tmp_path / "notes" / "adam.md").write_text(NOTE, encoding="utf-8")
        assert library.changed_elsewhere()
        assert library.goal.progress().counted == 1
        (tmp_path / "notes" / "adam.md").write_text("nothing left", encoding="utf-8")
    with opened(small_trail(tmp_path)) as library:
        assert library.goal.progress().counted == 0


def test_a_removed_file_no_longer_counts_and_its_words_are_kept(tmp_path: Path) -> None:
    with opened(small_trail(tmp_path)) as library:
        library.statuses.set(["adam"], Status.READ)
        library.notes.save("adam", NOTE, None)
        (tmp_path / "notes" / "adam.md").unlink()
        assert library.changed_elsewhere()
        progress = library.goal.progress()
        assert (progress.counted, progress.owed, progress.missing) == (0, 0, 1)
    kept = "".join(
        gzip.decompress(p.read_bytes()).decode() for p in (tmp_path / ".papertrail/history/adam").iterdir()
    )
    assert "hand-made prior" in kept


def test_files_that_belong_to_no_paper_are_left_alone(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    home.notes.mkdir()
    (home.notes / "stranger.md").write_text("## Problem\nmine\n", encoding="utf-8")
    (home.notes / "README.md").write_text("about", encoding="utf-8")
    with opened(home) as library:
        assert library.notes.keys() == []
    assert (home.notes / "stranger.md").read_text(encoding="utf-8") == "## Problem\nmine\n"


def test_a_conflict_keeps_both_texts(tmp_path: Path) -> None:
    with opened(small_trail(tmp_path)) as library:
        saved = library.notes.save("rcnn", NOTE, None)
        path = tmp_path / "notes" / "rcnn.md"
        path.write_text("theirs", encoding="utf-8")
        with pytest.raises(NoteConflict) as caught:
            library.notes.save("rcnn", "mine", saved.sha256)
        assert caught.value.exit_code == 7
        assert path.read_text(encoding="utf-8") == "theirs"
        assert caught.value.mine.read_text(encoding="utf-8") == "mine"
        again = library.notes.save("rcnn", "mine", caught.value.theirs.sha256)
        assert path.read_text(encoding="utf-8") == "mine"
        assert library.notes.open("rcnn").sha256 == again.sha256


KILLED = """
import os, signal, sys
from pathlib import Path
from papertrail.domain.paper import Status
from papertrail.library import Home, open_library
from papertrail.library.indexed_notes import IndexedNotes

library = open_library(Home(Path(sys.argv[1])))
library.statuses.set(["rcnn"], Status.READ)
IndexedNotes.take_in = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)
library.notes.save("rcnn", sys.argv[2], None)
"""


def test_killed_between_the_file_and_the_row(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    opened(home).close()
    ended = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path), NOTE], check=False, timeout=60)
    assert ended.returncode == -signal.SIGKILL
    assert (home.notes / "rcnn.md").read_text(encoding="utf-8") == NOTE
    with opened(home) as library:
        assert library.goal.progress().counted == 1
        assert library.papers.get("rcnn").note.missing == ()


def test_the_bare_template_left_by_an_editor_is_removed(tmp_path: Path) -> None:
    with opened(small_trail(tmp_path)) as library:
        lent = library.notes.begin_file("rcnn")
        assert "## Problem" in lent.path.read_text(encoding="utf-8")
        assert library.notes.is_as_lent(lent)
        assert library.notes.end_file(lent) is None
        assert not lent.path.exists()
        lent = library.notes.begin_file("rcnn")
        lent.path.write_text(NOTE, encoding="utf-8")
        assert not library.notes.is_as_lent(lent)
        saved = library.notes.end_file(lent)
        assert saved is not None
        assert saved.note.complete


def test_a_note_left_as_it_was_is_not_told_as_saved(tmp_path: Path) -> None:
    with opened(small_trail(tmp_path)) as library:
        library.notes.save("rcnn", NOTE, None)
        lent = library.notes.begin_file("rcnn")
        assert library.notes.end_file(lent) is None
        assert lent.path.read_text(encoding="utf-8") == NOTE


def test_a_new_template_is_applied_to_all_notes(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        library.statuses.set(["rcnn"], Status.READ)
        library.notes.save("rcnn", NOTE, None)
        assert library.goal.progress().counted == 1
    (home.private / "template.md").write_text(
        "## Problem (required)\n\nSay it.\n\n## Doubts (required)\n", encoding="utf-8"
    )
    with opened(home) as library:
        assert library.goal.progress().owed == 1
        assert library.papers.get("rcnn").note.missing == ("Doubts",)


def test_an_unknown_key_has_no_note(tmp_path: Path) -> None:
    with opened(small_trail(tmp_path)) as library:
        for call in (library.notes.open, library.notes.begin_file):
            with pytest.raises(NotFound):
                call("../../etc/passwd")
        with pytest.raises(NotFound):
            library.notes.save("../x", "text", None)
    assert not (tmp_path / "x.md").exists()


def test_a_draft_is_offered_again(tmp_path: Path) -> None:
    with opened(small_trail(tmp_path)) as library:
        library.notes.keep_draft("rcnn", "half a thought")
    with opened(small_trail(tmp_path)) as library:
        note = library.notes.open("rcnn", to_write=True)
        assert note.draft == "half a thought"
        library.notes.save("rcnn", "half a thought, finished", note.sha256)
        assert library.notes.open("rcnn").draft is None


def test_notes_indexed_by_other_rules_are_indexed_anew_and_nobody_wrote(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        library.statuses.set(["rcnn"], Status.READ)
        library.notes.save("rcnn", NOTE.replace("## ", "## 1. "), None)
        assert library.goal.progress().counted == 1
    with closing(sqlite3.connect(home.private / "library.db")) as database, database:
        # As an earlier papertrail has left it: no heading known, and its own mark.
        database.execute("UPDATE note SET sections = replace(sections, '11 ', '10 '), complete = 0")
        database.execute("UPDATE setting SET value = '1:' || substr(value, 3) WHERE name = 'template'")
        (before,) = database.execute("SELECT count(*) FROM journal WHERE verb = 'note'").fetchone()
    with opened(home) as library:
        assert library.goal.progress().counted == 1
        assert library.papers.get("rcnn").note.missing == ()
    with closing(sqlite3.connect(home.private / "library.db")) as database:
        (after,) = database.execute("SELECT count(*) FROM journal WHERE verb = 'note'").fetchone()
    assert after == before


def test_what_to_look_at_in_a_note_is_remembered(tmp_path: Path) -> None:
    text = "## Probelm\nslow\n\n## Limits\n<<<<<<< a\nx\n=======\ny\n>>>>>>> b\n"
    with opened(small_trail(tmp_path)) as library:
        saved = library.notes.save("rcnn", text, None)
        note = library.papers.get("rcnn").note
        assert note == saved.note == library.notes.look("rcnn", text).state
        assert note.near_misses == (NearMiss("## Probelm", "Problem"),)
        assert note.conflicts == (5,)
        assert note.filled == ("Limits and what I would change",)
        assert [p.in_conflict for p in library.papers.each()] == [True, *[False] * 5]
        library.notes.save("rcnn", NOTE, saved.sha256)
        assert library.papers.get("rcnn").note.remarks == ()
        assert not any(p.in_conflict for p in library.papers.each())


LATIN = "## Problem\n\nMüde\n\n## Key idea\n\nnaïve\n\n## Limits\n\nnone\n".encode("latin-1")


def test_a_note_that_becomes_unreadable_spoils_only_itself(tmp_path: Path) -> None:
    told: list[str] = []
    home = small_trail(tmp_path)
    with open_library(home, clock=FixedClock(), report=told.append) as library:
        library.statuses.set(["rcnn"], Status.READ)
        saved = library.notes.save("rcnn", NOTE, None)
        path = library.notes.begin_file("rcnn").path
        path.write_bytes(LATIN)
        assert not library.changed_elsewhere() and not library.changed_elsewhere()
        assert len(told) == 1 and "notes/rcnn.md is not UTF-8 text (byte 14)" in told[0]
        assert library.goal.progress().counted == 1
        assert "M\N{REPLACEMENT CHARACTER}de" in library.notes.body("rcnn").markdown
        assert library.notes.body("rcnn").trouble == told[0]
        lent = library.notes.begin_file("rcnn")
        assert lent.path == path and path.read_bytes() == LATIN
        with pytest.raises(UnreadableNote):
            library.notes.end_file(lent)
        with pytest.raises(StorageError, match="not UTF-8 text"):
            library.notes.save("rcnn", "mine", saved.sha256)
        assert path.read_bytes() == LATIN
        (home.notes / "adam.md").write_text(NOTE, encoding="utf-8")
        assert library.changed_elsewhere()
        assert library.notes.texts() == ({"adam": NOTE}, ["rcnn"])
        path.write_bytes(LATIN + b"\n")
        assert not library.changed_elsewhere()
        assert len(told) == 2
        assert library.reports.render()


@pytest.mark.parametrize(
    ("put", "why"),
    [
        (Path.mkdir, "Is a directory"),
        (os.mkfifo, "Invalid argument"),
        (lambda path: path.symlink_to("nowhere.md"), "a link to a file that is not there"),
        (lambda path: path.symlink_to(path), "symbolic links"),
        (lambda path: path.symlink_to("/dev/zero"), "Invalid argument"),
    ],
    ids=["folder", "pipe", "lost link", "loop", "device"],
)
def test_what_stands_in_the_place_of_a_note_costs_no_count(
    tmp_path: Path, put: Callable[[Path], object], why: str
) -> None:
    told: list[str] = []
    home = small_trail(tmp_path)
    with open_library(home, clock=FixedClock(), report=told.append) as library:
        library.statuses.set(["rcnn"], Status.READ)
        library.notes.save("rcnn", NOTE, None)
        (home.notes / "rcnn.md").unlink()
        put(home.notes / "rcnn.md")
        put(home.notes / "adam.md")
        assert not library.changed_elsewhere() and not library.changed_elsewhere()
        assert len(told) == 2 and all(why in line for line in told)
        assert library.goal.progress().counted == 1
        assert why in library.notes.body("rcnn").trouble
        report = library.exports.write(tmp_path / "out")
        assert report.unreadable == ("rcnn", "adam")


def test_converting_keeps_the_bytes(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    home.notes.mkdir()
    (home.notes / "rcnn.md").write_bytes(LATIN.replace(b"\n", b"\r\n"))
    with opened(home) as library:
        converted = library.notes.convert("rcnn")
        assert converted is not None
        assert (converted.encoding, converted.sample) == ("windows-1252", ("Müde", "naïve"))
        assert gzip.decompress(converted.kept.read_bytes()) == LATIN.replace(b"\n", b"\r\n")
        assert (home.notes / "rcnn.md").read_bytes() == LATIN.decode("latin-1").replace("\n", "\r\n").encode()
        assert library.papers.get("rcnn").note.missing == ()
        assert library.notes.convert("rcnn") is None
        with pytest.raises(NotFound):
            library.notes.convert("adam")
        (home.notes / "adam.md").write_bytes("残差网络".encode("gb18030"))
        for encoding in (None, "nonsense", "shift_jis"):
            with pytest.raises(BadInput):
                library.notes.convert("adam", encoding)
        assert (home.notes / "adam.md").read_bytes() == "残差网络".encode("gb18030")
        assert library.notes.convert("adam", "gb18030") is not None
        assert (home.notes / "adam.md").read_text(encoding="utf-8") == "残差网络"


def test_what_others_did_to_several_notes_is_told_in_the_order_of_their_keys(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        keys = sorted(paper.key for paper in library.papers.each())
    home.notes.mkdir(exist_ok=True)
    for key in reversed(keys):
        (home.notes / f"{key}.md").write_text(NOTE, encoding="utf-8")
    with opened(home) as library:
        begun = [past.what.split()[2] for past in library.undo.stacks().done if "begun" in past.what]
    assert begun == keys[::-1], "the newest is told first"
    for key in keys:
        (home.notes / f"{key}.md").unlink()
    with opened(home) as library:
        gone = [past.what for past in library.undo.stacks().done if "gone" in past.what]
    assert gone == [f"notes of {keys[0]}, {keys[1]} and {len(keys) - 2} more gone"], "one undo gives all back"


def test_what_the_disk_did_not_take_is_taken_in_later_and_told_once(tmp_path: Path) -> None:
    home, told = small_trail(tmp_path), list[str]()
    with open_library(home, clock=FixedClock(), report=told.append) as library:
        library.notes.save("rcnn", NOTE, None)
        history = home.private / "history" / "rcnn"
        history.rename(tmp_path / "away")
        history.write_bytes(b"")
        (home.notes / "rcnn.md").write_text(NOTE + "from outside\n", encoding="utf-8")
        (home.notes / "adam.md").write_text(NOTE, encoding="utf-8")
        for _ in range(3):
            library.changed_elsewhere()
        assert [line for line in told if "rcnn" in line and str(history) in line] == told[-1:]
        assert library.papers.get("adam").note.words, "the others are taken in"
        history.unlink()
        (tmp_path / "away").rename(history)
        assert library.changed_elsewhere()
        assert library.history.revisions("rcnn")[0].by == "outside"
