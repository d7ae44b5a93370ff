"""The sign of what can be explained, on every screen, and the line that tells what has faded."""

from datetime import timedelta
from pathlib import Path

import pytest

from papertrail.domain.paper import EXPLAINED
from papertrail.tui.widgets.cells import BEST, bar_parts
from tests.explained import explaining_trail
from tests.trails import FixedClock, opened
from tests.tui.driving import press, running, shown, until
from tests.tui.frame.test_status_keys import go_to


@pytest.mark.parametrize("size", [(80, 24), (140, 40)], ids=str)
async def test_the_sign_is_on_every_screen(tmp_path: Path, size: tuple[int, int]) -> None:
    clock = FixedClock()
    home = explaining_trail(tmp_path, clock)
    async with running(home, size, clock, "today") as pilot:
        await until(pilot, "◆")
        head = next(line for line in shown(pilot).splitlines() if "of 100 counted" in line)
        assert "· 1 ◆ ·" in head and "day 8 of 182" in head
        await go_to(pilot, "papers", "rcnn")
        assert "●◆" in shown(pilot) and "●✓" in shown(pilot)
        await go_to(pilot, "map", "rcnn")
        assert "●◆ rcnn" in shown(pilot) and "2 of 6 counted · 1 ◆" in shown(pilot)
        await go_to(pilot, "paper", "rcnn")
        assert "◆ counted, can explain" in shown(pilot)
        assert size[1] < 40 or "? Questions 1 of 3 answered" in shown(pilot)
        await press(pilot, "e")
        assert "? Questions 1 of 3 answered" in shown(pilot)


@pytest.mark.parametrize(
    ("numbers", "parts"),
    [
        ((0, 3, 6, 8), ("", "━━━━", "────")),
        ((1, 3, 6, 8), ("◆", "━━━", "────")),
        ((3, 3, 6, 8), ("◆◆◆◆", "", "────")),
        ((1, 1, 100, 8), ("◆", "", "───────")),
        ((0, 0, 0, 3), ("", "", "───")),
    ],
)
def test_a_bar_begins_with_what_can_be_explained(
    numbers: tuple[int, int, int, int], parts: tuple[str, str, str]
) -> None:
    assert bar_parts(*numbers) == parts and BEST == EXPLAINED


async def test_it_is_told_calmly_for_two_weeks_what_has_faded(tmp_path: Path) -> None:
    clock = FixedClock()
    home = explaining_trail(tmp_path, clock)
    with opened(home, clock) as library:
        while library.recall.explained():
            clock.moment += timedelta(days=1)
    async with running(home, (80, 24), clock, "today") as pilot:
        await until(pilot, "1 you could explain has faded: rcnn")
        assert "◆" not in shown(pilot)
