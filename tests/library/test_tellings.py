"""Lineages told from memory: kept as one change, put aside meanwhile, shown the next time."""

from pathlib import Path

import pytest

from papertrail.domain.errors import BadInput, NotFound, PapertrailError
from papertrail.domain.settings import TELL_MINUTES
from papertrail.domain.story import StoryForm
from papertrail.domain.tellings import Mark, Unfinished
from papertrail.library import Home, Library
from papertrail.store.connection import Database
from tests.trails import HOSTILE_TITLES, NOTE, FixedClock, opened, small_trail

R = "R-CNN to Faster R-CNN"
TEXT = "Proposals were cropped, then 残差 shared."


def texts(home: Home) -> list[str]:
    return sorted(path.name for path in (home.private / "tellings").glob("*.md"))


def tell(library: Library, text: str = TEXT, **marks: str) -> None:
    given = {key.replace("_", "-"): Mark(mark) for key, mark in marks.items()}
    library.tellings.tell(library.tellings.page(R), text, 161, given)


def test_a_telling_is_kept_taken_back_and_done_again(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        library.notes.save("rcnn", NOTE, None)
        note = (home.notes / "rcnn.md").read_bytes()
        page = library.tellings.page(R)
        assert [paper.key for paper in page.papers] == ["rcnn", "sppnet", "fast-rcnn", "faster-rcnn"]
        assert page.links["fast-rcnn"] == ("rcnn", "sppnet") and page.minutes == 3 and page.last is None
        assert page.last_line == ""
        kept = library.tellings.tell(page, TEXT, 161, {"rcnn": Mark.TOLD, "fast-rcnn": Mark.MISSED})
        assert (kept.stamp, kept.size, kept.outcome) == (
            "2026-03-01 09:30",
            "2:41, 7 words",
            "1 told, 1 missed",
        )
        assert (
            library.tellings.all() == library.tellings.all(R) == [kept] and library.tellings.all("SGD") == []
        )
        assert library.tellings.text(kept) == TEXT + "\n"
        assert list((home.notes).glob("*.md")) == [home.notes / "rcnn.md"]
        assert (home.notes / "rcnn.md").read_bytes() == note
        page = library.tellings.page(R)
        assert page.missed == ("fast-rcnn",)
        assert page.last_line == "last time, 2026-03-01: 1 told, 1 missed: 2015"
        told = library.undo.undo().past.what
        assert told == f"{R} told from memory (1 of 2 papers)"
        assert library.tellings.all() == [] and library.tellings.page(R).last is None
        assert texts(home) == ["2026-03-01-093000-r-cnn-to-faster-r-cnn.md"], "the file stays"
        library.undo.redo()
        assert library.tellings.all() == [kept] and library.tellings.text(kept) == TEXT + "\n"


def test_the_story_stands_beside_what_was_told(tmp_path: Path) -> None:
    with opened(small_trail(tmp_path)) as library:
        library.notes.save("rcnn", NOTE, None)
        rcnn, sppnet, *_ = library.tellings.papers(library.tellings.page(R), TEXT)
        assert rcnn.paper.key == "rcnn" and "Region proposals are slow." in rcnn.story
        assert "#rcnn" not in rcnn.story and "**Problem**" in rcnn.story
        assert "Region" in rcnn.hints and "proposals" not in rcnn.hints
        assert [TEXT[a:b] for a, b in rcnn.echoes] == ["Proposals", "shared"]
        assert "*No note yet.*" in sppnet.story and sppnet.hints == () and sppnet.echoes == ()
        story = library.exports.story(R, StoryForm(progress=True))
        for line in rcnn.story.splitlines():
            assert line in story or "Pooling" in line or " Rich feature" in line, (
                "it is the lineage's own story"
            )


def test_what_is_unfinished_waits_under_any_name(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        left = Unfinished(TEXT, 50, ("rcnn",), {"rcnn": Mark.HELPED})
        library.tellings.put_aside(library.tellings.page(R), left)
        library.lineages.rename(R, "Regions [/b]")
        assert library.tellings.page("Regions [/b]").unfinished == left
        assert library.tellings.page("SGD").unfinished is None
        assert library.tellings.all() == []
        library.tellings.begin_anew(library.tellings.page("Regions [/b]"))
        assert library.tellings.page("Regions [/b]").unfinished is None
        library.tellings.put_aside(library.tellings.page("SGD"), Unfinished())
        assert library.tellings.page("SGD").unfinished is None, "there is nothing to go on with"


def test_what_was_kept_is_not_offered_again(tmp_path: Path) -> None:
    """A program killed between the telling and what was put aside leaves both."""
    with opened(small_trail(tmp_path)) as library:
        page = library.tellings.page(R)
        library.tellings.tell(page, TEXT, 5, {})
        assert library.tellings.page(R).unfinished is None
        library.tellings.put_aside(page, Unfinished(f"\n{TEXT} \n", 5))
        assert library.tellings.page(R).unfinished is None
        library.tellings.put_aside(page, Unfinished(f"{TEXT} More.", 5))
        assert library.tellings.page(R).unfinished is not None


def test_a_lineage_may_get_another_name_while_it_is_told_and_after(tmp_path: Path) -> None:
    with opened(small_trail(tmp_path)) as library:
        page = library.tellings.page(R)
        library.lineages.rename(R, "Regions")
        library.corrections.rename("rcnn", "regions")
        kept = library.tellings.tell(page, TEXT, 5, {"rcnn": Mark.TOLD, "nobody": Mark.MISSED})
        assert kept.lineage == "Regions" and kept.marks == {"regions": Mark.TOLD}
        library.lineages.rename("Regions", "区域")
        (kept,) = library.tellings.all("区域")
        assert kept.lineage == "区域" and library.tellings.text(kept) == TEXT + "\n"


def test_a_lineage_that_goes_while_it_is_told_leaves_the_words(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        page = library.tellings.page(R)
        library.tellings.put_aside(page, Unfinished(TEXT))
        library.lineages.remove(R)
        with pytest.raises(NotFound, match="any more"):
            library.tellings.tell(page, TEXT, 5, {})
        assert texts(home) == [f"unfinished-{page.lineage}.md"]
        library.undo.undo()
        assert library.tellings.page(R).unfinished == Unfinished(TEXT)


def test_nothing_is_left_of_a_telling_that_could_not_be_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        page = library.tellings.page(R)

        def busy(_: Database) -> None:
            raise PapertrailError("busy", "later")

        with monkeypatch.context() as patch:
            patch.setattr(Database, "write", busy)
            with pytest.raises(PapertrailError, match="busy"):
                library.tellings.tell(page, TEXT, 5, {})
        assert texts(home) == [] and library.tellings.all() == []
        with pytest.raises(BadInput, match="nothing was told"):
            library.tellings.tell(page, " \x1b\n", 5, {})


def test_what_was_said_aloud_has_no_file(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        tell(library, "", rcnn="told", sppnet="helped")
        (kept,) = library.tellings.all(R)
        assert (kept.file, kept.size, library.tellings.file(kept)) == ("", "2:41, spoken", None)
        assert library.tellings.text(kept) == "" and texts(home) == []


def test_marks_follow_a_paper_that_is_made_one_with_another(tmp_path: Path) -> None:
    with opened(small_trail(tmp_path)) as library:
        tell(library, rcnn="told", sppnet="missed")
        tell(library, sppnet="helped")
        library.unions.merge("sppnet", "rcnn")
        assert [one.marks for one in library.tellings.all()] == [
            {"rcnn": Mark.TOLD},
            {"rcnn": Mark.HELPED},
        ]
        library.undo.undo()
        assert [one.marks for one in library.tellings.all()] == [
            {"rcnn": Mark.TOLD, "sppnet": Mark.MISSED},
            {"sppnet": Mark.HELPED},
        ]


def test_a_telling_is_found_by_its_day(tmp_path: Path) -> None:
    clock = FixedClock()
    with opened(small_trail(tmp_path), clock) as library:
        with pytest.raises(NotFound, match="tell it first"):
            library.tellings.on(R, "2026-03-01")
        tell(library, "one")
        clock.moment = clock.moment.replace(hour=10)
        tell(library, "two")
        clock.moment = clock.moment.replace(day=8)
        tell(library, "three")
        found = {
            moment: library.tellings.text(library.tellings.on(R, moment))
            for moment in ("2026-03-01", "2026-03-01 09:30", "2026-03-01T10", "2026-03", "2026-03-08")
        }
        assert list(found.values()) == ["two\n", "one\n", "two\n", "three\n", "three\n"]
        for wrong in ("2026-03-02", "", "[/b]"):
            with pytest.raises(NotFound, match=r"was not told on .*2026-03-01, 2026-03-08"):
                library.tellings.on(R, wrong)
        path = library.tellings.file(library.tellings.on(R, "2026-03-08"))
        assert path is not None
        path.unlink()
        assert library.tellings.text(library.tellings.on(R, "2026-03-08")) is None


def test_tellings_are_exported_on_request_only(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        with pytest.raises(NotFound, match="nothing was told yet"):
            library.tellings.document()
        tell(library, "# Mine\n\n<!-- open <details> a [/b] z", rcnn="told")
        library.exports.write()
        written = "".join(p.read_text(encoding="utf-8") for p in home.export.rglob("*") if p.is_file())
        assert "open" not in written.replace("Open questions", "")
        path = library.tellings.export(tmp_path / "out")
        text = path.read_text(encoding="utf-8")
        assert path.name == "tellings.md" and "## R-CNN to Faster R-CNN, 2026-03-01 09:30" in text
        assert "- told: rcnn" in text and "#### Mine" in text.replace("### Mine", "#### Mine")
        assert "\n<!--" not in text and library.tellings.export(tmp_path / "mine.md", R).name == "mine.md"
        with pytest.raises(BadInput):
            library.tellings.export(home.notes / "x.md")


@pytest.mark.parametrize("number", [0, 1, 60])
def test_lineages_of_any_length(tmp_path: Path, number: int) -> None:
    """With titles that act on terminals, and papers without a year."""
    name = "线 a [/b] z \x1b]52;c;x\x07"
    titles = (HOSTILE_TITLES * 8)[:number]
    rows = [
        (name, f"p{n}", title, "", str(1990 + n) if n % 3 else "", "", "", "", f"p{n - 1}" if n else "")
        for n, title in enumerate(titles)
    ]
    with opened(
        small_trail(tmp_path, [*rows, ("SGD", "adam", "Adam", "", "2014", "", "", "", "")])
    ) as library:
        if not number:
            library.lineages.put("empty", ["adam"])
            library.lineages.take_out("empty", ["adam"])
        line = next(one for one in library.lineages.names() if one != "SGD")
        page = library.tellings.page(line)
        assert len(page.papers) == number == len(library.tellings.papers(page, TEXT))
        kept = library.tellings.tell(page, TEXT, 9, {paper.key: Mark.MISSED for paper in page.papers})
        assert len(kept.marks) == number and list(kept.marks) == [paper.key for paper in page.papers]
        assert len(library.tellings.page(line).missed) == number
        shown = library.tellings.page(line).last_line
        assert ("no year" in shown) == (number > 0) and len(shown) < 150 and "\x1b" not in shown


def test_the_minutes_are_a_setting(tmp_path: Path) -> None:
    with opened(small_trail(tmp_path)) as library:
        library.settings.set("tell-minutes", "5")
        assert library.settings.get(TELL_MINUTES) == library.tellings.page(R).minutes == 5
        for wrong in ("0", "61", "3.5", "three", "³"):
            with pytest.raises(BadInput):
                library.settings.set("tell-minutes", wrong)
        with pytest.raises(NotFound):
            library.tellings.page("Nobody [/b]")
