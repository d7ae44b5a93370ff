"""RIS, as Zotero, Mendeley, EndNote and publishers write it."""

import re
from collections.abc import Iterable, Iterator

from papertrail.domain.person_names import PersonName, listed_names, parts_of_listed, parts_of_said
from papertrail.domain.records import Record, RecordProblem
from papertrail.domain.text import clean, clean_line, shorten
from papertrail.sources.formats.decoded import decoded
from papertrail.sources.formats.identifiers import doi_and_arxiv_id
from papertrail.sources.formats.kinds import RIS_DETAILS, RIS_KINDS

_TAG = re.compile(r"([A-Z][A-Z0-9])  ?- ?(.*)")
_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|2[01]\d\d)(?!\d)")
_DAY = re.compile(r"(\d{4})/(0?[1-9]|1[0-2])/(0?[1-9]|[12]\d|3[01])\b")
_ISBN = re.compile(r"(?:97[89][- ]?)?(?:\d[- ]?){9}[\dXx]")
_OF_INSTITUTIONS = frozenset({"thesis", "report"})
_Fields = dict[str, list[str]]


def read_ris(data: bytes) -> Iterator[Record | RecordProblem]:
    """Read references; one that lacks its end ends where the next begins."""
    begun: tuple[int, dict[str, list[list[str]]]] | None = None  # each value by its lines
    last: list[str] | None = None
    for number, text in enumerate(decoded(data).split("\n"), 1):
        line = text.removeprefix("\ufeff").rstrip()
        found = _TAG.fullmatch(line)
        if found is None:
            if line.strip() and last is not None:  # a text that goes on
                last.append(line.strip())
            elif line.strip():
                yield RecordProblem(number, f"no reference begins here: {shorten(clean_line(line), 40)}")
            continue
        tag, value = found[1], found[2].strip()
        if tag in ("TY", "ER"):
            if begun is not None:
                if tag == "TY":
                    yield RecordProblem(
                        begun[0], "the reference has no end (ER): it ends where the next begins"
                    )
                yield _record(begun[0], _joined(begun[1]))
            begun = (number, {"TY": [[value]]}) if tag == "TY" else None
            last = None
        elif begun is None:
            yield RecordProblem(number, f"{tag} stands outside of any reference: TY is missing before it")
            last = None
        else:
            last = [value]
            begun[1].setdefault(tag, []).append(last)
    if begun is not None:
        yield RecordProblem(begun[0], "the reference has no end (ER): the file was cut off?")
        yield _record(begun[0], _joined(begun[1]))


def _joined(fields: dict[str, list[list[str]]]) -> _Fields:
    return {tag: ["\n".join(lines) for lines in values] for tag, values in fields.items()}


def _record(line: int, fields: _Fields) -> Record:
    def first(*tags: str) -> str:
        return next((clean_line(one) for tag in tags for one in fields.get(tag, ()) if one.strip()), "")

    authors = [
        parts_of_listed(clean_line(name)) for tag in ("AU", "A1") for name in fields.get(tag, ()) if name
    ]
    authors = [one for one in authors if one.last]
    kind = RIS_KINDS.get(first("TY"), "misc")
    details = {name: first(tag) for tag, name in RIS_DETAILS.items() if first(tag)}
    details |= _numbers(fields.get("SN", ()))
    if kind in _OF_INSTITUTIONS and "publisher" in details:
        details["institution"] = details.pop("publisher")
    begin, end = first("SP"), first("EP")
    details["pages"] = f"{begin}–{end}" if begin and end and begin != end else begin or end
    details["editor"] = _listed(fields, "A2", "ED")
    if any(parts_of_said(one.said) != one for one in authors):
        details["author"] = listed_names(authors)
    date = first("DA", "PY", "Y1")
    if month := re.fullmatch(r"\d{4}/(0?[1-9]|1[0-2])(?:/.*)?", date):
        details["month"] = str(int(month[1]))
    if day := _DAY.match(date):
        details["date"] = f"{day[1]}-{int(day[2]):02}-{int(day[3]):02}"
    year = _YEAR.search(first("PY", "Y1", "DA"))
    venue = first("JF", "JO", "T2", "BT", "JA", "PB") if kind != "book" else first("T2", "PB")
    links = [clean_line(one) for tag in ("UR", "L1", "L2", "LK") for one in fields.get(tag, ())]
    urls = tuple(dict.fromkeys(one for one in links if re.match(r"https?://", one)))
    doi, arxiv_id = doi_and_arxiv_id(
        first("DO"), (*urls, *(first(tag) for tag in ("AN", "M1", "JO", "JF", "T2", "N1", "C7")))
    )
    files = (one.removeprefix("file://") for one in links if one not in urls)
    return Record(
        line=line,
        key=first("ID", "LB"),
        title=first("TI", "T1", "CT"),
        authors=tuple(one.said for one in authors),
        year=int(year[1]) if year else None,
        venue=venue,
        doi=doi,
        arxiv_id=arxiv_id,
        abstract=clean(first_text(fields, "AB", "N2")),
        urls=urls,
        tags=tuple(dict.fromkeys(word for text in fields.get("KW", ()) for word in _words(text))),
        note="\n\n".join(clean(note) for note in fields.get("N1", ()) if note.strip()),
        attached=tuple(one for one in files if one.lower().endswith(".pdf")),
        kind=kind,
        details={name: text for name, text in details.items() if text},
    )


def _numbers(said: Iterable[str]) -> dict[str, str]:
    """Return the first ISBN and the first ISSN of what one tag tells both by; an empty one for none."""
    isbns = [one for one in map(clean_line, said) if _ISBN.match(one)]
    issns = [one for one in map(clean_line, said) if one not in isbns]
    return {"isbn": "".join(isbns[:1]), "issn": "".join(issns[:1])}


def first_text(fields: _Fields, *tags: str) -> str:
    """Return the first text of these tags, with its lines."""
    return next((one for tag in tags for one in fields.get(tag, ()) if one.strip()), "")


def _words(text: str) -> Iterator[str]:
    """Yield the keywords of one tag: some programs write all of them into one, a line each."""
    for word in re.split(r"[\n;]", text):
        if clean_line(word):
            yield clean_line(word)


def _listed(fields: _Fields, *tags: str) -> str:
    names: list[PersonName] = [
        parts_of_listed(clean_line(one)) for tag in tags for one in fields.get(tag, ())
    ]
    return listed_names(one for one in names if one.last)
