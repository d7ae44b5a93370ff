"""Each check: a damaged trail finds it and nothing else, a healthy one nothing; what is fixable is fixed."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import datetime, timedelta, timezone
from hashlib import sha256
from pathlib import Path
from time import time

import pytest

from papertrail.domain.findings import Finding, Mended, are_trouble
from papertrail.domain.operations import Verb
from papertrail.domain.paper import Status
from papertrail.library import Home, unopened_library
from papertrail.library.checks.checks import GROUPS
from papertrail.library.checks.machine import kind_of_disk
from papertrail.library.demo import create_demo
from papertrail.notebook.template import PACKAGED_TEMPLATE
from papertrail.store import journal_copy
from papertrail.store.migrate import TODAY
from papertrail.store.queries import digests
from papertrail.store.queries.soundness import EXPECTED
from tests.trails import NOTE, RCNN, FixedClock, opened, small_trail, write_seeds

Harm = Callable[[Home], None]
ROOT = Path(__file__).parents[2]
LATER = FixedClock(datetime(2026, 3, 2, 9, 30, tzinfo=timezone.utc))


def noted_trail(root: Path) -> Home:
    """Make a trail with two notes, one of them of a paper that counts, and two papers in the queue."""
    home = small_trail(root)
    with opened(home) as library:
        for key in ("rcnn", "adam"):
            library.notes.save(key, NOTE, None)
        library.notes.save("rcnn", NOTE + "more\n", library.notes.version("rcnn"))
        library.statuses.set(["rcnn"], Status.READ)
        library.statuses.set(["sppnet", "fast-rcnn"], Status.QUEUED)
    return home


def found(home: Home, *names: str, clock: FixedClock = LATER) -> list[Finding]:
    with unopened_library(home, clock=clock) as library:
        return library.checks.all(names)


def mended(home: Home, *names: str) -> Mended:
    with unopened_library(home, clock=LATER) as library:
        return library.checks.mend(names)


def rows(home: Home, *queries: str) -> list[list[tuple[object, ...]]]:
    """Return what each query finds, all by one connection: to open one takes longer than to ask."""
    with closing(sqlite3.connect(home.private / "library.db")) as connection:
        connection.text_factory = lambda data: data.decode("utf-8", "surrogateescape")
        return [connection.execute(sql).fetchall() for sql in queries]


def done_to_rows(*statements: str) -> Harm:
    """Return a harm as a faulty use case would do it: in an operation, all that is kept in step in step."""

    def harm(home: Home) -> None:
        with opened(home, LATER) as library:
            trail = library.checks._trail
            trail.database.read().execute("PRAGMA foreign_keys = OFF")
            with trail.operation(Verb.LINK) as (connection, _):
                for sql in statements:
                    connection.execute(sql)

    return harm


def done_to_schema(*statements: str) -> Harm:
    def harm(home: Home) -> None:
        with closing(sqlite3.connect(home.private / "library.db", isolation_level=None)) as connection:
            for sql in statements:
                connection.execute(sql)

    return harm


def flipped(before: bytes, after: bytes) -> Harm:
    """Return a harm by a disk: bytes of the database that are others at one place, the last one."""

    def harm(home: Home) -> None:
        path = home.private / "library.db"
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        data = path.read_bytes()
        assert len(before) == len(after) and before in data
        at = data.rfind(before)
        path.write_bytes(data[:at] + after + data[at + len(before) :])

    return harm


def done_to_file(name: str, data: bytes | None, *, age: float = 0) -> Harm:
    """Return a harm that writes a file of the trail, or removes it."""

    def harm(home: Home) -> None:
        path = home.root / name
        if data is None:
            path.unlink()
            return
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
        os.utime(path, (time() - age, time() - age))

    return harm


def paper(key: str) -> str:
    return f"(SELECT id FROM paper WHERE key = '{key}')"  # noqa: S608


def silently(home: Home) -> None:
    """Change a note so that neither its time nor its size tells."""
    path = home.notes / "rcnn.md"
    path.write_bytes(path.read_bytes().replace(b"slow", b"SLOW"))
    status = path.stat()
    stamp = f"{status.st_mtime_ns}:{status.st_ctime_ns}:{status.st_size}"
    done_to_schema(f"UPDATE note SET stamp = '{stamp}' WHERE paper_id = {paper('rcnn')}")(home)  # noqa: S608


def disk_changed(name: str, before: bytes, after: bytes) -> Harm:
    """Return a harm by a disk to a file: other bytes, the same time; with a backup that has the file."""

    def harm(home: Home) -> None:
        path = home.root / name
        status, data = path.stat(), path.read_bytes()
        assert before in data
        path.write_bytes(data.replace(before, after))
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))

    return harm


def after_backup(harm: Harm) -> Harm:
    """Return a harm to a trail that has a template of its own and a backup."""

    def harm_later(home: Home) -> None:
        (home.private / "template.md").write_bytes(PACKAGED_TEMPLATE.read_bytes())
        backed_up(home)
        harm(home)

    return harm_later


def older_template(home: Home) -> None:
    path = home.private / "template.md"
    path.write_bytes(b"## Problem\n")
    os.utime(path, (0, 0))


def counts_without_telling(home: Home) -> None:
    done_to_rows(f"UPDATE reading SET counted_on = '2026-02-01' WHERE paper_id = {paper('rcnn')}")(home)  # noqa: S608


def tells_without_counting(home: Home) -> None:
    with opened(home, LATER) as library:
        trail = library.checks._trail
        with trail.operation(Verb.INDEX) as (connection, operation):
            trail.journal(connection, operation, "counted", "adam", None, {"on": "2026-03-01"})


def kept_texts(home: Home) -> dict[bool, Path]:
    """Return the two texts of a note in the history, by whether it is the one of now."""
    now = sha256((home.notes / "rcnn.md").read_bytes()).hexdigest()
    return {now in path.name: path for path in (home.private / "history" / "rcnn").iterdir()}


def damaged_kept_text(home: Home) -> None:
    """Damage the text in the history that the note has now."""
    path = kept_texts(home)[True]
    path.write_bytes(path.read_bytes()[:20])


def cut_earlier_text(home: Home) -> None:
    kept_texts(home)[False].write_bytes(b"\x1b[2J")


def lost_earlier_text(home: Home) -> None:
    kept_texts(home)[False].unlink()


def lost_kept_text(home: Home) -> None:
    kept_texts(home)[True].unlink()


def index_without_row(home: Home) -> None:
    """Have an index lack a row of its table, as a lost write leaves it."""
    done_to_schema(
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_master SET sql = 'CREATE INDEX ix_paper_position ON paper (position) WHERE id < 3'"
        " WHERE name = 'ix_paper_position'",
    )(home)
    done_to_schema("REINDEX ix_paper_position")(home)
    done_to_schema(
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_master SET sql = 'CREATE INDEX ix_paper_position ON paper (position)'"
        " WHERE name = 'ix_paper_position'",
    )(home)


def moved_halfway(home: Home) -> None:
    done_to_file(".papertrail/moves/0123456789abcdef.json", b'{"files": [], "rewritten": [], "drafts": []}')(
        home
    )


def cut_line(home: Home) -> None:
    """Damage a line in the midst of the journal's copy."""
    data = home.journal_copy.read_bytes()
    home.journal_copy.write_bytes(data.replace(b'"title"', b'"tit', 1))


