"""One section of a note read and written by itself: every byte outside of it stays.

What is read is what stands below the heading, without the blank lines around it; these stay where they are.
Of a heading that stands several times the first is meant.
"""

import re

from papertrail.domain.errors import BadInput, NotFound
from papertrail.domain.text import clean_line, shorten
from papertrail.notebook.grafting import Piece, insert, known_section, pieces, settled
from papertrail.notebook.headings import fold_name
from papertrail.notebook.outline import newlines
from papertrail.notebook.template import Template

_BLANK = re.compile(r"(?:[ \t]*(?:\r\n|\r|\n))*")
_LONGEST_SHOWN = 60


def read_section(note: str, name: str, template: Template) -> str:
    """Return what stands in a section, as it is written; empty where it is empty.

    Args:
        note: with any line ends.
        name: of the section, in any form that would do as a heading, or what one alone begins with.
        template: names the sections.

    Raises:
        BadInput: several begin so.
        NotFound: there is no such section.
    """
    parts = pieces(note, template)
    place = _place(parts, fold_name(_meant(name, parts, template)))
    if place is None:
        names = ", ".join(
            dict.fromkeys(clean_line(piece.heading.strip("# \r\n")) for piece in parts if piece.name)
        )
        raise NotFound(
            f"the note has no section {_shown(name)}", f"it has {names}" if names else "it has none at all"
        )
    return _words(parts[place].text)[1]


def write_section(note: str, name: str, words: str, template: Template) -> str:
    """Return a note with other words in one section; with those that are there it stays as it is.

    A section that the note lacks is put where the template has it, one of the reader's own at the end.

    Args:
        note: with any line ends; these and all text outside of the section stay.
        name: of the section, in any form that would do as a heading.
        words: what is to stand there.
        template: names and orders the sections.

    Raises:
        BadInput: the name is none or what several begin with, or other sections would not be what they are.
    """
    now = pieces(note, template)
    known = _meant(name, now, template)
    wanted = fold_name(known)
    place = _place(now, wanted)
    if place is not None and newlines(words).strip() == newlines(_words(now[place].text)[1]).strip():
        return note
    end = "\r\n" if "\r\n" in note and "\n" not in note.replace("\r\n", "") else "\n"
    words = newlines(_words(words)[1]).replace("\n", end)
    result = list(now)
    if place is None:
        insert(result, _place_for(wanted, now, template), [_made(known, wanted, words, end)], end)
        place = next(number for number, piece in enumerate(result) if piece.name == wanted)
    else:
        piece = now[place]
        if words and not piece.heading.endswith(("\n", "\r")):  # the note ends with it
            piece = piece._replace(heading=f"{piece.heading}{end}")
        result[place] = piece._replace(text=_changed(piece.text, words, end, place + 1 == len(now)))
    changed = "".join(piece.heading + piece.text for piece in result)
    if pieces(changed, template) != result:
        raise BadInput(
            f"with these words in {_shown(name)} other sections would change",
            "write no headings of the first or second level there, and close code and comments",
        )
    return changed


def add_to_section(note: str, name: str, words: str, template: Template) -> str:
    """Return a note with more words at the end of a section, after a blank line; else as `write_section`."""
    try:
        before = read_section(note, name, template)
    except NotFound:
        before = ""
    return write_section(
        note, name, f"{newlines(before)}\n\n{_words(words)[1]}" if before else words, template
    )


def _meant(name: str, parts: list[Piece], template: Template) -> str:
    """Return the section that a name means: the one that is called so, else the only one that begins so."""
    known = known_section(name, template)
    wanted = fold_name(known)
    if not wanted:
        raise BadInput("a section needs a name", 'for example: --section "Key idea"')
    names = {piece.name: piece.name for piece in parts if piece.name}
    names |= {fold_name(section.name): section.name for section in template.sections}
    begun = [] if wanted in names else [full for folded, full in names.items() if folded.startswith(wanted)]
    if len(begun) > 1:
        raise BadInput(f"{_shown(name)} is the beginning of several sections", "; ".join(map(_shown, begun)))
    return begun[0] if begun else known


def _place(parts: list[Piece], wanted: str) -> int | None:
    return next((number for number, piece in enumerate(parts) if piece.name == wanted), None)


def _words(text: str) -> tuple[str, str]:
    """Return the blank lines that a text begins with, and what stands behind them without blank space."""
    blank = _BLANK.match(text)
    lead = blank[0] if blank else ""
    return lead, text[len(lead) :].rstrip()


def _changed(text: str, words: str, end: str, is_last: bool) -> str:
    """Return the text of a section with other words between the blank space that it has."""
    lead, before = _words(text)
    if not words:
        return f"{lead}{text[len(lead) + len(before) :]}"
    if not before:  # a blank line above, as the template has it
        return f"{end}{words}{end}{'' if is_last else end}"
    return f"{lead}{settled(words, text, end, is_last)}"


def _made(name: str, wanted: str, words: str, end: str) -> Piece:
    return Piece(wanted, f"## {clean_line(name)}{end}", f"{end}{words}{end}")


def _place_for(wanted: str, now: list[Piece], template: Template) -> int:
    """Return before which piece a section belongs that a note lacks: the next one of the template's."""
    order = [fold_name(section.name) for section in template.sections]
    following = order[order.index(wanted) + 1 :] if wanted in order else []
    present = [piece.name for piece in now]
    return next((present.index(name) for name in following if name in present), len(now))


def _shown(name: str) -> str:
    return shorten(clean_line(name), _LONGEST_SHOWN)
