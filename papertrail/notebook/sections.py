"""What a note says: its sections, which of them are filled, the reader's own words."""

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from papertrail.domain.lineages.compare import Answer
from papertrail.domain.note import NoteContent, SectionState, changed_parent, short_section
from papertrail.domain.text import clean
from papertrail.notebook.outline import Part, newlines, outline, strip_comments
from papertrail.notebook.plain import first_paragraph, plain_line
from papertrail.notebook.template import (
    Template,
    TemplateSection,
    bare,
    bare_lines,
    fold_name,
    section_name,
    split_front_matter,
)

if TYPE_CHECKING:
    from markdown_it.token import Token

_PAIR_MARK = re.compile(
    r"[*_]{0,3}(?:[QA]\d{0,3}|[问問答])[*_]{0,3} ?[*_]{0,3}[:：] ?[*_]{0,3} ?", re.IGNORECASE
)
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?/?>")
_IMAGE_TAG = re.compile(r"<img\s", re.IGNORECASE)
_MATH = re.compile(r"\$([^$\n]+)\$")
_WORD = re.compile(r"[^\W_]\S*")
# Scripts written without blanks: each character counts as a word.
_IDEOGRAPH = re.compile(
    "[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff]"
)

_MAY_TELL_CHANGES = re.compile(r"^ {0,3}###[ \t]+from\s", re.IGNORECASE | re.MULTILINE)
UNNAMED = "Without a name"


@dataclass(frozen=True, slots=True)
class NoteIndex:
    """What the library remembers of a note.

    Attributes:
        sections: the template's sections in order.
        words: words of the reader's own; an ideograph counts as one.
        body: the reader's own text, clean, for searching.
    """

    sections: tuple[SectionState, ...]
    words: int
    body: str


def index_note(text: str, template: Template) -> NoteIndex:
    """Return what a note says; any text is a note.

    A section is filled when something with a letter or digit, code, an image or a formula stands under its
    heading besides comments, the template's own lines, `Q:` and `A:` marks and deeper headings.
    """
    known = _known_sections(template)
    filled: set[str] = set()
    words = 0
    body: list[str] = []
    for part in outline(text)[1]:
        section = _section_of(part, known)
        if part.level == 2 and section is None:
            body.append(part.heading)
        for kind, line in _own_lines(part.tokens, _prompts_of(part, section, template)):
            body.append(line)
            if kind == "heading":
                continue
            words += count_words(line)
            if section is not None and (kind == "content" or _says_something(line)):
                filled.add(section.name)
    states = tuple(SectionState(s.name, s.required, s.name in filled) for s in template.sections)
    return NoteIndex(states, words, clean("\n".join(body)).strip())


def note_content(text: str, template: Template | None = None) -> NoteContent:
    """Return a note for showing: its Markdown without front matter, comments and the template's own lines.

    Args:
        text: the whole note.
        template: whose lines to leave out; comments are left out anyway.
    """
    lines, parts = outline(text)
    template = template or Template(())
    known = _known_sections(template)
    body: list[str] = []
    sections: list[tuple[str, str]] = []
    unsorted: list[str] = []
    for part in parts:
        inside = _visible_lines(lines, part, _prompts_of(part, _section_of(part, known), template))
        body += [*lines[part.start : part.inside], *(inside or [""])]
        if part.level == 2:
            sections.append((section_name(part.heading), _joined(inside)))
        else:
            unsorted.append(_joined(inside))
    return NoteContent(_joined(body), tuple(sections), "\n\n".join(filter(None, unsorted)))


def section_texts(text: str) -> dict[str, str]:
    """Return the Markdown of each level-2 section without comments; a heading met twice is joined."""
    found: dict[str, str] = {}
    for name, markdown in note_content(text).sections:
        found[name] = "\n\n".join(t for t in (found.get(name, ""), markdown) if t)
    return found


def note_answers(text: str, template: Template) -> dict[str, Answer]:
    """Return what a note answers to each heading: the template's in order, then those of the reader's own.

    A heading goes by the name the template gives it, also where the note has its short form; one met twice
    is joined. Headings of the reader's own that say nothing are left out.

    Args:
        text: the whole note; empty where there is none.
        template: asks the questions.
    """
    owed = {s.name for s in index_note(text, template).sections if s.required and not s.filled}
    known = _known_sections(template)
    texts = {section.name: "" for section in template.sections}
    names = {fold_name(name): name for name in texts}
    for heading, markdown in note_content(text, template).sections:
        section = known.get(fold_name(heading))
        name = section.name if section else names.setdefault(fold_name(heading), heading or UNNAMED)
        if markdown:
            before = texts.get(name)
            texts[name] = f"{before}\n\n{markdown}" if before else markdown
    return {name: Answer(text, first_paragraph(text), name in owed) for name, text in texts.items()}


