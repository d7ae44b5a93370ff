"""What each kind of argument is completed to: one table, from kind to where the words come from."""

import os
import sqlite3
from collections.abc import Callable, Iterable, Mapping

from papertrail.store.looking import look_into
from papertrail.store.queries import completion as queries
from papertrail.store.trail_folder import DATABASE, find_folder, is_known

MOST = 100  # of one kind at a time: two screens
MOST_NAMES = 1_000  # lineages among which is looked
MOST_NOTES = 20  # from which sections are told

Found = tuple[str, str]
"""What may be put in, and what is told of it."""


class Asked:
    """What is asked for.

    Attributes:
        start: what is typed already of the word.
        before: the arguments before it.
        home: the value of `--home`; None without.
        environ: the environment.
    """

    def __init__(self, start: str, before: list[str], home: str | None, environ: Mapping[str, str]) -> None:
        self.start = start
        self.before = before
        self.home = home
        self.environ = environ

    def trail(self) -> sqlite3.Connection | None:
        """Open the trail's database to look; None where there is none, or none that the reader knows.

        Raises:
            sqlite3.Error, OSError: it cannot be read.
        """
        folder, _ = find_folder(self.home, os.getcwd(), self.environ)
        return look_into(os.path.join(folder, DATABASE)) if is_known(folder, self.environ) else None


def _keys(asked: Asked, trail: sqlite3.Connection) -> Iterable[Found]:
    for key, title, now in queries.keys(trail, asked.start.lower(), MOST):
        if key not in asked.before:
            yield key, f"now {now}" if now else title


def _named(names: Iterable[str], start: str) -> Iterable[Found]:
    """Yield the names that begin so, case and accents ignored, each once."""
    folded = _folded(start)
    return [(name, "") for name in dict.fromkeys(names) if _folded(name).startswith(folded)]


def _folded(text: str) -> str:
    if text.isascii():  # as nearly all are: nothing has to be imported
        return text.casefold()
    from papertrail.domain.text import fold

    return fold(text) + " " * (len(text) - len(text.rstrip(" ")))


def _lineages(asked: Asked, trail: sqlite3.Connection) -> Iterable[Found]:
    return _named(queries.lineages(trail, MOST_NAMES), asked.start)


def _lineages_or_all(asked: Asked, trail: sqlite3.Connection) -> Iterable[Found]:
    return [*_lineages(asked, trail), *_named(["all"], asked.start)]


def _announced(asked: Asked, trail: sqlite3.Connection) -> Iterable[Found]:
    return [row for row in queries.announced(trail, asked.start, MOST) if row[0] not in asked.before]


def _watched(asked: Asked, trail: sqlite3.Connection) -> Iterable[Found]:
    return [one for one in _named(queries.watched(trail, MOST), asked.start) if one[0] not in asked.before]


def _sections(asked: Asked, trail: sqlite3.Connection) -> Iterable[Found]:
    return _named(queries.sections(trail, MOST_NOTES), asked.start)


def _tags(asked: Asked, trail: sqlite3.Connection) -> Iterable[Found]:
    return _named(queries.tags(trail, MOST_NAMES), asked.start)


def _keys_or_tags(asked: Asked, trail: sqlite3.Connection) -> Iterable[Found]:
    """Give keys, behind a `+` the tags there are, behind a minus those that the papers named before have."""
    sign = asked.start[:1]
    if sign not in ("+", "-", "^"):
        return _keys(asked, trail)
    if sign == "+":
        names = queries.tags(trail, MOST_NAMES)
    else:
        names = queries.tags_of(trail, asked.before[:MOST_NAMES], MOST_NAMES)
    return _alike([(sign + name, "") for name, _ in _named(names, asked.start[1:])], asked.start)


def _alike(words: list[Found], start: str) -> list[Found]:
    """Return those spelled as typed, else as the first one: shells put in what all have in common.

    With `-Trees` beside `-trees` that would be a minus alone, and less than was typed.
    """
    spelled = start if any(word.startswith(start) for word, _ in words) else words[0][0] if words else ""
    return [one for one in words if one[0].startswith(spelled[: len(start)])]


def _views(asked: Asked, trail: sqlite3.Connection) -> Iterable[Found]:
    return _named(queries.views(trail, MOST_NAMES), asked.start)


IN_TRAIL: dict[str, Callable[[Asked, sqlite3.Connection], Iterable[Found]]] = {
    "key": _keys,
    "lineage": _lineages,
    "lineage-or-all": _lineages_or_all,
    "announced": _announced,
    "watched": _watched,
    "section": _sections,
    "tag": _tags,
    "key-or-tag": _keys_or_tags,
    "view": _views,
}
"""Kinds whose words stand in the trail."""

