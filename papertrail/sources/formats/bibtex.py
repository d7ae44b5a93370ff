"""BibTeX and BibLaTeX, as Zotero, Better BibTeX, JabRef, Mendeley, papis, DBLP and people write them."""

import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from bibtexparser.middlewares.names import parse_single_name_into_parts
from bibtexparser.model import (
    Block,
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    Entry,
    ImplicitComment,
    ParsingFailedBlock,
    String,
)

from papertrail.domain.paper import Status
from papertrail.domain.person_names import OTHERS, PersonName, listed_names, parts_of_said
from papertrail.domain.records import Record, RecordProblem
from papertrail.domain.reference import without_braces
from papertrail.domain.text import clean, clean_line, shorten
from papertrail.sources.formats import journal_macros, months
from papertrail.sources.formats.bibtex_blocks import PlainEntry, blocks
from papertrail.sources.formats.decoded import decoded
from papertrail.sources.formats.identifiers import doi_and_arxiv_id
from papertrail.sources.tex_text import plain

# EndNote writes so what has no label.
_NO_KEY = re.compile(
    r"^([^\S\n]*@(?!comment|string|preamble)\w+[ \t]*[{(])(?=\s*[a-z][\w-]*\s*=)",
    re.MULTILINE | re.IGNORECASE,
)
_YEAR = re.compile(r"\d{4}")
_FOR_SORTING = re.compile(r"\\noop\w*\s*\{[^{}]*\}")  # of which nothing is printed
_LIKELY_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d|21\d\d)(?!\d)")
_VENUES = (
    "journaltitle",
    "journal",
    "booktitle",
    "maintitle",
    "howpublished",
    "eventtitle",
    "school",
    "institution",
    "publisher",
    "organization",
    "series",
)
_ANNOTATIONS = ("annote", "annotation", "review", "comment", "comments")
_KEYWORDS = ("keywords", "keyword", "mendeley-tags", "groups", "tags")
_JOURNALS = ("journal", "journaltitle")
_NAMES = ("author", "editor", "translator", "bookauthor")
_INHERITED_AS = {"title": "booktitle", "subtitle": "booksubtitle"}
_OF_PERIODICALS = {"title": "journaltitle", "subtitle": "journalsubtitle"}
_PARENTS = ("xdata", "crossref")
_ADDRESSES = ("url", "urls", "howpublished", "note")
_MAY_NAME_ARXIV = ("journal", "journaltitle", "volume", "note", "number", "pages")
_LONGEST_SHARED = 2_000  # signs of what many entries may have, that they fill no memory
_TOO_LONG = f"what is behind its first {_LONGEST_SHARED:,} signs is left out"
_DAYS = frozenset({"year", "month", "day", "date"})
_NOT_INHERITED = frozenset({"crossref", "xref", "xdata", "abstract", "note", "keywords", "file", "label"})
_OWN = frozenset({"title", "abstract", "doi", "file", "crossref", "xdata", *_ANNOTATIONS, *_KEYWORDS})
_NO_WORDS_ALONE = re.compile(r"[{}$]|\\[A-Za-z]{2}")
_GROUP = re.compile(r"\{((?:[^{}]|\{[^{}]*\})*)\}")
_FIELD_AHEAD = re.compile(r"\s*,?\s*([A-Za-z][\w:-]*)\s*=")
_KNOWN_FIELD = re.compile(
    r"(?:^[^\S\n]*|,\s*)(title|author|year|date|journal|journaltitle|booktitle|doi|url|eprint|archiveprefix"
    r"|eprinttype|abstract|keywords|volume|number|pages|publisher|editor|series|month|isbn|issn|note|file)"
    r"\s*=\s*",
    re.MULTILINE | re.IGNORECASE,
)
_ARXIV_ALONE = re.compile(
    r"CoRR|arXiv(?: preprint)?(?::? ?(?:arXiv:)?\d{4}\.\d{4,5})?(?: \[[\w.-]+\])?", re.IGNORECASE
)
_ISO_DAY = re.compile(r"\s*\d{4}-(0[1-9]|1[0-2])\b")
_ENCLOSING = re.compile(r"\\.|[{}\"]", re.DOTALL)
_LEFT_OVER = re.compile(r"^[^\S\n]*[A-Za-z][\w-]*\s*=\s*[{\"\d]", re.MULTILINE)
_RANKING = re.compile(r"(?:rank)?([1-5])|(★{1,5})")
_BETWEEN_NAMES = re.compile(r"\\.|[{}]| and(?= )", re.IGNORECASE)
_ESCAPED = re.compile(r"\{\\([_%&#~$])(?:\{\})?\}|\\([_%&#$])|\{([_%&#~])\}")
_WORDY = re.compile(r"\{?\\text(asciitilde|less|greater)(?:\{\}| )?\}?|\$(\\sim|<|>)\$")
_WORDY_SIGNS = {"asciitilde": "~", r"\sim": "~", "less": "<", "<": "<", "greater": ">", ">": ">"}
_URL = re.compile(r"\\url\s*\{([^{}]*)\}|(https?://[^\s{}\\]+)")
_NO_WORDS = re.compile(
    r"arxiv|doi|https?:|citation key|publisher:|accepted|to appear|in press|comment:|version|accessed",
    re.IGNORECASE,
)
_PDF = re.compile(r"\.pdf$", re.IGNORECASE)


