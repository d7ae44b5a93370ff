"""The writer on real folders: atomic, and careful with what is not ours."""

import os
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from papertrail.domain.errors import StorageError
from papertrail.export.writer import BEGUN, MANIFEST, is_written, write_export, write_file
from tests.planting import as_of_another_user

FILES = {"README.md": "index\n", "papers/a.md": "a\n", "lineages/l.md": "l\n"}


def tree(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): path.read_text(encoding="utf-8")
        for path in folder.rglob("*")
        if path.is_file() and path.name != MANIFEST
    }


def test_files_are_written_once(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "export"
    report = write_export(folder, FILES)
    assert set(report.written) == set(FILES)
    assert tree(folder) == FILES
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    again = write_export(folder, FILES)
    assert (again.written, set(again.unchanged)) == ((), set(FILES))
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before


def test_what_is_not_ours_stays(tmp_path: Path) -> None:
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "a.md").write_text("mine", encoding="utf-8")
    (tmp_path / "other.txt").write_text("other", encoding="utf-8")
    report = write_export(tmp_path, FILES)
    assert report.kept == ("papers/a.md",)
    assert (tmp_path / "papers" / "a.md").read_text(encoding="utf-8") == "mine"
    assert (tmp_path / "other.txt").read_text(encoding="utf-8") == "other"


def test_what_was_changed_since_stays(tmp_path: Path) -> None:
    write_export(tmp_path, FILES)
    (tmp_path / "README.md").write_text("index, and my words", encoding="utf-8")
    report = write_export(tmp_path, {**FILES, "README.md": "new index\n"})
    assert report.kept == ("README.md",)
    assert (tmp_path / "README.md").read_text(encoding="utf-8") == "index, and my words"
    (tmp_path / "README.md").unlink()
    assert write_export(tmp_path, FILES).written == ("README.md",)


def test_what_is_no_longer_wanted_goes_if_it_is_ours(tmp_path: Path) -> None:
    write_export(tmp_path, {**FILES, "papers/b.md": "b\n", "papers/c.md": "c\n"})
    (tmp_path / "papers" / "c.md").write_text("c, and mine", encoding="utf-8")
    report = write_export(tmp_path, {"README.md": "index\n"})
    assert set(report.removed) == {"papers/a.md", "papers/b.md", "lineages/l.md"}
    assert tree(tmp_path) == {"README.md": "index\n", "papers/c.md": "c, and mine"}
    assert not (tmp_path / "lineages").exists()


@pytest.mark.parametrize("manifest", ["", "{", "[]", '{"files": 3}', '{"files": {"../x": 1}}'])
def test_a_broken_manifest_loses_nothing(tmp_path: Path, manifest: str) -> None:
    (tmp_path.parent / "x").write_text("outside", encoding="utf-8")
    write_export(tmp_path, FILES)
    (tmp_path / MANIFEST).write_text(manifest, encoding="utf-8")
    report = write_export(tmp_path, {**FILES, "papers/a.md": "new a\n"})
    assert report.kept == ("papers/a.md",)
    assert set(report.unchanged) == {"README.md", "lineages/l.md"}
    assert (tmp_path.parent / "x").read_text(encoding="utf-8") == "outside"


def test_links_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    outside, folder = tmp_path / "outside", tmp_path / "export"
    outside.mkdir()
    folder.mkdir()
    (folder / "papers").symlink_to(outside)
    with pytest.raises(StorageError, match="leads out of"):
        write_export(folder, FILES)
    assert list(outside.iterdir()) == []


