"""`papertrail status`: its command line understood, the trail looked into, the line written.

Nothing is written to the trail, nothing asked, and standard output stays empty unless the line is whole: a
prompt is drawn again and again, wherever one is. What a field alone needs is imported for that field, and the
errors, which bring `typing` along, where there is one.
"""

import os
import sqlite3
from collections.abc import Callable, Mapping, Sequence

from papertrail.store.looking import look_into
from papertrail.store.queries import prompt as queries
from papertrail.store.trail_folder import DATABASE, find_folder, is_known, is_trail

TYPE_CHECKING = False
if TYPE_CHECKING:
    from papertrail.domain.errors import PapertrailError

VERB = "status"
USUAL = "{counted}/{target} {due} due"
NONE = "-"  # where there is no goal to tell of


class Asked:
    """The trail that is asked, and the day."""

    def __init__(self, trail: sqlite3.Connection, environ: Mapping[str, str]) -> None:
        self.trail = trail
        self._environ = environ
        self._today = ""

    @property
    def today(self) -> str:
        """The reader's date, ISO."""
        if not self._today and not self._environ.get("PAPERTRAIL_NOW"):
            self._today = queries.today(self.trail)
        elif not self._today:
            from papertrail.domain.clock import clock_from, local_date

            now = clock_from(self._environ).now()
            self._today = local_date(now, queries.day_starts(self.trail)).isoformat()
        return self._today


def _target(asked: Asked) -> str:
    goal = queries.goal(asked.trail)
    return NONE if goal is None else str(goal[0])


def _pace(asked: Asked) -> str:
    from papertrail.prompt.days import pace

    return pace(asked.trail, asked.today) or NONE


def _behind(asked: Asked) -> str:
    from papertrail.prompt.days import behind

    return str(behind(asked.trail, asked.today))


def _streak(asked: Asked) -> str:
    from papertrail.prompt.days import days_in_a_row

    return str(days_in_a_row(asked.trail, asked.today))


FIELDS: dict[str, Callable[[Asked], str]] = {
    "counted": lambda asked: str(queries.counted(asked.trail)),
    "target": _target,
    "owed": lambda asked: str(queries.owed(asked.trail)),
    "due": lambda asked: str(queries.due(asked.trail, asked.today)),
    "queued": lambda asked: str(queries.with_status(asked.trail, "queued")),
    "reading": lambda asked: str(queries.with_status(asked.trail, "reading")),
    "behind": _behind,
    "pace": _pace,
    "streak": _streak,
}
"""What stands in braces, and what it becomes."""


def asked_for(words: Sequence[str]) -> tuple[str | None, str] | None:
    """Return the folder that `--home` names and the format, if a command line asks for this and no more.

    Everything else, `--help` and mistakes too, is understood by click as for every command.
    """
    home, form, is_asked, words = None, USUAL, False, list(words)
    while words:
        word = words.pop(0)
        name, equals, value = word.partition("=")
        if word == VERB and not is_asked:
            is_asked = True
        elif name in ("--home", "--format") and (is_asked or name == "--home") and (equals or words):
            value = value if equals else words.pop(0)
            home, form = (value, form) if name == "--home" else (home, value)
        else:
            return None
    return (home, form) if is_asked and home != "" else None


def status(home: str | None, form: str | None, environ: Mapping[str, str]) -> int:
    """Write the line to standard output, or one to standard error; return the exit code.

    Args:
        home: the value of `--home`; None without.
        form: text with fields in braces; None for all of them as JSON.
        environ: the environment.
    """
    try:
        said = document(home, environ) if form is None else line(home, form, environ)
        said, code, stream = f"{said}\n", 0, 1
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        told = _told(error)
        said, code, stream = f"papertrail: {_cleaned(str(told))}\n", told.exit_code, 2
    try:
        os.write(stream, said.encode("utf-8", "surrogateescape"))
    except OSError as error:
        return 141 if isinstance(error, BrokenPipeError) else 5
    return code


