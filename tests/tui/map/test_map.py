"""The map of a lineage, walked along its lines."""

from asyncio import to_thread
from collections.abc import Sequence
from pathlib import Path
from threading import Event, current_thread
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from papertrail.domain.lineages.map import MapLayout, MapPaper, draw, lay_out
from papertrail.domain.lineages.view import LineageView
from papertrail.domain.paper import Status
from papertrail.library import create_trail
from papertrail.tui.frame.detail_pane import DetailPane
from papertrail.tui.map.overview_screen import OverviewScreen
from papertrail.tui.map.screen import HINT_ROWS, ROOMY, MapScreen
from papertrail.tui.map.view import MapView
from papertrail.tui.note.summary_editor import SummaryEditor
from papertrail.tui.paper.screen import PaperScreen
from tests.trails import HOSTILE_TITLES, NOTE, RCNN, opened, small_trail
from tests.tui.driving import look_for_news, press, running, settle, shown, until, write
from tests.tui.terminal import COLOUR, in_terminal, is_grey


async def test_the_r_cnn_line_is_walked_and_three_papers_counted(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        for key in ("rcnn", "sppnet", "fast-rcnn"):
            library.notes.save(key, NOTE, None)
    async with running(home, (100, 30)) as pilot:
        await press(pilot, "3")
        assert isinstance(pilot.app.screen, MapScreen)
        view = pilot.app.screen.query_one(MapView)
        assert view.cursor == "rcnn", "the next step"
        assert "0 of 4 counted · 4 unread · 75 % of needed sections" in shown(pilot)
        walked = []
        for _ in range(3):
            walked.append(view.cursor)
            await press(pilot, "s", "s", "n")
        assert walked == ["rcnn", "sppnet", "fast-rcnn"]
        assert view.cursor == "faster-rcnn"
        assert shown(pilot).count("●✓") == 3
        assert "3 / 100 counted" in shown(pilot)
        await press(pilot, "up")
        assert view.cursor == "fast-rcnn"
        await press(pilot, "up")
        assert view.cursor in ("rcnn", "sppnet")
        await press(pilot, "home")
        assert view.cursor == "rcnn"
        await press(pilot, "down", "enter")
        assert isinstance(pilot.app.screen, PaperScreen)
    with opened(home) as library:
        assert library.goal.progress().counted == 3


async def test_the_line_below_tells_of_gaps_and_changes(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        text = NOTE.replace("## Limits", "### from sppnet\n\nOne level only.\n\n## Limits")
        library.notes.save("fast-rcnn", text, None)
        library.statuses.set(["fast-rcnn"], Status.READ)
    async with running(home, (140, 40)) as pilot:
        await press(pilot, "3")
        pilot.app.screen.query_one(MapView).cursor = "fast-rcnn"
        await settle(pilot)
        text = shown(pilot)
        assert "builds on rcnn, sppnet, not read yet" in text
        assert "from sppnet: One level only." in text
        await pilot.resize_terminal(80, 24)
        await settle(pilot)
        assert [text.strip() for text in shown(pilot).split("\n")[-4:-1]] == [
            "Fast R-CNN",
            "from sppnet: One level only.",
            "builds on rcnn, sppnet, not read yet",
        ]


async def test_lineages_one_after_the_other_and_all_at_once(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path), (100, 30)) as pilot:
        await press(pilot, "3", "right_square_bracket")
        assert "SGD" in shown(pilot) and "robbins-monro" in shown(pilot)
        await press(pilot, "right_square_bracket")
        assert "R-CNN to Faster R-CNN" in shown(pilot)
        await press(pilot, *ALL)
        text = shown(pilot)
        assert "All papers" in text and "adam" in text and "faster-rcnn" in text
        await press(pilot, "1", "2", "3")
        assert "All papers" in shown(pilot), "each mode keeps its place"


async def test_hostile_titles_and_names_are_inert(tmp_path: Path) -> None:
    rows = []
    for number, title in enumerate(HOSTILE_TITLES):
        name = f"{title[:60]} line"
        rows.append((name, f"older-{number}", title, title, "2014", "", "", "", ""))
        rows.append((name, f"newer-{number}", title, title, "2015", "", "", "", f"older-{number}"))
    rows.append(("Last", "last", "T", "", "2016", "", "", "", "; ".join(row[1] for row in rows[1::2])))
    home = small_trail(tmp_path, rows)
    with opened(home) as library:
        for number, title in enumerate(HOSTILE_TITLES):
            evil = (
                NOTE.replace("Share the", f"{title[:90]} share the").replace("\x1b", "").replace("\x9b", "")
            )
            library.notes.save(f"newer-{number}", f"{evil}\n### from older-{number}\n\n{title[:50]}\n", None)
    async with running(home, (140, 40)) as pilot:
        await press(pilot, "3", "greater_than_sign", "b", "B", "escape")
        for keys in (
            ["right_square_bracket", "down", "s"] * len(rows[::2]),
            ["0", "down", "end", "enter", "slash", "escape", "L"],
        ):
            for key in keys:
                await press(pilot, key)
                assert "\u202e" not in shown(pilot), "nor anything that a terminal acts upon"
        await press(pilot, "p")
        assert "a [/b] z line" in shown(pilot), "offered as it is"
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, MapScreen)


