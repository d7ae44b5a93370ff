"""Queries answered by SQL, against a naive look at every paper."""

import os
import random
from collections.abc import Iterator
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrail.domain.query.matching import Record
from papertrail.domain.query.parser import parse
from papertrail.store.connection import Database
from papertrail.store.migrate import prepare
from papertrail.store.queries import search
from tests.domain.query.typed import EXAMPLES, queries
from tests.examples import examples
from tests.store.papers_to_find import WORDS, around, naive, put, random_query, random_record

PAPERS = 150 if os.environ.get("PAPERTRAIL_EXAMPLES", "1") == "1" else 600  # more in the campaign


@pytest.fixture(scope="module")
def records() -> dict[int, Record]:
    return {number: random_record(random.Random(number), number) for number in range(1, PAPERS + 1)}


@pytest.fixture(scope="module")
def database(records: dict[int, Record], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    database = Database(tmp_path_factory.mktemp("search") / "library.db")
    prepare(database)
    with database.write() as connection:
        put(connection, records)
    yield database
    database.close()


def found(database: Database, records: dict[int, Record], text: str, most: int | None = None) -> list[int]:
    ask = partial(search.ids, database.read(), parse(text).query, around(records))
    everything = list(ask())
    assert len(set(everything)) == len(everything)
    if parse(text).query.order == ():
        assert list(ask(most=7)) == everything[:7], text
        if everything == sorted(everything):
            assert list(ask(most=7, in_order=True)) == everything[:7], text
    return everything


@pytest.mark.parametrize(
    "text",
    [
        *EXAMPLES, "", "residual", "esid", "snet", "sne", "ne", "he", "the net", "r-cnn", "r-cnn -faster",
        "-net", "net or 残差", "(net or 残差) -he", "-(net or he)", "残", "残差", "差网",
        "모델", "ネット", "C++", "c#",
        '"small objects"', "état", "etat-de", "o'neil", "a|b", '"a b"', "x" * 62, "x" * 60, "15", "10.1109",
        "½",
        "unread", "status:unread", "-status:unread", "status:queued", "status:queued,read net",
        "has:note has:pdf", "-has:tag -has:lineage", "year:2012.. net or tag:read", "words:<10", "words:>0",
        "-words:..100", "rating:3..", "-rating:1..", "added:<2w", "added:2w..4w net", "-added:<1y",
        "read:<4w",
        "-read:..2026-06", "lineage:line", "lineage:残差 -he", 'lineage:"he"', "tag:論文", 'tag:"thesis"',
        "section:limits", "section:limits:small -deep", "is:owed or is:counted",
        "explains:yes", "explains:no",
    ],
)  # fmt: skip
def test_finds_what_holds(database: Database, records: dict[int, Record], text: str) -> None:
    assert sorted(found(database, records, text)) == naive(records, parse(text).query)


@examples(150)
@given(st.lists(st.sampled_from(WORDS) | queries, min_size=1, max_size=3).map(" ".join))
def test_what_is_asked_for_at_random_is_found(
    database: Database, records: dict[int, Record], text: str
) -> None:
    assert sorted(found(database, records, text)) == naive(records, parse(text).query)


@pytest.mark.parametrize("seed", range(4))
def test_a_slice_of_the_campaign(database: Database, records: dict[int, Record], seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(50):
        text = random_query(chance)
        assert sorted(found(database, records, text)) == naive(records, parse(text).query), text


def test_words_that_many_papers_have_are_found_in_their_texts(
    database: Database, records: dict[int, Record], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "MANY", 0)
    chance, asked = random.Random(1), list[str]()
    database.read().set_trace_callback(asked.append)
    for text in [*EXAMPLES, *WORDS, *(random_query(chance) for _ in range(300))]:
        query = parse(text).query
        ask = partial(search.ids, database.read(), query, around(records), in_order=True)
        everything = list(ask())
        for most in (1, 20, PAPERS):
            assert list(ask(most=most)) == everything[:most], text
    database.read().set_trace_callback(None)
    assert sum("instr(" in one and "words MATCH" in one for one in asked) > 100


def test_the_longest_words_are_asked_for(database: Database, records: dict[int, Record]) -> None:
    for text in ("x" * 10_000, "-" * 10_000, "net " * 2_500, '"' * 10_000, "(" * 10_000, "残" * 10_000):
        assert sorted(found(database, records, text)) == naive(records, parse(text).query)


@pytest.mark.parametrize("word", WORDS)
def test_another_word_finds_no_more(database: Database, records: dict[int, Record], word: str) -> None:
    for text in ("net", "he or residual", "-the", "status:read"):
        assert set(found(database, records, f"({text}) {word}")) <= set(found(database, records, text))


def test_orders(database: Database, records: dict[int, Record]) -> None:
    def order(text: str) -> list[int]:
        return list(search.ids(database.read(), parse(text).query, around(records)))

    years = [records[id_].year for id_ in order("sort:-year")]
    known = [year for year in years if year is not None]
    assert known == sorted(known, reverse=True) and years[len(known) :] == [None] * (PAPERS - len(known))
    ratings = [records[id_].rating or 0 for id_ in order("sort:rating has:rating")]
    assert ratings == sorted(ratings)
    assert order("lineage:残差") == sorted(order("lineage:残差"), reverse=True)
    assert order("lineage:残差 sort:key") == sorted(order("lineage:残差"), key=lambda id_: records[id_].key)
    best = order("residual sort:relevance")
    in_title = ["residual" in records[id_].title for id_ in best]
    assert in_title == sorted(in_title, reverse=True) and True in in_title and False in in_title
    assert best == list(reversed(order("residual sort:-relevance"))) or set(best) == set(order("residual"))
    for by in ("title", "status", "added", "read", "words", "venue"):
        assert sorted(order(f"sort:{by}")) == sorted(order(f"sort:-{by}")) == list(records)


def test_the_order_of_ids_is_known(database: Database) -> None:
    assert search.is_in_order_of_ids(database.read())
    with pytest.raises(RuntimeError), database.write() as connection:
        connection.execute("UPDATE paper SET position = 1000 WHERE id = 3")
        assert not search.is_in_order_of_ids(connection)
        raise RuntimeError("all as it was")
