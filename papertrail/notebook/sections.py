"""What a note says: its sections, which of them are filled, the reader's own words."""

import html
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from zlib import crc32

from papertrail.domain.lineages.compare import Answer
from papertrail.domain.note import NearMiss, NoteLink, NoteState, SectionState
from papertrail.domain.note_text import NoteContent, WritingPlace, changed_parent
from papertrail.domain.seat import GUESS
from papertrail.domain.text import clean, clean_line, shorten
from papertrail.domain.wiki_links import links_in
from papertrail.notebook.asked_pairs import pairs_of
from papertrail.notebook.comments import strip_comments
from papertrail.notebook.headings import fold_name, section_name
from papertrail.notebook.outline import Outline, Part, Token, newlines, outline
from papertrail.notebook.places import writing_place
from papertrail.notebook.plain import first_paragraph, plain_line
from papertrail.notebook.template import Template, TemplateSection, bare

_PAIR_MARK = re.compile(
    r"[*_]{0,3}(?:[QA]\d{0,3}|[问問答])[*_]{0,3} ?[*_]{0,3}[:：] ?[*_]{0,3} ?", re.IGNORECASE
)
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?/?>")
_IMAGE_TAG = re.compile(r"<img\s", re.IGNORECASE)
_MATH = re.compile(r"\$([^$\n]+)\$")
_WORD = re.compile(r"[^\W_]")
# Scripts written without blanks: each character counts as a word.
_IDEOGRAPH = "[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff]"

_LINE_END = re.compile(r"\r\n|\r|\n|\Z")
_UNSPACED = re.compile(r" {0,3}(##{1,5})([^# \t].*)")  # blanks of other kinds make no heading
_BOLD = re.compile(r"(\*\*|__)\S.*\1[:：]?")
_HEADING = re.compile(r" {0,3}##[ \t]+(.+?)(?:[ \t]+#+)?[ \t]*")
_NESTING = re.compile(r"[>*+\-\d.) \t]*")
_UNDERLINE = re.compile(r"\s*(?:-{2,}|={2,})\s*")
_LONGEST_SHOWN = 60  # characters of a heading that is told of
_MOST_NEAR = 20
_MOST_DIGESTS = 100  # sections of one note that changes are told of
_MOST_LOOKED_AT = 200  # headings of the reader's own that are compared with the template's
_MAY_TELL_CHANGES = re.compile(r"^ {0,3}###[ \t]+from\s", re.IGNORECASE | re.MULTILINE)
UNNAMED = "Without a name"
_GUESS = fold_name(GUESS)  # what stands there was written before reading, and counts for nothing


@dataclass(frozen=True, slots=True)
class NoteIndex:
    """What the library remembers of a note.

    Attributes:
        sections: the template's sections in order.
        words: words of the reader's own; an ideograph counts as one.
        body: the reader's own text, clean, for searching.
        near_misses: headings that name no section, where the one they may mean is not filled.
        conflicts: numbers of the lines where merge conflicts begin, from 1.
        digests: as `section_digests` gives them.
        links: what it links to as `[[key]]`.
        whole: the note taken apart.
    """

    sections: tuple[SectionState, ...]
    words: int
    body: str
    near_misses: tuple[NearMiss, ...]
    conflicts: tuple[int, ...]
    digests: dict[str, str]
    links: tuple[NoteLink, ...]
    whole: Outline

    def state(self, path: Path) -> NoteState:
        """Return how far the note is whose file is `path`."""
        return NoteState(path, True, self.sections, self.words, self.near_misses, self.conflicts, self.links)


def index_note(text: str, template: Template) -> NoteIndex:
    """Return what a note says; any text is a note.

    A section is begun when something with a letter or digit, code, an image or a formula stands under its
    heading besides comments, the template's own lines, `Q:` and `A:` marks and deeper headings; it is filled
    when it has as many words as the template asks for, too. What a goal asks for is not known here.
    """
    whole = outline(text)
    begun: set[str] = set()
    words = 0
    words_of: dict[str, int] = {}
    body: list[str] = []
    for part in whole.parts:
        section = _section_of(part, template)
        is_guess = part.level == 2 and section is None and fold_name(part.heading) == _GUESS
        if part.level == 2 and section is None:
            body.append(part.heading)
        for kind, line in _own_lines(part.tokens, _prompts_of(part, section, template)):
            body.append(line)
            if kind == "heading":
                continue
            counted = 0 if is_guess else count_words(line)
            words += counted
            if section is not None:
                words_of[section.name] = words_of.get(section.name, 0) + counted
                if kind == "content" or _says_something(line):
                    begun.add(section.name)
    pairs = answered_pairs(whole, template)
    states = tuple(
        s.state(words_of.get(s.name, 0), begun=s.name in begun, pairs=pairs.get(s.name, (0, 0)))
        for s in template.sections
    )
    return NoteIndex(
        states,
        words,
        clean("\n".join(body)).strip(),
        tuple(_near_misses(whole, template, begun)),
        whole.conflicts,
        section_digests(text, whole, template),
        links_in(newlines(text)),
        whole,
    )


