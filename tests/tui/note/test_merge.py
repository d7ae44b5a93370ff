"""Two texts of one paper become one note on the screen, section by section."""

from pathlib import Path

import pytest

from papertrail.tui.note.merge import MergeScreen
from papertrail.tui.paper.screen import PaperScreen
from tests.cases import at_sizes
from tests.trails import NOTE, opened, small_trail
from tests.tui.driving import press, running, settle, shown, until
from tests.tui.paper.test_paper import open_paper

COPY = "rcnn (Anna's conflicted copy 2026-01-01).md"
THEIRS = (
    NOTE.replace("Region proposals are slow.", "Region proposals are slow, 2 seconds an image.")
    .replace("Share the convolutions", "Pool features out of the convolutions")
    .replace("Anchors are a hand-made prior.", "Anchors are a hand-made prior, and [/b] rigid.")
    + "\n## On the train\n\nWhat of small objects?\n"
)


@pytest.fixture
def trail(tmp_path: Path) -> Path:
    with opened(small_trail(tmp_path)) as library:
        library.notes.save("rcnn", NOTE, None)
    (tmp_path / "notes" / COPY).write_text(THEIRS, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_two_texts_are_merged_and_the_merge_is_taken_back(trail: Path, size: tuple[int, int]) -> None:
    note = trail / "notes/rcnn.md"
    async with running(small_trail(trail), size=size) as pilot:
        await open_paper(pilot, small_trail(trail), "rcnn")
        assert "M merge" in shown(pilot)
        await press(pilot, "M")
        assert isinstance(pilot.app.screen, MergeScreen)
        text = shown(pilot)
        for words in (
            "2 seconds an image",
            "Region proposals are slow",
            "› b both",
            "section 1 of 4 that differ",
        ):
            assert words in text
        await press(pilot, "m", "j")
        assert "section 2 of 4" in shown(pilot)
        await press(pilot, "t", "down", "down")
        assert "section 4 of 4" in shown(pilot)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, PaperScreen)
        assert "merged, " in shown(pilot)
        assert "M merge" not in shown(pilot)
        assert note.read_text(encoding="utf-8") == (
            NOTE.replace("Share the convolutions", "Pool features out of the convolutions").replace(
                "prior.", "prior, and [/b] rigid."
            )
            + "\n## On the train\n\nWhat of small objects?\n"
        )
        assert not (trail / "notes" / COPY).exists()
        await press(pilot, "u")
        assert note.read_text(encoding="utf-8") == NOTE
    with opened(small_trail(trail)) as library:
        kept = [library.history.text("rcnn", one) for one in library.history.revisions("rcnn")]
    assert THEIRS in kept


async def test_leaving_changes_nothing_and_without_a_second_text_the_key_says_so(trail: Path) -> None:
    async with running(small_trail(trail)) as pilot:
        await open_paper(pilot, small_trail(trail), "rcnn")
        await press(pilot, "M", "m", "escape")
        assert isinstance(pilot.app.screen, PaperScreen)
        assert (trail / "notes" / COPY).read_text(encoding="utf-8") == THEIRS
        await press(pilot, "escape")
        await open_paper(pilot, small_trail(trail), "adam")
        assert "M merge" not in shown(pilot)
        await press(pilot, "M")
        assert isinstance(pilot.app.screen, PaperScreen)
        assert "no note" in shown(pilot)


async def test_texts_that_say_the_same_need_no_choice(trail: Path) -> None:
    (trail / "notes" / COPY).write_text(NOTE + "\n\n", encoding="utf-8")
    async with running(small_trail(trail)) as pilot:
        await open_paper(pilot, small_trail(trail), "rcnn")
        await press(pilot, "M")
        assert "both say the same" in shown(pilot)
        await press(pilot, "m", "j", "enter")
        assert isinstance(pilot.app.screen, PaperScreen)
    assert not (trail / "notes" / COPY).exists()
    assert (trail / "notes/rcnn.md").read_text(encoding="utf-8") == NOTE


