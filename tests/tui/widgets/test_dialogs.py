"""The small questions: what they take, what they give back."""

import pytest
from textual import events
from textual.app import App
from textual.pilot import Pilot

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
        ("1506.01497v2, cs/0112017", ["1506.01497", "cs/0112017"]),
        (" 1506.01497; 1706.03762 ", ["1506.01497", "1706.03762"]),
        ("https://arxiv.org/abs/1506.01497", ["1506.01497"]),
        ("arXiv preprint arXiv:1506.01497, 2015.", ["1506.01497"]),
        ("https://www.alphaxiv.org/audio/1506.01497 10.48550/arXiv.1706.03762", ["1506.01497", "1706.03762"]),
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
        assert "paper:" not in shown(pilot)
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


async def paste(pilot: Pilot[int], text: str) -> None:
    pilot.app.screen.query_one(CleanInput).post_message(events.Paste(text))
    await settle(pilot)


async def test_a_pasted_line_goes_into_the_field_and_what_is_in_it_is_said() -> None:
    app = Asking(AddDialog())
    async with app.run_test(size=(80, 24)) as pilot:
        await paste(pilot, "He et al., \x1b[31marXiv:1512.03385v1 [cs.CV]\r\n")
        assert app.screen.query_one(CleanInput).value == "He et al., [31marXiv:1512.03385v1 [cs.CV]"
        assert "1 paper: 1512.03385" in shown(pilot)
        await press(pilot, "enter")
        assert app.answer == ["1512.03385"]


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
@pytest.mark.parametrize("newline", ["\n", "\r", "\r\n"])  # terminals send the second
async def test_a_list_is_pasted_whole(size: tuple[int, int], newline: str) -> None:
    pasted = [
        "1506.01497",
        "\x1b]52;c;\x07 [/b]",
        "",
        "https://arxiv.org/pdf/1706.03762.pdf",
        "10.1109/5.726791",
    ]
    pasted += [
        "1512.3385",
        "three more words",
        "foo",
        "bar",
        "cs/0112017; 1506.01497v2",
        "[@click=app.bell]x[/]",
    ]
    app = Asking(AddDialog())
    async with app.run_test(size=size) as pilot:
        await write(pilot, "1412.6980")
        await paste(pilot, newline.join(pasted))
        seen = " ".join(shown(pilot).replace("│", " ").split())
        assert app.screen.query_one(CleanInput).value == "1412.6980"
        assert "4 papers: 1506.01497, 1706.03762, cs/0112017, 1412.6980" in seen
        assert "left out, 7 of the pasted list: line 2: ]52;c; [/b] is no arXiv id line 5: 10.1109" in seen
        assert "line 6: 1512.3385 is no arXiv id" in seen and "esc cancel" in seen
        assert "… and 2 more" in seen or size == (60, 20)  # to be scrolled to
        await press(pilot, "enter")
        assert app.answer == ["1506.01497", "1706.03762", "cs/0112017", "1412.6980"]


async def test_lists_are_pasted_one_after_the_other() -> None:
    app = Asking(AddDialog())
    async with app.run_test(size=(80, 24)) as pilot:
        await paste(pilot, "foo\nbar")
        assert "0 papers" in shown(pilot)
        await press(pilot, "enter")
        assert app.answer is MISSING
        await paste(pilot, "\n".join(f"1506.{number:05}" for number in range(1, 301)))
        await paste(pilot, "https://doi.org/10.48550/\narXiv.1506.00301")
        assert "301 papers: 1506.00001, " in shown(pilot) and "and 293 more" in shown(pilot)
        await press(pilot, "enter")
        assert isinstance(app.answer, list) and len(app.answer) == 301


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
