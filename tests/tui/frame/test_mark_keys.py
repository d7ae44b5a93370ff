"""The dialog of tags and rating, on every screen with papers."""

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from papertrail.tui.frame.mark_dialog import MarkDialog, TagSuggester, last_tag
from tests.cases import at_sizes
from tests.trails import HOSTILE_TITLES, opened, small_trail
from tests.tui.driving import press, running, settle, shown, write
from tests.tui.frame.test_status_keys import SCREENS, SIZES, bar, go_to, library_of, told


def marks(pilot: Pilot[int], key: str) -> tuple[int | None, tuple[str, ...]]:
    paper = library_of(pilot).papers.get(key).summary
    return paper.rating, paper.tags


@pytest.mark.parametrize(("screen", "size"), at_sizes(SCREENS, SIZES, wide="map"), ids=str)
async def test_a_paper_is_tagged_and_rated_on_every_screen(
    tmp_path: Path, screen: str, size: tuple[int, int]
) -> None:
    home = small_trail(tmp_path)
    async with running(home, size, mode="today") as pilot:
        await go_to(pilot, screen, "rcnn")
        await press(pilot, "t")
        assert isinstance(pilot.app.screen, MarkDialog) and "Tags and rating of rcnn" in shown(pilot)
        await write(pilot, "cnn, 待读")
        await press(pilot, "tab", "4", "enter")
        assert marks(pilot, "rcnn") == (4, ("cnn", "待读"))
        assert told(pilot) == "rcnn: +cnn and +待读, ★4 · u takes it back"
        if screen == "paper" or (size[0] == 140 and screen in ("papers", "map")):
            assert "★4 #cnn #待读" in shown(pilot)
        await press(pilot, "t")
        assert pilot.app.screen.query_one("#tags", Input).value == "cnn, 待读, "
        await press(pilot, "backspace", "backspace", "backspace", "backspace", "tab", "backspace", "enter")
        assert marks(pilot, "rcnn") == (None, ("cnn",))
        await press(pilot, "u", "u")
        assert marks(pilot, "rcnn") == (None, ())


@pytest.mark.parametrize("screen", SCREENS)
async def test_enter_alone_and_escape_change_nothing(tmp_path: Path, screen: str) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        library.tags.change(["rcnn"], add=["x"], rating=2)
    async with running(home, mode="today") as pilot:
        await go_to(pilot, screen, "rcnn")
        before = len(library_of(pilot).undo.stacks().done)
        await press(pilot, "t", "enter")
        await press(pilot, "t")
        await write(pilot, "lost")
        await press(pilot, "escape")
        assert marks(pilot, "rcnn") == (2, ("x",)) and not isinstance(pilot.app.screen, MarkDialog)
        assert len(library_of(pilot).undo.stacks().done) == before


