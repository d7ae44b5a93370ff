"""The vault that a setting names is brought in step after each change, by a process that nobody waits for."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from papertrail.domain.settings import EXPORT_OBSIDIAN
from papertrail.library import following
from papertrail.library.following import ITSELF, keep_in_step, trouble_of
from papertrail.store.lock import write_lock
from tests.cli.program import Program
from tests.trails import opened, small_trail

PATIENCE = 60  # seconds, on a machine however busy


def wait_for(true: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < until
        time.sleep(0.05)


def test_a_command_is_followed(program: Program, tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    program.ok("set", "export-obsidian", str(vault))
    path = vault / "papers" / "rcnn.md"
    wait_for(lambda: path.exists() and "status: " in path.read_text(encoding="utf-8"))
    program.ok("rate", "rcnn", "4")
    wait_for(lambda: "rating: 4" in path.read_text(encoding="utf-8"))
    assert "export" not in program.ok("undo", "--list").replace("export-obsidian", "")
    text = path.read_text(encoding="utf-8").replace("%% papertrail:end %%", "gone")
    path.write_text(text, encoding="utf-8")
    program.ok("rate", "rcnn", "5")
    wait_for((program.trail / ".papertrail" / "vault.trouble").exists)
    assert "the vault is not in step: papers/rcnn.md was changed" in program.run("list").err
    path.unlink()
    assert program.run("rate", "rcnn", "1").code == 0, "nothing is stopped by it"
    wait_for(lambda: path.exists() and "rating: 1" in path.read_text(encoding="utf-8"))
    wait_for(lambda: not (program.trail / ".papertrail" / "vault.trouble").exists())
    assert program.run("list").err == ""
    (program.trail / ".papertrail" / "vault.trouble").write_text("the disk is gone", encoding="utf-8")
    assert "the disk is gone" in program.run("set", "export-obsidian", "off").err
    assert program.run("list").err == "", "nothing is kept in step any more"
    assert program.run("export", "--format", "obsidian").code == 2, "there is none any more"


def test_nobody_is_begun_without_the_setting_nor_by_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[Path] = []
    monkeypatch.setattr(following, "follow", lambda home: begun.append(home.root))
    with opened(small_trail(tmp_path / "trail")) as library:
        library.tags.change(["rcnn"], rating=3)
        assert begun == []
        library.settings.set(EXPORT_OBSIDIAN.name, str(tmp_path / "vault"))
        library.tags.change(["rcnn"], rating=4)
        library.exports.write(tmp_path / "out")
        assert begun == [library.home.root] * 2, "what is given away changes nothing"
    monkeypatch.undo()
    monkeypatch.setenv(ITSELF, "1")
    monkeypatch.setattr("subprocess.Popen", lambda *a, **k: pytest.fail("it follows itself"))
    following.follow(library.home)


def test_a_vault_that_is_away_stops_nothing_and_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "DELAY", 0.0)
    monkeypatch.setenv(ITSELF, "1")
    home = small_trail(tmp_path / "trail")
    away = tmp_path / "disk" / "vault"
    with opened(home) as library:
        library.settings.set(EXPORT_OBSIDIAN.name, str(away))
    keep_in_step(str(home.root))
    assert "disk is gone" in trouble_of(home) and not away.parent.exists()
    away.parent.mkdir()
    keep_in_step(str(home.root))
    assert trouble_of(home) == "" and (away / "papers" / "rcnn.md").exists()


def test_a_file_that_outlives_its_paper_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "DELAY", 0.0)
    monkeypatch.setenv(ITSELF, "1")
    home, vault = small_trail(tmp_path / "trail"), tmp_path / "vault"
    with opened(home) as library:
        library.settings.set(EXPORT_OBSIDIAN.name, str(vault))
    keep_in_step(str(home.root))
    path = vault / "papers" / "adam.md"
    path.write_text(f"{path.read_text(encoding='utf-8')}\nMine.\n", encoding="utf-8")
    with opened(home) as library:
        library.corrections.remove("adam")
    keep_in_step(str(home.root))
    assert trouble_of(home).startswith("in the vault papers/adam.md stays for what you wrote in it")


@pytest.mark.parametrize("mount_point", [False, True])
def test_a_vault_moved_away_is_not_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mount_point: bool
) -> None:
    monkeypatch.setattr(following, "DELAY", 0.0)
    monkeypatch.setenv(ITSELF, "1")
    home, vault = small_trail(tmp_path / "trail"), tmp_path / "vault"
    with opened(home) as library:
        library.settings.set(EXPORT_OBSIDIAN.name, str(vault))
    keep_in_step(str(home.root))
    vault.rename(tmp_path / "moved")
    if mount_point:
        vault.mkdir()
    keep_in_step(str(home.root))
    assert not vault.exists() or not any(vault.iterdir())
    assert "is no vault any more" in trouble_of(home) and "put it back" in trouble_of(home)
    with opened(home) as library:
        if mount_point:
            library.vaults.write(vault)
        else:  # who names it again wants it anew
            library.settings.set(EXPORT_OBSIDIAN.name, str(vault))
    keep_in_step(str(home.root))
    assert trouble_of(home) == "" and (vault / "papers" / "rcnn.md").exists()


def test_one_that_waits_is_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "DELAY", 0.0)
    monkeypatch.setenv(ITSELF, "1")
    home, vault = small_trail(tmp_path / "trail"), tmp_path / "vault"
    with opened(home) as library:
        library.settings.set(EXPORT_OBSIDIAN.name, str(vault))
    with write_lock(home.private / "vault.waiting", 0.0):
        keep_in_step(str(home.root))
        assert not vault.exists() and trouble_of(home) == ""
    keep_in_step(str(home.root))
    assert (vault / "papers" / "rcnn.md").exists()


@pytest.mark.parametrize(("given", "kept"), [("off", "off"), ("OFF", "off"), ("~/v", f"{Path.home()}/v")])
def test_what_it_may_be(given: str, kept: str) -> None:
    assert EXPORT_OBSIDIAN.parse(given) == kept


def test_watching_writes_what_others_change(program: Program, tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    path = vault / "papers" / "rcnn.md"
    watching = program.start_in_terminal("export", "--format", "obsidian", "--to", str(vault), "--watch")
    watching.wait_for(b"written")
    program.ok("rate", "rcnn", "4")
    wait_for(lambda: "rating: 4" in path.read_text(encoding="utf-8"))
    watching.wait_for(b"1 file written")
    watching.interrupt()
    assert watching.end()[0] == 130