def note_changes(text: str, template: Template | None = None) -> dict[str, str]:
    """Return what a note says its paper changed of each parent, as one plain line by the parent's key.

    It says so below a level-3 heading `from fast-rcnn`, case ignored, in any section; the first paragraph
    counts. Text outside of sections, in code and in the template's own words does not.
    """
    if not _MAY_TELL_CHANGES.search(text):
        return {}
    template = template or Template(())
    known = _known_sections(template)
    found: dict[str, str] = {}
    for part in outline(text)[1]:
        if part.level == 2:
            prompts = _prompts_of(part, _section_of(part, known), template)
            for parent, line in _changes_in(part.tokens, prompts):
                found.setdefault(parent, line)
    return found


def _changes_in(tokens: "Sequence[Token]", prompts: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Yield parent and first paragraph of each heading `from …` that has one."""
    parent = ""
    in_heading = False
    for token in tokens:
        if token.type == "heading_open" and token.level == 0:
            parent = ""
        if in_heading:
            parent = changed_parent(token.content) or ""
        elif parent and token.type == "inline":
            own = [line for kind, line in _own_lines([token], prompts) if kind == "text"]
            if line := plain_line("\n".join(own)):
                yield parent, line
                parent = ""
        in_heading = token.type == "heading_open" and token.level == 0 and token.tag == "h3"


def note_body(text: str) -> str:
    """Return a note without its front matter."""
    return split_front_matter(newlines(text))[1].lstrip("\n")


def count_words(text: str) -> int:
    """Return how many words there are; an ideograph counts as one.

    Examples:
        >>> count_words("a 34-layer net: 残差网络")
        7
    """
    if text.isascii():
        return len(_WORD.findall(text))
    return len(_IDEOGRAPH.findall(text)) + len(_WORD.findall(_IDEOGRAPH.sub(" ", text)))


def _known_sections(template: Template) -> dict[str, TemplateSection]:
    """Return the template's sections by folded name, and by the short form of it: `Limits`, `Key idea`."""
    known = {fold_name(section.name): section for section in template.sections}
    for section in template.sections:
        known.setdefault(fold_name(short_section(section.name)), section)
    return known


def _section_of(part: Part, known: Mapping[str, TemplateSection]) -> TemplateSection | None:
    return known.get(fold_name(part.heading)) if part.level == 2 else None


def _prompts_of(part: Part, section: TemplateSection | None, template: Template) -> frozenset[str]:
    """Return the lines of the template that belong where this part is."""
    if section is not None:
        return section.prompts
    return frozenset() if part.level == 2 else bare_lines(template.preamble)


def _own_lines(tokens: "Sequence[Token]", prompts: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Yield the reader's own lines as (kind, line).

    The kind is `text`, `heading`, or `content` for what fills a section even without a letter in it.
    """
    in_heading = False
    for token in tokens:
        if in_heading:
            yield "heading", token.content
        elif token.type in {"fence", "code_block"}:
            for line in token.content.split("\n"):
                if bare(line) and bare(line) not in prompts:
                    yield "content", line
        elif token.type in {"inline", "html_block"}:
            lines = strip_comments(token.content).split("\n")
            own = "\n".join(filter(None, (_without_prompt(line, prompts) for line in lines)))
            if _IMAGE_TAG.search(own):
                yield "content", ""
            yield from (("text", line) for line in _plain(own).split("\n") if line.strip())
        in_heading = token.type == "heading_open"


def _without_prompt(line: str, prompts: frozenset[str]) -> str:
    """Return what the reader wrote in a line: no bullet or check box, no `Q:`, no words of the template."""
    text = bare(line)
    if text in prompts:
        return ""
    begun = [p for p in prompts if text.startswith(p) and not (p[-1] + text[len(p)]).isalnum()]
    if begun:
        text = text[max(map(len, begun)) :].strip()
    mark = _PAIR_MARK.match(text)
    return text[mark.end() :] if mark else text


def _plain(text: str) -> str:
    """Return text without HTML tags and entities."""
    if "<" in text:
        text = _TAG.sub(" ", text)
    return html.unescape(text).strip() if "&" in text else text.strip()


def _says_something(line: str) -> bool:
    return _WORD.search(line) is not None or any(math.strip() for math in _MATH.findall(line))


def _visible_lines(lines: list[str], part: Part, prompts: frozenset[str]) -> list[str]:
    """Return the lines of a part without comments and prompts; none if nothing but marks to fill is left."""
    kept: list[str] = []
    position = part.inside
    in_heading = False
    for token in part.tokens:
        if (
            token.map
            and token.type in {"inline", "html_block"}
            and not in_heading
            and token.map[0] >= position
        ):
            start, end = token.map
            kept += lines[position:start]
            position = end
            text = strip_comments("\n".join(lines[start:end]))
            if text.strip():
                kept += [line for line in text.split("\n") if not line.strip() or bare(line) not in prompts]
        in_heading = token.type == "heading_open"
    kept += lines[position : part.end]
    return kept if any(_without_prompt(line, prompts) for line in kept) else []


def _joined(lines: Sequence[str]) -> str:
    """Return lines as one text, without the empty ones at either end."""
    written = [number for number, line in enumerate(lines) if line.strip()]
    return "\n".join(lines[written[0] : written[-1] + 1]) if written else ""
