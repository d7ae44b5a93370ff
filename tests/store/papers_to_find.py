"""Databases of random papers, with what a naive search knows of each."""

import random
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property

from papertrail.domain.query.fields import BY_NAME
from papertrail.domain.query.matching import Record, holds_in_section, matches
from papertrail.domain.query.tree import Query, Text
from papertrail.domain.text import fold
from papertrail.store.queries.search import Surroundings
from tests.domain.query.typed import EXAMPLES, TODAY, jumbled

WORDS = (
    "deep", "residual", "net", "ResNet", "R-CNN", "Faster", "C++", "c#", "Naïve", "he", "Łukasz", "残差网络",
    "ニューラルネットワーク", "언어모델", "2015", "or", "the", "small", "objects", "superpixels", "esidual",
    "lottery", "ticket", "O'Neil", '"', "a|b", "x" * 70, "½", "Ünïcode", "multi-scale", "état-de-l'art",
)  # fmt: skip
STATUSES = ("unread", "queued", "reading", "read", "dropped")
LINEAGES = ("YOLO v1 — v3", "R-CNN line", "he", "残差")
TAGS = ("yolo", "to show", "read", "論文", "Thesis")


class SplitRecord(Record):
    """A paper of which each text is split into words once, however many queries are asked."""

    @cached_property
    def _words(self) -> dict[str, Sequence[Sequence[str]]]:
        return {}

    @cached_property
    def _parts(self) -> Sequence[str]:
        return super().parts()

    def words_of(self, field: str) -> Sequence[Sequence[str]]:
        """Return the words of each text of a field; of all where words without a field are sought."""
        if field not in self._words:
            self._words[field] = super().words_of(field)
        return self._words[field]

    def parts(self) -> Sequence[str]:
        """Return where parts of words can begin."""
        return self._parts


def _some(chance: random.Random, most: int) -> str:
    return " ".join(chance.choices(WORDS, k=chance.randrange(most)))


def random_record(chance: random.Random, number: int) -> Record:
    """Return a paper with a bit of everything."""
    key = f"{chance.choice(('resnet', 'faster-rcnn', 'he', 'small'))}-{number}"
    title, venue = _some(chance, 6), chance.choice(("", "CVPR", "Naïve Conf"))
    authors = tuple(filter(None, (_some(chance, 3) for _ in range(chance.randrange(3)))))
    year = chance.choice((None, 1951, 2012, 2015, 2016))
    arxiv_id = f"15{number % 12 + 1:02}.{number:05}" if chance.random() < 0.5 else None
    noted, is_read, complete = (chance.random() < 0.5 for _ in range(3))
    sections = (("Limits", _some(chance, 6)), ("Key idea: in a line", _some(chance, 6)))
    folded = [key, title, *authors, str(year or ""), venue, arxiv_id or ""]
    return SplitRecord(
        key=key,
        title=title,
        text=fold(" ".join(filter(None, folded))),
        added=TODAY - timedelta(chance.randrange(500)),
        authors=authors,
        year=year,
        venue=venue,
        arxiv_id=arxiv_id,
        doi=f"10.1109/5.{number}" if chance.random() < 0.3 else None,
        abstract=chance.choice((None, _some(chance, 12))),
        note="\n".join(text for _, text in sections) if noted else None,
        sections=sections if noted else (),
        status=chance.choice(STATUSES),
        owed=is_read and not (noted and complete),
        counted=is_read and noted and complete,
        lineages=tuple(chance.sample(LINEAGES, chance.randrange(3))),
        tags=tuple(chance.sample(TAGS, chance.randrange(3))),
        read=chance.choice((None, TODAY - timedelta(chance.randrange(300)))),
        words=chance.randrange(400) if noted else 0,
        rating=chance.choice((None, 1, 3, 5)),
        pdf=chance.random() < 0.2,
        explains=is_read and noted and complete and chance.random() < 0.5,
    )


def random_query(chance: random.Random) -> str:
    """Return a query as people type them, or as nobody does: one in five hundred has 10,000 letters."""
    kinds: list[tuple[float, Callable[[], str]]] = [
        (0.2, lambda: jumbled(chance)),
        (0.1, lambda: "".join(chr(chance.randrange(0x110000)) for _ in range(chance.randrange(30)))),
        (0.002, lambda: (" ".join(_term(chance) for _ in range(chance.randrange(1, 4))) * 10_000)[:10_000]),
        (0.098, lambda: _typed_letter_by_letter(chance)),
    ]
    place = chance.random()
    for share, made in kinds:
        if place < share:
            return made()
        place -= share
    return _some_terms(chance, 4)