def read_bibtex(data: bytes) -> Iterator[Record | RecordProblem]:
    """Read a bibliography.

    Macros (`@string`), `#` and `crossref` are worked out, TeX becomes Unicode but for formulas. Entries that
    a missing brace or comma has damaged are named, and what of them can be read is.
    """
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # its problems are told as ours
    found = list(blocks(_NO_KEY.sub(r"\1,", decoded(data))))
    macros = {name: str(month) for name, month in months.BY_NAME.items()}
    own: set[str] = set()
    for before, block in found:
        if isinstance(block, String) and block.key not in own:
            own.add(block.key)
            text = _value(str(block.value), macros)[0]
            macros[block.key.lower()] = text[:_LONGEST_SHARED]
            if len(text) > _LONGEST_SHARED:
                yield RecordProblem(
                    before + (block.start_line or 0) + 1, f"@string {shorten(block.key, 40)}: {_TOO_LONG}"
                )
    read = [one for before, block in found for one in _read(before, block, macros)]
    by_key: dict[str, _Entry] = {}
    for one in read:
        if isinstance(one, _Entry):
            by_key.setdefault(one.key.lower(), one)
    for one in read:
        if isinstance(one, RecordProblem):
            yield one
        elif one.kind != "xdata":
            yield from _about_parents(one, by_key)
            yield _record(one, by_key)


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry with its macros worked out: the fields by their small names, in TeX, none of them empty."""

    line: int
    kind: str
    key: str
    fields: dict[str, str]


def _read(
    before: int, block: PlainEntry | Block, macros: Mapping[str, str]
) -> Iterator[_Entry | RecordProblem]:
    """Yield the entry of a block, and what is wrong with it; its lines are counted from those before it."""
    if isinstance(block, PlainEntry):
        texts = {name: _plain_value(value, macros) for name, value in block.fields.items()}
        yield _Entry(before + 1, block.kind, clean_line(block.key), _without_empty(texts))
        return
    line = before + (block.start_line or 0) + 1
    if isinstance(block, DuplicateBlockKeyBlock):
        assert block.ignore_error_block is not None
        yield from _read(before, block.ignore_error_block, macros)
    elif isinstance(block, DuplicateFieldKeyBlock):
        assert block.ignore_error_block is not None
        names = ", ".join(sorted(block.duplicate_keys))
        yield RecordProblem(
            line, f"{_called(block.ignore_error_block)} has {names} twice: the first is taken"
        )
        yield from _read(before, block.ignore_error_block, macros)
    elif isinstance(block, Entry):
        fields: dict[str, str] = {}
        for given in block.fields:
            value, more = _value(str(given.value), macros)
            for name, text in ((_without_remarks(given.key), value), *more):
                fields.setdefault(name.strip().lower(), text)
            if more:
                told = f"a comma is missing behind {given.key} of {_called(block)}"
                yield RecordProblem(before + (given.start_line or 0) + 1, told)
        fields.pop("", None)
        kind = block.entry_type.strip().lower()
        yield _Entry(line, kind, clean_line(block.key), _without_empty(fields))
    elif isinstance(block, ImplicitComment) and _LEFT_OVER.search(block.comment):
        yield RecordProblem(line, "fields outside of any entry: a brace too many before them?")
    elif isinstance(block, ParsingFailedBlock):
        yield from _salvaged(line, block.raw or "", macros)


def _without_remarks(name: str) -> str:
    """Return a field's name without lines that a `%` begins before it; empty where it is in one itself."""
    return name if "%" not in name else name.rpartition("\n")[2].partition("%")[0]


def _without_empty(fields: Mapping[str, str]) -> dict[str, str]:
    return {name: text for name, text in fields.items() if text and not text.isspace()}


def _called(block: Block | None) -> str:
    return shorten(clean_line(getattr(block, "key", "")), 40) or "an entry"


