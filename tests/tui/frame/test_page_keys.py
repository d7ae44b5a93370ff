"""`o` and `y` on every screen that has papers: which pages are offered, what is opened, what is copied."""

import base64
import re
import sqlite3
from pathlib import Path

import pytest
from textual.pilot import Pilot

from papertrail.domain.paper import Status
from papertrail.library import Home
from papertrail.tui.frame.bindings import PAGE_BINDINGS
from papertrail.tui.widgets.dialogs import ChoiceDialog
from tests.arxiv_server import ArxivServer
from tests.cases import at_sizes
from tests.openers import Opener
from tests.pdf_behaviours import PDF, pdf
from tests.trails import opened, small_trail
from tests.tui.driving import press, running, settle, shown, until
from tests.tui.frame.test_status_keys import SCREENS, go_to, library_of
from tests.tui.frame.test_undo_keys import go_to_any, line_of
from tests.tui.terminal import in_terminal

SIZES = [(80, 24), (140, 40)]
EVERYWHERE = [*SCREENS, "compare"]
ABS = "https://arxiv.org/abs/1311.2524"


@pytest.fixture
def opener(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Opener:
    made = Opener(tmp_path / "programs")
    monkeypatch.setenv("PAPERTRAIL_OPENER", str(made.path))
    return made


def made(tmp_path: Path, key: str = "", *links: str) -> Home:
    """Make a trail with a paper that has these links, as a hand may have written them."""
    home = small_trail(tmp_path / "trail")
    opened(home).close()
    connection = sqlite3.connect(home.private / "library.db")
    with connection:
        connection.execute("UPDATE paper SET urls = ? WHERE key = ?", ["\n".join(links), key])
    connection.close()
    return home


def changes(pilot: Pilot[int]) -> list[str]:
    return [past.what for past in library_of(pilot).undo.stacks().done if past.is_own]


def open_key(screen: str) -> str:
    return "O" if screen == "compare" else "o"


@pytest.mark.parametrize(("screen", "size"), at_sizes(EVERYWHERE, SIZES, wide="map"), ids=str)
async def test_one_of_several_pages_is_chosen(
    tmp_path: Path, opener: Opener, screen: str, size: tuple[int, int]
) -> None:
    home = made(tmp_path, "rcnn", "https://github.com/rbgirshick/rcnn", "talk: https://example.org/v")
    async with running(home, size, mode="today") as pilot:
        await go_to_any(pilot, screen, "rcnn")
        await press(pilot, open_key(screen))
        offered = shown(pilot)
        for words in ("Open rcnn", "about it, on arXiv · arxiv.org", "PDF · arxiv.org", "code · github.com"):
            assert words in offered
        assert "talk · example.org" in offered
        assert "ar5iv.labs.arxiv.org" in offered
        assert "translation" not in offered and "publisher" not in offered
        await press(pilot, "c")
        assert opener.wait() == [repr(["https://github.com/rbgirshick/rcnn"])]
        await until(pilot, "opened github.com")
        await press(pilot, open_key(screen), "enter")
        assert opener.wait(2)[1] == repr([ABS]), "enter is the page about it"
        await press(pilot, open_key(screen), "escape", open_key(screen), "k")
        await settle(pilot)
        assert len(opener.opened) == 2
        assert library_of(pilot).papers.get("rcnn").summary.status is Status.UNREAD
        assert not changes(pilot), "nothing was changed"


@pytest.mark.parametrize(("screen", "size"), at_sizes(SCREENS, SIZES, wide="paper"), ids=str)
async def test_one_page_is_opened_at_once_and_none_is_told(
    tmp_path: Path, opener: Opener, screen: str, size: tuple[int, int]
) -> None:
    home = made(tmp_path, "robbins-monro", "https://example.org/1951")
    with opened(home) as library:
        library.statuses.set(["robbins-monro"], Status.QUEUED)
    async with running(home, size, mode="today") as pilot:
        await go_to(pilot, screen, "robbins-monro")
        await press(pilot, "o")
        assert not isinstance(pilot.app.screen, ChoiceDialog)
        assert opener.wait() == [repr(["https://example.org/1951"])]
        assert ("o open a page" in shown(pilot)) is (screen == "paper" and size[0] > 80)
        connection = sqlite3.connect(home.private / "library.db")
        with connection:
            connection.execute("UPDATE paper SET urls = 'javascript:x' WHERE key = 'robbins-monro'")
        connection.close()
        await press(pilot, "o")
        assert "robbins-monro has no page, and no PDF here" in line_of(pilot)
        assert len(opener.opened) == 1


async def test_what_is_not_there_is_not_named(tmp_path: Path) -> None:
    async with running(made(tmp_path), mode="today") as pilot:
        await go_to(pilot, "paper", "robbins-monro")
        assert "open a page" not in shown(pilot)
        assert "y cite" in shown(pilot)


@pytest.mark.parametrize("screen", ["today", "papers", "map"])
async def test_without_a_paper_it_is_said(tmp_path: Path, opener: Opener, screen: str) -> None:
    async with running(small_trail(tmp_path / "trail", ()), mode="today") as pilot:
        await press(pilot, {"today": "1", "papers": "2", "map": "3"}[screen], "o")
        assert "from arXiv" in shown(pilot)
        await press(pilot, "y")
        assert not isinstance(pilot.app.screen, ChoiceDialog)
    assert not opener.opened


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_what_the_program_says_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    in_terminal = Opener(tmp_path / "other").path.rename(tmp_path / "w3m")
    async with running(made(tmp_path), size, mode="today") as pilot:
        await go_to(pilot, "paper", "rcnn")
        for command, words in (
            (str(Opener(tmp_path / "bad", code=3).path), f"exit code 3: open it yourself: {ABS}"),
            ("not-there", "PAPERTRAIL_OPENER names no program: not-there"),
            (str(in_terminal), "w3m would need this terminal"),
        ):
            monkeypatch.setenv("PAPERTRAIL_OPENER", command)
            await press(pilot, "o", "a")
            await until(pilot, words.split(":")[0])
            assert words in line_of(pilot)


async def test_hostile_links_are_inert(tmp_path: Path, opener: Opener) -> None:
    label = "\x1b]52;c;ZXZpbA==\x07 [@click=app.quit]x[/b] \u202egnidaer " + "x" * 80
    links = [
        f"{label}: https://example.org/a",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://аrxiv.org/b",
        *(f"https://example.org/{number}" for number in range(20)),
    ]
    async with running(made(tmp_path, "rcnn", *links), (80, 24), mode="today") as pilot:
        await go_to(pilot, "papers", "rcnn")
        await press(pilot, "o")
        offered = shown(pilot)
        assert re.search("[\x1b\x07\u202e]", offered) is None
        assert "javascript" not in offered and "passwd" not in offered
        assert "xn--rxiv-43d.org" in offered
        assert not pilot.app._exit
        await press(pilot, "1")
        assert opener.wait() == [repr(["https://example.org/a"])]


async def test_the_pdf_is_fetched_and_opened(
    tmp_path: Path, opener: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = made(tmp_path)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    with ArxivServer() as server:
        server.always(pdf(server))
        for name, value in server.env().items():
            monkeypatch.setenv(name, value)
        async with running(home, (80, 24), mode="today") as pilot:
            await go_to(pilot, "paper", "rcnn")
            await press(pilot, "o")
            assert "get the PDF into the trail" in shown(pilot)
            await press(pilot, "g")
            await until(pilot, "the PDF of rcnn is in the trail: o opens it")
            assert (home.pdfs / "rcnn.pdf").read_bytes() == PDF
            await press(pilot, "o")
            assert "PDF · in the trail" in shown(pilot)
            assert "get the PDF" not in shown(pilot) and "PDF · arxiv.org" not in shown(pilot)
            await press(pilot, "p")
            assert opener.wait() == [repr([str(home.pdfs.resolve() / "rcnn.pdf")])]
            assert library_of(pilot).papers.get("rcnn").summary.status is Status.UNREAD
        assert len(server.requests) == 1


@pytest.mark.parametrize("screen", EVERYWHERE)
async def test_a_citation_is_copied(tmp_path: Path, screen: str) -> None:
    async with running(made(tmp_path), (80, 24), mode="today") as pilot:
        await go_to_any(pilot, screen, "rcnn")
        await press(pilot, "y")
        for words in (
            "Copy how to cite rcnn",
            "an entry for BibTeX",
            "a link in Markdown",
            "a plain sentence",
        ):
            assert words in shown(pilot)
        await press(pilot, "escape")
        assert pilot.app.clipboard == ""
        await press(pilot, "y", "m")
        assert pilot.app.clipboard == f"[Rich feature hierarchies]({ABS})"
        assert "copied: [Rich feature hierarchies](https://arxiv.org/abs/" in line_of(pilot)
        await press(pilot, "y", "p")
        assert pilot.app.clipboard.startswith("Ross Girshick, Jeff Donahue (2013). Rich feature")
        await press(pilot, "y", "enter")
        assert pilot.app.clipboard.startswith(
            "@misc{rcnn,\n  author        = {Girshick, Ross and Donahue, Jeff},"
        )
        assert not changes(pilot)


async def test_help_and_palette_name_the_keys(tmp_path: Path) -> None:
    async with running(made(tmp_path)) as pilot:
        await press(pilot, "question_mark")
        for words in ("Open a page: arXiv, PDF", "Copy a citation: BibTeX"):
            assert words in shown(pilot)


async def test_no_key_means_two_things_on_one_screen(tmp_path: Path) -> None:
    async with running(made(tmp_path), mode="today") as pilot:
        for name in EVERYWHERE:
            await go_to_any(pilot, name, "rcnn")
            screen = pilot.app.screen
            keys = {"y", open_key(name)}
            found = [
                key
                for source in (screen, screen.focused, pilot.app)
                for key, bindings in (source._bindings.key_to_bindings.items() if source else ())
                for _ in bindings
                if key in keys
            ]
            assert sorted(found) == sorted(keys), name
            if name in ("paper", "compare"):
                await press(pilot, "escape")
    assert len(PAGE_BINDINGS) == 2


def test_a_real_terminal_is_asked_to_copy(tmp_path: Path) -> None:
    title = "\x1b]52;c;ZXZpbA==\x07 [@click=app.quit]x[/b] \u202egnidaer"
    row = ("SGD", "evil", title, "", "2000", "", "2001.00001", "", "")
    home = small_trail(tmp_path, [row])
    with in_terminal(home) as terminal:
        terminal.wait_for("click")
        terminal.press("2ym")
        terminal.wait_for("copied: ")
        terminal.press("q")
        assert terminal.end() == 0
        sent = re.findall(rb"\x1b\]52;c;([^\x07]*)\x07", terminal.seen)
    assert [base64.b64decode(one).decode() for one in sent] == [
        r"[\]52;c;ZXZpbA== \[@click=app.quit\]x\[/b\] gnidaer](https://arxiv.org/abs/2001.00001)"
    ]
    with opened(home) as library:
        assert next(library.papers.each()).status is Status.UNREAD
