"""No cell of a CSV file is a formula to a spreadsheet, whatever stands before its sign."""

from hypothesis import given
from hypothesis import strategies as st

from papertrail.domain.csv_cells import as_meant, defused
from tests.cases import each

BEFORE = (
    *("", " ", "\t", "\n", "\r\n", "\xa0", "\u2003", "\u3000", "\u200b", "\u200d", "\ufeff", "\u202e"),
    *("\u3164", "\u2800", " \n\xa0 ", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "'", "''"),
)
SIGNS = "=+-@＝＋－＠﹢﹣﹦﹫"


@each("before", BEFORE)
def test_what_stands_before_a_sign_does_not_hide_it(before: str) -> None:
    for sign in SIGNS:
        cell = defused(f"{before}{sign}cmd|' /C calc'!A0")
        assert cell == f"'{before}{sign}cmd|' /C calc'!A0"
        assert as_meant(cell) == cell[1:]


@each("text", ["", "a", "a=b", "A - B", "1+1", "'t Hooft", "' x", "\xa0x", "残差", "(=)", "''"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert defused(text) == text and as_meant(text) == text


@given(st.text(alphabet=st.one_of(st.sampled_from("".join(BEFORE) + SIGNS + "ab"), st.characters())))
def test_every_text_comes_back(text: str) -> None:
    assert as_meant(defused(text)) == text
    assert defused(text).lstrip()[:1] not in tuple(SIGNS)