def _some_terms(chance: random.Random, most: int) -> str:
    terms = [_term(chance) for _ in range(chance.randrange(1, most + 1))]
    return "".join(
        f"{chance.choice((' ', ' ', ' ', ' or '))}{term}" if number else term
        for number, term in enumerate(terms)
    )


def _term(chance: random.Random) -> str:
    word = chance.choice(WORDS)
    start = chance.randrange(len(word))
    made = [
        lambda: word,
        lambda: word[start:],
        lambda: word[start : start + 4],
        lambda: word[: start + 1],
        lambda: f'"{word} {chance.choice(WORDS)}{chance.choice(("", "*"))}"',
        lambda: chance.choice(EXAMPLES),
        lambda: f"{chance.choice(list(BY_NAME))}:{word}",
        lambda: f"section:{chance.choice(('limits', 'key', 'nothing'))}:{word}",
        lambda: f"{chance.choice(('lineage', 'tag'))}:{chance.choice((*LINEAGES, *TAGS))}",
        lambda: f"({_some_terms(chance, 2)})",
    ]
    return chance.choice(("", "", "", "-", "NOT ")) + chance.choice(made)()


def _typed_letter_by_letter(chance: random.Random) -> str:
    """Return a query that breaks off: quotes and brackets stay open."""
    text = _some_terms(chance, 4)
    return text[: chance.randrange(len(text) + 1)]


def put(connection: sqlite3.Connection, records: Mapping[int, Record]) -> None:
    """Put papers into a database, within a transaction; the numbers are their ids and their order."""
    for position, name in enumerate(LINEAGES):
        connection.execute("INSERT INTO lineage (name, position) VALUES (?, ?)", [name, position])
    for id_, one in records.items():
        connection.execute(
            "INSERT INTO paper (id, key, title, authors, venue, arxiv_id, doi, year, abstract, categories,"
            " urls, source, metadata_state, edited_fields, position, folded, added_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, '', '', 'seed', 'seed', '', ?, ?, ?)",
            [id_, one.key, one.title, "\n".join(one.authors), one.venue, one.arxiv_id, one.doi, one.year,
             one.abstract, id_, one.text, f"{one.added}T12:00:00.000000+00:00"],
        )  # fmt: skip
        connection.execute(
            "INSERT INTO reading (reader_id, paper_id, status, is_read, rating, finished_on)"
            " VALUES (1, ?, ?, ?, ?, ?)",
            [id_, one.status, one.owed or one.counted, one.rating, one.read and one.read.isoformat()],
        )
        if one.note is not None:
            connection.execute(
                "INSERT INTO note (reader_id, paper_id, path, sha256, stamp, sections, complete, words, text)"
                " VALUES (1, ?, ?, '', '', '', ?, ?, ?)",
                [id_, f"{one.key}.md", one.counted, one.words, one.note],
            )
        for name in one.lineages:
            connection.execute(
                "INSERT INTO lineage_paper (lineage_id, paper_id, position)"
                " SELECT id, ?, ? FROM lineage WHERE name = ?",
                [id_, -id_, name],
            )
        for tag in one.tags:
            connection.execute("INSERT INTO tag (reader_id, paper_id, name) VALUES (1, ?, ?)", [id_, tag])


def naive(records: Mapping[int, Record], query: Query) -> list[int]:
    """Return the ids of the papers of which a query holds, by looking at every one."""
    return [id_ for id_, one in records.items() if matches(query, one, TODAY)]


def around(records: Mapping[int, Record]) -> Surroundings:
    """Return what queries of these papers are asked in."""

    def in_section(term: Text) -> list[int]:
        return [id_ for id_, one in records.items() if holds_in_section(term, dict(one.sections))]

    def begins(day: date) -> str:
        return f"{day}T00:00:00.000000+00:00"

    return Surroundings(
        lambda: TODAY,
        begins,
        in_section,
        lambda: [one.key for one in records.values() if one.pdf],
        lambda: [id_ for id_, one in records.items() if one.explains],
    )
