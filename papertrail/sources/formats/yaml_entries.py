"""Libraries kept as YAML: those of papis, a folder a paper, and of coBib, all papers in one file."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from papertrail.domain.person_names import PersonName, listed_names, names_listed, parts_of_said
from papertrail.domain.records import Record, RecordProblem
from papertrail.domain.text import clean, clean_line, shorten
from papertrail.sources.formats.decoded import decoded
from papertrail.sources.formats.identifiers import doi_and_arxiv_id
from papertrail.sources.formats.kinds import ZOTERO_KINDS
from papertrail.sources.formats.months import numbered
from papertrail.sources.tex_text import plain

INFO = "info.yaml"
_MOST_PAPERS = 100_000
_LARGEST = 256 * 1024
_DEEPEST = 2_000  # marks that may nest: libyaml's reader has no bottom, and takes the program with it
_NESTING = re.compile(r"[\[{]|[-?] ")
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # text alone: `1506.01490` is no number
_TOP = re.compile(r"[^\s#%]")
_BORDER = re.compile(r"(?:---|\.\.\.)(?:\s|$)")
_TEX = re.compile(r"\\[A-Za-z\"'`^~=.%&_#${}]|\{[^{}]*\}")
_TAGS = re.compile(r"\s*[,;]\s*")
_NAMES = ("author", "editor", "translator")
_VENUES = (
    "journal",
    "journaltitle",
    "booktitle",
    "eventtitle",
    "school",
    "institution",
    "publisher",
    "series",
)
_NO_DETAILS = frozenset(
    {"title", "abstract", "doi", "year", "url", "tags", "keywords", "file", "files", "notes", "note", "ref"}
    | {"type", "ENTRYTYPE", "papis_id", "author_list", "editor_list", "time-added", "citations", "rating"}
    | {"cited", "doc_url", "added", "ID", "label", "groups", *_NAMES}
)
_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|2[01]\d\d)(?!\d)(?:-(\d\d))?")


def read_papis(folder: Path) -> Iterator[Record | RecordProblem]:
    """Read a library of papis: below a folder each one with `info.yaml`, its PDFs and notes beside."""
    number = 0
    for path in sorted(folder.rglob(INFO)):
        number += 1
        name = clean_line(path.relative_to(folder).as_posix())
        if number > _MOST_PAPERS:
            yield RecordProblem(1, f"only the first {_MOST_PAPERS:,} papers are read", name)
            return
        try:
            text = decoded(path.read_bytes()[: _LARGEST + 1])
        except OSError as error:
            yield RecordProblem(1, f"it cannot be read ({error.strerror})", name)
            continue
        try:
            fields = mapping(text)
        except ValueError as error:
            yield RecordProblem(1, str(error), name)
            continue
        note, problem = _note_beside(path.parent, fields)
        if problem:
            yield RecordProblem(1, problem, name)
        key = text_of(fields, "ref") or clean_line(path.parent.name)
        files = [str((path.parent / one).absolute()) for one in listed(fields, "files")]
        yield record_of(1, key, fields, note, files, name)


def read_cobib(data: bytes) -> Iterator[Record | RecordProblem]:
    """Read a database of coBib: a YAML document an entry; one that is damaged is passed over."""
    for line, chunk in _entries(decoded(data)):
        try:
            told = mapping(chunk)
        except ValueError as error:
            yield RecordProblem(line, str(error))
            continue
        for key, fields in told.items():
            if not isinstance(fields, dict) or not text_of(fields, "title"):
                yield RecordProblem(line, f"{shorten(clean_line(str(key)), 40)} is no entry: it has no title")
                continue
            note = (
                "" if "\n" not in (told_note := _raw(fields, "note")) and told_note[:1] in "~/" else told_note
            )
            yield record_of(line, clean_line(str(key)), fields, clean(note), listed(fields, "file"))


def _entries(text: str) -> Iterator[tuple[int, str]]:
    """Yield each entry with the line it begins in: what stands at the left margin, up to the next."""
    begun, lines = 1, list[str]()
    for number, line in enumerate(text.split("\n"), start=1):
        is_border = bool(_BORDER.match(line))
        if lines and (is_border or _TOP.match(line)):
            yield begun, "\n".join(lines)
            lines = []
        if lines:
            lines.append(line)
        elif not is_border and line.strip() and line[0] not in "#%":
            begun, lines = number, [line]
    if lines:
        yield begun, "\n".join(lines)


def mapping(text: str) -> dict[str, Any]:
    """Return what a YAML document says.

    Raises:
        ValueError: it cannot be read; the message says why.
    """
    if len(text) > _LARGEST or sum(1 for _ in _NESTING.finditer(text)) > _DEEPEST:
        raise ValueError("this is too large for an entry: it is left out")
    try:
        told = yaml.load(text, Loader=_LOADER)  # which makes text, lists and mappings alone
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f" (its line {mark.line + 1})" if mark else ""
        told = getattr(error, "problem", None) or getattr(error, "reason", None) or "nested too deeply"
        why = shorten(clean_line(str(told)), 60)
        raise ValueError(f"this is no YAML{where}: {why}") from None
    if not isinstance(told, dict):
        raise ValueError("this is no entry: it names no fields")
    return told


def record_of(
    line: int, key: str, fields: Mapping[str, Any], note: str, files: list[str], file: str = ""
) -> Record:
    """Return the record of an entry's fields, by the names of BibLaTeX and of either program."""
    persons = {name: _persons(fields, name) for name in _NAMES}
    details = {
        clean_line(name): text_of(fields, name)
        for name, value in fields.items()
        if isinstance(value, str) and name not in _NO_DETAILS
    }
    if "month" in details:
        details["month"] = numbered(details["month"])
    for name, people in persons.items():
        if name != "author" or any(parts_of_said(one.said) != one for one in people):
            details[name] = listed_names(people)
    date = _YEAR.search(text_of(fields, "year")) or _YEAR.search(text_of(fields, "date"))
    urls = tuple(one for one in listed(fields, "url") if re.match(r"https?://\S+$", one))
    kind = text_of(fields, "ENTRYTYPE") or text_of(fields, "type")
    is_arxiv = (
        "arxiv" in (text_of(fields, "archiveprefix") + (text_of(fields, "eprinttype") or "arxiv")).lower()
    )
    doi, arxiv_id = doi_and_arxiv_id(
        text_of(fields, "doi"),
        (*urls, *(text_of(fields, name) for name in ("journal", "number", "volume", "note"))),
        text_of(fields, "eprint") if is_arxiv else "",
    )
    rating = text_of(fields, "rating")
    return Record(
        line=line,
        key=key,
        title=text_of(fields, "title"),
        authors=tuple(one.said for one in persons["author"]),
        year=int(date[1]) if date else None,
        venue=next((said for name in _VENUES if (said := text_of(fields, name)) and "://" not in said), ""),
        doi=doi,
        arxiv_id=arxiv_id,
        abstract=clean(_untexed(_raw(fields, "abstract"))),
        urls=urls,
        tags=tuple(
            dict.fromkeys([*_tags(fields, "tags"), *_tags(fields, "keywords"), *_tags(fields, "groups")])
        ),
        note=note,
        attached=tuple(one for one in files if one.lower().endswith(".pdf")),
        rating=int(rating) if rating in {"1", "2", "3", "4", "5"} else None,
        kind=ZOTERO_KINDS.get(kind, kind if kind.isalpha() else "misc").lower(),
        details={name: said for name, said in details.items() if said},
        file=file,
    )


