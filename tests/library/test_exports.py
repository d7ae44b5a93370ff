"""The trail given away: stories, maps and the whole export say the same."""

from pathlib import Path

import pytest

from papertrail.domain.errors import NotFound
from papertrail.domain.paper import Status
from papertrail.domain.story import StoryForm
from papertrail.export.names import ordinary_name
from tests.trails import NOTE, opened, small_trail

R = "R-CNN to Faster R-CNN"
CHANGE = "## Key idea\n\n### from rcnn\n\nOne pass an image.\n"


def test_the_map_for_other_programs_is_that_of_the_story(tmp_path: Path) -> None:
    with opened(small_trail(tmp_path)) as library:
        library.notes.save("fast-rcnn", CHANGE, None)
        library.lineages.link("rcnn", "adam")
        mermaid = library.maps.graph(R, "mermaid")
        clicks = [line for line in mermaid.splitlines(keepends=True) if line.startswith("    click ")]
        assert '    click p2 href "https://arxiv.org/abs/1311.2524" "rcnn" _blank\n' in clicks
        unlinked = mermaid.removesuffix("".join(clicks))
        told = library.exports.story(R, StoryForm())
        arrows = [line for line in unlinked.splitlines() if "-->" in line]
        assert len(arrows) == 5 and unlinked != mermaid and "\n".join(arrows) in told
        assert 'p2["○ R-CNN 2013"]' in mermaid and 'p2["R-CNN 2013"]' in told
        assert 'p2 -->|"One pass an image."| p4' in mermaid
        assert 'p1["○ Adam 2014<br/>SGD"]' in mermaid, "what a paper builds on outside stands beside"
        dot = library.maps.graph(R, "dot")
        assert dot.startswith(f'digraph "{R}" {{')
        assert '"rcnn" -> "fast-rcnn" [label="One pass an image."];' in dot
        assert '    "rcnn" [label="○ R-CNN 2013", ' in dot, "its key stays what it is told apart by"
        for form in ("mermaid", "dot"):
            everything = library.maps.graph(None, "mermaid" if form == "mermaid" else "dot")
            assert everything.count("○") == 6 and everything.count("SGD") == 0
        with pytest.raises(NotFound, match="no lineage is called nothing"):
            library.maps.graph("nothing", "dot")


def test_the_picture_tells_the_key_ideas_and_leads_to_the_papers(tmp_path: Path) -> None:
    with opened(small_trail(tmp_path)) as library:
        library.notes.save("rcnn", NOTE, None)
        library.notes.save("fast-rcnn", CHANGE, None)
        library.maps.write(R, tmp_path / "map.svg", by_year=True)
        picture = (tmp_path / "map.svg").read_text(encoding="utf-8")
        assert ">R-CNN</text>" in picture and ">rcnn</text>" not in picture
        assert "(2013)&#10;rcnn&#10;" in picture, "the key, where one points at it"
        assert "<title>Faster R-CNN builds on Fast R-CNN</title>" in picture
        assert "Share the convolutions with the proposals." in picture
        assert picture.count('<a href="https://arxiv.org/abs/') == 4
        assert "One pass an image." in picture and "4 papers · 2013–2015" in picture
        template = "## 问题 (required)\n\n## 核心思想 (required)\n"
        (tmp_path / ".papertrail" / "template.md").write_text(template, encoding="utf-8")
        library.notes.save("sppnet", "## 问题\n\n裁剪太慢。\n", None)
        assert "裁剪太慢。" in library.maps.picture(library.maps.view(R)), "the first section needed"


def test_the_short_story_joins_a_paper_by_what_it_builds_on_elsewhere(tmp_path: Path) -> None:
    with opened(small_trail(tmp_path)) as library:
        library.lineages.link("fast-rcnn", "adam")
        library.lineages.put("Two", ["rcnn", "sppnet", "faster-rcnn"])
        assert library.maps.view("Two").joining_alone == {"fast-rcnn"}
        page = library.exports.story("Two", StoryForm(short=True), page=True)
        assert "<title>Faster R-CNN builds on Fast R-CNN</title>" in page
        library.lineages.put("All of it", ["rcnn", "sppnet", "fast-rcnn", "faster-rcnn"])
        assert library.maps.view("All of it").joining_alone == set()
        assert "Adam" not in library.exports.story("All of it", StoryForm(short=True), page=True)


