"""All checks, and how they are gone through: nothing is changed by looking, and nothing stops it."""

import sqlite3
from collections.abc import Iterator, Sequence

from papertrail.domain.backups import Why
from papertrail.domain.errors import BadInput, DatabaseDamaged, PapertrailError, StorageError
from papertrail.domain.findings import AboutCheck, Finding, Mended
from papertrail.domain.text import clean_line, shorten
from papertrail.library.checks import copies, database, files, machine, notes
from papertrail.library.checks.beside import beside
from papertrail.library.checks.check import DATABASE, Check, Look, Needs, State
from papertrail.library.checks.writing import Obstacle, true_there
from papertrail.library.open_trail import OpenTrail

GROUPS: tuple[tuple[str, tuple[Check, ...]], ...] = (
    ("database", database.CHECKS),
    ("notes", notes.CHECKS),
    ("files", files.CHECKS),
    ("backups", copies.CHECKS),
    ("machine", machine.CHECKS),
)
"""What is looked at, in this order: whether the database is whole is known before it is asked."""


class Checks:
    """Looks at the trail, and mends what can be mended.

    The database may be gone or damaged: then the checks that need none look all the same.
    """

    def __init__(self, trail: OpenTrail) -> None:
        self._trail = trail

    def known(self) -> list[AboutCheck]:
        """Return what each check is about, in order."""
        return [
            AboutCheck(check.name, group, check.asks, check.why, check.mend is not None)
            for group, checks in GROUPS
            for check in checks
        ]

    def all(self, names: Sequence[str] = ()) -> list[Finding]:
        """Return what the checks find; nothing is changed.

        Args:
            names: of the checks; all of them unless given.

        Raises:
            BadInput: there is no check of such a name.
        """
        chosen = _chosen(names)
        looks = self._found_alone if names or self._trail.database.is_open else self._found_by_two
        return list(true_there(*looks(chosen)))

    def _found_alone(self, checks: Sequence[Check]) -> "tuple[list[Finding], Obstacle | None]":
        look = Look(self._trail)
        return [finding for check in checks for finding in _found(check, look)], look.obstacle

    def _found_by_two(self, checks: Sequence[Check]) -> "tuple[list[Finding], Obstacle | None]":
        """Look at the database here and at all else beside, which takes as long; both open the database.

        What the others make of a database depends on whether it is damaged: then they look once more.
        """
        here = [check for check in checks if check in database.CHECKS]
        others = [check for check in checks if check not in here]
        with beside(lambda: self._found_alone(others)[0]) as outcome:
            look = Look(self._trail)
            found = [finding for check in here for finding in _found(check, look)]
            told = outcome() if look.state is State.OPEN and not look.is_damaged else None
        if told is None:
            told = [finding for check in others for finding in _found(check, look)]
        return found + told, look.obstacle

    def mend(self, names: Sequence[str] = ()) -> Mended:
        """Do what can be done about what is found, after a backup; a fix that writes rows is one operation.

        Raises:
            BadInput: there is no check of such a name.
            StorageError: nothing can be written, or no backup could be made; nothing has been changed.
        """
        look = Look(self._trail)
        if look.obstacle is not None:
            raise StorageError(*look.obstacle)
        found = {check: _found(check, look) for check in _chosen(names)}
        if not any(one.is_fixable for findings in found.values() for one in findings):
            return Mended("", (), (), tuple(one for findings in found.values() for one in findings))
        done: list[tuple[str, str]] = []
        failed: list[tuple[str, str]] = []
        backup = ""
        for check, findings in sorted(found.items(), key=lambda one: not one[0].is_before_backup):
            if not backup and not check.is_before_backup:
                backup = self._back_up(look)
            fixable = [one for one in findings if one.is_fixable]
            if not fixable or check.mend is None or (not backup and check.needs is not Needs.FILES):
                continue
            try:
                done += [(check.name, words) for words in check.mend(Look(self._trail), fixable)]
            except (PapertrailError, sqlite3.Error, OSError) as error:
                failed.append((check.name, str(error)))
        left = self.all(names)
        told = {name for name, _ in failed}
        failed += [
            (one.check, f"is still so: {one.what}")
            for one in left
            if one.is_fixable and one.check not in told
        ]
        return Mended(backup, tuple(done), tuple(failed), tuple(left))

    def _back_up(self, look: Look) -> str:
        """Copy the trail before anything is changed; return where the copy is.

        A database that cannot be read cannot be copied: then nothing is done that would write to it.
        """
        if not look.can(Needs.DATABASE) or look.is_damaged:
            return ""
        from papertrail.library.backups import Backups

        made = Backups(self._trail, look.indexed).make(Why.BEFORE_FIX)
        return made.path.relative_to(self._trail.home.root).as_posix()


def _chosen(names: Sequence[str]) -> list[Check]:
    checks = [check for _, group in GROUPS for check in group]
    known = {check.name for check in checks}
    for name in names:
        if name not in known:
            raise BadInput(
                f"there is no check {shorten(clean_line(name), 40)}", "see: papertrail doctor --list-checks"
            )
    return [check for check in checks if not names or check.name in names]


def _found(check: Check, look: Look) -> list[Finding]:
    """Return what a check finds; also that it cannot look, unless the database is known to be bad."""
    return list(_looked(check, look)) if look.can(check.needs) else []


def _looked(check: Check, look: Look) -> Iterator[Finding]:
    try:
        yield from check.look(look)
    except (PapertrailError, sqlite3.Error, OSError, ValueError) as error:
        if not (look.is_damaged and isinstance(error, (sqlite3.Error, DatabaseDamaged))):
            what = f"it cannot be looked at: {error}"
            yield Finding(check.name, what, DATABASE, f"papertrail doctor --check {check.name}")
