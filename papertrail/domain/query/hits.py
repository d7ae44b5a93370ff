"""Where a query's words stand in a paper: the line that tells most, and what to mark in it.

Folding changes how long a text is, so words are found in the folded text and marked in the one that is shown.
"""

import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import Literal, NamedTuple, TypeAlias

from papertrail.domain.query.tree import Group, Node, Query, Text, joined
from papertrail.domain.query.words import FEWEST_LETTERS, MOST_LETTERS, pattern, words
from papertrail.domain.text import clean_line, fold

Where: TypeAlias = Literal["key", "title", "author", "tag", "venue", "note", "abstract"]
Span: TypeAlias = tuple[int, int]
"""First character, and the one after the last."""

_WITH_PARTS = ("key", "title", "author", "venue")
"""Where any part of a word is found, not only its beginning."""
_FRONT_MATTER = "---"
_ELLIPSIS = "…"
_FEWEST_CELLS = 4
_PART = 12  # letters of a word in part, at most, that are left out at a cut


class Texts(NamedTuple):
    """What of a paper can be shown as a hit; a note as its file has it, or its own words alone."""

    key: str
    title: str
    authors: Sequence[str] = ()
    tags: Sequence[str] = ()
    venue: str = ""
    abstract: str = ""
    note: str = ""


class Hit(NamedTuple):
    """A line in which words stand that were asked for.

    Attributes:
        where: what it is a line of.
        line: clean, perhaps cut to both sides of the first marked word.
        spans: what to mark in `line`, in order, none within another.
        number: of the line in the note, from 1; 0 elsewhere.
    """

    where: Where
    line: str
    spans: tuple[Span, ...]
    number: int = 0

    def pieces(self) -> Iterator[tuple[str, bool]]:
        """Give the line in pieces, each with whether it is to be marked."""
        return pieces(self.line, self.spans)


class Term(NamedTuple):
    """Words that are to stand one after another; unless `whole` the last may go on."""

    field: str
    section: str
    words: tuple[str, ...]
    whole: bool

    def may_stand_in(self, where: Where) -> bool:
        """Return whether such a text is asked for these words."""
        return self.field in ("", where) or (self.field == "section" and where == "note")


def terms(query: Query) -> list[Term]:
    """Return the words that the papers found have, or some of them; none of those they must not have."""
    return [*_terms_of(query.where)]


@lru_cache(maxsize=16)  # a query is asked of each line
def _terms_of(where: Node | None) -> tuple[Term, ...]:
    return tuple(dict.fromkeys(_terms(where)))


def _terms(node: Node | None) -> Iterator[Term]:
    if isinstance(node, Group):
        yield from chain.from_iterable(map(_terms, node.parts))
    elif isinstance(node, Text) and node.field != "lineage" and (wanted := tuple(words(node.text))):
        yield Term(node.field, node.section, wanted, node.whole)


def find(query: Query, texts: Texts, cells: int) -> Hit | None:
    """Return the line that holds most of the words; None where none of them stands in a line of a paper.

    Every list shows key and title: these are the hit only where they hold all that stands anywhere. Of lines
    that hold as many, one of the note goes before the abstract.

    Args:
        query: what is asked for.
        texts: the paper's.
        cells: how wide the line may be; a wide character takes two.
    """
    wanted = terms(query)
    if not wanted:
        return None
    title, key = _Line("title", texts.title), _Line("key", texts.key)
    in_title = [term for term in wanted if title.holds(term)]
    shown = {*in_title, *(term for term in wanted if key.holds(term))}
    best, most = title, (0, len(in_title))
    if not most[1] and key.spans(wanted):
        best = key
    for line in _lines(texts, wanted) if len(shown) < len(wanted) else ():
        held = [term for term in wanted if line.holds(term)]
        weight = len([term for term in held if term not in shown]), len(held)
        if weight[0] and weight > most:
            best, most = line, weight
        if len(held) == len(wanted):
            break  # none holds more
    spans = best.spans(wanted)
    return Hit(best.where, *cut(best.text, spans, cells), best.number) if spans else None


def standing_in(node: Node, fields: Sequence[str]) -> Node:
    """Return a tree of which the words without a field stand in any of these; what is excluded stays."""
    if isinstance(node, Group):
        return joined(node.kind, [standing_in(part, fields) for part in node.parts]) or node
    if isinstance(node, Text) and not node.field:
        return joined("any", [node._replace(field=field) for field in fields]) or node
    return node


def place(line: str, query: Query, note: str) -> tuple[int, int] | None:
    """Return row and column, from 0, of the first marked word of a hit in the text of a note.

    Args:
        line: that was shown, whole; in the file it may begin with a bullet, or have changed since.
        query: what was asked for.
        note: the file's text, or what an editor has of it.
    """
    rows = note.split("\n")
    row = next((number for number, text in enumerate(rows) if line and line in clean_line(text)), None)
    if row is None:
        hit = find(_only_in_note(query), Texts("", "", note=note), sys.maxsize)
        if hit is None:
            return None
        row = hit.number - 1
    spans = mark(query, "note", clean_line(rows[row]))
    first = clean_line(rows[row])[slice(*spans[0])] if spans else ""
    return row, max(rows[row].find(first), 0)