def _salvaged(line: int, raw: str, macros: Mapping[str, str]) -> Iterator[_Entry | RecordProblem]:
    """Yield what can be read of an entry that does not end."""
    begin = re.match(r"\s*@(\w+)\s*[{(]\s*([^\s,{}=]*)\s*,", raw)
    if begin is None or begin[1].lower() in ("comment", "string", "preamble"):
        yield RecordProblem(line, "this block cannot be read: a brace or its key is missing")
        return
    fields: dict[str, str] = {}
    starts = list(_KNOWN_FIELD.finditer(raw, begin.end() - 1))
    for found, after in zip(starts, [*starts[1:], None], strict=False):
        value = raw[found.end() : after.start() if after else len(raw)].strip().rstrip(",").strip()
        value = macros.get(value.lower(), value.strip('{}"').strip())
        if value:
            fields.setdefault(found[1].lower(), value)
    name = shorten(clean_line(begin[2]), 40) or "an entry"
    yield RecordProblem(
        line, f"{name} does not end, a brace or quotation mark is missing: what can be read is taken"
    )
    if fields:
        yield _Entry(line, begin[1].lower(), clean_line(begin[2]), fields)


def _plain_value(raw: str, macros: Mapping[str, str]) -> str:
    """Return the text of a plain entry's value."""
    return raw[1:-1] if raw[0] in '{"' else macros.get(raw.lower(), raw)


def _value(raw: str, macros: Mapping[str, str]) -> tuple[str, list[tuple[str, str]]]:
    """Return the text of a value, and the fields that follow it where a comma is missing."""
    parts: list[str] = []
    named = [("", parts)]
    at, end, by_macros = 0, len(raw), 0
    while at < end:
        sign = raw[at]
        if sign.isspace() or sign == "#":
            at += 1
        elif sign == "%":  # a remark behind the value
            at = raw.find("\n", at) + 1 or end
        elif parts and (ahead := _FIELD_AHEAD.match(raw, at)):
            parts, at = [], ahead.end()
            named.append((ahead[1], parts))
        elif sign in '{"':
            close = _closing(raw, at)
            parts.append(raw[at + 1 : close])
            at = close + 1
        else:
            word = re.compile(r"[^\s#{}\"]+|[}]").match(raw, at)
            assert word is not None
            text = macros.get(word[0].lower(), "" if word[0] == "}" else word[0])
            by_macros += len(text) - len(word[0])
            parts.append(text if by_macros <= _LONGEST_SHARED else word[0])
            at = word.end()
    (_, text), *more = ((name, "".join(said)) for name, said in named)
    return text, more


def _closing(raw: str, at: int) -> int:
    """Return where the brace or quote that opens at a place closes; the end where it does not."""
    depth, quote = 0, raw[at] == '"'
    for mark in _ENCLOSING.finditer(raw, at):
        if mark[0] == "{":
            depth += 1
        elif mark[0] == "}":
            depth -= 1
            if depth == 0 and not quote:
                return mark.start()
        elif mark[0] == '"' and quote and depth == 0 and mark.start() > at:
            return mark.start()
    return len(raw)


def _text(tex: str) -> str:
    return clean_line(plain(tex, braces_group=True)) if tex else ""


def _with_inherited(entry: _Entry, by_key: Mapping[str, _Entry]) -> dict[str, str]:
    """Return the fields of an entry, and those of what it refers to that it lacks."""
    if entry.fields.keys().isdisjoint(_PARENTS):
        return entry.fields
    fields = dict(entry.fields)
    is_dated = "year" in fields or "date" in fields
    seen = {entry.key.lower()}
    for name in _PARENTS:
        for key in fields.get(name, "").split(","):
            parent = by_key.get(key.strip().lower()) if key.strip() else None
            if parent is None or parent.key.lower() in seen:
                continue
            seen.add(parent.key.lower())
            names: Mapping[str, str] = {}
            if name == "crossref":
                names = _OF_PERIODICALS if parent.kind == "periodical" else _INHERITED_AS
            # A parent may say itself, as old files do, what it is called as a book.
            for field, text in sorted(parent.fields.items(), key=lambda pair: pair[0] in names):
                if is_dated and field in _DAYS:
                    continue
                if field not in _NOT_INHERITED or name == "xdata":
                    fields.setdefault(names.get(field, field), text[:_LONGEST_SHARED])
    return fields


