"""The template of a note: its sections, which of them are required, and the words that help to start."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from papertrail.disk.whole_file import read_file
from papertrail.domain.errors import BadInput, StorageError
from papertrail.domain.text import clean_line
from papertrail.domain.yaml_text import yaml_string
from papertrail.notebook.headings import (
    SectionNames,
    fold_name,
    is_marked_required,
    section_name,
    words_wanted,
)
from papertrail.notebook.outline import outline

if TYPE_CHECKING:
    from papertrail.domain.note import SectionState
    from papertrail.domain.story import Roles

PACKAGED_TEMPLATE = Path(__file__).with_name("template.md")
FILE_NAME = "template.md"

# What may stand before the words of a line: quote marks, bullets, numbers, check boxes.
_LINE_START = re.compile(r"(?:[\s>]+|[-*+](?:\s+|$)|\d{1,9}[.)]\s+|\[[ xX]\](?:\s+|$))+")
# In a title these could become markup; a pair is escaped once.
_TITLE_MARKUP = re.compile(r"[\\`*_\[\]<#~$]|==|%%|&(?=#?\w+;)")
# Not escaped by JSON, but not allowed or not kept as it is inside YAML's double quotes.


_ASK = re.compile(r"[ \t]*<!--\s*ask[:：]\s*(?P<asks>.*?)\s*-->[ \t]*\n?", re.DOTALL | re.IGNORECASE)
ASKED = {
    "problem": "What could the field not do?",
    "prior work and its weakness": "",
    "key idea: why did the authors design it this way?": "Why did the authors design it this way?",
    "structure": "Draw its structure from memory",
    "evidence": "",
    "limits and what i would change": "Where does it fail?",
    "what the next paper fixed": "What did the next paper fix?",
    "questions": "",
}
"""What the sections of the packaged template ask, by their folded names; any other asks its own heading."""


@dataclass(frozen=True)
class TemplateSection:
    """One level-2 heading of the template.

    Attributes:
        name: the heading without its mark.
        required: whether a note must fill it to count.
        text: the template's own lines under the heading.
        asks: what review asks, whose answer is the section; empty for nothing.
        words: how many a note must have there at least; 0 for any.
    """

    name: str
    required: bool
    text: str
    asks: str = ""
    words: int = 0

    @cached_property
    def prompts(self) -> frozenset[str]:
        """The template's lines in the form of `bare`: these are not the reader's words."""
        return bare_lines(self.text)

    def state(
        self, words: int = 0, *, begun: bool = False, pairs: tuple[int, int] = (0, 0)
    ) -> "SectionState":
        """Return how far it is in a note, by what the template asks for.

        Args:
            words: of the reader's own there.
            begun: whether anything stands there.
            pairs: how many questions there are answered, and how many there are.
        """
        from papertrail.domain.note import SectionState

        wanted = self.words if self.required else 0
        filled = begun and words >= wanted
        return SectionState(self.name, self.required, filled, words, self.words, wanted, begun, *pairs)


@dataclass(frozen=True)
class Template:
    """What a new note holds; `preamble` stands between its title and its first section."""

    sections: tuple[TemplateSection, ...]
    preamble: str = ""

    @cached_property
    def prompts(self) -> frozenset[str]:
        """The lines of the preamble in the form of `bare`."""
        return bare_lines(self.preamble)

    @cached_property
    def names(self) -> SectionNames:
        """The names its sections go by."""
        return SectionNames(self.sections)

    @cached_property
    def roles(self) -> "Roles":
        """What its sections are to a story; the required ones tell of problem, idea, limits."""
        from papertrail.domain.recall.pairs import MAY_ASK
        from papertrail.domain.story import Roles

        names = [section.name for section in self.sections]
        needed = [section.name for section in self.sections if section.required]
        problem, idea = (*needed, *(name for name in names if name not in needed), "", "")[:2]
        asking = [section.name for section in self.sections if MAY_ASK.search(section.text)]
        after = names[names.index(needed[-1]) + 1 :] if len(needed) > 1 else []
        answer = next((name for name in after if name not in asking), "")
        limits = needed[-1] if len(needed) > 2 else ""
        return Roles(problem, idea, limits, answer, asking[0] if asking else "")

    def fill(self, key: str, title: str, arxiv_id: str | None, lineages: Sequence[str]) -> str:
        """Return the text of a new note: front matter, the title, then the sections.

        Args:
            key: the paper's key.
            title: any text; inert in the heading, and exact in the front matter.
            arxiv_id: None leaves the line out.
            lineages: names, in order.
        """
        matter = ["---", f"key: {yaml_string(key)}", f"title: {yaml_string(title)}"]
        if arxiv_id is not None:
            matter.append(f"arxiv: {yaml_string(arxiv_id)}")
        matter += [
            "lineages:" if lineages else "lineages: []",
            *(f"  - {yaml_string(n)}" for n in lineages),
            "---",
        ]
        blocks = ["\n".join(matter), f"# {escape_title(title) or key}"]
        if self.preamble:
            blocks.append(self.preamble)
        for section in self.sections:
            # A line to write on, and one that stays between it and the next heading.
            blocks.append(f"## {section.name}\n{section.text}".rstrip("\n") + "\n")
        return "\n\n".join(blocks).rstrip("\n") + "\n"


def read_template(private: Path, name: str = FILE_NAME, packaged: Path = PACKAGED_TEMPLATE) -> Template:
    """Return the reader's template, the file `name` in `private`, or the packaged one.

    Raises:
        BadInput: there is no level-2 heading in it, or one twice.
        StorageError: it cannot be read as UTF-8 text.
    """
    path = private / name
    file = read_file(path)
    if file is None:
        return _read_packaged(packaged)
    try:
        text = file.data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise StorageError(
            f"{path} is not UTF-8 text", "save it as UTF-8, or remove it to use papertrail's own template"
        ) from error
    return parse_template(text, path)


def parse_template(text: str, path: Path) -> Template:
    """Return the template written in `text`; `path` is named when it is no template.

    Raises:
        BadInput: there is no level-2 heading, an empty one, or one twice.
    """
    preamble: list[str] = []
    headings: list[tuple[str, list[str]]] = []
    whole = outline(text)
    for part in whole.parts:
        if part.level == 2:
            headings.append((part.heading, []))
        into = headings[-1][1] if headings else preamble
        # The title of the note takes the place of the template's.
        from_line = part.start if headings and part.level == 1 else part.inside
        into += whole.lines[from_line : part.end]
    return _template(headings, preamble, path)


def _read_packaged(packaged: Path) -> Template:
    """Return a packaged template, known to hold level-2 headings and plain lines only.

    Read without the parser of Markdown, whose import costs as much as half a command of every day.
    """
    preamble, *sections = re.split(r"^## ", packaged.read_text(encoding="utf-8"), flags=re.MULTILINE)
    headings = [(heading, text.split("\n")) for heading, _, text in (s.partition("\n") for s in sections)]
    return _template(headings, preamble.split("\n"), packaged)


def _template(headings: Sequence[tuple[str, list[str]]], preamble: Sequence[str], path: Path) -> Template:
    """Return the template of these headings, each with the lines below it.

    Raises:
        BadInput: there is none, an empty one, or one twice.
    """
    remedy = "correct it, or remove it to use papertrail's own template"
    if not headings:
        raise BadInput(f"{path} has no level-2 heading such as `## Problem (required)`", remedy)
    sections = tuple(_section(heading, _trimmed(lines)) for heading, lines in headings)
    seen: set[str] = set()
    for section in sections:
        folded = fold_name(section.name)
        if not folded:
            raise BadInput(f"{path} has a level-2 heading without a name", remedy)
        if folded in seen:
            raise BadInput(f"{path} has the heading `{clean_line(section.name)}` twice", remedy)
        seen.add(folded)
    return Template(sections, _trimmed(preamble))


def _section(heading: str, text: str) -> TemplateSection:
    """Return a section; a comment `ask: …` says what it asks, and is for the template alone."""
    name = section_name(heading)
    asks = ASKED.get(fold_name(name), name)
    if found := _ASK.search(text):
        asks = clean_line(found["asks"])
        text = _trimmed((text[: found.start()] + text[found.end() :]).split("\n"))
    return TemplateSection(name, is_marked_required(heading), text, asks, words_wanted(heading))


def _trimmed(lines: Sequence[str]) -> str:
    return "\n".join(line.rstrip() for line in lines).strip("\n")


def bare(line: str) -> str:
    """Return a line without quote marks, bullets and check boxes, each run of white space made one blank."""
    start = _LINE_START.match(line)
    return " ".join((line[start.end() :] if start else line).split())


def bare_lines(text: str) -> frozenset[str]:
    """Return the lines of `text` in the form of `bare`; empty ones are left out."""
    return frozenset(b for line in text.split("\n") if (b := bare(line)))


def escape_title(title: str) -> str:
    """Return a title as Markdown for a heading: on one line, and nothing in it is markup."""
    return _TITLE_MARKUP.sub(lambda found: "\\" + "\\".join(found[0]), clean_line(title))
