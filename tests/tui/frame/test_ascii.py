"""Where the locale knows only ASCII, so does the screen."""

from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from papertrail.domain.paper import Status
from papertrail.domain.plain_signs import speaks_utf8
from papertrail.tui.frame.ascii import plain
from tests.trails import opened, small_trail
from tests.tui.terminal import in_terminal


@pytest.mark.parametrize(
    ("environ", "given_at_start", "utf8"),
    [
        ({"LANG": "C.UTF-8"}, "LANG", True),
        ({"LANG": "de_DE.utf8"}, "LANG", True),
        ({"LC_ALL": "", "LC_CTYPE": "", "LANG": "zh_CN.UTF-8"}, "LANG", True),
        ({"LC_ALL": "en_GB.UTF-8", "LANG": "C"}, "LC_ALL LANG", True),
        ({"LC_CTYPE": "C.UTF-8", "LANG": "C"}, "LC_CTYPE LANG", True),
        ({"LC_CTYPE": "UTF-8"}, "LC_CTYPE", True),
        ({}, "", False),
        ({"LANG": "C"}, "LANG", False),
        ({"LC_ALL": "POSIX", "LANG": "en_GB.UTF-8"}, "LC_ALL LANG", False),
        ({"LANG": "de_DE.ISO-8859-15"}, "LANG", False),
        ({"LANG": "de_DE@euro"}, "LANG", False),
        ({"LC_CTYPE": "C.UTF-8", "LANG": "C"}, "LANG", False),  # set by Python itself
        ({"LC_CTYPE": "C.UTF-8"}, "", False),
    ],
)
def test_which_locales_know_more(environ: dict[str, str], given_at_start: str, utf8: bool) -> None:
    assert speaks_utf8(environ, dict.fromkeys(given_at_start.split(), "x")) is utf8


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("○◔◐●✕ ━╾─ ✓✎", ".+~*x ==- v!"),
        ("╭──╮│╰╯", "+--+|++"),
        ("Erdős, café", "Erdos, cafe"),
        ("残差 x", "???? x"),
        ("e\u0301", "e"),
        ("👍🏽!", "??!"),
        ("⏎ open", "< open"),
    ],
)
def test_what_stands_for_what(text: str, shown: str) -> None:
    assert plain(text) == shown


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_everything_is_ascii_and_as_wide_as_before(text: str) -> None:
    assert plain(text).isascii()
    assert len(plain(text)) == cell_len(text)


def contains(part: str, text: str) -> bool:
    return part in text


@pytest.mark.parametrize(
    "environ", [{"LC_ALL": "C"}, {"LC_ALL": "", "LC_CTYPE": "", "LANG": ""}, {"LC_ALL": "POSIX"}]
)
def test_the_program_draws_ascii(tmp_path: Path, environ: dict[str, str]) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        library.statuses.set(["rcnn"], Status.READING)
        library.statuses.set(["sppnet"], Status.READ)
    with in_terminal(home, environ) as terminal:
        terminal.wait_for("hierarchies")
        for key, then in (("2", "lineages"), ("?", "The paper under")):
            terminal.press(key)
            terminal.wait_until(partial(contains, then))
        terminal.press("\x1b")  # the next key must not come with it: the two would be one with alt
        terminal.wait_until(lambda text: "Spatial Pyramid" in text and "The paper under" not in text)
        terminal.press("3")
        terminal.wait_until(partial(contains, "walk"))
        terminal.press("1")
        terminal.wait_until(lambda text: "g goal" in text and "~  2013" in text)
        terminal.press("q")
        assert terminal.end() == 0
    assert terminal.seen.isascii()
