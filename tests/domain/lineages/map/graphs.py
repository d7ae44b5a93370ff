"""Papers and links for tests of the map: small ones that shrink, large random ones, and the seeds."""

import random
from collections.abc import Iterable

from hypothesis import strategies as st

from papertrail.domain.lineages.map import MapPaper
from papertrail.domain.metadata import SeedPaper
from papertrail.domain.paper import Status
from papertrail.sources.seeds_csv import packaged_seeds
from tests.seeds_files import read_seeds

Links = dict[str, list[str]]
Case = tuple[list[MapPaper], Links]

HOSTILE = [
    "Backbones",
    "a [/b] z",
    "\x1b]52;c;aGk=\x07",
    "残差网络与深度学习的历史",
    "\u202eevil",
    "",
    "e\u0301\u200d 👩‍🔬 x",
]


def paper(key: str, year: int | None = 2015, lineage: str | None = None) -> MapPaper:
    return MapPaper(key, year, Status.UNREAD, False, False, lineage)


def links_of(pairs: Iterable[str]) -> Links:
    """Return links written as `child>parent`, or `child>parent,parent`."""
    return {child: parents.split(",") for child, parents in (pair.split(">") for pair in pairs)}


def case(*pairs: str) -> Case:
    """Return the papers that some links name, in the order they are named, parents first."""
    links = links_of(pairs)
    keys = dict.fromkeys(key for child, parents in links.items() for key in (*parents, child))
    return [paper(key) for key in keys], links


def _state(number: int) -> tuple[Status, bool, bool]:
    status = list(Status)[number % 5]
    read = status is Status.READ
    return status, read and number % 2 == 0, read and number % 2 == 1


def _random_case(seed: int, size: int, density: float, foreign: float) -> Case:
    chance = random.Random(seed)
    order = list(range(size))
    chance.shuffle(order)
    links: Links = {}
    for place, child in enumerate(order):
        count = min(place, int(chance.expovariate(1 / density)) if density else 0)
        near = order[max(place - 30, 0) : place] if chance.random() < 0.7 else order[:place]
        parents = chance.sample(near, min(count, len(near)))
        if parents:
            links[f"p{child}"] = [f"p{parent}" for parent in parents]
    papers = [
        MapPaper(
            f"p{number}",
            chance.choice([None, *range(1990, 2024)]),
            *_state(chance.randrange(100)),
            chance.choice(HOSTILE) if chance.random() < foreign else None,
        )
        for number in range(size)
    ]
    return papers, links


@st.composite
def small_cases(draw: st.DrawFn) -> Case:
    """Up to a dozen papers with any links that make no circle."""
    size = draw(st.integers(0, 12))
    pairs = [(child, parent) for child in range(size) for parent in range(child)]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=30)) if pairs else []
    links: Links = {}
    for child, parent in chosen:
        links.setdefault(f"p{child}", []).append(f"p{parent}")
    lineages = st.none() | st.sampled_from(HOSTILE) | st.text(max_size=8)
    years = st.none() | st.integers(1950, 2030)
    papers = [
        MapPaper(f"p{n}", draw(years), *_state(draw(st.integers(0, 9))), draw(lineages)) for n in range(size)
    ]
    return draw(st.permutations(papers)), links


def large_cases(most: int = 300) -> st.SearchStrategy[Case]:
    """Up to `most` papers, from loosely to densely linked."""
    return st.builds(
        _random_case,
        st.integers(0, 10**6),
        st.integers(30, most),
        st.sampled_from([0.5, 1.2, 2.0, 3.0]),
        st.sampled_from([0.0, 0.3]),
    )


def random_case(seed: int, size: int, density: float) -> Case:
    """Return one large case."""
    return _random_case(seed, size, density, 0.0)


def seeds() -> list[SeedPaper]:
    papers, problems, _ = read_seeds(packaged_seeds())
    assert not problems
    return papers


def seeded(lineage: str | None, *, children_elsewhere: bool = False) -> Case:
    """Return a lineage of the seeds with the papers of other lineages it builds on; all papers when None.

    Args:
        lineage: its name.
        children_elsewhere: whether papers of other lineages that build on it belong to it too.
    """
    papers = seeds()
    by_key = {seed.key: seed for seed in papers}
    inside = {seed.key for seed in papers if lineage is None or lineage in seed.lineages}
    links: Links = {}
    for seed in papers:
        for parent in seed.builds_on:
            if parent in by_key and (seed.key in inside or (children_elsewhere and parent in inside)):
                links.setdefault(seed.key, []).append(parent)
    shown = inside | set(links) | {parent for parents in links.values() for parent in parents}
    return [
        MapPaper(seed.key, seed.year, *_state(number * 7), None if seed.key in inside else seed.lineages[0])
        for number, seed in enumerate(papers)
        if seed.key in shown
    ], links


LINEAGES = list(dict.fromkeys(name for seed in seeds() for name in seed.lineages))
