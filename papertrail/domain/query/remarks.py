"""What is said of a query that was not understood as a whole: each remark with its place and a way out."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from papertrail.domain.query.fields import BY_NAME
from papertrail.domain.query.lexer import Mark
from papertrail.domain.query.tree import Remark
from papertrail.domain.text import fold, shorten

_LONGEST = 40  # letters of what was typed, in words about it
DAY_WORDS = "dates like 2026-03 or 2026-03-01, ages like <2w or >3d (d, w, m, y), ranges like 2026-03.."
NUMBER_WORDS = "a number, or a range like 2015..2018, 2015.., ..2018 or >2015"
_LIKE_A_FIELD = re.compile(r"(?P<name>[^\W\d_][\w-]*)[:：](?P<value>(?!//).+)")


class Wrong(NamedTuple):
    """Why a value is none, and what may have been meant."""

    cause: str
    instead: str | None = None


def unknown_field(mark: Mark) -> list[Remark]:
    """Tell of a word with the form of a field that there is none of; addresses have not that form."""
    found = _LIKE_A_FIELD.fullmatch(mark.text)
    if found is None:
        return []
    name = _near(fold(found["name"]), list(BY_NAME))
    remedy = f"did you mean {name}:?" if name else "in quotes it is searched for as words"
    instead = f"{name}:{found['value']}" if name else quoted(mark.text)
    return [Remark(mark.start, mark.end, f"there is no field {_said(found['name'])}", remedy, instead)]


def parted_field(text: str, found: Sequence[Mark]) -> list[Remark]:
    """Tell of the name of a field, the first of these marks, from which a blank parts its colon."""
    name, *after = found
    colon = after[0] if after else None
    if colon is None or any(one.kind != "term" or one.quoted or one.field for one in (name, colon)):
        return []
    if fold(name.text) not in BY_NAME or colon.text[:1] not in (":", "："):
        return []
    value, end = colon.text[1:], colon.end
    if not value and len(after) > 1 and after[1].kind == "term" and not after[1].field:
        value, end = text[after[1].start : after[1].end], after[1].end
    remedy = f"as a field it is {name.text}:{value or '…'}, without blanks"
    cause = f"{_said(name.text)} and : stand apart, and are words"
    return [Remark(name.start, end, cause, remedy, f"{name.text}:{value}" if value else None)]


def no_such_value(mark: Mark, value: str) -> Remark:
    """Tell of a value that a choice or an order has not."""
    assert mark.field is not None
    field = mark.field
    names = [name for value, others in field.values.items() for name in (value, *others)]
    near = _near(fold(value), names)
    remedy = f"it can be {', '.join(field.values)}"
    instead = f"{field.name}:{fold(mark.text).replace(fold(value), near)}" if near else None
    return Remark(mark.start, mark.end, f"{field.name} cannot be {_said(value)}", remedy, instead)


def no_value(mark: Mark) -> Remark:
    """Tell of a field with nothing after its colon."""
    assert mark.field is not None
    remedy = f"go on as in {mark.field.examples[0]}"
    return Remark(mark.start, mark.end, f"{mark.field.name}: lacks what it is to be", remedy, "")


def nothing_to_find(mark: Mark) -> Remark:
    """Tell of words without a letter or digit."""
    return Remark(mark.start, mark.end, "there is no word to look for", "give letters or digits", "")


def no_word(text: str) -> Remark:
    """Tell of a query without a letter or digit."""
    start = len(text) - len(text.lstrip())
    end = len(text.rstrip())
    return Remark(start, end, "there is no word to look for", "give letters or digits", "")


def no_rating(mark: Mark, best: int) -> Remark:
    """Tell of numbers that no rating has."""
    return Remark(mark.start, mark.end, f"no rating is {_said(mark.text)}", f"they go from 1 to {best}")


def bad_range(mark: Mark, wrong: Wrong) -> Remark:
    """Tell of what is no number, date or range of them."""
    assert mark.field is not None
    allowed = NUMBER_WORDS if mark.field.kind == "numbers" else DAY_WORDS
    instead = f"{mark.field.name}:{wrong.instead}" if wrong.instead else None
    cause = f"{mark.field.name}:{_said(mark.text)} is {wrong.cause}"
    return Remark(mark.start, mark.end, cause, f"give {allowed}", instead)


def date_in_part(mark: Mark, text: str) -> Remark:
    """Tell of a date that breaks off; `text` is as far as it is one."""
    assert mark.field is not None
    instead = f"{mark.field.name}:{text}"
    cause = f"{mark.field.name}:{_said(mark.text)} breaks off"
    return Remark(mark.start, mark.end, cause, f"until it goes on it is {text}", instead)


def open_quote(text: str, mark: Mark) -> Remark:
    """Tell of a quote that is not closed."""
    said = text[mark.start : mark.end]
    empty = not (mark.text or mark.section)
    return Remark(
        mark.start, mark.end, "the quote is not closed", 'close it with "', "" if empty else f'{said}"'
    )


def open_bracket(text: str, start: int) -> Remark:
    """Tell of a bracket that is not closed."""
    return Remark(start, len(text), "the bracket is not closed", "close it with )", f"{text[start:]} )")


def stray_bracket(mark: Mark) -> Remark:
    """Tell of a bracket that closes nothing."""
    return Remark(mark.start, mark.end, "the bracket closes nothing", "take it out", "")


def dangling(text: str, mark: Mark) -> Remark:
    """Tell of an operator that has nothing to work on."""
    said = text[mark.start : mark.end]
    return Remark(mark.start, mark.end, f"{said} has nothing beside it", "take it out, or quote it", "")


def sort_negated(mark: Mark, instead: str) -> Remark:
    """Tell of an order that was to be excluded."""
    return Remark(mark.start, mark.end, "an order cannot be left out", f"it is taken for {instead}", instead)


def too_many(mark: Mark, end: int, most: int) -> Remark:
    """Tell of terms beyond those that are looked for."""
    cause = f"from here on nothing is looked for: there are more than {most} terms"
    return Remark(mark.start, end, cause, "take some out", "")


def too_deep(mark: Mark, deepest: int) -> Remark:
    """Tell of brackets that are passed over."""
    cause = f"brackets from here on are passed over: they go more than {deepest} deep"
    return Remark(mark.start, mark.end, cause, "take some out", "")


def in_one_line(remarks: Sequence[Remark]) -> str:
    """Return what is told of a query that was not understood as a whole; empty of one that was."""
    if not remarks:
        return ""
    more = f" (and {len(remarks) - 1} more)" if len(remarks) > 1 else ""
    return f"{remarks[0].cause}: {remarks[0].remedy}{more}"


def quoted(text: str) -> str:
    """Return a text in quotes, as it is read back."""
    doubled = text.replace('"', '""')
    return f'"{doubled}"'


def _said(text: str) -> str:
    return shorten(text, _LONGEST)


def _near(text: str, names: list[str]) -> str | None:
    """Return the name that is most like a text; None if none is."""
    from difflib import get_close_matches

    near = get_close_matches(text[:_LONGEST], names, n=1, cutoff=0.6)
    return near[0] if near else None
