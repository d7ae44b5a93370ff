"""Files written whole: planted names, links, modes, failures."""

import errno
import os
import stat
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from papertrail.disk.leftovers import LEFTOVER_SECONDS, leftovers, sweep_leftovers
from papertrail.disk.whole_file import (
    beside,
    new_file,
    new_files,
    put_in_place,
    read_file,
    replace_file,
    write_files,
    write_whole,
)
from papertrail.disk.whole_folder import folder_beside

LONG = "長" * 80 + ".md"  # 243 bytes: as long as a file system takes, or nearly


def replace_it(path: Path, data: bytes, mode: int = 0o666) -> object:
    path.write_bytes(b"before")
    path.chmod(mode)
    return replace_file(path, data, read_file(path), mode)


def new_among_others(path: Path, data: bytes, mode: int = 0o666) -> object:
    return list(new_files(path.parent, [(path.name, data)], mode))


def write_among_others(path: Path, data: bytes, mode: int = 0o666) -> None:
    write_files([(path, data)], mode)


WAYS: list[Callable[[Path, bytes, int], object]] = [
    write_whole,
    new_file,
    replace_it,
    new_among_others,
    write_among_others,
]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", ["story.md", LONG, "a b\n.md"])
def test_what_is_written_is_there_and_nothing_else(
    tmp_path: Path, way: Callable[[Path, bytes, int], object], name: str
) -> None:
    way(tmp_path / name, b"words", 0o600)
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [(name, b"words")]
    assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600


@pytest.mark.parametrize("way", WAYS)
def test_a_link_in_the_place_of_what_is_being_written_is_not_followed(
    tmp_path: Path, way: Callable[[Path, bytes, int], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even who guesses the name gets nothing written, and finds what is there left alone."""
    victim, path = tmp_path / "victim", tmp_path / "shared" / "story.md"
    victim.write_bytes(b"mine")
    path.parent.mkdir()
    monkeypatch.setattr(os, "urandom", lambda count: b"\0" * count)
    planted = path.with_name(f".story.md.{'00' * 8}.tmp")
    planted.symlink_to(victim)
    with pytest.raises(FileExistsError):
        way(path, b"words", 0o666)
    assert victim.read_bytes() == b"mine"
    assert planted.is_symlink()


def test_names_are_never_the_same(tmp_path: Path) -> None:
    names = set()
    for _ in range(50):
        with beside(tmp_path / "story.md") as written:
            names.add(written.path.name)
            assert str(os.getpid()) not in written.path.name.split(".")
    assert len(names) == 50
    assert not list(tmp_path.iterdir())


def test_a_link_is_replaced_not_written_through(tmp_path: Path) -> None:
    victim, path = tmp_path / "victim", tmp_path / "story.md"
    victim.write_bytes(b"mine")
    path.symlink_to(victim)
    write_whole(path, b"words")
    assert (victim.read_bytes(), path.is_symlink(), path.read_bytes()) == (b"mine", False, b"words")


def test_something_new_takes_the_place_of_nothing(tmp_path: Path) -> None:
    victim, path = tmp_path / "victim", tmp_path / "story.md"
    path.symlink_to(victim)  # dangling: to write through it would make a file elsewhere
    with pytest.raises(FileExistsError):
        new_file(path, b"words")
    assert not victim.exists()
    assert [one.name for one in tmp_path.iterdir()] == ["story.md"]


@pytest.mark.parametrize("call", ["fsync", "write"])
def test_a_full_disk_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    path = tmp_path / "story.md"
    path.write_bytes(b"before")
    with pytest.raises(OSError, match="space"), beside(path) as written:
        written.file.write(b"words")
        if call == "write":
            raise OSError(errno.ENOSPC, "no space left")
        monkeypatch.setattr(
            os, "fsync", lambda _: (_ for _ in ()).throw(OSError(errno.ENOSPC, "no space left"))
        )
        put_in_place(written, path)
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("story.md", b"before")]


def test_of_many_files_a_full_disk_leaves_whole_ones_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More than are open at once: some are there, none in part, and nothing is left beside them."""
    done, sync = [], os.fsync

    def fills_up(descriptor: int) -> None:
        done.append(descriptor)
        if len(done) > 150:
            raise OSError(errno.ENOSPC, "no space left")
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", fills_up)
    with pytest.raises(OSError, match="space"):
        write_files((tmp_path / f"{number}.md", b"words") for number in range(250))
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        f"{number}.md": b"words" for number in range(100)
    }


OURS = [".a.md.0123456789abcdef.tmp", ".a.md.4711.tmp", ".a.md.4711-0a1b2c3d.tmp", ".a.md.4711.0a1b2c3d.tmp"]
OURS += [".a.md-0123456789abcdef.tmp"]
OTHERS = ["a.md.0123456789abcdef.tmp", ".a.md.tmp", ".a.md.swp", ".tmp", ".a.md.somebody.tmp", "a.md"]


@pytest.mark.parametrize(("name", "is_ours"), [(n, True) for n in OURS] + [(n, False) for n in OTHERS])
def test_what_the_dead_left_goes_after_an_hour(tmp_path: Path, name: str, is_ours: bool) -> None:
    path = tmp_path / name
    path.write_bytes(b"half")
    assert not list(leftovers(tmp_path))
    then = time.time() - LEFTOVER_SECONDS - 60
    os.utime(path, (then, then))
    sweep_leftovers(tmp_path, "other.md")
    assert path.exists()
    assert list(leftovers(tmp_path)) == [path] * is_ours
    sweep_leftovers(tmp_path, "a.md")
    assert path.exists() is not is_ours


def test_folders_are_swept_and_links_are_not(tmp_path: Path) -> None:
    folder, link, shared = tmp_path / OURS[0], tmp_path / OURS[1], tmp_path / "shared"
    (folder / "deep").mkdir(parents=True)
    (folder / "deep" / "link").symlink_to(tmp_path)
    link.symlink_to(tmp_path)
    for path in (folder, link):
        os.utime(path, (0, 0), follow_symlinks=False)
    shared.symlink_to(tmp_path)
    sweep_leftovers(shared)
    assert folder.is_dir()
    sweep_leftovers(tmp_path)
    assert sorted(tmp_path.iterdir()) == sorted([link, shared])


def test_a_folder_that_is_being_made_is_gone_afterwards(tmp_path: Path) -> None:
    with suppress(KeyboardInterrupt), folder_beside(tmp_path / "trail") as folder:
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        (folder / "a").write_text("a", encoding="utf-8")
        os.utime(folder, (0, 0))
        assert list(leftovers(tmp_path, "trail")) == [folder]
        raise KeyboardInterrupt
    assert not list(tmp_path.iterdir())


def test_a_long_name_is_known_again(tmp_path: Path) -> None:
    with beside(tmp_path / LONG) as written:
        os.utime(written.path, (0, 0))
        assert list(leftovers(tmp_path, LONG)) == [written.path]
