"""Keys: valid for commands and file names everywhere, telling, and never given twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrail.domain.keys import is_valid_key, make_key
from tests.cases import each


def never(_key: str) -> bool:
    return False


@pytest.mark.parametrize("key", ["a", "7", "faster-rcnn", "he2015deep", "arxiv-1512-03385", "con1", "a" * 64])
def test_valid_keys(key: str) -> None:
    assert is_valid_key(key)


@each(
    "key",
    [
        "",
        "-a",
        "A",
        "a b",
        "a.md",
        "a/b",
        "..",
        "é",
        "a\n",
        "a\x00",
        "a" * 65,
        "con",
        "nul",
        "com1",
        "lpt0",
        "readme",
    ],
)
def test_invalid_keys(key: str) -> None:
    assert not is_valid_key(key)


@each(
    ("authors", "year", "title", "key"),
    [
        (["Kaiming He", "Xiangyu Zhang"], 2015, "Deep Residual Learning for Image Recognition", "he2015deep"),
        (["Hado van Hasselt"], 2015, "Deep Reinforcement Learning", "hasselt2015deep"),
        (["Hoof, Herke van"], 2018, "Addressing Function Approximation Error", "hoof2018addressing"),
        (["Martin Luther King, Jr."], 1963, "I Have a Dream", "king1963i"),
        (["Robert Downey Jr"], 1999, "The Title", "downey1999title"),
        (["Jürgen Schmidhuber"], 2014, "On the Über-Network", "schmidhuber2014ubernetwork"),
        (["Søren Hauberg"], 2019, "A U-Net of Our Own", "hauberg2019unet"),
        (["Conan O'Brien"], 2001, "What is $\\mathcal{N}=4$?", "obrien2001n4"),
        (["Kaiming He (何恺明)"], 2015, "Deep", "he2015deep"),
        (["The Planck Collaboration"], 2013, "Planck 2013 results", "planck2013planck"),
        (["Planck Collaboration", "P. A. R. Ade"], 2013, "Planck 2013 results", "ade2013planck"),
        (["The Collaboration"], 2013, "Results", "thecollaboration2013results"),
        (["Event Horizon Telescope Collaboration"], 2019, "First", "eventhorizontelescope2019first"),
        (["ATLAS Collaboration"], None, "Observation of a new particle", "atlasobservation"),
    ],
)
def test_author_year_word(authors: list[str], year: int | None, title: str, key: str) -> None:
    assert make_key(authors, year, title, None, never) == key


@pytest.mark.parametrize(
    ("authors", "title", "arxiv_id", "key"),
    [
        (["何恺明"], "Deep Residual Learning", "1512.03385", "arxiv-1512-03385"),
        (["Kaiming He"], "残差网络", "1512.03385", "arxiv-1512-03385"),
        (["Kaiming He"], "On the", "1512.03385", "arxiv-1512-03385"),
        ([], "Deep Residual Learning", "math.GT/0309136", "arxiv-math-gt-0309136"),
        (["何恺明"], "残差网络", None, "paper"),
    ],
)
def test_without_a_name_or_word_the_id_is_the_key(
    authors: list[str], title: str, arxiv_id: str | None, key: str
) -> None:
    assert make_key(authors, 2015, title, arxiv_id, never) == key


def test_a_taken_key_is_numbered() -> None:
    taken = {"he2015deep", "he2015deep-2"}
    assert make_key(["Kaiming He"], 2015, "Deep", None, taken.__contains__) == "he2015deep-3"


def test_a_reserved_name_is_numbered() -> None:
    assert make_key(["Xi Co"], None, "N", None, never) == "con-2"


@given(
    authors=st.lists(st.text(), max_size=3),
    year=st.none() | st.integers(1000, 2999),
    title=st.text(),
    arxiv_id=st.none() | st.text(),
    rounds=st.integers(1, 4),
)
def test_keys_are_always_valid_and_new(
    authors: list[str], year: int | None, title: str, arxiv_id: str | None, rounds: int
) -> None:
    taken: set[str] = set()
    for _ in range(rounds):
        key = make_key(authors, year, title, arxiv_id, taken.__contains__)
        assert is_valid_key(key)
        assert key not in taken
        taken.add(key)