ALL = ("0", "end", "enter")
"""Keys that lead to all papers on one map."""


def pairs(number: int) -> list[tuple[str, ...]]:
    """Return papers of which each second one builds on the one before."""
    return [
        ("Pairs", f"p{n}", f"Paper {n}", "", "2000", "", "", "", f"p{n - 1}" if n % 2 else "")
        for n in range(2 * number)
    ]


async def test_while_a_large_map_is_drawn_the_screen_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_end = Event()

    def slow(papers: Sequence[MapPaper], *args: Any, **kwargs: Any) -> MapLayout:
        if len(papers) > 80:
            assert may_end.wait(60)
        return lay_out(papers, *args, **kwargs)

    rows = [*RCNN, *pairs(40)]
    async with running(small_trail(tmp_path, rows), (100, 30)) as pilot:
        monkeypatch.setattr("papertrail.tui.map.view.lay_out", slow)
        await press(pilot, "3")
        view = pilot.app.screen.query_one(MapView)
        await press(pilot, *ALL, beside="map")
        await until(pilot, "drawing 86 papers", beside="map")
        cursor = view.cursor
        await press(pilot, "down", "right", "end", "pagedown", "enter", beside="map")
        assert (view.cursor, pilot.app.screen.query_one(MapView)) == (cursor, view), "no key acts on no map"
        await press(pilot, "2", beside="map")
        assert "Pairs" in shown(pilot), "another screen is there at once"
        may_end.set()
        await press(pilot, "3")
        assert "drawing" not in shown(pilot) and view.virtual_size.height > 30
        await press(pilot, "right")
        assert view.cursor != cursor


async def test_a_map_that_is_not_wanted_any_more_is_not_shown_and_its_work_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_end, ended = Event(), Event()
    drawn: list[int] = []
    outlives: list[bool] = []

    def slow(papers: Sequence[MapPaper], *args: Any, **kwargs: Any) -> MapLayout:
        if len(papers) > 80:
            outlives.append(not current_thread().daemon)
            assert may_end.wait(60)
        try:
            layout = lay_out(papers, *args, **kwargs)
            drawn.append(len(papers))
            return layout
        finally:
            if len(papers) > 80:
                ended.set()

    async with running(small_trail(tmp_path, [*RCNN, *pairs(40)]), (100, 30)) as pilot:
        await press(pilot, "3")
        monkeypatch.setattr("papertrail.tui.map.view.lay_out", slow)
        await press(pilot, *ALL, "escape", beside="map")
        may_end.set()
        assert await to_thread(ended.wait, 60)
        await settle(pilot)
        assert "faster-rcnn" in shown(pilot) and "p79" not in shown(pilot)
    assert drawn == [], "the large one is given up at its next step, and the small one stands as it stood"
    assert outlives == [False], "quitting waits for no map"


