"""Where a trail is: the one rule, for every door.

Apart from what opens trails, and with nothing imported but `os`: a shell that completes asks at every tab.
"""

import os
from collections.abc import Mapping

DATABASE = os.path.join(".papertrail", "library.db")


def is_trail(folder: str) -> bool:
    """Tell whether `folder` holds a trail: a database, or a file of papers to make one from."""
    path = os.path
    return path.isdir(path.join(folder, ".papertrail")) or path.isfile(
        path.join(folder, "seeds", "papers.csv")
    )


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
