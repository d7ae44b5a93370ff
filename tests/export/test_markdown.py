"""The exported Markdown: a story in order, links that work, and no markup out of data."""

import re
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from papertrail.domain.paper import Status
from papertrail.export.inert import file_names, inert
from papertrail.library import Library
from tests.cases import each
from tests.trails import HOSTILE_TITLES, NOTE, FixedClock, opened, small_trail

MARKDOWN = MarkdownIt("commonmark", {"linkify": False}).enable("table")


def text_shown(markdown: str) -> str:
    """Return what a viewer shows of one line."""
    tokens = MARKDOWN.parseInline(markdown)[0].children or []
    assert {token.type for token in tokens} <= {"text", "text_special"}, markdown
    return "".join(token.content for token in tokens)


@each(
    "title",
    [
        *HOSTILE_TITLES,
        "<script>alert(1)</script>",
        "# not a heading",
        "1. not a list",
        "- not a list",
        "a | b | c",
        "`code` *bold* _it_ __it__ ~~x~~",
        "![x](javascript:alert)",
        "see https://evil.example and www.evil.example",
        "&lt; &#60; &copy;",
        "R-CNN_v2 under_score",
        "trailing \\",
        "a$b$c @user #1",
    ],
)
def test_data_is_shown_as_it_is(title: str) -> None:
    from papertrail.domain.text import clean_line

    assert text_shown(inert(title)) == clean_line(title)
    for block in (inert(title), f"# {inert(title)}", f"- {inert(title)}"):
        kinds = {token.type for token in MARKDOWN.parse(block)}
        assert not kinds & {"html_block", "fence", "code_block", "hr", "blockquote_open", "ordered_list_open"}


@given(st.text(max_size=60))
def test_any_text_is_inert(text: str) -> None:
    from papertrail.domain.text import clean_line

    line = clean_line(text)
    if line:
        assert text_shown("x" + inert("x" + text)) == "xx" + clean_line("x" + text)[1:]
        assert "html" not in {token.type for token in MARKDOWN.parse(inert(text))}


@given(st.lists(st.text(min_size=1, max_size=100), unique=True, max_size=20))
def test_file_names_are_safe_and_unique(names: list[str]) -> None:
    found = file_names(names)
    assert len(found) == len(set(found.values())) == len(names)
    for name in found.values():
        assert re.fullmatch(r"[\w-]{1,80}", name)
        assert name.lower() not in {"con", "nul", "aux", "prn", "com1"}


def test_file_names_can_be_read() -> None:
    names = ["R-CNN to Faster R-CNN", "YOLO v1–v3", "残差网络", "!!!", "con", "r-cnn to faster r-cnn"]
    assert list(file_names(names).values()) == [
        "r-cnn-to-faster-r-cnn",
        "yolo-v1-v3",
        "残差网络",
        "lineage-4",
        "lineage-5",
        "r-cnn-to-faster-r-cnn-2",
    ]


def exported(library: Library) -> dict[str, str]:
    report = library.exports.write()
    return {
        str(path.relative_to(report.folder)): path.read_text(encoding="utf-8")
        for path in sorted(report.folder.rglob("*.md"))
    }


def links_of(text: str) -> list[str]:
    return [
        str(child.attrs["href"])
        for token in MARKDOWN.parse(text)
        for child in token.children or []
        if child.type == "link_open"
    ]


def test_the_story_of_a_lineage(tmp_path: Path) -> None:
    with opened(small_trail(tmp_path)) as library:
        library.statuses.set(["rcnn", "sppnet"], Status.READ)
        body = NOTE + "\n### Detail\n\n## Questions\n\nQ: Why 2,000 proposals?\nQ: Why SVMs?\nA: Habit.\n"
        library.notes.save("rcnn", f'---\nkey: "rcnn"\n---\n{body}', None)
        files = exported(library)
    assert sorted(files) == [
        "README.md",
        "lineages/r-cnn-to-faster-r-cnn.md",
        "lineages/sgd.md",
        "papers/rcnn.md",
    ]
    story = files["lineages/r-cnn-to-faster-r-cnn.md"]
    assert story.startswith("# R-CNN to Faster R-CNN\n\n1 of 4 counted, 2 read.\n")
    steps = re.findall(r"^## (.*)", story, re.MULTILINE)
    names = ["R-CNN", "Spatial Pyramid Pooling", "Fast R-CNN", "Faster R-CNN"]
    assert steps == ["R-CNN", "Questions", "References"]
    assert re.findall(r"^→ \*\*\[(.*?)\]", story, re.MULTILINE) == names[1:]
    words = (
        "Region proposals are slow",
        "Share the convolutions",
        "Anchors are a hand-made prior",
        "→ **[Spatial Pyramid Pooling]",
    )
    places = [story.index(w) for w in words]
    assert places == sorted(places)
    assert " (2015) · ○ unread" in story
    assert "## Questions\n\n**R-CNN**\n\nQ: Why SVMs?  \nA: Habit.\n\nStill open:\n\n" in story
    assert "- [R-CNN](#r-cnn): Why 2,000 proposals?\n" in story
    assert " · [Rich feature hierarchies](../papers/rcnn.md) (2013) · " in story
    assert story.endswith("[All papers](../README.md)\n")
    page = files["papers/rcnn.md"]
    assert page.startswith("# Rich feature hierarchies\n")
    assert page.count("\n# ") == 0, "one title only"
    assert "key:" not in page
    assert "https://arxiv.org/abs/1311.2524" in page
    index = files["README.md"]
    assert "**1 / 100 counted · 1 owed · day 1 of 182**" in index
    assert "| [R-CNN to Faster R-CNN](lineages/r-cnn-to-faster-r-cnn.md) | 1 | 2 | 4 |" in index
    assert "Spatial Pyramid Pooling: still needs Problem, Key idea, Limits" in index


def test_every_relative_link_leads_to_a_file(tmp_path: Path) -> None:
    rows = [
        (f"线 {i % 2} & <b>", f"p{i}", t, "A", "2000", "", "", "", "") for i, t in enumerate(HOSTILE_TITLES)
    ]
    with opened(small_trail(tmp_path, rows)) as library:
        for number in range(len(rows)):
            library.notes.save(f"p{number}", NOTE, None)
        files = exported(library)
    count = 0
    for name, text in files.items():
        for target in links_of(text):
            if not target.startswith(("https://", "#")):
                parts: list[str] = []
                for part in (PurePosixPath(name).parent / unquote(target)).parts:
                    parts = parts[:-1] if part == ".." else [*parts, part]
                assert "/".join(parts) in files, (name, target)
                count += 1
        assert not any(token.type.startswith("html") for token in MARKDOWN.parse(text)), name
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e\u2066]", text), name
    assert count > 20


def test_only_what_changed_is_written_again(tmp_path: Path) -> None:
    with opened(small_trail(tmp_path), FixedClock()) as library:
        saved = library.notes.save("rcnn", NOTE, None)
        library.notes.save("adam", NOTE, None)
        first = library.exports.write()
        assert len(first.written) == 5
        assert library.exports.write().written == ()
        library.notes.save("rcnn", NOTE + "\nMore.\n", saved.sha256)
        again = library.exports.write()
        assert set(again.written) == {"papers/rcnn.md", "lineages/r-cnn-to-faster-r-cnn.md"}
