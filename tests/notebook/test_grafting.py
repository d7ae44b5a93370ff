"""One section put back as it was; all else stays to the byte."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrail.domain.errors import BadInput, NotFound
from papertrail.notebook.grafting import graft_section, known_section
from papertrail.notebook.outline import newlines, outline
from papertrail.notebook.template import Template, TemplateSection
from tests.cases import each
from tests.examples import examples

NAMES = ("Problem", "Key idea: why?", "Limits")
TEMPLATE = Template(tuple(TemplateSection(name, True, "") for name in NAMES))
OLD = (
    "---\nkey: x\n---\n# Title\n\n## Problem\n\nold problem\nin two lines\n\n"
    "## Key idea: why?\nold idea\n\n## My own\nmine\n\n## Limits\nold limits"
)


@each(
    ("note", "name", "expected"),
    [
        (
            "# T\n\n## Problem\n\nnew\n\n\n## Key idea\nnew\n",
            "problem",
            "# T\n\n## Problem\n\nold problem\nin two lines\n\n\n## Key idea\nnew\n",
        ),
        ("## Problem\nx\n\n## Key idea\nnew  ", "KEY IDEA", "## Problem\nx\n\n## Key idea\nold idea  "),
        (
            "## Problem\nx\n## Limits\nl\n",
            "Problem",
            "## Problem\n\nold problem\nin two lines\n\n## Limits\nl\n",
        ),
        ("## Problem\r\n\r\nx\r\n", "limits", "## Problem\r\n\r\nx\r\n\r\n## Limits\r\nold limits\r\n"),
        ("## Problem\nx\n\n## Limits\nl\n", "my own", "## Problem\nx\n\n## My own\nmine\n\n## Limits\nl\n"),
        ("", "My own", "## My own\nmine\n"),
        ("only words", "My own", "only words\n\n## My own\nmine\n"),
        ("## Limits\n", "Key idea", "## Key idea: why?\nold idea\n\n## Limits\n"),
        ("## Limits\nx\n\nOther\n=====\n", "Limits", "## Limits\nold limits\n\nOther\n=====\n"),
        ("## Limits\n\nOther\n=====\n", "Limits", "## Limits\nold limits\n\nOther\n=====\n"),
        ("## Problem\na\n\n## Problem\nb\n", "problem", "## Problem\n\nold problem\nin two lines\n\n"),
        ("\ufeff---\na: b\n---\n## Limits\nx\n", "limits", "\ufeff---\na: b\n---\n## Limits\nold limits\n"),
    ],
)
def test_a_section_as_it_was(note: str, name: str, expected: str) -> None:
    assert graft_section(note, OLD, name, TEMPLATE) == expected


def test_a_section_that_stood_twice_stands_twice_again() -> None:
    old = "## Limits\none\n\n## Problem\np\n\n## Limits\ntwo\n"
    assert graft_section("## Limits\nx\n\n## Problem\nq\n", old, "limits", TEMPLATE) == (
        "## Limits\none\n\n## Limits\ntwo\n\n## Problem\nq\n"
    )
    assert graft_section("## Limits\nx\n\n## Problem\nq\n\n## Limits\n", old, "limits", TEMPLATE) == (
        "## Limits\none\n\n## Problem\nq\n\n## Limits\ntwo"
    )


@pytest.mark.parametrize("name", ["Nothing", "", "Evidence\x1b[31m", "##"])
def test_a_section_the_text_never_had(name: str) -> None:
    with pytest.raises(NotFound) as raised:
        graft_section("## Problem\nx\n", OLD, name, TEMPLATE)
    assert "\x1b" not in str(raised.value) and "it has Problem, Key idea" in raised.value.remedy


@pytest.mark.parametrize("opened", ["```\ncode", "~~~~\ncode", "<pre>\nx"])
def test_what_is_left_open_would_swallow_the_rest(opened: str) -> None:
    old = f"## Limits\nl\n\n## Problem\n{opened}"
    with pytest.raises(BadInput):
        graft_section("## Problem\nx\n\n## Limits\ny\n", old, "Problem", TEMPLATE)
    assert graft_section("## Limits\ny\n\n## Problem\nx\n", old, "Problem", TEMPLATE).endswith(opened + "\n")


BODIES = st.lists(
    st.sampled_from(
        ["words", "", "- item", "```\n## Limits\n```", "残差", "> quote", "    code", "<!-- a\n\nb -->"]
    )
).map("\n".join)
NOTES = st.lists(
    st.tuples(st.sampled_from([*NAMES, "My own", "# Title"]), BODIES), unique_by=lambda part: part[0]
).map(lambda parts: "\n".join(f"{'' if n[0] == '#' else '## '}{n}\n{body}" for n, body in parts))


@examples(50)
@given(NOTES, NOTES, st.sampled_from([*NAMES, "My own"]), st.sampled_from(["\n", "\r\n"]))
def test_all_other_lines_stay_in_their_order(note: str, source: str, name: str, end: str) -> None:
    note = note.replace("\n", end)
    try:
        grafted = graft_section(note, source, name, TEMPLATE)
    except (NotFound, BadInput):
        return
    if end == "\r\n" and "\n" in note:
        assert grafted.count("\r\n") == grafted.count("\n") == grafted.count("\r")
    wanted = known_section(name, TEMPLATE)
    others = [
        "\n".join(whole.lines[part.start : part.end])
        for whole in (outline(note),)
        for part in whole.parts
        if part.level != 2 or known_section(part.heading, TEMPLATE) != wanted
    ]
    grafted_lines = newlines(grafted)
    position = 0
    for other in others:
        found = grafted_lines.find(other.rstrip(), position)
        assert found >= 0
        position = found + len(other.rstrip())
    assert graft_section(grafted, source, name, TEMPLATE) == grafted
