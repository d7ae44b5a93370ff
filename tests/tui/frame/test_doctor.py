"""The doctor's screen: what is found by parts of the trail, what helps, and one key that mends."""

import asyncio
from pathlib import Path

import pytest

from papertrail.tui.frame.doctor import DoctorScreen
from tests.library.test_checks import (
    FIXABLE,
    LATER,
    REMARKS,
    TO_DO,
    done_to_file,
    found,
    noted_trail,
)
from tests.tui.driving import press, running, settle, shown


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_what_is_found_is_shown_with_what_helps_and_mended(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    home = noted_trail(tmp_path)
    FIXABLE["a place without a queue"][1](home)
    TO_DO["a circle"][1](home)
    REMARKS["an unsaved text"][1](home)
    async with running(home, size, LATER, mode="today") as pilot:
        await pilot.app.run_action("app.doctor")
        await settle(pilot)
        assert isinstance(pilot.app.screen, DoctorScreen)
        text = shown(pilot)
        assert "Doctor  2 to do  1 that may be meant so  f mends 1" in text
        for words in (
            "rcnn has place 7 in the queue and is read",
            "f mends it",
            "papertrail lineage unlink rcnn --on",
            "f mend",
        ):
            assert words in text
        await press(pilot, "j", "j", "j")
        assert "papertrail note adam --restore draft" in shown(pilot)
        await press(pilot, "f")
        text = shown(pilot)
        assert "Doctor  1 to do  1 that may be meant so" in text
        assert "queue: each queued paper has a place of its own" in text
        assert "as it was before:" in text and ".papertrail/backups/2026" in text
        assert {one.check for one in await asyncio.to_thread(found, home)} == {"circles", "drafts"}
        await press(pilot, "f")
        assert "there is nothing that mends itself" in shown(pilot)
        await press(pilot, "question_mark")
        assert "Mend what can be mended" in shown(pilot)
        await press(pilot, "escape", "escape")
        assert not isinstance(pilot.app.screen, DoctorScreen)


async def test_a_trail_that_is_well_is_said_to_be(tmp_path: Path) -> None:
    home = noted_trail(tmp_path)
    async with running(home, (80, 24), LATER, mode="today") as pilot:
        await pilot.app.run_action("app.doctor")
        await settle(pilot)
        text = shown(pilot)
        assert "Doctor  all is well" in text and "backups" in text and "f mend" not in text
        home.private.chmod(0o755)
        done_to_file("notes/ideas [/b].md", b"words\n")(home)
        await press(pilot, "r")
        text = shown(pilot)
        assert "others may look into the private folder" in text and "notes/ideas [/b].md" in text


async def test_a_database_that_is_gone_is_told_with_all_else(tmp_path: Path) -> None:
    home = noted_trail(tmp_path)
    async with running(home, (80, 24), LATER, mode="today") as pilot:
        home.database.rename(tmp_path / "elsewhere")
        done_to_file("notes/sppnet.md", b"caf\xe9\n")(home)
        await pilot.app.run_action("app.doctor")
        await settle(pilot)
        text = shown(pilot)
        assert "the database is gone" in text and "papertrail rebuild" in text
        assert "notes/sppnet.md is not UTF-8" in text
        (tmp_path / "elsewhere").rename(home.database)
