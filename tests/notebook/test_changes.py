"""What a note says its paper changed of each parent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrail.domain.text import clean_line
from papertrail.notebook.sections import note_changes
from papertrail.notebook.template import PACKAGED_TEMPLATE, parse_template
from tests.cases import each

OWN = parse_template("## Prior\n<!-- hint -->\nSay what changed.\n", PACKAGED_TEMPLATE)


def under(text: str, section: str = "Prior work and its weakness") -> str:
    return f"# T\n\n## {section}\n\nWords.\n\n{text}\n"


@each(
    "heading",
    [
        "### from fast-rcnn",
        "### From FAST-RCNN",
        "###   FROM   fast-rcnn:",
        "### from `fast-rcnn`",
        "### from **fast-rcnn** ###",
        "   ### from fast-rcnn：",
        "### from [[fast-rcnn]]",
        "### from [[fast-rcnn|Fast R-CNN]]:",
        "### from [fast-rcnn](fast-rcnn.md)",
    ],
)
def test_the_heading_names_the_parent(heading: str) -> None:
    assert note_changes(under(f"{heading}\nThe network proposes.")) == {"fast-rcnn": "The network proposes."}


@pytest.mark.parametrize("section", ["Prior work and its weakness", "Key idea", "Anything", "为什么"])
def test_in_any_section(section: str) -> None:
    assert note_changes(under("### from vgg\nSmaller.", section)) == {"vgg": "Smaller."}


@each(
    ("below", "line"),
    [
        ("One\nparagraph,\n**two** `lines`.\n\nAnother.", "One paragraph, two lines."),
        ("\n\n- first\n- second", "first"),
        ("<!-- hint -->\n\nAfter the hint.", "After the hint."),
        ("Before <!-- hint --> after.", "Before after."),
        ("```\ncode\n```\n\nAfter the code.", "After the code."),
        ("> quoted", "quoted"),
        ("#### In short\n\nBelow a deeper heading.", None),
        ("\x1b]52;c;x\x07Inert.", "]52;c;xInert."),
    ],
)
def test_the_first_paragraph_counts(below: str, line: str | None) -> None:
    assert note_changes(under(f"### from vgg\n{below}")) == ({} if line is None else {"vgg": line})


@each(
    "text",
    [
        "### from vgg",
        "### from vgg\n\n### Other\nWords.",
        "### from vgg\n<!-- only a hint -->",
        "### from vgg\n```\nonly code\n```",
        "```\n### from vgg\nWords.\n```",
        "<!--\n### from vgg\nWords.\n-->",
        "    ### from vgg\n    Words.",
        "> ### from vgg\n> Words.",
        "- ### from vgg\n  Words.",
        "#### from vgg\nWords.",
        "### from the vgg\nWords.",
        "### from\nWords.",
        "### fromvgg\nWords.",
        "### from vgg!\nWords.",
    ],
)
def test_what_says_nothing_of_a_parent(text: str) -> None:
    assert note_changes(under(text)) == {}


def test_only_below_a_level_2_heading() -> None:
    assert note_changes("### from vgg\nWords.\n\n# T\n\n### from vgg\nWords.\n") == {}


def test_several_parents_and_the_first_word_on_each() -> None:
    text = under(
        "### from a\nOne.\n### from b\nTwo.\n### from c\n\n## Key idea\n### from c\nThree.\n### from a\n4."
    )
    assert note_changes(text) == {"a": "One.", "b": "Two.", "c": "Three."}


def test_the_words_of_the_template_do_not_count() -> None:
    text = "## Prior\n### from vgg\nSay what changed.\n\nIt is smaller.\n"
    assert note_changes(text, OWN) == {"vgg": "It is smaller."}
    assert note_changes("## Prior\n### from vgg\nSay what changed.\n", OWN) == {}


@given(st.text(), st.text())
def test_any_note(before: str, below: str) -> None:
    found = note_changes(f"{before}\n## A\n### from vgg\n{below}")
    assert all(line == clean_line(line) and line for line in found.values())