def _about_parents(entry: _Entry, by_key: Mapping[str, _Entry]) -> Iterator[RecordProblem]:
    """Yield what an entry refers to and comes without: what is not in the file, or is too long there."""
    for name in _PARENTS:
        for key in entry.fields.get(name, "").split(","):
            if not key.strip():
                continue
            told = f"{shorten(entry.key, 40) or 'an entry'} refers to {shorten(clean_line(key), 40)}"
            if (parent := by_key.get(key.strip().lower())) is None:
                yield RecordProblem(entry.line, f"{told}, which is not in the file")
                continue
            for field, text in parent.fields.items():
                if len(text) > _LONGEST_SHARED and (field not in _NOT_INHERITED or name == "xdata"):
                    yield RecordProblem(entry.line, f"{told}, {clean_line(field)}: {_TOO_LONG}")


def _record(entry: _Entry, by_key: Mapping[str, _Entry]) -> Record:
    fields = _with_inherited(entry, by_key)
    details = {
        name: journal_macros.in_words(_text(text)) if name in _JOURNALS else _text(text)
        for name, text in fields.items()
        if name not in _OWN and name not in _NAMES and name not in ("year", "url", "urls")
    }
    if "month" in details:
        details["month"] = months.numbered(details["month"])
    elif day := _ISO_DAY.match(fields.get("date", "")):
        details["month"] = str(int(day[1]))
    if not _YEAR.search(year := _text(fields.get("year", ""))):
        details["year"] = year  # `in press`: given back as it is
    persons = {name: _names(fields[name]) for name in _NAMES if name in fields}
    authors = tuple(one.said for one in persons.get("author", ()))
    for name, listed in persons.items():
        if name != "author" or [parts_of_said(said) for said in authors] != listed:
            details[name] = listed_names(listed)
    details = {name: text for name, text in details.items() if text}
    title = _text(fields.get("title", ""))
    if (parent := _text(fields.get("crossref", ""))) and parent.lower() not in by_key:
        details["crossref"] = parent
    capitals = _capitals(fields.get("title", ""))
    if title and (subtitle := details.get("subtitle")):
        title = f"{title}: {subtitle}"
        capitals = capitals and f"{capitals}: {_capitals(fields['subtitle'])}"
    if "{" in capitals and without_braces(capitals) == title:
        details["title"] = capitals
    urls = tuple(
        dict.fromkeys(
            clean_line(address.replace("\\", ""))
            for name in _ADDRESSES
            if name in fields
            for found in _URL.finditer(_unescaped(fields[name]))
            for address in (found[1] or found[2],)
        )
    )
    is_arxiv = "arxiv" in (fields.get("archiveprefix", "") + fields.get("eprinttype", "arxiv")).lower()
    doi, arxiv_id = doi_and_arxiv_id(
        _unescaped(fields.get("doi", "")),
        (*urls, *(fields[name] for name in _MAY_NAME_ARXIV if name in fields)),
        fields.get("eprint", "") if is_arxiv else "",
    )
    if not (doi or arxiv_id) and (said := _text(fields.get("doi", ""))):
        details["doi"] = said
    if arxiv_id and _ARXIV_ALONE.fullmatch(details.get("journal", details.get("journaltitle", ""))):
        for name in ("journal", "journaltitle", "volume"):  # which say no more than the id
            details.pop(name, None)
    notes = [clean(plain(fields[name], braces_group=True)) for name in _ANNOTATIONS if name in fields]
    if (note := details.get("note", "")) and not _NO_WORDS.match(note):
        notes.append(note)
    return Record(
        line=entry.line,
        key=entry.key,
        title=title,
        authors=authors,
        year=_year(fields),
        venue=next((told for name in _VENUES if (told := details.get(name)) and "://" not in told), ""),
        doi=doi,
        arxiv_id=arxiv_id,
        abstract=clean(plain(fields.get("abstract", ""), braces_group=True)),
        urls=urls,
        tags=_keywords(fields),
        note="\n\n".join(notes),
        attached=tuple(_pdfs(file)) if (file := fields.get("file") or fields.get("files")) else (),
        status=Status.READ if fields.get("readstatus", "").lower() == "read" else None,
        rating=_rating(fields.get("ranking", "")),
        kind=entry.kind,
        details=details,
    )


def _unescaped(address: str) -> str:
    r"""Return a DOI or an address without what programs put around its signs for TeX.

    Examples:
        >>> _unescaped(r"10.1000/x\_1 http://x.org/{\~{}}me/?a{\&}b{\%}20{\_}c")
        '10.1000/x_1 http://x.org/~me/?a&b%20_c'
        >>> _unescaped(r"10.1002/(SICI)1:6$<$1::AID-A{\textgreater}3.0.CO;2-C {\textasciitilde}")
        '10.1002/(SICI)1:6<1::AID-A>3.0.CO;2-C ~'
    """
    if "\\" not in address and "{" not in address and "$" not in address:
        return address
    address = _WORDY.sub(lambda sign: _WORDY_SIGNS[sign[1] or sign[2]], address)
    return _ESCAPED.sub(lambda sign: sign[1] or sign[2] or sign[3], address)


