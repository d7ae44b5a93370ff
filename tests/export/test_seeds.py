"""Lineages written as a seeds file and read again: every order is kept."""

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from papertrail.domain.note import NoteState
from papertrail.domain.paper import PaperSummary, Status
from papertrail.domain.whole_paper import Paper, PaperRef
from papertrail.export.seeds import COLUMNS, seeds_csv
from tests.cases import each
from tests.seeds_files import lines_of, read_seeds
from tests.trails import HOSTILE_TITLES

NOTE = NoteState(Path("x.md"), False, (), 0)


def paper(key: str, title: str = "T", parents: Sequence[str] = (), authors: Sequence[str] = ()) -> Paper:
    summary = PaperSummary(1, key, title, tuple(authors), None, None, None, Status.UNREAD, (), False, False)
    refs = tuple(PaperRef(parent, "T", None, Status.UNREAD, is_read=False) for parent in parents)
    none: tuple[str, ...] = ()
    return Paper(summary, "", None, None, None, none, None, None, None, none, "seed", refs, (), (), NOTE)


def orders_of(text: str) -> tuple[list[str], dict[str, list[str]]]:
    """Return the papers in order and each lineage's papers in its order, as a new trail would have them."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "seeds.csv"
        path.write_text(text, encoding="utf-8", newline="")
        papers, problems, _ = read_seeds(path)
    assert problems == []
    named = sorted(
        (line, place, name, seed.key)
        for seed in papers
        for place, (name, line) in enumerate(lines_of(seed).items())
    )
    lineages: dict[str, list[str]] = {}
    for _, _, name, key in named:
        lineages.setdefault(name, []).append(key)
    return [seed.key for seed in papers], lineages


def rows_of(order: str, lineages: Mapping[str, str]) -> list[str]:
    text = seeds_csv([paper(key) for key in order], lineages)
    return [f"{row[1]}:{row[0].replace('; ', '')}" for row in csv.reader(io.StringIO(text, newline=""))][1:]


@each(
    ("order", "lineages", "rows"),
    [
        ("abc", {"X": "abc"}, "a:X b:X c:X"),
        ("abcd", {"X": "acd", "Y": "bcd"}, "a:X b:Y c:XY d:XY"),
        ("abcd", {"X": "acbd"}, "a:X b: c:X b:X d:X"),
        ("abc", {"X": "bca"}, "a: b:X c:X a:X"),
        ("abc", {"X": "cba"}, "a: b: c:X b:X a:X"),
        ("abc", {"X": "ab", "Y": "ba"}, "a:X b:XY a:Y c:"),
        ("abc", {"X": "bc", "Y": "ab"}, "a: b:X a:Y b:Y c:X"),
        ("abc", {"X": "c", "Y": "b", "Z": "a"}, "a: b: c:X b:Y a:Z"),
    ],
)
def test_a_further_row_only_where_an_order_needs_it(order: str, lineages: dict[str, str], rows: str) -> None:
    assert rows_of(order, lineages) == rows.split()


@st.composite
def trails(draw: st.DrawFn) -> tuple[list[str], dict[str, list[str]]]:
    order = draw(st.permutations("abcdefgh"))
    lines = draw(st.lists(st.lists(st.sampled_from(order), min_size=1, unique=True), min_size=1, max_size=5))
    used = {key for line in lines for key in line}
    return [key for key in order if key in used], {f"L{9 - i}": line for i, line in enumerate(lines)}


@given(trails())
def test_every_order_is_kept(trail: tuple[list[str], dict[str, list[str]]]) -> None:
    order, lineages = trail
    read_order, read_lineages = orders_of(seeds_csv([paper(key) for key in order], lineages))
    assert read_order == order
    assert list(read_lineages.items()) == list(lineages.items())


@each("text", [*HOSTILE_TITLES, '"', 'a "b", c', "a\nb", "=1+1", "＝x", "'=x", "a; b", "'"])
def test_hostile_texts_stay_in_their_cells(text: str) -> None:
    from papertrail.domain.text import clean_line

    made = seeds_csv([paper("a", text, authors=(text, "B")), paper("b", parents=("a", "zz"))], {"L": "ab"})
    with TemporaryDirectory() as folder:
        path = Path(folder) / "seeds.csv"
        path.write_text(made, encoding="utf-8", newline="")
        papers, problems, _ = read_seeds(path)
    assert problems == []
    assert papers[0].title == clean_line(text)
    assert papers[0].authors == (clean_line(text).replace(";", ","), "B")
    assert papers[1].builds_on == ("a",), "links to papers outside stay out"
    assert made.startswith(",".join(COLUMNS) + "\n")
