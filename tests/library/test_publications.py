"""Everything as one page or one book: all of it is there, leads where it says, and nothing of it acts."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from markdown_it import MarkdownIt

from papertrail.domain.errors import BadInput
from papertrail.domain.paper import Status
from papertrail.domain.story import StoryForm
from papertrail.export.inert import anchor
from papertrail.library import Home, Library
from papertrail.library.publications import Chosen
from tests.export.page_reader import Page
from tests.trails import HOSTILE_TITLES, NOTE, opened, small_trail

R = "R-CNN to Faster R-CNN"
ATTACKS = (
    "<script>document.title='owned'</script>",
    "</script><script>document.title='owned'</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "]]></style><style>body{background:url(http://evil.example/)}</style>",
    "<iframe src=http://evil.example>",
    "<!-- hidden",
    "<base href=http://evil.example/>",
    "[x](javascript:alert`1`)",
    "![x](http://evil.example/x.png)",
    "<a href='data:text/html,x'>x</a>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "[x]: javascript:alert(1)",
    "<details><summary>",
    "`````",
    "| a |\n|:-:|\n| <b onclick=x> |",
    '" onmouseover="alert(1)',
    "' style='x:expression(1)",
    "{{constructor.constructor('x')()}}",
    *HOSTILE_TITLES,
)


def hostile_trail(root: Path, more: str = "") -> Home:
    """Return a trail of which titles, authors, lineages and notes are attacks; `more` ends each note."""
    rows = [
        (
            f"L{number % 3} {one}",
            f"p-{number}",
            f"{one} {number}",
            one,
            "2013",
            one,
            "",
            "",
            "p-0" * (number > 0),
        )
        for number, one in enumerate(" ".join(one.split("\n")) for one in ATTACKS)
    ]
    home = small_trail(root, rows)
    with opened(home) as library:
        for number, one in enumerate(ATTACKS):
            note = f"{NOTE}\n{one}\n\n## Words\n\n{one}: {one}\n\n## {one}\n\n### from p-0\n\n{one}\n{more}"
            library.notes.save(f"p-{number}", note, None)
            library.tags.change([f"p-{number}"], add=[f"t{number} <b>x"])
        library.statuses.set([f"p-{number}" for number in range(5)], Status.READ)
    return home


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library = opened(small_trail(tmp_path))
    for key in ("rcnn", "faster-rcnn"):
        library.notes.save(
            key, f"{NOTE}\nSee [it](rcnn.md), [that](adam.md) and ![a picture](x.png).\n", None
        )
    library.statuses.set(["rcnn"], Status.READ)
    library.lineages.put("Two", ["rcnn", "adam"])
    return library


def test_a_page_has_everything_once_and_its_links_lead_there(library: Library) -> None:
    with library:
        text = library.publications.page().text
        page = Page(text)
        assert page.faults == []
        assert len(page.ids) == len(set(page.ids))
        assert page.targets <= set(page.ids)
        assert {"paper:rcnn", "paper:faster-rcnn", "lineage:1", "progress", "find"} <= set(page.ids)
        assert [text.count(f'<article id="paper:{key}"') for key in ("rcnn", "adam")] == [1, 0]
        assert text.count("Anchors are a hand-made prior.") == 5, (
            "two notes, and in the stories of their lineages"
        )
        assert '<a href="#paper:rcnn">it</a>, <a>that</a> and <em>[a picture]</em>' in text
        assert '<svg xmlns="http://www.w3.org/2000/svg" width="800" height="420"' in text, "the goal's chart"
        assert text.count('class="lineage"') == 3
        assert '<a href="#paper:rcnn"><title>' in text, "a card of the map leads to the note"
        assert '<a href="https://arxiv.org/abs/1412.6980"' in text, "of a paper without one to arXiv"
        assert text == library.publications.page().text


def test_a_file_of_another_ending_is_refused_and_makes_no_folder(library: Library, tmp_path: Path) -> None:
    for page in (False, True):
        with pytest.raises(BadInput, match=r"x\.book does not end in"):
            library.publications.save(tmp_path / "x.book", page=page)
    with pytest.raises(BadInput, match=r"does not end in"):
        library.exports.save_story(R, tmp_path / "x.story", StoryForm())
    assert not any(tmp_path.glob("x.*"))
    (tmp_path / "x.book").mkdir()
    assert library.publications.save(tmp_path / "x.book", page=False)[0] == tmp_path / "x.book" / "book.md"


def test_a_query_chooses_what_is_told(library: Library) -> None:
    with library:
        some = Chosen(["rcnn", "adam"], "key:rcnn or adam")
        page = library.publications.page(some).text
        assert Page(page).faults == [] and Page(page).targets <= set(Page(page).ids)
        assert "<h1>Papers: key:rcnn or adam</h1>" in page
        assert 'id="paper:rcnn"' in page and 'id="paper:faster-rcnn"' not in page
        assert 'id="progress"' not in page and "1 of 1 counted" in page
        assert page.count("<article ") == 1 and "Faster R-CNN: Towards" not in page
        book = library.publications.book(some).text
        assert re.findall(r"(?m)^##? .*", book) == [
            *("# Papers: key:rcnn or adam", "## Contents", f"## {R}", "## SGD", "## Two", "## References"),
        ]
        nothing = library.publications.page(Chosen([], "tag:none")).text
        assert Page(nothing).faults == [] and "<article" not in nothing


def test_a_page_of_hostile_data_holds_nothing_that_acts(tmp_path: Path) -> None:
    with opened(hostile_trail(tmp_path)) as library:
        text = library.publications.page().text
        page = Page(text)
        assert page.faults == []
        assert page.targets <= set(page.ids) and len(page.ids) == len(set(page.ids))
        assert len([one for one in page.ids if one.startswith("paper:")]) == len(ATTACKS)
        said = "".join(page.texts["h3"])
        for one in ATTACKS[:4]:
            assert one in said, "shown as it is"
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)


def test_a_page_that_lets_anything_through_would_be_found() -> None:
    for one in ATTACKS[:8]:
        assert Page(f"<p>{one}</p>").faults, one


def book_headings(book: str) -> list[tuple[int, str]]:
    tokens = MarkdownIt("commonmark").enable("table").parse(book)
    return [
        (int(token.tag[1]), tokens[number + 1].content)
        for number, token in enumerate(tokens)
        if token.type == "heading_open" and token.level == 0
    ]


def shown(heading: str) -> str:
    inline = MarkdownIt("commonmark").parseInline(heading)[0].children or []
    return "".join(token.content for token in inline)


def test_a_book_has_a_chapter_a_lineage_with_map_and_notes(library: Library) -> None:
    with library:
        book = library.publications.book().text
        assert [heading for heading in book_headings(book) if heading[0] < 4] == [
            *((1, "Papers"), (2, "Contents"), (2, R), (3, "Rich feature hierarchies")),
            *((3, "Faster R-CNN"), (2, "SGD"), (2, "Two"), (2, "References")),
        ]
        assert book.count("```mermaid\nflowchart TD\n") == 3
        assert book.count("#### Problem") == 2 and "\n## Problem" not in book
        assert "- ● [Rich feature hierarchies](#rich-feature-hierarchies) (2013) · R-CNN" in book
        assert "- ○ [Adam](https://arxiv.org/abs/1412.6980) (2014)" in book


@pytest.mark.parametrize("is_hostile", [False, True])
def test_the_links_of_a_book_lead_to_its_headings(library: Library, tmp_path: Path, is_hostile: bool) -> None:
    library.close()
    home = hostile_trail(tmp_path / "hostile") if is_hostile else library.home
    with opened(home) as opened_library:
        book = opened_library.publications.book().text
    headings = [(level, anchor(shown(text))) for level, text in book_headings(book)]
    own = [address for level, address in headings if level < 4]
    assert len(set(own)) == len(own)
    tokens = MarkdownIt("commonmark").enable("table").parse(book)
    links = {
        unquote(str(child.attrGet("href")))
        for token in tokens
        for child in token.children or []
        if child.type == "link_open"
    }
    assert {one for one in links if one.startswith("#")} <= {f"#{address}" for address in own}
    others = {one for one in links if not re.match(r"#|https://(arxiv|doi)\.org/", one)}
    assert is_hostile or others == {"rcnn.md", "adam.md"}, "the reader's own stay as they are"
    assert not any(token.type == "html_block" for token in tokens)
    if is_hostile:
        assert len([level for level, _ in headings if level == 3]) == len(ATTACKS), "no note swallows another"
