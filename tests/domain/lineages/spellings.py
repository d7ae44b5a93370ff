"""Other spellings of a lineage's name that mean the same lineage."""

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

DASHES = (
    *"-–—",
    "\N{HYPHEN}",
    "\N{NON-BREAKING HYPHEN}",
    "\N{FIGURE DASH}",
    "\N{MINUS SIGN}",
    "\N{FULLWIDTH HYPHEN-MINUS}",
)
BLANKS = (" ", "  ", "\t", "\N{NO-BREAK SPACE}", "\N{IDEOGRAPHIC SPACE}", "\N{EN SPACE}", "")
WIDE = {chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F) if chr(code) != ";"}

NAMES = (
    "R-CNN to Faster R-CNN",
    "YOLO v1–v3",
    "Normalisation & initialisation",
    "SGD",
    "残差网络",
    "Überblick 2",
)


@st.composite
def spellings(draw: DrawFn, name: str) -> str:
    """Draw another spelling: dashes, blanks, case and width of each letter at will."""

    def ways(letter: str) -> list[str]:
        if letter in DASHES:
            return [*DASHES, " - ", ""]
        if letter == " ":
            return [*BLANKS, "-", " – "]
        return [letter, letter.upper(), letter.lower(), WIDE.get(letter, letter)]

    letters = [BLANKS, *map(ways, name), BLANKS]
    return "".join(draw(st.sampled_from(each)) for each in letters)
