"""Where an answer may be typed: the area that notes are written in."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from papertrail.tui.widgets.note_area import NoteArea

TYPING = "Type what you know of it."


class AnswerArea(NoteArea):
    """The area of the notes; every letter in it is text, and three keys lead out of it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "tab,ctrl+enter,ctrl+j",
            "screen.show",
            "See the answer",
            tooltip="while typing",
            id="review.typed",
        ),
        Binding("escape,shift+tab", "screen.stop_typing", "Stop typing", id="review.stop"),
    ]

    def __init__(self) -> None:
        super().__init__(id="typed")
        self.tab_behavior = "focus"  # the keys above come first
        self.placeholder = TYPING