def last_line_lost(home: Home) -> None:
    data = home.journal_copy.read_bytes()
    home.journal_copy.write_bytes(data[:-40])


def link_by_earlier_key(home: Home) -> None:
    with opened(home, LATER) as library:
        library.corrections.rename("adam", "adam-2014")
        library.notes.save("sppnet", NOTE + "\nAs [[adam]].\n", None)


FIXABLE: dict[str, tuple[str, Harm]] = {
    "a link by an earlier key": ("note-links", link_by_earlier_key),
    "an index that lacks a row": ("database", index_without_row),
    "a trigger that is gone": ("schema", done_to_schema("DROP TRIGGER record_reading_update")),
    "a trigger of words that is gone": ("schema", done_to_schema("DROP TRIGGER unindex_note_update")),
    "an index that is gone": ("schema", done_to_schema("DROP INDEX ix_paper_position")),
    "a trigger of somebody else's": (
        "schema",
        done_to_schema("CREATE TRIGGER spy AFTER UPDATE ON goal BEGIN DELETE FROM goal; END"),
    ),
    "a trigger that does otherwise": (
        "schema",
        done_to_schema(
            "DROP TRIGGER unindex_tag_insert",
            "CREATE TRIGGER unindex_tag_insert AFTER INSERT ON tag BEGIN SELECT 1; END",
        ),
    ),
    "a status that changed on the disk": ("rows", flipped(b"queued", b"unread")),
    "a title of the journal that changed on the disk": (
        "rows",
        flipped(b'{"title":"Rich', b'{"title":"Rick'),
    ),
    "bytes that are no text in the journal": (
        "rows",
        flipped(b'"status":"queued"', b'"stat\xff\xfe":"queued"'),
    ),
    "an index of a note that changed on the disk": ("rows", flipped(b"Share the conv", b"Sharf the conv")),
    "a damaged line of the journal's copy": ("journal-copy", cut_line),
    "a copy of the journal that ends too early": ("journal-copy", last_line_lost),
    "no copy of the journal": ("journal-copy", lambda home: home.journal_copy.unlink()),
    "links of a paper that is not there": (
        "foreign-keys",
        done_to_rows("INSERT INTO builds_on (child_id, parent_id) VALUES (9999, 1)"),
    ),
    "an alias of nothing": (
        "foreign-keys",
        done_to_rows("INSERT INTO alias (key, paper_id) VALUES ('old', 9999)"),
    ),
    "a place in no lineage": (
        "foreign-keys",
        done_to_rows("INSERT INTO lineage_paper (lineage_id, paper_id, position) VALUES (9999, 1, 1)"),
    ),
    "words that are not indexed": (
        "word-index",
        done_to_schema(
            "UPDATE words SET title = 'nothing' WHERE rowid = 1",
        ),
    ),
    "an index of words with a hole": ("word-index", done_to_schema("DELETE FROM words_data WHERE id > 10")),
    "a change left open": ("operations", done_to_schema("UPDATE operation SET recording = 1 WHERE id = 2")),
    "a paper that counts by another day": ("counted-days", counts_without_telling),
    "a day that no paper counts on": ("counted-days", tells_without_counting),
    "a place without a queue": (
        "queue",
        done_to_rows(f"UPDATE reading SET queue_position = 7 WHERE paper_id = {paper('rcnn')}"),  # noqa: S608
    ),
    "queued without a place": (
        "queue",
        done_to_rows(f"UPDATE reading SET queue_position = NULL WHERE paper_id = {paper('sppnet')}"),  # noqa: S608
    ),
    "two in one place": (
        "queue",
        done_to_rows("UPDATE reading SET queue_position = 2 WHERE status = 'queued'"),
    ),
    "a note that changed unseen": ("note-index", silently),
    "a note of nought": ("note-index", disk_changed("notes/rcnn.md", b"slow", bytes(4))),
    "a note that is no text by a disk": (
        "note-index",
        disk_changed("notes/rcnn.md", b"slow", b"\xff\xfe\xfd\xfc"),
    ),
    "seeds that a disk changed": (
        "known-files",
        after_backup(disk_changed("seeds/papers.csv", b"Rich", b"Rick")),
    ),
    "seeds that are gone": ("known-files", after_backup(lambda home: home.seeds.unlink())),
    "a template that is gone": (
        "known-files",
        after_backup(lambda home: (home.private / "template.md").unlink()),
    ),
    "a template that is older": ("known-files", after_backup(older_template)),
    "a note by another program": ("note-index", done_to_file("notes/rcnn.md", NOTE.encode() + b"theirs\n")),
    "a note begun by another program": ("note-index", done_to_file("notes/sppnet.md", NOTE.encode())),
    "a move that was cut off": ("moves", moved_halfway),
    "a move that is none": ("moves", done_to_file(".papertrail/moves/0123456789abcdef.json", b"\0" * 40)),
    "a move of what is no key": (
        "moves",
        done_to_file(".papertrail/moves/0123456789abcdef.json", b'{"files": [["../rcnn", "0"]]}'),
    ),
    "a text of now that is not kept": ("kept-texts", lost_kept_text),
    "a private folder for all": ("permissions", lambda home: home.private.chmod(0o755)),
    "a private folder that cannot be written": ("permissions", lambda home: home.private.chmod(0o500)),
    "a leftover": ("leftovers", done_to_file("notes/.rcnn.md.12-0a1b2c3d.tmp", b"half", age=7200)),
    "a leftover of a draft": (
        "leftovers",
        done_to_file(".papertrail/drafts/.rcnn.md.0123456789abcdef.tmp", b"half", age=7200),
    ),
}


