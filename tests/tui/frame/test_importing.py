"""Bringing in a file on the screen: shown first, then done, then taken back."""

from pathlib import Path

import pytest
from textual.widgets import Input

from papertrail.domain.paper import Status
from papertrail.tui.frame.add_dialog import AddDialog
from papertrail.tui.frame.import_dialog import Entries, ImportDialog
from tests.trails import HOSTILE_TITLES, asked, opened, small_trail
from tests.tui.driving import press, running, settle, shown, write

BIB = """@article{new1, title = {Something new}, author = {Doe, Jane}, year = 2015, keywords = {cnn}}
@misc{nobody, author = {A B}}
@article{other, title = {Rich feature hierarchies}, eprint = {1311.2524}, doi = {10.1000/new}}
@article{adam, title = {Adam}, eprint = {1412.6980}}
@misc{bad, title = {Cut off
"""


def written(tmp_path: Path, text: str = BIB) -> Path:
    path = tmp_path / "mine.bib"
    path.write_text(text, encoding="utf-8")
    return path


async def test_a_file_is_shown_brought_in_and_taken_back(tmp_path: Path) -> None:
    home = small_trail(tmp_path / "trail")
    async with running(home, (100, 30)) as pilot:
        await press(pilot, "I")
        dialog = pilot.app.screen
        assert isinstance(dialog, ImportDialog) and "Import a file" in shown(pilot)
        await write(pilot, str(written(tmp_path)))
        await press(pilot, "tab")
        await write(pilot, "Mine")
        await press(pilot, "tab")
        await write(pilot, "zot, to show")
        await press(pilot, "tab")
        await write(pilot, "read")
        await press(pilot, "tab")
        await write(pilot, "2026-02-01")
        with opened(home) as library:
            before = library.undo.stacks(1)
        await press(pilot, "enter")
        text = shown(pilot)
        rows = [" ".join(row.split()[:5]) for row in text.split("\n") if "line " in row and "│" in row]
        assert [row.split()[3] for row in rows] == ["amiss", "skipped", "merged", "merged", "new", "new"], (
            text
        )
        assert "line 2" in rows[1] and "neither title nor arXiv id" in text
        assert "2 new, 1 amiss, 1 skipped, 2 to be merged (bibtex)" in text
        assert isinstance(pilot.app.focused, Entries), "one walks through them at once"
        await press(pilot, "down", "down")
        assert "known by its arXiv id; new: " in shown(pilot)
        with opened(home) as library:
            assert library.undo.stacks(1) == before, "nothing is done before one says so"
        await press(pilot, "enter")
        assert not isinstance(pilot.app.screen, ImportDialog)
        assert "imported, u takes it back: 2 added, 1 amiss, 1 skipped, 2 merged" in shown(pilot)
        with opened(home) as library:
            paper = library.papers.get("new1")
            assert set(paper.summary.tags) == {"cnn", "zot", "to show"}
            assert (paper.summary.status, paper.days.read) == (Status.READ, "2026-02-01")
            assert library.lineages.members()["Mine"][0] == "new1"
        await press(pilot, "u")
        assert "taken back: added new1" in shown(pilot)
        with opened(home) as library:
            assert asked(library, "key:new1") == [] and "Mine" not in library.lineages.members()


async def test_from_the_add_dialog_and_by_the_other_key(tmp_path: Path) -> None:
    home = small_trail(tmp_path / "trail")
    async with running(home, (80, 24)) as pilot:
        await press(pilot, "a")
        assert isinstance(pilot.app.screen, AddDialog) and "^o a file" in shown(pilot)
        await press(pilot, "ctrl+o")
        assert isinstance(pilot.app.screen, ImportDialog)
        await write(pilot, f"'{written(tmp_path)}'")
        await press(pilot, "ctrl+s")
        assert "2 new" in shown(pilot), "shown first, though it was asked to be done"
        await press(pilot, "slash")
        await press(pilot, "tab")
        await write(pilot, "L")
        assert "2 new" not in shown(pilot), "what is shown is always what would be done"
        await press(pilot, "ctrl+s", "ctrl+s")
        assert "imported, u takes it back: 2 added, 1 amiss, 1 skipped, 2 merged" in shown(pilot)
        with opened(home) as library:
            assert "L" in library.lineages.members()