@pytest.mark.parametrize(
    ("key", "title", "name"),
    [
        ("ohem", "Training Detectors with Online Hard Example Mining", "OHEM"),
        ("yolo", "You Only Look Once: Unified, Real-Time Object Detection", "YOLO"),
        ("swa", "Averaging Weights Leads to Wider Optima and Better Generalization", "swa"),
        ("so", "Selective Search for Object Recognition in Every Picture", "so"),
        ("c51", "A Distributional Perspective on Reinforcement Learning", "c51"),
    ],
)
def test_initials_are_a_name(key: str, title: str, name: str) -> None:
    assert ordinary_name(key, title, ()) == name


def test_the_export_holds_the_same_story_with_links_to_the_notes(tmp_path: Path) -> None:
    with opened(small_trail(tmp_path)) as library:
        library.notes.save("rcnn", NOTE, None)
        library.notes.save("fast-rcnn", CHANGE, None)
        library.statuses.set(["rcnn"], Status.READ)
        report = library.exports.write(tmp_path / "out")
        exported = (report.folder / "lineages" / "r-cnn-to-faster-r-cnn.md").read_text(encoding="utf-8")
        alone = library.exports.story(R, StoryForm(progress=True))
    for key, title, number in (
        ("rcnn", "Rich feature hierarchies", "1311.2524"),
        ("fast-rcnn", "Fast R-CNN", "1504.08083"),
    ):
        assert f"[{title}](../papers/{key}.md)" in exported
        exported = exported.replace(f"../papers/{key}.md", f"https://arxiv.org/abs/{number}")
    assert exported == alone + "\n[All papers](../README.md)\n"


COMMENTED = (
    "## Problem\n\nSlow. %% SECRET one %%\n\n## Limits <!-- SECRET two -->\n\n[//]: # (SECRET three)\nMuch.\n"
)


def test_comments_are_given_away_only_when_asked_for(tmp_path: Path) -> None:
    with opened(small_trail(tmp_path)) as library:
        library.notes.save("rcnn", COMMENTED, None)
        library.statuses.set(["rcnn"], Status.READ)
        folder = library.exports.write(tmp_path / "out").folder
        shown = [library.exports.story(R), library.reports.render()]
        shown += [path.read_text(encoding="utf-8") for path in folder.rglob("*.md")]
        shown += [library.comparisons.as_text(library.comparisons.of_papers(["rcnn"]), "csv")]
        shown += [library.notes.body("rcnn").markdown]
        assert not any("SECRET" in text for text in shown)
        assert sum("Slow." in text for text in shown) == 5
        library.exports.write(folder, comments=True)
        page = (folder / "papers" / "rcnn.md").read_text(encoding="utf-8")
        assert page.count("SECRET") == 3
        assert library.exports.story(R, StoryForm(comments=True)).count("SECRET") == 2
        assert "field unable" not in page


def test_a_note_that_cannot_be_read_is_named_and_all_else_written(tmp_path: Path) -> None:
    with opened(small_trail(tmp_path)) as library:
        library.notes.save("rcnn", NOTE, None)
        library.notes.save("adam", "## Problem\n<<<<<<< a\nmine\n=======\nyours\n>>>>>>> b\n", None)
        folder = library.exports.write(tmp_path / "out").folder
        page = (folder / "papers" / "rcnn.md").read_bytes()
        (tmp_path / "notes" / "rcnn.md").write_bytes("Müde\n".encode("latin-1"))
        (tmp_path / "notes" / "sppnet.md").write_text(NOTE, encoding="utf-8")
        library.changed_elsewhere()
        report = library.exports.write(folder)
        assert (report.unreadable, report.in_conflict) == (("rcnn",), ("adam",))
        assert (folder / "papers" / "rcnn.md").read_bytes() == page, "what was given away before stays"
        assert "papers/sppnet.md" in report.written and report.removed == ()
        assert "The note cannot be read." in (folder / "lineages" / "r-cnn-to-faster-r-cnn.md").read_text(
            encoding="utf-8"
        )
        story = library.exports.story("SGD")
        assert "mine" in story and "yours" in story and "<<<" not in story
        (tmp_path / "notes" / "rcnn.md").unlink()
        library.changed_elsewhere()
        assert library.exports.write(folder).removed == ()
        assert (folder / "papers" / "rcnn.md").read_bytes() == page, "of a note that is gone, too"