@pytest.mark.parametrize("size", [(20, 6), (40, 12), (80, 24), (300, 90)])
async def test_any_size(tmp_path: Path, size: tuple[int, int]) -> None:
    async with running(small_trail(tmp_path), size) as pilot:
        await press(pilot, "3", "down", "down", "left")
        await pilot.resize_terminal(90, 30)
        await settle(pilot)
        assert "rcnn" in shown(pilot)


def test_signs_say_it_without_colour(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        library.notes.save("rcnn", NOTE, None)
        library.statuses.set(["rcnn", "sppnet"], Status.READ)
    with in_terminal(home, environ={"NO_COLOR": "1"}) as terminal:
        terminal.wait_for("of 100 counted")
        terminal.press("3")
        terminal.wait_for("needed sections")
        terminal.wait_for("faster-rcnn")
        terminal.press("q")
        assert terminal.end() == 0
        assert "●✓" in terminal.seen.decode() and "●✎" in terminal.seen.decode()
        assert all(is_grey(match[0]) for match in COLOUR.finditer(terminal.seen))


async def test_an_empty_trail(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path, []), (80, 24)) as pilot:
        await press(pilot, "3")
        assert "No papers yet: a adds one from arXiv." in shown(pilot)
        await press(
            pilot, "n", "c", "down", "enter", "s", "right_square_bracket", "0", "b", "slash", "escape"
        )
        assert pilot.app.is_running


async def test_the_paper_under_the_cursor_is_told_beside_the_map_where_there_is_room(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        change = "It learns through the pooling, which is said here at such a length that no line holds it."
        library.notes.save("fast-rcnn", f"## Key idea\n\n### from sppnet\n\n{change}\n", None)
    async with running(home, (140, 40)) as pilot:
        await press(pilot, "3", "home", "down", "down")
        pane = pilot.app.screen.query_one(DetailPane)
        assert pane.display
        lines = [text.rpartition("▏")[2].strip() for text in shown(pilot).split("\n")]
        assert change in " ".join(lines)
        await pilot.resize_terminal(100, 30)
        await settle(pilot)
        assert not pane.display and "from sppnet: It learns" in shown(pilot)


async def test_all_papers_and_back_again(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path), (100, 30)) as pilot:
        await press(pilot, "3", "right_square_bracket", "end")
        view = pilot.app.screen.query_one(MapView)
        assert view.cursor == "adam"
        await press(pilot, *ALL)
        assert "All papers" in shown(pilot) and view.cursor == "adam"
        await press(pilot, "escape")
        assert "SGD  0 of 2" in shown(pilot) and view.cursor == "adam"
        await press(pilot, "0", "escape")
        assert "SGD  0 of 2" in shown(pilot)
        await press(pilot, "left_square_bracket", "down", "right_square_bracket")
        assert view.cursor == "adam", "each lineage keeps its place"
        await press(pilot, "left_square_bracket")
        assert view.cursor == "sppnet"


async def test_what_other_lineages_made_of_it_is_shown_and_hidden(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        library.lineages.link("adam", "faster-rcnn")
    async with running(home, (100, 30)) as pilot:
        await press(pilot, "3")
        assert "adam" not in shown(pilot)
        await press(pilot, "greater_than_sign", "end", "down")
        assert "adam 2014" in shown(pilot)
        assert pilot.app.screen.query_one(MapView).cursor == "adam"
        await press(pilot, "greater_than_sign")
        assert "adam" not in shown(pilot)


async def test_a_paper_is_found_in_another_lineage(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path), (100, 30)) as pilot:
        await press(pilot, "3", "slash")
        await write(pilot, "stochastic")
        assert "A Stochastic Approximation Method" in shown(pilot) and "robbins-monro" in shown(pilot)
        await press(pilot, "down", "enter")
        assert pilot.app.screen.query_one(MapView).cursor == "robbins-monro"
        assert "SGD  0 of 2" in shown(pilot)
        await press(pilot, "slash")
        await write(pilot, "nobody")
        await press(pilot, "enter")
        assert "nothing found with all these words" in shown(pilot)
        await press(pilot, *["backspace"] * 6)
        await write(pilot, "fast")
        await press(pilot, "enter")
        assert pilot.app.screen.query_one(MapView).cursor == "fast-rcnn", "the first that fits"
        await press(pilot, "slash")
        await write(pilot, "sgd")
        await press(pilot, "enter")
        assert "SGD  0 of 2" in shown(pilot), "lineages are drawn, too"


