"""Notes read down one question, side by side, and as a table of which answers there are."""

import re
from pathlib import Path

import pytest
from textual.pilot import Pilot

from papertrail.domain.paper import Status
from papertrail.library import Home
from papertrail.tui.compare.screen import CompareScreen
from papertrail.tui.frame.detail_pane import DetailPane
from papertrail.tui.map.view import MapView
from papertrail.tui.note.editor import NoteEditor
from papertrail.tui.paper.screen import PaperScreen
from papertrail.tui.widgets.sheet import Sheet
from tests.trails import HOSTILE_TITLES, NOTE, opened, small_trail
from tests.tui.driving import look_for_news, press, running, settle, shown

R = "R-CNN to Faster R-CNN"
OWING = NOTE.replace("Share the convolutions with the proposals.", "").replace(
    "Region proposals are slow.", "Every crop is\nwarped."
)


def noted(root: Path) -> Home:
    """Make a trail in which rcnn is counted and sppnet owes its key idea."""
    home = small_trail(root)
    with opened(home) as library:
        library.notes.save("rcnn", NOTE, None)
        library.notes.save("sppnet", OWING, None)
        library.statuses.set(["rcnn", "sppnet"], Status.READ)
    return home


def screen(pilot: Pilot[int]) -> CompareScreen:
    assert isinstance(pilot.app.screen, CompareScreen)
    return pilot.app.screen


async def test_three_papers_down_one_question_and_the_owed_section_written_from_there(tmp_path: Path) -> None:
    home = noted(tmp_path)
    async with running(home, (100, 40)) as pilot:
        await press(pilot, "3", "home", "c")
        text = shown(pilot)
        assert f"Key idea: why did the authors design it this way?  needed to count · {R}" in text
        assert "Share the convolutions with the proposals." in text
        assert text.count("owed: e writes it") == 1, "a paper that is read owes"
        assert text.count("needed to count: e writes it") == 2, "one that is not read does not owe yet"
        await press(pilot, "left", "left")
        assert "Every crop is warped." in shown(pilot), "lines of a paragraph are joined"
        await press(pilot, "n")
        assert "Key idea: why" in shown(pilot) and screen(pilot)._paper == 1
        await press(pilot, "e")
        editor = pilot.app.screen
        assert isinstance(editor, NoteEditor)
        row = editor._area.cursor_location[0]
        above = [line for line in editor._area.text.split("\n")[:row] if line.startswith("## ")]
        assert above[-1].startswith("## Key idea")
        editor._area.insert("One pass an image.\n")
        await press(pilot, "ctrl+s", "escape")
        assert "One pass an image." in shown(pilot)
        assert "sppnet 2014  ✓ counted" in shown(pilot)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, PaperScreen)


async def test_a_paper_that_owes_is_compared_where_it_owes(tmp_path: Path) -> None:
    home = noted(tmp_path)
    with opened(home) as library:
        limits = OWING.replace("Anchors are a hand-made prior.", "")
        library.notes.save("sppnet", limits + "\n", library.notes.open("sppnet").sha256)
        library.notes.save("sppnet", NOTE.partition("## Limits")[0], library.notes.open("sppnet").sha256)
    async with running(home, (100, 30)) as pilot:
        await press(pilot, "3")
        pilot.app.screen.query_one(MapView).cursor = "sppnet"
        await press(pilot, "c")
        assert "Limits and what I would change" in shown(pilot)


@pytest.mark.parametrize("size", [(80, 24), (100, 12)])
async def test_a_long_answer_is_read_to_its_end_by_one_key(tmp_path: Path, size: tuple[int, int]) -> None:
    home = noted(tmp_path)
    words = "\n".join(f"- point number {number}" for number in range(60))
    with opened(home) as library:
        text = NOTE.replace("Share the convolutions with the proposals.", words)
        library.notes.save("rcnn", text, library.notes.open("rcnn").sha256)
        library.notes.save("faster-rcnn", text, None)
    async with running(home, size) as pilot:
        await press(pilot, "3", "home", "c")
        seen = shown(pilot)
        for _ in range(24):
            if screen(pilot)._paper:
                break
            await press(pilot, "down")
            seen += shown(pilot)
        assert set(re.findall(r"point number (\d+)", seen)) == {str(number) for number in range(60)}
        assert screen(pilot)._paper == 1
        await press(pilot, "up")
        assert screen(pilot)._paper == 0
        await press(pilot, "end")
        assert screen(pilot)._paper == 3
        await press(pilot, *["down"] * 16)
        assert "point number 59" in shown(pilot), "the last one, too"
        await press(pilot, "pageup")
        assert "point number 59" not in shown(pilot)
        await press(pilot, "home", "space")
        assert not re.search(r"point number 0\b", shown(pilot))


