"""What a reader says of a paper by hand: each fact read from what was typed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from papertrail.domain.errors import BadInput
from papertrail.domain.text import clean, clean_line, shorten

if TYPE_CHECKING:
    from papertrail.domain.whole_paper import Paper

LINK_KINDS = ("code", "translation", "talk", "blog", "page")
"""What a link of the reader's own may lead to; `page` is where the paper itself stands."""
_COLUMNS = {
    "title": "title",
    "authors": "authors",
    "year": "year",
    "venue": "venue",
    "doi": "doi",
    "arxiv": "arxiv_id",
    "abstract": "abstract",
}
FIELDS = (*_COLUMNS, *LINK_KINDS)
_OTHER_NAMES = {"author": "authors", "arxiv_id": "arxiv", "url": "page", "link": "page"}
_SEVERAL = ("authors", *LINK_KINDS)
_LONGEST_LINE, _LONGEST_TEXT = 2_000, 50_000  # characters
_FIRST_YEAR, _LAST_YEAR = 1500, 2200

Value = str | int | None


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts of one paper, read and clean; what is not in it is not spoken of.

    Attributes:
        values: by the names of the store's columns; authors one a line, None for none.
        links: addresses by what they lead to; none takes those there are away.
    """

    values: dict[str, Value] = field(default_factory=dict)
    links: dict[str, tuple[str, ...]] = field(default_factory=dict)


def link_in(line: str) -> tuple[str, str] | None:
    """Return kind and address of a link of the reader's own, as it is stored on a line; None for others."""
    kind, _, address = line.partition(" ")
    return (kind, address) if address and kind in LINK_KINDS else None


def field_called(name: str) -> str:
    """Return the field that a reader means.

    Raises:
        BadInput: there is none of this name.
    """
    said = clean_line(name).casefold()
    said = _OTHER_NAMES.get(said, said)
    if said in FIELDS:
        return said
    from difflib import get_close_matches

    near = get_close_matches(said, FIELDS, n=1)
    remedy = f"did you mean {near[0]}?" if near else f"there are {', '.join(FIELDS)}"
    raise BadInput(f"a paper has no {shorten(said, 40) or 'field without a name'}", remedy)


def read_facts(pairs: Iterable[tuple[str, str]]) -> Facts:
    """Read facts, each a field's name and what was typed for it; nothing typed takes the fact away.

    Authors and links may come several times, authors also with `;` between them.

    Raises:
        BadInput: there is no such field, one comes twice, or cannot be what was typed.
    """
    typed: dict[str, list[str]] = {}
    for name, text in pairs:
        typed.setdefault(field_called(name), []).append(text)
    facts = Facts()
    for name, texts in typed.items():
        if len(texts) > 1 and name not in _SEVERAL:
            raise BadInput(f"{name} is given {len(texts)} times", "give it once")
        if name in LINK_KINDS:
            facts.links[name] = tuple(dict.fromkeys(_address(text) for text in texts if clean_line(text)))
        elif name == "authors":
            facts.values["authors"] = _authors(texts)
        else:
            facts.values[_COLUMNS[name]] = _READERS[name](texts[0])
    return facts


def read_links(text: str) -> Facts:
    """Read links, one a line: what it leads to and the address, an address alone being a page of the paper.

    Raises:
        BadInput: a line is none.
    """
    links: dict[str, list[str]] = {kind: [] for kind in LINK_KINDS}
    for row in clean(text).split("\n"):
        first, _, rest = row.strip().partition(" ")
        if not first:
            continue
        kind = first.casefold().rstrip(":")
        if kind in links:
            links[kind].append(_address(rest))
        elif not rest.strip() and "://" in first:
            links["page"].append(_address(first))
        else:
            raise BadInput(
                f"{shorten(clean_line(row), 60)} is no link",
                f"write one a line, such as `code https://…`; there are {', '.join(LINK_KINDS)}",
            )
    return Facts({}, {kind: tuple(dict.fromkeys(addresses)) for kind, addresses in links.items()})


def facts_of(paper: "Paper") -> Facts:
    """Return all the facts of a paper as it is known."""
    summary = paper.summary
    values: dict[str, Value] = {
        "title": summary.title,
        "authors": "\n".join(summary.authors),
        "year": summary.year,
        "venue": paper.venue,
        "doi": summary.doi,
        "arxiv_id": summary.arxiv_id,
        "abstract": paper.abstract,
    }
    links = {kind: tuple(address for to, address in paper.links if to == kind) for kind in LINK_KINDS}
    return Facts(values, links)


def only_other(facts: Facts, seen: Facts) -> Facts:
    """Return those of some facts that are other ones than those seen."""
    return Facts(
        {column: value for column, value in facts.values.items() if value != seen.values.get(column)},
        {kind: links for kind, links in facts.links.items() if links != seen.links.get(kind, ())},
    )


