"""Text in terminal cells: cut, filled up, and drawn as bars."""

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text


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


def wrap(text: str, width: int) -> list[str]:
    """Return one clean line of text broken into lines of at most `width` cells."""
    return [line.plain.rstrip() for line in Text(text).wrap(Console(width=max(width, 1)), max(width, 1))]


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
