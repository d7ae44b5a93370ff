"""A folder of Markdown notes about papers: a vault of papertrail's, or literature notes of other programs."""

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from papertrail.domain.paper import Status
from papertrail.domain.records import Record, RecordProblem
from papertrail.domain.text import clean, clean_line
from papertrail.domain.vault_marks import by_hand, is_marked, parted, tag_called, words_in
from papertrail.sources.formats.decoded import decoded
from papertrail.sources.formats.loose_yaml import loose_mapping
from papertrail.sources.formats.yaml_entries import listed, record_of, text_of

MOST_FILES = 100_000
LARGEST_NOTE = 4 * 1024 * 1024
"""Bytes."""
_KEYS = ("key", "citekey", "citation-key", "citation_key", "citationKey", "bibtex-key")
_READ = ("read", "dateread", "date-read", "date_read")
_SAME = {
    "author": ("authors", "creators"),
    "eprint": ("arxiv", "arxiv_id", "arXiv", "arxivId"),
    "journal": ("venue", "publicationTitle", "publication", "conference", "container-title"),
    "doi": ("DOI",),
    "url": ("URL", "link"),
    "keywords": ("keyword",),
    "date": ("published", "issued"),
    "type": ("itemType", "item-type"),
}
"""Names of fields that say the same as one of BibLaTeX's."""
_LINK = re.compile(r"\[\[([^\]|#]+)(?:[^\]|]*)(?:\|[^\]]*)?\]\]")
_TITLE = re.compile(r"^# +(.+?)[ \t#]*$", re.MULTILINE)
_HOME = re.compile(r"^\[All papers\]\(\.\./README\.md\)[ \t]*$", re.MULTILINE)
_TO_PAGE = re.compile(r"\[((?:[^\[\]\\\n]|\\.)*)\]\(\.\./papers/([^()\s/]+)\.md\)")
_FIRST_SECTION = re.compile(r"^## ", re.MULTILINE)


def read_markdown(folder: Path) -> Iterator[Record | RecordProblem]:
    """Read all notes below a folder, hidden folders and links left out; those of a vault in reading order."""
    placed: list[tuple[int, Record]] = []
    for name in _files(folder):
        found = _read(folder / name, clean_line(name))
        if isinstance(found, tuple):
            placed.append(found)
        elif found is not None:
            yield found
    for _, record in sorted(placed, key=lambda one: one[0]):
        yield record


def _files(folder: Path) -> Iterator[str]:
    number = 0
    for root, folders, names in os.walk(folder):  # which follows no link
        folders[:] = sorted(one for one in folders if not one.startswith("."))
        for name in sorted(names):
            if name.lower().endswith((".md", ".markdown")) and not name.startswith("."):
                number += 1
                if number > MOST_FILES:
                    return
                yield (Path(root) / name).relative_to(folder).as_posix()


def _read(path: Path, name: str) -> tuple[int, Record] | RecordProblem | None:
    if path.is_symlink() or not path.is_file():
        return None
    try:
        data = path.read_bytes()[: LARGEST_NOTE + 1]
    except OSError as error:
        return RecordProblem(1, f"it cannot be read ({error.strerror})", name)
    if len(data) > LARGEST_NOTE:
        return RecordProblem(1, "it is too large for a note", name)
    text = decoded(data)
    matter, rest = parted(text)
    if not matter.strip():
        return RecordProblem(1, "it is no note about a paper: nothing above it says of which", name)
    try:
        written = loose_mapping(matter)
    except ValueError as error:
        return RecordProblem(1, str(error), name)
    fields = {**{str(name).casefold(): value for name, value in written.items()}, **written}  # `Title`
    if "papertrail" in fields and "key" not in fields:
        return None  # what a vault says of lineages, and where it begins
    key = next((said for one in _KEYS if (said := text_of(fields, one))), "").removeprefix("@")
    key = key or (clean_line(path.stem[1:]) if path.stem.startswith("@") else "")
    title = text_of(fields, "title") or (clean_line(found[1]) if (found := _TITLE.search(rest)) else "")
    record = record_of(1, key, _renamed({**fields, "title": title}), "", [], name)
    if not (record.doi or record.arxiv_id or key or record.authors):
        return RecordProblem(1, "it is no note about a paper: it names no id, key or author", name)
    place = text_of(fields, "place")
    doi = text_of(fields, "doi")
    told = replace(
        record,
        doi=doi if doi.lower() == record.doi else record.doi,  # as it is written
        authors=tuple(_unlinked(one) for one in record.authors),
        tags=_tags(record.tags, fields),
        status=_status(fields),
        read_on=next((day for name in _READ if (day := _day(fields, name))), None),
        numbers=tuple(listed(fields, "numbers")),
        lineages=tuple(listed(fields, "lineages")),
        builds_on=tuple(
            found[1].strip() for one in listed(fields, "builds_on") if (found := _LINK.search(one))
        ),
        details={},
        kind="",
        **_note(text.replace("\r\n", "\n"), rest.replace("\r\n", "\n"), data, fields),
    )
    return int(place) if place.isdecimal() and len(place) < 10 else MOST_FILES, told


