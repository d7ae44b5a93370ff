"""The small questions: what they take, what they give back."""

import pytest
from textual import events
from textual.app import App

from papertrail.tui.frame.add_dialog import AddDialog
from papertrail.tui.frame.theme import DARK
from papertrail.tui.note.dialogs import conflict_dialog, unsaved_dialog
from papertrail.tui.widgets.clean_input import CleanInput
from papertrail.tui.widgets.dialogs import ChoiceDialog
from tests.tui.driving import press, settle, shown, write

MISSING = object()


class Asking(App[int]):
    """Asks one question and remembers the answer."""

    def __init__(self, question: AddDialog | ChoiceDialog) -> None:
        super().__init__()
        self.register_theme(DARK)
        self.theme = DARK.name
        self.question = question
        self.answer: object = MISSING

    def on_mount(self) -> None:
        def take(answer: object) -> None:
            self.answer = answer

        if isinstance(self.question, AddDialog):
            self.push_screen(self.question, take)
        else:
            self.push_screen(self.question, take)


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("1506.01497", ["1506.01497"]),
        ("1506.01497v2, cs/0112017", ["1506.01497v2", "cs/0112017"]),
        (" 1506.01497; 1706.03762 ", ["1506.01497", "1706.03762"]),
        ("https://arxiv.org/abs/1506.01497", ["https://arxiv.org/abs/1506.01497"]),
    ],
)
async def test_ids_are_given_back(typed: str, ids: list[str]) -> None:
    app = Asking(AddDialog())
    async with app.run_test(size=(80, 24)) as pilot:
        app.screen.query_one(CleanInput).value = typed
        await press(pilot, "enter")
        assert app.answer == ids


@pytest.mark.parametrize("typed", ["nonsense", "1506.01497 1512.3385", "https://example.com/abs/1506.01497"])
async def test_what_is_no_id_is_said_and_can_be_mended(typed: str) -> None:
    app = Asking(AddDialog())
    async with app.run_test(size=(80, 24)) as pilot:
        app.screen.query_one(CleanInput).value = typed
        await press(pilot, "enter")
        assert app.answer is MISSING
        assert f"{typed.rsplit(maxsplit=1)[-1]} is no arXiv id" in shown(pilot)
        app.screen.query_one(CleanInput).value = "1506.01497"
        await press(pilot, "enter")
        assert app.answer == ["1506.01497"]


async def test_a_word_is_checked_once_it_is_complete() -> None:
    app = Asking(AddDialog())
    async with app.run_test(size=(80, 24)) as pilot:
        await write(pilot, "[/b]")
        assert "is no arXiv id" not in shown(pilot)
        await write(pilot, " ")
        assert "[/b] is no arXiv id" in shown(pilot)
        await press(pilot, "backspace")
        assert "is no arXiv id" not in shown(pilot)


async def test_a_list_of_ids_is_pasted_whole_and_clean() -> None:
    app = Asking(AddDialog())
    async with app.run_test(size=(80, 24)) as pilot:
        app.screen.query_one(CleanInput).post_message(
            events.Paste("1506.01497\n\x1b]52;c;\x07\n1706.03762\r\n")
        )
        await settle(pilot)
        assert app.screen.query_one(CleanInput).value == "1506.01497 ]52;c; 1706.03762"


@pytest.mark.parametrize("keys", [("escape",), ("enter",), ("space", "enter")])
async def test_nothing_asked_adds_nothing(keys: tuple[str, ...]) -> None:
    app = Asking(AddDialog())
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *keys)
        assert app.answer is None


@pytest.mark.parametrize(
    ("keys", "answer"),
    [
        (("s",), "save"),
        (("d",), "draft"),
        (("k",), "stay"),
        (("escape",), "stay"),
        (("enter",), "save"),
        (("down", "enter"), "draft"),
        (("up", "enter"), "stay"),
    ],
)
async def test_unsaved_words(keys: tuple[str, ...], answer: str) -> None:
    app = Asking(unsaved_dialog())
    async with app.run_test(size=(80, 24)) as pilot:
        assert "unsaved words" in shown(pilot)
        await press(pilot, *keys)
        assert app.answer == answer


@pytest.mark.parametrize(
    ("key", "answer"), [("m", "mine"), ("t", "theirs"), ("k", "stay"), ("escape", "stay")]
)
@pytest.mark.parametrize("removed", [True, False])
async def test_conflict(key: str, answer: str, removed: bool) -> None:
    app = Asking(conflict_dialog("notes/a[/b].conflict-1.md", removed=removed))
    async with app.run_test(size=(60, 20)) as pilot:
        assert "notes/a[/b].conflict-1.md" in shown(pilot)
        assert ("removed" in shown(pilot)) is removed
        await press(pilot, key)
        assert app.answer == answer
