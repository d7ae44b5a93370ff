"""Where a trail is: the one rule, for every door.

Apart from what opens trails, and with nothing imported but `os`: a shell that completes asks at every tab.
"""

import os
from collections.abc import Mapping

DATABASE = os.path.join(".papertrail", "library.db")
PRIVATE = ".papertrail"
SEEDS = os.path.join("seeds", "papers.csv")

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
