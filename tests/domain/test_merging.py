"""Two texts of one paper made one: what is taken is there to the letter, and both loses no word."""

import re
from collections import Counter
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from papertrail.domain.merging import NoteMerge, Take, both
from papertrail.notebook.merging import merge_parts
from papertrail.notebook.template import Template, read_template
from tests.cases import each
from tests.examples import examples
from tests.trails import NOTE


def opened(mine: str, theirs: str, template: Template | None = None) -> NoteMerge:
    return NoteMerge("rcnn", "rcnn 2.md", "", "", theirs, merge_parts(mine, theirs, template or Template(())))


def taken(mine: str, theirs: str, take: Take) -> str:
    merge = opened(mine, theirs)
    return merge.merged([take] * len(merge.parts))


WORDS = re.compile(r"\w+|[^\w\s.,;:!?]")  # all but full stops and the like, as words are counted

PIECES = st.sampled_from(
    [
        *(
            "## Problem\n",
            "## Key idea\n",
            "##  problem ##\n",
            "# Title\n",
            "### from rcnn\n",
            "Title\n===\n",
            "Two\n---\n",
        ),
        *(
            "---\nkey: rcnn\n---\n",
            "```\n",
            "<!-- ",
            " -->\n",
            "<<<<<<< a\n",
            "=======\n",
            ">>>>>>> b\n",
            "[1]: x\n",
        ),
        *(
            "- item one\n",
            "- item two\n",
            "a deep net\n",
            "a deeper net\n",
            "wide net",
            "\n",
            "\n\n",
            " ",
            "\t",
            "残差 网络\n",
        ),
        *("1. one\n", "> told\n", "| a | b |\n", "Q: why\n", "A: so\n", "word ", "\x0b", "\x85", "\u2028"),
    ]
)
TEXTS = st.one_of(st.lists(PIECES, max_size=14).map("".join), st.text(max_size=60)).map(
    lambda text: text.replace("\r", "\n")
)


@given(TEXTS, TEXTS)
@examples(150)
def test_each_side_can_be_had_as_it_is(mine: str, theirs: str) -> None:
    assert taken(mine, theirs, Take.MINE) == mine
    if opened(mine, theirs).open_parts:
        assert taken(mine, theirs, Take.THEIRS) == theirs


@given(TEXTS, TEXTS)
@examples(150)
def test_both_loses_no_word_of_either(mine: str, theirs: str) -> None:
    words = Counter(WORDS.findall(taken(mine, theirs, Take.BOTH)))
    for text in (mine, theirs):
        assert not Counter(WORDS.findall(text)) - words


@given(TEXTS, st.lists(PIECES, max_size=3).map("".join), st.data())
@examples(100)
def test_a_text_that_only_grew_is_taken_as_it_grew(text: str, more: str, data: st.DataObject) -> None:
    assert taken(text, text, Take.BOTH) == text
    cut = data.draw(st.integers(0, len(text)))
    longer = text[:cut] + more + text[cut:]
    words = WORDS.findall(both(text, longer))
    for part in (text, longer):
        rest = iter(words)
        assert all(word in rest for word in WORDS.findall(part)), (part, words)


@given(st.lists(st.tuples(TEXTS, st.sampled_from(Take)), min_size=1, max_size=4), TEXTS)
@examples(60)
def test_any_choice_gives_what_was_chosen_and_nothing_else(
    sides: list[tuple[str, Take]], theirs: str
) -> None:
    merge = opened("".join(text for text, _ in sides), theirs)
    takes = [sides[number % len(sides)][1] for number in range(len(merge.parts))]
    words = Counter(merge.merged(takes).split())
    allowed: Counter[str] = Counter()
    for part in merge.parts:
        allowed += Counter(part.mine.split()) + Counter(part.theirs.split())
    assert not words - allowed


@each(
    ("mine", "theirs", "together"),
    [
        ("one\n", "one\n", "one\n"),
        ("one\n", "one and two\n", "one and two\n"),
        ("one and two\n", "two\n", "one and two\n"),
        ("slow.\n", "slow, and redundant.\n", "slow, and redundant.\n"),
        ("a + b\n", "a b c\n", "a + b\n\na b c\n"),
        (
            "a deep\nnet of layers\n",
            "a wide\nnet of layers\n",
            "a deep\nnet of layers\n\na wide\nnet of layers\n",
        ),
        ("- a\n- b\n", "- a\n- c\n", "- a\n- b\n- c\n"),
        ("- a\n", "words\n", "- a\n\nwords\n"),
        ("first", "second", "first\n\nsecond"),
        ("same\n\nmine\n\nend\n", "same\n\nend\n\ntheirs\n", "same\n\nmine\n\nend\n\ntheirs\n"),
        ("", "theirs\n", "theirs\n"),
    ],
)
def test_both_reads_as_one_would_put_it_together(mine: str, theirs: str, together: str) -> None:
    assert both(mine, theirs) == together


def test_sections_are_matched_by_their_names_and_each_chosen_for_itself(tmp_path: Path) -> None:
    theirs = NOTE.replace("slow.", "slow, and redundant.").replace(
        "## Limits and what I would change", "## Limits"
    )
    theirs = theirs.replace("Anchors", "The anchors") + "\n## Later\n\nA thought.\n"
    merge = opened(NOTE, theirs, read_template(tmp_path))
    names = [(part.name, part.is_same) for part in merge.parts]
    assert names == [
        ("", True),
        ("What I think", True),
        ("Problem", False),
        ("Key idea: why did the authors design it this way?", True),
        ("Limits and what I would change", False),
        ("Later", False),
    ]
    takes = [Take.MINE] * len(merge.parts)
    takes[2], takes[5] = Take.THEIRS, Take.BOTH
    assert merge.merged(takes) == NOTE.replace("slow.", "slow, and redundant.") + "\n## Later\n\nA thought.\n"


def test_a_section_of_theirs_comes_where_it_stands_and_is_parted_by_a_blank_line() -> None:
    merge = opened("## A\na\n## C\nc", "## A\na\n## B\nb\n## C\nc\n## D\nd\n")
    assert [part.name for part in merge.parts] == ["", "A", "B", "C", "D"]
    assert merge.merged([Take.BOTH] * 5) == "## A\na\n\n## B\nb\n\n## C\nc\n\n## D\nd\n"
    assert opened("x\n\n", "x\n").open_parts == ()
