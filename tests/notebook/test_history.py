"""What the history keeps of a note: each text once, whole or not at all."""

import errno
import gzip
import os
import stat
import subprocess
import sys
import time
from datetime import datetime, timedelta, timezone
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrail.domain.errors import StorageError
from papertrail.notebook.history import History
from papertrail.notebook.notebook import Notebook
from tests.examples import examples

NOW = datetime(2026, 11, 23, 9, 30, 5, tzinfo=timezone(timedelta(hours=8)))
KEY = "resnet"


@pytest.fixture
def past(tmp_path: Path) -> History:
    return History(tmp_path)


def digest(data: bytes) -> str:
    return sha256(data).hexdigest()


@examples(15)
@given(st.lists(st.sampled_from([b"", b"one", b"two\r\n", bytes(range(256)), b"long " * 5_000]), min_size=1))
def test_each_text_is_kept_once_and_given_back(texts: list[bytes]) -> None:
    with TemporaryDirectory() as folder:
        past = History(Path(folder))
        for number, text in enumerate(texts):
            past.keep(KEY, text, NOW + timedelta(seconds=number))
        assert len(list((Path(folder) / "history" / KEY).iterdir())) == len(set(texts))
        assert [one.sha256 for one in past.all(KEY)] == [digest(text) for text in dict.fromkeys(texts)]
        assert all(past.get(KEY, digest(text)) == text for text in texts)
        assert past.get(KEY, digest(b"another" * 40)) is None


def test_the_first_texts_of_many_notes_are_kept_at_once_beside_what_is_there(past: History) -> None:
    past.keep(KEY, b"one", NOW)
    past.keep_first({"vgg": b"two", KEY: b"three", "rcnn": b"one"}, NOW + timedelta(seconds=1))
    kept = {key: [past.get(key, one.sha256) for one in past.all(key)] for key in ("rcnn", KEY, "vgg")}
    assert kept == {"rcnn": [b"one"], KEY: [b"one", b"three"], "vgg": [b"two"]}


def test_what_is_kept_is_private_and_gunzip_reads_it(past: History) -> None:
    path = past.keep(KEY, "残差\r\n".encode(), NOW)
    assert path.name == f"20261123T013005.000000Z-{digest('残差'.encode() + bytes([13, 10]))}.md.gz"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert gzip.decompress(path.read_bytes()) == "残差\r\n".encode()
    assert past.all(KEY)[0].at == NOW


def test_texts_of_earlier_versions_stay_readable(past: History, tmp_path: Path) -> None:
    folder = tmp_path / "history" / KEY
    folder.mkdir(parents=True)
    name = f"20260301T093000.000000Z-{digest(b'old')[:8]}"
    (folder / f"{name}.md").write_bytes(b"broken")
    (folder / f"{name}-2.md").write_bytes(b"old")
    assert past.keep(KEY, b"old", NOW) == folder / f"{name}-2.md"
    assert past.get(KEY, digest(b"old")) == b"old"
    assert [(one.sha256, one.at.year) for one in past.all(KEY)] == [(digest(b"old"), 2026)]


def make_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(path.read_bytes()[:-9]),
        lambda path: path.write_bytes(b"no gzip at all"),
        lambda path: path.write_bytes(gzip.compress(b"another text")),
        lambda path: path.write_bytes(path.read_bytes()[:12] + b"\0\xff\0" + path.read_bytes()[15:]),
        lambda path: (path.unlink(), path.mkdir()),
        lambda path: (path.unlink(), path.symlink_to("nowhere")),
        make_pipe,
    ],
)
def test_a_damaged_file_is_not_taken_for_the_text(past: History, damage: object) -> None:
    path = past.keep(KEY, b"whole " * 50, NOW)
    assert callable(damage)
    damage(path)
    assert past.get(KEY, digest(b"whole " * 50)) is None
    past.all(KEY)
    if path.is_file() or path.is_symlink():
        assert past.keep(KEY, b"whole " * 50, NOW) == path
        assert past.get(KEY, digest(b"whole " * 50)) == b"whole " * 50


def test_other_files_are_left_alone(past: History, tmp_path: Path) -> None:
    path = past.keep(KEY, b"text", NOW)
    for name in ("README.md", f"x-{digest(b'text')}.md.gz", f"{path.name}.bak", f"2026-{digest(b'text')}.md"):
        (path.parent / name).write_bytes(b"mine")
    before = set(path.parent.iterdir())
    assert [one.name for one in past.all(KEY)] == [path.name]
    past.remove(KEY, {digest(b"text"), digest(b"mine")})
    assert before - set(path.parent.iterdir()) == {path}
    assert History(tmp_path / "nowhere").all(KEY) == []
    History(tmp_path / "nowhere").remove(KEY, {digest(b"text")})
    assert not (tmp_path / "nowhere").exists()