WORDS: dict[str, tuple[str, ...]] = {
    "status": ("unread", "queued", "reading", "read", "dropped"),
    "format": ("table", "markdown", "csv", "json"),
    "given": (
        *("markdown", "md", "html", "book", "obsidian", "anki", "bibtex", "biblatex", "ris", "csl-json"),
        *("csv", "jsonl", "ics"),
    ),
    "read-as": (
        *("bibtex", "ris", "csl-json", "zotero-csv", "csv", "ids", "history", "jsonl", "papis", "cobib"),
        "markdown",
    ),
    "way": ("catch-up", "rebalance", "extend"),
    "counts": ("noted", "read"),
    "whose": ("mine", "theirs", "both"),
    "shell": ("bash", "zsh", "fish"),
    "day": ("today",),
    "depth": ("all",),
    "setting": (
        "next-depth",
        "day-starts",
        "offline",
        "inbox-days",
        "tell-minutes",
        "theme",
        "list-columns",
        "list-sort",
        "review-retention",
        "review-minutes",
        "review-new",
        "review-ready-by",
        "guess",
        "backup-daily",
        "backup-size",
        "export-obsidian",
    ),
    "fact": (
        "title=", "authors=", "year=", "venue=", "doi=", "arxiv=", "abstract=",
        "code=", "translation=", "talk=", "blog=", "page=",
    ),
    "flag": ("owed", "counted"),
    "answer": ("yes", "no"),
    "thing": ("note", "abstract", "pdf", "tag", "lineage", "rating", "arxiv", "doi"),
    "order": ("relevance", "year", "title", "key", "status", "added", "read", "words", "rating", "venue"),
}  # fmt: skip
"""Kinds of which there are always the same."""

SETTING_VALUES = {
    "offline": ("on", "off"),
    "guess": ("on", "off"),
    "backup-daily": ("on", "off"),
    "theme": ("dark", "light", "contrast", "terminal"),
    "next-depth": ("all",),
}

QUERY_FIELDS: dict[str, str] = {
    "title": "text", "author": "text", "venue": "text", "key": "key", "arxiv": "text", "doi": "text",
    "abstract": "text", "note": "text", "section": "text", "lineage": "lineage", "tag": "tag",
    "status": "status", "is": "flag", "explains": "answer", "has": "thing", "year": "text", "words": "text",
    "rating": "text", "added": "text", "read": "text", "sort": "order",
}  # fmt: skip
"""Fields of queries, each with the kind of its values."""

IN_FOLDERS = {"file", "folder"}
"""Kinds that the shell itself knows best."""

TAKE_MINUS = {"query", "key-or-tag"}
"""Kinds whose words may begin with a minus, which is no option's then."""

FREE = {"text", ""}
"""Kinds of which nothing can be known."""


def found(kind: str, asked: Asked) -> Iterable[Found]:
    """Return what begins as typed, of this kind; nothing where the trail cannot be read."""
    if kind == "value":
        return _named(SETTING_VALUES.get(asked.before[-1] if asked.before else "", ()), asked.start)
    if kind == "query":
        return _terms(asked)
    if kind in WORDS:
        return _named(WORDS[kind], asked.start)
    if kind not in IN_TRAIL:
        return []
    trail = asked.trail()
    if trail is None:
        return []
    try:
        return list(IN_TRAIL[kind](asked, trail))
    finally:
        trail.close()


def _terms(asked: Asked) -> Iterable[Found]:
    """Return what a term of a query may become: a field, or a value of one.

    A name of several words stands in quotation marks of the query's own, which are there once it is chosen.
    """
    before, start = _last_term(asked.start)
    sign = start[:1] if start.startswith(("^", "-")) else ""
    if asked.start == "-":
        return []  # an option, much rather
    sign, start = before + sign, start[len(sign) :]
    field, colon, value = start.partition(":")
    if not colon:
        names = [*(f"{name}:" for name in QUERY_FIELDS), *WORDS["flag"]]
        return [(sign + name, told) for name, told in _named(names, field)]
    falling = "-" if field == "sort" and value.startswith("-") else ""
    quote = '"' if value.startswith('"') else ""
    start = value.removeprefix(falling or quote)
    within = Asked(start, [], asked.home, asked.environ)
    terms = []
    for name, told in found(QUERY_FIELDS.get(field, ""), within):
        if '"' not in name:
            mark = '"' if quote or not name.isalnum() else ""
            stars = name[len(name.rstrip("*")) :]  # doubled, as one alone means that the name goes on
            terms.append((f"{sign}{field}:{falling}{mark}{name}{stars}{mark}", told))
    return terms


def _last_term(text: str) -> tuple[str, str]:
    """Return what stands before the last term of a query, and that term: several may be one argument."""
    start, is_quoted = 0, False
    for place, sign in enumerate(text):
        if sign == '"':
            is_quoted = not is_quoted
        elif sign in " (" and not is_quoted:
            start = place + 1
    return text[:start], text[start:]
