"""The picture of a lineage as a file: well formed, of itself alone, light and dark, and all of it told."""

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrail.domain.lineages.map import Link, MapPaper
from papertrail.domain.lineages.picture import Scene, draw_picture
from papertrail.domain.lineages.picture.parts import HOP, Type
from papertrail.domain.paper import Status
from papertrail.domain.text import clean
from papertrail.export.map_svg import map_svg
from tests.examples import examples

SVG = "{http://www.w3.org/2000/svg}"
PAPERS = (
    MapPaper("vgg", 2014, Status.UNREAD, False, False, "Back & bones", False, "Very Deep"),
    MapPaper("rcnn", 2013, Status.READ, True, False, None, True, "Rich features", "1311.2524"),
    MapPaper("sppnet", None, Status.READING, False, False, None, False, "Pyramid", None, "10.1/(a)"),
    MapPaper("fast", 2015, Status.READ, False, True, None, False, "Fast R-CNN", "1504.08083"),
    MapPaper("dropped", 2015, Status.DROPPED, False, False),
    MapPaper("queued", 2015, Status.QUEUED, False, False),
    MapPaper("again", 2015, Status.READING, True, False),
)
LINKS = {"sppnet": ["rcnn"], "fast": ["vgg", "rcnn", "sppnet"], "queued": ["rcnn"]}
LONG = "Replaces three trainings by one: softmax instead of SVMs, and a regressor as a layer of the network."
CHANGES = {("fast", "rcnn"): LONG}
HOSTILE = st.text() | st.lists(
    st.sampled_from(
        [
            "a [/b] z",
            "\x1b]52;c;aGk=\x07",
            "</svg><script>alert(1)</script>",
            '"',
            "'",
            "&amp;",
            "]]>",
            "\ufffe",
            " ",
        ]
    )
).map("".join)


def scene(*, by_year: bool = False, title: str = "R-CNN") -> Scene:
    return draw_picture(
        PAPERS,
        LINKS,
        title=title,
        subtitle="5 papers",
        changes=CHANGES,
        ideas={"rcnn": "Features that are learned."},
        by_year=by_year,
    )


def read(text: str) -> ElementTree.Element:
    """Return a file read again: XML that names nothing outside of itself but the pages of papers."""
    assert clean(text) == text
    root = ElementTree.fromstring(text)
    for element in root.iter():
        assert element.tag.removeprefix(SVG) in {
            "svg", "style", "rect", "path", "circle", "text", "title", "g", "a"
        }  # fmt: skip
        for name, value in element.attrib.items():
            assert not name.startswith("on") and (
                name == "href" or element.tag == f"{SVG}svg" or ":" not in value
            )
    style = root.findtext(f"{SVG}style")
    assert style and "url(" not in style and "@import" not in style and "prefers-color-scheme: dark" in style
    return root


def test_each_paper_is_a_link_and_tells_of_itself() -> None:
    root = read(map_svg(scene()))
    pages = {a.findtext(f"{SVG}title"): a.get("href") for a in root.iter(f"{SVG}a")}
    assert pages == {
        "Rich features (2013)\ncounted, can be explained\nFeatures that are learned.": (
            "https://arxiv.org/abs/1311.2524"
        ),
        "Pyramid\nreading": "https://doi.org/10.1/(a)",
        "Fast R-CNN (2015)\nowed": "https://arxiv.org/abs/1504.08083",
    }
    titles = [title.text for title in root.iter(f"{SVG}title")]
    assert "Very Deep (2014)\nBack & bones\nunread" in titles, "one without a page tells of itself as well"
    assert "fast builds on vgg" in titles and LONG in titles
    assert any(
        title and "fast builds on rcnn" in title and "queued builds on rcnn" in title for title in titles
    )
    told = " ".join(text.text or "" for text in root.iter(f"{SVG}text") if text.get("class") == Type.NOTE)
    assert told == LONG, "the whole of it stands there"


@pytest.mark.parametrize("by_year", [False, True])
def test_lines_arrows_branches_and_bridges(by_year: bool) -> None:
    drawn = scene(by_year=by_year)
    root = read(map_svg(drawn))
    classes = [element.get("class", "") for element in root.iter()]
    assert sum(kind.startswith("dot") for kind in classes) >= len(drawn.dots) >= 1
    in_legend = {entry.sign for entry in drawn.legend}
    assert (
        classes.count("hollow") == sum(arrow.hollow for arrow in drawn.arrows) + ("hollow" in in_legend) == 3
    )
    ways = [path.get("d", "") for path in root.iter(f"{SVG}path") if path.get("class") == "line"]
    bridges = sum(way.count(f"a{HOP} {HOP} 0 0") for way in ways) - ("hop" in in_legend)
    assert bridges == sum(len(strand.hops) for strand in drawn.strands)
    assert {
        "unread",
        "queued",
        "reading",
        "read",
        "dropped",
        "✓",
        "◆",
        "✎",
        "beside",
        "dot",
        "arrow",
    } <= in_legend
    assert ("scale" in classes) == by_year


def test_a_bridge_stands_where_the_lines_cross() -> None:
    papers = [MapPaper(key, 2015, Status.UNREAD, False, False) for key in "abcxyz"]
    links = {x: ["a", "b", "c"] for x in "xyz"}
    drawn = draw_picture(papers, links, title="All on all")
    text = map_svg(drawn)
    hops = [hop for strand in drawn.strands for hop in strand.hops]
    assert hops
    for x, _ in hops:
        assert re.search(rf"H({x - HOP:g}a4 4 0 0 1 8 0|{x + HOP:g}a4 4 0 0 0 -8 0)", text)
    read(text)


@examples(60)
@given(HOSTILE, HOSTILE, HOSTILE, HOSTILE)
def test_whatever_the_texts_are_the_file_is_one_picture(
    key: str, title: str, lineage: str, told: str
) -> None:
    one = MapPaper(key, 2015, Status.READ, True, False, None, False, title, told, key)
    other = MapPaper(f"{key} 2", None, Status.UNREAD, False, False, lineage, False, told, None, told)
    links: dict[str, list[str]] = {one.key: [other.key]}
    changes: dict[Link, str] = {(one.key, other.key): told}
    drawn = draw_picture(
        (one, other), links, title=lineage, subtitle=title, changes=changes, ideas={key: told}, by_year=True
    )
    root = read(map_svg(drawn))
    for a in root.iter(f"{SVG}a"):
        assert re.match(r"https://(arxiv\.org/abs|doi\.org)/", a.get("href", ""))


def test_without_papers() -> None:
    for by_year in (False, True):
        drawn = draw_picture((), {}, title="Nothing yet", by_year=by_year)
        assert read(map_svg(drawn)).find(f"{SVG}text") is not None
