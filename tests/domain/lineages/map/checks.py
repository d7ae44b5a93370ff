"""What must hold of every map, checked from the outside: the rules of lines, and reading the drawing back."""

from collections.abc import Callable, Mapping, Sequence
from cProfile import Profile
from itertools import pairwise

from rich.cells import cell_len

from papertrail.domain.lineages.map import Box, Link, MapLayout, Role, Run, draw
from papertrail.domain.lineages.map.contents import is_framed
from papertrail.domain.lineages.map.years import years_on_scale

Point = tuple[int, int]
UP, DOWN, LEFT, RIGHT = (0, -1), (0, 1), (-1, 0), (1, 0)
ARMS = {
    "│": {UP, DOWN},
    "─": {LEFT, RIGHT},
    "╰": {UP, RIGHT},
    "╯": {UP, LEFT},
    "╭": {DOWN, RIGHT},
    "╮": {DOWN, LEFT},
    "├": {UP, DOWN, RIGHT},
    "┤": {UP, DOWN, LEFT},
    "┬": {DOWN, LEFT, RIGHT},
    "┴": {UP, LEFT, RIGHT},
    "┼": {UP, DOWN, LEFT, RIGHT},
    "▼": {UP, DOWN},
    "▽": {UP, DOWN},
}


def links_on(layout: MapLayout, links: Mapping[str, Sequence[str]]) -> set[Link]:
    """Return the links between papers that are on a map."""
    boxes = layout.boxes
    return {(child, parent) for child in boxes for parent in links.get(child, ()) if parent in boxes}


def cells_of_box(box: Box) -> set[Point]:
    return {(x, y) for x in range(box.x, box.right) for y in range(box.y, box.bottom)}


def cells_of_route(corners: Sequence[Point]) -> list[Point]:
    """Return every cell of a route in order, each once."""
    cells = [corners[0]]
    for (x, y), (to_x, to_y) in pairwise(corners):
        assert (x == to_x) != (y == to_y), "two corners share exactly one of column and row"
        assert to_y >= y, "no line goes up"
        across, along = (to_x > x) - (to_x < x), to_y > y
        count = abs(to_x - x) + abs(to_y - y)
        cells += [(x + across * step, y + along * step) for step in range(1, count + 1)]
    return cells


def check_layout(layout: MapLayout, links: Mapping[str, Sequence[str]]) -> None:
    """Check the boxes and routes of a map against each other and the links."""
    inside: dict[Point, str] = {}
    for key, box in layout.boxes.items():
        assert box.x >= 0
        assert box.right <= layout.width
        assert box.y >= 0
        assert box.bottom <= layout.height
        assert box.paper.key == key
        for cell in cells_of_box(box):
            assert inside.setdefault(cell, key) == key, "boxes overlap"
    assert set(layout.routes) == links_on(layout, links)
    paths = {link: cells_of_route(route.corners) for link, route in layout.routes.items()}
    for (child, parent), path in paths.items():
        check_ends(layout.boxes[child], layout.boxes[parent], path)
        assert not inside.keys() & set(path), "a line passes a box"
        assert all(0 <= x < layout.width for x, _ in path)
    check_sharing(paths)


def check_ends(child: Box, parent: Box, path: Sequence[Point]) -> None:
    """Check that a path leads from under the parent to above the child."""
    (x, y), (to_x, to_y) = path[0], path[-1]
    assert parent.bottom < child.y + 1
    assert (y, to_y) == (parent.bottom, child.y - 1)
    assert parent.x < x < parent.right - 1
    assert child.x < to_x < child.right - 1


