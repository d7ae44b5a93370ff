"""Reads queries; takes every text, and says of each what was not understood."""

from papertrail.domain.query import remarks
from papertrail.domain.query.fields import FLAG_NAMES, Field, meant
from papertrail.domain.query.lexer import Mark, marks, printable
from papertrail.domain.query.tree import (
    Choice,
    Days,
    Node,
    Numbers,
    Parsed,
    Query,
    Remark,
    Sort,
    Text,
    joined,
    negation,
)
from papertrail.domain.query.words import has_word
from papertrail.domain.text import fold

MOST_TERMS = 100
MOST_REMARKS = 20
BEST = 5  # of ratings
DEEPEST = 20  # brackets in brackets


def parse(text: str) -> Parsed:
    """Return what a query means; what was not understood is left out and told."""
    return _Reader(printable(text)).read()


class _Open:
    """A bracket that is open, or the whole query: its alternatives, the last of them still read."""

    def __init__(self, mark: Mark | None = None, *, negated: bool = False) -> None:
        self.mark = mark
        self.negated = negated
        self.alternatives: list[list[Node]] = [[]]
        self.said = False  # whether anything stands in the last alternative, understood or not
        self.last_or: Mark | None = None

    def node(self) -> Node | None:
        """Return what stands in the bracket; None if that is nothing."""
        return joined("any", [part for parts in self.alternatives if (part := joined("all", parts))])


