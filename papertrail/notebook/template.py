"""The template of a note: its sections, which of them are required, and the words that help to start."""

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from papertrail.domain.errors import BadInput, StorageError
from papertrail.domain.text import clean_line
from papertrail.notebook.files import read_file

PACKAGED_TEMPLATE = Path(__file__).with_name("template.md")
FILE_NAME = "template.md"

_REQUIRED = re.compile(r" ?[(（] ?(?:required|必填) ?[)）]$", re.IGNORECASE)
_HEADING = re.compile(r" {0,3}(#{1,2})(?:[ \t]+|$)")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
# What may stand before the words of a line: quote marks, bullets, numbers, check boxes.
_LINE_START = re.compile(r"(?:[\s>]+|[-*+](?:\s+|$)|\d{1,9}[.)]\s+|\[[ xX]\](?:\s+|$))+")
# In a title these could become markup; a pair is escaped once.
_TITLE_MARKUP = re.compile(r"[\\`*_\[\]<#~$]|==|%%|&(?=#?\w+;)")
# Not escaped by JSON, but not allowed or not kept as it is inside YAML's double quotes.
_NOT_YAML = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class TemplateSection:
    """One level-2 heading of the template.

    Attributes:
        name: the heading without its mark.
        required: whether a note must fill it to count.
        text: the template's own lines under the heading.
    """

    name: str
    required: bool
    text: str

    @property
    def prompts(self) -> frozenset[str]:
        """The template's lines in the form of `bare`: these are not the reader's words."""
        return bare_lines(self.text)


@dataclass(frozen=True)
class Template:
    """What a new note holds; `preamble` stands between its title and its first section."""

    sections: tuple[TemplateSection, ...]
    preamble: str = ""

    @cached_property
    def fingerprint(self) -> str:
        """Hex digest of all that decides whether a section is filled."""
        digest = hashlib.sha256()
        for section in self.sections:
            for part in (section.name, str(section.required), *sorted(section.prompts), "\0"):
                digest.update(part.encode("utf-8", "surrogatepass") + b"\n")
        return digest.hexdigest()

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


def read_template(private: Path) -> Template:
    """Return the reader's template, `template.md` in `private`, or the packaged one.

    Raises:
        BadInput: there is no level-2 heading in it, or one twice.
        StorageError: it cannot be read as UTF-8 text.
    """
    path = private / FILE_NAME
    file = read_file(path)
    if file is None:
        return parse_template(PACKAGED_TEMPLATE.read_text(encoding="utf-8"), PACKAGED_TEMPLATE)
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
    remedy = "correct it, or remove it to use papertrail's own template"
    preamble: list[str] = []
    headings: list[tuple[str, list[str]]] = []
    for level, line in _levels(split_front_matter(text.replace("\r\n", "\n").replace("\r", "\n"))[1]):
        if level == 2:
            headings.append((_heading_text(line), []))
        elif headings:
            headings[-1][1].append(line)
        elif level != 1:  # the title of the note takes the place of the template's
            preamble.append(line)
    if not headings:
        raise BadInput(f"{path} has no level-2 heading such as `## Problem (required)`", remedy)
    sections = tuple(
        TemplateSection(section_name(h), is_marked_required(h), _trimmed(lines)) for h, lines in headings
    )
    seen: set[str] = set()
    for section in sections:
        folded = fold_name(section.name)
        if not folded:
            raise BadInput(f"{path} has a level-2 heading without a name", remedy)
        if folded in seen:
            raise BadInput(f"{path} has the heading `{clean_line(section.name)}` twice", remedy)
        seen.add(folded)
    return Template(sections, _trimmed(preamble))


def _levels(body: str) -> list[tuple[int, str]]:
    """Return each line with the level of its heading, 0 when it is none: code and comments hold none."""
    found: list[tuple[int, str]] = []
    fence, in_comment = "", False
    for line in body.split("\n"):
        level = 0
        mark = _FENCE.match(line)
        if in_comment:
            in_comment = "-->" not in line
        elif fence:
            if mark and mark[1].startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""
        elif mark:
            fence = mark[1]
        elif line.lstrip().startswith("<!--"):
            in_comment = "-->" not in line
        elif heading := _HEADING.match(line):
            level = len(heading[1])
        found.append((level, line))
    return found


def _heading_text(line: str) -> str:
    """Return the text of an ATX heading, without the number signs that may close it."""
    text = line.strip().lstrip("#").strip()
    opened = text.rstrip("#")
    return opened.rstrip() if not opened or opened[-1] in " \t" else text


def _trimmed(lines: Sequence[str]) -> str:
    return "\n".join(line.rstrip() for line in lines).strip("\n")


def section_name(heading: str) -> str:
    """Return a heading as the name of a section: on one line, without the mark of required ones."""
    return _REQUIRED.sub("", clean_line(heading))


def is_marked_required(heading: str) -> bool:
    """Tell whether a heading of the template ends with `(required)` or `（必填）`."""
    return _REQUIRED.search(clean_line(heading)) is not None


def fold_name(heading: str) -> str:
    """Return the form in which names of sections are compared.

    Case, width, white space, emphasis, the mark of required sections and a colon at the end do not count.
    """
    text = section_name(unicodedata.normalize("NFKC", heading)).strip("*_` ").rstrip(": ")
    return section_name(text).strip("*_` ").casefold()


def bare(line: str) -> str:
    """Return a line without quote marks, bullets and check boxes, each run of white space made one blank."""
    start = _LINE_START.match(line)
    return " ".join((line[start.end() :] if start else line).split())


def bare_lines(text: str) -> frozenset[str]:
    """Return the lines of `text` in the form of `bare`; empty ones are left out."""
    return frozenset(b for line in text.split("\n") if (b := bare(line)))


def split_front_matter(text: str) -> tuple[str, str]:
    """Return the YAML block at the very start of a note, fences included, and the rest.

    There is none when its fence is not closed or what it holds does not begin as a mapping does: a rule
    (`---`) may well be the first line of a note.

    Args:
        text: with newlines as line ends.
    """
    opened = re.match(r"\ufeff?---[ \t]*\n", text)
    closed = opened and re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE).search(text, opened.end())
    if not opened or not closed:
        return "", text.removeprefix("\ufeff")
    inside = text[opened.end() : closed.start()]
    first = next((line for line in inside.split("\n") if line.strip() and not line.startswith("#")), "")
    if (first or inside.strip()) and not re.match(r"[^\s:#-][^:]*:(?:\s|$)", first):
        return "", text.removeprefix("\ufeff")
    return text[: closed.end()], text[closed.end() :]


def yaml_string(text: str) -> str:
    """Return `text` as a YAML string in double quotes.

    Every value is quoted, since `yes`, `1e3` and `1512.03380` are strings to some YAML readers only. JSON's
    escapes are YAML's as well.
    """
    import json

    quoted = json.dumps(text, ensure_ascii=False)
    return _NOT_YAML.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted)


def escape_title(title: str) -> str:
    """Return a title as Markdown for a heading: on one line, and nothing in it is markup."""
    return _TITLE_MARKUP.sub(lambda found: "\\" + "\\".join(found[0]), clean_line(title))
