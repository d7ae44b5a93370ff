"""CSL-JSON, by which pandoc, Zotero and citation processors cite."""

import json
from collections.abc import Iterable
from typing import Any

from papertrail.domain.person_names import PersonName, names_listed
from papertrail.domain.reference import Reference, day_of
from papertrail.export.bibliography.cite_keys import distinctly_keyed

_KINDS = {
    "article": "article-journal",
    "inproceedings": "paper-conference",
    "conference": "paper-conference",
    "book": "book",
    "incollection": "chapter",
    "inbook": "chapter",
    "thesis": "thesis",
    "phdthesis": "thesis",
    "mastersthesis": "thesis",
    "report": "report",
    "techreport": "report",
    "unpublished": "manuscript",
    "online": "article",
    "software": "software",
    "dataset": "dataset",
    "patent": "patent",
    "misc": "document",
}
_DETAILS = {
    "pages": "page",
    "volume": "volume",
    "number": "issue",
    "publisher": "publisher",
    "institution": "publisher",
    "school": "publisher",
    "location": "publisher-place",
    "address": "publisher-place",
    "isbn": "ISBN",
    "issn": "ISSN",
    "edition": "edition",
    "series": "collection-title",
    "eventtitle": "event-title",
    "shortjournal": "container-title-short",
    "language": "language",
    "type": "genre",
    "pagetotal": "number-of-pages",
    "chapter": "chapter-number",
}


def csl_json(references: Iterable[Reference]) -> str:
    """Return references as a list of CSL items, one after the other."""
    items = (json.dumps(_item(one), ensure_ascii=False, indent=1) for one in distinctly_keyed(references))
    return "[\n" + ",\n".join(items) + "\n]\n"


def _item(reference: Reference) -> dict[str, Any]:
    issued = [part for part in (reference.year, reference.month, day_of(reference)) if part]
    details = {_DETAILS[name]: text for name, text in reference.details.items() if name in _DETAILS and text}
    item: dict[str, Any] = {
        "id": reference.key,
        "citation-key": reference.key,
        "type": _KINDS.get(reference.kind, "document"),
        "title": reference.title,
        "author": [_person(name) for name in reference.authors],
        "editor": [_person(name) for name in reference.editors],
        "translator": [_person(name) for name in names_listed(reference.details.get("translator", ""))],
        "issued": {"date-parts": [issued]} if reference.year else None,
        "container-title": reference.container,
        "DOI": reference.doi,
        "number": f"arXiv:{reference.arxiv_id}" if reference.arxiv_id else "",
        "URL": reference.url,
        "abstract": reference.abstract,
        "keyword": ", ".join(reference.tags),
        **details,
    }
    return {name: value for name, value in item.items() if value}


def _person(name: PersonName) -> dict[str, str]:
    if not (name.first or name.von or name.suffix):
        return {"literal": name.last}
    parts = {
        "given": name.first,
        "non-dropping-particle": name.von,
        "family": name.last,
        "suffix": name.suffix,
    }
    return {part: text for part, text in parts.items() if text}
