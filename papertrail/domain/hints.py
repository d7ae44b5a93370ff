"""What of the reader's own notes a text does not hold, and what it does."""

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import log
from typing import NamedTuple

from papertrail.domain.inbox.terms import STOP_WORDS
from papertrail.domain.query.words import words
from papertrail.domain.text import clean, fold

MOST_HINTS = 6
_MOST_SIGNS = 8  # of one hint in a script without blanks
_MOST_CHARACTERS = 20_000  # of a note
_FEWEST_LETTERS = 3
_ENDING = 3  # letters of a long word that may be others: convolution, convolutional
_CJK = "\u3041-\u3096\u30a1-\u30fa\u30fc\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
# A word with what is joined to it by a hyphen or an apostrophe, or a run of signs written without blanks.
_PIECE = re.compile(rf"[{_CJK}]+|[^\W_{_CJK}]+(?:[-'’][^\W_{_CJK}]+)*")
_NOT_WORDS = re.compile(r"https?://\S+|\]\([^)\s]*\)|<!--.*?-->|</?[A-Za-z][^<>]*>", re.DOTALL)
# Words and signs of everyday speech, beside those that every abstract has.
_SAID_DAILY = (
    "again always because become becomes began begin begins better came cannot changed come every gave get"
    " gets give gives goes got had itself just keep keeps last less let lets like made make makes many much"
    " must needed needs never next nothing now once per put said say says see seen still take"
    " takes than thing things think too took until want wanted way well went without would yes yet"
)
_EVERYDAY = frozenset(_SAID_DAILY.split())
_PARTICLES = re.compile("[的了是在和与也就都而及或被把从对为以其之这那有不没让用到时个一上下中可很会能更做]")


class _Term(NamedTuple):
    """What is looked for in a text: the words of a piece, or two signs that stand together."""

    form: str
    parts: tuple[str, ...]


def hints(notes: Sequence[str], text: str, most: int = MOST_HINTS) -> list[tuple[str, ...]]:
    """Return for each note the words that it holds and a text does not, as it writes them.

    First come those that a note says often and the other notes seldom. Case, accents and endings do not
    matter; in scripts without blanks signs are compared in pairs, and those that follow each other are one
    hint.

    Args:
        notes: Markdown of the papers of one lineage.
        text: what was told.
        most: hints for one note.
    """
    found = [_terms(note[:_MOST_CHARACTERS]) for note in notes]
    spread = Counter(form for terms in found for form in {term.form for term in terms})
    said = _Said(text)
    return [
        _of_one(note[:_MOST_CHARACTERS], terms, spread, said, len(notes), most)
        for note, terms in zip(notes, found, strict=True)
    ]


def echoes(notes: Sequence[str], text: str) -> list[tuple[tuple[int, int], ...]]:
    """Return for each note where in a text words stand that few other notes have, as (start, end).

    Args:
        notes: Markdown of the papers of one lineage.
        text: what was told.
    """
    known = [_Said(_plain(note[:_MOST_CHARACTERS])) for note in notes]
    found: list[list[tuple[int, int]]] = [[] for _ in notes]
    for start, end, holders in _echoes(text, known):
        if holders and len(holders) <= max(len(notes) // 2, 1):
            for number in holders:
                spans = found[number]
                if spans and start < spans[-1][1]:
                    spans[-1] = (spans[-1][0], end)
                else:
                    spans.append((start, end))
    return [tuple(spans) for spans in found]


def _echoes(text: str, known: "Sequence[_Said]") -> Iterator[tuple[int, int, list[int]]]:
    """Yield each word, and pair of signs, of a text with the numbers of the notes that hold it."""
    for match in _PIECE.finditer(text):
        if _is_run(match[0]):
            for start, pair in enumerate(_pairs(match[0]), match.start()):
                if not _PARTICLES.search(pair):
                    yield start, start + 2, [n for n, said in enumerate(known) if pair in said.pairs]
        elif (term := _term_of(match[0])) is not None:
            yield *match.span(), [n for n, said in enumerate(known) if said.holds(term)]


class _Said:
    """What a text holds."""

    def __init__(self, text: str) -> None:
        text = _composed(text)
        runs = [match[0] for match in _PIECE.finditer(text)]
        self.pairs = {pair for run in runs if _is_run(run) for pair in _pairs(run)}
        self._words = sorted(set(words(text)))

    def holds(self, term: _Term) -> bool:
        """Tell whether every word of a term stands in the text, whatever its ending."""
        return all(map(self._has, term.parts))

    def _has(self, word: str) -> bool:
        begin = _beginning(word)
        place = bisect_left(self._words, begin)
        return place < len(self._words) and self._words[place].startswith(begin)


def _of_one(
    note: str, terms: Counter[_Term], spread: Counter[str], said: _Said, notes: int, most: int
) -> tuple[str, ...]:
    weights = {term: count * log(1 + notes / spread[term.form]) for term, count in terms.items()}
    found: dict[str, tuple[float, str]] = {}  # by what is alike: weight, and how the note writes it
    for piece in _pieces(note):
        if _is_run(piece):
            for stretch in _stretches(piece, said):
                weight = max(weights[_pair(pair)] for pair in _pairs(stretch))
                found.setdefault(stretch, (weight, stretch))
        elif (term := _term_of(piece)) is not None and not said.holds(term):
            found.setdefault(" ".join(map(_beginning, term.parts)), (weights[term], piece))
    best = sorted(found.values(), key=lambda one: -one[0])  # as in the note where they weigh the same
    return tuple(shown for _, shown in best[:most])


def _stretches(run: str, said: _Said) -> Iterator[str]:
    """Yield the parts of a run of signs of which nothing was said."""
    for part in _PARTICLES.split(run):
        new = [True] * len(part)
        for place, pair in enumerate(_pairs(part)):
            if pair in said.pairs:
                new[place : place + 2] = False, False
        stretch = ""
        for sign, is_new in zip(part, new, strict=True):
            if is_new and len(stretch) < _MOST_SIGNS:
                stretch += sign
                continue
            if len(stretch) > 1:
                yield stretch
            stretch = sign if is_new else ""
        if len(stretch) > 1:
            yield stretch


def _terms(note: str) -> Counter[_Term]:
    """Return how often each term stands in a note."""
    found: Counter[_Term] = Counter()
    for piece in _pieces(note):
        if _is_run(piece):
            for part in _PARTICLES.split(piece):
                found.update(map(_pair, _pairs(part)))
        elif (term := _term_of(piece)) is not None:
            found[term] += 1
    return found


def _pieces(note: str) -> list[str]:
    return _PIECE.findall(_plain(note))


def _plain(note: str) -> str:
    return _NOT_WORDS.sub(" ", _composed(clean(note)))


def _composed(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _is_run(piece: str) -> bool:
    """Tell whether signs are written without blanks between words."""
    return re.match(f"[{_CJK}]", piece) is not None


def _pairs(run: str) -> Iterator[str]:
    return map("".join, pairwise(run))


def _beginning(word: str) -> str:
    """Return the letters of a word that count: its ending may be another."""
    return word[: max(len(word) - _ENDING, _FEWEST_LETTERS + 1)]


def _pair(pair: str) -> _Term:
    return _Term(pair, (pair,))


def _term_of(piece: str) -> _Term | None:
    """Return what a word is compared by; None for one of every day, a number, or one of too few letters."""
    parts = tuple(
        part
        for part in words(piece)
        if len(part) >= _FEWEST_LETTERS
        and not part.isdigit()
        and part not in STOP_WORDS
        and part not in _EVERYDAY
    )
    return _Term(fold(piece), parts) if parts else None
