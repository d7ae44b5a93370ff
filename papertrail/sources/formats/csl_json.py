"""CSL-JSON, as Zotero, Better BibTeX, pandoc, Crossref and Mendeley write it."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from papertrail.domain.person_names import PersonName, listed_names, parts_of_said
from papertrail.domain.records import Record, RecordProblem
from papertrail.domain.text import clean, clean_line
from papertrail.sources.formats.decoded import decoded
from papertrail.sources.formats.html_text import markdown_of
from papertrail.sources.formats.identifiers import doi_and_arxiv_id
from papertrail.sources.formats.kinds import CSL_DETAILS, CSL_KINDS

_ITEM = re.compile(r"\{(?=\s*[\"}])")
_VALUE = re.compile(r"[^\s,]")  # with which an entry of a list begins, a reference or not
_SHORT = 65_536
_STYLE = re.compile(r"</?(?:i|b|sub|sup|sc|span)(?:\s[^<>]*)?>")


def read_csl_json(data: bytes) -> Iterator[Record | RecordProblem]:
    """Read references: a list of them, an object with `items`, or one alone; a damaged one is passed over."""
    text = decoded(data)
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        yield from _piecemeal(text)
        return
    items = whole.get("items", whole) if isinstance(whole, dict) else whole
    lines = _lines_of_items(text)
    for item in items if isinstance(items, list) else [items]:
        line = next(lines, 1)
        if isinstance(item, dict) and ("title" in item or "id" in item or "DOI" in item):
            yield _record(line, item)
        else:
            yield RecordProblem(line, "this is no reference: it has neither id nor title")


def _lines_of_items(text: str) -> Iterator[int]:
    """Yield the lines in which the items of a list begin."""
    decoder, at, line = json.JSONDecoder(), text.find("[") + 1, 1
    seen = 0
    while 0 < at < len(text) and (found := _VALUE.search(text, at)):
        line += text.count("\n", seen, found.start())
        seen = found.start()
        yield line
        try:
            at = decoder.raw_decode(text, found.start())[1]
        except (ValueError, RecursionError):
            return


def _piecemeal(text: str) -> Iterator[Record | RecordProblem]:
    """Yield the references of a file that is damaged somewhere."""
    decoder, at, is_told = json.JSONDecoder(), 0, False
    line, counted = 1, 0
    while found := _ITEM.search(text, at):
        start = found.start()
        try:
            item, at = _decoded_at(decoder, text, start)
        except json.JSONDecodeError:
            item, at = None, start + 1  # others may stand within what it took for its own
        except RecursionError:
            item, at = None, start + 1_000
        line += text.count("\n", counted, start)
        counted = start
        if isinstance(item, dict) and ("title" in item or "DOI" in item):
            yield _record(line, item)
        elif item is None and not is_told:
            is_told = True
            yield RecordProblem(line, "JSON that is damaged here: what can be read behind it is")
    if not is_told:
        yield RecordProblem(line, "the file is damaged or cut off behind this")


def _decoded_at(decoder: json.JSONDecoder, text: str, start: int) -> tuple[Any, int]:
    """Return the value that begins at a place, and where it ends.

    First as if it were short: who finds fault counts all lines before it.
    """
    piece = text[start : start + _SHORT]
    try:
        item, length = decoder.raw_decode(piece)
    except json.JSONDecodeError as error:
        is_cut = len(piece) == _SHORT and ("Unterminated" in error.msg or error.pos > _SHORT - 10)
        if not is_cut:
            raise
        return decoder.raw_decode(text, start)
    return item, start + length


def _record(line: int, item: Mapping[str, Any]) -> Record:
    def text(name: str) -> str:
        value = item.get(name)
        if isinstance(value, list):
            value = next(iter(value), "")
        return clean_line(_STYLE.sub("", str(value))) if isinstance(value, str | int | float) else ""

    authors = _persons(item.get("author"))
    details = {ours: text(name) for name, ours in CSL_DETAILS.items()}
    for role in ("editor", "translator"):
        details[role] = listed_names(_persons(item.get(role)))
    if any(parts_of_said(one.said) != one for one in authors):
        details["author"] = listed_names(authors)
    year, details["month"], day = _issued(item.get("issued"))
    details["date"] = f"{year}-{int(details['month']):02}-{day:02}" if day else ""
    kind = CSL_KINDS.get(text("type"), "misc")
    if kind in ("thesis", "report"):
        details["institution"] = details.pop("publisher", "")
    note = markdown_of(str(item.get("note") or ""))
    urls = (text("URL"),) if re.match(r"https?://", text("URL")) else ()
    doi, arxiv_id = doi_and_arxiv_id(
        text("DOI"), (*urls, text("number"), text("archive_location"), text("container-title"), note)
    )
    return Record(
        line=line,
        key=text("citation-key") or text("id"),
        title=text("title"),
        authors=tuple(one.said for one in authors),
        year=year,
        venue=text("container-title") or text("event-title") or text("publisher"),
        doi=doi,
        arxiv_id=arxiv_id,
        abstract=clean(_STYLE.sub("", str(item.get("abstract") or ""))),
        urls=urls,
        tags=tuple(dict.fromkeys(word.strip() for word in re.split("[,;]", text("keyword")) if word.strip())),
        note="" if re.fullmatch(r"(?:arXiv:? ?\S+(?: \[[\w.-]+\])?\s*)*", note) else note,
        kind=kind,
        details={name: said for name, said in details.items() if said},
    )


def _persons(given: object) -> list[PersonName]:
    persons = []
    for one in given if isinstance(given, list) else []:
        if not isinstance(one, dict):
            continue
        part = {name: clean_line(str(value)) for name, value in one.items() if isinstance(value, str)}
        von = " ".join(
            part[name] for name in ("dropping-particle", "non-dropping-particle") if part.get(name)
        )
        last = part.get("family") or part.get("literal") or ""
        if last:
            persons.append(PersonName(part.get("given", ""), von, last, part.get("suffix", "")))
    return persons


def _issued(given: object) -> tuple[int | None, str, int]:
    """Return year, month and day of a date; the month empty and the day 0 where they are not said."""
    if isinstance(given, dict):
        parts = given.get("date-parts")
        first = parts[0] if isinstance(parts, list) and parts else None
        is_one = isinstance(parts, list) and len(parts) == 1  # no range
        if isinstance(first, list) and first:
            numbers = [int(one) for one in first if str(one).lstrip("-").isdigit()]
            if numbers and 1500 <= numbers[0] <= 2200:
                month = numbers[1] if len(numbers) > 1 and 1 <= numbers[1] <= 12 else 0
                day = numbers[2] if month and len(numbers) > 2 and 1 <= numbers[2] <= 31 else 0
                return numbers[0], str(month or ""), day if is_one else 0
        given = given.get("raw") or given.get("literal") or ""
    found = re.search(r"(?<!\d)(1[5-9]\d\d|2[01]\d\d)(?!\d)(?:-(\d\d))?", str(given or ""))
    return (int(found[1]), str(int(found[2])) if found[2] else "", 0) if found else (None, "", 0)
