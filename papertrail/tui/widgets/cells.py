"""Text in terminal cells: cut, filled up, and drawn as bars."""

from functools import lru_cache

from rich.cells import cell_len, set_cell_size, split_graphemes
from rich.console import Console
from rich.text import Text

from papertrail.tui.widgets.line_breaks import broken

BEST = "◆"
"""A cell of a bar for what is best; the sign that papers have which can be explained."""


def fit(text: str, width: int) -> str:
    """Return `text` in exactly `width` cells, cut with an ellipsis or filled with blanks.

    Args:
        text: one clean line.
        width: cells, counting a CJK character as two.
    """
    if width <= 0:
        return ""
    if len(text) > width * 2:
        text = text[: width * 2]
    if cell_len(text) > width:
        text = set_cell_size(text, width - 1).rstrip() + "…"
    return set_cell_size(text, width)


def fit_end(text: str, width: int) -> str:
    """Return the end of `text` in exactly `width` cells, cut before it, or filled with blanks."""
    if cell_len(text) <= width:
        return fit(text, width)
    start = max(len(text) - width + 1, 0)
    while start < len(text) and cell_len(text[start:]) >= width:
        start += 1
    return fit("…" + text[start:], width)


def wrap(text: str, width: int) -> list[str]:
    """Return one clean line of text broken into lines of at most `width` cells."""
    if cell_len(text) <= width and "\n" not in text and "\t" not in text:
        return [text.rstrip()]
    told = broken(Text(text), width)
    return [line.plain.rstrip() for line in told.wrap(_console(max(width, 1)), max(width, 1))]


@lru_cache(maxsize=8)
def _console(width: int) -> Console:
    return Console(width=width)


def line_bar(done: float, of: float, width: int) -> tuple[str, str]:
    """Return the done and the open part of a bar: a heavy line, exact to half a cell, then a light one.

    The two differ in shape, so that the bar can be read without colours.

    Args:
        done: how much is done; anything above nothing shows.
        of: how much there is in all.
        width: cells of both parts together.
    """
    share = min(max(done / of, 0.0), 1.0) if of else 0.0
    halves = round(share * width * 2)
    if done > 0:
        halves = max(halves, 1)
    full, rest = divmod(halves, 2)
    filled = "━" * full + ("╾" if rest else "")
    return filled, "─" * (width - len(filled))


def bar_parts(explained: int, done: int, of: int, width: int) -> tuple[str, str, str]:
    """Return `line_bar` in three: what can be explained, the rest of what is done, what is open."""
    filled, rest = line_bar(done, of, width)
    best = min(max(explained * width // of, 1), len(filled)) if explained and of else 0
    return BEST * best, filled[best:], rest


_LONGEST_SEEN = 64  # code points of one seen character that are looked at; families of emoji have eleven


def seen_before(text: str, at: int) -> int:
    """Return where the seen character begins that ends at `at`, with its accents and joined emoji."""
    low = max(at - _LONGEST_SEEN, 0)
    return low + (_seen(text[low:at])[-1] if at > 0 else 0)


def seen_after(text: str, at: int) -> int:
    """Return where the seen character ends that begins at `at`."""
    part = text[at : at + _LONGEST_SEEN]
    begins = _seen(part)
    return at + (begins[1] if len(begins) > 1 else len(part))


def _seen(text: str) -> list[int]:
    """Return where each seen character begins; two regional indicators are one flag, but two to Rich."""
    begins: list[int] = []
    for start, end, _ in split_graphemes(text)[0]:
        after_one = bool(begins) and _is_indicator(text[begins[-1] : start])
        if not (after_one and _is_indicator(text[start:end])):
            begins.append(start)
    return begins


def _is_indicator(text: str) -> bool:
    return len(text) == 1 and "\U0001f1e6" <= text <= "\U0001f1ff"