BY_A_DISK = ("a note that changed unseen", "a note of nought", "a note that is no text by a disk")
"""Harms to a note that nobody did: what it was comes back."""


def with_title(title: str) -> bytes:
    return f'---\nkey: rcnn\ntitle: "{title}"\n---\n{NOTE}'.encode()


def taken_in(name: str, data: bytes) -> Harm:
    """Return a harm by a note that another program wrote, and that was taken in since."""

    def harm(home: Home) -> None:
        done_to_file(name, data)(home)
        opened(home, LATER).close()

    return harm


def gone_unseen(home: Home) -> None:
    (home.notes / "adam.md").unlink()


def gone_and_seen(home: Home) -> None:
    gone_unseen(home)
    opened(home, LATER).close()


def folder_gone(home: Home) -> None:
    home.notes.rename(home.root / "elsewhere")


def led_out(name: str) -> Harm:
    """Return a harm by a link in place of a part of the trail, which stands elsewhere."""

    def harm(home: Home) -> None:
        part = home.root / name
        elsewhere = part.rename(home.root.parent / f"elsewhere-{part.name}")
        part.symlink_to(elsewhere)

    return harm


def left_unsaved(home: Home) -> None:
    with opened(home) as library:
        library.notes.keep_draft("adam", NOTE + "unsaved\n", library.notes.version("adam"))