def _tags(tags: tuple[str, ...], fields: Mapping[str, Any]) -> tuple[str, ...]:
    """Return tags by their own names, where a vault tells these beside what they are called in it."""
    names = {tag_called(one): one for one in listed(fields, "tag_names")}
    return tuple(names.get(one, one.lstrip("#")) for one in tags)


def _renamed(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return fields by BibLaTeX's names."""
    told = dict(fields)
    for name, others in _SAME.items():
        for other in others:
            if other in told:
                told.setdefault(name, told.pop(other))
    if isinstance(names := told.get("author"), str):
        told["author"] = _listed_names(names)
    elif isinstance(names, list):
        told["author"] = [_name(one) if isinstance(one, dict) else one for one in names]
    return told


def _name(parts: Mapping[str, Any]) -> str:
    """Return a name that is told in parts, first names first."""
    given, family = (
        next((text for name in names if (text := text_of(parts, name))), "")
        for names in (("given", "firstName", "first"), ("family", "lastName", "last", "name", "literal"))
    )
    return f"{given} {family}".strip()


def _listed_names(names: str) -> str:
    """Return names as BibTeX lists them: links, or first names first with commas between."""
    if "[[" in names:
        return " and ".join(_LINK.findall(names))
    parts = [one.strip() for one in names.split(",")]
    is_list = " and " not in names and all(" " in one for one in parts)  # `He, Kaiming` is one name
    return " and ".join(parts) if is_list else names


def _unlinked(name: str) -> str:
    found = _LINK.search(name)
    return found[1].strip() if found else name


def _note(text: str, rest: str, data: bytes, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the note of a new paper says: of a file of ours what it has of it, else all."""
    if is_marked(text) or "papertrail" in fields:
        note, beside = words_in(text)
        return {"note_body": clean(note), "note": clean(beside)}
    if (home := _HOME.search(rest)) and "key" in fields and "status" in fields:  # a page of an export
        section = _FIRST_SECTION.search(rest, 0, home.start())
        begin = section.start() if section else home.start()
        body = f"{by_hand(rest[:begin], link='')}\n\n{rest[begin : home.start()]}".strip("\n")
        return {"note_body": clean(_TO_PAGE.sub(_wiki_link, body)), "note": clean(rest[home.end() :]).strip()}
    return {"note_file": _utf8(data)} if rest.strip() else {}


def _wiki_link(link: re.Match[str]) -> str:
    words = re.sub(r"\\(.)", r"\1", link[1])
    return f"[[{link[2]}]]" if words == link[2] else f"[[{link[2]}|{words}]]"


def _utf8(data: bytes) -> bytes:
    """Return a file as it is if it is UTF-8, else in it."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return decoded(data).encode("utf-8")
    return data


def _status(fields: Mapping[str, Any]) -> Status | None:
    with suppress(ValueError):
        status = Status(text_of(fields, "status").lower())
        return None if status is Status.UNREAD else status
    return None


def _day(fields: Mapping[str, Any], name: str) -> date | None:
    with suppress(ValueError):
        return date.fromisoformat(text_of(fields, name))
    return None
