"""The files beside database and notes: the seeds, who may read them, what was left half-written."""

import os
import shlex
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from stat import S_IMODE
from zlib import crc32

from papertrail.disk.links import way_out
from papertrail.domain.errors import LeadsOut, PapertrailError
from papertrail.domain.findings import Finding
from papertrail.domain.text import clean_line, shorten
from papertrail.library.checks.check import FIX, Check, Look, Needs
from papertrail.library.known_files import digest_of, mark_of
from papertrail.store.queries import settings

SEEDS = "seeds/papers.csv"
TEMPLATE = ".papertrail/template.md"
_KNOWN = {SEEDS: "seeds", TEMPLATE: "template"}
"""The settings that tell what was read last of a file."""
_OTHERS = 0o077
_OWN = 0o700
_DEEPEST = 3  # folders below the private one in which something may be left half-written
_MOST_FOLDERS = 10_000


def _known(look: Look) -> Iterator[Finding]:
    for name in _KNOWN:
        happened = _happened(look, name)
        if happened and _in_backup(look, name) is not None:
            yield Finding("known-files", f"{name} {happened}", name, FIX, is_fixable=True)
        elif happened:
            what = f"{name} {happened}, and no backup has what was read"
            yield Finding("known-files", what, name, "papertrail backup --list")


def _happened(look: Look, name: str) -> str:
    """Return what happened to a file since it was read; empty for nothing, and for what a person does."""
    value = settings.get(look.connection, _KNOWN[name])
    digest, path = digest_of(value), look.trail.home.root / name
    if digest is None:
        return ""
    try:
        data, now = path.read_bytes(), path.stat().st_mtime_ns
    except FileNotFoundError:
        return "is gone"
    then = _time_in(name, mark_of(value))
    if crc32(data) == digest or now > then:
        return ""
    return "has other bytes, though its time is the same" if now == then else "is older than what was read"


def _time_in(name: str, mark: str) -> int:
    parts = mark.split(":")
    return int(parts[0] if name == SEEDS else parts[1])


def _in_backup(look: Look, name: str) -> bytes | None:
    """Return a file as it was read last, from the newest backup that has it."""
    from papertrail.library import backup_file, backups

    digest = digest_of(settings.get(look.connection, _KNOWN[name]))
    for one in backups.all_backups(look.trail.home):
        if one.contents is not None and name in one.contents.files:
            with suppress(PapertrailError), backup_file.opened(one.path) as backup:
                data = backup.read(name)
                if crc32(data) == digest:
                    return data
    return None


def _put_back(look: Look, findings: Sequence[Finding]) -> Iterator[str]:
    from papertrail.disk.whole_file import make_private_folder, write_whole

    for name in [one.where for one in findings]:
        data, path = _in_backup(look, name), look.trail.home.root / name
        if data is None:
            continue
        if os.path.lexists(path):  # what is there may have words of somebody's
            aside = make_private_folder(look.trail.home.private, "damaged")
            path.rename(aside / f"{look.trail.now():%Y%m%d-%H%M%S-%f}-{path.name}")
        path.parent.mkdir(exist_ok=True)
        write_whole(path, data, 0o600 if path.parent == look.trail.home.private else 0o666)
        yield f"{name} is what it was when it was read last"


def _seeds(look: Look) -> Iterator[Finding]:
    from papertrail.sources.seeds_csv import SeedsFile

    path = look.trail.home.seeds
    if not os.path.lexists(path):
        return
    if not path.is_file():
        yield Finding("seeds", f"{SEEDS} is no file", SEEDS, f"ls -l {SEEDS}")
        return
    try:
        file = SeedsFile(path, called=SEEDS)
    except PapertrailError as error:
        yield Finding("seeds", error.cause, SEEDS, f"papertrail seed {SEEDS}")
        return
    for _ in file:
        pass  # what is wrong with its rows is known once they were read
    for problem in file.problems.first:
        yield Finding("seeds", str(problem), SEEDS, f"papertrail seed {SEEDS}")
    if more := file.problems.number - len(file.problems.first):
        yield Finding(
            "seeds", f"{more} more rows cannot be read as they are", SEEDS, f"papertrail seed {SEEDS}"
        )


