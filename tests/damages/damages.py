"""Damages files of a trail at random, and looks what doctor finds of it and what can be put back."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from papertrail.domain.errors import PapertrailError
from papertrail.domain.findings import Finding
from papertrail.library import Home, backups, rebuilding, restoring, unopened_library
from papertrail.notebook.history import History
from papertrail.store import journal_copy
from papertrail.store.recorded import OWN_SETTINGS
from tests.damages.reading import COMMANDS, read_all, under_a_screen
from tests.damages.trail import LATER, made_trails
from tests.undo import cases

PAGE = 4096
PLACES = {
    "database": ".papertrail/library.db",
    "log": ".papertrail/library.db-wal",
    "notes": "notes/*.md",
    "history": ".papertrail/history/*/*",
    "seeds": "seeds/papers.csv",
    "template": ".papertrail/template.md",
    "journal copy": ".papertrail/journal.jsonl",
    "backups": ".papertrail/backups/*.zip",
}
"""What is damaged, by what the table calls it."""
TABLES = ("operation", "journal", "change", "announced")
OPERATIONS = {name: f"SELECT * FROM {name} ORDER BY 1" for name in TABLES}  # noqa: S608 our own tables
INDEXES = "SELECT name, tbl_name FROM sqlite_master WHERE type = 'index' AND name GLOB 'ix_*' ORDER BY name"
Model = dict[str, Any]


class Outcome(NamedTuple):
    """What became of one damage.

    Attributes:
        place: which file, as `PLACES` calls it.
        kind: what was done to it.
        where: the path of the file in the trail.
        is_changed: whether anything is otherwise than it was that a reader put in, is shown or relies on.
        told: what doctor says of it; empty for nothing.
        is_remark: whether all of that are remarks.
        after: what the trail is after what doctor tells to do: as it was, as in the newest backup, or lost.
        unread: what is wrong with commands that read it, and with a screen it was damaged under.
    """

    place: str
    kind: str
    where: str
    is_changed: bool
    told: tuple[str, ...] = ()
    is_remark: bool = False
    after: str = ""
    unread: tuple[str, ...] = ()


def flip(path: Path, random: Random) -> None:
    """Change one bit."""
    data = bytearray(path.read_bytes())
    data[random.randrange(len(data))] ^= 1 << random.randrange(8)
    path.write_bytes(data)


def overwrite(path: Path, random: Random) -> None:
    """Change up to 64 bytes that stand together."""
    data = bytearray(path.read_bytes())
    at, length = random.randrange(len(data)), random.randint(2, 64)
    data[at : at + length] = random.randbytes(len(data[at : at + length]))
    path.write_bytes(data)


def cut(path: Path, random: Random) -> None:
    """Take off the end."""
    os.truncate(path, random.randrange(path.stat().st_size))


def zero(path: Path, random: Random) -> None:
    """Make a page nought, or a smaller file's second half."""
    data = bytearray(path.read_bytes())
    if len(data) < 2 * PAGE:
        at, end = len(data) // 2, len(data)
    else:
        at = random.randrange(len(data) // PAGE) * PAGE
        end = at + PAGE
    data[at:end] = bytes(end - at)
    path.write_bytes(data)


BY_A_DISK: dict[str, Callable[[Path, Random], None]] = {
    "a bit": flip,
    "some bytes": overwrite,
    "cut off": cut,
    "a page of nought": zero,
}
"""Damages that leave the time of a file as it was."""
KINDS = (*BY_A_DISK, "an older version", "another file", "gone")


class Campaign:
    """Damages one trail so many times, a copy each time."""

    def __init__(self, folder: Path, *, steps: int, seed: int) -> None:
        self._folder, self._random = folder, Random(seed)
        self._made = made_trails(folder, steps=steps, seed=seed)
        self._sound: dict[Path, Model] = {}
        self._usual: dict[Path, set[Finding]] = {}
        for root in (self._made.now, self._made.logged):
            copy = self._copy(root)
            self._sound[root] = model(copy)
            self._usual[root] = set(_findings(Home(copy)))
            assert not [one for one in self._usual[root] if not one.is_remark], self._usual[root]
        self._backed_up = {path.name: self._model_of(path) for path in _own_backups(Home(self._made.now))}

    def _copy(self, root: Path) -> Path:
        copy = self._folder / "copy"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(root, copy)
        return copy

    def _model_of(self, backup: Path) -> Model:
        folder = self._folder / "of-backup"
        shutil.rmtree(folder, ignore_errors=True)
        restoring.restore_into(backup, folder)
        return _opened_model(Home(folder))

    def damage(self, place: str, kind: str, commands: int | None = None) -> Outcome:
        """Do one damage, read, look, mend, look again.

        Args:
            place: as in `PLACES`.
            kind: one of `KINDS`.
            commands: how many of those that read are tried, and no screen; all, and one, unless given.
        """
        template = self._made.logged if place == "log" else self._made.now
        root, random = self._copy(template), self._random
        path = random.choice(sorted(root.glob(PLACES[place])))
        where = path.relative_to(root).as_posix()
        self._harm(path, where, place, kind)
        sound = self._sound[template]
        if model(root) == sound or (place, kind) == ("backups", "gone"):  # which a reader may remove
            return Outcome(place, kind, where, is_changed=False)
        home = Home(root)
        unread = list(self._read(root, commands))
        if commands is None:
            unread += self._seen(template, place, kind)
        told = [one for one in _findings(home) if one not in self._usual[template]]
        after = self._mended(home, sound, {one.check for one in self._usual[template]})
        words = tuple(f"{one.check}: {one.what}" for one in told)
        is_remark = all(one.is_remark for one in told)
        return Outcome(place, kind, where, True, words, is_remark, after, tuple(unread))

    def _read(self, root: Path, commands: int | None) -> Iterator[str]:
        """Have a copy read: what is noticed there is not noticed where doctor is to find it."""
        copy = self._folder / "read" / "copy"
        shutil.rmtree(copy.parent, ignore_errors=True)
        shutil.copytree(root, copy)
        some = COMMANDS if commands is None else self._random.sample(COMMANDS, commands)
        yield from read_all(Home(copy), some)

    def _seen(self, template: Path, place: str, kind: str) -> Iterator[str]:
        """Do another damage of the kind under an open screen."""
        root = self._folder / "seen"
        shutil.rmtree(root, ignore_errors=True)
        shutil.copytree(template, root)

        def harm() -> None:
            for path in self._random.sample(found, 1) if (found := sorted(root.glob(PLACES[place]))) else ():
                if path.stat().st_size:
                    self._harm(path, path.relative_to(root).as_posix(), place, kind)

        if wrong := under_a_screen(Home(root), self._random, harm):
            yield f"on the screen: {wrong}"

    def _harm(self, path: Path, where: str, place: str, kind: str) -> None:
        status = path.stat()
        if kind in BY_A_DISK:
            BY_A_DISK[kind](path, self._random)
            os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
        elif kind == "gone":
            path.unlink()
        elif kind == "an older version":
            shutil.copy2(self._older(where, place), path)
        else:
            others = [one for one in sorted(path.parent.parent.rglob("*")) if one.is_file() and one != path]
            shutil.copyfile(self._random.choice(others), path)
            os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))

    def _older(self, where: str, place: str) -> Path:
        if place == "log":
            return self._made.shorter_log
        older = self._made.half / where
        if older.exists() and older.read_bytes() != (self._made.now / where).read_bytes():
            return older
        # Of what never changes in its place: a file of its kind that is older.
        return self._random.choice(sorted(self._made.half.glob(PLACES[place])))

    def _mended(self, home: Home, sound: Model, usual: set[str]) -> str:
        """Do what doctor tells to do, then tell what the trail is."""
        with suppress(PapertrailError, sqlite3.Error):
            for _ in range(3):
                if not _follow(home, usual):
                    break
        if _is_as(home, sound):
            return "as it was"
        for backup in _own_backups(home):
            if backup.name not in self._backed_up:
                continue  # made by what was done since
            with suppress(PapertrailError):
                restoring.restore_over(backup, home, LATER)
                if _is_as(home, self._backed_up[backup.name]):
                    return "as in the newest backup"
        return "lost"