async def test_marked_papers_side_by_side_in_full(tmp_path: Path) -> None:
    home = noted(tmp_path)
    async with running(home, (100, 20)) as pilot:
        await press(pilot, "home", "space", "space", "home", "c")
        assert "chosen papers · 2 papers" in shown(pilot)
        await press(pilot, "left", "left", "v")
        lines = shown(pilot).split("\n")
        row = next(text for text in lines if "Region proposals are slow." in text)
        assert "Every crop is warped." in row, "side by side"
        assert any("● rcnn 2013" in text and "● sppnet 2014" in text for text in lines)
        assert "←→ paper  ↑↓ question" in shown(pilot)
        for _ in range(7):
            await press(pilot, "down")
        assert "Questions" in shown(pilot), "the last question is reached"
        await press(pilot, "left", "e")
        assert isinstance(pilot.app.screen, NoteEditor)
        assert pilot.app.screen._key == "rcnn"
        await press(pilot, "escape", "escape")
        assert "Questions  chosen papers" in shown(pilot), "back to one question, the same"
        await press(pilot, "escape", "escape", "tab", "home", "enter", "c")
        assert "mark two papers or more" in shown(pilot)


async def test_the_window_of_papers_side_by_side_follows(tmp_path: Path) -> None:
    async with running(noted(tmp_path), (80, 30)) as pilot:
        await press(pilot, "3", "home", "c", "v")
        assert "rcnn 2013" in shown(pilot) and "fast-rcnn 2015" not in shown(pilot)
        await press(pilot, "right", "right")
        assert "sppnet 2014" in shown(pilot) and "fast-rcnn 2015" in shown(pilot)
        await press(pilot, "left")
        assert "sppnet 2014" in shown(pilot) and "fast-rcnn 2015" in shown(pilot), "no jump"


async def test_the_overview_tells_which_answers_there_are(tmp_path: Path) -> None:
    async with running(noted(tmp_path), (80, 24)) as pilot:
        await press(pilot, "3", "home", "c", "o")
        lines = shown(pilot).split("\n")
        assert "■ written, □ needed to count" in "".join(lines[:3])
        rcnn = next(text for text in lines if "● rcnn" in text)
        assert rcnn.split("rcnn")[1].split()[:8] == ["■", "·", "■", "·", "·", "■", "·", "·"]
        assert "Share the convolutions with the propo" in rcnn
        sppnet = next(text for text in lines if "● sppnet" in text)
        assert sppnet.split("sppnet")[1].split() == ["■", "·", "□", "·", "·", "■", "·", "·"]
        assert "e writes it" not in shown(pilot), "signs tell it, and the line above says what they mean"
        await press(pilot, "down")
        assert shown(pilot).count("owed: e writes it") == 1, "in full below, of the paper that is chosen"
        await press(pilot, "left", "left")
        assert "▾ Problem" in shown(pilot) and "Every crop is warped." in shown(pilot)
        await press(pilot, "enter")
        assert f"Problem  needed to count · {R}" in shown(pilot) and screen(pilot)._paper == 1


async def test_the_overview_tells_once_why_a_note_cannot_be_read(tmp_path: Path) -> None:
    home = noted(tmp_path)
    (home.root / "notes" / "fast-rcnn.md").write_bytes(b"\xff\xfe\x00 not text")
    async with running(home, (100, 30)) as pilot:
        await press(pilot, "3", "home", "c", "o")
        assert "✗ cannot be read" in "".join(shown(pilot).split("\n")[:3])
        assert "UTF-8" not in shown(pilot)
        await press(pilot, "down", "down")
        assert shown(pilot).count("UTF-8") == 1


async def test_a_long_answer_of_the_overview_is_paged(tmp_path: Path) -> None:
    home = noted(tmp_path)
    words = "\n".join(f"- point number {number}" for number in range(60))
    with opened(home) as library:
        text = NOTE.replace("Share the convolutions with the proposals.", words)
        library.notes.save("rcnn", text, library.notes.open("rcnn").sha256)
    async with running(home, (80, 24)) as pilot:
        await press(pilot, "3", "home", "c", "o")
        assert "point number 1\n" in re.sub(r" +\n", "\n", shown(pilot))
        await press(pilot, *["pagedown"] * 8)
        assert "point number 59" in shown(pilot) and "● sppnet" in shown(pilot), "the table stays"
        await press(pilot, "escape")
        assert "Overview" not in shown(pilot) and "point number 0" in shown(pilot)