def same_title(home: Home) -> None:
    write_seeds(home.seeds, [*RCNN, ("SGD", "adam-2", "Adam", "Someone", "2014", "", "", "", "")])
    opened(home, LATER).close()


def with_bad_row(home: Home) -> None:
    with home.seeds.open("a", encoding="utf-8") as file:
        file.write("SGD,,A paper without a key,,,,,,\n")


def fact_lost(home: Home) -> None:
    done_to_schema("UPDATE paper SET source = 'sead' WHERE key = 'rcnn'")(home)
    with opened(home, LATER) as library:  # a copy begun since tells nothing else
        journal_copy.write_anew(home.journal_copy, library.checks._trail.database.read())


def backed_up(home: Home, days: int = 0) -> Path:
    with opened(home, FixedClock(LATER.moment + timedelta(days=days))) as library:
        return library.backups.make().path


def backup_damaged(home: Home) -> None:
    path = backed_up(home)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 64
    path.write_bytes(data)


def an_older_backup_damaged(home: Home) -> None:
    path = backed_up(home)
    backed_up(home, days=1)
    path.write_bytes(path.read_bytes()[:-100])


def misplaced_backup(home: Home) -> None:
    path = backed_up(home)
    later = backed_up(home, days=1)
    path.write_bytes(later.read_bytes())


