"""What a merge leaves in a note is told, and costs no word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrail.notebook.sections import index_note, note_answers, note_content
from papertrail.notebook.template import PACKAGED_TEMPLATE, parse_template
from tests.cases import each
from tests.examples import examples

DEFAULT = parse_template(PACKAGED_TEMPLATE.read_text(encoding="utf-8"), PACKAGED_TEMPLATE)
NOTE = """---
key: rcnn
---
## Problem

<<<<<<< HEAD
Flat for years.
=======
Hand made features.
>>>>>>> laptop

## Key idea

Regions, then a ConvNet.

## Limits

Slow.
"""
BASE = NOTE.replace("=======\n", "||||||| 1a2b3c\nFlat.\n=======\n")


@pytest.mark.parametrize(
    "note", [NOTE, BASE, NOTE.replace("\n", "\r\n"), NOTE.replace("<<<<<<< HEAD", "<<<<<<<")]
)
def test_both_sides_count_and_are_given_away(note: str) -> None:
    index = index_note(note, DEFAULT)
    assert index.conflicts == (6,)
    assert [s.short for s in index.sections if s.filled] == ["Problem", "Key idea", "Limits"]
    problem = note_answers(note, DEFAULT)["Problem"].text
    assert "Flat for years." in problem and "Hand made features." in problem
    for sign in ("<<<", "===", ">>>", "|||", "HEAD", "laptop"):
        assert sign not in index.body and sign not in note_content(note, DEFAULT).body


def test_a_title_and_a_heading_within_a_conflict() -> None:
    note = "Title\n=====\n\n<<<<<<< a\n## Problem\nmine\n=======\n## Problem\nyours\n>>>>>>> b\n"
    note += "\n## Limits\nmore\n"
    index = index_note(note, DEFAULT)
    assert (index.conflicts, index.words) == ((4,), 3)
    assert note_answers(note, DEFAULT)["Problem"].text == "mine\n\nyours"


@each(
    ("text", "lines"),
    [
        ("<<<<<<< HEAD\na\n", (1,)),
        ("a\n=======\nb\n>>>>>>> x\n", (4,)),
        ("<<<<<<< a\n1\n=======\n2\n>>>>>>> b\n<<<<<<< a\n3\n=======\n4\n>>>>>>> b\n", (1, 6)),
        ("<<<<<<<<< a\nx\n=========\ny\n>>>>>>>>> b\n", (1,)),
        ("Title\n=======\nwords\n", ()),
        ("<<<<<<<x\n", ()),
        ("> > > > > > > quote\n", ()),
        (" <<<<<<< indented\n", ()),
        ("a <<<<<<< b\n", ()),
        ("<<<<<< six\n======\n>>>>>> six\n", ()),
    ],
)
def test_what_is_a_conflict(text: str, lines: tuple[int, ...]) -> None:
    assert index_note(text, DEFAULT).conflicts == lines


SIDE = st.lists(
    st.sampled_from(
        ["one", "two", "", "- three", "## Limits", "### four", "> five", "\nSix\n---", "    seven"]
    ),
    max_size=5,
).map(lambda lines: "".join(f"{line}\n" for line in lines))


@examples(200)
@given(SIDE, SIDE, SIDE, SIDE)
def test_no_word_is_lost_anywhere(before: str, mine: str, yours: str, after: str) -> None:
    note = f"{before}\n<<<<<<< HEAD\n{mine}\n=======\n{yours}\n>>>>>>> theirs\n{after}"
    index = index_note(note, DEFAULT)
    assert len(index.conflicts) == 1
    shown = note_content(note, DEFAULT).body
    told = [answer.text for answer in note_answers(note, DEFAULT).values()]
    for word in ("one", "two", "three", "five"):
        wanted = (before + mine + yours + after).count(word)
        assert index.body.count(word) == shown.count(word) == wanted
        assert sum(text.count(word) for text in (*told, note_content(note, DEFAULT).unsorted)) == wanted