async def test_a_name_that_stays_above_is_never_an_empty_answer(tmp_path: Path) -> None:
    """Below it stands the rest of the answer, or a sign that the answer is above."""
    home = noted(tmp_path)
    words = "\n".join(f"- point number {number}" for number in range(20))
    with opened(home) as library:
        text = NOTE.replace("Share the convolutions with the proposals.", words)
        library.notes.save("rcnn", text, library.notes.open("rcnn").sha256)
    async with running(home, (80, 24)) as pilot:
        await press(pilot, "3", "home", "c")
        sheet = screen(pilot).query_one("#sheet", Sheet)
        for line in range(60):
            sheet.scroll_to(y=line, animate=False, force=True, immediate=True)
            rows = [sheet.render_line(y).text.strip("▎ ") for y in range(sheet.size.height)]
            head = len(sheet._header)
            if rows[head].startswith("● rcnn"):
                assert rows[head + 1].startswith("•"), line
        await press(pilot, "v")
        sheet.scroll_to(y=sheet.scroll_y + 6, animate=False, force=True, immediate=True)
        rows = [sheet.render_line(y).text for y in range(sheet.size.height)]
        assert "Key idea" in rows[len(sheet._header)]
        assert "point number" in rows[len(sheet._header) + 1] and "↑" in rows[len(sheet._header) + 1]


async def test_a_click_chooses(tmp_path: Path) -> None:
    async with running(noted(tmp_path), (100, 30)) as pilot:
        await press(pilot, "3", "home", "c", "o")
        await pilot.click(Sheet, offset=(8, 4))
        await settle(pilot)
        assert screen(pilot)._paper == 2
        await press(pilot, "v")
        await pilot.click(Sheet, offset=(60, 5))
        await settle(pilot)
        assert screen(pilot)._paper == screen(pilot)._side.start + 1


async def test_keys_are_explained(tmp_path: Path) -> None:
    async with running(noted(tmp_path), (140, 60)) as pilot:
        await press(pilot, "3", "question_mark")
        text = shown(pilot)
        for words in (
            "The map",
            "Up along the lines, down along them",
            "Next step",
            "Lineage before",
            "All lineages",
            "Compare",
        ):
            assert words in text, words
        await press(pilot, "escape", "c", "question_mark")
        text = shown(pilot)
        for words in ("Reading down one question", "Side by side", "Overview", "Next owed", "Page down"):
            assert words.lower() in text.lower(), words


async def test_hostile_notes_are_inert(tmp_path: Path) -> None:
    rows = [
        ("Evil [/b]", f"evil-{number}", title, title, "2014", "", "", "", "")
        for number, title in enumerate(HOSTILE_TITLES)
    ]
    home = small_trail(tmp_path, rows)
    with opened(home) as library:
        for number, title in enumerate(HOSTILE_TITLES):
            evil = (
                NOTE.replace("Share the", f"{title[:90]} share the").replace("\x1b", "").replace("\x9b", "")
            )
            evil += (
                f"\n## {title[:60]}\n\n[x](javascript:1) <b>{title[:90]}</b>\n\n```{title[:20]}\n{title[:90]}"
            )
            library.notes.save(f"evil-{number}", evil, None)
    async with running(home, (100, 60)) as pilot:
        await press(pilot, "3", "home", "c")
        for keys in (["right"] * 16, ["v", *["right"] * 7, "end"], ["o", "left", "end", "enter"]):
            for key in keys:
                await press(pilot, key)
                assert "\x1b" not in shown(pilot) and "\u202e" not in shown(pilot)
        assert isinstance(pilot.app.screen, CompareScreen)


@pytest.mark.parametrize("size", [(10, 4), (20, 6), (300, 90)])
async def test_any_size(tmp_path: Path, size: tuple[int, int]) -> None:
    async with running(noted(tmp_path), size) as pilot:
        await press(pilot, "3", "c", "down", "v", "down", "right", "o", "down")
        await pilot.resize_terminal(90, 30)
        await settle(pilot)
        assert "rcnn" in shown(pilot)