def _only_in_note(query: Query) -> Query:
    return query if query.where is None else Query(standing_in(query.where, ["note"]))


def mark(query: Query, where: Where, text: str) -> tuple[Span, ...]:
    """Return what to mark in a clean line that is shown anyway, such as a title."""
    return _Line(where, text).spans(terms(query))


def in_sight(query: Query, key: str, title: str) -> tuple[tuple[Span, ...], bool]:
    """Return what to mark in a paper's title, and whether title and key, which lists show, have all words."""
    wanted = terms(query)
    shown = _Line("title", title), _Line("key", key)
    return shown[0].spans(wanted), all(any(line.holds(term) for line in shown) for term in wanted)


def holds_all(wanted: Iterable[Term], name: str) -> bool:
    """Return whether all words stand in a name, in any part of its words."""
    line = _Line("title", name)
    return all(line.holds(term) for term in wanted)


def pieces(line: str, spans: Iterable[Span]) -> Iterator[tuple[str, bool]]:
    """Give a line in pieces that are not empty, each with whether it is to be marked."""
    at = 0
    for start, end in spans:
        if start > at:
            yield line[at:start], False
        yield line[start:end], True
        at = end
    if at < len(line):
        yield line[at:], False


def cut(line: str, spans: Sequence[Span], cells: int) -> tuple[str, tuple[Span, ...]]:
    """Return a line in at most so many cells, with its spans: from its beginning, or round the first one."""
    if cells >= 2 * len(line):  # however wide its letters are
        return line, tuple(spans)
    widths = [*map(_width, line)]
    if sum(widths) <= cells:
        return line, tuple(spans)
    if cells < _FEWEST_CELLS:
        return _ELLIPSIS * (cells > 0), ()
    start = first = spans[0][0] if spans else 0
    if not spans or sum(widths[: spans[0][1]]) <= cells * 3 // 4:
        start = first = 0  # it is in sight as it is
    before = max(cells // 3, cells - 1 - sum(widths[first:]))  # what comes after tells more than what came
    while start > 0 and widths[start - 1] < before:
        start -= 1
        before -= widths[start]
    if start > 0 and (blank := line.find(" ", start, min(first - 1, start + _PART))) >= 0:
        start = blank + 1
    while start < first and not widths[start]:
        start += 1
    end, room = start, cells - (start > 0)
    if sum(widths[start:]) <= room:
        end = len(line)
    while end < len(line) and widths[end] < room:
        room -= widths[end]
        end += 1
    end = end if end == len(line) else start + len(line[start:end].rstrip())
    opening, closing = _ELLIPSIS * (start > 0), _ELLIPSIS * (end < len(line))
    kept = ((max(a, start), min(b, end)) for a, b in spans)
    off = len(opening) - start
    return f"{opening}{line[start:end]}{closing}", tuple((a + off, b + off) for a, b in kept if a < b)


def _width(character: str) -> int:
    """Return how many cells a character takes."""
    if character.isascii():
        return 1
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _lines(texts: Texts, wanted: Sequence[Term]) -> "Iterator[_Line]":
    """Give the lines besides key and title in which words may stand."""
    yield _Line("author", ", ".join(texts.authors))
    yield _Line("tag", ", ".join(texts.tags))
    yield _Line("venue", texts.venue)
    if texts.note and (in_note := [term for term in wanted if term.may_stand_in("note")]):
        yield from _note_lines(texts.note, in_note)
    yield _Line("abstract", texts.abstract)


def _note_lines(note: str, wanted: Sequence[Term]) -> "Iterator[_Line]":
    """Give the lines of a note in which words may begin, without folding each for good."""
    lines = note.split("\n")
    heading = ""
    for number in range(_front_matter(lines), len(lines)):
        text = lines[number]
        if text.startswith("## "):
            heading = fold(text[3:])
        folded = text.translate(_FOLDS)
        if not folded.isascii():
            folded = unicodedata.normalize("NFC", folded)
        if any(term.words[0] in folded for term in wanted):
            yield _Line("note", text, number + 1, heading, lines[number + 1 :])


def _front_matter(lines: Sequence[str]) -> int:
    """Return how many lines there are before what the reader wrote."""
    if lines[0].rstrip() == _FRONT_MATTER:
        for number in range(1, len(lines)):
            if lines[number].rstrip() == _FRONT_MATTER:
                return number + 1
    return 0


class _Line:
    """A line, clean, with the words in it.

    Args:
        where: what it is a line of.
        text: as it stands there.
        number: of the line in the note, from 1.
        heading: of the section of the note it stands in, folded.
        follows: the lines after it, where phrases may go on.
    """

    def __init__(
        self, where: Where, text: str, number: int = 0, heading: str = "", follows: Sequence[str] = ()
    ) -> None:
        self.where = where
        self.text = clean_line(text)
        self.number = number
        self._heading = heading
        self._follows = follows
        self._folded: _Folded | None = None

    def spans(self, wanted: Iterable[Term]) -> tuple[Span, ...]:
        """Return what to mark for some terms, in order, none within another."""
        return _apart(chain.from_iterable(map(self._places, wanted)))

    def holds(self, term: Term) -> bool:
        """Tell whether there is anything to mark for a term."""
        return next(self._places(term), None) is not None

    def _places(self, term: Term) -> Iterator[Span]:
        if self.text and term.may_stand_in(self.where) and self._is_in(term.section):
            self._folded = self._folded or _Folded(self.text)
            yield from self._folded.spans(term, self._after, self.where in _WITH_PARTS)

    def _is_in(self, section: str) -> bool:
        return not section or self._heading.startswith(fold(section))

    def _after(self, number: int) -> list[str]:
        """Return so many of the words after this line."""
        found: list[str] = []
        for line in self._follows:
            found += words(line)
            if len(found) >= number:
                break
        return found[:number]


class _Folded:
    """The words of a text, with the characters of the text that each letter of them comes from."""

    def __init__(self, text: str) -> None:
        self._parts: Sequence[str] = text
        self._begins: Sequence[int] = range(len(text))
        self._ends: Sequence[int] = range(1, len(text) + 1)
        self._letters = text.lower()
        if not text.isascii():
            self._parts = [_FOLDS[ord(sign)] for sign in text]
            letters = "".join(self._parts)
            begins = [at for at, part in enumerate(self._parts) for _ in part]
            ends = [at + 1 for at in begins]
            if not letters.isascii() and not unicodedata.is_normalized("NFC", letters):
                letters, begins, ends = _composed(letters, begins, ends)
            self._letters, self._begins, self._ends = letters, begins, ends
        self._words: list[str] = []  # found when the letters of one are there
        self._places: list[int] = []

    def spans(self, term: Term, after: Callable[[int], list[str]], with_parts: bool) -> Iterator[Span]:
        """Give the places of a term's words.

        Args:
            term: what is sought.
            after: gives so many of the words that come after the text.
            with_parts: whether a part of a word will do.
        """
        *first, last = term.words
        if term.words[0] not in self._letters:
            return
        if not self._words:
            found = [*pattern(self._letters).finditer(self._letters)]
            self._words = [word[0] for word in found]
            self._places = [word.start() for word in found]
        for at, word in enumerate(self._words):
            if first and word == first[0] and (length := self._length(at, term, after)):
                yield self._span(at, at + length - 1, None if term.whole else last)
            elif not first and (word == last if term.whole else word.startswith(last)):
                yield self._span(at, at, last)
            elif not first and with_parts and not (term.field or term.whole) and len(last) >= FEWEST_LETTERS:
                inside = word.find(last, 1, MOST_LETTERS)
                if inside > 0:
                    yield self._span(at, at, last, inside)

    def _length(self, at: int, term: Term, after: Callable[[int], list[str]]) -> int:
        """Return how many of a phrase's words stand here from `at` on; 0 where it is another."""
        *first, last = term.words
        there = self._words[at : at + len(term.words)]
        here = len(there)
        if here < len(term.words):
            if there != first[:here]:
                return 0
            there = [*there, *after(len(term.words) - here)]
        is_there = len(there) == len(term.words) and there[:-1] == first
        return here if is_there and (there[-1] == last if term.whole else there[-1].startswith(last)) else 0

    def _span(self, first: int, last: int, end: str | None, inside: int = 0) -> Span:
        """Return the place of words: from the first one to the end of the last, or of its letters `end`."""
        start = self._places[first] + inside
        word = self._words[last]
        is_begun = end is not None and word.startswith(end)
        stop = self._places[last] + (
            inside + len(end) if end is not None and (inside or is_begun) else len(word)
        )
        final = self._ends[stop - 1]
        while final < len(self._parts) and not self._parts[final]:  # accents of the last letter
            final += 1
        return self._begins[start], final


def _composed(letters: str, begins: list[int], ends: list[int]) -> tuple[str, list[int], list[int]]:
    """Return folded letters with those made one that are one, such as the parts of Hangul."""
    signs: list[str] = []
    starts: list[int] = []
    stops: list[int] = []
    for sign, start, stop in zip(letters, begins, ends, strict=True):
        if signs and len(one := unicodedata.normalize("NFC", signs[-1] + sign)) == 1:
            signs[-1], stops[-1] = one, stop
        else:
            signs.append(sign)
            starts.append(start)
            stops.append(stop)
    return "".join(signs), starts, stops


def _apart(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return spans in order, those made one that overlap."""
    found: list[Span] = []
    for start, end in sorted(set(spans)):
        if found and start < found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((start, end))
    return tuple(found)


class _Folds(dict[int, str]):
    """What each character is in a folded text; filled as they come."""

    def __missing__(self, code: int) -> str:
        between = fold(f"x{chr(code)}x")[1:-1]  # at an end a blank would go
        self[code] = unicodedata.normalize("NFC", between)
        return self[code]


_FOLDS = _Folds()
