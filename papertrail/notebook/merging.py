"""Two texts of one paper taken apart, section beside section."""

from collections import Counter

from papertrail.domain.merging import MergePart
from papertrail.domain.text import clean_line, shorten
from papertrail.notebook.headings import fold_name, section_name
from papertrail.notebook.outline import newlines, outline
from papertrail.notebook.template import Template

_LONGEST_NAME = 60

_Place = tuple[int, str, int]  # level, folded name, the how manieth of that name


def merge_parts(mine: str, theirs: str, template: Template) -> tuple[MergePart, ...]:
    """Return the parts of both texts in the first one's order; each one's parts make up that text.

    Sections go by the names the template gives them; of several with one name the first goes with the first.
    """
    first, second = _taken_apart(mine, template), _taken_apart(theirs, template)
    order = list(first)
    at = 0
    for place in second:
        if place in first:
            at = order.index(place) + 1
        else:
            order.insert(at, place)
            at += 1
    nothing = ("", "")
    return tuple(
        MergePart((first.get(p) or second[p])[0], first.get(p, nothing)[1], second.get(p, nothing)[1])
        for p in order
    )


def _taken_apart(text: str, template: Template) -> dict[_Place, tuple[str, str]]:
    """Return for each part of a note its name, as it is shown, and its text; they make up the note."""
    text = newlines(text)
    whole = outline(text)
    lines = text.split("\n")
    found: dict[_Place, tuple[str, str]] = {}
    met: Counter[tuple[int, str]] = Counter()
    for number, part in enumerate(whole.parts):
        section = template.names.find(part.heading) if part.level == 2 else None
        name = section.name if section else section_name(part.heading)
        folded = (part.level, fold_name(name))
        start = whole.first + part.start if number else 0
        is_last = number + 1 == len(whole.parts)
        piece = "\n".join(lines[start:]) if is_last else _lines(lines[start : whole.first + part.end])
        found[(*folded, met[folded])] = (shorten(clean_line(name), _LONGEST_NAME), piece)
        met[folded] += 1
    return found


def _lines(lines: list[str]) -> str:
    return "".join(f"{line}\n" for line in lines)