def answered_pairs(whole: Outline, template: Template) -> dict[str, tuple[int, int]]:
    """Return for each section of the template how many of its pairs are answered, and how many there are."""
    counts: dict[str, tuple[int, int]] = {}
    for part in whole.parts:
        section = template.names.find(part.heading) if part.level == 2 else None
        if section is not None and (pairs := pairs_of(whole.lines, part)):
            answered, every = counts.get(section.name, (0, 0))
            counts[section.name] = (answered + sum(p.is_answered for p in pairs), every + len(pairs))
    return counts


def section_digests(text: str, whole: Outline, template: Template) -> dict[str, str]:
    """Return for each section by name a digest of all that stands in it, in the note's order.

    What stands outside of sections goes by `""`, and so do the sections after very many.

    Args:
        text: the note.
        whole: its outline.
        template: names the sections.
    """
    digests = {
        "": crc32(
            "\n".join(newlines(text).split("\n", whole.first)[: whole.first]).encode("utf-8", "replace")
        )
    }
    for part in whole.parts:
        section = _section_of(part, template)
        name = section.name if section else shorten(section_name(part.heading), _LONGEST_SHOWN)
        is_outside = part.level != 2 or (len(digests) > _MOST_DIGESTS and name not in digests)
        lines = whole.lines[part.start if is_outside else part.inside : part.end]
        name = "" if is_outside else name or UNNAMED
        digests[name] = crc32(joined(lines).encode("utf-8", "replace"), digests.get(name, 0))
    return {name: f"{digest:08x}" for name, digest in digests.items()}


def _near_misses(whole: Outline, template: Template, filled: Collection[str]) -> Iterator[NearMiss]:
    """Yield headings that name no section but may mean one that is not filled, each once."""
    open_sections = [section for section in template.sections if section.name not in filled]
    found: set[str] = set()
    for marks, heading in _other_headings(whole, template) if open_sections else ():
        section = template.names.find(heading)
        if marks == "## ":
            section = template.names.near(heading, open_sections)
        if section is not None and section.name not in filled:
            shown = marks + shorten(clean_line(heading), _LONGEST_SHOWN)
            if shown not in found:
                found.add(shown)
                yield NearMiss(shown, section.name)
        if len(found) == _MOST_NEAR:
            return


def _other_headings(whole: Outline, template: Template) -> Iterator[tuple[str, str]]:
    """Yield the marks and the text of what looks like a section's heading and is none."""
    looked_at = 0
    there = {section.name for part in whole.parts if (section := _section_of(part, template))}
    for part in whole.parts:
        if part.level == 1:
            yield "# ", part.heading
        elif part.level == 2 and template.names.find(part.heading) is None and looked_at < _MOST_LOOKED_AT:
            looked_at += 1
            yield "## ", part.heading
        level = 0
        for token in part.tokens:
            if level:
                marks = f"{_nested_in(token, whole)}{'#' * level} "
                yield marks, strip_comments(token.content)
            else:
                yield from _almost_headings(token, whole, template, there)
            level = int(token.tag[1]) if token.type == "heading_open" else 0


def _almost_headings(
    token: Token, whole: Outline, template: Template, there: Collection[str]
) -> Iterator[tuple[str, str]]:
    """Yield the marks and the text of lines that are no headings to Markdown, and may be to the reader."""
    if token.type == "fence" and _is_left_open(token, whole):
        for line in token.content.split("\n"):
            if heading := _HEADING.fullmatch(line):
                yield f"{token.markup} ", heading[1]
    elif token.type == "inline" and "##" in token.content:
        for line in token.content.split("\n"):
            if unspaced := _UNSPACED.fullmatch(line):
                yield unspaced[1], unspaced[2]
    elif token.type == "inline" and _is_like_heading(token, whole):
        section = template.names.find(token.content)
        if section is not None and section.name not in there:
            yield "", token.content


def _nested_in(token: Token, whole: Outline) -> str:
    """Return the mark of the quote or the list that a heading stands in, "" for one that stands alone."""
    if token.level == 1 or token.map is None:
        return ""
    mark = _NESTING.match(whole.lines[token.map[0]])
    return f"{mark[0].strip() if mark else ''} ".lstrip() or "- "


def _is_like_heading(token: Token, whole: Outline) -> bool:
    """Tell whether a line is all bold, or underlined below the item of a list, where Markdown sees a rule."""
    if token.map is None or "\n" in token.content or len(token.content) > _LONGEST_SHOWN:
        return False
    below = whole.lines[token.map[1]] if token.map[1] < len(whole.lines) else ""
    return bool(_BOLD.fullmatch(token.content) if token.level == 1 else _UNDERLINE.fullmatch(below))