async def test_what_is_wrong_is_told_and_nothing_typed_is_lost(tmp_path: Path) -> None:
    home = small_trail(tmp_path / "trail")
    async with running(home, (80, 24)) as pilot:
        await press(pilot, "I", "enter")
        assert "there is no file to import" in shown(pilot)
        file, status, day = (
            pilot.app.screen.query_one(f"#{name}", Input) for name in ("file", "status", "read-on")
        )
        await write(pilot, str(tmp_path / "nothing.bib"))
        await press(pilot, "enter")
        assert "nothing.bib" in shown(pilot) and "there is no" in shown(pilot)
        file.value = str(written(tmp_path))
        for said, on, told in (
            ("reed", "", "no status is called reed"),
            ("queued", "2026-01-01", "the day says when papers were read"),
            ("", "soon", "soon"),
            ("", "2027-01-01", "2027-01-01"),
        ):
            status.value, day.value = said, on
            await settle(pilot)
            await press(pilot, "enter")
            assert told in shown(pilot), told
            assert file.value == str(tmp_path / "mine.bib")
        status.value, day.value = "", ""
        file.value = str(written(tmp_path, "@misc{bad, title = {Cut\n"))
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, ImportDialog)
        await press(pilot, "escape")
        assert not isinstance(pilot.app.screen, ImportDialog)
        with opened(home) as library:
            assert len(library.papers.all()) == 6


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_hostile_entries_are_inert(tmp_path: Path, size: tuple[int, int]) -> None:
    entries = [
        f"@misc{{k{number}, title = {{{title}}}, author = {{{title}}}}}"
        for number, title in enumerate(HOSTILE_TITLES)
    ]
    path = written(tmp_path, "\n".join([*entries, "@misc{[/b], author = {[@click=app.quit]x}}"]))
    async with running(small_trail(tmp_path / "trail"), size) as pilot:
        await press(pilot, "I")
        await write(pilot, str(path))
        await press(pilot, "enter")
        for _ in range(len(HOSTILE_TITLES)):
            await press(pilot, "down")
            assert "\u202e" not in shown(pilot) and "\x9b" not in shown(pilot)
        assert "import" in shown(pilot).split("\n")[-4:][0] or "another file" in shown(pilot), "keys in sight"
        await press(pilot, "enter")
        assert "imported, u takes it back: " in shown(pilot)


async def test_how_far_a_long_file_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[str, int, int]] = []
    show = ImportDialog._progress

    def progress(dialog: ImportDialog, what: str, done: int, of: int) -> None:
        told.append((what, done, of))
        show(dialog, what, done, of)

    monkeypatch.setattr(ImportDialog, "_progress", progress)
    entries = "\n".join(f"@misc{{k{number}, title = {{Paper {number}}}}}" for number in range(600))
    async with running(small_trail(tmp_path / "trail"), (80, 24)) as pilot:
        await press(pilot, "I")
        await write(pilot, str(written(tmp_path, entries)))
        await press(pilot, "enter")
        assert "600 new" in shown(pilot)
        await press(pilot, "enter")
        assert "imported, u takes it back: 600 added" in shown(pilot)
    for what in ("looking through it", "bringing it in"):
        done = [one for name, one, of in told if name == what and of == 600]
        assert len(done) > 1 and done == sorted(done) and done[-1] == 600


async def test_what_no_format_knows_names_a_command_that_does(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4\n")
    async with running(small_trail(tmp_path / "trail"), (120, 30)) as pilot:
        await press(pilot, "I")
        await write(pilot, str(tmp_path / "a.pdf"))
        await press(pilot, "enter")
        assert "papertrail import FILE --format" in " ".join(shown(pilot).replace("│", " ").split())


async def test_a_note_about_no_paper_is_not_called_damaged(tmp_path: Path) -> None:
    (tmp_path / "vault").mkdir()
    (tmp_path / "vault" / "2026-03-01.md").write_text("A day.\n", encoding="utf-8")
    (tmp_path / "vault" / "@x.md").write_text("---\ntitle: Of a paper\n---\nWords.\n", encoding="utf-8")
    async with running(small_trail(tmp_path / "trail"), (100, 30)) as pilot:
        await press(pilot, "I")
        assert "a folder of notes" in shown(pilot)
        await write(pilot, str(tmp_path / "vault"))
        await press(pilot, "enter")
        assert "1 new, 1 amiss (markdown)" in shown(pilot)