def changed_facts(known: Mapping[str, object], facts: Facts) -> dict[str, tuple[str, str]]:
    """Return what facts change, by field: what was and what is to be, each in words, empty for nothing."""
    changes = {
        name: (_words(known[column]), _words(facts.values[column]))
        for name, column in _COLUMNS.items()
        if column in facts.values and known[column] != facts.values[column]
    }
    for kind, addresses in facts.links.items():
        was = links_of(known, kind)
        if was != addresses:
            changes[kind] = (", ".join(was), ", ".join(addresses))
    return changes


def only_lacking(known: Mapping[str, object], facts: Facts) -> Facts:
    """Return those of some facts of which nothing is known yet."""
    return Facts(
        {column: value for column, value in facts.values.items() if value and not known[column]},
        {
            kind: tuple(dict.fromkeys([*links_of(known, kind), *addresses]))
            for kind, addresses in facts.links.items()
        },
    )


def with_links(stored: str, facts: Facts) -> str:
    """Return the column of links with those that facts speak of in place of those of the same kind."""
    kept = [line for line in stored.split("\n") if line and (link_in(line) or ("", ""))[0] not in facts.links]
    new = [f"{kind} {address}" for kind, addresses in facts.links.items() for address in addresses]
    return "\n".join([*kept, *new])


def links_of(known: Mapping[str, object], kind: str) -> tuple[str, ...]:
    """Return the addresses of one kind among what is known of a paper."""
    links = (link_in(line) for line in str(known["urls"]).split("\n"))
    return tuple(link[1] for link in links if link and link[0] == kind)


def _words(value: object) -> str:
    return "" if value is None else str(value).replace("\n", "; ")


def _line(name: str, text: str) -> str:
    line = clean_line(text)
    if len(line) > _LONGEST_LINE:
        raise BadInput(
            f"{name} is {len(line):,} characters long", f"up to {_LONGEST_LINE:,} are taken: shorten it"
        )
    return line


def _title(text: str) -> str:
    title = _line("title", text)
    if not title:
        raise BadInput("the title is empty", "every paper has one")
    return title


def _authors(texts: Sequence[str]) -> str:
    names = (_line("a name", name) for text in texts for name in text.split(";"))
    return "\n".join(name for name in names if name)


def _venue(text: str) -> str:
    return _line("venue", text)


def _year(text: str) -> int | None:
    said = clean_line(text)
    if not said:
        return None
    if not (said.isascii() and said.isdigit() and _FIRST_YEAR <= int(said[:5]) <= _LAST_YEAR):
        raise BadInput(f"{shorten(said, 40)} is no year", "give four digits, such as 2015")
    return int(said)


def _doi(text: str) -> str | None:
    from papertrail.domain.doi import find_dois

    said = clean_line(text)
    if not said:
        return None
    found = {doi.text for doi, _, _ in find_dois(said)}
    if len(found) != 1:
        from papertrail.domain.arxiv_id import find_identifiers

        if not found and (ids := find_identifiers(said).ids):
            raise BadInput("that is arXiv's own DOI", f"give the arXiv id instead: arxiv={ids[0].id}")
        raise BadInput(
            f"{shorten(said, 60)} holds {len(found) or 'no'} {'DOIs' if found else 'DOI'}",
            "give one, such as 10.1038/nature14539",
        )
    return found.pop()


def _arxiv(text: str) -> str | None:
    from papertrail.domain.arxiv_id import parse_arxiv_id

    return parse_arxiv_id(text).id if clean_line(text) else None


def _abstract(text: str) -> str | None:
    said = clean(text).strip()
    if len(said) > _LONGEST_TEXT:
        raise BadInput(
            f"the abstract is {len(said):,} characters long", f"up to {_LONGEST_TEXT:,} are taken: shorten it"
        )
    return said or None


def _address(text: str) -> str:
    """Return an address as it was typed; one that no browser would be given is of no use to keep."""
    from papertrail.domain.links import browsable

    said = text.strip()
    if browsable(said) is not None:
        return said
    remedy = "give one that begins with http:// or https://"
    if said.lower().startswith(("http://", "https://")):
        remedy = 'leave user names out, write blanks and signs such as " | { } as %20, %22, %7C, %7B, %7D'
    raise BadInput(f"{shorten(clean_line(said), 60) or 'nothing'} is no address", remedy)


_READERS: dict[str, Callable[[str], Value]] = {
    "title": _title,
    "year": _year,
    "venue": _venue,
    "doi": _doi,
    "arxiv": _arxiv,
    "abstract": _abstract,
}