def _is_left_open(token: Token, whole: Outline) -> bool:
    """Tell whether code goes on to the end of the note for want of a fence that closes it."""
    if token.map is None or token.level or any(line.strip() for line in whole.lines[token.map[1] :]):
        return False
    last = next(line.strip() for line in reversed(whole.lines[: token.map[1]]) if line.strip())
    return not (last.startswith(token.markup) and not last.strip(token.markup[0]))


def writing_places(text: str, whole: Outline, template: Template) -> tuple[WritingPlace, ...]:
    """Return for each level-2 heading where writing goes on below it; the reader's own go by their text."""
    return tuple(_places(text, whole, template))


def _places(text: str, whole: Outline, template: Template) -> Iterator[WritingPlace]:
    ends = list(_LINE_END.finditer(text))
    for part in whole.parts:
        if part.level == 2:
            section = _section_of(part, template)
            line, before, after = writing_place(whole, part)
            heading = whole.first + part.start
            yield WritingPlace(
                section_name(part.heading) if section is None else section.name,
                ends[heading - 1].end() if heading else 0,
                ends[whole.first + line].start(),
                before,
                after,
            )


def note_content(
    text: str, template: Template | None = None, *, comments: bool = False, whole: Outline | None = None
) -> NoteContent:
    """Return a note for showing: its Markdown without front matter, comments and the template's own lines.

    Args:
        text: the whole note.
        template: whose lines to leave out.
        comments: whether the reader's comments are shown.
        whole: the outline of the note, where it is known.
    """
    whole = whole or outline(text)
    template = template or Template(())
    body: list[str] = []
    sections: list[tuple[str, str]] = []
    unsorted: list[str] = []
    for part in whole.parts:
        prompts = _prompts_of(part, _section_of(part, template), template)
        inside = visible_lines(whole.lines, part, prompts, comments)
        heading = "\n".join(whole.lines[part.start : part.inside])
        body += [heading if comments else strip_comments(heading).rstrip(), *(inside or [""])]
        if part.level == 2:
            sections.append((section_name(part.heading), joined(inside)))
        else:
            unsorted.append(joined(inside))
    return NoteContent(joined(body), tuple(sections), "\n\n".join(filter(None, unsorted)))


def section_texts(text: str) -> dict[str, str]:
    """Return the Markdown of each level-2 section without comments; a heading met twice is joined."""
    found: dict[str, str] = {}
    for name, markdown in note_content(text).sections:
        found[name] = "\n\n".join(t for t in (found.get(name, ""), markdown) if t)
    return found


def note_answers(
    text: str, template: Template, *, floor: int = 0, comments: bool = False
) -> dict[str, Answer]:
    """Return what a note answers to each heading: the template's in order, then those of the reader's own.

    A heading goes by the name the template gives it, also where the note has its short form; one met twice
    is joined. Headings of the reader's own that say nothing are left out.

    Args:
        text: the whole note; empty where there is none.
        template: asks the questions.
        floor: how many words the goal wants of each required section.
        comments: whether the reader's comments are part of the answers.
    """
    states = {state.name: state.with_floor(floor) for state in index_note(text, template).sections}
    owed = {state.name for state in states.values() if state.required and not state.filled}
    open_words = {state.name: state.open_words for state in states.values()}
    texts = _by_question(note_content(text, template, comments=comments), template)
    return {
        name: Answer(text, first_paragraph(text), name in owed, open_words=open_words.get(name, ""))
        for name, text in texts.items()
    }


def _by_question(content: NoteContent, template: Template) -> dict[str, str]:
    """Return what stands below each heading, by the names and in the order of `note_answers`."""
    texts = {section.name: "" for section in template.sections}
    names = {fold_name(name): name for name in texts}
    for heading, markdown in content.sections:
        section = template.names.find(heading)
        name = section.name if section else names.setdefault(fold_name(heading), heading or UNNAMED)
        if markdown:
            before = texts.get(name)
            texts[name] = f"{before}\n\n{markdown}" if before else markdown
    return texts


def key_idea(text: str, template: Template) -> str:
    """Return the first paragraph of what a note gives as its paper's key idea; empty where it says nothing.

    It stands in the section that the template calls so; where it has none, in the first one needed.
    """
    texts = _by_question(note_content(text, template), template)
    named = [section.name for section in template.sections if section.name.casefold().startswith("key idea")]
    needed = [section.name for section in template.sections if section.required]
    return first_paragraph(texts[(named or needed)[0]]) if named or needed else ""


