"""What must hold of every picture, checked from the outside: lines, texts and cards against each other."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from papertrail.domain.lineages.map import MapPaper
from papertrail.domain.lineages.picture.parts import HOP, Card, Point, Rect, Route, Scene, Words

Segment = tuple[Point, Point]
TILE = 120
ROUND = 9  # pixels at the corners of a card


def check_scene(scene: Scene, papers: Sequence[MapPaper], links: Mapping[str, Sequence[str]]) -> None:
    """Check a picture of papers and links without circles."""
    cards = {card.paper.key: card for card in scene.cards}
    assert sorted(cards) == sorted(paper.key for paper in papers)
    wanted = {(child, parent) for child in cards for parent in links.get(child, ()) if parent in cards}
    assert {route.link for route in scene.routes} == wanted
    check_texts(scene)
    for route in scene.routes:
        check_route(route, cards[route.link[0]], cards[route.link[1]])
    check_lines(scene)
    check_strands(scene)
    read = {key: card.paper.is_read for key, card in cards.items()}
    assert {(arrow.link, arrow.tip, arrow.hollow) for arrow in scene.arrows} == {
        (route.link, route.corners[-1], read[route.link[0]] and not read[route.link[1]])
        for route in scene.routes
    }


def all_words(scene: Scene) -> list[Words]:
    return [
        *scene.heading,
        *(words for card in scene.cards for words in card.words),
        *(words for note in scene.notes for words in note.words),
        *(band.words for band in scene.bands if band.words),
        *(entry.words for entry in scene.legend),
    ]


def check_texts(scene: Scene) -> None:
    """Check that no two texts and no two cards overlap, and each text is on its card, or on none."""
    texts = [words.rect for words in all_words(scene)]
    for rect in (*texts, *(card.rect for card in scene.cards)):
        assert rect.x >= 0 and rect.y >= 0 and rect.right <= scene.width and rect.bottom <= scene.height
    assert not list(_overlaps(texts, texts)), "two texts overlap"
    rects = [card.rect for card in scene.cards]
    assert not list(_overlaps(rects, rects)), "two cards overlap"
    on_cards = 0
    for card in scene.cards:
        for words in card.words:
            on_cards += 1
            assert _holds(card.rect, words.rect)
        for x, y in (card.sign, card.mark)[: (1 + bool(card.paper.mark)) * card.signed]:
            sign = Rect(x - 6, y - 6, 12, 12)
            assert _holds(card.rect, sign) and not list(_overlaps([sign], [w.rect for w in card.words]))
    assert sum(1 for _ in _overlaps(texts, rects)) == on_cards, "a text lies on a card it does not belong to"


def check_route(route: Route, child: Card, parent: Card) -> None:
    """Check that a way begins on the lower border of one card and ends on the upper border of another."""
    (x, y), (to_x, to_y) = route.corners[0], route.corners[-1]
    assert y == parent.rect.bottom and parent.rect.x + ROUND < x < parent.rect.right - ROUND
    assert to_y == child.rect.y and child.rect.x + ROUND < to_x < child.rect.right - ROUND
    assert y < to_y
    assert route.corners[0][0] == route.corners[1][0] and route.corners[-2][0] == to_x
    for before, after in pairwise(route.corners):
        assert (before[0] == after[0]) != (before[1] == after[1]) and before[1] <= after[1]


def check_lines(scene: Scene) -> None:
    """Check that no piece of a line, nor the arc of a bridge, nor a dot comes near a text or a card."""
    pieces = [_around(one, other) for strand in scene.strands for one, other in pairwise(strand.corners)]
    pieces += [Rect(x - HOP, y - HOP, 2 * HOP, HOP) for strand in scene.strands for x, y in strand.hops]
    pieces += [Rect(dot.at[0] - 3, dot.at[1] - 3, 6, 6) for dot in scene.dots]
    heads = [Rect(arrow.tip[0] - 5, arrow.tip[1] - 9, 10, 9) for arrow in scene.arrows]
    texts = [words.rect for words in all_words(scene)]
    assert not list(_overlaps(texts, [*pieces, *heads])), "a line strikes a text"
    assert not list(_overlaps([card.rect for card in scene.cards], [*pieces, *heads])), (
        "a line strikes a card"
    )


def check_strands(scene: Scene) -> None:
    """Check that the pieces are the ways, that they branch at dots, and that each crossing is bridged."""
    lengths: Counter[tuple[str, str]] = Counter()
    level: list[tuple[str, int, Segment]] = []
    upright: list[tuple[str, int, Segment]] = []
    ends: dict[str, Counter[Point]] = defaultdict(Counter)
    for number, strand in enumerate(scene.strands):
        (parent,) = {link[1] for link in strand.links}
        for point in (strand.corners[0], strand.corners[-1]):
            ends[parent][point] += 1
        for segment in pairwise(strand.corners):
            (x, y), (to_x, to_y) = segment
            lengths.update(dict.fromkeys(strand.links, round(abs(to_x - x) + abs(to_y - y))))
            (level if y == to_y else upright).append((parent, number, segment))
    assert lengths == {
        route.link: sum(round(abs(b[0] - a[0]) + abs(b[1] - a[1])) for a, b in pairwise(route.corners))
        for route in scene.routes
    }
    branches = {point for some in ends.values() for point, count in some.items() if count > 1}
    assert {dot.at for dot in scene.dots} == branches and len(scene.dots) == len(branches)
    crossings: set[tuple[int, Point]] = set()
    columns = defaultdict(list)
    for parent, number, ((x, y), (_, to_y)) in upright:
        columns[x].append((parent, number, min(y, to_y), max(y, to_y)))
    xs = sorted(columns)
    for parent, number, ((x, y), (to_x, _)) in level:
        for at in xs:
            if min(x, to_x) <= at <= max(x, to_x):
                for other, _, top, bottom in columns[at]:
                    if other != parent and top <= y <= bottom:
                        assert min(x, to_x) + HOP < at < max(x, to_x) - HOP, "lines meet at a corner"
                        assert top + HOP < y < bottom, "lines meet at an end"
                        crossings.add((number, (at, y)))
    _check_apart(level, upright)
    bridged = [(number, hop) for number, strand in enumerate(scene.strands) for hop in strand.hops]
    assert sorted(bridged) == sorted(crossings)
    for strand in scene.strands:
        for (x, y), (other_x, other_y) in pairwise(sorted(strand.hops, key=lambda hop: (hop[1], hop[0]))):
            assert y != other_y or other_x - x > 2 * HOP


def _check_apart(*kinds: Sequence[tuple[str, int, Segment]]) -> None:
    """Check that no two pieces of lines that go the same way lie on each other."""
    for across, pieces in enumerate(kinds):
        lanes: dict[float, list[tuple[float, float]]] = defaultdict(list)
        for _, _, (one, other) in pieces:
            along = sorted((one[across], other[across]))
            lanes[one[1 - across]].append((along[0], along[1]))
        for lane in lanes.values():
            for (_, end), (start, _) in pairwise(sorted(lane)):
                assert end <= start, "lines lie on each other"


def check_years(scene: Scene) -> None:
    """Check that papers stand in the bands of their years, the bands in order, each year with its mark."""
    bands = {int(b.words.text): b for b in scene.bands if b.words and b.words.text.isdigit()}
    assert list(bands) == sorted(bands)
    for above, below in pairwise(scene.bands):
        assert above.rect.bottom == below.rect.y
    for before, year in pairwise(bands):
        between = next(
            (b for b in scene.bands if not b.words and b.rect.y == bands[before].rect.bottom), None
        )
        assert (between is not None) == (year - before > 1)
        if between is not None:
            assert between.is_torn or len(between.ticks) == year - before - 1
    for band in scene.bands:
        assert all(band.rect.y <= tick <= band.rect.bottom for tick in band.ticks)
        assert band.is_torn or band.ticks
    parents = defaultdict(list)
    for route in scene.routes:
        parents[route.link[0]].append(route.link[1])
    latest: dict[str, int] = {}
    for card in sorted(scene.cards, key=lambda card: card.rect.y):
        key = card.paper.key
        held = max((latest[parent] for parent in parents[key]), default=0)
        middle = card.rect._replace(x=0, width=1)
        stands = max((on for on, band in bands.items() if _holds(band.rect, middle)), default=0)
        if card.paper.year:
            assert stands == max(card.paper.year, held)
        latest[key] = stands or held


def _around(one: Point, other: Point) -> Rect:
    """Return what a piece of a line covers."""
    (x, y), (to_x, to_y) = one, other
    return Rect(min(x, to_x), min(y, to_y), abs(to_x - x), abs(to_y - y))


def _holds(outer: Rect, inner: Rect) -> bool:
    return (
        outer.x <= inner.x
        and outer.y <= inner.y
        and inner.right <= outer.right
        and inner.bottom <= outer.bottom
    )


def _overlaps(some: Sequence[Rect], others: Sequence[Rect]) -> Iterator[tuple[Rect, Rect]]:
    """Yield each pair of which the insides meet, a thing and itself left out; lines are rectangles too."""
    tiles: dict[tuple[int, int], list[Rect]] = defaultdict(list)
    for rect in others:
        for tile in _tiles(rect):
            tiles[tile].append(rect)
    for rect in some:
        for other in {id(o): o for tile in _tiles(rect) for o in tiles.get(tile, ())}.values():
            if (
                other is not rect
                and other.x < rect.right
                and rect.x < other.right
                and other.y < rect.bottom
                and rect.y < other.bottom
            ):
                yield rect, other


def _tiles(rect: Rect) -> Iterator[tuple[int, int]]:
    for column in range(int(rect.x) // TILE, int(rect.right) // TILE + 1):
        for row in range(int(rect.y) // TILE, int(rect.bottom) // TILE + 1):
            yield column, row
