"""Adding papers by pasting, in a real terminal."""

from pathlib import Path

from tests.arxiv_server import ArxivServer
from tests.trails import opened, small_trail
from tests.tui.terminal import in_terminal

PASTED = (
    "\x1b[200~- https://www.alphaxiv.org/audio/1706.03762\rfoo\r\r"
    "[3] He et al., arXiv:1512.03385, 2015\rhttps://doi.org/10.48550/\rarXiv.1506.01497\x1b[201~"
)


def test_a_list_pasted_right_behind_the_key_is_added(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    opened(home).close()
    with ArxivServer() as server:
        environ = {**server.env(), "XDG_STATE_HOME": str(tmp_path / "state")}
        with in_terminal(home, environ) as terminal:
            terminal.wait_for("hierarchies")
            terminal.press(f"a{PASTED}")
            terminal.wait_for("3 papers: 1706.03762, 1512.03385, 1506.01497")
            terminal.wait_for("line 2: foo is no arXiv id")
            terminal.press("\r")
            terminal.wait_for("known already: faster-rcnn")
            terminal.press("\x11")
            assert terminal.ended() == 0
        assert server.asked == [["1706.03762", "1512.03385"]]
    with opened(home) as library:
        assert library.papers.resolve("1706.03762") == "vaswani2017attention"
