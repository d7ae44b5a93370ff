"""Zotero's CSV export, its notes and attachments among it."""

import re
from collections.abc import Iterator, Mapping

from papertrail.domain.person_names import listed_names, parts_of_listed, parts_of_said
from papertrail.domain.records import Record, RecordProblem
from papertrail.domain.text import clean, clean_line
from papertrail.sources.formats.csv_rows import csv_rows
from papertrail.sources.formats.html_text import markdown_of
from papertrail.sources.formats.identifiers import doi_and_arxiv_id
from papertrail.sources.formats.kinds import ZOTERO_DETAILS, ZOTERO_KINDS

_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|2[01]\d\d)(?!\d)(?:-(\d\d))?")
_CITATION_KEY = re.compile(r"^citation key:\s*(\S+)", re.IGNORECASE | re.MULTILINE)


def read_zotero_csv(data: bytes) -> Iterator[Record | RecordProblem]:
    """Read an export; rows of attachments and notes alone are passed over."""
    for one in csv_rows(data):
        if isinstance(one, RecordProblem):
            yield one
            continue
        line, row = one
        is_paper = row.get("Item Type") not in ("attachment", "note", "annotation")
        if is_paper and clean_line(row.get("Title") or ""):
            yield _record(line, row)
        elif is_paper:
            yield RecordProblem(line, "this row has no title")


def _record(line: int, row: Mapping[str, str]) -> Record:
    def text(name: str) -> str:
        return clean_line(row.get(name) or "")

    authors = [parts_of_listed(name) for name in text("Author").split(";") if name.strip()]
    details = {ours: text(name) for name, ours in ZOTERO_DETAILS.items()}
    editors = (parts_of_listed(name) for name in text("Editor").split(";"))
    details["editor"] = listed_names(one for one in editors if one.last)
    if any(parts_of_said(one.said) != one for one in authors):
        details["author"] = listed_names(authors)
    date = _YEAR.search(text("Date")) or _YEAR.search(text("Publication Year"))
    details["month"] = str(int(date[2])) if date and date[2] else ""
    extra = row.get("Extra") or ""
    key = _CITATION_KEY.search(extra)
    urls = (text("Url"),) if re.match(r"https?://", text("Url")) else ()
    doi, arxiv_id = doi_and_arxiv_id(
        text("DOI"), (*urls, text("Archive Location"), text("Number"), text("Publication Title"), extra)
    )
    notes = (markdown_of(part) for part in re.split(r";\s*(?=<)", row.get("Notes") or ""))
    tags = (word.strip() for name in ("Manual Tags", "Automatic Tags") for word in text(name).split(";"))
    files = (
        part.strip() for part in re.split(r";\s*(?=/|[A-Za-z]:|storage:)", row.get("File Attachments") or "")
    )
    return Record(
        line=line,
        key=key[1] if key else "",
        title=text("Title"),
        authors=tuple(one.said for one in authors if one.last),
        year=int(date[1]) if date else None,
        venue=text("Publication Title") or text("Conference Name") or text("Publisher"),
        doi=doi,
        arxiv_id=arxiv_id,
        abstract=clean(row.get("Abstract Note") or ""),
        urls=urls,
        tags=tuple(dict.fromkeys(word for word in tags if word)),
        note="\n\n".join(note for note in notes if note),
        attached=tuple(one for one in files if one.lower().endswith(".pdf")),
        kind=ZOTERO_KINDS.get(text("Item Type"), "misc"),
        details={name: said for name, said in details.items() if said},
    )
