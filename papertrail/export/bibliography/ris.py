"""RIS."""

import re
from collections.abc import Iterable, Iterator

from papertrail.domain.reference import Reference, day_of
from papertrail.export.bibliography.cite_keys import distinctly_keyed

_KINDS = {
    "article": "JOUR",
    "inproceedings": "CPAPER",
    "proceedings": "CONF",
    "conference": "CPAPER",
    "book": "BOOK",
    "incollection": "CHAP",
    "inbook": "CHAP",
    "thesis": "THES",
    "phdthesis": "THES",
    "mastersthesis": "THES",
    "report": "RPRT",
    "techreport": "RPRT",
    "unpublished": "UNPB",
    "online": "ELEC",
    "software": "COMP",
    "dataset": "DATA",
    "patent": "PAT",
}
_DETAILS = {
    "volume": "VL",
    "number": "IS",
    "publisher": "PB",
    "institution": "PB",
    "school": "PB",
    "location": "CY",
    "address": "CY",
    "issn": "SN",
    "isbn": "SN",
    "edition": "ET",
    "shortjournal": "J2",
    "language": "LA",
    "series": "T3",
}


def ris(references: Iterable[Reference]) -> Iterator[str]:
    """Yield references, each whole and with a blank line behind it."""
    for reference in distinctly_keyed(references):
        yield (
            "".join(f"{tag}  - {_line(text)}\n" for tag, text in _tags(reference) if text or tag == "ER")
            + "\n"
        )


def _tags(reference: Reference) -> Iterator[tuple[str, str]]:
    yield "TY", _KINDS.get(reference.kind, "GEN")
    yield "ID", reference.key
    yield "TI", reference.title
    for name in reference.authors:
        yield "AU", _person(name.von, name.last, name.first, name.suffix)
    for name in reference.editors:
        yield "A2", _person(name.von, name.last, name.first, name.suffix)
    yield "JO" if reference.kind == "article" else "T2", reference.container
    yield "PY", str(reference.year or "")
    if reference.year and reference.month:
        day = day_of(reference)
        yield "DA", f"{reference.year}/{reference.month:02}/{f'{day:02}' if day else ''}/"
    pages = re.fullmatch(r"(\S+?)\s*(?:–|--|-)\s*(\S+)", reference.details.get("pages", ""))
    yield "SP", pages[1] if pages else reference.details.get("pages", "")
    yield "EP", pages[2] if pages else ""
    for name_, text in reference.details.items():
        if name_ in _DETAILS:
            yield _DETAILS[name_], text
    yield "DO", reference.doi
    yield "UR", reference.url
    if reference.arxiv_id:
        yield "AN", f"arXiv:{reference.arxiv_id}"
    yield "AB", reference.abstract
    for tag in reference.tags:
        yield "KW", tag
    yield "ER", ""


def _person(von: str, last: str, first: str, suffix: str) -> str:
    whole = f"{von} {last}" if von else last
    return ", ".join(part for part in (whole, first, suffix) if part)


def _line(text: str) -> str:
    return " ".join(text.split())
