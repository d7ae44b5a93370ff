"""BibTeX and BibLaTeX."""

import re
from collections.abc import Iterable, Iterator, Sequence

from papertrail.domain.person_names import OTHERS, PersonName, names_listed
from papertrail.domain.reference import Reference, without_braces
from papertrail.export.bibliography.cite_keys import distinct
from papertrail.export.bibliography.tex_text import tex

MOST_AUTHORS = 100
"""Of an entry; what follows is `and others`: some papers have three thousand."""
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_BIBTEX_KINDS = {
    "online": "misc",
    "report": "techreport",
    "thesis": "phdthesis",
    "software": "misc",
    "dataset": "misc",
    "patent": "misc",
}
_BIBTEX_FIELDS = {"journaltitle": "journal", "location": "address", "institution": "institution"}
_BIBLATEX_FIELDS = {"journal": "journaltitle", "address": "location", "school": "institution"}
_KEY = re.compile(r"[^\s\"#%'(),={}~\\]+")
_FIELD = re.compile(r"[A-Za-z][A-Za-z0-9_:+-]*")
_CONTAINERS = ("booktitle", "maintitle", "eventtitle")
_PEOPLE = frozenset({"translator", "bookauthor"})


def bibtex(references: Iterable[Reference], *, biblatex: bool = False) -> Iterator[str]:
    """Yield the entries of a bibliography, each with its line end; no two have one key.

    Args:
        references: in order.
        biblatex: whether fields have BibLaTeX's names, and days its form.
    """
    cited = list(references)
    stems = ("".join(_KEY.findall(reference.key)) or "paper" for reference in cited)
    for key, reference in zip(distinct(stems), cited, strict=True):
        yield _entry(key, reference, biblatex)


def _entry(key: str, reference: Reference, biblatex: bool) -> str:
    kind = reference.kind if biblatex else _BIBTEX_KINDS.get(reference.kind, reference.kind)
    kind = kind if re.fullmatch(r"[a-z]+", kind) else "misc"
    fields = {name: value for name, value in _fields(reference, kind, biblatex).items() if value}
    width = max((len(name) for name in fields), default=0)
    lines = [f"  {name:<{width}} = {value}," for name, value in fields.items()]
    return "\n".join([f"@{kind}{{{key},", *lines, "}"]) + "\n"


def _fields(reference: Reference, kind: str, biblatex: bool) -> dict[str, str]:
    container = "booktitle" if kind in ("inproceedings", "incollection", "inbook") else "journal"
    if kind == "misc" and reference.container:
        container = "howpublished"
    told_as = (name for name in _CONTAINERS if reference.details.get(name) == reference.container)
    container = next(told_as, container)
    names = _BIBLATEX_FIELDS if biblatex else _BIBTEX_FIELDS
    if kind in ("phdthesis", "mastersthesis") and not biblatex:
        names = {**names, "institution": "school"}
    date = str(reference.year or "")
    if biblatex and reference.month and date:
        date += f"-{reference.month:02}"
    if biblatex and reference.details.get("date", "").startswith(date):
        date = reference.details.get("date", "")
    fields = {
        "author": _people(reference.authors),
        "title": f"{{{_title(reference)}}}" if reference.title else "",
        "editor": _people(reference.editors),
        names.get(container, container): _braced(reference.container),
        "date" if biblatex else "year": _braced(date),
        "month": _MONTHS[reference.month - 1] if reference.month and not biblatex else "",
        "doi": _verbatim(reference.doi),
        "eprint": _verbatim(reference.arxiv_id),
        "eprinttype" if biblatex else "archiveprefix": "{arXiv}" if reference.arxiv_id else "",
        "eprintclass" if biblatex else "primaryclass": _verbatim(reference.category),
        "url": _verbatim(reference.url),
        "abstract": _braced(" ".join(reference.abstract.split())),
        "keywords": _braced(", ".join(reference.tags)),
    }
    for name, text in reference.details.items():
        if _FIELD.fullmatch(name) and not fields.get(names.get(name, name)):
            people = name in _PEOPLE
            value = _people(tuple(names_listed(text))) if people else _braced(text)
            fields[names.get(name, name)] = _verbatim(text) if name == "crossref" else value
    return fields


def _braced(text: str) -> str:
    return f"{{{tex(text)}}}" if text else ""


def _title(reference: Reference) -> str:
    """Return a title, with braces around what keeps its capitals: all of it, unless a file said which."""
    pieces = re.split(r"\{([^{}]*)\}", reference.details.get("title", f"{{{reference.title}}}"))
    if without_braces("".join(pieces)) != reference.title or len(pieces) == 1:
        return f"{{{tex(reference.title)}}}"
    return "".join(f"{{{tex(piece)}}}" if at % 2 else tex(piece) for at, piece in enumerate(pieces))


def _verbatim(text: str) -> str:
    """Return what is an address or an id; signs that would end the field are written as in addresses."""
    safe = text.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")
    return f"{{{safe}}}" if text else ""


def _people(names: Sequence[PersonName]) -> str:
    known = [name for name in names if name != OTHERS]
    more = ["others"] if len(known) > MOST_AUTHORS or len(known) < len(names) else []
    return f"{{{' and '.join([*map(_person, known[:MOST_AUTHORS]), *more])}}}" if names else ""


def _person(name: PersonName) -> str:
    """Return a name as BibTeX takes it apart again; a group in braces is one."""
    if not (name.first or name.von or name.suffix):
        bare = re.search(r"[\s,]|\band\b", name.last) is None
        return tex(name.last) if bare else f"{{{tex(name.last)}}}"
    last = _part(name.last)
    if name.von:
        last = f"{tex(name.von)} {last}"
    return ", ".join(part for part in (last, _part(name.suffix), _part(name.first)) if part)


def _part(text: str) -> str:
    return f"{{{tex(text)}}}" if re.search(r",|\band\b", text) else tex(text)
