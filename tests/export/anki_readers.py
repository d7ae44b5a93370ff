"""Two that read cards: one by the header lines that Anki's manual documents, and Anki's own importer."""

from collections.abc import Callable
from html.parser import HTMLParser
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple, Protocol


class Outcome(NamedTuple):
    """What an import did."""

    new: int = 0
    updated: int = 0
    same: int = 0


class Note(NamedTuple):
    """One note of a collection."""

    front: str
    back: str
    deck: str
    tags: frozenset[str]


class Collection(Protocol):
    """What cards are imported into."""

    def take(self, path: Path) -> Outcome:
        """Import a file."""

    def notes(self) -> dict[str, Note]:
        """Return the notes by guid."""


class Documented:
    """Reads the file by https://docs.ankiweb.net/importing/text-files.html alone."""

    def __init__(self) -> None:
        self._notes: dict[str, Note] = {}

    def notes(self) -> dict[str, Note]:
        """Return the notes by guid."""
        return dict(self._notes)

    def take(self, path: Path) -> Outcome:
        """Import a file: a guid that is known has its fields and tags replaced, and stays in its deck."""
        header, rows = parsed(path.read_text(encoding="utf-8"))
        guid, deck, tags = (int(header[f"{name} column"]) - 1 for name in ("guid", "deck", "tags"))
        assert (header["separator"], header["html"], header["notetype"]) == ("Tab", "true", "Basic")
        outcome = Outcome()
        for row in rows:
            front, back = (field for n, field in enumerate(row) if n not in (guid, deck, tags))
            known = self._notes.get(row[guid])
            note = Note(front, back, known.deck if known else row[deck], frozenset(row[tags].split()))
            self._notes[row[guid]] = note
            outcome = Outcome(
                outcome.new + (known is None),
                outcome.updated + (known is not None and known != note),
                outcome.same + (known == note),
            )
        return outcome


def parsed(text: str) -> tuple[dict[str, str], list[list[str]]]:
    """Return header lines and rows; a field may be quoted, a row that begins with `#` is a comment."""
    header: dict[str, str] = {}
    while text.startswith("#") and ":" in text.partition("\n")[0]:
        first, _, text = text.partition("\n")
        name, _, value = first[1:].partition(":")
        header[name] = value
    rows, row, field, quoted, at = [], [""][:0], "", False, 0
    begun = False
    while at < len(text):
        sign = text[at]
        if quoted:
            if sign == '"' and text[at + 1 : at + 2] == '"':
                field, at = field + '"', at + 1
            elif sign == '"':
                quoted = False
            else:
                field += sign
        elif sign == '"' and not begun:
            quoted = begun = True
        elif sign in "\t\n":
            row.append(field)
            field, begun = "", False
            if sign == "\n":
                if not row[0].startswith("#"):
                    rows.append(row)
                row = []
        else:
            field, begun = field + sign, True
        at += 1
    assert not (quoted or row or field), "the file ends within a row"
    return header, rows


class Importer:
    """Anki itself."""

    def __init__(self, folder: Path) -> None:
        self._anki: Any = import_module("anki.collection")
        self._messages: Any = import_module("anki.import_export_pb2")
        self._path = str(folder / "collection.anki2")

    def _opened(self) -> Any:
        return self._anki.Collection(self._path)

    def notes(self) -> dict[str, Note]:
        """Return the notes by guid."""
        collection = self._opened()
        try:
            found = {}
            for id_ in collection.find_notes(""):
                note = collection.get_note(id_)
                front, back = note.fields
                (card,) = note.cards()
                found[note.guid] = Note(front, back, collection.decks.name(card.did), frozenset(note.tags))
            return found
        finally:
            collection.close()

    def take(self, path: Path) -> Outcome:
        """Import a file as its dialog does when nothing is changed in it."""
        collection = self._opened()
        try:
            meta = collection.get_csv_metadata(str(path), None)
            log = collection.import_csv(self._messages.ImportCsvRequest(path=str(path), metadata=meta)).log
            other = (
                log.conflicting,
                log.first_field_match,
                log.missing_notetype,
                log.missing_deck,
                log.empty_first_field,
            )
            assert not any(other), other
            return Outcome(len(log.new), len(log.updated), len(log.duplicate))
        finally:
            collection.close()


def _documented(_: Path) -> Collection:
    return Documented()


READERS: dict[str, Callable[[Path], Collection]] = {"documented": _documented}
"""Anki's own importer is among them wherever it could be installed."""
if find_spec("anki") and find_spec("anki.collection"):
    READERS["anki"] = Importer


class Shown(HTMLParser):
    """What HTML shows, and the tags that it has."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.tags: set[str] = set()
        self.attributes: set[tuple[str, str]] = set()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update((name, value or "") for name, value in attrs)

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(f"a declaration: {decl}")
