"""The writer on real folders: atomic, and careful with what is not ours."""

import subprocess
import sys
from pathlib import Path

import pytest

from papertrail.domain.errors import StorageError
from papertrail.export.writer import MANIFEST, write_export

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
    assert sorted(path.name for path in tmp_path.iterdir()) == [MANIFEST, "README.md"]
    assert (tmp_path / "README.md").read_text(encoding="utf-8") == "old\n"


def test_what_a_power_cut_left_empty_is_written_again(tmp_path: Path) -> None:
    write_export(tmp_path, FILES)
    for name in FILES:
        (tmp_path / name).write_bytes(b"")
    assert set(write_export(tmp_path, FILES).written) == set(FILES)
    (tmp_path / MANIFEST).unlink()
    (tmp_path / "README.md").write_bytes(b"")
    assert write_export(tmp_path, FILES).written == ("README.md",)
    assert tree(tmp_path) == FILES
