"""Puts a shell's script where the shell looks for it by itself, and takes it away."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from papertrail.completion.sources import WORDS
from papertrail.disk.leftovers import sweep_leftovers
from papertrail.disk.whole_file import write_whole
from papertrail.domain.errors import BadInput, NotFound, StorageError
from papertrail.domain.text import clean_line, shorten

SHELLS = WORDS["shell"]
_SCRIPTS = Path(__file__).with_name("scripts")
_OURS = "papertrail's completion for"
_MOST_PARENTS = 8  # between a shell and the program it runs: wrappers, `make`, `uv run`
_LARGEST = 64 * 1024  # bytes of a script
_BASH_COMPLETIONS = (
    "/usr/share/bash-completion/bash_completion",
    "/usr/local/share/bash-completion/bash_completion",
    "/opt/homebrew/share/bash-completion/bash_completion",
    "/opt/local/share/bash-completion/bash_completion",
    "/run/current-system/sw/share/bash-completion/bash_completion",
)


class Installed(NamedTuple):
    """What was done with a script.

    Attributes:
        path: where it stands, or stood.
        changed: whether it was written or removed; else it was so already.
        remaining: what the reader has to put into a file of the shell's, and into which; empty for nothing.
    """

    path: Path
    changed: bool
    remaining: tuple[str, str] | tuple[()] = ()


def script(shell: str) -> str:
    """Return the script for a shell."""
    return (_SCRIPTS / f"papertrail.{shell}").read_text(encoding="utf-8")


def shell_in_use(environ: Mapping[str, str]) -> str:
    """Return the shell that runs this program, else the one of the account.

    Raises:
        NotFound: it is none that is known.
    """
    for name in (*_names_above(os.getppid()), Path(environ.get("SHELL", "")).name):
        if name in SHELLS:
            return name
    raise NotFound("your shell is none of bash, zsh and fish", "name one of them with --shell")


def _names_above(process: int) -> list[str]:
    """Return the names of a process and those it was started by, where the system tells them."""
    names = []
    for _ in range(_MOST_PARENTS):
        try:
            name, _, rest = (
                Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")
            )
            process = int(rest.split()[1])
        except (OSError, ValueError, IndexError):
            break
        names.append(name.partition("(")[2].lstrip("-"))
    return names


def place(shell: str, environ: Mapping[str, str]) -> Path:
    """Return where a shell looks for a completion of the reader's own.

    Raises:
        BadInput: there is no home folder.
    """
    if shell == "bash" and (own := environ.get("BASH_COMPLETION_USER_DIR", "").split(":")[0]):
        return Path(own) / "completions" / "papertrail"
    home = environ.get("HOME", "")
    if not os.path.isabs(home):
        raise BadInput(
            "HOME names no folder", "set it, or put what papertrail completion SHELL writes in place"
        )
    data = _base(environ.get("XDG_DATA_HOME"), Path(home, ".local", "share"))
    config = _base(environ.get("XDG_CONFIG_HOME"), Path(home, ".config"))
    return {
        "bash": data / "bash-completion" / "completions" / "papertrail",
        "zsh": data / "zsh" / "site-functions" / "_papertrail",
        "fish": config / "fish" / "completions" / "papertrail.fish",
    }[shell]


def _base(named: str | None, usual: Path) -> Path:
    return Path(named) if named and os.path.isabs(named) else usual


def install(shell: str, environ: Mapping[str, str]) -> Installed:
    """Write a shell's script, whole at every moment; a link of that name is replaced, not followed.

    Raises:
        BadInput: a file of somebody else's has that name; it stays. Or there is no home folder.
        StorageError: it cannot be written.
    """
    path, text = place(shell, environ), script(shell)
    with _told_errors(path):
        there = _own_text(path)
        if there != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, text.encode("utf-8"), 0o644)
            sweep_leftovers(path.parent, path.name)
    return Installed(path, there != text, _remaining(shell, path, environ))


def remove(shell: str, environ: Mapping[str, str]) -> Installed:
    """Remove a shell's script where it is ours.

    Raises:
        BadInput: a file of somebody else's has that name; it stays. Or there is no home folder.
        StorageError: it cannot be removed.
    """
    path = place(shell, environ)
    with _told_errors(path):
        if _own_text(path) is None and not path.is_symlink():
            return Installed(path, False)
        path.unlink()
    return Installed(path, True)


@contextmanager
def _told_errors(path: Path) -> Iterator[None]:
    """Turn what the disk says into one of papertrail's errors."""
    try:
        yield
    except OSError as error:
        raise StorageError(
            f"cannot write {clean_line(str(error.filename or path))} ({error.strerror or error})",
            "check free space and permissions of the folder",
        ) from error


def _own_text(path: Path) -> str | None:
    """Return the text of our script at `path`; None where nothing is there, or a link.

    Raises:
        BadInput: it is somebody else's.
    """
    if path.is_symlink() or not os.path.lexists(path):
        return None
    text = ""
    if path.is_file():
        with path.open(encoding="utf-8", errors="replace") as file:
            text = file.read(_LARGEST)
    if _OURS not in text:
        raise BadInput(
            f"{shorten(clean_line(str(path)), 200)} is not papertrail's: it stays as it is",
            "move it away first",
        )
    return text


def _remaining(shell: str, path: Path, environ: Mapping[str, str]) -> tuple[str, str] | tuple[()]:
    """Return what is still to be said to the shell, and in which file; nothing for what loads by itself."""
    if shell == "zsh":
        what, file = path.parent, Path(environ.get("ZDOTDIR") or environ["HOME"]) / ".zshrc"
        line = f"fpath=({_typed(what, environ)} $fpath); autoload -Uz compinit; compinit"
    elif shell == "bash" and not any(map(os.path.exists, _BASH_COMPLETIONS)):
        what, file = path, Path(environ.get("HOME", "")) / ".bashrc"
        line = f". {_typed(what, environ)}"
    else:
        return ()
    return () if _says(file, what, environ) else (line, _typed(file, environ))


def _typed(path: Path, environ: Mapping[str, str]) -> str:
    """Return a path as one types it, from the home folder where it is in there."""
    import shlex

    home = environ.get("HOME", "")
    if home and path.is_relative_to(home):
        return f"~/{shlex.quote(str(path.relative_to(home)))}"
    return shlex.quote(str(path))


def _says(file: Path, what: Path, environ: Mapping[str, str]) -> bool:
    """Tell whether a file of the shell's names a path, in full or from the home folder."""
    try:
        text = file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    home = environ.get("HOME", "")
    forms = [str(what), _typed(what, environ)]
    if home and what.is_relative_to(home):
        forms += [f"{name}/{what.relative_to(home)}" for name in ("$HOME", "${HOME}")]
    return any(form in text for form in forms)
