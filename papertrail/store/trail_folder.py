"""Where a trail is: the one rule, for every door.

Apart from what opens trails, and with nothing imported but `os`: a shell that completes asks at every tab.
"""

import os
import sys
from collections.abc import Mapping

DATABASE = os.path.join(".papertrail", "library.db")
PRIVATE = ".papertrail"
ID = os.path.join(PRIVATE, "id")
SEEDS = os.path.join("seeds", "papers.csv")

TRUST = "PAPERTRAIL_TRUST"
"""The variable that names trails to be opened without a word, or `*` for all: where no list can be kept."""

_MOST_KNOWN = 1 << 20  # bytes of the list of known trails; one takes about a hundred
_LONGEST_ID = 64
_AT_ONCE = 1 << 14  # bytes; room for a whole megabyte takes longer to make than all of this
_FIRST_LINES = 4096  # bytes; our own names of columns take 61, Zotero's 87 names 1,400
_SEPARATORS = (",", ";", "\t")


def is_trail(folder: str) -> bool:
    """Tell whether `folder` holds a trail: its private folder, or a file of papers to make one from."""
    return os.path.isdir(os.path.join(folder, PRIVATE)) or is_seeds_file(os.path.join(folder, SEEDS))


def is_seeds_file(path: str) -> bool:
    """Tell whether a file's first line names our columns: other projects have a `seeds/papers.csv` as well.

    A table of papers with keys and titles is what many programs write. One of ours has lineages as well, or
    what builds on what; their names are taken in any case, in any order, between commas, semicolons or tabs.
    """
    try:
        if not os.path.isfile(path):  # a pipe would be waited for
            return False
        with open(path, "rb") as file:
            data = file.read(_FIRST_LINES)
    except OSError:
        return False
    # Without its zeros and marks, UTF-16 reads as what it says where that is ASCII, as these names are.
    text = data.replace(b"\0", b"").decode("utf-8", "replace").replace("\ufffd", "").removeprefix("\ufeff")
    lines = (line for line in text.splitlines() if line.strip(' ,;\t"'))
    for line in lines:
        if line.strip(' ,;\t"').lower().startswith("sep="):
            continue
        for separator in _SEPARATORS:
            names = {"".join(filter(str.isalpha, cell)).lower() for cell in line.split(separator)}
            if {"key", "title"} <= names and names & {"lineages", "lineage", "buildson"}:
                return True
        return False
    return False


def find_folder(explicit: str | None, cwd: str, environ: Mapping[str, str]) -> tuple[str, str]:
    """Return the folder of the trail to use, and whether it was `named`, `found`, or is the `default`.

    The order: `explicit` (from `--home`), `PAPERTRAIL_HOME`, the nearest folder from `cwd` upward that is a
    trail, else `~/papertrail`. A folder that was named need not hold a trail.
    """
    named = explicit or environ.get("PAPERTRAIL_HOME")
    if named:
        return os.path.realpath(os.path.join(cwd, expanded(named, environ))), "named"
    folder, below = cwd, ""
    while folder != below:
        if is_trail(folder):
            return folder, "found"
        folder, below = os.path.dirname(folder), folder
    return expanded("~/papertrail", environ), "default"


def expanded(path: str, environ: Mapping[str, str]) -> str:
    """Return `path` with a leading `~` replaced by the environment's HOME, else the account's."""
    if path == "~" or path.startswith("~/"):
        return (environ.get("HOME") or os.path.expanduser("~")) + path[1:]
    return path


def is_known(folder: str, environ: Mapping[str, str]) -> bool:
    """Tell whether this reader has opened this very trail before, at this place and on this machine.

    Asked by every command, so it is two looks at owners and two small files; `known_trails.py` says what to
    do about one that is not.
    """
    owner, number = owner_of(folder), id_of(folder)
    if owner is not None and known_line(number, owner, folder) in known(environ):
        return True
    trusted = environ.get(TRUST, "")
    return trusted == "*" or (bool(trusted) and folder in trusted.split(os.pathsep))


def owner_of(folder: str) -> int | None:
    """Return the account that owns a trail's private folder and database, another one than ours if any does.

    None where there is no such folder.
    """
    try:
        owner = os.stat(os.path.join(folder, PRIVATE)).st_uid
    except OSError:
        return None
    ours = own_account()
    if owner != ours:
        return owner
    try:
        return os.stat(os.path.join(folder, DATABASE)).st_uid
    except OSError:  # there is none yet
        return ours


def own_account() -> int:
    """Return the number of the account we run under; 0 where the system has no such numbers."""
    return os.geteuid() if hasattr(os, "geteuid") else 0


def id_of(folder: str) -> str:
    """Return the random name that a trail has, by which it is known when it moves; empty without one."""
    text = _read(os.path.join(folder, ID), _LONGEST_ID).decode("ascii", "replace").strip()
    return text if text.isalnum() and text.isascii() else ""


def known(environ: Mapping[str, str]) -> bytes:
    """Return the list of the trails that are known, a line each, a line end before the first."""
    return b"\n" + _read(known_list(environ), _MOST_KNOWN)


def known_list(environ: Mapping[str, str]) -> str:
    """Return the file that lists the trails this reader has opened."""
    return os.path.join(state_folder(environ), "trails")


def state_folder(environ: Mapping[str, str]) -> str:
    """Return what `platformdirs.user_state_path("papertrail")` does: to import that takes 24 ms."""
    if sys.platform == "win32":
        local = environ.get("LOCALAPPDATA") or expanded("~/AppData/Local", environ)
        return os.path.join(local, "papertrail", "papertrail")
    if named := environ.get("XDG_STATE_HOME", "").strip():
        return os.path.join(expanded(named, environ), "papertrail")
    usual = "~/Library/Application Support" if sys.platform == "darwin" else "~/.local/state"
    return os.path.join(expanded(usual, environ), "papertrail")


def known_line(number: str, owner: int, folder: str) -> bytes:
    """Return the line by which a trail is known: its id, its owner's number, its place."""
    place = os.fsencode(folder).replace(b"\\", b"\\\\").replace(b"\n", b"\\n")
    return f"\n{number or '-'} {owner} ".encode() + place + b"\n"


def _read(path: str, most: int) -> bytes:
    """Return the beginning of a file; nothing of what is none, without waiting for a pipe."""
    try:
        file = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0))
    except OSError:
        return b""
    data = b""
    try:
        while len(data) < most and (more := os.read(file, min(most, _AT_ONCE))):
            data += more
    except OSError:
        return b""
    finally:
        os.close(file)
    return data
