"""A seeds file that cannot be read does not keep the program from opening."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.trails import opened, small_trail
from tests.tui.driving import press, running, shown


@pytest.mark.parametrize(
    ("breaks", "says"),
    [
        (lambda path: path.write_bytes("key,title\n".encode("utf-32")), "is not text in UTF-8"),
        (lambda path: path.write_bytes(b""), "is empty"),
        (Path.mkdir, "is a folder"),
        (os.mkfifo, "is no file"),
        (lambda path: path.symlink_to(path), "cannot be read"),
    ],
)
async def test_the_program_opens_with_what_there_is(
    tmp_path: Path, breaks: Callable[[Path], None], says: str
) -> None:
    home = small_trail(tmp_path)
    opened(home).close()
    home.seeds.unlink()
    breaks(home.seeds)
    async with running(home, size=(80, 24), mode="today") as pilot:
        told = " ".join(shown(pilot).split())
        assert f"seeds/papers.csv {says}" in told
        assert "papertrail goes on with the papers it has" in told, "in full on a small terminal"
        await press(pilot, "s")
        assert "rcnn is being read" in shown(pilot)
        await press(pilot, "2", "3")
    assert pilot.app.return_code in (None, 0)


async def test_a_new_trail_over_it_opens_too(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    home.seeds.write_bytes("key,title\n".encode("utf-32"))
    async with running(home, mode="today") as pilot:
        assert "seeds/papers.csv is not text in UTF-8" in shown(pilot)