def backdated(home: Home, at: str) -> None:
    """Have all of the journal be of another day, as if nothing had been done since."""
    with opened(home, LATER) as library, library.checks._trail.database.write() as connection:
        connection.execute(f"UPDATE operation SET local_date = '{at[:10]}', at = '{at}'")  # noqa: S608
        connection.execute(f"UPDATE journal SET at = '{at}'")  # noqa: S608
        digests.make_anew(connection)


def old_work(home: Home) -> None:
    backdated(home, "2026-02-01T09:00:00.000000+00:00")


def an_old_backup(home: Home) -> None:
    old_work(home)
    (home.private / "backups").mkdir(exist_ok=True)
    path = backed_up(home)
    path.rename(path.with_name("20260101T090000.000000Z-daily.zip"))


def older_note(home: Home) -> None:
    path = home.notes / "rcnn.md"
    path.write_bytes(NOTE.encode())
    os.utime(path, (0, 0))


def log_lost(home: Home) -> None:
    """Lose what was done last, as a damaged log does; the copy of the journal still has it."""
    with opened(home, LATER) as library:
        library.checks._trail.database.read().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        data = (home.private / "library.db").read_bytes()
        library.statuses.set(["adam"], Status.QUEUED)
    (home.private / "library.db").write_bytes(data)


TO_DO: dict[str, tuple[str, Harm]] = {
    "a database that is older": ("database", log_lost),
    "a note that is an older file": ("note-index", older_note),
    "no database": ("database", done_to_file(".papertrail/library.db", None)),
    "an empty database": ("database", done_to_file(".papertrail/library.db", b"")),
    "no database at all": ("database", done_to_file(".papertrail/library.db", b"some words of mine\n" * 400)),
    "a newer database": ("database", done_to_schema("PRAGMA user_version = 9999")),
    "a table that is gone": ("schema", done_to_schema("DROP TABLE saved_view")),
    "a table with another column": ("schema", done_to_schema("ALTER TABLE mute ADD COLUMN x")),
    "a status of a paper that is not there": (
        "foreign-keys",
        done_to_rows("INSERT INTO reading (reader_id, paper_id, status) VALUES (1, 9999, 'reading')"),
    ),
    "a circle": (
        "circles",
        done_to_rows(f"INSERT INTO builds_on SELECT {paper('rcnn')}, {paper('faster-rcnn')}"),
    ),
    "a paper that builds on itself": (
        "circles",
        done_to_rows(f"INSERT INTO builds_on SELECT {paper('rcnn')}, {paper('rcnn')}"),
    ),
    "a backup that is damaged": ("backups", backup_damaged),
    "a fact that nobody knows any more": ("rows", fact_lost),
    "no folder of notes": ("notes-folder", folder_gone),
    "a note that is gone": ("gone-notes", gone_unseen),
    "a note that was missed": ("gone-notes", gone_and_seen),
    "a note that is no text": ("unreadable-notes", done_to_file("notes/sppnet.md", b"caf\xe9\n")),
    "notes elsewhere": ("links", led_out("notes")),
    "a history elsewhere": ("links", led_out(".papertrail/history")),
    "a note elsewhere": ("links", led_out("notes/adam.md")),
    "a note that was emptied": ("emptied-notes", taken_in("notes/rcnn.md", b"")),
    "a note of zeros": ("emptied-notes", taken_in("notes/rcnn.md", b"\0" * 400)),
    "a copy": ("stray-files", done_to_file("notes/rcnn (conflicted copy 2026-01-01).md", b"words\n")),
    "marks of a merge": (
        "merge-marks",
        taken_in("notes/adam.md", NOTE.encode() + b"<<<<<<< mine\na\n=======\nb\n>>>>>>> theirs\n"),
    ),
    "a template without sections": ("template", done_to_file(".papertrail/template.md", b"no heading\n")),
    "a bad row of the seeds": ("seeds", with_bad_row),
    "seeds that are no text": ("seeds", done_to_file("seeds/papers.csv", b"\xff\xfe\xfa\x00\x01")),
    "seeds without columns": ("seeds", done_to_file("seeds/papers.csv", b"what,ever\n1,2\n")),
}
REMARKS: dict[str, tuple[str, Harm]] = {
    "an old backup": ("backups", an_old_backup),
    "no backup of old work": ("backups", old_work),
    "an older backup that is damaged": ("backups", an_older_backup_damaged),
    "a file of no paper": ("stray-files", done_to_file("notes/ideas.md", b"words\n")),
    "a heading that nearly fits": (
        "near-headings",
        taken_in("notes/adam.md", NOTE.replace("## Problem", "## Probelm").encode()),
    ),
    "a link to no paper": ("note-links", taken_in("notes/adam.md", NOTE.encode() + b"\nSee [[nowhere]].\n")),
    "another key inside": (
        "front-matter",
        taken_in("notes/adam.md", b"---\nkey: rcnn\ntitle: Adam\n---\n" + NOTE.encode()),
    ),
    "another title inside": ("note-titles", taken_in("notes/rcnn.md", with_title("Rich features"))),
    "an earlier text that is damaged": ("history", cut_earlier_text),
    "an earlier text that is gone": ("history", lost_earlier_text),
    "a backup under the name of another": ("backups", misplaced_backup),
    "an unsaved text": ("drafts", left_unsaved),
    "two of one title": ("twins", same_title),
    "a table of somebody else's": ("schema", done_to_schema("CREATE TABLE mine (x)")),
}


