"""Terms: the same whatever alphabet stands around them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrail.domain.inbox.terms import STOP_WORDS, terms, words
from tests.examples import examples


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Deep Residual Learning", ["deep", "residual", "learning"]),
        ("R-CNN with 16 layers, vgg16_bn", ["cnn", "with", "layers", "vgg16", "bn"]),
        ("用residual连接", ["residual", "连接"]),
        ("残差网络, 深", ["残差", "差网", "网络"]),
        ("さくら", ["さく", "くら"]),
        ("Léon naïve ÜBER", ["léon", "naïve", "über"]),
        ("", []),
    ],
)
def test_words(text: str, found: list[str]) -> None:
    assert words(text) == found


@given(st.text(st.characters(max_codepoint=127)))
@examples(50)
def test_letters_beyond_ascii_change_nothing_about_the_others(text: str) -> None:
    assert words(f"{text} é") == words(text)


def test_the_words_of_every_text_are_no_terms() -> None:
    assert terms("We propose THE residual of the residual") == {"residual": 2}
    assert all(words(word) == [word] for word in STOP_WORDS if len(word) > 1)
