"""Papers added, corrected, merged, removed and given other keys on the screens."""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList, Static, TextArea

from papertrail.domain.facts import read_facts
from papertrail.domain.text import clean, clean_line
from papertrail.domain.whole_paper import Paper
from papertrail.library import Home
from papertrail.tui.frame.help import HelpScreen
from papertrail.tui.frame.paper_form import PaperForm
from papertrail.tui.paper.screen import PaperScreen
from papertrail.tui.widgets.dialogs import ChoiceDialog
from tests.trails import HOSTILE_TITLES, NOTE, RCNN, opened, small_trail
from tests.tui.driving import press, running, settle, shown, write
from tests.tui.frame.test_status_keys import SCREENS, SIZES, go_to, library_of, told
from tests.tui.test_typed_ahead import at_once
from tests.undo.cases import snapshot

LINK = "https://example.org/code"
EVIL = "\x1b]52;c;ZXZpbA==\x07 a [/b] z [@click=app.quit]x"


def paper(pilot: Pilot[int], key: str) -> Paper:
    return library_of(pilot).papers.get(key)


def keys(pilot: Pilot[int]) -> list[str]:
    return [one.key for one in library_of(pilot).papers.each()]


def field(pilot: Pilot[int], name: str) -> Input | TextArea:
    found = pilot.app.screen.query_one(f"#{name}")
    assert isinstance(found, Input | TextArea)
    return found


def value(pilot: Pilot[int], name: str) -> str:
    found = field(pilot, name)
    return found.text if isinstance(found, TextArea) else found.value


async def fill(pilot: Pilot[int], name: str, text: str) -> None:
    found = field(pilot, name)
    if isinstance(found, TextArea):
        found.text = text
    else:
        found.value = text
    await settle(pilot)


def wrong(pilot: Pilot[int], name: str) -> str:
    """Return what is told below a field."""
    return str(pilot.app.screen.query_one(f"#{name}-wrong", Static).render())


def done(home: Home) -> Sequence[object]:
    with opened(home) as library:
        return library.undo.stacks().done


@pytest.mark.parametrize("screen", SCREENS)
async def test_a_title_is_corrected_and_taken_back(tmp_path: Path, screen: str) -> None:
    home = small_trail(tmp_path)
    opened(home).close()
    before = snapshot(tmp_path)
    async with running(home, (80, 24), mode="today") as pilot:
        await go_to(pilot, screen, "rcnn")
        await press(pilot, "m")
        assert isinstance(pilot.app.screen, PaperForm)
        assert (value(pilot, "title"), value(pilot, "authors")) == (
            "Rich feature hierarchies",
            "Ross Girshick\nJeff Donahue",
        )
        await write(pilot, " for detection")
        await press(pilot, "ctrl+s")
        assert paper(pilot, "rcnn").summary.title == "Rich feature hierarchies for detection"
        assert told(pilot) == "rcnn: title Rich feature hierarchies for detection"
        assert "hierarchies for detection" in shown(pilot) or screen == "map"
        await press(pilot, "u")
        assert paper(pilot, "rcnn").summary.title == "Rich feature hierarchies"
        assert told(pilot).startswith("taken back: rcnn: title edited")
    assert snapshot(tmp_path) == before


