"""`python -m bench queries [QUERIES [SEED]]`: random queries of a database of 2,000 random papers.

None may raise, each is printed so that it is read back as the same; of one in `COMPARED` exactly those papers
have to be found of which a naive look at every paper says that the query holds.
"""

import sys
import tempfile
from collections import Counter
from pathlib import Path
from random import Random
from time import process_time

from papertrail.domain.query import hits
from papertrail.domain.query.parser import parse
from papertrail.domain.query.printer import to_text
from papertrail.store.connection import Database
from papertrail.store.migrate import prepare
from papertrail.store.queries import search
from tests.store.papers_to_find import around, naive, put, random_query, random_record

QUERIES = 50_000
PAPERS = 2_000
COMPARED = 25
"""One query in so many is compared; 2,000 of all."""
CELLS = 80
FIRST = 20
"""Papers asked for first, as a screen does: words that many papers have are then sought in their texts."""
SHOWN = 3
"""Papers of each query of which the line is looked for that its words stand in."""


def main() -> None:
    """Ask, and tell how often something was found; a query that goes wrong ends in its traceback."""
    queries = int(sys.argv[2]) if len(sys.argv) > 2 else QUERIES
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    with tempfile.TemporaryDirectory() as folder:
        counted = ask(Path(folder), queries, seed)
    for name, number in counted.most_common():
        print(f"{number:7,}  {name}")


def ask(folder: Path, queries: int, seed: int) -> "Counter[str]":
    """Ask so many queries of a database made in `folder`; return what became of them."""
    records = {number: random_record(Random(number), number) for number in range(1, PAPERS + 1)}
    database = Database(folder / "library.db")
    prepare(database)
    with database.write() as connection:
        put(connection, records)
    search.MANY = 0
    chance, surroundings, counted = Random(seed), around(records), Counter[str]()
    begin, slowest = process_time(), (0.0, "")
    for number in range(queries):
        text = random_query(chance)
        before = process_time()
        try:
            query, remarks = parse(text)
            printed = to_text(query)
            assert parse(printed).query == query, printed
            found = search.ids(database.read(), query, surroundings)
            for told in search.texts(database.read(), found[:SHOWN]).values():
                hits.find(query, told, CELLS)
            slowest = max(slowest, (process_time() - before, text))
            counted["asked"] += 1
            counted["found some papers"] += 0 < len(found) < PAPERS
            counted["not understood in part"] += bool(remarks)
            if number % COMPARED == 0:
                held = naive(records, query)
                assert sorted(found) == held, sorted({*found} ^ {*held})
                if search.is_in_order_of_ids(database.read()) and list(found) == held:
                    first = search.ids(database.read(), query, surroundings, most=FIRST, in_order=True)
                    assert list(first) == held[:FIRST], first
                counted["compared with a look at every paper"] += 1
                counted["compared, and found some papers"] += 0 < len(held) < PAPERS
        except Exception as error:
            error.add_note(f"query {number} of seed {seed}: {text[:500]!r}")
            raise
    database.close()
    counted["milliseconds of the slowest"] = round(slowest[0] * 1000)
    counted["seconds of processor time"] = round(process_time() - begin)
    print(f"the slowest: {slowest[1][:100]!r}", flush=True)
    return counted
