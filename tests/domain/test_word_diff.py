"""What changed from one text to another, told word by word."""

from random import Random
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrail.domain.word_diff import LINE_END, Mark, changed_lines, word_diff
from tests.cases import each
from tests.examples import examples

FRAMES = {Mark.SAME: "{}", Mark.REMOVED: "[-{}-]", Mark.ADDED: "{{+{}+}}"}


def shown(old: str, new: str) -> str:
    return "\n".join(
        "".join(FRAMES[mark].format(text) for text, mark in line) for line in word_diff(old, new)
    )


@each(
    ("old", "new", "told"),
    [
        ("", "", ""),
        ("same\ntext\n", "same\ntext\n", "same\ntext"),
        ("", "new\ntext\n", "{+new+}\n{+text+}"),
        ("a deep net", "a deeper net", "a [-deep-]{+deeper+} net"),
        ("a\nb\nc\n", "a\nc\n", "a\n[-b-]\nc"),
        ("a\nc\n", "a\n\nb\nc\n", "a\n\n{+b+}\nc"),
        ("残差网络很好。", "残差网络不好。", "残差网络[-很-]{+不+}好。"),
        ("ナカ 한글", "ナミ 한글", "ナ[-カ-]{+ミ+} 한글"),
        ("one two\nthree", "one\ntwo\nthree", "one{+¶+}\ntwo\nthree"),
        ("one\ntwo", "one\n\ntwo", "one\n{+¶+}\ntwo"),
        ("one\n\ntwo", "one\ntwo", "one\n[-¶-]\ntwo"),
        ("a  b", "a b", "[-a  b-]{+a b+}"),
        ("a b\n", "a b  \n", "[-a b-]\n{+a b  +}"),
        (
            "It works, and it is good.",
            "It fails, and it is bad.",
            "It [-works-]{+fails+}, and it is [-good-]{+bad+}.",
        ),
        (
            "One net for each region.\n\nMore.\n- gone\n",
            "A net for each.\n",
            "[-One-]{+A+} net for each[- region-].\n\n[-More.-]\n[-- gone-]",
        ),
        ("a b c\nd e f\n", "new\na b x\nd e f g\n", "{+new+}\na b [-c-]{+x+}\nd e f {+g+}"),
        ("all of this", "nothing like that", "[-all of this-]{+nothing like that+}"),
    ],
)
def test_what_is_told(old: str, new: str, told: str) -> None:
    assert shown(old, new) == told


WORDS = st.lists(
    st.sampled_from(["a", "b", "the", " ", "  ", "\n", "\n\n", ". ", ", ", "残", "差", "é"])
).map("".join)


@examples(60)
@given(WORDS | st.text(), WORDS | st.text())
def test_both_texts_can_be_read_off(old: str, new: str) -> None:
    pieces = [piece for line in word_diff(old, new) for piece in line]
    for text, other in ((old, Mark.ADDED), (new, Mark.REMOVED)):
        read = "".join(piece.text for piece in pieces if piece.mark is not other).replace(LINE_END, "")
        assert "".join(read.split()) == "".join(text.replace(LINE_END, "").split())
    assert all("\n" not in piece.text and piece.text for piece in pieces)
    if old != new and old.strip() != new.strip():
        assert any(piece.mark is not Mark.SAME for piece in pieces)


def test_changes_come_with_what_is_around_them() -> None:
    old = [f"line {number}" for number in range(30)]
    new = [*old[:5], "new", *old[5:8], "newer", *old[8:25], *old[26:]]
    lines = word_diff("\n".join(old), "\n".join(new))
    assert changed_lines(lines, 2) == [(3, 12), (25, 30)]
    assert changed_lines(lines, 100) == [(0, len(lines))]
    assert changed_lines(word_diff("a", "a"), 2) == []


def long_text(line: int, changed: float) -> str:
    random = Random(20)
    words = [f"word{number}" for number in range(3000)]
    weights = [1 / (number + 1) for number in range(3000)]
    text = random.choices(words, weights, k=20_000)
    other = Random(21)
    text = [other.choice(words) if other.random() < changed else word for word in text]
    return "".join(
        word + (". " if number % 14 == 0 else " ") + ("\n" if number % line == 0 else "")
        for number, word in enumerate(text)
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (long_text(10, 0), long_text(10, 0.01)),
        (long_text(100, 0), long_text(100, 0.3)),
        (long_text(30_000, 0), long_text(30_000, 1)),
        ("a " * 20_000, "a " * 19_000 + "b " * 500),
        ("\n" * 20_000, "\n" * 15_000 + "x"),
        ("a\n" * 20_000, "b\n" + "a\n" * 10_000 + "c\n" + "a\n" * 9_000),
        ("残" * 20_000, "残" * 10_000 + "x" + "差" * 5_000 + "残" * 10_000),
    ],
    ids=range(7),
)
def test_20000_words_take_no_while(old: str, new: str) -> None:
    before = process_time()
    word_diff(old, new)
    assert process_time() - before < 8, "minutes when every word is compared with every other"