async def test_marked_papers_show_what_all_and_what_some_have(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        library.tags.change(["rcnn", "sppnet", "fast-rcnn"], add=["all"])
        library.tags.change(["rcnn"], add=["later", "mine"], rating=5)
        library.tags.change(["sppnet"], rating=2)
    async with running(home, (80, 24)) as pilot:
        await go_to(pilot, "papers", "rcnn")
        await press(pilot, "space", "space", "space", "t")
        assert "Tags and rating of 3 papers" in shown(pilot)
        assert "of some: later (1), mine (1); -tag takes it off" in shown(pilot)
        assert "now ★2, ★5" in shown(pilot)
        assert pilot.app.screen.query_one("#tags", Input).value == "all, "
        await write(pilot, "mine, -later")
        await press(pilot, "enter")
        assert [marks(pilot, key) for key in ("rcnn", "sppnet", "fast-rcnn")] == [
            (5, ("all", "mine")),
            (2, ("all", "mine")),
            (None, ("all", "mine")),
        ]
        assert told(pilot).startswith("3 papers: +mine and −later · u")
        await press(pilot, "t", "tab", "0", "enter")
        assert [marks(pilot, key)[0] for key in ("rcnn", "sppnet", "fast-rcnn")] == [None, None, None]
        await press(pilot, "u")
        assert [marks(pilot, key)[0] for key in ("rcnn", "sppnet", "fast-rcnn")] == [5, 2, None]


async def test_known_tags_complete_what_is_typed(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        library.tags.change(["adam"], add=["to show", "待读", "CNN", "a [/b] z"])
    async with running(home, (80, 24)) as pilot:
        await go_to(pilot, "papers", "rcnn")
        await press(pilot, "t")
        known = pilot.app.screen.query_one("#known", OptionList)
        assert known.option_count == 4 and "a [/b] z" in shown(pilot)
        await write(pilot, "new, 待")
        assert [option.id for option in known.options] == ["待读"]
        await press(pilot, "right")
        assert pilot.app.screen.query_one("#tags", Input).value == "new, 待读"
        pilot.app.screen.query_one("#tags", Input).insert_text_at_cursor("，c")
        await settle(pilot)
        assert [option.id for option in known.options] == ["CNN"]
        await press(pilot, "down", "enter")
        assert pilot.app.screen.query_one("#tags", Input).value == "new, 待读， CNN, "
        await write(pilot, "show")
        await press(pilot, "down", "enter", "enter")
        assert marks(pilot, "rcnn")[1] == ("CNN", "new", "to show", "待读")


async def test_what_is_refused_is_told_and_nothing_typed_is_lost(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    async with running(home, (80, 24)) as pilot:
        await go_to(pilot, "papers", "rcnn")
        await press(pilot, "t")
        await write(pilot, "x, -x")
        await press(pilot, "enter")
        assert "the tag x is both given and taken" in shown(pilot)
        await press(pilot, "tab", "9", "enter")
        assert "both given and taken" not in shown(pilot) and "9 is no rating" in shown(pilot)
        field = pilot.app.screen.query_one("#tags", Input)
        field.value = "x"
        pilot.app.screen.query_one("#rating", Input).value = "３"
        await press(pilot, "enter")
        assert marks(pilot, "rcnn") == (3, ("x",))


async def test_where_there_is_no_paper_the_key_says_why(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    async with running(home) as pilot:
        await press(pilot, "tab", "t")
        assert not isinstance(pilot.app.screen, MarkDialog)
        assert "goes to the papers" in told(pilot)


@pytest.mark.parametrize("size", SIZES[::2], ids=str)
async def test_hostile_tags_stay_text_everywhere(tmp_path: Path, size: tuple[int, int]) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        library.tags.change(["rcnn", "sppnet"], add=[title[:60] for title in HOSTILE_TITLES], rating=1)
        stored = library.papers.get("rcnn").summary.tags
        library.tags.change(["rcnn"], add=["-minus"])
    async with running(home, size) as pilot:
        for screen in ("papers", "map", "paper"):
            await go_to(pilot, screen, "rcnn")
            await press(pilot, "t")
            await settle(pilot)
            assert "\x1b" not in shown(pilot)
            await press(pilot, "enter")
            assert marks(pilot, "rcnn") == (1, tuple(sorted((*stored, "-minus")))), "as they were"
        assert pilot.app.is_running


async def test_many_marked_are_one_step(tmp_path: Path) -> None:
    rows = [("L", f"p-{n}", f"Paper {n}", "", "2000", "", "", "", "") for n in range(500)]
    home = small_trail(tmp_path, rows)
    async with running(home) as pilot:
        library = library_of(pilot)
        library.tags.change([f"p-{n}" for n in range(500)], add=["x"], rating=3)
        assert library.tags.all()[0].papers == 500
        await press(pilot, "u")
        assert library.tags.all() == [] and marks(pilot, "p-0") == (None, ())


@pytest.mark.parametrize("screen", SCREENS)
async def test_the_key_is_named_where_there_is_room(tmp_path: Path, screen: str) -> None:
    async with running(small_trail(tmp_path), (160, 40), mode="today") as pilot:
        await go_to(pilot, screen, "rcnn")
        assert " t tags " in bar(pilot)


@pytest.mark.parametrize(
    ("value", "parts"),
    [
        ("", ("", "")),
        ("cn", ("", "cn")),
        ("a, -c", ("a, -", "c")),
        ("a,b，待", ("a,b，", "待")),
        ("a, ", ("a, ", "")),
    ],
)
def test_the_tag_being_typed_is_the_last_one(value: str, parts: tuple[str, str]) -> None:
    assert last_tag(value) == parts


async def test_the_suggestion_goes_on_from_what_is_typed() -> None:
    suggester = TagSuggester(["CNN", "to show", "待读"])
    assert await suggester.get_suggestion("a, cn") == "a, cnN"
    assert await suggester.get_suggestion("-To") == "-To show"
    assert await suggester.get_suggestion("待") == "待读"
    assert await suggester.get_suggestion("a, ") is None and await suggester.get_suggestion("zz") is None


@pytest.mark.parametrize("marked", [1, 2])
@pytest.mark.parametrize("size", [(34, 12), (44, 16), (60, 20), (80, 24)], ids=str)
async def test_its_keys_are_always_in_sight(tmp_path: Path, size: tuple[int, int], marked: int) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        library.tags.change(["rcnn"], add=["later", "one of a long name", "another of a long name"], rating=5)
        library.tags.change(["rcnn", "sppnet"], add=["common", "thesis about networks", "[/b]"])
        library.tags.change(["adam"], add=["a", "b", "c", "d", "e"])
    async with running(home, size) as pilot:
        await go_to(pilot, "papers", "rcnn")
        await press(pilot, *["space"] * (marked if marked > 1 else 0), "t")
        foot = next(line for line in shown(pilot).split("\n") if "keep it" in line)
        assert "⏎ keep it  " in foot and "esc cancel " in foot
        assert size[0] < 40 or "↓ known tags" in foot
        assert (("of some: another" in shown(pilot)) and "…" in shown(pilot)) == (marked == 2)
        seen = [name for name in "abcde" if f" {name}  1 paper" in shown(pilot)]
        assert bool(seen) == (size[1] > 12)
        await press(pilot, "tab")
        await write(pilot, "9")
        await press(pilot, "enter")
        refused = "9 is no rating" in shown(pilot)
        assert "esc cancel" in shown(pilot) and refused == (size[1] > 12 or marked == 1)
        for _ in range(4):  # what is under the cursor is seen
            await press(pilot, "down")
            known = pilot.app.screen.query_one("#known", OptionList)
            assert known.highlighted is not None or size[1] == 12
            option = known.highlighted_option
            assert option is None or size[1] == 12 or str(option.id)[:9] in shown(pilot)


async def test_a_line_with_more_before_it_says_so(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    async with running(home, (44, 16)) as pilot:
        await go_to(pilot, "papers", "rcnn")
        await press(pilot, "t")
        assert "cnn, thesis" in shown(pilot)
        await write(pilot, "x, [/b], to show, cnn, ")
        await press(pilot, "enter", "t")
        assert "…" in next(line for line in shown(pilot).split("\n") if " tags " in line)
        field = pilot.app.screen.query_one("#tags", Input)
        ends = field.render_line(0).text.rstrip()
        assert ends.startswith("…") and ends.endswith("x,") and field.cursor_at_end
        for left in range(field.cursor_position):  # the sign under the cursor is never hidden
            at = field.cursor_screen_offset.x - field.content_region.x
            sign = field.value[field.cursor_position : field.cursor_position + 1]
            assert field.render_line(0).text[at] == (sign or " "), left
            await press(pilot, "left")
        assert field.render_line(0).text.startswith("[/b], cnn")