def note_told(
    text: str, template: Template, *, comments: bool = False, whole: Outline | None = None
) -> NoteContent:
    """Return what a note says, its sections in the template's order and by its names, then the reader's own.

    Args:
        text: the whole note.
        template: names and orders the sections.
        comments: whether the reader's comments are told.
        whole: the outline of the note, where it is known.
    """
    content = note_content(text, template, comments=comments, whole=whole)
    return NoteContent(content.body, tuple(_by_question(content, template).items()), content.unsorted)


def may_tell_changes(text: str) -> bool:
    """Tell whether a note has anything like a heading `from …`, without taking it apart."""
    return _MAY_TELL_CHANGES.search(text) is not None


def note_changes(text: str, template: Template | None = None, whole: Outline | None = None) -> dict[str, str]:
    """Return what a note says its paper changed of each parent, as one plain line by the parent's key.

    It says so below a level-3 heading `from fast-rcnn`, case ignored, in any section; the first paragraph
    counts. Text outside of sections, in code and in the template's own words does not.

    Args:
        text: the whole note.
        template: whose lines to leave out.
        whole: the outline of the note, where it is known.
    """
    if not may_tell_changes(text):
        return {}
    template = template or Template(())
    found: dict[str, str] = {}
    for part in (whole or outline(text)).parts:
        if part.level == 2:
            prompts = _prompts_of(part, _section_of(part, template), template)
            for parent, line in _changes_in(part.tokens, prompts):
                found.setdefault(parent, line)
    return found


def _changes_in(tokens: Sequence[Token], prompts: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Yield parent and first paragraph of each heading `from …` that has one."""
    parent = ""
    in_heading = False
    for token in tokens:
        if token.type == "heading_open" and token.level == 0:
            parent = ""
        if in_heading:
            parent = changed_parent(strip_comments(token.content)) or ""
        elif parent and token.type == "inline":
            own = [line for kind, line in _own_lines([token], prompts) if kind == "text"]
            if line := plain_line("\n".join(own)):
                yield parent, line
                parent = ""
        in_heading = token.type == "heading_open" and token.level == 0 and token.tag == "h3"


def count_words(text: str) -> int:
    """Return how many words there are; an ideograph counts as one.

    Examples:
        >>> count_words("a 34-layer net: 残差网络")
        7
    """
    ideographs = 0
    if not text.isascii():
        text, ideographs = _ideograph().subn(" ", text)
    # A word is what stands between blanks and has a letter or digit in it.
    return ideographs + sum(word.isalnum() or any(map(str.isalnum, word)) for word in text.split())


@cache
def _ideograph() -> re.Pattern[str]:
    """Return what finds one; made where a note has letters beyond ASCII, as that takes 5 ms."""
    return re.compile(_IDEOGRAPH)


def _section_of(part: Part, template: Template) -> TemplateSection | None:
    return template.names.find(part.heading) if part.level == 2 else None


def _prompts_of(part: Part, section: TemplateSection | None, template: Template) -> frozenset[str]:
    """Return the lines of the template that belong where this part is."""
    if section is not None:
        return section.prompts
    return frozenset() if part.level == 2 else template.prompts


def _own_lines(tokens: Sequence[Token], prompts: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Yield the reader's own lines as (kind, line).

    The kind is `text`, `heading`, or `content` for what fills a section even without a letter in it.
    """
    in_heading = False
    for token in tokens:
        if in_heading:
            yield "heading", strip_comments(token.content)
        elif token.type in {"fence", "code_block"}:
            for line in token.content.split("\n"):
                if bare(line) and bare(line) not in prompts:
                    yield "content", line
        elif token.type in {"inline", "html_block"}:
            text = strip_comments(token.content)
            if not text or text.isspace():
                continue
            own = "\n".join(filter(None, (_without_prompt(line, prompts) for line in text.split("\n"))))
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


def visible_lines(lines: list[str], part: Part, prompts: frozenset[str], comments: bool) -> list[str]:
    """Return the lines of a part without prompts, and without comments unless these are wanted.

    There are none if nothing but marks to fill is left.
    """
    kept: list[str] = []
    position = part.inside
    in_heading = False
    for token in part.tokens:
        if token.map and token.type in {"inline", "html_block"} and token.map[0] >= position:
            start, end = token.map
            kept += lines[position:start]
            position = end
            text = "\n".join(lines[start:end])
            if not comments:
                text = strip_comments(text)
            if in_heading:
                kept += text.split("\n")
            elif text.strip():
                kept += [line for line in text.split("\n") if not line.strip() or bare(line) not in prompts]
        in_heading = token.type == "heading_open"
    kept += lines[position : part.end]
    return kept if any(_without_prompt(line, prompts) for line in kept) else []


def joined(lines: Sequence[str]) -> str:
    """Return lines as one text, without the empty ones at either end."""
    written = [number for number, line in enumerate(lines) if line.strip()]
    return "\n".join(lines[written[0] : written[-1] + 1]) if written else ""
