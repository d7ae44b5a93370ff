"""Trails that this reader never opened: told of before anything in them is, and remembered once they may be.

A trail that comes with a clone or an archive looks like the reader's own. So each trail has a random name in
its private folder, and each reader a list of the ones that were opened, with their places and owners.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from papertrail.disk.whole_file import write_whole
from papertrail.store.trail_folder import (
    ID,
    PRIVATE,
    SEEDS,
    id_of,
    is_known,
    known,
    known_line,
    known_list,
    own_account,
    owner_of,
)

MOST_LISTED = 1_000  # trails; those opened first are forgotten first


class StrangeTrail(NamedTuple):
    """A trail that its reader has not said yes to.

    Attributes:
        folder: where it is.
        owner: the number of the account that it belongs to; None for the reader's own.
        copy_of: where the trail is that it is a copy of, one the reader knows; empty for none.
    """

    folder: str
    owner: int | None = None
    copy_of: str = ""


def strange_trail(folder: str, environ: Mapping[str, str]) -> StrangeTrail | None:
    """Return what is strange about a trail; None where it may be opened without a word.

    That is one that is known; one of ours without a private folder, which is made with it; one that was
    moved, as its name is known and is no longer where it was; and any of ours where no list can be kept, as
    the same question at every command would only teach to say yes.
    """
    if is_known(folder, environ):
        return None
    owner = owner_of(folder)
    is_new = owner is None
    if is_new:
        try:
            owner = Path(folder, SEEDS).stat().st_uid
        except OSError:  # a new trail, or none
            return None
    if owner != own_account():
        return StrangeTrail(folder, owner)
    if is_new:
        return None
    copied, was_known = "", False
    for place in _places(id_of(folder), environ):
        was_known = True
        if id_of(place) == id_of(folder):
            if Path(place).samefile(folder):
                copied = ""
                break
            copied = place
    if (was_known and not copied) or not _can_be_kept(environ):
        _list(id_of(folder), folder, environ)
        return None
    return StrangeTrail(folder, copy_of=copied)


def remember(folder: str, environ: Mapping[str, str]) -> bool:
    """Take a trail for known from now on; it gets a name of its own where it has none or a copied one.

    Its private folder is made if there is none, as that is what is known.

    Returns:
        Whether that could be kept.
    """
    with suppress(OSError):
        Path(folder, PRIVATE).mkdir(mode=0o700)
    number = id_of(folder)
    if not number or any(place != folder and id_of(place) == number for place in _places(number, environ)):
        number = _named_anew(folder) or number
    return _list(number, folder, environ)


def _named_anew(folder: str) -> str:
    """Give a trail a new random name; return it, or nothing where it cannot be written."""
    number = os.urandom(16).hex()
    try:
        write_whole(Path(folder, ID), f"{number}\n".encode(), 0o600, durable=False)
    except OSError:
        return ""
    return number


def _places(number: str, environ: Mapping[str, str]) -> Iterator[str]:
    """Yield where trails of this name have been."""
    if not number:
        return
    for line in known(environ).split(b"\n"):
        name, _, rest = line.partition(b" ")
        if name == number.encode():
            place = rest.partition(b" ")[2].replace(b"\\\\", b"\0").replace(b"\\n", b"\n")
            yield os.fsdecode(place.replace(b"\0", b"\\"))


def _list(number: str, folder: str, environ: Mapping[str, str]) -> bool:
    owner, lines = owner_of(folder), known(environ)
    if owner is None:
        return False
    line = known_line(number, owner, folder)
    if line in lines:
        return True
    path = Path(known_list(environ))
    try:
        path.parent.mkdir(mode=0o700, exist_ok=True, parents=True)
        if lines.count(b"\n") > MOST_LISTED:
            kept = lines.splitlines()[-MOST_LISTED // 2 :]
            write_whole(path, b"\n".join(kept) + b"\n", 0o600, durable=False)
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            os.write(file, line[1:])  # at once, so that two commands do not mix their lines
        finally:
            os.close(file)
    except OSError:
        return False
    return True


def _can_be_kept(environ: Mapping[str, str]) -> bool:
    path = Path(known_list(environ))
    try:
        path.parent.mkdir(mode=0o700, exist_ok=True, parents=True)
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600))
    except OSError:
        return False
    return True