def _raw(fields: Mapping[str, Any], name: str) -> str:
    value = fields.get(name)
    return value if isinstance(value, str) and value not in ("null", "~", "None") else ""


def text_of(fields: Mapping[str, Any], name: str) -> str:
    """Return a field on one line; empty where it is none, or no text."""
    return clean_line(_untexed(_raw(fields, name)))


def _untexed(text: str) -> str:
    """Return a text as Unicode: either program may keep it so, or as TeX."""
    return plain(text, braces_group=True) if _TEX.search(text) else text


def listed(fields: Mapping[str, Any], name: str) -> list[str]:
    """Return a field of several, which may be kept as one."""
    value = fields.get(name)
    several = value if isinstance(value, list) else [value]
    return [clean_line(one) for one in several if isinstance(one, str) and one.strip() and one != "null"]


def _tags(fields: Mapping[str, Any], name: str) -> list[str]:
    """Return tags: a list, or one text with commas, else with blanks between them."""
    value = fields.get(name)
    if isinstance(value, list):
        return listed(fields, name)
    text = text_of(fields, name)
    return [one for one in (_TAGS.split(text) if _TAGS.search(text) else text.split()) if one]


def _persons(fields: Mapping[str, Any], name: str) -> list[PersonName]:
    """Return persons: a list of mappings, by either program's names of their parts, or one text."""
    listed = next(
        (one for one in (fields.get(f"{name}_list"), fields.get(name)) if isinstance(one, list)), None
    )
    if listed is None:
        return names_listed(text_of(fields, name))
    persons = []
    for one in listed:
        if isinstance(one, str):
            persons += names_listed(clean_line(_untexed(one)))
        elif isinstance(one, dict):
            parts = (text_of(one, two[0]) or text_of(one, two[1]) for two in _PARTS)
            persons.append(PersonName(*parts))
    return [one for one in persons if one.last]


_PARTS = (("first", "given"), ("particle", "prefix"), ("last", "family"), ("suffix", "suffix"))


def _note_beside(folder: Path, fields: Mapping[str, Any]) -> tuple[str, str]:
    """Return the notes of a paper, which stand in files beside, and why one of them cannot be read."""
    texts = []
    for name in listed(fields, "notes"):
        path = folder / Path(name).name
        try:
            if path.is_file():
                texts.append(clean(decoded(path.read_bytes())).strip())
        except OSError as error:
            return "\n\n".join(texts), f"{clean_line(path.name)} cannot be read ({error.strerror})"
    return "\n\n".join(texts), ""