def line(home: str | None, form: str, environ: Mapping[str, str]) -> str:
    """Return what a format becomes.

    Raises:
        BadInput: a field that there is none of, or a brace that stands alone.
        NotFound: there is no trail.
        IncompatibleLibrary: it is of another version.
        StorageError: the trail is not known to its reader, or has no database.
        sqlite3.Error, OSError: it cannot be read.
    """
    parts = _parts(form)
    asked = _looked_into(home, environ)
    return "".join(part if field is None else FIELDS[field](asked) for part, field in parts)


def document(home: str | None, environ: Mapping[str, str]) -> str:
    """Return every field as JSON, what is not known as `null`; errors as of `line`."""
    import json

    asked = _looked_into(home, environ)
    told: dict[str, int | str | None] = {}
    for name, field in FIELDS.items():
        said = field(asked)
        told[name] = int(said) if said.isdecimal() else None if said == NONE else said
    return json.dumps(told)


def _looked_into(home: str | None, environ: Mapping[str, str]) -> Asked:
    folder, _ = find_folder(home, os.getcwd(), environ)
    trail = look_into(os.path.join(folder, DATABASE)) if is_known(folder, environ) else None
    if trail is None:
        raise _why_not(folder, environ)
    return Asked(trail, environ)


def _why_not(folder: str, environ: Mapping[str, str]) -> Exception:
    """Return why a folder's trail is not looked into."""
    from papertrail.domain.errors import IncompatibleLibrary, NotFound, StorageError

    if not is_trail(folder):
        return NotFound(f"there is no trail in {folder}", "make one with: papertrail init")
    if not is_known(folder, environ):
        return StorageError(f"the trail {folder} was never opened here", f"papertrail trust {folder}")
    if not os.path.exists(os.path.join(folder, DATABASE)):
        return StorageError(
            f"the trail {folder} has no database", "papertrail list makes one, or says why not"
        )
    return IncompatibleLibrary(
        "the trail is of another version", "papertrail list brings an older one up to date"
    )


def _parts(form: str) -> list[tuple[str, str | None]]:
    """Return a format in pieces: text, or the name of a field beside it.

    Raises:
        BadInput: a field that there is none of, or a brace that stands alone.
    """
    parts: list[tuple[str, str | None]] = []
    wrong, remedy, at = "", "", 0
    while at < len(form) and not wrong:
        if form[at : at + 2] in ("{{", "}}"):
            parts.append((form[at], None))
            at += 2
        elif form[at] == "{":
            name, closing, _ = form[at + 1 :].partition("}")
            if not closing or name not in FIELDS:
                wrong, remedy = f"no field is called {{{name[:40]}}}", f"there are {', '.join(FIELDS)}"
            parts.append(("", name))
            at += len(name) + 2
        elif form[at] == "}":
            wrong, remedy = "a } stands alone in the format", "}} is one that is meant"
        else:
            parts.append((form[at], None))
            at += 1
    if wrong:
        from papertrail.domain.errors import BadInput

        raise BadInput(wrong, remedy)
    return parts


def _told(error: Exception) -> "PapertrailError":
    from papertrail.domain.errors import Busy, DatabaseDamaged, PapertrailError, StorageError

    if isinstance(error, PapertrailError):
        return error
    if isinstance(error, sqlite3.OperationalError) and "lock" in str(error):
        return Busy("another program keeps the trail locked", "ask again")
    if isinstance(error, sqlite3.Error | ValueError):
        return DatabaseDamaged(f"the database cannot be read ({error})")
    if isinstance(error, OSError):
        return StorageError(f"the trail cannot be read ({error.strerror})")
    return PapertrailError(f"unexpected {type(error).__name__} ({error})")


def _cleaned(text: str) -> str:
    from papertrail.domain.text import clean_line

    return clean_line(text)