def check_sharing(paths: Mapping[Link, Sequence[Point]]) -> None:
    """Check that links share cells only to cross, or at the beginning when they leave the same paper."""
    arms: dict[Point, dict[str, set[Point]]] = {}
    for (_, parent), path in paths.items():
        assert len(set(path)) == len(path)
        for before, cell, after in zip([None, *path], path, [*path[1:], None], strict=False):
            used = arms.setdefault(cell, {}).setdefault(parent, set())
            used.add((before[0] - cell[0], before[1] - cell[1]) if before else UP)
            used.add((after[0] - cell[0], after[1] - cell[1]) if after else DOWN)
    for users in arms.values():
        if len(users) > 1:
            assert sorted(map(sorted, users.values())) == [[LEFT, RIGHT], [UP, DOWN]], (
                "lines lie on each other"
            )
    by_parent: dict[str, list[Sequence[Point]]] = {}
    for (_, parent), path in paths.items():
        by_parent.setdefault(parent, []).append(path)
    for siblings in by_parent.values():
        # All of them form one tree: as many cells as steps between them, and one more.
        cells = {cell for path in siblings for cell in path}
        steps = {step for path in siblings for step in pairwise(path)}
        assert len(steps) == len(cells) - 1, "the lines of one paper meet again"


def check_scale(layout: MapLayout) -> None:
    """Check that each paper stands beside its year, or its parent's, and all right of the scale."""
    years = years_on_scale(layout.parents, {key: box.paper.year for key, box in layout.boxes.items()})
    words = {y: said.strip(" │┤┊") for y, said in layout.scale.items()}
    beside = {y: int(said) if said.isdigit() else 0 for y, said in words.items() if said}
    assert list(filter(None, beside.values())) == sorted({year for year in years.values() if year})
    rows = text_of(draw(layout))
    for y, said in layout.scale.items():
        assert rows[y].startswith(f"{said} ")
    for key, box in layout.boxes.items():
        row = box.y + is_framed(box.paper)
        assert beside[max(y for y in beside if y <= row)] == years[key]
        assert box.x > layout.scale_width
    assert all(x > layout.scale_width for route in layout.routes.values() for x, _ in route.corners)
    assert all(text.x > layout.scale_width for text in layout.texts)


def text_of(rows: Sequence[Sequence[Run]]) -> list[str]:
    return ["".join(run.text for run in row) for row in rows]


def check_drawing(layout: MapLayout, links: Mapping[str, Sequence[str]]) -> None:
    """Check the widths of the rows, and that the links can be read off the drawing again."""
    rows = draw(layout)
    assert len(rows) == layout.height
    for row in rows:
        assert sum(cell_len(run.text) for run in row) == layout.width
        assert all(run.text for run in row)
    assert read_links(layout, rows) == links_on(layout, links)


def read_links(layout: MapLayout, rows: Sequence[Sequence[Run]]) -> set[Link]:
    """Return the links a reader would see: every line followed from below each box."""
    signs: dict[Point, str] = {}
    for y, row in enumerate(rows):
        x = 0
        for run in row:
            if run.role in (Role.LINE, Role.ARROW) and run.paper is None:
                signs.update(((x + step, y), sign) for step, sign in enumerate(run.text))
            elif run.role is Role.ARROW:
                assert run.text in "▼▽"
            x += cell_len(run.text)
    owners = {cell: key for key, box in layout.boxes.items() for cell in cells_of_box(box)}
    found: set[Link] = set()
    for parent, box in layout.boxes.items():
        for x in range(box.x, box.right):
            if UP in ARMS.get(signs.get((x, box.bottom), ""), ()):
                found |= {(child, parent) for child in _follow((x, box.bottom), signs, owners)}
    return found


def _follow(start: Point, signs: Mapping[Point, str], owners: Mapping[Point, str]) -> set[str]:
    """Return the papers at the ends of all branches of a line."""
    ends: set[str] = set()
    ways = [(start, DOWN)]
    seen = set(ways)
    while ways:
        (x, y), came = ways.pop()
        if (x, y) in owners:
            assert came == DOWN
            ends.add(owners[x, y])
            continue
        sign = signs[x, y]
        back = (-came[0], -came[1])
        if sign == "│" and came in (LEFT, RIGHT):
            onward = {came}  # a crossing: the line goes on behind the one that goes down
        else:
            assert back in ARMS[sign], "the line is torn"
            onward = ARMS[sign] - {back}
        for across, along in onward:
            way = ((x + across, y + along), (across, along))
            assert way not in seen, "the line runs in a circle"
            seen.add(way)
            ways.append(way)
    return ends


def calls(work: Callable[[], object]) -> int:
    """Return how many functions are called for some work: what its time goes with, but never wavers."""
    profile = Profile()
    profile.runcall(work)
    return sum(entry.callcount for entry in profile.getstats())
