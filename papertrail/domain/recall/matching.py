"""Which question of a note is which of those known: no id stands in a note, and none is lost by an edit.

The rules stand in docs/RECALL.md. They were tried on the history of real files of questions, where a digest
of the text loses fifteen of sixteen questions that were edited.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from papertrail.domain.recall.question import LONGEST_WORDING, Kind, KnownQuestion, NoteQuestion

ALIKE = 0.6
"""From here on, of 1, two wordings are one question's."""
_BY_ANSWER = 0.35  # how much an equal answer counts beside the wording
_MOST_COMPARED = 900  # pairs of texts; beyond, only neighbours in place are looked at
_NEIGHBOURS = 2
_EDGE = 0  # where a section begins or ends; no question has this id


class Matched(NamedTuple):
    """The questions of a note, each with the one known before that it is, or None for a new one.

    Attributes:
        known: for each question of the note in order.
        gone: those that the note asked before and asks no more.
    """

    known: tuple[KnownQuestion | None, ...]
    gone: tuple[KnownQuestion, ...]


def match(asked: Sequence[NoteQuestion], known: Iterable[KnownQuestion]) -> Matched:
    """Find for each question of a note which of the paper's known ones it is.

    Args:
        asked: what the note asks now, in order.
        known: all that it asked before, those asleep among them.
    """
    one = _Matching(asked, known)
    one.equal(lambda q: (q.kind, q.section, q.wording), awake=True)
    one.equal(lambda q: (q.kind, _folded(q.section if q.kind is Kind.SECTION else q.wording)), awake=True)
    one.equal(lambda q: (q.kind, _folded(q.section if q.kind is Kind.SECTION else q.wording)), awake=False)
    one.equal_answers()
    one.nearest()
    one.by_place()
    return one.result()


class _Matching:
    """What is matched so far; each rule takes what the ones before it have left."""

    def __init__(self, asked: Sequence[NoteQuestion], known: Iterable[KnownQuestion]) -> None:
        self._asked = asked
        every = sorted(known, key=lambda question: (question.place, question.id))
        self._awake = {question.id: question for question in every if question.asleep_since is None}
        self._asleep = {question.id: question for question in every if question.asleep_since is not None}
        self._is: dict[int, KnownQuestion] = {}

    def result(self) -> Matched:
        return Matched(
            tuple(self._is.get(number) for number in range(len(self._asked))), tuple(self._awake.values())
        )

    def _left(self) -> Iterator[tuple[int, NoteQuestion]]:
        return ((number, one) for number, one in enumerate(self._asked) if number not in self._is)

    def _take(self, number: int, known: KnownQuestion) -> None:
        self._is[number] = known
        (self._awake if known.asleep_since is None else self._asleep).pop(known.id)

    def equal(self, key: "Callable[[NoteQuestion | KnownQuestion], Hashable]", *, awake: bool) -> None:
        """Match those whose keys are equal, in order: of two equal ones the first is the first."""
        waiting: dict[Hashable, list[KnownQuestion]] = defaultdict(list)
        for known in (self._awake if awake else self._asleep).values():
            waiting[key(known)].append(known)
        for number, one in list(self._left()):
            if found := waiting.get(key(one)):
                self._take(number, found.pop(0))

    def equal_answers(self) -> None:
        """Match those whose answers are equal, where no other question has that answer."""
        old: dict[Hashable, list[KnownQuestion]] = defaultdict(list)
        new: dict[Hashable, list[int]] = defaultdict(list)
        for known in self._awake.values():
            old[known.kind, _folded(known.answer)].append(known)
        for number, one in self._left():
            new[one.kind, _folded(beginning(one.answer))].append(number)
        for key, numbers in new.items():
            if len(numbers) == 1 and len(old[key]) == 1:
                self._take(numbers[0], old[key][0])

    def nearest(self) -> None:
        """Match those that are alike, the most alike first."""
        left = list(self._left())
        if not left or not self._awake:
            return
        near = len(left) * len(self._awake) > _MOST_COMPARED
        pairs = [
            (alike, -abs(known.place - number), number, known)
            for number, one in left
            for known in self._awake.values()
            if known.kind is one.kind
            and (not near or abs(known.place - number) <= _NEIGHBOURS)
            and (alike := _alike(one, known)) >= ALIKE
        ]
        for _, _, number, known in sorted(pairs, key=lambda pair: (pair[0], pair[1], -pair[2]), reverse=True):
            if number not in self._is and known.id in self._awake:
                self._take(number, known)

    def by_place(self) -> None:
        """Match a pair that stands alone where one stood alone: in its section, between the same two."""
        matched = {known.id for known in self._is.values()}
        old = sorted((*self._awake.values(), *self._is.values()), key=lambda known: (known.place, known.id))
        stood = _alone(
            (known.section, known.id if known.id in matched else None, known.id)
            for known in old
            if known.kind is Kind.PAIR and known.asleep_since is None
        )
        stands = _alone(
            (one.section, self._is[number].id if number in self._is else None, number)
            for number, one in enumerate(self._asked)
            if one.kind is Kind.PAIR
        )
        for where, number in stands.items():
            if where in stood:
                self._take(number, self._awake[stood[where]])


def _alone(row: Iterable[tuple[str, int | None, int]]) -> dict[tuple[str, int, int], int]:
    """Return those that are not matched, and whose neighbours are, by their section and these neighbours.

    Args:
        row: of each question in order its section, what it was matched with, and what it is told by.
    """
    sections: dict[str, list[tuple[int | None, int]]] = defaultdict(list)
    for section, matched, told_by in row:
        sections[section].append((matched, told_by))
    alone: dict[tuple[str, int, int], int] = {}
    for section, questions in sections.items():
        edge = (_EDGE, 0)
        for (before, _), (matched, told_by), (after, _) in zip(
            [edge, *questions], questions, [*questions[1:], edge], strict=False
        ):
            if matched is None and before is not None and after is not None:
                alone[section, before, after] = told_by
    return alone


def beginning(answer: str) -> str:
    """Return what is kept of an answer."""
    return " ".join(answer[: 2 * LONGEST_WORDING].split())[:LONGEST_WORDING]


def _folded(text: str) -> str:
    """Return the letters and digits of a text, case and width apart; the text itself where it has none."""
    folded = "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())
    return folded or text.strip()


def _alike(one: NoteQuestion, known: KnownQuestion) -> float:
    """Return how alike two questions are, from 0 to 1; an answer helps, and never makes them less alike."""
    wording = _ratio(one.wording, known.wording)
    if wording >= ALIKE:
        return wording
    if 0.65 * wording + _BY_ANSWER < ALIKE:
        return wording
    return max(wording, 0.65 * wording + _BY_ANSWER * _ratio(beginning(one.answer), known.answer))


def _ratio(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, one.casefold(), other.casefold(), autojunk=False)
    least = 0.25  # what an equal answer cannot make up for
    if matcher.real_quick_ratio() < least or matcher.quick_ratio() < least:
        return 0.0
    return matcher.ratio()
