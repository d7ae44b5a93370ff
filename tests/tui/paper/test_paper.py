"""One paper in full: its lineage, its links, its note."""

from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot

from papertrail.domain.paper import Status
from papertrail.library import Home
from papertrail.tui.frame.detail_pane import TextPane
from papertrail.tui.note.editor import NoteEditor
from papertrail.tui.paper.note_pane import NotePane
from papertrail.tui.paper.screen import PaperScreen
from papertrail.tui.papers.screen import PapersScreen
from tests.arxiv_server import ArxivServer
from tests.openers import Opener
from tests.trails import NOTE, opened, small_trail
from tests.tui.driving import press, running, settle, shown, until, write

LINES = (
    ("A", "one", "One", "", "2001", "", "", "", ""),
    ("A; B", "two", "Two", "", "2002", "", "", "10.1000/two", "one"),
    ("A", "three", "Three", "", "2003", "", "", "", ""),
    ("B", "four", "Four", "", "2004", "", "2004.00001", "", ""),
    ("", "alone", "Alone", "", "2005", "", "", "", ""),
)


async def open_paper(pilot: Pilot[int], home: Home, key: str) -> PaperScreen:
    main = pilot.app.screen
    assert isinstance(main, PapersScreen)
    main.open_paper(key)
    await settle(pilot)
    screen = pilot.app.screen
    assert isinstance(screen, PaperScreen)
    return screen


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (140, 40)])
async def test_what_is_known_is_shown(tmp_path: Path, size: tuple[int, int]) -> None:
    home = small_trail(tmp_path)
    async with running(home, size=size) as pilot:
        await open_paper(pilot, home, "sppnet")
        text = shown(pilot)
        for words in (
            "Spatial Pyramid Pooling",
            "Kaiming He",
            "2014 · arXiv:1406.4729",
            "○ unread",
            "2 of 4",
        ):
            assert words in text
        assert "Nothing written yet. e begins the note." in text
        facts = pilot.app.screen.query_one("#paper-facts", TextPane).render()
        for words in (
            "[ ○ 2013 rcnn",
            "] ○ 2015 fast-rcnn",
            "builds on",
            "\n\nbuilt on by",
            "Key idea",
            "days",
            "links",
        ):
            assert words in str(facts)
        assert "abstract" in text and "abstract" not in str(facts), "where the note will be"
        keys = text.splitlines()[-1]
        assert "f fetch" in keys and "[ ] lineage" in keys and "earlier texts" not in keys


async def test_walking_stays_in_one_lineage(tmp_path: Path) -> None:
    home = small_trail(tmp_path, LINES)
    async with running(home) as pilot:
        await open_paper(pilot, home, "four")
        await press(pilot, "left_square_bracket")
        assert "Two" in shown(pilot)
        await press(pilot, "right_square_bracket")
        assert "Four" in shown(pilot)
        assert "the end of B" not in shown(pilot)
        await press(pilot, "right_square_bracket")
        assert "this is the end of B" in shown(pilot)
        await press(pilot, "escape")
        await open_paper(pilot, home, "two")
        await press(pilot, "right_square_bracket")
        assert "Three" in shown(pilot)
        await press(pilot, "escape")
        await open_paper(pilot, home, "alone")
        await press(pilot, "right_square_bracket")
        assert "in no lineage" in shown(pilot)


