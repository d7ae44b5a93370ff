"""Symbolic links: whose they are, and where they lead."""

import os
from pathlib import Path

from papertrail.domain.errors import LeadsOut
from papertrail.domain.text import clean_line, shorten

_MOST_LINKS = 40  # as many as Linux follows


def link_of_others(path: Path) -> Path | None:
    """Return the first link on the way to `path`, or in its place, that another user made; None for none.

    Who can write to a folder that we share can put a link there that leads to a file of ours. The links of
    the system are root's.
    """
    if not hasattr(os, "geteuid"):  # Windows: to make a link is a right of its own
        return None
    trusted = {os.geteuid(), 0}
    parts = [*reversed((Path.cwd() / path).parts)]
    at, followed = Path(parts.pop()), 0
    while parts:
        name = parts.pop()
        if name == "..":
            at = at.parent
            continue
        entry = at / name
        if not entry.is_symlink():
            at = entry
            continue
        followed += 1
        if followed > _MOST_LINKS:  # a circle: whoever opens it is told
            return None
        if entry.lstat().st_uid not in trusted:
            return entry
        target = entry.readlink()
        if target.is_absolute():
            at = Path(target.anchor)
        parts += [part for part in reversed(target.parts) if part != target.anchor]
    return None


def way_out(path: Path, root: Path) -> Path | None:
    """Return where `path` really is if links lead it out of `root`, else None."""
    real, inside = os.path.realpath(path), os.path.realpath(root)
    return None if real == inside or real.startswith(inside.rstrip(os.sep) + os.sep) else Path(real)


def refuse_way_out(path: Path, root: Path) -> None:
    """Make sure that what is written at `path` is written within `root`.

    Raises:
        LeadsOut: links lead it out of there.
    """
    if way_out(path, root) is None:
        return
    part = root
    for name in path.relative_to(root).parts:
        part /= name
        if (place := way_out(part, root)) is not None:
            raise LeadsOut(str(part.relative_to(root)), shorten(clean_line(str(place)), 200))