def test_what_the_dead_left_half_written_is_swept(past: History) -> None:
    path = past.keep(KEY, b"text", NOW)
    old, new = (path.with_name(f".{path.name[:64]}.{pid}-0a1b2c3d.tmp") for pid in (1, 2))
    for left in (old, new):
        left.write_bytes(b"half")
    os.utime(old, (time.time() - 4000,) * 2)
    past.remove(KEY, ())
    assert (old.exists(), new.exists(), path.exists()) == (False, True, True)


KILLED = """
import os, signal, sys
from datetime import datetime, timezone
from pathlib import Path
from papertrail.domain.errors import StorageError
from papertrail.notebook.history import History
import hashlib, zlib
now = datetime.now(timezone.utc)
for step in range(100):
    past = History(Path(sys.argv[1]) / str(step))
    past.keep("resnet", b"first", now)
    child = os.fork()
    if child == 0:
        left = step
        def die_at_step(event, arguments):
            global left
            if event in {"open", "os.rename", "os.remove", "os.mkdir", "os.listdir", "os.scandir"}:
                if left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)
                left -= 1
        sys.addaudithook(die_at_step)
        past.keep("resnet", b"second", now)
        past.remove("resnet", {hashlib.sha256(b"first").hexdigest()})
        os._exit(0)
    if os.waitpid(child, 0)[1] == 0:
        break
"""


def test_killed_at_any_step_each_text_is_whole_or_not_there(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], check=True)
    outcomes = []
    for step in range(len(list(tmp_path.iterdir()))):
        past = History(tmp_path / str(step))
        found = [past.get(KEY, one.sha256) for one in past.all(KEY)]
        assert set(found) <= {b"first", b"second"}
        outcomes.append(sorted(text for text in found if text))
        past.keep(KEY, b"second", NOW)
        assert past.get(KEY, digest(b"second")) == b"second"
    assert len(outcomes) > 5
    assert list(dict.fromkeys(map(tuple, outcomes))) == [(b"first",), (b"first", b"second"), (b"second",)]


def test_the_text_that_the_note_has_is_never_forgotten(tmp_path: Path) -> None:
    book = Notebook(tmp_path / "notes", tmp_path / "private")
    base = book.save(KEY, "one", None, NOW).sha256
    book.save(KEY, "two", base, NOW)
    for text in (b"two", b"three"):
        book.keep_history(KEY, text, NOW)
    assert len(book.versions_kept(KEY)) == 3
    book.forget_versions(KEY, {digest(text) for text in (b"one", b"two", b"three")})
    assert [one.sha256 for one in book.versions_kept(KEY)] == [digest(b"two")]
    assert book.version_kept(KEY, digest(b"one")) is None


@pytest.mark.parametrize("harm", ["a file in its place", "a dangling link", "no room"])
@pytest.mark.parametrize("way", ["save", "remove", "keep_history", "restore"])
def test_a_history_that_cannot_be_written_is_what_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str, harm: str
) -> None:
    """The note's own folder is all right then: who looks there looks in vain."""
    book = Notebook(tmp_path / "notes", tmp_path / ".papertrail")
    first = book.save(KEY, "one\n", None, NOW)
    (tmp_path / ".papertrail" / "history").mkdir(parents=True, exist_ok=True)
    place = tmp_path / ".papertrail" / "history" / KEY
    if harm == "a file in its place":
        place.write_bytes(b"")
    elif harm == "a dangling link":
        place.symlink_to(tmp_path / "nowhere" / "at all")
    else:

        def full(*_: object) -> None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        monkeypatch.setattr("papertrail.notebook.history.write_whole", full)
    with pytest.raises(StorageError) as raised:
        if way == "save":
            book.save(KEY, "two\n", first.sha256, NOW)
        elif way == "remove":
            book.remove(KEY, first.sha256)
        elif way == "restore":
            book.restore(KEY, b"two\n", first.sha256, NOW)
        else:
            book.keep_history(KEY, b"two\n", NOW)
    assert str(place) in raised.value.cause
    assert raised.value.remedy
    assert book.path(KEY).read_text(encoding="utf-8") == "one\n"
