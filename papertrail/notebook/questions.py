"""What a note asks: the reader's own pairs, and the sections whose answer is what stands in them."""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence

from papertrail.domain.note_text import changed_parent
from papertrail.domain.recall.pairs import Pair
from papertrail.domain.recall.question import LONGEST_WORDING, MOST_QUESTIONS, Kind, NoteQuestion
from papertrail.domain.text import clean, shorten
from papertrail.notebook.asked_pairs import pairs_of, wording_of
from papertrail.notebook.comments import strip_comments
from papertrail.notebook.headings import section_name
from papertrail.notebook.outline import Outline, Part
from papertrail.notebook.sections import joined, visible_lines
from papertrail.notebook.template import Template, TemplateSection, bare


def questions_in(whole: Outline, template: Template, filled: Collection[str]) -> list[NoteQuestion]:
    """Return what a note asks and answers, in the note's order; a question without an answer is not asked.

    A section of the template asks its question when something besides pairs stands in it, and `### from KEY`
    in any section what its paper changed of that one.

    Args:
        whole: the note.
        template: names the sections, and says what they ask.
        filled: names of the sections in which something stands.
    """
    found: list[NoteQuestion] = []
    asked: set[str] = set()
    for part in whole.parts:
        section = template.names.find(part.heading) if part.level == 2 else None
        name = section.name if section else shorten(section_name(part.heading), LONGEST_WORDING)
        pairs = pairs_of(whole.lines, part)
        if section is not None and section.asks and section.name in filled and section.name not in asked:
            own = _without_pairs(whole.lines, part, section, pairs)
            if own:
                asked.add(section.name)
                found.append(NoteQuestion(Kind.SECTION, section.name, section.asks, own))
        found += _parents(whole.lines, part, name)
        found += _answered(whole.lines, part, name, pairs)
    return found[:MOST_QUESTIONS]


def _answered(
    lines: Sequence[str], part: Part, section: str, pairs: Sequence[Pair]
) -> Iterator[NoteQuestion]:
    """Yield the pairs that have an answer: it goes on to the next question, heading or end of the section."""
    if not pairs:
        return
    ends = sorted({*(pair.lines[0] for pair in pairs), *_headings(part), part.end})
    for pair in pairs:
        if not pair.is_answered or pair.answer_at is None:
            continue
        line, column = pair.answer_at
        end = ends[bisect_left(ends, line + 1)] if line + 1 <= ends[-1] else line + 1
        text = _joined_answer([lines[line][column:], *lines[line + 1 : end]])
        if text:
            yield NoteQuestion(Kind.PAIR, section, wording_of(pair), text)


def _joined_answer(lines: Sequence[str]) -> str:
    return clean(strip_comments(joined(lines))).strip()


def _headings(part: Part) -> list[int]:
    return [token.map[0] for token in part.tokens if token.type == "heading_open" and token.map]


def _parents(lines: Sequence[str], part: Part, section: str) -> Iterator[NoteQuestion]:
    """Yield what is asked by `### from KEY`: its answer goes on to the next heading that is no deeper."""
    if part.level != 2:
        return
    headings = [
        (token, part.tokens[number + 1])
        for number, token in enumerate(part.tokens)
        if token.type == "heading_open" and token.level == 0 and token.map
    ]
    for number, (opening, inline) in enumerate(headings):
        parent = changed_parent(strip_comments(inline.content)) if opening.tag == "h3" else None
        if parent is None or opening.map is None:
            continue
        ends = (o.map[0] for o, _ in headings[number + 1 :] if o.tag <= "h3" and o.map)
        text = _joined_answer(lines[opening.map[1] : next(ends, part.end)])
        if _says_something(text.split("\n"), frozenset()):
            yield NoteQuestion(Kind.PARENT, section, f"What did it change of {parent}?", text)


def _without_pairs(lines: list[str], part: Part, section: TemplateSection, pairs: Sequence[Pair]) -> str:
    """Return what stands in a section, empty where that is nothing but pairs."""
    if pairs and not _says_something(lines[part.inside : pairs[0].lines[0]], section.prompts):
        return ""
    return clean(joined(visible_lines(lines, part, section.prompts, False))).strip()


def _says_something(lines: Iterable[str], prompts: Collection[str]) -> bool:
    """Tell whether there is a word, a formula, code or a picture in lines, headings and prompts apart."""
    said = (line for line in map(bare, lines) if line not in prompts and not line.startswith("#"))
    return any(c.isalnum() or c in "$`!|" for line in said for c in line)
