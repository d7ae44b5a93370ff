"""Screens over another, which stands dimmed behind them."""

from collections.abc import Iterable
from functools import lru_cache

from rich.console import RenderableType
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.renderables.background_screen import BackgroundScreen
from textual.screen import ModalScreen, ScreenResultType

from papertrail.tui.widgets.focus import FocusInPlace

_REMEMBERED = 4_000  # styles in as many colours
_NO_STYLE = Style()


class Modal(FocusInPlace, ModalScreen[ScreenResultType]):
    """A screen over another, that takes all keys."""

    def render(self) -> RenderableType:
        """Draw what stands behind."""
        return dimmed(super().render())


def dimmed(behind: RenderableType) -> RenderableType:
    """Return what stands behind a screen; a style that is met again is not mixed again, as most are."""
    return _Dimmed(behind.screen, behind.color) if isinstance(behind, BackgroundScreen) else behind


class _Dimmed(BackgroundScreen):
    @classmethod
    def process_segments(cls, segments: Iterable[Segment], color: Color) -> Iterable[Segment]:
        """Yield the parts of a picture in colours that a colour is laid over."""
        for text, style, control in segments:
            yield Segment(text, style if control else _mixed(style or _NO_STYLE, color), control)


@lru_cache(maxsize=_REMEMBERED)
def _mixed(style: Style, color: Color) -> Style:
    """Return a style with a colour laid over its own, and without links."""
    plain = style.clear_meta_and_links()
    over = (
        None if one is None else (Color.from_rich_color(one) + color).rich_color
        for one in (plain.color, plain.bgcolor)
    )
    return plain + Style.from_color(*over)