def _capitals(tex: str) -> str:
    r"""Return a title in Unicode, braces around the pieces whose capitals stay; empty where it is all of it.

    Examples:
        >>> _capitals(r"Fast {R-CNN} in K{\"o}ln")
        'Fast {R-CNN} in Köln'
    """
    parts: list[str] = []
    end = 0
    for group in _GROUP.finditer(tex):
        between, inner = tex[end : group.start()], plain(group[0], braces_group=True)
        is_letter = (
            group[1].startswith("\\") and len(inner) == 1
        )  # `{\"o}`, of which BibTeX makes a small one
        parts += [between, inner if is_letter else f"{{{inner}}}"]
        end = group.end()
    parts.append(tex[end:])
    if any(_NO_WORDS_ALONE.search(between) for between in parts[::2]):
        return ""
    parts[::2] = (plain(between, braces_group=True) for between in parts[::2])
    return clean_line("".join(parts))


def _names(tex: str) -> list[PersonName]:
    """Return the persons of a list of names; what is wholly in braces is one, whatever stands in it."""
    persons = (
        OTHERS if name.lower() == "others" else _person(name) for name in _apart(" ".join(tex.split()))
    )
    return [person for person in persons if person.last]


def _apart(names: str) -> Iterator[str]:
    r"""Yield each name of a list; bibtexparser's own way loses the accent that a name begins with.

    Examples:
        >>> list(_apart(r"{Barnes and Noble} and \v{C}ech, E. and others"))
        ['{Barnes and Noble}', '\\v{C}ech, E.', 'others']
    """
    names = f" {names} "
    start = depth = 0
    for mark in _BETWEEN_NAMES.finditer(names):
        if mark[0] == "{":
            depth += 1
        elif mark[0] == "}":
            depth = max(depth - 1, 0)
        elif depth == 0 and mark[0][0] == " ":
            if name := names[start : mark.start()].strip():
                yield name
            start = mark.end()
    if name := names[start:].strip():
        yield name


@lru_cache(maxsize=4096)
def _person(name: str) -> PersonName:
    if re.search(r"\bfamily\s*=", name):  # BibLaTeX: family=Gogh, given=Vincent, prefix=van
        pairs = dict(re.findall(r"(\w+)\s*=\s*\"?\{?([^,\"}]*)\}?\"?", name))
        parts = (pairs.get(part, "") for part in ("given", "prefix", "family", "suffix"))
        return PersonName(*map(_text, parts))
    found = parse_single_name_into_parts(name, strict=False)
    first, von, last, suffix = (
        _text(" ".join(part)) for part in (found.first, found.von, found.last, found.jr)
    )
    return PersonName(first, von, last, suffix) if last else PersonName("", "", f"{von} {first}".strip())


def _year(fields: Mapping[str, str]) -> int | None:
    for name in ("year", "date", "urldate"):
        if found := _LIKELY_YEAR.search(_FOR_SORTING.sub("", fields.get(name, ""))):
            return int(found[1])
    return None


def _keywords(fields: Mapping[str, str]) -> tuple[str, ...]:
    words: dict[str, None] = {}
    for name in _KEYWORDS:
        if not (text := _text(fields.get(name, ""))):
            continue
        for word in re.split(r"[;,]" if ";" not in text else ";", text):
            if word.strip():
                words.setdefault(word.strip())
    return tuple(words)


def _pdfs(field: str) -> Iterator[str]:
    r"""Yield the PDFs of a `file` field: bare paths, or `description:path:type` with `\:` for a colon."""
    for entry in re.split(r"(?<!\\);", field.replace(r"$\backslash$", "\\")):
        parts = [re.sub(r"\\([:;_%&#])", r"\1", part).strip() for part in re.split(r"(?<!\\):(?!\\)", entry)]
        if len(parts) == 1 or (len(parts) == 2 and len(parts[0]) == 1):
            path = ":".join(parts)
        else:
            path = ":".join(parts[1:-1]) if len(parts) > 2 else parts[1]
        path = path.replace("\\:", ":")
        if _PDF.search(path):
            yield f"/{path}" if path.startswith(("home/", "Users/")) else path


def _rating(ranking: str) -> int | None:
    if not ranking:
        return None
    found = _RANKING.search(ranking.lower())
    if found is None:
        return None
    return int(found[1]) if found[1] else len(found[2])
