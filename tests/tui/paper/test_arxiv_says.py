"""What arXiv says of a paper stands on its screen, and a sign in lists says that it was withdrawn."""

from pathlib import Path

import pytest

from tests.arxiv_server import ArxivServer, record
from tests.trails import opened, small_trail
from tests.tui.driving import press, running, shown, until

HOSTILE = "withdrawn by the author, see a [/b] z \x1b]52;c;aGk=\x07"


async def test_a_withdrawn_paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    home = small_trail(tmp_path / "trail")
    paper = record("2401.00001", "A short life", version=2, updated="2021-05-06T07:08:09Z", comment=HOSTILE)
    with ArxivServer((paper,)) as server, opened(home) as library:
        for name, value in server.env().items():
            monkeypatch.setenv(name, value)
        (added,) = library.intake.add(["2401.00001"]).added
        assert added.notice == "withdrawn"
    async with running(home) as pilot:
        await press(pilot, "/", *"short", "enter")
        await until(pilot, "⊘ A short life")
        assert "! withdrawn" in shown(pilot), "beside the list"
        await press(pilot, "enter")
        await until(pilot, "v1 of 2020-01-02, v2 of 2021-05-06")
        assert "! withdrawn" in shown(pilot) and "a [/b] z" in shown(pilot)