async def test_a_note_changed_meanwhile_is_merged_anew(trail: Path) -> None:
    note = trail / "notes/rcnn.md"
    async with running(small_trail(trail)) as pilot:
        await open_paper(pilot, small_trail(trail), "rcnn")
        await press(pilot, "M")
        note.write_text(NOTE + "\nlater\n", encoding="utf-8")
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, MergeScreen)
        assert note.read_text(encoding="utf-8") == NOTE + "\nlater\n"


@pytest.mark.parametrize(
    "text", ["", "\x1b]52;c;x\x07[@click=app.quit]x", "\x00" * 10, "x" * 5000, "残差 " * 900]
)
async def test_any_second_text_can_be_looked_at_and_merged(trail: Path, text: str) -> None:
    (trail / "notes" / COPY).write_text(text, encoding="utf-8")
    async with running(small_trail(trail), size=(80, 24)) as pilot:
        await open_paper(pilot, small_trail(trail), "rcnn")
        await press(pilot, "M", "down", "b", "up", "enter")
        assert isinstance(pilot.app.screen, PaperScreen)
    assert NOTE.split()[-1] in (trail / "notes/rcnn.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_a_folder_that_is_gone_is_told_above_every_screen_until_it_is_back(
    trail: Path, size: tuple[int, int]
) -> None:
    (trail / "notes").rename(trail / "elsewhere")
    async with running(small_trail(trail), size=size, mode="today") as pilot:
        for keys in ((), ("2",), ("3",)):
            await press(pilot, *keys)
            assert "notes/ is gone, with 1 note" in shown(pilot).splitlines()[0]
        await press(pilot, "2")
        await open_paper(pilot, small_trail(trail), "rcnn")
        assert "notes/ is gone" in shown(pilot).splitlines()[0]
        assert "Nothing written yet" not in shown(pilot)
        await press(pilot, "e")
        assert isinstance(pilot.app.screen, PaperScreen)  # nothing to write in
        (trail / "elsewhere").rename(trail / "notes")
        pilot.app.look_for_news()  # type: ignore[attr-defined]
        await settle(pilot)
        assert "notes/ is gone" not in shown(pilot).splitlines()[0]
        await press(pilot, "escape")
        for key in ("1", "2", "3"):
            await press(pilot, key)
            assert "notes/ is gone" not in shown(pilot).splitlines()[0]


async def test_the_day_tells_of_second_texts_in_its_quiet_line(trail: Path) -> None:
    async with running(small_trail(trail), mode="today") as pilot:
        await until(pilot, "a second text of a paper in notes/: papertrail doctor")


@pytest.mark.parametrize(
    ("heading", "size"),
    at_sizes(
        [
            "Key idea: why did the authors design it this way?",
            "想法" * 40,
            "own \x1b]0;x\x07 " + "words " * 30,
        ],
        [(60, 24), (80, 24), (140, 40)],
        wide="想法" * 40,
    ),
)
async def test_what_can_be_chosen_is_in_sight_however_long_a_heading_is(
    tmp_path: Path, heading: str, size: tuple[int, int]
) -> None:
    home = small_trail(tmp_path)
    text = f"# Note\n\n## {heading}\n\nOne net for each.\n"
    with opened(home) as library:
        library.notes.save("rcnn", text, None)
    (home.notes / COPY).write_text(text.replace("each", "all"), encoding="utf-8")
    async with running(home, size=size) as pilot:
        await open_paper(pilot, home, "rcnn")
        for key, taken in (("M", "b both"), ("m", "m the note's"), ("t", "t the other's"), ("b", "b both")):
            await press(pilot, key)
            assert isinstance(pilot.app.screen, MergeScreen)
            (row,) = [row for row in shown(pilot).splitlines() if " › " in row]
            assert f"› {taken}" in row
            assert all(words in row for words in ("m the note's", "t the other's", "b both")), row
            assert row.strip("▎ ")[:3] == heading[:3] and "\x1b" not in row
