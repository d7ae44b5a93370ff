"""Who of those in a list of authors is a person, what a group calls itself, and how long lists are shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrail.domain.authors import is_group, own_name, sorted_out
from papertrail.domain.paper import byline
from tests.cases import each
from tests.examples import examples


@each(
    ("entries", "authors"),
    [
        # what stands between names is none
        (["Gemini Team", ":", "Rohan Anil"], ["Rohan Anil"]),
        (["Gemini Team:", "A. Bee"], ["A. Bee"]),
        (["1", "*", "—", "", "Ann Other*", "J. Doe †"], ["Ann Other", "J. Doe"]),
        # groups
        (["Planck Collaboration", "P. A. R. Ade"], ["P. A. R. Ade"]),
        (["P. A. R. Ade", "for the Planck Collaboration"], ["P. A. R. Ade"]),
        (["for the ATLAS Collaboration"], ["ATLAS Collaboration"]),
        (["on behalf of the CMS collaboration"], ["CMS collaboration"]),
        (["J. Smith for the ATLAS Collaboration"], ["J. Smith"]),
        (["J. Smith, on behalf of the CMS Collaboration", "X. Y"], ["J. Smith", "X. Y"]),
        (["J. Smith (for the X Collaboration)"], ["J. Smith"]),
        (["M. Cruz and the HERA Team"], ["M. Cruz"]),
        (["Fermi-LAT Collaboration: A. Abdo", "B. Cee"], ["A. Abdo", "B. Cee"]),
        (["CMS Collaboration, S. Chatrchyan"], ["S. Chatrchyan"]),
        (["LIGO Scientific Collaboration", "Virgo Collaboration"],
         ["LIGO Scientific Collaboration", "Virgo Collaboration"]),
        (["the CMS and ATLAS Collaborations"], ["CMS and ATLAS Collaborations"]),
        (["Institute for Theory and Experiment"], ["Institute for Theory and Experiment"]),
        (["Qwen Team", "Qwen Team"], ["Qwen Team"]),
        # remarks
        (["A. B. Smith (deceased)", "(deceased)", "Tom Brown, deceased"], ["A. B. Smith", "Tom Brown"]),
        (["J. Smith (1,2)", "Tom Brown [deceased]"], ["J. Smith", "Tom Brown"]),
        # several persons in one entry
        (["John Smith and Jane Doe"], ["John Smith", "Jane Doe"]),
        (["D. Kingma & J. Ba"], ["D. Kingma", "J. Ba"]),
        (["A. Smith, B. Jones, and C. Doe"], ["A. Smith", "B. Jones", "C. Doe"]),
        (["A. Smith", "and Jane Doe"], ["A. Smith", "Jane Doe"]),
        (["von der Leyen, U. and Ho, J."], ["von der Leyen, U.", "Ho, J."]),
        # names that only look like it
        (["Rand Anderson", "Anand Rao", "Sandy Andersen"], ["Rand Anderson", "Anand Rao", "Sandy Andersen"]),
        (["Ho, Jonathan", "Martin King, Jr."], ["Ho, Jonathan", "Martin King, Jr."]),
        (["Smith, John, Jr."], ["Smith, John, Jr."]),
        (["Yang Liu (刘洋)", "何恺明", "O. Brien III"], ["Yang Liu (刘洋)", "何恺明", "O. Brien III"]),
        (["DeepSeek-AI"], ["DeepSeek-AI"]),
        (["Diederik P. Kingma", "et al."], ["Diederik P. Kingma", "et al."]),
        (["Wei Wang", "Wei Wang"], ["Wei Wang", "Wei Wang"]),
        ([], []),
        ([":"], []),
    ],
)  # fmt: skip
def test_persons_are_sorted_out(entries: list[str], authors: list[str]) -> None:
    assert sorted_out(entries) == tuple(authors)


@pytest.mark.parametrize(
    ("group", "own"),
    [
        ("The ATLAS Collaboration", "ATLAS"),
        ("LIGO Scientific Collaboration", "LIGO Scientific"),
        ("Gemini Team", "Gemini"),
        ("the Collaboration", "the Collaboration"),
    ],
)
def test_a_group_has_a_name_of_its_own(group: str, own: str) -> None:
    assert is_group(group)
    assert own_name(group) == own


NAMES = st.sampled_from(
    ["Ada Lovelace", "K. He", "Herke van Hoof", "Jürgen Schmidhuber", "残 差", "Conan O'Brien"]
)
JUNK = st.sampled_from([":", "(deceased)", "for the Planck Collaboration", "1", "", "Gemini Team:"])


@examples(100)
@given(
    st.lists(st.tuples(st.lists(NAMES, min_size=1, max_size=3), st.lists(JUNK, max_size=2)), min_size=1),
    st.data(),
)
def test_no_person_is_lost_or_made_up(groups: list[tuple[list[str], list[str]]], data: st.DataObject) -> None:
    entries: list[str] = []
    for persons, junk in groups:
        entries += [data.draw(st.sampled_from([" and ", " & ", "; "])).join(persons), *junk]
    assert list(sorted_out(entries)) == [person for persons, _ in groups for person in persons]


@given(st.lists(st.text(max_size=60), max_size=5))
def test_any_names_give_names(entries: list[str]) -> None:
    assert all(any(map(str.isalpha, name)) for name in sorted_out(entries))


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (0, ""),
        (1, "A0"),
        (10, "A0, A1, A2, A3, A4, A5, A6, A7, A8, A9"),
        (11, "A0, A1, A2, A3, A4, A5, A6, A7, A8, A9 and 1 more"),
        (3000, "A0, A1, A2, A3, A4, A5, A6, A7, A8, A9 and 2,990 more"),
    ],
)
def test_a_long_list_is_shown_as_its_first_ten_and_a_number(number: int, shown: str) -> None:
    assert byline([f"A{index}" for index in range(number)]) == shown
