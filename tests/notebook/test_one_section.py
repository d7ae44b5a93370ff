"""One section read and written by itself: every other byte stays."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrail.domain.errors import BadInput, NotFound
from papertrail.notebook.grafting import Piece, pieces
from papertrail.notebook.one_section import add_to_section, read_section, write_section
from papertrail.notebook.outline import newlines
from papertrail.notebook.template import Template, TemplateSection
from tests.cases import each
from tests.examples import examples

NAMES = ("Problem", "Key idea: why?", "Limits")
TEMPLATE = Template(tuple(TemplateSection(name, True, "") for name in NAMES))


@each(
    ("note", "name", "words", "expected"),
    [
        (
            "## Problem\n\nold  \n\n\n## Limits\nl\n",
            "problem",
            "new",
            "## Problem\n\nnew  \n\n\n## Limits\nl\n",
        ),
        (
            "## Problem\r\n\r\nold\r\n\r\n## X\r\n",
            "Problem",
            "a\nb\n",
            "## Problem\r\n\r\na\r\nb\r\n\r\n## X\r\n",
        ),
        ("\ufeff---\na: b\n---\n## Limits\n\tx", "limits", "y", "\ufeff---\na: b\n---\n## Limits\ny"),
        ("Key idea\n--------\nold\n\n## X\n", "Key idea", "new", "Key idea\n--------\nnew\n\n## X\n"),
        (
            "```\n## Problem\n```\n\n## Problem\nold\n",
            "Problem",
            "new",
            "```\n## Problem\n```\n\n## Problem\nnew\n",
        ),
        (
            "<!--\n## Problem\n-->\n\n## Problem\nold",
            "Problem",
            "new",
            "<!--\n## Problem\n-->\n\n## Problem\nnew",
        ),
        ("## Limits\na\n\n## Limits\nb\n", "Limits", "new", "## Limits\nnew\n\n## Limits\nb\n"),
        (
            "## Problem\np\n\n## Limits\nl\n",
            "key idea",
            "k",
            "## Problem\np\n\n## Key idea: why?\n\nk\n\n## Limits\nl\n",
        ),
        ("## Problem\np\n", "prob", "new", "## Problem\nnew\n"),
        ("## Problem\np\n", "Lim", "l", "## Problem\np\n\n## Limits\n\nl\n"),
        ("## My own\nm\n", "my o", "new", "## My own\nnew\n"),
        ("## Problem\np", "My own", "mine", "## Problem\np\n\n## My own\n\nmine\n"),
        ("", "Problem", "p", "## Problem\n\np\n"),
        ("## Problem", "Problem", "p", "## Problem\n\np\n"),
        ("## Problem\n\n## Limits\nl\n", "Problem", "p", "## Problem\n\np\n\n## Limits\nl\n"),
        ("## Problem\n\np\n\n## Limits\nl\n", "Problem", "", "## Problem\n\n\n\n## Limits\nl\n"),
    ],
)
def test_other_words(note: str, name: str, words: str, expected: str) -> None:
    assert write_section(note, name, words, TEMPLATE) == expected


def test_more_words() -> None:
    assert (
        add_to_section("## Problem\na\n\n## X\n", "problem", "b\n", TEMPLATE)
        == "## Problem\na\n\nb\n\n## X\n"
    )
    assert add_to_section("## Problem\n", "problem", "b\n", TEMPLATE) == "## Problem\n\nb\n"
    assert add_to_section("", "My own", "b", TEMPLATE) == "## My own\n\nb\n"


def test_what_is_not_there() -> None:
    with pytest.raises(NotFound, match="no section Limits: it has Problem"):
        read_section("## Problem\n", "Limits", TEMPLATE)
    for name in ("", "  "):
        with pytest.raises(BadInput, match="needs a name"):
            read_section("## Problem\n", name, TEMPLATE)


@pytest.mark.parametrize("words", ["## Another", "# Title", "```\nopen", "a\n---\nb\n"])
def test_words_that_would_change_other_sections(words: str) -> None:
    with pytest.raises(BadInput, match="other sections would change"):
        write_section("## Problem\np\n\n## Limits\nl\n", "Problem", words, TEMPLATE)


LINES = st.one_of(
    st.sampled_from(
        [
            *(f"## {name}" for name in (*NAMES, "Key idea", "My own", "")),
            "# Title",
            "Limits\n------",
            "Other\n=====",
            "```",
            "~~~",
            "<!--",
            "-->",
            "---",
            "key: x",
            "\ttabbed  ",
            "    ## Problem",
            "> ## Problem",
            "- ## Problem",
            "",
            "   ",
            "\ufeff",
            "<<<<<<< a\n## Problem\n=======\n>>>>>>> b",
        ]
    ),
    st.text(max_size=12),
)
TEXTS = st.lists(st.tuples(LINES, st.sampled_from(["\n", "\r\n", "\r", "\n\n"])), max_size=12).map(
    lambda parts: "".join(line + end for line, end in parts)
)
ENDS = st.sampled_from(["", "\n", "  ", "\r\n\r\n"])


@examples(1500)
@given(note=TEXTS, words=TEXTS, name=st.sampled_from([*NAMES, "my own", "new one"]), end=ENDS)
def test_only_the_section_changes(note: str, words: str, name: str, end: str) -> None:
    note = note.rstrip() + end
    before = pieces(note, TEMPLATE)
    try:
        was = read_section(note, name, TEMPLATE)
        assert write_section(note, name, was, TEMPLATE) == note
    except NotFound:
        was = None
    try:
        changed = write_section(note, name, words, TEMPLATE)
    except BadInput:
        return
    now = read_section(changed, name, TEMPLATE)
    assert newlines(now).strip() == newlines(words).strip()
    assert write_section(changed, name, now, TEMPLATE) == changed
    after = pieces(changed, TEMPLATE)
    if was is None:
        assert [piece.told for piece in before if piece.told != ("", "")] == [
            piece.told
            for number, piece in enumerate(after)
            if number != _first(after, name) and piece.told != ("", "")
        ]
    else:
        at = _first(before, name)
        head = "".join(piece.heading + piece.text for piece in before[:at]) + before[at].heading
        tail = "".join(piece.heading + piece.text for piece in before[at + 1 :])
        assert changed.startswith(head) and changed.endswith(tail)
        with suppress(BadInput):
            assert write_section(changed, name, was, TEMPLATE).startswith(head)


def _first(parts: list[Piece], name: str) -> int:
    from papertrail.notebook.grafting import known_section
    from papertrail.notebook.headings import fold_name

    return next(n for n, piece in enumerate(parts) if piece.name == fold_name(known_section(name, TEMPLATE)))


def test_what_several_sections_begin_with_is_none() -> None:
    note = "## Problem\np\n\n## Prior work\nw\n"
    with pytest.raises(BadInput, match="the beginning of several sections"):
        read_section(note, "pr", TEMPLATE)
    assert read_section(note, "pri", TEMPLATE) == "w"
    with pytest.raises(NotFound):
        read_section(note, "lim", TEMPLATE)
