"""The one place where data (titles, names, notes, messages) becomes text that Textual and Rich may show.

A plain `str` is markup to them: a title `a [/b] z` ends the program and `[@click=…]` runs an action.
"""

from collections.abc import Iterable
from typing import Literal

from rich.segment import Segment
from rich.text import Text
from textual.app import App
from textual.content import Content
from textual.dom import DOMNode

from papertrail.domain.text import clean, clean_line

Severity = Literal["information", "warning", "error"]


def line(text: str, style: str = "") -> Content:
    """Return data as one inert line in one style."""
    return Content.styled(clean_line(text), style) if style else Content(clean_line(text))


def block(text: str, style: str = "") -> Content:
    """Return data as inert text that keeps its line breaks."""
    return Content.styled(clean(text), style) if style else Content(clean(text))


def marked(pieces: Iterable[tuple[str, bool]], style: str) -> Content:
    """Return the pieces of one clean line as inert text, blanks between them kept, some in a style.

    Args:
        pieces: each with whether it is to be marked.
        style: of those that are.
    """
    return Content.assemble(*((clean(piece), style if is_marked else "") for piece, is_marked in pieces))


def of_segments(lines: Iterable[Iterable[Segment]]) -> Content:
    """Return lines that were drawn as segments, as `note_lines` draws them, for a widget that takes text."""
    texts = (Text.assemble(*((clean(part.text), part.style or "") for part in one)) for one in lines)
    return Content("\n").join(map(Content.from_rich_text, texts))


def rich_line(text: str, style: str = "") -> Text:
    """Return data as one inert line for widgets that take Rich's text."""
    return Text(clean_line(text), style=style, no_wrap=True, end="")


def say(node: DOMNode | App[object], text: str, severity: Severity = "information") -> None:
    """Show a short message in the corner of the screen."""
    node.app.notify(clean_line(text), severity=severity, markup=False)
