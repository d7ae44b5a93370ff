"""Takes a query apart into marks, each with its place; knows no grammar and takes every text."""

import re
import unicodedata
from typing import Literal, NamedTuple

from papertrail.domain.query.fields import AND_WORD, BY_NAME, NOT_WORD, OR_WORDS, Field
from papertrail.domain.text import clean, fold

QUOTES = '"“”＂'
SIGNS = "-^－"
"""Each before a term excludes it."""
_OPEN, _CLOSE = "(（", ")）"
_NAME = re.compile(r"([^\W\d_][\w-]*)[:：]")


class Mark(NamedTuple):
    """One piece of a query.

    Attributes:
        kind: a bracket, an operator, or a `term`; a sign before a term or bracket is `not`.
        start: where it begins, in characters.
        end: where it ends, not in it.
        text: of a term, or of its value, on one line.
        field: of a term that has one.
        section: the name after `section:`.
        quoted: whether the text stands in quotes.
        open: whether these are not closed.
        signed: whether a sign stands before it.
    """

    kind: Literal["open", "close", "or", "not", "term"]
    start: int
    end: int
    text: str = ""
    field: Field | None = None
    section: str = ""
    quoted: bool = False
    open: bool = False
    signed: bool = False


class _Piece(NamedTuple):
    """A word, or what stands in quotes, up to `end`."""

    end: int
    text: str
    quoted: bool = False
    open: bool = False


def printable(text: str) -> str:
    """Return a text with a blank for each character that a terminal acts upon, so that places stay."""
    return text if text.isprintable() else "".join(clean(sign) or " " for sign in text)


def marks(text: str) -> list[Mark]:
    """Return the marks of a query that is `printable`."""
    found: list[Mark] = []
    place = 0
    while place < len(text):
        sign, after = text[place], text[place + 1 : place + 2]
        if sign.isspace():
            place += 1
            continue
        if sign in _OPEN or sign in _CLOSE:
            found.append(Mark("open" if sign in _OPEN else "close", place, place + 1))
            place += 1
            continue
        signed = bool(found) and found[-1].kind == "not" and found[-1].end == place
        if sign in SIGNS and not signed:
            if not after or after.isspace() or after in _CLOSE:  # a dash between words
                place += 1
                continue
            if after not in SIGNS:
                found.append(Mark("not", place, place + 1))
                place += 1
                continue
        mark = _term(text, place, signed)
        if mark is not None:
            found.append(mark)
        place = mark.end if mark is not None else _word(text, place).end
    return found


def _term(text: str, start: int, signed: bool) -> Mark | None:
    """Return the word, phrase, operator or field that begins here; None of what says nothing."""
    named = _NAME.match(text, start)
    field = BY_NAME.get(_folded(named[1])) if named else None
    if named is None or field is None:
        piece = _piece(text, start)
        if not piece.quoted and not signed:
            if piece.text in OR_WORDS or piece.text == OR_WORDS[0].upper():
                return Mark("or", start, piece.end)
            if piece.text == NOT_WORD:
                return Mark("not", start, piece.end)
            if piece.text == AND_WORD:
                return None
        return Mark("term", start, piece.end, piece.text, None, "", piece.quoted, piece.open, signed)
    piece, section = _piece(text, named.end()), ""
    if field.kind == "section":
        name = piece if piece.quoted else _word(text, named.end(), ":：")
        section, piece = name.text, name._replace(text="", quoted=False)
        if text[name.end : name.end + 1] in (":", "：") and not name.open:
            piece = _piece(text, name.end + 1)
    return Mark("term", start, piece.end, piece.text, field, section, piece.quoted, piece.open, signed)


def _piece(text: str, start: int) -> _Piece:
    """Return the phrase or word that begins here; an empty word where none does."""
    if text[start : start + 1] not in QUOTES or start >= len(text):
        return _word(text, start)
    closing = '"＂' if text[start] in '"＂' else QUOTES
    letters, place = [], start + 1
    while place < len(text):
        if text[place] not in closing:
            letters.append(text[place])
        elif text[place : place + 2] == '""':  # doubled it stands for itself
            letters.append('"')
            place += 1
        else:
            return _Piece(place + 1, " ".join("".join(letters).split()), quoted=True)
        place += 1
    return _Piece(place, " ".join("".join(letters).split()), quoted=True, open=True)


def _word(text: str, start: int, ends: str = "") -> _Piece:
    """Return what stands up to the next blank, or bracket that the word itself has not opened."""
    depth, place = 0, start
    while place < len(text) and not text[place].isspace() and text[place] not in ends:
        if text[place] in _OPEN:
            depth += 1
        elif text[place] in _CLOSE:
            depth -= 1
            if depth < 0:
                break
        place += 1
    return _Piece(place, text[start:place])


def _folded(name: str) -> str:
    """Return the name of a field as the table has it; folding takes none of these apart."""
    return name.lower() if name.isascii() else unicodedata.normalize("NFC", fold(name))
