"""Pictures of lineages: no line touches a name, every line meets its cards, every crossing is bridged."""

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrail.domain.lineages.map import Link, MapPaper, plan
from papertrail.domain.lineages.map.graph import Grid
from papertrail.domain.lineages.map.plan import Plan, make_plan
from papertrail.domain.lineages.picture import Scene, draw_picture
from tests.domain.lineages.map import graphs
from tests.domain.lineages.map.graphs import LINEAGES, Case, large_cases, seeded, small_cases
from tests.domain.lineages.picture.checks import check_scene, check_years
from tests.examples import examples

TELLS = (
    "",
    "",
    "One pass an image.",
    "Keeps its detector as second stage and replaces the external proposals by a network on the same"
    " convolutions; 300 boxes are enough instead of 2,000, and the whole is trained in four steps.",
    "在同一特征图上预测候选框，无需外部算法。" * 3,
    "x" * 400,
    "a [/b] z \x1b]52;c;aGk=\x07</svg><script>alert(1)</script>",
    "word " * 300,
)


def dressed(case: Case, seed: int) -> tuple[list[MapPaper], graphs.Links, dict[Link, str]]:
    """Return papers with titles, and something told of some of their links."""
    papers, links = case
    chance = random.Random(seed)
    titles = [*TELLS, *graphs.HOSTILE]
    return (
        [paper._replace(title=paper.title or chance.choice(titles)) for paper in papers],
        links,
        {(child, parent): chance.choice(TELLS) for child, some in links.items() for parent in some},
    )


def drawn(case: Case, seed: int, *, by_year: bool, title: str = "A lineage") -> Scene:
    papers, links, changes = dressed(case, seed)
    scene = draw_picture(
        papers, links, title=title, subtitle="6 papers", changes=changes, ideas={}, by_year=by_year
    )
    check_scene(scene, papers, links)
    if by_year:
        check_years(scene)
    told = {note.link: note.whole for note in scene.notes}
    assert told.keys() == {link for link, text in changes.items() if text}
    return scene


@pytest.mark.parametrize("by_year", [False, True], ids=["packed", "by year"])
@pytest.mark.parametrize("lineage", LINEAGES)
def test_the_seeded_lineages(lineage: str, by_year: bool) -> None:
    alone = drawn(seeded(lineage), 1, by_year=by_year)
    beyond = seeded(lineage, children_elsewhere=True)
    assert len(alone.cards) <= len(beyond[0])
    if len(alone.cards) < len(beyond[0]):
        drawn(beyond, 2, by_year=by_year)


@pytest.mark.parametrize("by_year", [False, True], ids=["packed", "by year"])
def test_all_seeded_papers(by_year: bool) -> None:
    scene = drawn(seeded(None), 1, by_year=by_year)
    assert sum(len(strand.hops) for strand in scene.strands) > 100


@examples(100)
@given(small_cases(), st.booleans(), st.integers(0, 1000), st.sampled_from(graphs.HOSTILE))
def test_any_small_lineage(case: Case, by_year: bool, seed: int, title: str) -> None:
    drawn(case, seed, by_year=by_year, title=title)


def test_a_page_of_very_many_papers_has_one_plan_for_each_family(monkeypatch: pytest.MonkeyPatch) -> None:
    planned: list[int] = []

    def counted(grid: Grid, *rest: Any) -> Plan:
        planned.append(grid.graph.size)
        return make_plan(grid, *rest)

    monkeypatch.setattr(plan, "make_plan", counted)
    papers, links = graphs.random_case(3, 500, 1.2)
    draw_picture(papers, links, title="")
    assert 200 < sum(size for size in planned if size > 1) <= len(papers)  # each paper once


@examples(25)
@given(large_cases(45), st.booleans(), st.integers(0, 1000))
def test_any_large_lineage(case: Case, by_year: bool, seed: int) -> None:
    drawn(case, seed, by_year=by_year)
