"""The seeded maps as they were when somebody looked at them and liked them.

After a change, `python -m tests.domain.lineages.map.test_goldens` draws them again: look at the difference.
"""

import re
from pathlib import Path

import pytest

from papertrail.domain.lineages.map import Link, draw, lay_out
from papertrail.library.demo import NOTES
from papertrail.notebook.sections import note_changes
from tests.cases import each
from tests.domain.lineages.map.checks import text_of
from tests.domain.lineages.map.graphs import seeded

FOLDER = Path(__file__).parent.parent / "maps"
LINEAGES = ["R-CNN to Faster R-CNN", "YOLO v1–v3", "Inception", "ResNet", "NASNet", "SGD"]
MAPS: list[tuple[str | None, int, bool]] = [
    *((lineage, width, False) for lineage in LINEAGES for width in (80, 140)),
    ("R-CNN to Faster R-CNN", 80, True),
    ("Inception", 80, True),
    (None, 80, False),
    (None, 140, False),
]


def demo_changes() -> dict[Link, str]:
    """Return what the demonstration's notes say that papers changed."""
    notes = {path.stem: path.read_text(encoding="utf-8") for path in sorted(NOTES.glob("*.md"))}
    return {
        (child, parent): text for child, note in notes.items() for parent, text in note_changes(note).items()
    }


def path_of(lineage: str | None, width: int, with_children: bool) -> Path:
    name = re.sub(r"[^a-z0-9]+", "-", (lineage or "all").lower())
    return FOLDER / f"{name}-{width}{'-with-children' if with_children else ''}.txt"


def drawn(lineage: str | None, width: int, with_children: bool) -> str:
    papers, links = seeded(lineage, children_elsewhere=with_children)
    rows = draw(lay_out(papers, links, width=width))
    return "".join(f"{line.rstrip()}\n" for line in text_of(rows))


def told(width: int) -> str:
    papers, links = seeded(LINEAGES[0])
    rows = draw(lay_out(papers, links, width=width, edge_texts=demo_changes()))
    return "".join(f"{line.rstrip()}\n" for line in text_of(rows))


def told_path(width: int) -> Path:
    return FOLDER / f"r-cnn-to-faster-r-cnn-{width}-with-changes.txt"


@pytest.mark.parametrize("width", [80, 140])
def test_a_map_with_what_each_paper_changed(width: int) -> None:
    assert told(width) == told_path(width).read_text(encoding="utf-8")
    layout = lay_out(*seeded(LINEAGES[0]), width=width, edge_texts=demo_changes())
    assert {text.link for text in layout.texts} == set(demo_changes()), "every one is told"


@each(("lineage", "width", "with_children"), MAPS)
def test_map(lineage: str | None, width: int, with_children: bool) -> None:
    golden = path_of(lineage, width, with_children).read_text(encoding="utf-8")
    assert drawn(lineage, width, with_children) == golden


def test_there_are_no_other_goldens() -> None:
    assert set(FOLDER.iterdir()) == {*(path_of(*shown) for shown in MAPS), told_path(80), told_path(140)}


if __name__ == "__main__":
    for shown in MAPS:
        path_of(*shown).write_text(drawn(*shown), encoding="utf-8")
    for columns in (80, 140):
        told_path(columns).write_text(told(columns), encoding="utf-8")