def _own_backups(home: Home) -> list[Path]:
    """Return the backups of a trail that are whole, the newest first."""
    return [one.path for one in backups.all_backups(home) if one.trouble == ""]


def _follow(home: Home, usual: set[str]) -> bool:
    """Do what doctor tells to do; return whether more may be to be done."""
    with unopened_library(home, clock=LATER) as library:
        left = library.checks.mend().left
    for one in left:
        if one.is_remark or one.check in usual:
            continue
        words = one.remedy.split()
        if one.remedy == "papertrail rebuild":
            rebuilding.rebuild(home, clock=LATER)
            return True
        with cases.open_trail(home, "cli", LATER) as library:
            if one.remedy == "papertrail note --restore-all":
                library.strays.restore_gone()
            elif one.remedy == "papertrail backup":
                library.backups.make()
            elif words[:2] == ["papertrail", "note"] and words[3] == "--restore":
                library.history.restore(words[2], library.history.find(words[2], words[4]))
    return False


def _findings(home: Home) -> list[Finding]:
    with unopened_library(home, clock=LATER) as library:
        return library.checks.all()


def model(root: Path) -> Model:
    """Return all that a trail tells or relies on, its files as they lie there; nothing of it is opened."""
    home = Home(root)
    told: Model = dict(_rows(home))
    told["notes"] = {path.name: path.read_bytes() for path in home.notes.glob("*")}
    told["history"] = _texts(home)
    for name in (home.seeds, home.private / "template.md"):
        told[name.name] = name.read_bytes() if name.exists() else None
    copy, state = home.journal_copy, None
    with suppress(OSError):
        state = journal_copy.state_of(copy)
    told["journal copy"] = (journal_copy.damaged_lines(copy), state and (state.done, state.op))
    told["backups"] = dict(_backups(home))
    return told