async def test_a_lineage_chosen_among_the_papers_is_drawn_and_the_other_way_round(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path), (140, 30)) as pilot:
        await press(pilot, "tab", "end", "3")
        assert "SGD  0 of 2" in shown(pilot)
        await press(pilot, "left_square_bracket", "2")
        assert "R-CNN to Faster R-CNN · 4 papers" in shown(pilot)
        await press(pilot, "1", "3")
        assert "R-CNN to Faster R-CNN  0 of 4" in shown(pilot)


async def test_papers_are_put_in_order_on_the_map(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    async with running(home, (100, 30)) as pilot:
        await press(pilot, "3", "end", "K")
        assert "faster-rcnn is number 3 of 4 in R-CNN to Faster R-CNN" in shown(pilot)
        await press(pilot, *ALL, "J")
        assert "not in the queue" in shown(pilot), "all papers are no lineage"
    with opened(home) as library:
        assert library.lineages.members()["R-CNN to Faster R-CNN"] == [
            "rcnn", "sppnet", "faster-rcnn", "fast-rcnn",
        ]  # fmt: skip


async def test_a_window_further_the_cursor_comes_along(tmp_path: Path) -> None:
    rows = [("Long", f"p{n:02}", "T", "", "2015", "", "", "", f"p{n - 1:02}" if n else "") for n in range(30)]
    async with running(small_trail(tmp_path, rows), (80, 24)) as pilot:
        await press(pilot, "3", "pagedown")
        view = pilot.app.screen.query_one(MapView)
        assert view.cursor == "p03" and "p03" in shown(pilot)
        await press(pilot, "pagedown", "pageup", "pageup", "pageup")
        assert view.cursor == "p00" and "p00" in shown(pilot)


async def test_a_lineage_without_papers(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        library.lineages.put("Empty", [])
    async with running(home, (100, 30)) as pilot:
        await press(pilot, "3", "left_square_bracket")
        assert "Empty  no papers yet" in shown(pilot)
        assert "No papers in this lineage yet" in shown(pilot)
        await press(pilot, "c")
        assert "there is no paper to compare" in shown(pilot)
        await press(pilot, "n", "down", "enter", "s", "pagedown", "L", "escape")
        assert isinstance(pilot.app.screen, MapScreen)


async def test_a_change_of_status_moves_no_box(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path), (100, 30)) as pilot:
        await press(pilot, "3")
        view = pilot.app.screen.query_one(MapView)
        before = view._layout_shown
        await press(pilot, "s")
        after = view._layout_shown
        assert before is not None and after is not None
        assert after.routes is before.routes, "it is not laid out again"
        assert after.boxes["rcnn"].paper.status is Status.READING


def drawn_map(view: LineageView, width: int) -> list[str]:
    """Return the lines of a map on a screen so wide."""
    layout = lay_out(view.papers, view.links, width=width - 4, edge_texts=view.changes)
    return ["".join(run.text for run in row).rstrip() for row in draw(layout)]


def map_on(lines: list[str], drawn: list[str], width: int) -> bool:
    """Tell whether a screen's lines hold the beginning of a map, cell by cell."""
    top = next((n for n, text in enumerate(lines) if text[1:].startswith(drawn[0][: width - 3])), len(lines))
    shown_rows = [text[1 : width - 2].rstrip() for text in lines[top : len(lines) - 7]]
    wanted = [text[: width - 3].rstrip() for text in drawn[: len(shown_rows)]]
    return shown_rows[: len(wanted)] == wanted and len(wanted) >= min(len(drawn), 10)


@pytest.mark.parametrize("environ", [{}, {"NO_COLOR": "1"}], ids=["colour", "no colour"])
def test_the_seeded_lineages_in_a_real_terminal(tmp_path: Path, environ: dict[str, str]) -> None:
    home = create_trail(tmp_path / "trail")
    with opened(home) as library:
        views = [library.maps.view(line.name) for line in library.lineages.all()[:6]]
    with in_terminal(home, environ=environ) as terminal:
        terminal.wait_for("of 100 counted")
        terminal.press("3")
        for number, view in enumerate(views):
            if number:
                terminal.press("]")
            terminal.wait_for(view.progress.name)
            drawn = drawn_map(view, 100)
            terminal.wait_until(lambda text, drawn=drawn: map_on(text.split("\n"), drawn, 100))  # type: ignore[misc]
        terminal.press("q")
        assert terminal.end() == 0
    assert bool([match for match in COLOUR.finditer(terminal.seen) if not is_grey(match[0])]) is (not environ)


async def test_long_words_about_a_paper_take_the_lines_there_are(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    long = " ".join(f"word{number}" for number in range(60))
    with opened(home) as library:
        library.notes.save(
            "fast-rcnn", f"## Key idea\n\n### from rcnn\n\n{long}\n\n### from sppnet\n\nShort.", None
        )
    for size, rows in (((80, 24), 3), ((80, 40), 5)):
        async with running(home, size) as pilot:
            await press(pilot, "3", "home", "down", "down")
            lines = [text.strip() for text in shown(pilot).split("\n")[-1 - rows : -1]]
            assert lines[0] == "Fast R-CNN" and lines[1].startswith("from rcnn: word0 word1")
            assert lines[-1].count("…") == 1 and lines[-1].endswith("…") and all(lines)


async def test_a_lineage_removed_elsewhere_is_told(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    async with running(home, (100, 30)) as pilot:
        await press(pilot, "3", "right_square_bracket")
        with opened(home) as other:
            other.lineages.remove("SGD")
        look_for_news(pilot)
        await settle(pilot)
        assert "no lineage is called SGD any more" in shown(pilot)
        assert "R-CNN to Faster R-CNN  0 of 4" in shown(pilot)


async def test_the_cursor_is_seen_with_what_is_around_it(tmp_path: Path) -> None:
    rows = [("Long", f"p{n:02}", "T", "", "2015", "", "", "", f"p{n - 1:02}" if n else "") for n in range(30)]
    async with running(small_trail(tmp_path, rows), (80, 24)) as pilot:
        await press(pilot, "3", *["down"] * 9)
        text = shown(pilot)
        assert all(f"p{n:02}" in text for n in (8, 9, 10)), "the one before and the one after"


async def test_a_lineage_renamed_elsewhere_stays_in_sight(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    async with running(home, (100, 30)) as pilot:
        await press(pilot, "3", "right_square_bracket")
        with opened(home) as other:
            other.lineages.rename("SGD", "名字很长" * 25)
        look_for_news(pilot)
        await settle(pilot)
        assert "robbins-monro" in shown(pilot)
        assert "… 0 of 2 counted · 2 unread · 0 % of needed sections" in " ".join(
            shown(pilot).split("\n")[2].split()
        )


async def test_the_lines_below_tell_of_what_is_there(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    async with running(home, (80, 24)) as pilot:
        await press(pilot, "3", "n")
        assert "this is the next step: s begins it" in shown(pilot)
        await press(pilot, "s", "n")
        assert "you are at it, s says it is read" in shown(pilot)
        await press(pilot, "down", "up")
        assert "next step" not in shown(pilot)
        with opened(home) as other:
            other.statuses.set(["rcnn"], Status.READ)
        look_for_news(pilot)
        await settle(pilot)
        assert "owes Problem" in shown(pilot), "read by another program meanwhile"
        with opened(home) as other:
            other.statuses.set(["sppnet", "fast-rcnn"], Status.READ)
            other.statuses.set(["faster-rcnn"], Status.DROPPED)
        look_for_news(pilot)
        await settle(pilot)
        await press(pilot, "n")
        assert "every paper of this lineage is read or left aside; ] shows the next lineage" in shown(pilot)
        await press(pilot, "right_square_bracket")
        assert "left aside" not in shown(pilot) and "A Stochastic Approximation Method" in shown(pilot)


async def test_among_all_papers_the_next_step_is_the_one_suggested_everywhere(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    async with running(home, (100, 30)) as pilot:
        with opened(home) as other:
            other.statuses.set(["adam"], Status.READING)
        look_for_news(pilot)
        await press(pilot, "3", *ALL, "n")
        assert pilot.app.screen.query_one(MapView).cursor == "adam"
        await press(pilot, "slash", *"zzz")
        assert "nothing found with all these words" in shown(pilot)


def hint_of(pilot: Pilot[int]) -> str:
    """Return the lines between map and keys, as one."""
    rows = HINT_ROWS[pilot.app.size.height >= ROOMY]
    return " ".join(" ".join(shown(pilot).split("\n")[-1 - rows : -1]).split())


async def test_what_was_told_goes_when_the_lineage_is_another_than_it_was(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    async with running(home, (80, 24)) as pilot:
        await press(pilot, "3", "n")
        assert hint_of(pilot) == "this is the next step: s begins it"
        look_for_news(pilot)
        await settle(pilot)
        assert hint_of(pilot) == "this is the next step: s begins it", "nothing has changed"
        with opened(home) as other:
            other.lineages.move("R-CNN to Faster R-CNN", "faster-rcnn", None)
            other.lineages.unlink("faster-rcnn", "fast-rcnn")
        look_for_news(pilot)
        await settle(pilot)
        assert hint_of(pilot).startswith("Rich feature hierarchies"), "another paper comes first now"
        await press(pilot, "n")
        assert pilot.app.screen.query_one(MapView).cursor == "faster-rcnn"


@pytest.mark.parametrize("key", ["right_square_bracket", "0", "slash", "greater_than_sign", "n", "c"])
async def test_going_elsewhere_leaves_no_line_about_the_paper_before(tmp_path: Path, key: str) -> None:
    async with running(small_trail(tmp_path), (100, 30)) as pilot:
        await press(pilot, "3", "down", "s")
        assert hint_of(pilot).startswith("sppnet is being read")
        await press(pilot, key)
        if key == "slash":
            await write(pilot, "stochastic")
            await press(pilot, "enter")
        if key == "c":
            await press(pilot, "escape")
        if key == "0":
            await press(pilot, "end", "enter")
        told = hint_of(pilot)
        cursor = pilot.app.screen.query_one(MapView).cursor
        assert cursor == "sppnet" or "sppnet" not in told, told
        assert not told.startswith("sppnet is being read")


async def test_what_other_lineages_made_of_it_is_told_only_where_they_did(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        library.lineages.link("adam", "faster-rcnn")
    async with running(home, (100, 30)) as pilot:
        await press(pilot, "3", "greater_than_sign")
        assert hint_of(pilot) == "with what other lineages made of it: > hides it"
        await press(pilot, "greater_than_sign")
        assert hint_of(pilot) == "this lineage only"
        await press(pilot, "right_square_bracket", "greater_than_sign")
        assert hint_of(pilot) == "no other lineage builds on this one"
        await press(pilot, *ALL, "greater_than_sign")
        assert hint_of(pilot) == "all papers are here already"


@pytest.mark.parametrize("papers", [0, 1])
async def test_each_key_answers_where_there_is_no_lineage(tmp_path: Path, papers: int) -> None:
    home = small_trail(tmp_path, [("", "lone", "Lone", "", "2015", "", "", "", "")][:papers])
    async with running(home, (100, 30)) as pilot:
        await press(pilot, "3")
        told = {"greater_than_sign": "all papers are here already", "n": "this is the next step: s begins it"}
        for key in ("left_square_bracket", "greater_than_sign", "right_square_bracket", "n", "0"):
            pilot.app.screen.query_one("#hint", Static).update("")
            await press(pilot, key)
            wanted = told.get(key, "No lineages yet: L puts a paper into a new one.")
            assert hint_of(pilot) == (wanted if papers else "No papers yet: a adds one from arXiv."), key


async def test_a_paper_in_no_lineage_is_found_and_one_comes_back(tmp_path: Path) -> None:
    rows = [*RCNN, ("", "lone", "A lone paper", "", "2015", "", "", "", "")]
    async with running(small_trail(tmp_path, rows), (100, 30)) as pilot:
        await press(pilot, "3", "right_square_bracket", "slash")
        await write(pilot, "lone")
        await press(pilot, "enter")
        assert "All papers" in shown(pilot) and hint_of(pilot) == "A lone paper"
        await press(pilot, "escape")
        assert "SGD  0 of 2" in shown(pilot)


async def test_a_lineage_with_the_same_papers_is_named_where_one_is_gone(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    async with running(home, (100, 30)) as pilot:
        await press(pilot, "3", "right_square_bracket")
        with opened(home) as other:
            other.lineages.rename("SGD", "Descent")
        look_for_news(pilot)
        await settle(pilot)
        assert hint_of(pilot) == "no lineage is called SGD any more; Descent has its papers"


async def test_the_note_about_a_lineage_is_written_from_its_title(tmp_path: Path) -> None:
    home = small_trail(tmp_path, RCNN)
    async with running(home, (100, 30)) as pilot:
        await press(pilot, "3")
        await pilot.click("#map-title")
        await settle(pilot)
        assert isinstance(pilot.app.screen, SummaryEditor)
        assert "The line in three sentences" in shown(pilot)
        await write(pilot, "One pass.")
        await press(pilot, "ctrl+s", "ctrl+t", "escape")
        assert isinstance(pilot.app.screen, MapScreen) and "the note about this lineage is saved" in shown(
            pilot
        )
        pilot.app.screen.query_one("#map-title").focus()
        await settle(pilot)
        assert "e writes the note about this lineage" in shown(pilot)
        await press(pilot, "e")
        assert "One pass." in shown(pilot)
        await press(pilot, "escape", "u", "y")
    assert home.notes.joinpath("lineages").is_dir()


async def test_the_signs_in_sight_are_explained_at_the_foot_where_there_is_room(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        library.statuses.set(["sppnet"], Status.READ)
        library.lineages.link("rcnn", "adam")
    async with running(home, (100, 30)) as pilot:
        await press(pilot, "3")
        rows = [text.strip() for text in shown(pilot).split("\n")]
        told = "○ unread   ● read   ✎ owes a note   ▽ read before its parents"
        assert [text.startswith(told) for text in rows].count(True) == 1
        assert "✕ dropped" not in shown(pilot) and "✓ counted" not in shown(pilot), "only those that occur"
        await press(pilot, "end", "d")
        assert "✕ dropped" in shown(pilot)
        await pilot.resize_terminal(80, 24)
        await settle(pilot)
        assert "✕ dropped" in shown(pilot).split("\n")[-2], "a row that words about the paper leave free"


async def test_papers_stand_by_their_years_on_every_map_until_told_otherwise(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path), (80, 24)) as pilot:
        await press(pilot, "3", "Y")
        view = pilot.app.screen.query_one(MapView)
        text = shown(pilot)
        assert "the papers stand by year" in text and view.cursor == "rcnn"
        beside = [line[1:5] for line in text.split("\n") if line[5:7] == " ┤" and line[1:5].isdigit()]
        assert beside == ["2013", "2014", "2015"]
        await press(pilot, "1", "3", "]")
        assert "1951 ┤" in shown(pilot)
        await press(pilot, "Y")
        assert "┤" not in shown(pilot) and "1951" in shown(pilot)


async def test_the_years_stay_in_sight_when_one_goes_to_the_right(tmp_path: Path) -> None:
    rows = [("Wide", f"a-key-as-long-as-any-{n}", "T", "", "2015", "", "", "", "root") for n in range(70)]
    rows.insert(0, ("Wide", "root", "T", "", "2014", "", "", "", ""))
    async with running(small_trail(tmp_path, rows), (60, 20)) as pilot:
        await press(pilot, "3", "Y")
        view = pilot.app.screen.query_one(MapView)
        await until(pilot, "2014 ┤")
        await press(pilot, "end")
        await settle(pilot)
        assert view.scroll_x > 0 and view.cursor in shown(pilot)
        assert shown(pilot).count("\n      │") > 5, "the scale"
        await pilot.click(view, offset=(3, 3))
        assert view.cursor == "a-key-as-long-as-any-69", "nothing is behind the years"


async def test_all_lineages_as_blocks_in_time_and_one_is_opened(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        library.lineages.link("rcnn", "adam")
        library.lineages.put("Empty 空", [])
    async with running(home, (100, 30)) as pilot:
        await press(pilot, "3", "0")
        text = shown(pilot)
        assert isinstance(pilot.app.screen, OverviewScreen)
        assert "All lineages  3 lineages · 6 papers, 1951–2015 · 0 counted" in text
        rows = [row.split() for row in text.split("\n")]
        names = [row[0] for row in rows if "/" in row][1:-1]
        assert names == ["SGD", "R-CNN", "Empty", "All"], "the oldest first"
        assert "builds on SGD 1" in text and "━ counted" in text
        await press(pilot, "up")
        assert "built on by R-CNN to Faster R-CNN 1" in shown(pilot) and "↓1" in shown(pilot)
        await press(pilot, "enter")
        assert "SGD  0 of 2" in shown(pilot) and isinstance(pilot.app.screen, MapScreen)
        await press(pilot, "0", "down", "0")
        assert "SGD  0 of 2" in shown(pilot), "nothing was chosen"
        await press(pilot, "0", "end")
        assert "every paper on one map" in shown(pilot)
        with opened(home) as other:
            other.lineages.rename("SGD", "Descent")
        look_for_news(pilot)
        await settle(pilot)
        assert "Descent" in shown(pilot)
        await press(pilot, "home", "enter")
        assert "Descent  0 of 2" in shown(pilot)
        await press(pilot, "0", "slash")
        await write(pilot, "faster")
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, PaperScreen)


@pytest.mark.parametrize("size", [(20, 6), (40, 12), (200, 50)])
async def test_all_lineages_at_any_size(tmp_path: Path, size: tuple[int, int]) -> None:
    rows = [(f"Lineage {n}", f"p{n}", "T", "", str(1990 + n), "", "", "", "") for n in range(12)]
    async with running(small_trail(tmp_path, rows), size) as pilot:
        await press(pilot, "3", "0", "end", "home")
        assert ("more below" in shown(pilot)) == (size == (40, 12))
        assert "━ counted" in shown(pilot) or size == (20, 6), "in a row that is free"
        await press(pilot, "pagedown", "up")
        await pilot.click("#overview", offset=(5, 3))
        await settle(pilot)
        await press(pilot, "end")
        assert "every paper" in shown(pilot)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, MapScreen)


async def test_the_neighbourhood_of_a_paper_one_step_and_two(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        library.lineages.link("adam", "faster-rcnn")
        library.lineages.link("rcnn", "robbins-monro")
    async with running(home, (100, 30)) as pilot:
        await press(pilot, "3", "end", "b")
        view = pilot.app.screen.query_one(MapView)
        text = shown(pilot)
        assert "Around faster-rcnn" in text and view.cursor == "faster-rcnn"
        assert "fast-rcnn" in text and "adam 2014" in text and "sppnet" not in text
        await press(pilot, "B")
        assert "sppnet" in shown(pilot) and "robbins-monro" not in shown(pilot)
        await press(pilot, "up", "up", "b")
        assert view.cursor in ("rcnn", "sppnet") and f"Around {view.cursor}" in shown(pilot)
        await press(pilot, "b")
        assert "R-CNN to Faster R-CNN  0 of 4" in shown(pilot), "the same key goes back"
        await press(pilot, "b", "escape")
        assert "R-CNN to Faster R-CNN  0 of 4" in shown(pilot)
        await press(pilot, "b", "right_square_bracket")
        assert "SGD  0 of 2" in shown(pilot)