def content(home: Home) -> dict[str, object]:
    """Return what a reader would miss: notes, history, and the rows of what was done and read."""
    texts = {path.name: path.read_bytes() for path in home.notes.glob("*.md")}
    texts |= {
        f"{path.parent.name}/{path.name}": path.read_bytes()
        for path in (home.private / "history").rglob("*.md.gz")
        if path.stat().st_size > 20
    }
    tables = (
        "paper",
        "lineage",
        "lineage_paper JOIN lineage ON id = lineage_id",
        "goal",
        "review",
        "setting",
        "tag",
    )
    found = rows(
        home,
        "SELECT paper_id, status, is_read, counted_on, finished_on FROM reading",
        *(f"SELECT * FROM {table}" for table in tables),  # noqa: S608
    )
    return {**dict(zip(("reading", *tables), found, strict=True)), **texts}


def is_kept(before: dict[str, object], after: dict[str, object]) -> bool:
    return all(after.get(name) == value for name, value in before.items())


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return noted_trail(tmp_path_factory.mktemp("made") / "trail").root


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Home:
    """A trail of one's own, with the times of its files."""
    import shutil

    shutil.copytree(made, tmp_path / "trail", symlinks=True)
    home = Home(tmp_path / "trail")
    opened(home, LATER).close()  # the copies have stamps of their own
    return home


def test_a_healthy_trail_has_no_findings(home: Home) -> None:
    assert found(home) == []
    assert mended(home) == Mended("", (), (), ())


def test_neither_has_the_demo(tmp_path: Path) -> None:
    create_demo(tmp_path / "demo", LATER)
    assert [one for one in found(Home(tmp_path / "demo")) if not one.is_remark] == []


def test_neither_has_a_new_trail_nor_a_folder_with_seeds_alone(tmp_path: Path) -> None:
    home = small_trail(tmp_path / "trail")
    assert found(home) == []
    assert not home.private.exists(), "looking makes nothing"


@pytest.mark.parametrize(("data", "word"), [(None, "gone"), (b"", "empty")])
def test_a_database_that_is_lost_is_called_what_it_is(home: Home, data: bytes | None, word: str) -> None:
    done_to_file(".papertrail/library.db", data)(home)
    assert [one.what for one in found(home, "database")] == [f"the database is {word}"]