async def test_another_paper_begins_at_its_top(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        for key in ("rcnn", "sppnet"):
            library.notes.save(key, NOTE + "\n\n".join(f"Paragraph {n}." for n in range(40)), None)
    async with running(home, size=(80, 24)) as pilot:
        screen = await open_paper(pilot, home, "rcnn")
        note = screen.query_one(NotePane)
        await press(pilot, "end")
        note.scroll_end(animate=False)
        await settle(pilot)
        assert note.scroll_y > 10
        await press(pilot, "right_square_bracket")
        assert note.scroll_y == 0


@pytest.mark.parametrize(
    ("key", "status"),
    [("s", Status.READING), ("w", Status.QUEUED), ("d", Status.DROPPED), ("S", Status.UNREAD)],
)
async def test_status_keys(tmp_path: Path, key: str, status: Status) -> None:
    home = small_trail(tmp_path)
    async with running(home) as pilot:
        await open_paper(pilot, home, "rcnn")
        await press(pilot, key)
        assert f"{status.glyph} {status}" in shown(pilot)
    with opened(home) as library:
        assert library.papers.get("rcnn").summary.status is status


async def test_only_web_addresses_of_a_note_are_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = small_trail(tmp_path / "trail")
    opener = Opener(tmp_path / "programs")
    monkeypatch.setenv("PAPERTRAIL_OPENER", str(opener.path))
    with opened(home) as library:
        library.notes.save("rcnn", "[a](file:///etc/passwd) [b](javascript:x) [c](https://arxiv.org)", None)
    async with running(home) as pilot:
        screen = await open_paper(pilot, home, "rcnn")
        note = screen.query_one(NotePane)
        for href in ("file:///etc/passwd", "javascript:x", "https://a@arxiv.org", "https://arxiv.org"):
            note.post_message(NotePane.Followed("address", href))
            await settle(pilot)
            assert ("it is not opened" in shown(pilot)) is (href != "https://arxiv.org")
        assert opener.wait() == [repr(["https://arxiv.org"])]


async def test_the_note_is_written_and_shown(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    async with running(home) as pilot:
        await open_paper(pilot, home, "rcnn")
        await press(pilot, "e")
        assert isinstance(pilot.app.screen, NoteEditor)
        await write(pilot, "Proposals are slow")
        await press(pilot, "ctrl+s", "escape")
        text = shown(pilot)
        assert "Proposals are slow" in text
        assert "What was the field unable to do" not in text, "prompts stay in the file"
        assert text.count("Rich feature hierarchies") == 1, "the title is not said twice"
        assert "■ Problem" in text


@pytest.mark.parametrize(
    ("note", "is_set"),
    [("- an *item*\n" * 90, True), ("A *paragraph*.\n\n" * 1_000, True), ("*line*\n" * 12_000, False)],
)
async def test_a_note_is_set_up_to_some_length(tmp_path: Path, note: str, is_set: bool) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        library.notes.save("rcnn", note, None)
    async with running(home) as pilot:
        await open_paper(pilot, home, "rcnn")
        word = note.rsplit(maxsplit=1)[-1] if not is_set else note.rsplit(maxsplit=1)[-1].replace("*", "")
        assert word in shown(pilot) and ("*" in shown(pilot)) is not is_set
        await press(pilot, *["end", "pageup", "end"])
        assert word in shown(pilot) or "… the rest: e or E" in shown(pilot)


RICH = """## Problem

As **slow** as [the next](fast-rcnn.md), see https://example.org/a, `code` and [[sppnet]].

| a | b |
| --- | --- |
| 1 | 残差 |

```
for one in range(100_000): print("a line that is longer than the room there is for it, so it goes on")
```
"""


@pytest.mark.parametrize("size", [(80, 24), (140, 40)], ids=str)
async def test_a_note_is_read_its_links_clicked_its_words_selected(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        library.notes.save("rcnn", RICH.replace("```\nfor", "and so on\n\n" * 20 + "```\nfor"), None)
    async with running(home, size) as pilot:
        screen = await open_paper(pilot, home, "rcnn")
        note = screen.query_one(NotePane)
        note.scroll_home(animate=False)
        await press(pilot, "down", "j", "k")
        assert note.scroll_y == 1, "arrows scroll"
        rows = shown(pilot).split("\n")
        y = next(number for number, row in enumerate(rows) if "the next" in row)
        x = cell_len(rows[y][: rows[y].index("the next")])
        assert "fast-rcnn.md" not in "".join(rows) and "https://example.org/a" in " ".join(rows)
        await pilot.hover(offset=(x + 1, y))
        await settle(pilot)
        assert note._hovered is not None
        await pilot.mouse_down(offset=(x, y))
        await pilot.hover(offset=(x + 7, y))
        await settle(pilot)
        assert screen.get_selected_text() == "the next"
        assert shown(pilot).split("\n") == rows, "selected, it stays where it is"
        await pilot.mouse_up(offset=(x + 7, y))
        screen.clear_selection()
        await press(pilot, "end")
        told = shown(pilot).replace("↪", " ").split()
        assert "残差" in "".join(rows) and "so it goes on" in " ".join(told)
        note.scroll_to(y=1, animate=False)
        await settle(pilot)
        await pilot.click(offset=(x + 1, y))
        await settle(pilot)
        assert screen._key == "fast-rcnn"


async def test_a_note_that_cannot_be_read_is_one_line(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        library.notes.save("rcnn", NOTE, None)
        (home.notes / "rcnn.md").write_bytes(b"\xff\xfe\x00")
    async with running(home) as pilot:
        await open_paper(pilot, home, "rcnn")
        assert "not UTF-8" in shown(pilot)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, PapersScreen)


async def test_the_abstract_is_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = small_trail(tmp_path)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    with ArxivServer() as server:
        for name, value in server.env().items():
            monkeypatch.setenv(name, value)
        async with running(home) as pilot:
            await open_paper(pilot, home, "faster-rcnn")
            assert "not fetched yet: press f" in shown(pilot)
            await press(pilot, "f")
            await until(pilot, "papers fetched")
            assert "not fetched yet" not in shown(pilot)
        assert len(server.requests) == 1


async def test_a_network_that_is_down_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("PAPERTRAIL_ARXIV_API", "http://127.0.0.1:9/api/query")
    monkeypatch.setenv("PAPERTRAIL_ARXIV_DELAY", "0")
    home = small_trail(tmp_path)
    async with running(home) as pilot:
        screen = await open_paper(pilot, home, "faster-rcnn")
        await press(pilot, "f")
        assert pilot.app.screen is screen
        await until(pilot, "works without it")
        assert "esc stops" not in shown(pilot), "nothing is under way any more"


async def test_keys_before_the_paper_is_shown_are_about_it(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        screen = PaperScreen(library, "rcnn")
        chosen = screen.chosen_paper()
        assert chosen is not None and chosen.key == "rcnn"
        assert PaperScreen(library, "no-such").chosen_papers() == []


async def test_of_many_authors_ten_are_shown_and_the_others_counted(tmp_path: Path) -> None:
    authors = "; ".join(f"Ada Author{number}" for number in range(3000))
    home = small_trail(tmp_path, (("A", "many", "Many hands", authors, "2001", "", "", "", ""),))
    async with running(home, size=(140, 40)) as pilot:
        assert "Author9 and 2,990 more" in " ".join(shown(pilot).split()), "beside the list"
        await open_paper(pilot, home, "many")
        text = " ".join(shown(pilot).split())
        assert "Ada Author9 and 2,990 more" in text and "Author10" not in text