@pytest.mark.parametrize("place", ["/proc/papertrail", "file", "file/deeper"])
def test_a_folder_that_cannot_be_is_one_error(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(StorageError) as caught:
        write_export(tmp_path / place, FILES)
    assert caught.value.exit_code == 5
    assert (tmp_path / "file").read_text(encoding="utf-8") == "x"


LIMITED = """
import resource, signal, sys
from pathlib import Path
from papertrail.domain.errors import StorageError
from papertrail.export.writer import write_export

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    write_export(Path(sys.argv[1]), {"README.md": "x" * 5000})
except StorageError as error:
    print(error)
"""


def test_a_full_disk_leaves_no_half_file(tmp_path: Path) -> None:
    write_export(tmp_path, {"README.md": "old\n"})
    ended = subprocess.run(
        [sys.executable, "-c", LIMITED, str(tmp_path)], capture_output=True, encoding="utf-8", check=True
    )
    assert "cannot export to" in ended.stdout
    assert sorted(path.name for path in tmp_path.iterdir()) == [BEGUN, MANIFEST, "README.md"]
    assert (tmp_path / "README.md").read_text(encoding="utf-8") == "old\n"
    assert write_export(tmp_path, {"README.md": "x" * 5000}).written == ("README.md",)
    assert sorted(path.name for path in tmp_path.iterdir()) == [MANIFEST, "README.md"]


def test_what_a_power_cut_left_empty_is_written_again(tmp_path: Path) -> None:
    write_export(tmp_path, FILES)
    for name in FILES:
        (tmp_path / name).write_bytes(b"")
    assert set(write_export(tmp_path, FILES).written) == set(FILES)
    (tmp_path / MANIFEST).unlink()
    (tmp_path / "README.md").write_bytes(b"")
    assert write_export(tmp_path, FILES).written == ("README.md",)
    assert tree(tmp_path) == FILES


class Killed(BaseException):
    """Stands for what ends a process between two of its calls."""


def cut_off(monkeypatch: pytest.MonkeyPatch, do: Callable[[], object], after: int) -> bool:
    """Do something that ends as soon as it has renamed so many files; tell whether it came to its end."""
    done = 0
    replace = Path.replace

    def counted(path: Path, target: Path) -> Path:
        nonlocal done
        if done == after:
            raise Killed
        done += 1
        return replace(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", counted)
        with suppress(Killed):
            do()
            return True
    return False


def a_version(number: int) -> dict[str, str]:
    names = ["README.md", *(f"papers/{i}.md" for i in range(4) if i != number)]
    return {name: f"{name} {number}\n" for name in names}


@pytest.mark.parametrize("is_new", [True, False])
def test_an_export_that_was_cut_off_knows_its_own_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_new: bool
) -> None:
    """Cut off after each file, three times over with another text each time; then one comes to its end."""
    monkeypatch.setattr(os, "fsync", lambda _: None)
    for after in range(8):
        folder = tmp_path / str(after)
        if not is_new:
            write_export(folder, a_version(0))
        for number in (1, 2, 3):
            cut_off(monkeypatch, partial(write_export, folder, a_version(number)), after)
        report = write_export(folder, a_version(4))
        assert report.kept == ()
        assert tree(folder) == a_version(4)
        assert not (folder / BEGUN).exists()
        assert set(write_export(folder, a_version(4)).unchanged) == set(a_version(4))


def test_what_an_export_that_was_cut_off_had_written_is_the_readers_once_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut_off(monkeypatch, lambda: write_export(tmp_path, FILES), 3)
    written = [name for name in FILES if (tmp_path / name).exists()]
    assert written
    (tmp_path / written[0]).write_text("mine", encoding="utf-8")
    assert write_export(tmp_path, FILES).kept == (written[0],)
    assert (tmp_path / written[0]).read_text(encoding="utf-8") == "mine"


def test_what_is_to_be_kept_is_still_known_after_an_export_that_was_cut_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_export(tmp_path, FILES)
    newer = {name: f"{text}, newer" for name, text in FILES.items()}
    cut_off(monkeypatch, lambda: write_export(tmp_path, newer), 1 + len(FILES))
    others = {name: text for name, text in newer.items() if name != "papers/a.md"}
    assert write_export(tmp_path, others, keep={"papers/a.md"}).kept == ()
    assert write_export(tmp_path, FILES).kept == ()
    assert tree(tmp_path) == FILES


@pytest.mark.parametrize("begun", ["", "{", "[]", '{"files": 3}', '{"files": {"../x": ["1"], "a": 3}}'])
def test_a_broken_list_of_what_was_begun_loses_nothing(tmp_path: Path, begun: str) -> None:
    (tmp_path.parent / "x").write_text("outside", encoding="utf-8")
    write_export(tmp_path, FILES)
    (tmp_path / BEGUN).write_text(begun, encoding="utf-8")
    assert write_export(tmp_path, {**FILES, "papers/a.md": "new\n"}).written == ("papers/a.md",)
    assert (tmp_path.parent / "x").read_text(encoding="utf-8") == "outside"


def test_where_nothing_changed_nothing_is_begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_export(tmp_path, FILES, made_from="this")
    assert is_written(tmp_path, "this")
    assert cut_off(monkeypatch, lambda: write_export(tmp_path, FILES, made_from="this"), 0)


def test_a_file_that_was_cut_off_time_and_again_is_still_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, record = tmp_path / "story.md", tmp_path / "private" / "written" / "1"
    write_file(path, "first", record)
    for text, after in (("second", 1), ("third", 1), ("fourth", 0), ("fifth", 1)):
        assert not cut_off(monkeypatch, partial(write_file, path, text, record), after)
        assert path.read_text(encoding="utf-8") == "first"
    write_file(path, "last", record)
    assert path.read_text(encoding="utf-8") == "last"
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".")] == []
    assert stat.S_IMODE(record.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(record.stat().st_mode) == 0o600


def write_story(place: Path) -> None:
    write_file(place / "story.md", "words", place.parent / "private" / "written" / "1")


def write_all(place: Path) -> None:
    write_export(place, FILES)


@pytest.mark.parametrize("write", [write_story, write_all])
def test_planted_names_lead_nowhere(tmp_path: Path, write: Callable[[Path], None]) -> None:
    """Links of the names that a file being written would have by the number of its process."""
    victim, place = tmp_path / "victim", tmp_path / "place"
    victim.write_text("mine", encoding="utf-8")
    for folder in (place, place / "papers", place / "lineages"):
        folder.mkdir()
    names = ["story.md", *FILES, MANIFEST, BEGUN]
    for path in [place / name for name in names]:
        for number in {os.getpid(), *range(40)}:
            path.with_name(f".{path.name}.{number}.tmp").symlink_to(victim)
    write(place)
    assert victim.read_text(encoding="utf-8") == "mine"
    assert not (place / "README.md").is_symlink()


@pytest.mark.parametrize("write", [write_story, write_all])
@pytest.mark.parametrize("is_the_folder", [True, False])
def test_links_of_another_user_are_not_followed(
    tmp_path: Path, write: Callable[[Path], None], is_the_folder: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, place = tmp_path / "mine", tmp_path / "shared" / "place"
    mine.mkdir()
    place.parent.mkdir()
    if is_the_folder:
        link = place
        link.symlink_to(mine)
    else:
        place.mkdir()
        link = place / ("story.md" if write is write_story else "papers")
        link.symlink_to(mine / "target")
    as_of_another_user(link, monkeypatch)
    with pytest.raises(StorageError):
        write(place)
    assert list(mine.iterdir()) == []


def test_links_of_ones_own_are(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "place").symlink_to("mine")
    write_all(tmp_path / "place")
    write_story(tmp_path / "place")
    assert (tmp_path / "mine" / "story.md").exists()
    assert (tmp_path / "mine" / "README.md").exists()


def test_a_pipe_among_the_files_is_left_alone(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "README.md")
    assert write_export(tmp_path, FILES).kept == ("README.md",)
