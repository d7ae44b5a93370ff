"""One section of a note put back as it was in another text of it, all else left as it is."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from papertrail.domain.errors import BadInput, NotFound
from papertrail.domain.text import clean_line, shorten
from papertrail.notebook.headings import fold_name, section_name
from papertrail.notebook.outline import newlines, outline
from papertrail.notebook.template import Template

_LINE_END = re.compile(r"\r\n|\r|\n")
_LONGEST_SHOWN = 60


class Piece(NamedTuple):
    """A part of a note as it is written: what names it, its heading, and the text below that."""

    name: str
    heading: str
    text: str

    @property
    def told(self) -> tuple[str, str]:
        """What it says, whatever blank space stands around it."""
        return self.name, newlines(self.text).strip()


def known_section(name: str, template: Template) -> str:
    """Return the name that a section goes by: the template's, where it knows one that is meant."""
    section = template.names.find(name)
    return section.name if section else section_name(name)


def graft_section(note: str, source: str, name: str, template: Template) -> str:
    """Return a note with one of its sections as it is in another text.

    Where the note lacks the section it is put in before the next one that both texts have. One that the
    source has several times is put back so often.

    Args:
        note: as it is, with any line ends; these and all text outside of the section stay.
        source: the text that has the section as it is wanted.
        name: of the section, in any form that would do as a heading.
        template: names the sections.

    Raises:
        NotFound: the source has no such section.
        BadInput: it cannot be put back by itself, as it leaves something open that goes on to the note's end.
    """
    wanted = fold_name(known_section(name, template))
    now, old = pieces(note, template), pieces(source, template)
    parts = [piece for piece in old if piece.name == wanted != ""]
    if not parts:
        names = ", ".join(
            dict.fromkeys(clean_line(piece.heading.strip("# \r\n")) for piece in old if piece.name)
        )
        raise NotFound(
            f"that text has no section {shorten(clean_line(name), _LONGEST_SHOWN)}",
            f"it has {names}" if names else "it has none at all",
        )
    end = "\r\n" if "\r\n" in note and "\n" not in note.replace("\r\n", "") else "\n"
    parts = [
        piece._replace(heading=_ends_in(piece.heading, end), text=_ends_in(piece.text, end))
        for piece in parts
    ]
    places = [number for number, piece in enumerate(now) if piece.name == wanted]
    result = list(now)
    for place, part in zip(places, parts, strict=False):
        result[place] = now[place]._replace(
            text=settled(part.text, now[place].text, end, place + 1 == len(now))
        )
    for place in reversed(places[len(parts) :]):
        del result[place]
    if more := parts[len(places) :]:
        at = places[-1] + 1 if places else _place_for(wanted, now, old)
        insert(result, at, more, end)
    grafted = "".join(piece.heading + piece.text for piece in result)
    others = [piece.told for piece in now if piece.name != wanted]
    after = pieces(grafted, template)
    is_there = [p.told for p in after if p.name == wanted] == [p.told for p in parts]
    if not is_there or [p.told for p in after if p.name != wanted] != others:
        raise BadInput(
            f"{shorten(clean_line(name), _LONGEST_SHOWN)} alone cannot be put back: others would change",
            "restore the whole note, without --section",
        )
    return grafted


def pieces(text: str, template: Template) -> list[Piece]:
    """Return a note in pieces that make it up: what stands before its first section, then the sections."""
    whole = outline(text)
    starts = [0, *(match.end() for match in _LINE_END.finditer(text)), len(text)]
    pieces: list[Piece] = []
    for part in whole.parts:
        first, inside, end = (
            starts[min(whole.first + line, len(starts) - 1)] for line in (part.start, part.inside, part.end)
        )
        if part.level == 2:
            name = fold_name(known_section(part.heading, template))
            pieces.append(Piece(name, text[first:inside], text[inside:end]))
        elif pieces:  # a level-1 heading ends the section before it
            pieces.append(Piece("", "", text[first:end]))
        else:
            pieces.append(Piece("", "", text[:end]))
    return pieces


def _ends_in(text: str, end: str) -> str:
    return newlines(text).replace("\n", end)


def settled(text: str, before: str, end: str, is_last: bool) -> str:
    """Return a section's text with as much blank space behind it as there was behind the text it replaces."""
    words, was = text.rstrip(), before.rstrip()
    tail = before[len(was) :]
    return f"{words}{_parted(tail, end, is_last)}" if words else tail


def _parted(tail: str, end: str, is_last: bool) -> str:
    """Return blank space that keeps the heading after it from running into the words before."""
    return tail if is_last or tail.count("\n") + tail.count("\r") - tail.count("\r\n") > 1 else end + end


def _place_for(wanted: str, now: Sequence[Piece], old: Sequence[Piece]) -> int:
    """Return before which piece of a note a section belongs that it lacks."""
    names = [piece.name for piece in old]
    following = names[len(names) - names[::-1].index(wanted) :]
    present = [piece.name for piece in now]
    return next((present.index(name) for name in following if name and name in present), len(now))


def insert(pieces: list[Piece], at: int, more: Sequence[Piece], end: str) -> None:
    """Put sections into a note, each parted by a blank line from what stands before and after."""
    if at and pieces:
        before = pieces[at - 1]
        whole = before.heading + before.text
        if whole.strip():
            missing = "" if whole.endswith(end + end) else end if whole.endswith(end) else end + end
            pieces[at - 1] = before._replace(text=before.text + missing)
    is_last = at == len(pieces)
    for number, part in enumerate(more):
        behind = end if is_last and number + 1 == len(more) else end + end
        heading = part.heading if part.heading.endswith(end) else part.heading + end
        words = part.text.rstrip()
        pieces.insert(at + number, part._replace(heading=heading, text=words + (behind if words else end)))