class _Reader:
    """One pass over the marks, with the brackets that are open."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._open = [_Open()]
        self._ignored = 0  # brackets that are open beyond the deepest
        self._not: Mark | None = None
        self._negated = False
        self._order: list[Sort] = []
        self._remarks: list[Remark] = []
        self._terms = 0

    def read(self) -> Parsed:
        """Return the query."""
        found = marks(self._text)
        for place, mark in enumerate(found):
            if mark.kind == "not":
                self._not, self._negated = mark, not self._negated
            elif mark.kind == "open":
                self._begin(mark)
            elif mark.kind == "close":
                self._end(mark)
            elif mark.kind == "or":
                self._other(mark)
            else:
                self._term(mark)
                self._tell(*remarks.parted_field(self._text, found[place : place + 3]))
        self._close_alternative()
        while len(self._open) > 1:
            bracket = self._open[-1].mark
            assert bracket is not None
            self._tell(remarks.open_bracket(self._text, bracket.start))
            self._leave()
        where = self._open[0].node()
        if where is None and not (self._order or self._remarks) and self._text.strip():
            self._tell(remarks.no_word(self._text))
        order = tuple(dict.fromkeys(self._order))
        return Parsed(
            Query(where, order), tuple(sorted(self._remarks, key=lambda one: one[:2])[:MOST_REMARKS])
        )

    def _tell(self, *told: Remark) -> None:
        end = len(self._text)
        self._remarks += [one._replace(unfinished=one.end == end) for one in told]

    def _begin(self, mark: Mark) -> None:
        if len(self._open) > DEEPEST:
            if not self._ignored:
                self._tell(remarks.too_deep(mark, DEEPEST))
            self._ignored += 1
            return
        self._open[-1].said = True
        self._open.append(_Open(mark, negated=self._take_not()))

    def _end(self, mark: Mark) -> None:
        self._close_alternative()
        if self._ignored:
            self._ignored -= 1
        elif len(self._open) == 1:
            self._tell(remarks.stray_bracket(mark))
        else:
            self._leave()

    def _leave(self) -> None:
        """Close the innermost bracket."""
        closed = self._open.pop()
        if (node := closed.node()) is not None:
            self._open[-1].alternatives[-1].append(negation(node) if closed.negated else node)

    def _other(self, mark: Mark) -> None:
        self._close_alternative()
        inner = self._open[-1]
        if not inner.said:
            self._tell(remarks.dangling(self._text, mark))
        else:
            inner.alternatives.append([])
            inner.said, inner.last_or = False, mark

    def _close_alternative(self) -> None:
        """Tell of an operator that stands last and has nothing to work on."""
        if self._not is not None:
            self._tell(remarks.dangling(self._text, self._not))
            self._take_not()
        inner = self._open[-1]
        if inner.last_or is not None and not inner.said:
            self._tell(remarks.dangling(self._text, inner.last_or))
            inner.last_or = None

    def _take_not(self) -> bool:
        negated, self._negated, self._not = self._negated, False, None
        return negated

    def _term(self, mark: Mark) -> None:
        inner = self._open[-1]
        inner.said, before = True, self._not
        negated = self._take_not()
        if mark.field is not None and mark.field.kind == "sort":
            self._sort(mark, before if negated else None)
            return
        self._terms += 1
        if self._terms == MOST_TERMS + 1:
            self._tell(remarks.too_many(mark, len(self._text), MOST_TERMS))
        if self._terms <= MOST_TERMS and (node := self._node(mark)) is not None:
            inner.alternatives[-1].append(negation(node) if negated else node)

    def _sort(self, mark: Mark, negated: Mark | None) -> None:
        assert mark.field is not None
        value = mark.text.lstrip("-－")
        falling = value != mark.text
        if not value:
            self._tell(remarks.no_value(mark))
            return
        found = meant(mark.field, fold(value))
        if len(found) != 1:
            self._tell(remarks.no_such_value(mark, value))
            return
        if negated is not None:
            falling = not falling
            start = negated.start
            instead = f"sort:{'-' if falling else ''}{found[0]}"
            self._tell(remarks.sort_negated(mark._replace(start=start), instead))
        self._order.append(Sort(found[0], falling))

    def _node(self, mark: Mark) -> Node | None:
        """Return what a term means; None of one that means nothing, which is told."""
        field = mark.field
        if mark.open:
            self._tell(remarks.open_quote(self._text, mark))
        if field is None:
            return self._words(mark)
        if field.kind == "section":
            return self._section(mark)
        if not mark.text:
            if not mark.open:
                self._tell(remarks.no_value(mark))
            return None
        if field.kind in ("text", "name"):
            node = _text(mark)
            if not (has_word(node.text) if field.kind == "text" else fold(node.text)):
                self._tell(remarks.nothing_to_find(mark))
                return None
            return node
        if field.kind == "choice":
            return self._choice(mark, field)
        return self._range(mark, field)

    def _choice(self, mark: Mark, field: Field) -> Node | None:
        said = [value for value in fold(mark.text).replace("、", ",").split(",") if value.strip()]
        found = [value for one in said for value in meant(field, one.strip())]
        for one in said:
            if not meant(field, one.strip()):
                self._tell(remarks.no_such_value(mark, one))
        if not said:
            self._tell(remarks.no_value(mark))
        return Choice(field.name, tuple(one for one in field.values if one in found)) if found else None

    def _words(self, mark: Mark) -> Node | None:
        """Return what words without a field mean; a field that is not known is a word."""
        if not mark.quoted and (flag := FLAG_NAMES.get(fold(mark.text))):
            return Choice("is", (flag,))
        if (named := _named(mark)) is not None:
            return named
        node = _text(mark)
        if not has_word(node.text):  # such as a dash between words
            if mark.quoted and not mark.open:
                self._tell(remarks.nothing_to_find(mark))
            return None
        if not mark.quoted:
            self._tell(*remarks.unknown_field(mark))
        return node

    def _section(self, mark: Mark) -> Node | None:
        if not fold(mark.section):
            if not mark.open:
                self._tell(remarks.no_value(mark))
            return None
        node = _text(mark)
        if node.text and not has_word(node.text):
            self._tell(remarks.nothing_to_find(mark))
            return None
        return node

    def _range(self, mark: Mark, field: Field) -> Node | None:
        from papertrail.domain.query.values import read_days, read_numbers

        if field.kind == "numbers":
            found = read_numbers(mark.text, years=field.name == "year")
            if isinstance(found, remarks.Wrong):
                self._tell(remarks.bad_range(mark, found))
                return None
            first, last = found
            if field.name == "rating" and ((first or 1) > BEST or (last is not None and last < 1)):
                self._tell(remarks.no_rating(mark, BEST))
                return None
            return Numbers(field.name, first, last)
        days = read_days(mark.text)
        if isinstance(days, remarks.Wrong):
            self._tell(remarks.bad_range(mark, days))
            return None
        text, partly = days
        if partly:
            self._tell(remarks.date_in_part(mark, text))
        return Days(field.name, text)


def _named(mark: Mark) -> Text | None:
    """Return what is named as screens and browsers show it, `#tag` and addresses of papers; None of words."""
    if mark.quoted:
        return None
    if mark.text[:1] == "#" and has_word(mark.text[1:]):
        return Text("tag", mark.text[1:])
    if "arxiv.org/" in mark.text or "doi.org/" in mark.text:
        from papertrail.domain.arxiv_id import find_identifiers

        found = find_identifiers(mark.text)
        if len(found.ids) + len(found.dois) == 1:
            return Text("arxiv", found.ids[0].id) if found.ids else Text("doi", found.dois[0].text)
    return None


def _text(mark: Mark) -> Text:
    """Return the words of a term; a star at the end lets a phrase go on, as an open quote does.

    In quotes two stars at the end are one of the text itself.
    """
    text, closed = mark.text, mark.quoted and not mark.open
    bare = text.rstrip("*")
    stars = len(text) - len(bare)
    if stars and not closed:
        text = text.rstrip("* ")
    elif stars:
        text = (bare + "*" * (stars // 2)).rstrip()
    whole = bool(text) and closed and stars % 2 == 0
    return Text(mark.field.name if mark.field else "", text, whole, mark.section)
