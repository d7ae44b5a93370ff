"""The trail given away: stories, maps and the whole export say the same."""

from pathlib import Path

import pytest

from papertrail.domain.errors import NotFound
from papertrail.domain.paper import Status
from tests.trails import NOTE, opened, small_trail

R = "R-CNN to Faster R-CNN"
CHANGE = "## Key idea\n\n### from rcnn\n\nOne pass an image.\n"


def test_the_map_for_other_programs_is_that_of_the_story(tmp_path: Path) -> None:
    with opened(small_trail(tmp_path)) as library:
        library.notes.save("fast-rcnn", CHANGE, None)
        library.lineages.link("rcnn", "adam")
        mermaid = library.maps.graph(R, "mermaid")
        assert f"```mermaid\n{mermaid}```" in library.exports.story(R)
        assert 'p2 -->|"One pass an image."| p4' in mermaid
        assert 'p1["○ adam 2014<br/>SGD"]' in mermaid, "what a paper builds on outside stands beside"
        dot = library.maps.graph(R, "dot")
        assert dot.startswith(f'digraph "{R}" {{')
        assert '"rcnn" -> "fast-rcnn" [label="One pass an image."];' in dot
        for form in ("mermaid", "dot"):
            everything = library.maps.graph(None, "mermaid" if form == "mermaid" else "dot")
            assert everything.count("○") == 6 and everything.count("SGD") == 0
        with pytest.raises(NotFound, match="no lineage is called nothing"):
            library.maps.graph("nothing", "dot")


def test_the_export_holds_the_same_story_with_links_to_the_notes(tmp_path: Path) -> None:
    with opened(small_trail(tmp_path)) as library:
        library.notes.save("rcnn", NOTE, None)
        library.notes.save("fast-rcnn", CHANGE, None)
        library.statuses.set(["rcnn"], Status.READ)
        report = library.exports.write(tmp_path / "out")
        exported = (report.folder / "lineages" / "r-cnn-to-faster-r-cnn.md").read_text(encoding="utf-8")
        alone = library.exports.story(R)
    for key, title in (("rcnn", "Rich feature hierarchies"), ("fast-rcnn", "Fast R-CNN")):
        assert f"[{title}](../papers/{key}.md)" in exported
        exported = exported.replace(f"[{title}](../papers/{key}.md)", title)
    assert exported == alone + "\n[All papers](../README.md)\n"