async def test_what_is_read_on_keeps_its_name_above_it(tmp_path: Path) -> None:
    home = noted(tmp_path)
    words = "\n".join(f"- point number {number}" for number in range(60))
    with opened(home) as library:
        text = NOTE.replace("Share the convolutions with the proposals.", words)
        library.notes.save("rcnn", text, library.notes.open("rcnn").sha256)
    async with running(home, (80, 24)) as pilot:
        await press(pilot, "3", "home", "c", "down", "down")
        lines = shown(pilot).split("\n")
        assert "rcnn 2013  ✓ counted" in "".join(lines[5:7]) and "point number 0" not in "".join(lines)
        await press(pilot, "tab")
        assert screen(pilot)._paper == 1, "on, however much is left"
        await press(pilot, "shift+tab", "v", "down")
        assert "papers 1–2 of 4" in shown(pilot)
        assert "Key idea: why did the authors" in shown(pilot)


async def test_text_is_as_wide_after_a_short_page_as_before(tmp_path: Path) -> None:
    home = noted(tmp_path)
    with opened(home) as library:
        long = NOTE.replace("Share the", f"{'words ' * 400} share the")
        library.notes.save("rcnn", long, library.notes.open("rcnn").sha256)
    async with running(home, (80, 24)) as pilot:
        await press(pilot, "3", "home", "c")
        before = shown(pilot)
        await press(pilot, "o", "escape")
        assert shown(pilot) == before


async def test_tables_lose_nothing(tmp_path: Path) -> None:
    home = noted(tmp_path)
    cell = "对每个区域做一次前向传播所以很慢而且要占用很多磁盘空间"
    table = f"| 方法 | 说明 | 还有 |\n| --- | --- | --- |\n| 甲 | {cell} | {cell[::-1]} |\n"
    with opened(home) as library:
        text = NOTE.replace("Share the convolutions with the proposals.", table)
        library.notes.save("rcnn", text, library.notes.open("rcnn").sha256)
    async with running(home, (80, 40)) as pilot:
        await press(pilot, "3", "home", "c", "v")
        text = shown(pilot)
        assert "…" not in text.split("Key idea")[1].split("Structure")[0]
        assert all(letter in text for letter in cell)


async def test_what_other_programs_change_shows_while_one_compares(tmp_path: Path) -> None:
    home = noted(tmp_path)
    async with running(home, (120, 30)) as pilot:
        await press(pilot, "3", "end", "c")
        assert screen(pilot)._paper == 3
        with opened(home) as other:
            other.statuses.set(["fast-rcnn"], Status.READ)
            other.lineages.take_out(R, ["rcnn"])
        (home.notes / "faster-rcnn.md").write_text("## Key idea\n\nWritten elsewhere.\n", encoding="utf-8")
        look_for_news(pilot)
        await settle(pilot)
        text = shown(pilot)
        assert "fast-rcnn 2015  ✎ owes a note" in text and "Written elsewhere." in text
        assert f"{R} · 3 papers" in text and "● rcnn" not in text
        assert screen(pilot)._keys[screen(pilot)._paper] == "faster-rcnn", "the paper stays"


async def test_drawings_keep_their_lines_and_lose_nothing(tmp_path: Path) -> None:
    home = noted(tmp_path)
    drawing = "fc6, fc7 -----------------------------------------> classes"
    with opened(home) as library:
        text = NOTE.replace(
            "Share the convolutions with the proposals.", f"```text\n{drawing}\n   /  \\\n```"
        )
        library.notes.save("rcnn", text, library.notes.open("rcnn").sha256)
    async with running(home, (80, 40)) as pilot:
        await press(pilot, "3", "home", "c")
        assert drawing in shown(pilot)
        await press(pilot, "v")
        lines = [text[3:38].rstrip() for text in shown(pilot).split("\n")]
        at = next(number for number, text in enumerate(lines) if "fc6, fc7 ---" in text)
        assert lines[at].strip() + lines[at + 1].removeprefix("↪") == drawing
        assert lines[at + 2] == "    /  \\"


async def test_on_a_wide_screen_the_paper_that_is_read_is_told_beside_its_answer(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path), (200, 50)) as pilot:
        await press(pilot, "3", "c")
        await settle(pilot)
        pane = pilot.app.screen.query_one(DetailPane)
        assert pane.display and "not begun" in shown(pilot)
        first = pane.render().plain
        await press(pilot, "tab")
        assert pane.render().plain != first, "another paper"
        await press(pilot, "v")
        assert not pane.display, "papers side by side take all of the width"
