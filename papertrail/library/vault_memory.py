"""What is remembered of a vault when it was last in step, so that next time only what changed is looked at.

It may be lost at any time: what it does not tell is worked out anew, with all the rest.
"""

import json
import os
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from papertrail.disk.whole_file import stamp_of, write_whole
from papertrail.export.writer import BEGUN, MANIFEST


class VaultMemory(NamedTuple):
    """A vault that was in step, and what its files follow from.

    Attributes:
        folder: of the vault.
        basis: what all files follow from; where it is another one all are made anew.
        op: the newest operation that the vault knows of.
        manifest: the digest of the list that stands in the folder.
        notes: the stamps of the notes, by key.
        summaries: the stamps of the notes about lineages.
        files: the stamps of the vault's files, by path.
        explained: ids of the papers that could be explained.
        papers: what papers are called, by key.
        lineages: what the files of lineages are called.
        said: what notes say of names, by key.
        changes: child, parent, and what the child's note says that it changed.
        links: the papers that notes name, by key.
        owed: what notes still need, by key.
        standings: how far papers are that are not unread, by key, as lineages tell it.
    """

    folder: str
    basis: list[str]
    op: str
    manifest: str
    notes: dict[str, str]
    summaries: dict[str, str]
    files: dict[str, str]
    explained: list[int]
    papers: dict[str, str]
    lineages: dict[str, str]
    said: dict[str, dict[str, str]]
    changes: list[tuple[str, str, str]]
    links: dict[str, list[str]]
    owed: dict[str, str]
    standings: dict[str, str]


def remembered(path: Path) -> VaultMemory | None:
    """Return what is remembered; None where that cannot be told."""
    try:
        return VaultMemory(**json.loads(path.read_bytes()))
    except (OSError, ValueError, TypeError):
        return None


def remember(path: Path, memory: VaultMemory) -> None:
    """Remember a vault; without a wait for the disk, and nothing is said where it cannot be."""
    with suppress(OSError):
        data = json.dumps(memory._asdict()).encode()  # in ASCII: halves of letters stay what they are
        write_whole(path, data, 0o600, durable=False)


def forget(path: Path) -> None:
    """Remember nothing any more."""
    with suppress(OSError):
        path.unlink(missing_ok=True)


def manifest_of(folder: Path) -> str:
    """Return the digest of the list in a vault; empty where there is none, or an export was cut off."""
    if os.path.lexists(folder / BEGUN):
        return ""
    try:
        return sha256((folder / MANIFEST).read_bytes()).hexdigest()
    except OSError:
        return ""


def stamps_of(folder: Path, names: Collection[str]) -> dict[str, str]:
    """Return the stamps of those of these files that are there, by path; none below a link."""
    found, root = {}, os.fspath(folder)
    below = {name.rpartition("/")[0] for name in names} - {""}
    linked = tuple(f"{one}/" for one in below if (folder / one).is_symlink())
    for name in names:
        if not name.startswith(linked):
            try:
                status = os.lstat(f"{root}/{name}")
            except OSError:
                continue
            found[name] = stamp_of(status)
    return found


def differing(before: Mapping[str, str], now: Mapping[str, str]) -> set[str]:
    """Return what has another stamp, or one now or before alone."""
    return {name for name in before.keys() | now.keys() if before.get(name) != now.get(name)}


def inverted(named_in: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Return what is named by each, of pairs of what is named and by which."""
    found: dict[str, list[str]] = {}
    for target, by in named_in:
        found.setdefault(by, []).append(target)
    return found
