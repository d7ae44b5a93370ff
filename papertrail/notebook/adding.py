"""What papertrail writes into a note for its reader: a guess before all sections, a question among others."""

import re
from collections.abc import Callable, Sequence
from datetime import date

from papertrail.domain.errors import BadInput
from papertrail.domain.recall.pairs import pairs_in
from papertrail.domain.seat import GUESS, Guess
from papertrail.domain.text import clean, clean_line, fold
from papertrail.notebook.grafting import Piece, insert, pieces, settled
from papertrail.notebook.headings import fold_name
from papertrail.notebook.outline import outline
from papertrail.notebook.sections import section_texts
from papertrail.notebook.template import Template

QUESTIONS = "Questions"
_DATED = re.compile(r"(\d{4}-\d\d-\d\d):\s*", re.ASCII)
_EMPTY_PAIR = re.compile(r"^[ \t]*Q:[ \t]*(?:\r\n|\n|\r)[ \t]*A:[ \t]*(?:\r\n|\n|\r|\Z)", re.MULTILINE)


def guess_in(note: str) -> Guess | None:
    """Return what the reader guessed before reading; None where the note tells of no guess."""
    if GUESS.casefold() not in note.casefold():
        return None
    wanted = fold_name(GUESS)
    text = next((text for name, text in section_texts(note).items() if fold_name(name) == wanted), "")
    dated = _DATED.match(text)
    words = text[dated.end() :] if dated else text
    return Guess(words, _date(dated[1]) if dated else None) if words.strip() else None


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def put_guess(note: str, words: str, on: date, template: Template) -> str:
    """Return a note with a guess as its first section, in place of one that it has; all else stays.

    Args:
        note: with any line ends; these stay.
        words: the guess, not empty.
        on: when it was made.
        template: names the sections.

    Raises:
        BadInput: the words are more than sentences: the sections after them would not be what they were.
    """
    wanted, end = fold_name(GUESS), _line_end(note)
    said = f"{on}:\n{clean(words).strip()}".replace("\n", end)
    if said.partition(":")[2].strip()[:1] not in ("-", "*", "+", ">", "|", "`", "#"):
        said = said.replace(f":{end}", ": ", 1)

    def put(now: list[Piece]) -> None:
        place = next((number for number, piece in enumerate(now) if piece.name == wanted), None)
        if place is None:
            first = next((number for number, piece in enumerate(now) if piece.heading), len(now))
            insert(now, first, [Piece(wanted, f"## {GUESS}{end}", f"{end}{said}{end}")], end)
        else:
            is_last = place + 1 == len(now)
            text = settled(f"{end}{said}", now[place].text, end, is_last)
            now[place] = now[place]._replace(text=text)

    return _changed(note, template, {wanted}, put, "a guess")


def has_question(note: str, wording: str) -> bool:
    """Tell whether a note asks this already, in other letters, spaces or marks at the end perhaps."""
    wanted = _folded(wording)
    whole = outline(note)
    rows = [
        range(*token.map)
        for part in whole.parts
        for token in part.tokens
        if token.type == "inline" and token.map
    ]
    return any(_folded(pair.wording) == wanted for pair in pairs_in(whole.lines, rows))


def _folded(wording: str) -> str:
    return fold(wording).rstrip("?？!！.。 ")


def add_question(note: str, wording: str, template: Template) -> str:
    """Return a note with a question at the end of its section of questions, its answer open.

    An empty pair, as the template has one, is taken for it; without such a section one is put at the end.

    Args:
        note: with any line ends; these stay.
        wording: on one line.
        template: names the sections.

    Raises:
        BadInput: it cannot stand there by itself.
    """
    asked = template.names.find(QUESTIONS)
    wanted, end = fold_name(asked.name if asked else QUESTIONS), _line_end(note)
    pair = f"Q: {clean_line(wording)}{end}A:"

    def put(now: list[Piece]) -> None:
        places = [number for number, piece in enumerate(now) if piece.name == wanted]
        if not places:
            heading = f"## {asked.name if asked else QUESTIONS}{end}"
            insert(now, len(now), [Piece(wanted, heading, f"{end}{pair}{end}")], end)
            return
        place = places[-1]
        text, is_last = now[place].text, place + 1 == len(now)
        empty = list(_EMPTY_PAIR.finditer(text))
        if empty and not text[empty[-1].end() :].strip():
            new = f"{text[: empty[-1].start()]}{pair}"
        else:
            new = f"{text.rstrip()}{end}{end}{pair}" if text.strip() else f"{end}{pair}"
        tail = text if text.strip() else f"{end}{end}"
        new = settled(new, tail, end, is_last)
        now[place] = now[place]._replace(text=new if new.endswith(end) else new + end)

    return _changed(note, template, {wanted}, put, "the question")


def _line_end(note: str) -> str:
    return "\r\n" if "\r\n" in note and "\n" not in note.replace("\r\n", "") else "\n"


def _changed(
    note: str,
    template: Template,
    names: set[str],
    put: Callable[[list[Piece]], None],
    what: str,
) -> str:
    """Return the note with its pieces changed, once all but those of the names are what they were."""
    now: list[Piece] = list(pieces(note, template))
    others = _told(now, names)
    put(now)
    changed = "".join(piece.heading + piece.text for piece in now)
    if _told(pieces(changed, template), names) != others:
        raise BadInput(
            f"{what} would change other sections of the note",
            "write plain sentences: no headings, no open code",
        )
    return changed


def _told(some: Sequence[Piece], names: set[str]) -> list[tuple[str, str]]:
    return [piece.told for piece in some if piece.name not in names and piece.told != ("", "")]
