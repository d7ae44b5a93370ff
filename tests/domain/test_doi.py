"""DOIs: what is one, and where it ends."""

from hypothesis import given
from hypothesis import strategies as st

from papertrail.domain.doi import find_dois, without_sentence
from tests.cases import each
from tests.examples import examples

SICI = "10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2"


@each(
    ("text", "dois"),
    [
        ("10.1109/5.726791", ["10.1109/5.726791"]),
        ("10.1109/CVPR.2016.90.", ["10.1109/cvpr.2016.90"]),
        ("10.1016/S0042-6989(97)00169-7", ["10.1016/s0042-6989(97)00169-7"]),
        ("(10.1016/S0042-6989(97)00169-7).", ["10.1016/s0042-6989(97)00169-7"]),
        (SICI, [SICI.lower()]),
        (f"<{SICI}>", [SICI.lower()]),
        ("doi:10.1145/3065386;", ["10.1145/3065386"]),
        ("https://doi.org/10.1145/3065386?nosfx=y", ["10.1145/3065386"]),
        ("https://dx.doi.org/10.1145/3065386#page", ["10.1145/3065386"]),
        ("https://www.doi.org/10.1145/3065386", ["10.1145/3065386"]),
        ("doi.org/10.1145/3065386", ["10.1145/3065386"]),
        ("https://dl.acm.org/doi/pdf/10.1145/3065386", ["10.1145/3065386"]),
        ("https://link.example.com/content/pdf/10.1007/s11263-009-0275-4.pdf", ["10.1007/s11263-009-0275-4"]),
        ("[LeNet](https://doi.org/10.1109/5.726791)", ["10.1109/5.726791"]),
        ("[10.1109/5.726791](https://doi.org/10.1109/5.726791)", ["10.1109/5.726791"] * 2),
        ("doi = {10.1109/5.726791},", ["10.1109/5.726791"]),
        ('"10.1109/5.726791"', ["10.1109/5.726791"]),
        ("<a>10.1109/5.726791</a>", ["10.1109/5.726791"]),
        ("10.1109/5.726791,10.1145/3065386;10.1145/1", ["10.1109/5.726791", "10.1145/3065386", "10.1145/1"]),
        ("\u89c110.1109/5.726791\u3002", ["10.1109/5.726791"]),
        ("10.48550/arXiv.1706.03762", []),
        ("10.123/45", []),
        ("10.1109/", []),
        ("110.1109/5", []),
        ("3.10.1109/5", []),
        ("10.000/20.000", []),
        ("no DOI", []),
    ],
)
def test_where_a_doi_begins_and_ends(text: str, dois: list[str]) -> None:
    assert [found.text for found, _, _ in find_dois(text)] == dois


@examples(100)
@given(st.text("10.9/abAB()[]<>;,.?!-_", max_size=30), st.text(".,;:!?'", max_size=5))
def test_a_sentence_ends_no_doi_and_cleaning_twice_changes_nothing(rest: str, punctuation: str) -> None:
    doi = without_sentence(f"10.1109/x{rest}{punctuation}")
    assert doi == without_sentence(doi) == without_sentence(f"{doi}{punctuation}")
    assert doi[-1] not in ".,;:!?'"
    for found, start, end in find_dois(f"see {doi}{punctuation}"):
        assert f"see {doi}"[start:end].lower() == found.text
