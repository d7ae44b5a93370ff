"""The program in ASCII, for terminals whose locale knows nothing else."""

import os
from functools import lru_cache
from pathlib import Path
from unicodedata import normalize

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from papertrail.domain.plain_signs import PLAIN_SIGNS, speaks_utf8


def needs_ascii() -> bool:
    """Tell whether the terminal's locale cannot show our signs."""
    if os.name != "posix":
        return False
    try:
        entries = Path("/proc/self/environ").read_bytes().split(b"\0")
        parts = (os.fsdecode(entry).partition("=") for entry in entries)
        given = {name: value for name, _, value in parts}
    except OSError:  # not Linux: what is set now is all that is known
        given = dict(os.environ)
    return not speaks_utf8(os.environ, given)


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Return text in ASCII, as wide as it was: other signs, letters without accents, `?` for the rest."""
    shown = "".join(PLAIN_SIGNS.get(ord(c)) or _plain_letter(c) for c in text)
    return shown if len(shown) == cell_len(text) else set_cell_size(shown, cell_len(text))


def _plain_letter(letter: str) -> str:
    if letter.isascii():
        return letter
    base = normalize("NFKD", letter)[0]
    return base if base.isascii() and cell_len(letter) == 1 else "?" * cell_len(letter)


class PlainSigns(LineFilter):
    """Puts ASCII in place of everything else, as the last thing before a line is written."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return a line's segments in ASCII."""
        return [
            segment
            if segment.text.isascii()
            else Segment(plain(segment.text), segment.style, segment.control)
            for segment in segments
        ]
