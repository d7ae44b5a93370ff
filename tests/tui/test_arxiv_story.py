"""Papers from arXiv as one works with them: pasted while it is away, read, noted, known once it is back."""

from pathlib import Path

import pytest
from textual import events

from papertrail.domain.paper import Status
from papertrail.tui.widgets.clean_input import CleanInput
from tests.arxiv_server import ArxivServer, closed_url
from tests.trails import NOTE, opened, small_trail
from tests.tui.driving import press, running, settle, shown, until, write

PASTED = """He et al., Deep residual learning, arXiv:1512.03385v1 [cs.CV]
https://arxiv.org/pdf/1706.03762.pdf
10.48550/arXiv.1412.6980
"""


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_read_before_arxiv_is_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("PAPERTRAIL_ARXIV_DELAY", "0")
    monkeypatch.setenv("PAPERTRAIL_ARXIV_API", closed_url())
    home = small_trail(tmp_path / "trail")
    own = tmp_path / "残差 [b] z.pdf"
    own.write_bytes(b"%PDF-1.7\n")
    async with running(home, size) as pilot:
        await press(pilot, "a")
        pilot.app.screen.query_one(CleanInput).post_message(events.Paste(PASTED))
        await settle(pilot)
        assert "3 papers: 1512.03385, 1706.03762, 1412.6980" in shown(pilot)
        await press(pilot, "enter")
        await until(pilot, "arxiv-1706-03762")  # adam, the third, was there
        await press(pilot, "slash")
        await write(pilot, "1512")
        await press(pilot, "enter", "s", "s", "e")
        await write(pilot, NOTE)
        await press(pilot, "ctrl+s", "escape")
        with opened(home) as library:
            noted = library.papers.get("arxiv-1512-03385")
            assert noted.summary.status is Status.READ and noted.note.exists
            library.pages.attach_pdf("arxiv-1512-03385", own)
        with ArxivServer() as server:
            for name, value in server.env().items():
                monkeypatch.setenv(name, value)
            pilot.app._ask_for_what_waits()  # type: ignore[attr-defined]
            await until(pilot, "Deep Residual")
            assert len(server.asked) == 1
        await press(pilot, "o")
        await until(pilot, "PDF")
    with opened(home) as library:
        known = library.papers.get("arxiv-1512-03385").summary
        assert (known.title, known.counted) == ("Deep Residual Learning for Image Recognition", True)
        assert library.papers.get("arxiv-1706-03762").summary.key == "vaswani2017attention"
        assert "Region proposals are slow." in library.notes.open("arxiv-1512-03385").text
