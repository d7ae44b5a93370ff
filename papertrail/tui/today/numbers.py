"""The numbers behind the picture of the goal, as a table one scrolls."""

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from papertrail.domain.goal import words
from papertrail.domain.goal.burnup import Burnup
from papertrail.domain.goal.numbers import NOW, table_of
from papertrail.domain.goal.today import Today
from papertrail.tui.widgets.data_text import line
from papertrail.tui.widgets.dialogs import FRAME, AnswerKeys, answer_keys
from papertrail.tui.widgets.modal import Modal

_AROUND = 10  # lines of the dialog that are not weeks
_GAP = 3  # blanks between two columns
_STYLES = ("$primary", "$quiet", "$primary", "bold $primary", "", "$secondary", "$quiet")
"""Of the columns, as what they tell is drawn in the picture."""


class NumbersDialog(Modal[None]):
    """Shows week by week what was counted, what the plan asks for, and what the forecast sees."""

    CSS = FRAME.format(name="NumbersDialog") + (
        "NumbersDialog VerticalScroll { height: auto; scrollbar-size-vertical: 1; }"
        "NumbersDialog Static { height: auto; text-wrap: nowrap; text-overflow: ellipsis; }"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,v", "dismiss", "Close", show=False, id="dialog.close")
    ]

    def __init__(self, today: Today) -> None:
        super().__init__()
        self._today = today
        goal = today.progress.goal
        assert goal is not None, "without a goal there is no plan"
        fan = today.forecast.fan if today.forecast else ()
        self._rows = table_of(Burnup(goal, today.progress.today, today.counted, fan))

    def compose(self) -> ComposeResult:
        """Where the goal stands, the heads of the columns, and below them the weeks."""
        heads, *weeks = self._lines()
        with Vertical():
            yield Static(self._question(), classes="question")
            yield Static(heads)
            with VerticalScroll():
                yield Static(Content("\n").join(weeks))
            yield AnswerKeys(answer_keys(("↑↓", "scroll"), ("esc", "close")), classes="answer-keys")

    def on_resize(self) -> None:
        """Leave the keys in sight below the weeks."""
        self.query_one(VerticalScroll).styles.max_height = max(self.size.height * 9 // 10 - _AROUND, 3)

    def on_mount(self) -> None:
        """Begin with this week in sight."""
        page = self.query_one(VerticalScroll)
        page.focus()
        now = next((at for at, row in enumerate(self._rows[1:]) if row[0] == NOW), 0)
        self.call_after_refresh(
            lambda: page.scroll_to(y=now - page.size.height // 2, animate=False, immediate=True)
        )

    def _question(self) -> Content:
        progress, forecast = self._today.progress, self._today.forecast
        told = [f": {progress.tally} counted, {words.standing_words(progress)}"]
        if forecast is not None:
            told.append(words.chance_words(forecast, progress))
        head = Content.assemble(("The numbers", "bold $primary"), line(told[0]))
        return Content("\n").join([head, *(line(text, "$quiet") for text in told[1:])])

    def _lines(self) -> Iterator[Content]:
        """Yield the rows, numbers at the right of their columns."""
        widths = [max(map(len, column)) for column in zip(*self._rows, strict=True)]
        for number, row in enumerate(self._rows):
            style = "bold " if row[0] == NOW else ""
            yield Content.assemble(
                *(
                    (
                        text.rjust(width) + " " * (1 if at == 0 else _GAP),
                        "$quiet" if number == 0 else f"{style}{colour}".strip(),
                    )
                    for at, (text, width, colour) in enumerate(zip(row, widths, _STYLES, strict=True))
                )
            )
