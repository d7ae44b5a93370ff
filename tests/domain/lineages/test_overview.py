"""All lineages at once: blocks in time, with numbers that add up, in any width."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from papertrail.domain.lineages.lineage import LineageProgress
from papertrail.domain.lineages.overview import Block, Overview, Table, overview_of
from tests.domain.lineages.map.graphs import HOSTILE
from tests.examples import examples


def overview(
    *blocks: tuple[str, int, dict[int, int]], links: dict[tuple[str, str], int] | None = None
) -> Overview:
    lineages = [LineageProgress(name, sum(years.values()), read, read) for name, read, years in blocks]
    whole: dict[int, int] = {}
    for _, _, years in blocks:
        for year, papers in years.items():
            whole[year] = whole.get(year, 0) + papers
    all_papers = LineageProgress("All papers", sum(whole.values()), 0, 0)
    by_name = {name: years for name, _, years in blocks}
    return overview_of(lineages, by_name, links or {}, Block(all_papers, whole))


def text(pieces: object) -> str:
    assert isinstance(pieces, list)
    return "".join(piece.text for piece in pieces)


def test_the_older_lineage_stands_above_and_a_heavy_line_says_how_far_one_is() -> None:
    shown = overview(("New", 0, {2015: 2}), ("Old", 2, {2012: 1, 2014: 3}), links={("New", "Old"): 3})
    table = Table(shown, 60)
    assert text(table.head).split() == ["2012", "2014", "2015"]
    old, new = (text(table.row(block, "New")) for block in shown.blocks)
    assert old.split()[:4] == ["Old", "2", "/", "4"]
    assert re.search("━+1━+.*─+3─+ .*↑3", old)
    assert "━" not in new and "─2─" in new and "↓" not in new, "no links to itself"
    assert new.index("─") > old.index("3"), "later is further right"
    assert "↓3" in text(table.row(shown.blocks[1], "Old"))
    assert shown.told("Old") == ["built on by New 3"]
    assert shown.told("New") == ["builds on Old 3"]
    assert text(table.words(shown.blocks[0])).strip() == "4 papers, 2012–2014 · built on by New 3"


names = st.one_of(st.sampled_from(HOSTILE), st.text(min_size=1, max_size=60), st.just("残差网络" * 20))
years = st.dictionaries(st.integers(1900, 2030), st.integers(1, 300), max_size=40)


@given(st.lists(st.tuples(names, st.integers(0, 9), years), max_size=6), st.integers(1, 220))
@examples(60)
def test_any_lineages_in_any_width(blocks: list[tuple[str, int, dict[int, int]]], width: int) -> None:
    links = {(one[0], other[0]): 7 for one in blocks for other in blocks if one[0] != other[0]}
    shown = overview(*blocks, links=links)
    table = Table(shown, width)
    for block in (*shown.blocks, shown.whole):
        row = table.row(block, blocks[0][0] if blocks else None)
        assert all(cell_len(piece.text) == len(piece.text) or piece.role == "name" for piece in row)
        if width >= 60:
            assert cell_len(text(row)) <= width
            numbers = "".join(piece.text if piece.role in ("number", "counted") else " " for piece in row)
            assert "+" in numbers or sum(map(int, numbers.split())) == sum(block.years.values())
        assert not any(ord(letter) < 32 or 0x7F <= ord(letter) < 0xA0 for letter in text(row))


@pytest.mark.parametrize("count", [12, 30, 200])
def test_the_oldest_years_stand_together_where_there_is_no_room(count: int) -> None:
    shown = overview(("Long", 0, {2026 - number: 1 for number in range(count)}))
    head = text(Table(shown, 60).head)
    assert ("<" in head) is (count > 12)
