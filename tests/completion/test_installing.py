"""The script of a shell, put where that looks for it: whole, once, and over nothing of anybody else's."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from papertrail.completion import installing
from papertrail.domain.errors import BadInput, NotFound, StorageError

SHELLS = ("bash", "zsh", "fish")
PLACES = {
    "bash": ".local/share/bash-completion/completions/papertrail",
    "zsh": ".local/share/zsh/site-functions/_papertrail",
    "fish": ".config/fish/completions/papertrail.fish",
}


@pytest.fixture
def environ(tmp_path: Path) -> Mapping[str, str]:
    return {"HOME": str(tmp_path)}


def files(folder: Path) -> Iterator[str]:
    return (str(one.relative_to(folder)) for one in folder.rglob("*") if not one.is_dir() or one.is_symlink())


@pytest.mark.parametrize("shell", SHELLS)
def test_once_then_nothing_then_away(shell: str, environ: Mapping[str, str], tmp_path: Path) -> None:
    first = installing.install(shell, environ)
    assert first.changed and first.path == tmp_path / PLACES[shell]
    assert first.path.read_text(encoding="utf-8") == installing.script(shell)
    assert first.path.stat().st_mode & 0o777 in (0o644, 0o600)
    about = first.path.stat()
    second = installing.install(shell, environ)
    assert not second.changed and second.path.stat() == about
    assert list(files(tmp_path)) == [PLACES[shell]], "no file of the shell's, and nothing left behind"
    assert installing.remove(shell, environ).changed
    assert not installing.remove(shell, environ).changed
    assert list(files(tmp_path)) == []


@pytest.mark.parametrize("shell", SHELLS)
def test_an_older_script_of_ours_is_replaced(shell: str, environ: Mapping[str, str]) -> None:
    path = installing.install(shell, environ).path
    path.write_text(f"# papertrail's completion for {shell}, as it was\n", encoding="utf-8")
    assert installing.install(shell, environ).changed
    assert path.read_text(encoding="utf-8") == installing.script(shell)


@pytest.mark.parametrize("shell", SHELLS)
def test_what_is_not_ours_stays(shell: str, environ: Mapping[str, str], tmp_path: Path) -> None:
    path = tmp_path / PLACES[shell]
    path.parent.mkdir(parents=True)
    path.write_text("my own\n", encoding="utf-8")
    for use in (installing.install, installing.remove):
        with pytest.raises(BadInput, match="stays as it is"):
            use(shell, environ)
    assert path.read_text(encoding="utf-8") == "my own\n"
    path.unlink()
    path.mkdir()
    for use in (installing.install, installing.remove):
        with pytest.raises(BadInput, match="stays as it is"):
            use(shell, environ)


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize("target", ["precious", "nowhere"])
def test_links_are_not_followed(shell: str, target: str, environ: Mapping[str, str], tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.write_text(installing.script(shell), encoding="utf-8")
    os.utime(precious, ns=(1, 1))
    path = tmp_path / PLACES[shell]
    path.parent.mkdir(parents=True)
    path.symlink_to(tmp_path / target)
    assert installing.install(shell, environ).changed
    assert not path.is_symlink() and path.is_file()
    assert precious.stat().st_mtime_ns == 1 and not (tmp_path / "nowhere").exists()
    path.unlink()
    path.symlink_to(tmp_path / target)
    installing.remove(shell, environ)
    assert not path.is_symlink() and precious.exists()


def test_folders_named_by_the_environment(tmp_path: Path) -> None:
    home = {"HOME": str(tmp_path / "home")}
    data, config = {"XDG_DATA_HOME": str(tmp_path / "data")}, {"XDG_CONFIG_HOME": str(tmp_path / "config")}
    assert installing.place("zsh", home | data) == tmp_path / "data/zsh/site-functions/_papertrail"
    assert installing.place("bash", home | data) == tmp_path / "data/bash-completion/completions/papertrail"
    own = {"BASH_COMPLETION_USER_DIR": str(tmp_path / "own")}
    assert installing.place("bash", home | data | own) == tmp_path / "own/completions/papertrail"
    assert installing.place("fish", home | config) == tmp_path / "config/fish/completions/papertrail.fish"
    relative = {"XDG_CONFIG_HOME": "here", "XDG_DATA_HOME": ""}
    assert installing.place("fish", home | relative).is_relative_to(tmp_path / "home")
    with pytest.raises(BadInput, match="HOME"):
        installing.place("fish", {})


def test_what_cannot_be_written_is_told(environ: Mapping[str, str], tmp_path: Path) -> None:
    (tmp_path / ".config").write_text("a file\n", encoding="utf-8")
    with pytest.raises(StorageError, match="cannot write"):
        installing.install("fish", environ)


def test_nothing_is_left_of_a_write_that_fails(
    environ: Mapping[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageError, match="No space left"):
        installing.install("bash", environ)
    assert list(files(tmp_path)) == []


def test_zsh_is_told_its_line_until_it_is_there(environ: Mapping[str, str], tmp_path: Path) -> None:
    line, file = installing.install("zsh", environ).remaining or ("", "")
    assert line.startswith("fpath=(~/.local/share/zsh/site-functions $fpath)") and file == "~/.zshrc"
    for form in (line, line.replace("~", "$HOME"), line.replace("~", str(tmp_path))):
        (tmp_path / ".zshrc").write_text(f"# mine\n{form}\n", encoding="utf-8")
        assert not installing.install("zsh", environ).remaining
    blank = {"HOME": str(tmp_path / "my home")}
    line, _ = installing.install("zsh", blank).remaining or ("", "")
    assert line.startswith("fpath=(~/.local/share/")
    apart = {**environ, "XDG_DATA_HOME": str(tmp_path / "my data")}
    line, _ = installing.install("zsh", apart).remaining or ("", "")
    assert line.startswith("fpath=(~/'my data/zsh/site-functions' $fpath)")


def test_bash_is_told_its_line_where_nothing_loads_completions(
    environ: Mapping[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(installing, "_BASH_COMPLETIONS", (str(tmp_path / "loader"),))
    remaining = installing.install("bash", environ).remaining
    assert remaining == (f". ~/{PLACES['bash']}", "~/.bashrc")
    (tmp_path / "loader").touch()
    assert not installing.install("bash", environ).remaining


def test_the_shell_is_the_one_that_runs_the_program() -> None:
    code = (
        "from papertrail.completion import installing; print(installing.shell_in_use({'SHELL': '/bin/fish'}))"
    )
    script = f'{sys.executable} -c "{code}"; true'
    done = subprocess.run(
        ["bash", "-c", script], capture_output=True, encoding="utf-8", timeout=60, check=True
    )
    assert done.stdout.strip() in ("bash", "fish"), "fish where the system does not tell of processes"


def test_else_the_one_of_the_account(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installing, "_names_above", lambda process: ["tmux", "init"])
    assert installing.shell_in_use({"SHELL": "/usr/local/bin/zsh"}) == "zsh"
    for environ in ({}, {"SHELL": "/bin/tcsh"}):
        with pytest.raises(NotFound, match="none of bash, zsh and fish"):
            installing.shell_in_use(environ)
