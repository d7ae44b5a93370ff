"""Small questions over the screen; each gives back plain data."""

from textwrap import wrap
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from papertrail.tui.widgets.data_text import line
from papertrail.tui.widgets.key_names import keys_in
from papertrail.tui.widgets.modal import Modal

FRAME = """
{name} {{ align: center middle; background: $background 60%; }}
{name} > Vertical {{
    width: 96; max-width: 94%; height: auto; max-height: 90%;
    background: $surface; border: round $primary; padding: 1 2;
}}
{name} .question {{ height: auto; margin-bottom: 1; }}
{name} .answer-keys {{ height: 1; margin-top: 1; color: $quiet; }}
{name} Input {{ height: 1; border: none; padding: 0 1; background: $panel; }}
{name} Input:focus {{ border: none; background: $block-cursor-background; color: $block-cursor-foreground; }}
{name}:ansi Input:focus > .input--placeholder {{ color: $block-cursor-foreground; }}
{name}:ansi OptionList:focus > .option-list--option-highlighted {{
    color: $input-selection-foreground; background: $input-selection-background;
}}
"""


_WIDEST = 96  # cells of a dialog, as in its style sheet
_BESIDE = 12  # of them, what is not an answer's words: frame, padding, key, scrollbar
_KEY = "bold $primary"


class ChoiceDialog(Modal[str]):
    """Asks a question with a few answers; gives back the answer's name.

    Args:
        question: shown above the answers.
        answers: name, key and words of each; the last one is what escape means.
        careful: whether enter means the last one, too: where something is taken away.
    """

    CSS = FRAME.format(name="ChoiceDialog") + (
        "ChoiceDialog OptionList { height: auto; border: none; background: transparent; padding: 0; }"
    )
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "last", "Back", id="dialog.back")]

    def __init__(
        self, question: Content, answers: list[tuple[str, str, str]], *, careful: bool = False
    ) -> None:
        super().__init__()
        self._careful = careful
        self._question = question
        self._answers = answers
        for name, key, _ in answers:
            self._bindings.bind(key, f"answer('{name}')", show=False)

    def compose(self) -> ComposeResult:
        """The question, the answers below each other."""
        room = min(_WIDEST, self.app.size.width * 94 // 100) - _BESIDE
        with Vertical():
            yield Static(self._question, classes="question")
            yield OptionList(
                *(
                    Option(
                        Content.assemble((f" {key} ", "bold $primary"), " ", _hanging(words, room)), id=name
                    )
                    for name, key, words in self._answers
                )
            )
            yield AnswerKeys(
                answer_keys(("↑↓ ⏎", "choose"), ("esc", self._answers[-1][2])), classes="answer-keys"
            )

    def on_mount(self) -> None:
        """Begin at the first answer, or at the harmless one."""
        self.query_one(OptionList).highlighted = len(self._answers) - 1 if self._careful else 0

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        """Give the chosen answer back."""
        self.dismiss(message.option.id or self._answers[-1][0])

    def action_answer(self, name: str) -> None:
        """Give an answer back by its key."""
        self.dismiss(name)

    def action_last(self) -> None:
        """Give back the harmless answer."""
        self.dismiss(self._answers[-1][0])


def _hanging(words: str, room: int) -> Content:
    """Return an answer's words, further lines of it below the first and not below its key."""
    return Content("\n    ").join(line(part) for part in wrap(words, max(room, 1)) or [""])


class AnswerKeys(Static):
    """The line that says what the keys of a dialog do; a click on one is that key."""

    _hovered: tuple[int, int] | None = None  # where the words are that the mouse is on

    def render(self) -> Content:
        """Underline what a click would do."""
        assert isinstance(self.content, Content)
        return self.content.stylize("underline", *self._hovered) if self._hovered else self.content

    def _at(self, x: int) -> tuple[int, int, str]:
        """Return where the words of the key in a column begin and end, and the key; empty for none."""
        assert isinstance(self.content, Content)
        plain, x = self.content.plain.rstrip(), x - self.styles.padding.left
        begins = [span for span in self.content.spans if span.style == _KEY]
        before = [span for span in begins if span.start <= x]
        if not before or x >= len(plain):
            return 0, 0, ""
        here = before[-1]
        end = min((span.start for span in begins if span.start > x), default=len(plain))
        named = keys_in(plain[here.start : here.end].rstrip())
        key = next((key for _, end, key in named if x - here.start < end), named[-1][2])
        return here.end, here.end + len(plain[here.end : end].rstrip()), key

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Underline the words of the key under the mouse."""
        begin, end, key = self._at(event.x)
        if (hovered := (begin, end) if key else None) != self._hovered:
            self._hovered = hovered
            self.refresh()

    def on_leave(self) -> None:
        """Underline nothing any more."""
        self._hovered = None
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Press the key under the mouse, or before the words under it."""
        if key := self._at(event.x)[2]:
            event.stop()
            self.app.simulate_key(key)


def answer_keys(*pairs: tuple[str, str]) -> Content:
    """Return the line that says what the keys of a dialog do."""
    parts: list[Content | tuple[str, str]] = []
    for key, meaning in pairs:
        parts += [(f"{key} ", _KEY), (f"{meaning}   ", "$quiet")]
    return Content.assemble(*parts)
