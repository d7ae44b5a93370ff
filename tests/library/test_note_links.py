"""`[[key]]` in notes: where it leads, whose notes name a paper, and what becomes of it with another key."""

from pathlib import Path

import pytest

from papertrail.domain.note import NoteLink
from papertrail.library import Library
from tests.trails import opened, small_trail

LINKS = """See [[adam|the *optimizer*]] and [[rcnn#Problem]], `[[sppnet]]`, ![[fast-rcnn]], [[No such]].

```
[[faster-rcnn]]
```
"""


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library = opened(small_trail(tmp_path / "trail"))
    library.notes.save("faster-rcnn", LINKS, None)
    return library


def named_in(library: Library, key: str) -> list[str]:
    one = [paper.key for paper in library.papers.get(key).named_in]
    (among_all,) = [paper.named_in for paper in library.papers.all() if paper.summary.key == key]
    assert [paper.key for paper in among_all] == one
    return one


def test_a_paper_knows_whose_notes_name_it(library: Library) -> None:
    assert library.papers.get("faster-rcnn").note.links == (
        NoteLink("adam", 1),
        NoteLink("rcnn", 1),
        NoteLink("no such", 1),
    )
    assert [named_in(library, key) for key in ("adam", "rcnn")] == [["faster-rcnn"]] * 2
    assert [named_in(library, key) for key in ("sppnet", "fast-rcnn", "faster-rcnn")] == [[], [], []]
    library.notes.save("rcnn", "Myself: [[rcnn]], [[adam]]\n", None)
    assert (named_in(library, "rcnn"), named_in(library, "adam")) == (
        ["faster-rcnn"],
        ["rcnn", "faster-rcnn"],
    )
    library.undo.undo()
    assert named_in(library, "adam") == ["faster-rcnn"]


def test_another_key_takes_the_links_along_and_undo_brings_them_back(library: Library) -> None:
    assert library.corrections.rename("adam", "adam-2014").linked == ("faster-rcnn",)
    assert "[[adam-2014|the *optimizer*]]" in library.notes.open("faster-rcnn").text
    assert named_in(library, "adam-2014") == ["faster-rcnn"]
    library.undo.undo()
    assert library.notes.open("faster-rcnn").text == LINKS
    assert named_in(library, "adam") == ["faster-rcnn"]


def test_a_link_in_a_table_has_its_bar_escaped(library: Library) -> None:
    row = "| [[adam\\|the optimizer]] | [[rcnn#Limits\\|its limits]] | [[@adam]] |"
    library.notes.save("sppnet", f"| a | b | c |\n| - | - | - |\n{row}\n", None)
    assert [link.target for link in library.papers.get("sppnet").note.links] == ["adam", "rcnn"]
    library.exports.write()
    page = (library.home.export / "papers" / "sppnet.md").read_text(encoding="utf-8")
    assert "| the optimizer | its limits | \\@adam |" in page
    library.corrections.rename("adam", "adam-2014")
    assert "| [[adam-2014\\|the optimizer]] |" in library.notes.open("sppnet").text
    assert "[[@adam-2014]]" in library.notes.open("sppnet").text


def test_how_a_file_cites_a_paper_leads_there_too(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "two.bib"
    entries = "@misc{Deep:A, title={A first title}}\n@misc{Twice, title={A second title}}\n"
    file.write_text(f"{entries}@misc{{Twice, title={{A third title}}}}\n", encoding="utf-8")
    library.imports.take_in(file)
    keys = {paper.summary.title: paper.summary.key for paper in library.papers.all()}
    library.notes.save("sppnet", "[[Deep:A]], [[@deep:a]], [[Twice]], [[@adam]]\n", None)
    assert library.papers.named(["deep:a", "twice"]) == {"deep:a": keys["A first title"]}
    assert named_in(library, keys["A first title"]) == ["sppnet"] and "sppnet" in named_in(library, "adam")
    assert [named_in(library, keys[f"A {nth} title"]) for nth in ("second", "third")] == [[], []]
    library.exports.write()
    page = (library.home.export / "papers" / "sppnet.md").read_text(encoding="utf-8")
    assert "[[Deep:A]]" not in page and "[[Twice]]" in page


def test_an_earlier_key_still_leads_there_and_can_be_mended(library: Library) -> None:
    library.corrections.rename("rcnn", "regions")
    library.notes.save("sppnet", "[[RCNN]] and [[adam]]\n", None)
    assert named_in(library, "regions") == ["sppnet", "faster-rcnn"]
    assert library.papers.named(["rcnn", "adam", "no such"]) == {"rcnn": "regions", "adam": "adam"}
    found = {(one.where, one.is_fixable): one for one in library.checks.all(["note-links"])}
    assert set(found) == {("notes/sppnet.md:1", True), ("notes/faster-rcnn.md:1", False)}
    assert all(one.is_remark for one in found.values())
    library.checks.mend(["note-links"])
    assert library.notes.open("sppnet").text == "[[regions]] and [[adam]]\n"
    assert [one.where for one in library.checks.all(["note-links"])] == ["notes/faster-rcnn.md:1"]
    library.undo.undo()
    assert library.notes.open("sppnet").text == "[[RCNN]] and [[adam]]\n"


def test_exports_have_links(library: Library, tmp_path: Path) -> None:
    library.notes.save("adam", "## Problem\n\nAs [[faster-rcnn]] and [[rcnn|that]].\n", None)
    library.exports.write(tmp_path / "export")
    page = (tmp_path / "export" / "papers" / "faster-rcnn.md").read_text(encoding="utf-8")
    assert (
        "](../papers/adam.md) and rcnn\\#Problem" in page or "](../papers/adam.md) and rcnn#Problem" in page
    )
    assert "`[[sppnet]]`" in page and "[[No such]]" in page
    adam = (tmp_path / "export" / "papers" / "adam.md").read_text(encoding="utf-8")
    assert "As [faster-rcnn](../papers/faster-rcnn.md) and that." in adam
    assert "- named in the notes of [Faster R-CNN](../papers/faster-rcnn.md)" in adam


def test_stories_lead_to_their_own_steps(library: Library) -> None:
    library.notes.save(
        "fast-rcnn", "## Problem\n\nAs [[rcnn|regions]] and [[adam]] do, [[no such]] not.\n", None
    )
    library.notes.save("rcnn", "## Problem\n\nBoxes.\n", None)
    story = library.exports.story("R-CNN to Faster R-CNN")
    assert "[regions](#" in story and "and adam do, [[no such]] not." in story
    assert "| As regions and adam do, " in story and "rcnn|" not in story