@pytest.mark.parametrize("harm", FIXABLE)
def test_what_is_fixable_is_found_alone_and_fixed(made: Path, home: Home, harm: str) -> None:
    name, do = FIXABLE[harm]
    do(home)
    before = content(home) if harm != "queued without a place" else {}
    if harm == "a link by an earlier key":
        del before["sppnet.md"]  # whose words are what is mended
    if harm in BY_A_DISK:
        before["rcnn.md"] = (made / "notes" / "rcnn.md").read_bytes()
    findings = found(home)
    assert {one.check for one in findings} == {name}, findings
    assert any(one.is_fixable for one in findings)
    assert found(home) == findings, "looking changes nothing"
    result = mended(home)
    assert (result.failed, result.left) == ((), ()), result
    assert {check for check, _ in result.done} == {name}
    assert found(home) == []
    assert is_kept(before, content(home))
    assert mended(home) == Mended("", (), (), ())


@pytest.mark.parametrize("title", [b"Rick", b"Ri\xffh"], ids=["another title", "no text"])
def test_a_paper_that_changed_on_the_disk_is_put_back(made: Path, home: Home, title: bytes) -> None:
    """It is out of step with what follows from it, too, and what is no text cannot be looked at."""
    flipped(b"1311.2524Rich", b"1311.2524" + title)(home)
    assert content(home) != content(Home(made))
    findings = found(home)
    assert {"rows", "word-index"} <= {one.check for one in findings}
    assert [one.what for one in findings if one.check == "rows"] == ["1 paper not as written by papertrail"]
    result = mended(home)
    assert (result.failed, result.left) == ((), ()), result
    assert ("rows", "1 of 1 damaged row is as papertrail wrote them") in result.done
    assert found(home) == []
    assert content(home) == content(Home(made))


@pytest.mark.parametrize("harm", TO_DO)
def test_what_a_reader_has_to_do_is_found_alone(home: Home, harm: str) -> None:
    name, do = TO_DO[harm]
    do(home)
    findings = found(home)
    assert {one.check for one in findings if not one.is_remark} == {name}, findings
    assert are_trouble(findings)
    assert all(one.remedy and "\n" not in one.what for one in findings)
    assert not [one for one in findings if one.is_fixable]
    assert [one for one in mended(home).left if not one.is_remark]


@pytest.mark.parametrize("harm", REMARKS)
def test_what_may_be_meant_so_is_a_remark(home: Home, harm: str) -> None:
    name, do = REMARKS[harm]
    do(home)
    findings = found(home)
    assert {(one.check, one.is_remark) for one in findings} == {(name, True)}, findings
    assert not are_trouble(findings) and are_trouble(findings, strict=True)


def test_a_damaged_text_of_now_is_kept_anew(home: Home) -> None:
    damaged_kept_text(home)
    assert {one.check for one in found(home)} == {"history", "kept-texts"}
    assert mended(home).left == ()


def test_a_text_is_missed_unless_the_history_was_thinned(home: Home) -> None:
    """Not what time has outgrown since, when nobody wrote: that is still there."""
    weeks_later = FixedClock(LATER.moment + timedelta(days=20))
    with opened(home, weeks_later) as library:
        for number, hours in enumerate((1, 1, 1, 72, 1)):
            weeks_later.moment += timedelta(hours=hours)
            library.notes.save("rcnn", f"{NOTE}{number}\n", library.notes.version("rcnn"))
    texts = sorted((home.private / "history" / "rcnn").iterdir())
    assert len(texts) < 7, "some are thinned"
    assert found(home, "history", clock=weeks_later) == []
    weeks_later.moment += timedelta(days=60)
    texts[-2].unlink()
    (finding,) = found(home, "history", clock=weeks_later)
    assert finding.what == "an earlier text of rcnn, of 25 Mar 2026, is not there any more"