def _rows(home: Home) -> Iterator[tuple[str, object]]:
    if copy := home.root.parent / "looked-at.db":
        for ending in ("", "-wal", "-shm"):
            Path(f"{copy}{ending}").unlink(missing_ok=True)
            with suppress(FileNotFoundError):
                shutil.copyfile(f"{home.database}{ending}", f"{copy}{ending}")
        with closing(sqlite3.connect(copy)) as connection:
            for sql in (*cases.MODEL, *OPERATIONS.values(), *_asked(connection)):
                try:
                    rows = connection.execute(sql).fetchall()
                except (sqlite3.Error, ValueError) as error:
                    rows = [(str(error),)]
                if "FROM setting" in sql:
                    rows = [row for row in rows if row[0] not in OWN_SETTINGS]
                yield sql, rows


def _asked(connection: sqlite3.Connection) -> Iterator[str]:
    """Give what is found by indexes, and by words."""
    with suppress(sqlite3.Error, ValueError):
        for name, table in connection.execute(INDEXES).fetchall():
            yield f'SELECT rowid, * FROM "{table}" INDEXED BY "{name}"'  # noqa: S608
    for number in range(0, 500, 12):
        yield f"SELECT rowid FROM words WHERE words MATCH 'word{number}' ORDER BY rowid"  # noqa: S608


def _texts(home: Home) -> set[tuple[str, str]]:
    """Return the earlier texts that can be given back: key and digest."""
    history = History(home.private)
    folders = (home.private / "history").glob("*")
    return {
        (folder.name, kept.sha256)
        for folder in folders
        for kept in history.all(folder.name)
        if history.get(folder.name, kept.sha256) is not None
    }


def _backups(home: Home) -> Iterator[tuple[str, object]]:
    for path in sorted((home.private / "backups").glob("*.zip")):
        yield path.name, _looked_through(path, sha256(path.read_bytes()).digest())


@cache
def _looked_through(path: Path, _: bytes) -> object:
    try:
        return sorted(backups.check(path).files.items())
    except PapertrailError:
        return None


def _opened_model(home: Home) -> Model:
    cases.open_trail(home, "cli", LATER).close()
    return model(home.root)


def _is_as(home: Home, wanted: Model) -> bool:
    """Tell whether a trail is what it was, but for what mending it added to its journal and history.

    What arXiv announced is not looked at: it is asked for again.
    """
    try:
        found = _opened_model(home)
    except (PapertrailError, sqlite3.Error):
        return False
    same = [*cases.MODEL, "notes", "papers.csv", "template.md"]
    told = (OPERATIONS[name] for name in TABLES if name != "announced")
    done = [set(wanted[sql]) <= set(found[sql]) for sql in told]
    return all(done) and all(found[part] == wanted[part] for part in same)


def damage_often(
    folder: Path, *, times: int, seed: int, steps: int = 160, commands: int | None = None
) -> Iterator[Outcome]:
    """Damage a trail so often, each place and kind in turn, and give what became of each."""
    campaign = Campaign(folder, steps=steps, seed=seed)
    ways = [(place, kind) for kind in KINDS for place in PLACES]
    Random(seed).shuffle(ways)
    for number in range(times):
        yield campaign.damage(*ways[number % len(ways)], commands)


def table(outcomes: Sequence[Outcome]) -> list[str]:
    """Return what was found, by place and then by kind, as lines of Markdown."""
    lines = [
        "| damaged | times | changed something | found by `doctor` | of these as a remark | then as it was"
        " | then as in the newest backup | lost |",
        "| --- | --: | --: | --: | --: | --: | --: | --: |",
    ]
    lines += [_line(place, [one for one in outcomes if one.place == place]) for place in PLACES]
    lines += [_line(kind, [one for one in outcomes if one.kind == kind]) for kind in KINDS]
    return [*lines, _line("all", outcomes)]


def _line(name: str, outcomes: Sequence[Outcome]) -> str:
    changed = [one for one in outcomes if one.is_changed]
    found = [one for one in changed if one.told]
    after = [
        sum(one.after == state for one in changed)
        for state in ("as it was", "as in the newest backup", "lost")
    ]
    remarks = sum(one.is_remark for one in found)
    told = (len(outcomes), len(changed), len(found), remarks, *after)
    return f"| {name} | {' | '.join(map(str, told))} |"