async def test_all_facts_are_one_change_and_only_those_typed_are_the_readers(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    before = done(home)
    typed = {
        "authors": "Ross Girshick\n残差 网络\n",
        "year": "2014",
        "venue": "CVPR",
        "doi": "https://doi.org/10.1109/CVPR.2014.81",
        "arxiv": "arXiv:1311.2524v5",
        "links": f"code {LINK}\ntranslation {LINK}/zh\nhttps://example.org/page",
        "abstract": "Zwei\n\nAbsätze 残差.",
    }
    async with running(home) as pilot:
        await go_to(pilot, "papers", "rcnn")
        await press(pilot, "m")
        for name, text in typed.items():
            await fill(pilot, name, text)
        await press(pilot, "ctrl+s")
        now = paper(pilot, "rcnn")
        assert now.summary.authors == ("Ross Girshick", "残差 网络")
        assert (now.summary.year, now.venue, now.summary.doi) == (2014, "CVPR", "10.1109/cvpr.2014.81")
        assert now.summary.arxiv_id == "1311.2524" and now.abstract == "Zwei\n\nAbsätze 残差."
        assert now.links == (
            ("code", LINK),
            ("translation", f"{LINK}/zh"),
            ("page", "https://example.org/page"),
        )
        await press(pilot, "m")
        assert value(pilot, "links") == f"code {LINK}\ntranslation {LINK}/zh\npage https://example.org/page"
        await fill(pilot, "links", f"code {LINK}")
        await fill(pilot, "year", "")
        await press(pilot, "ctrl+s")
        assert told(pilot) == "rcnn: year taken away; translation taken away; page taken away"
        assert paper(pilot, "rcnn").links == (("code", LINK),)
        connection = library_of(pilot)._trail.database.read()
        edited = connection.execute("SELECT edited_fields FROM paper WHERE key = 'rcnn'").fetchone()[0]
        assert set(edited.split()) == {"authors", "year", "venue", "doi", "abstract"}
    assert len(done(home)) == len(before) + 2


WRONG = {
    "title": ("", "the title is empty"),
    "year": ("[/b] MMXV", "[/b] MMXV is no year"),
    "doi": ("10.x", "holds no DOI"),
    "arxiv": ("1512.3385", "1512.3385"),
    "links": (f"code {LINK}\nsonata {LINK}", "is no link: write one a line"),
    "abstract": ("x" * 50_001, "50,001 characters"),
}


@pytest.mark.parametrize("size", SIZES[::2], ids=str)
async def test_what_cannot_be_is_told_beside_each_field_and_nothing_is_lost(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    home = small_trail(tmp_path)
    before = done(home)
    async with running(home, size) as pilot:
        await go_to(pilot, "papers", "rcnn")
        await press(pilot, "m")
        for name, (text, _) in WRONG.items():
            await fill(pilot, name, text)
        await fill(pilot, "venue", "CVPR")
        await press(pilot, "ctrl+s")
        for name, (text, words) in WRONG.items():
            assert words in wrong(pilot, name) and value(pilot, name) == text
        assert value(pilot, "venue") == "CVPR" and pilot.app.focused is field(pilot, "title")
        assert "! the title is empty" in shown(pilot) and "^s keep it" in shown(pilot)
        await press(pilot, "tab", "tab", "9")
        assert wrong(pilot, "year") == "", "what was said of another text is gone"
        await press(pilot, "escape")
        assert "is not stored" in shown(pilot)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, PaperForm) and value(pilot, "venue") == "CVPR"
        await press(pilot, "escape", "t")
        assert not isinstance(pilot.app.screen, PaperForm | ChoiceDialog)
    assert done(home) == before


async def test_nothing_typed_is_nothing_done(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    before = done(home)
    async with running(home) as pilot:
        await go_to(pilot, "papers", "rcnn")
        await press(pilot, "m", "escape")
        assert not isinstance(pilot.app.screen, PaperForm)
        await press(pilot, "m", "ctrl+s")
        assert told(pilot) == "rcnn is as it was"
    assert done(home) == before


async def test_what_another_program_changed_is_told_and_not_written_over(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    async with running(home, (80, 24)) as pilot:
        await go_to(pilot, "papers", "rcnn")
        await press(pilot, "m")
        await fill(pilot, "title", "Mine")
        await fill(pilot, "links", f"code {LINK}")
        with opened(home) as other:
            facts = [("title", EVIL), ("venue", "ECCV"), ("code", f"{LINK}/theirs")]
            other.corrections.edit("rcnn", read_facts(facts))
        await press(pilot, "ctrl+s")
        assert "changed elsewhere meanwhile, to " in wrong(pilot, "title")
        assert "a [/b] z" in wrong(pilot, "title") and "\x1b" not in shown(pilot)
        assert f"{LINK}/theirs" in wrong(pilot, "links")
        assert paper(pilot, "rcnn").summary.title == clean_line(EVIL) and value(pilot, "title") == "Mine"
        await press(pilot, "ctrl+s")
        now = paper(pilot, "rcnn")
        assert (now.summary.title, now.venue, now.links) == ("Mine", "ECCV", (("code", LINK),))
        await press(pilot, "m")
        with opened(home) as other:
            other.corrections.remove("rcnn")
        await fill(pilot, "title", "Gone")
        await press(pilot, "ctrl+s")
        assert "no paper has the key rcnn" in shown(pilot) and value(pilot, "title") == "Gone"


async def test_what_both_changed_alike_is_no_conflict(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    async with running(home) as pilot:
        await go_to(pilot, "papers", "rcnn")
        await press(pilot, "m")
        with opened(home) as other:
            other.corrections.edit("rcnn", read_facts([("year", "2014")]))
        await fill(pilot, "year", "2014")
        await fill(pilot, "venue", "CVPR")
        await press(pilot, "ctrl+s")
        assert (paper(pilot, "rcnn").summary.year, paper(pilot, "rcnn").venue) == (2014, "CVPR")


@pytest.mark.parametrize(("mode", "size"), [*zip(("today", "papers", "map"), SIZES, strict=True)], ids=str)
async def test_a_paper_is_added_by_hand_by_keys_alone_and_taken_back(
    tmp_path: Path, mode: str, size: tuple[int, int]
) -> None:
    home = small_trail(tmp_path)
    opened(home).close()
    before = snapshot(tmp_path)
    async with running(home, size, mode="today") as pilot:
        await go_to(pilot, mode, "rcnn")
        await press(pilot, "A", "ctrl+s")
        assert "the title is empty: every paper has one" in shown(pilot)
        await write(pilot, "感知机 Perceptrons")
        await press(pilot, "enter")
        await write(pilot, "Marvin Minsky\nSeymour Papert")
        await press(pilot, "tab")
        await write(pilot, "1969")
        await press(pilot, "down", "up", "down", "tab", "tab", "tab")
        await write(pilot, f"blog {LINK}")
        await press(pilot, "ctrl+s")
        (new,) = set(keys(pilot)) - {row[1] for row in RCNN}
        assert told(pilot) == f"added {new}"
        now = paper(pilot, new)
        assert now.summary.title == "感知机 Perceptrons" and now.summary.year == 1969
        assert now.summary.authors == ("Marvin Minsky", "Seymour Papert") and now.links == (("blog", LINK),)
        await press(pilot, "u")
        assert told(pilot).startswith(f"taken back: added {new}") and new not in keys(pilot)
        assert "Perceptrons" not in shown(pilot)
    assert snapshot(tmp_path) == before


@pytest.mark.parametrize(("name", "identity"), [("arxiv", "1412.6980v9"), ("doi", "10.1000/Adam")])
async def test_what_is_there_gets_what_it_lacks(tmp_path: Path, name: str, identity: str) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        library.corrections.edit("adam", read_facts([("doi", "10.1000/adam")]))
    async with running(home) as pilot:
        await press(pilot, "A")
        for what, text in {"title": "Another", "venue": "ICLR", "year": "2000", name: identity}.items():
            await fill(pilot, what, text)
        await press(pilot, "ctrl+s")
        assert told(pilot) == "known already: adam; it lacked venue"
        now = paper(pilot, "adam")
        assert (now.summary.title, now.venue, now.summary.year) == ("Adam", "ICLR", 2014)
        await press(pilot, "u")
        assert paper(pilot, "adam").venue == ""


@pytest.mark.parametrize(
    ("answer", "left"), [("1", {"adam"}), ("k", {"adam", "adam-2"}), ("escape", {"adam", "adam-2"})]
)
async def test_a_twin_is_offered_to_be_merged(tmp_path: Path, answer: str, left: set[str]) -> None:
    home = small_trail(tmp_path)
    async with running(home, (80, 24)) as pilot:
        await press(pilot, "A")
        await write(pilot, "ADAM")
        await fill(pilot, "venue", "ICLR")
        await press(pilot, "ctrl+s")
        assert "Is this one paper?" in shown(pilot) and "the same as adam: adam stays" in shown(pilot)
        await press(pilot, answer)
        assert {key for key in keys(pilot) if key.startswith("adam")} == left
        if answer == "1":
            assert told(pilot) == "adam-2 is adam now · u takes it back"
            assert paper(pilot, "adam-2").summary.key == "adam" and paper(pilot, "adam").venue == "ICLR"
            await press(pilot, "u")
            assert {"adam", "adam-2"} < set(keys(pilot)) and paper(pilot, "adam").venue == ""


@pytest.mark.parametrize("answer", ["o", "k"])
async def test_an_id_of_another_paper_offers_to_make_one_of_both(tmp_path: Path, answer: str) -> None:
    home = small_trail(tmp_path)
    async with running(home, (80, 24)) as pilot:
        await go_to(pilot, "papers", "robbins-monro")
        await press(pilot, "m")
        await fill(pilot, "arxiv", "1412.6980")
        await fill(pilot, "venue", "AMS")
        await press(pilot, "ctrl+s")
        assert "Are these one paper?" in shown(pilot) and "Adam" in shown(pilot)
        await press(pilot, answer)
        if answer == "k":
            assert value(pilot, "venue") == "AMS" and "that is adam" in wrong(pilot, "arxiv")
        else:
            assert "robbins-monro" not in keys(pilot)
            assert told(pilot) == "robbins-monro is adam now, and answers to both keys"
            assert paper(pilot, "adam").venue == "AMS"
            await press(pilot, "u")
            assert "robbins-monro" in keys(pilot)


@pytest.mark.parametrize("screen", SCREENS)
async def test_two_papers_are_merged_by_keys_alone_and_taken_back(tmp_path: Path, screen: str) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        for key in ("sppnet", "fast-rcnn"):
            library.notes.save(key, NOTE + f"\nWords of {key}.\n", None)
    before = snapshot(tmp_path)
    async with running(home, (80, 24), mode="today") as pilot:
        await go_to(pilot, screen, "sppnet")
        await press(pilot, "equals_sign")
        await write(pilot, "fast r-cnn")
        await press(pilot, "down", "enter")
        assert "Make one paper of both?" in shown(pilot) and "Spatial Pyramid Pooling" in shown(pilot)
        await press(pilot, "enter")
        assert "sppnet" in keys(pilot), "enter is the harmless answer"
        await press(pilot, "equals_sign")
        await write(pilot, "fast-rcnn")
        await press(pilot, "enter", "1")
        assert "sppnet" not in keys(pilot)
        assert told(pilot).startswith("sppnet is fast-rcnn now · u takes it back")
        text = (home.notes / "fast-rcnn.md").read_text(encoding="utf-8")
        assert "Words of sppnet." in text and "Words of fast-rcnn." in text
        left = pilot.app.screen
        await press(pilot, "u")
        assert "sppnet" in keys(pilot)
        assert pilot.app.screen is left, "the paper is in sight under the key it had"
    assert snapshot(tmp_path) == before


async def test_two_marked_papers_are_asked_about_at_once(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path)) as pilot:
        await press(pilot, "2", "tab", "home", "enter", "home", "space", "space", "equals_sign")
        assert "rcnn stays; what it lacks comes from sppnet" in shown(pilot)
        await press(pilot, "2")
        assert "sppnet" not in keys(pilot) and paper(pilot, "sppnet").summary.key == "rcnn"
        await press(pilot, "home", "escape", "space", "space", "space", "equals_sign")
        assert "mark two, or none" in told(pilot)
        await press(pilot, "delete")
        assert "one by one" in told(pilot)


async def test_a_twin_stands_first_and_words_that_fit_nothing_say_so(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        library.corrections.add(read_facts([("title", "ADAM")]))
    async with running(home) as pilot:
        await go_to(pilot, "papers", "adam-2")
        await press(pilot, "equals_sign")
        assert pilot.app.screen.query_one(OptionList).options[0].id == "adam"
        await press(pilot, "enter")
        assert "no paper is named" in shown(pilot)
        await write(pilot, "zzz")
        assert "no paper has these words" in shown(pilot)
        await press(pilot, "enter")
        assert "no paper is called zzz" in shown(pilot)
        await press(pilot, "escape")
        assert "adam-2" in keys(pilot)


@pytest.mark.parametrize("screen", SCREENS)
async def test_a_paper_is_removed_after_asking_and_taken_back(tmp_path: Path, screen: str) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        library.notes.save("sppnet", NOTE, None)
    before = snapshot(tmp_path)
    async with running(home, (80, 24), mode="today") as pilot:
        await go_to(pilot, screen, "sppnet")
        for harmless in ("enter", "escape", "k"):
            await press(pilot, "delete")
            assert "Remove sppnet?" in shown(pilot) and "its note of" in shown(pilot)
            await press(pilot, harmless)
        assert "sppnet" in keys(pilot)
        await press(pilot, "delete", "r")
        assert "sppnet" not in keys(pilot) and not (home.notes / "sppnet.md").exists()
        assert told(pilot) == "sppnet is removed · u takes it back"
        assert not isinstance(pilot.app.screen, PaperScreen)
        left = pilot.app.screen
        await press(pilot, "u")
        assert "sppnet" in keys(pilot)
        assert pilot.app.screen is left, "the paper is in sight under the key it had"
    assert snapshot(tmp_path) == before


@pytest.mark.parametrize("screen", SCREENS)
async def test_a_paper_gets_another_key(tmp_path: Path, screen: str) -> None:
    home = small_trail(tmp_path)
    opened(home).close()
    before = snapshot(tmp_path)
    async with running(home, (80, 24), mode="today") as pilot:
        await go_to(pilot, screen, "sppnet")
        await press(pilot, "N", "end")
        await write(pilot, " [/b]")
        await press(pilot, "enter")
        assert "can be no key" in shown(pilot)
        await press(pilot, *["backspace"] * 5)
        await write(pilot, "-2\n")
        assert "sppnet-2" in keys(pilot) and told(pilot).startswith("its key is sppnet-2 now")
        assert "Spatial Pyramid" in shown(pilot) or screen == "map"
        left = pilot.app.screen
        await press(pilot, "u")
        assert "sppnet" in keys(pilot)
        assert pilot.app.screen is left, "the paper is in sight under the key it had"
    assert snapshot(tmp_path) == before


@pytest.mark.parametrize(
    ("title", "size"), [*zip([HOSTILE_TITLES[n] for n in (1, 3, 4, 7)], [*SIZES, SIZES[0]], strict=True)]
)
async def test_hostile_facts_are_text_in_every_dialog(
    tmp_path: Path, title: str, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    if size[0] == 80:
        monkeypatch.setenv("NO_COLOR", "1")
    evil = [("evil", f"evil-{n}", title, title, "", title, "", "", "") for n in (1, 2)]
    home = small_trail(tmp_path, [*RCNN, *evil])
    async with running(home, size) as pilot:
        await go_to(pilot, "papers", "evil-1")
        await press(pilot, "m")
        pilot.app.screen.query_one("#abstract", TextArea).focus()
        at_once(pilot, "", title)
        await settle(pilot)
        assert value(pilot, "title") == clean_line(title) and value(pilot, "abstract") == clean(title)
        for odd in ("\x1b", "\x07", "\u202e", "\x9b"):
            assert odd not in shown(pilot)
        await press(pilot, "escape", "t")
        for key, words in (
            ("equals_sign", "same as evil-1"),
            ("delete", "Remove evil-1?"),
            ("N", "Another key"),
        ):
            await press(pilot, key)
            assert words in shown(pilot)
            await press(pilot, "escape")
        await press(pilot, "equals_sign", "down", "enter")
        assert "Make one paper of both?" in shown(pilot)
        for odd in ("\x1b", "\x07", "\u202e", "\x9b"):
            assert odd not in shown(pilot)
        await press(pilot, "1")
        assert "evil-1" not in keys(pilot)
        await press(pilot, "A")
        await fill(pilot, "title", clean_line(title))
        await press(pilot, "ctrl+s")
        if len(title) < 2_000:
            assert "Is this one paper?" in shown(pilot)


@pytest.mark.parametrize("screen", SCREENS)
async def test_the_help_and_the_palette_know_the_keys(tmp_path: Path, screen: str) -> None:
    async with running(small_trail(tmp_path), (140, 40), mode="today") as pilot:
        await go_to(pilot, screen, "rcnn")
        await press(pilot, "question_mark")
        assert isinstance(pilot.app.screen, HelpScreen)
        helped = str(pilot.app.screen.query_one("#help-keys", Static).render())
        for key, words in (("m", "Correct"), ("N", "Give it"), ("=", "It is the same"), ("del", "Remove it")):
            assert re.search(rf"^  {re.escape(key)} +{re.escape(words)}", helped, re.MULTILINE)
        assert ("Add by hand" in helped) == (screen != "paper")
        await press(pilot, "escape", "ctrl+p")
        await write(pilot, "remove it")
        assert "Remove it" in shown(pilot)


async def test_where_there_is_no_paper_the_keys_say_so(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path), (80, 24)) as pilot:
        await press(pilot, "2", "tab", "home", "down", "enter")
        for key in ("m", "N", "equals_sign", "delete"):
            await press(pilot, key)
            assert "w queues a paper" in told(pilot), key


OTHER = "It's a [/b] z method \\u001b]52;c;ZXZpbA==\\u0007 残差"


@pytest.mark.parametrize("answer", ["n", "p", "k"])
async def test_another_title_in_a_note_is_offered_and_taken_back(tmp_path: Path, answer: str) -> None:
    home = small_trail(tmp_path)
    home.notes.mkdir()
    path = home.notes / "adam.md"
    path.write_text(f'---\nkey: adam\ntitle: "{OTHER}"\n---\n{NOTE}', encoding="utf-8")
    opened(home).close()
    before = snapshot(tmp_path)
    title = clean_line("It's a [/b] z method \x1b]52;c;ZXZpbA==\x07 残差")
    async with running(home, (80, 24), mode="today") as pilot:
        await go_to(pilot, "paper", "adam")
        assert "! the note calls it" in shown(pilot).replace("\n", " ") and " T title " in shown(pilot)
        assert "\x1b" not in shown(pilot)
        await press(pilot, "T")
        assert "Which title is right?" in shown(pilot) and "a [/b] z method" in shown(pilot)
        await press(pilot, answer)
        assert paper(pilot, "adam").summary.title == (title if answer == "n" else "Adam")
        assert ('title: "Adam"' in path.read_text(encoding="utf-8")) == (answer == "p")
        assert ("! the note calls it" in shown(pilot)) == (answer == "k")
        if answer != "k":
            assert "u takes it back" in told(pilot)
            await press(pilot, "u")
            assert "! the note calls it" in shown(pilot)
    assert snapshot(tmp_path) == before


async def test_where_the_titles_are_one_there_is_nothing_to_settle(tmp_path: Path) -> None:
    async with running(small_trail(tmp_path), (80, 24), mode="today") as pilot:
        await go_to(pilot, "paper", "adam")
        assert " T title " not in shown(pilot)
        await press(pilot, "T")
        assert "no other title" in told(pilot)
