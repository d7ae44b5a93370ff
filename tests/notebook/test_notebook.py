"""Notes on the disk: nothing that was written is lost, whoever writes, dies or runs out of room."""

import gzip
import os
import resource
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrail.domain.errors import BadInput, Busy, NoteConflict, StorageError
from papertrail.notebook.history import History
from papertrail.notebook.notebook import Notebook
from papertrail.notebook.versions import NoteFile

NOW = datetime(2026, 11, 23, 9, 30, 5, tzinfo=timezone(timedelta(hours=8)))
KEY = "resnet"


@pytest.fixture
def book(tmp_path: Path) -> Notebook:
    return Notebook(tmp_path / "notes", tmp_path / ".papertrail")


def digest(data: bytes) -> str:
    return sha256(data).hexdigest()


def history(book: Notebook, key: str = KEY) -> list[bytes]:
    folder = book.private / "history" / key
    return [gzip.decompress(path.read_bytes()) for path in sorted(folder.glob("[!.]*.md.gz"))]


def conflicts(book: Notebook) -> list[bytes]:
    return [path.read_bytes() for path in sorted(book.notes.glob("*.conflict-*.md"))]


def everything(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_a_note_is_saved_read_and_kept_in_the_history(book: Notebook) -> None:
    assert book.read(KEY) is None
    first = book.save(KEY, "one\n", None, NOW)
    assert first == NoteFile(KEY, book.notes / "resnet.md", "one\n", b"one\n", digest(b"one\n"), first.stamp)
    assert book.read(KEY) == first
    assert book.scan() == {KEY: first.stamp}
    assert history(book) == []
    second = book.save(KEY, "two\n", first.sha256, NOW)
    assert book.read(KEY) == second
    assert book.scan() == {KEY: second.stamp} != {KEY: first.stamp}
    assert history(book) == [b"one\n"]
    name = f"20261123T013005.000000Z-{first.sha256}.md.gz"
    assert everything(book.private) == [f"history/{KEY}/{name}", "notes.lock"]


def test_a_version_is_in_the_history_once(book: Notebook) -> None:
    base = None
    for number in range(6):
        base = book.save(KEY, f"{number % 2}", base, NOW + timedelta(seconds=number)).sha256
    assert history(book) == [b"0", b"1"]


@pytest.mark.parametrize("theirs", [b"theirs\n", b"", b"theirs\r\nCRLF\r\n"])
def test_a_file_changed_meanwhile_stays_and_ours_is_kept_beside_it(book: Notebook, theirs: bytes) -> None:
    base = book.save(KEY, "base\n", None, NOW).sha256
    book.path(KEY).write_bytes(theirs)
    with pytest.raises(NoteConflict) as raised:
        book.save(KEY, "mine\n", base, NOW)
    assert book.path(KEY).read_bytes() == theirs
    assert raised.value.theirs.text == theirs.decode("utf-8").replace("\r\n", "\n")
    assert raised.value.theirs.sha256 == digest(theirs)
    assert raised.value.mine == book.notes / "resnet.conflict-20261123-093005.md"
    assert raised.value.mine.read_text(encoding="utf-8").split() == ["mine"]
    assert list(book.scan()) == [KEY]


def test_conflicts_never_overwrite_each_other_and_are_kept_once(book: Notebook) -> None:
    book.save(KEY, "theirs", None, NOW)
    kept = []
    for text in ("a", "b", "a", "c"):
        with pytest.raises(NoteConflict) as raised:
            book.save(KEY, text, None, NOW)
        kept.append(raised.value.mine)
    assert kept[0] == kept[2]
    assert [path.read_text(encoding="utf-8") for path in kept] == ["a", "b", "a", "c"]
    assert kept[3].name == "resnet.conflict-20261123-093005-3.md"


def test_a_file_removed_meanwhile_is_a_conflict_and_stays_away(book: Notebook) -> None:
    base = book.save(KEY, "base", None, NOW).sha256
    book.path(KEY).unlink()
    with pytest.raises(NoteConflict) as raised:
        book.save(KEY, "mine", base, NOW)
    assert (raised.value.theirs.text, raised.value.theirs.sha256) == ("", None)
    assert conflicts(book) == [b"mine"]
    assert not book.path(KEY).exists()


def test_the_same_bytes_are_no_conflict_and_are_not_written_again(book: Notebook) -> None:
    saved = book.save(KEY, "same", None, NOW)
    for base in (None, saved.sha256, "0" * 64):
        assert book.save(KEY, "same", base, NOW) == saved
    assert (conflicts(book), history(book)) == ([], [])


def test_a_program_without_our_lock_that_writes_while_we_save_is_noticed(
    book: Notebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = book.save(KEY, "base", None, NOW).sha256
    keep = History.keep

    def write_meanwhile(self: History, key: str, data: bytes, now: datetime) -> Path:
        book.path(KEY).write_bytes(b"theirs")
        return keep(self, key, data, now)

    monkeypatch.setattr(History, "keep", write_meanwhile)
    with pytest.raises(NoteConflict) as raised:
        book.save(KEY, "mine", base, NOW)
    assert raised.value.theirs.text == "theirs"
    assert book.path(KEY).read_bytes() == b"theirs"
    assert conflicts(book) == [b"mine"]


def test_what_is_written_into_the_old_file_at_the_very_last_moment_is_kept_beside(
    book: Notebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = book.save(KEY, "base", None, NOW).sha256
    replace = Path.replace

    def write_first(self: Path, target: Path) -> Path:
        if target == book.path(KEY):
            book.path(KEY).write_bytes(b"theirs, at the last moment")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", write_first)
    assert book.save(KEY, "mine", base, NOW).text == "mine"
    assert book.path(KEY).read_bytes() == b"mine"
    assert conflicts(book) == [b"theirs, at the last moment"]


def test_a_touched_file_with_the_same_words_is_no_conflict(
    book: Notebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = book.save(KEY, "base", None, NOW).sha256
    keep = History.keep
    touches = iter([True])

    def touch_meanwhile(self: History, key: str, data: bytes, now: datetime) -> Path:
        if next(touches, False):
            book.path(KEY).chmod(0o600)
            os.utime(book.path(KEY))
        return keep(self, key, data, now)

    monkeypatch.setattr(History, "keep", touch_meanwhile)
    assert book.save(KEY, "mine", base, NOW).text == "mine"
    assert (book.path(KEY).read_bytes(), conflicts(book)) == (b"mine", [])


def test_bytes_reach_the_disk_before_the_name_does(book: Notebook, monkeypatch: pytest.MonkeyPatch) -> None:
    base = book.save(KEY, "one", None, NOW).sha256
    calls: list[str] = []
    fsync, replace, link = os.fsync, os.replace, os.link

    def watch(name: str, call: Callable[..., None]) -> Callable[..., None]:
        def watched(*args: object) -> None:
            is_folder = isinstance(args[0], int) and stat.S_ISDIR(os.fstat(args[0]).st_mode)
            calls.append("fsync folder" if is_folder else name)
            call(*args)

        return watched

    monkeypatch.setattr(os, "fsync", watch("fsync", fsync))
    monkeypatch.setattr(os, "replace", watch("replace", replace))
    monkeypatch.setattr(os, "link", watch("link", link))
    book.save(KEY, "two", base, NOW)
    assert calls == ["fsync", "replace", "fsync folder", "fsync", "replace", "fsync folder"]


SAVE = """
import sys, time
from datetime import datetime, timezone
from pathlib import Path
from papertrail.domain.errors import NoteConflict
from papertrail.notebook.notebook import Notebook
root, text, base = Path(sys.argv[1]), sys.argv[2], sys.argv[3] or None
book = Notebook(root / "notes", root / ".papertrail")
import filelock
print("ready", flush=True)
sys.stdin.readline()
try:
    book.save("resnet", text * 20000, base, datetime.now(timezone.utc))
    print("saved")
except NoteConflict as error:
    print("conflict", error.mine.name)
"""


@pytest.mark.parametrize("existing", [False, True])
def test_of_two_processes_that_save_the_same_base_one_wins_and_both_texts_are_kept(
    book: Notebook, existing: bool
) -> None:
    base = book.save(KEY, "base", None, NOW).sha256 if existing else ""
    root = str(book.notes.parent)
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", SAVE, root, text, base],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        for text in "abc"
    ]
    for process in processes:
        assert process.stdout and process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    said = [process.communicate()[0].split()[0] for process in processes]
    assert sorted(said) == ["conflict", "conflict", "saved"]
    kept = sorted([book.path(KEY).read_bytes(), *conflicts(book)])
    assert kept == [b"a" * 20000, b"b" * 20000, b"c" * 20000]
    assert history(book) == ([b"base"] if existing else [])
    assert list(book.scan()) == [KEY]


DIE_AT_EACH_STEP = """
import os, signal, sys
from datetime import datetime, timezone
from pathlib import Path
from papertrail.notebook.notebook import Notebook
import filelock, hashlib
now = datetime.now(timezone.utc)
for step in range(200):
    root = Path(sys.argv[1]) / str(step)
    book = Notebook(root / "notes", root / ".papertrail")
    base = book.save("resnet", "before", None, now).sha256
    child = os.fork()
    if child == 0:
        left = step
        def die_at_step(event, arguments):
            global left
            if event in {"open", "os.rename", "os.link", "os.remove", "os.mkdir"}:
                if left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)
                left -= 1
        sys.addaudithook(die_at_step)
        book.save("resnet", "after", base, now)
        book.save("new", "made", None, now)
        os._exit(0)
    if os.waitpid(child, 0)[1] == 0:
        break
"""


def test_killed_before_any_of_the_steps_of_a_save_nothing_is_lost(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-c", DIE_AT_EACH_STEP, str(tmp_path)], check=True)
    outcomes = []
    for step in range(len(list(tmp_path.iterdir()))):
        book = Notebook(tmp_path / str(step) / "notes", tmp_path / str(step) / ".papertrail")
        file, new = book.read(KEY), book.read("new")
        assert file is not None
        assert b"before" in (*history(book), file.text.encode("utf-8"))
        assert set(history(book)) <= {b"before"}
        assert book.scan().keys() == ({KEY, "new"} if new else {KEY})
        outcomes.append((file.text, new.text if new else None))
        after = book.save(KEY, "later", file.sha256, NOW)  # a lock held by the dead does not stop us
        assert book.read(KEY) == after
    assert len(outcomes) > 15
    assert set(outcomes) == {("before", None), ("after", None), ("after", "made")}


SAVE_FOR_EVER = """
import sys
from datetime import datetime, timezone
from pathlib import Path
from papertrail.notebook.notebook import Notebook
root = Path(sys.argv[1])
book = Notebook(root / "notes", root / ".papertrail")
file = book.read("resnet")
base, number = (file.sha256, int(file.text.split()[0])) if file else (None, -1)
while True:
    number += 1
    text = f"{number} " * 30000 + "end"
    book.keep_draft("resnet", text, base)
    base = book.save("resnet", text, base, datetime.now(timezone.utc)).sha256
    print(number, flush=True)
"""


def test_killed_while_it_saves_each_version_is_whole_and_none_is_lost(book: Notebook) -> None:
    acknowledged = -1
    for round_ in range(6):
        process = subprocess.Popen(
            [sys.executable, "-c", SAVE_FOR_EVER, str(book.notes.parent)], stdout=subprocess.PIPE, text=True
        )
        assert process.stdout
        for _ in range(4 + round_):
            acknowledged = int(process.stdout.readline())
        threading.Event().wait(0.0007 * round_)
        process.kill()
        acknowledged = max([acknowledged, *map(int, process.communicate()[0].split("\n")[:-1])])
        file = book.read(KEY)
        assert file is not None
        versions = [text.decode("utf-8") for text in history(book)] + [file.text]
        numbers = [int(text.split()[0]) for text in versions]
        assert all(text == f"{n} " * 30000 + "end" for n, text in zip(numbers, versions, strict=True))
        assert set(numbers) >= set(range(acknowledged + 1))
        assert numbers[-1] in (acknowledged, acknowledged + 1)
        assert book.scan() == {KEY: file.stamp}
        assert all(draft.text.endswith("end") for draft in book.drafts_left(KEY))


@given(st.text(st.characters()), st.text(st.characters()))
def test_any_text_is_read_back_as_it_was_saved(first: str, second: str) -> None:
    with TemporaryDirectory() as folder:
        book = Notebook(Path(folder) / "notes", Path(folder) / "private")
        saved = book.save(KEY, first, None, NOW)
        again = book.save(KEY, second, saved.sha256, NOW)
        for text, file in ((first, saved), (second, again)):
            whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
            assert file.text.replace("\r\n", "\n") == whole.replace("\r\n", "\n")
            if "\r\n" not in first + second:
                assert file.text == whole
        assert book.read(KEY) == again
        assert again.sha256 == digest(book.path(KEY).read_bytes())
        if saved.sha256 != again.sha256:
            assert digest(history(book)[0]) == saved.sha256


@pytest.mark.parametrize(
    ("before", "text", "after"),
    [
        (b"a\r\nb\r\n", "a\nc\n", b"a\r\nc\r\n"),
        (b"a\r\nb\r\n", "a\r\nc\n", b"a\r\nc\n"),
        (b"a\r\nb\n", "a\nc\n", b"a\nc\n"),
        (b"a\nb\n", "a\r\nc\r\n", b"a\r\nc\r\n"),
        (b"a\rb", "a\nc", b"a\nc"),
        (b"\xef\xbb\xbfa\n", "\ufeffb\n", b"\xef\xbb\xbfb\n"),
        (b"", "a\x00\x1b\x0c\u2028b", "a\x00\x1b\x0c\u2028b".encode()),
        (b"", "\ud83d\ude00 \ud83d", "😀 \ufffd".encode()),
    ],
)
def test_line_ends_and_odd_characters(book: Notebook, before: bytes, text: str, after: bytes) -> None:
    book.notes.mkdir()
    book.path(KEY).write_bytes(before)
    file = book.read(KEY)
    assert file is not None
    saved = book.save(KEY, text, file.sha256, NOW)
    assert book.path(KEY).read_bytes() == after
    assert book.read(KEY) == saved
    assert history(book) == [before]


def test_a_crlf_file_saved_as_it_was_read_is_not_touched(book: Notebook) -> None:
    book.notes.mkdir()
    book.path(KEY).write_bytes(b"a\r\nb\r\n")
    file = book.read(KEY)
    assert file is not None and file.text == "a\nb\n"
    assert book.save(KEY, file.text, file.sha256, NOW) == file


def test_permission_bits_stay_and_the_private_folder_is_private(book: Notebook) -> None:
    base = book.save(KEY, "one", None, NOW).sha256
    assert stat.S_IMODE(book.path(KEY).stat().st_mode) == 0o666 & ~current_umask()
    book.path(KEY).chmod(0o640)
    book.save(KEY, "two", base, NOW)
    book.keep_draft(KEY, "draft", base)
    assert stat.S_IMODE(book.path(KEY).stat().st_mode) == 0o640
    for folder in ("", "history", f"history/{KEY}", "drafts"):
        assert stat.S_IMODE((book.private / folder).stat().st_mode) == 0o700
    kept = [*(book.private / "history" / KEY).iterdir(), *(book.private / "drafts").iterdir()]
    assert {stat.S_IMODE(path.stat().st_mode) for path in kept} == {0o600}


def current_umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def test_a_symbolic_link_is_written_through(book: Notebook, tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    vault.mkdir()
    (vault / "He 2015.md").write_text("old", encoding="utf-8")
    book.notes.mkdir()
    book.path(KEY).symlink_to(vault / "He 2015.md")
    book.path("new").symlink_to(vault / "new one.md")
    file = book.read(KEY)
    assert file is not None
    with pytest.raises(StorageError, match=r"new\.md is a link to a file that is not there"):
        book.read("new")
    saved = book.save(KEY, "new", file.sha256, NOW)
    book.save("new", "made", None, NOW)
    assert book.path(KEY).is_symlink() and book.path("new").is_symlink()
    assert everything(vault) == ["He 2015.md", "new one.md"]
    assert [path.read_text(encoding="utf-8") for path in sorted(vault.iterdir())] == ["new", "made"]
    assert book.scan()[KEY] == saved.stamp
    assert book.remove(KEY, saved.sha256)
    assert book.path(KEY).is_symlink() and everything(vault) == ["new one.md"]


def test_scan_takes_notes_for_notes_and_nothing_else(book: Notebook) -> None:
    assert book.scan() == {}
    book.save("a-1", "x", None, NOW)
    for name in (
        "README.md",
        "readme.md",
        "a-1.conflict-20261123-093005.md",
        ".a-1.md.123-0011aabb.tmp",
        ".b.md",
        "b.txt",
        "b.md~",
        "B.md",
        "con.md",
        "b c.md",
        ".md",
        "md",
        "残.md",
    ):
        (book.notes / name).write_text("x", encoding="utf-8")
    assert list(book.scan()) == ["a-1"]
    (book.notes / "folder.md").mkdir()
    os.mkfifo(book.notes / "pipe.md")
    book.path("loop").symlink_to(book.path("loop"))
    book.path("lost").symlink_to("nowhere")
    assert set(book.scan()) == {"a-1", "folder", "pipe", "loop", "lost"}, "in the place of a note"


def test_leftovers_of_killed_processes_go_away_when_old(book: Notebook) -> None:
    book.notes.mkdir()
    old, fresh, other = (
        book.notes / name for name in (".resnet.md.1-0.tmp", ".resnet.md.2-0.tmp", ".x.md.1-0.tmp")
    )
    for path in (old, fresh, other):
        path.write_text("half", encoding="utf-8")
    os.utime(old, (0, 0))
    os.utime(other, (0, 0))
    book.save(KEY, "x", None, NOW)
    assert [path.exists() for path in (old, fresh, other)] == [False, True, False]


@pytest.mark.parametrize("key", ["", "..", "a/b", "../x", "A", "readme", "a.b", "x" * 65, "a\n", "\x1b"])
def test_no_key_leads_out_of_the_folder(book: Notebook, key: str) -> None:
    attempts: list[Callable[[], object]] = [
        lambda: book.read(key),
        lambda: book.save(key, "x", None, NOW),
        lambda: book.keep_draft(key, "x", None),
        lambda: book.drafts_left(key),
        lambda: book.discard_draft(key),
        lambda: book.keep_history(key, b"x", NOW),
        lambda: book.remove(key, ""),
    ]
    for attempt in attempts:
        with pytest.raises(BadInput) as raised:
            attempt()
        assert "\n" not in str(raised.value) and "\x1b" not in str(raised.value)
    assert everything(book.notes.parent) == []


def test_a_file_that_is_not_utf_8_is_named_and_left_as_it_is(book: Notebook) -> None:
    book.notes.mkdir()
    book.path(KEY).write_bytes(b"caf\xe9")
    with pytest.raises(StorageError, match=r"resnet\.md is not UTF-8 text \(byte 4\)"):
        book.read(KEY)
    with pytest.raises(StorageError, match="your text is kept in") as raised:
        book.save(KEY, "mine", None, NOW)
    assert str(book.notes / "resnet.conflict-20261123-093005.md") in str(raised.value)
    assert (book.path(KEY).read_bytes(), conflicts(book)) == (b"caf\xe9", [b"mine"])


def test_what_is_in_the_way_is_said_in_one_line(book: Notebook) -> None:
    book.path(KEY).mkdir(parents=True)
    os.mkfifo(book.path("pipe"))
    book.path("loop").symlink_to(book.path("loop"))
    for key in (KEY, "pipe", "loop"):
        for attempt in (book.read, lambda key: book.save(key, "x", None, NOW)):
            with pytest.raises(StorageError, match=r"^cannot .*\.md") as raised:
                attempt(key)
            assert raised.value.remedy and "\n" not in str(raised.value)
    assert everything(book.notes) == []


def test_a_file_in_the_place_of_a_folder(book: Notebook) -> None:
    book.notes.write_text("not a folder", encoding="utf-8")
    book.private.mkdir()
    (book.private / "history").write_text("not a folder", encoding="utf-8")
    (book.private / "drafts").write_text("not a folder", encoding="utf-8")
    attempts: list[Callable[[], object]] = [
        lambda: book.read(KEY),
        lambda: book.save(KEY, "x", None, NOW),
        book.scan,
        lambda: book.keep_history(KEY, b"x", NOW),
        lambda: book.keep_draft(KEY, "x", None),
        lambda: book.drafts_left(KEY),
        book.drafts,
    ]
    for attempt in attempts:
        with pytest.raises(StorageError, match=r"^cannot (read|write)"):
            attempt()


def test_without_a_place_in_the_history_nothing_is_overwritten(book: Notebook) -> None:
    base = book.save(KEY, "one", None, NOW).sha256
    (book.private / "history").write_text("in the way", encoding="utf-8")
    with pytest.raises(StorageError):
        book.save(KEY, "two", base, NOW)
    assert book.path(KEY).read_bytes() == b"one"


def test_a_file_system_that_refuses(tmp_path: Path) -> None:
    book = Notebook(Path("/proc/papertrail/notes"), tmp_path)
    with pytest.raises(StorageError, match=r"cannot write /proc/papertrail/notes/resnet\.md"):
        book.save(KEY, "x", None, NOW)
    book = Notebook(tmp_path, Path("/proc/papertrail"))
    with pytest.raises(StorageError):
        book.save(KEY, "x", None, NOW)
    with pytest.raises(StorageError):
        book.keep_draft(KEY, "x", None)
    assert everything(tmp_path) == ["notes.lock"]


def test_a_disk_without_room_leaves_the_note_as_it_was(book: Notebook) -> None:
    base = book.save(KEY, "one", None, NOW).sha256
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, limits[1]))
    try:
        with pytest.raises(StorageError, match="make room"):
            book.save(KEY, "two" * 10_000, base, NOW)
        with pytest.raises(StorageError, match="make room"):
            book.keep_draft(KEY, "two" * 10_000, base)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert book.path(KEY).read_bytes() == b"one"
    assert everything(book.notes) == ["resnet.md"]
    assert book.drafts_left(KEY) == []
    assert book.save(KEY, "two", base, NOW).text == "two"


def test_without_hard_links_a_new_note_is_made_all_the_same(
    book: Notebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(source: object, target: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    base = book.save(KEY, "one", None, NOW).sha256
    with pytest.raises(NoteConflict):
        book.save(KEY, "mine", None, NOW)
    book.save(KEY, "two", base, NOW)
    assert (history(book), conflicts(book)) == ([b"one"], [b"mine"])
    assert len(everything(book.notes)) == 2


def test_another_process_that_holds_the_lock(book: Notebook) -> None:
    from filelock import FileLock

    book.save(KEY, "one", None, NOW)
    impatient = Notebook(book.notes, book.private, lock_seconds=0.05)
    with FileLock(book.private / "notes.lock"), pytest.raises(Busy):
        impatient.save(KEY, "two", None, NOW)


def test_threads_take_turns(book: Notebook) -> None:
    outcomes: list[str] = []

    def save(text: str) -> None:
        try:
            book.save(KEY, text, None, NOW)
            outcomes.append("saved")
        except NoteConflict:
            outcomes.append("conflict")

    threads = [threading.Thread(target=save, args=(str(n),)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["conflict"] * 7 + ["saved"]
    assert sorted([book.path(KEY).read_bytes(), *conflicts(book)]) == [b"%d" % n for n in range(8)]


def test_only_the_version_meant_is_removed_and_it_stays_in_the_history(book: Notebook) -> None:
    assert not book.remove(KEY, "0" * 64)
    saved = book.save(KEY, "bare", None, NOW)
    book.path(KEY).write_text("changed", encoding="utf-8")
    assert not book.remove(KEY, saved.sha256)
    assert book.path(KEY).exists()
    book.path(KEY).write_text("bare", encoding="utf-8")
    assert book.remove(KEY, saved.sha256)
    assert (book.read(KEY), history(book)) == (None, [b"bare"])


@pytest.mark.parametrize("text", ["", "a\r\nb", "---\nx", "\ud800", "<!-- x -->\n残"])
@pytest.mark.parametrize("base", [None, "ab" * 32])
def test_drafts(book: Notebook, text: str, base: str | None) -> None:
    assert (book.drafts_left(KEY), book.drafts()) == ([], [])
    book.discard_draft(KEY)
    book.keep_draft(KEY, "earlier", None)
    book.keep_draft(KEY, text, base)
    (draft,) = book.drafts_left(KEY)
    assert (draft.text, draft.base) == (text.replace("\ud800", "\ufffd"), base)
    assert abs(datetime.now(timezone.utc) - draft.saved_at) < timedelta(minutes=1)
    assert book.drafts() == [KEY]
    assert everything(book.private) == [draft.path.relative_to(book.private).as_posix()]
    book.discard_draft(KEY)
    assert (book.drafts_left(KEY), book.drafts()) == ([], [])


def test_a_draft_that_somebody_edited_is_all_text(book: Notebook) -> None:
    (book.private / "drafts").mkdir(parents=True)
    (book.private / "drafts" / f"{KEY}.md").write_bytes(b"words \xff")
    (draft,) = book.drafts_left(KEY)
    assert (draft.text, draft.base) == ("words \ufffd", None)


def test_ten_thousand_notes_are_scanned_in_a_moment(book: Notebook) -> None:
    book.notes.mkdir()
    for number in range(10_000):
        os.close(os.open(book.notes / f"p{number}.md", os.O_CREAT | os.O_WRONLY))
    start = process_time()
    assert len(book.scan()) == 10_000
    assert process_time() - start < 1  # 0.05 when measured


def test_the_notebook_is_light_until_it_is_used() -> None:
    code = "import sys, papertrail.notebook.notebook; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not {"markdown_it", "frontmatter", "yaml", "filelock", "hashlib", "html", "json", "sqlite3"} & set(
        loaded
    )