def test_two_processes_find_what_one_does(home: Home) -> None:
    """In a program without threads, as the command is, one looks at the database and one at all else."""
    done_to_file("notes/sppnet.md", b"caf\xe9\n")(home)
    lost_kept_text(home)
    done_to_rows("UPDATE reading SET queue_position = 7")(home)
    alone = found(home)
    look = (
        "import os, sys; from papertrail.library import Home, unopened_library\n"
        "from pathlib import Path; from tests.library.test_checks import LATER; fork, made = os.fork, []\n"
        "def counted():\n    made.append(fork())\n    return made[-1]\n"
        "os.fork = counted\n"
        "with unopened_library(Home(Path(sys.argv[1])), clock=LATER) as library:\n"
        "    print(len(made), *library.checks.all(), len(made), sep='\\n')"
    )
    run = [sys.executable, "-c", look, str(home.root)]
    told = subprocess.run(run, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    assert told.splitlines() == ["0", *map(str, alone), "1"]
    assert len({one.check for one in alone}) >= 3


def test_the_clock_may_not_be_behind(home: Home) -> None:
    behind = FixedClock(LATER.moment - timedelta(days=3))
    (finding,) = found(home, clock=behind)
    assert (finding.check, finding.is_remark, finding.remedy) == ("clock", False, "date")


def damaged(home: Home, page: int) -> None:
    """Fill a page of the database with noise."""
    with (home.private / "library.db").open("r+b") as file:
        file.seek(4096 * page)
        file.write(bytes(range(256)) * 16)


@pytest.mark.parametrize("page", [1, 2, 5, 9, 20, 40])
def test_a_damaged_page_is_found_and_nothing_stops_the_other_checks(home: Home, page: int) -> None:
    done_to_file("notes/sppnet.md", b"caf\xe9\n")(home)
    home.private.chmod(0o755)
    damaged(home, page)
    before = (home.private / "library.db").read_bytes()
    findings = found(home)
    trouble = {one.check for one in findings}
    assert {"unreadable-notes", "permissions"} < trouble
    assert trouble & {"database", "schema", "word-index"}
    assert (home.private / "library.db").read_bytes() == before


def test_checks_can_be_asked_for_by_name(home: Home) -> None:
    from papertrail.domain.errors import BadInput

    home.private.chmod(0o755)
    done_to_file("notes/ideas.md", b"words\n")(home)
    assert {one.check for one in found(home, "permissions")} == {"permissions"}
    with pytest.raises(BadInput, match="there is no check nonsense"):
        found(home, "nonsense")


def test_each_check_says_what_it_looks_for() -> None:
    checks = [check for _, group in GROUPS for check in group]
    assert len({check.name for check in checks}) == len(checks)
    assert all(check.asks and check.why and check.asks[-1] != "." for check in checks)
    harmed = {name for kind in (FIXABLE, TO_DO, REMARKS) for name, _ in kind.values()}
    assert {check.name for check in checks} - harmed == {
        "clock",
        "network-drive",
        "sqlite",
        "disk-space",
        "writing",
    }
    assert {check.name for check in checks if check.mend} == {name for name, _ in FIXABLE.values()}


def test_the_schema_is_written_down_as_the_migrations_make_it() -> None:
    from bench.schema import made

    written = tuple(path.read_text(encoding="utf-8") for path in (EXPECTED, TODAY))
    assert written == made(), "write it anew: python -m bench.schema"


def test_network_drives_are_known_by_their_kind() -> None:
    mounts = (
        "22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw\n"
        "40 22 0:37 / /home/me/my\\040notes rw - nfs4 server:/x rw,vers=4.2\n"
        "41 40 0:38 / /home/me/my\\040notes/fast rw - tmpfs tmpfs rw\n"
        "not a line\n"
    )

    def kinds(paths: Iterable[str]) -> list[str]:
        return [kind_of_disk(Path(path), mounts) for path in paths]

    assert kinds(
        ["/home/me", "/home/me/my notes/trail", "/home/me/my notes/fast/x", "/home/me/my notes2"]
    ) == [
        "ext4",
        "nfs4",
        "tmpfs",
        "ext4",
    ]
    assert kind_of_disk(Path("/x"), "") == ""


def test_a_full_disk_is_told(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    full = os.statvfs_result((4096, 4096, 1_000_000, 500, 500, 0, 0, 0, 0, 255))
    monkeypatch.setattr(os, "statvfs", lambda _: full)
    assert [(one.check, one.what) for one in found(home)] == [("disk-space", "the disk has 2 MB left")]