def _links_out(look: Look) -> Iterator[Finding]:
    home = look.trail.home
    parts = [part for part in (home.notes, home.private) if part.is_symlink()]
    parts += sorted(_links_in(home.private))
    parts += sorted(link for link in _links_in(home.notes) if link.name.endswith(".md"))
    for part in parts:
        if (place := way_out(part, home.root)) is not None:
            error = LeadsOut(str(part.relative_to(home.root)), shorten(clean_line(str(place)), 200))
            where = clean_line(str(part.relative_to(home.root)))
            yield Finding("links", clean_line(error.cause), where, f"ls -l {shlex.quote(where)}")


def _links_in(folder: Path) -> list[Path]:
    """Return the links in a folder; none where that is one itself, or cannot be read."""
    with suppress(OSError):
        if not folder.is_symlink():
            with os.scandir(folder) as entries:
                return [Path(entry.path) for entry in entries if entry.is_symlink()]
    return []


def _permissions(look: Look) -> Iterator[Finding]:
    private = look.trail.home.private
    if os.name != "posix" or not private.is_dir():
        return
    status = private.stat()
    if status.st_uid != os.geteuid():
        what = "the private folder belongs to another user"
        yield Finding("permissions", what, ".papertrail/", "ls -ld .papertrail")
    elif status.st_mode & _OTHERS or status.st_mode & _OWN != _OWN:
        mode = f"{S_IMODE(status.st_mode):04o}"
        whose = "others may look into" if status.st_mode & _OTHERS else "you cannot write in"
        what = f"{whose} the private folder (its mode is {mode})"
        yield Finding("permissions", what, ".papertrail/", FIX, is_fixable=True)
    for path, name in ((look.trail.database.path, "library.db"), (look.trail.home.notes, "notes/")):
        if path.exists() and not os.access(path, os.W_OK):
            what = f"{name} cannot be written"
            where = name if name == "notes/" else f".papertrail/{name}"
            yield Finding("permissions", what, where, f"ls -ld {where}", is_remark=True)


def _make_private(look: Look, _: Sequence[Finding]) -> Iterator[str]:
    look.trail.home.private.chmod(_OWN)
    yield "nobody but you may look into the private folder"


def _left_over(look: Look) -> Iterator[Path]:
    from papertrail.disk.leftovers import leftovers

    home = look.trail.home
    for folder in (home.root, home.notes, home.seeds.parent):
        yield from leftovers(folder)
    for top in (home.export, home.private):
        yield from _left_within(top)


def _left_within(top: Path) -> Iterator[Path]:
    """Give what was left half-written in a folder and those below it; links are left alone."""
    from papertrail.disk.leftovers import left_over_of

    waiting, seen = [] if top.is_symlink() else [(str(top), 0)], 0
    while waiting and seen < _MOST_FOLDERS:
        folder, depth = waiting.pop()
        seen += 1
        with suppress(OSError), os.scandir(folder) as entries:
            there = list(entries)
            yield from left_over_of(there)
            if depth < _DEEPEST:
                waiting += [(entry.path, depth + 1) for entry in there if entry.is_dir(follow_symlinks=False)]


def _leftovers(look: Look) -> Iterator[Finding]:
    root = look.trail.home.root
    for path in _left_over(look):
        where = path.relative_to(root).as_posix()
        what = "what a program wrote that was ended before it was done"
        yield Finding("leftovers", what, where, FIX, is_remark=True, is_fixable=True)


def _sweep(look: Look, _: Sequence[Finding]) -> Iterator[str]:
    from papertrail.disk.leftovers import remove_leftover

    for path in list(_left_over(look)):
        remove_leftover(path)
        yield f"{shlex.quote(path.name)} is removed"


CHECKS = (
    Check(
        "known-files",
        "seeds file and template against what was read of them last",
        "what a disk changed in them would be taken for yours",
        _known,
        Needs.SCHEMA,
        _put_back,
    ),
    Check(
        "seeds",
        "rows of the seeds file that cannot be read",
        "papers in them are not in the trail",
        _seeds,
    ),
    Check(
        "links",
        "notes, and parts of the private folder, that are links out of the trail",
        "what a link leads to is shown, and nothing is written there",
        _links_out,
    ),
    Check(
        "permissions",
        "whether the private folder is yours alone, and can be written",
        "drafts, history and journal are nobody else's business",
        _permissions,
        mend=_make_private,
        is_before_backup=True,
    ),
    Check(
        "leftovers",
        "what programs that were ended have left half-written",
        "it takes room, and is read by nobody",
        _leftovers,
        mend=_sweep,
    ),
)
