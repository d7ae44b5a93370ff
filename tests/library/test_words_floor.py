"""How much is a note: words a section, asked for by the template and by the goal."""

import sqlite3
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrail.domain.errors import BadInput
from papertrail.domain.note import SectionState
from papertrail.domain.paper import Status
from papertrail.library import Home, Library
from papertrail.notebook import sections
from papertrail.notebook.headings import fold_name, is_marked_required, section_name, words_wanted
from papertrail.notebook.template import parse_template
from tests.examples import examples
from tests.trails import NOTE, FixedClock, opened, small_trail

MARKED = "## Problem (required, 5 words)\n\n## 关键（必填，4字）\n\n## Rest\n"


def note(problem: str, key: str = "") -> str:
    return f"## Problem\n\n{problem}\n\n## 关键\n\n{key}\n"


def state(library: Library, key: str, section: str) -> SectionState:
    found = library.papers.get(key).note.sections
    return next(one for one in found if one.short == section)


def index_rows(home: Home) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(home.private / "library.db")
    try:
        return connection.execute("SELECT paper_id, sections, complete FROM note ORDER BY 1").fetchall()
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("Problem (required, 20 words)", 20),
        ("Problem (Required,1 WORD)", 1),
        ("Problem（必填，20字）", 20),
        ("Problem （必填、 20 个字）", 20),
        ("Problem (必填, 3词)", 3),
        ("Problem (required)", 0),
        ("Problem（必填）", 0),
    ],
)
def test_a_mark_may_name_words(heading: str, words: int) -> None:
    assert (section_name(heading), is_marked_required(heading)) == ("Problem", True)
    assert words_wanted(heading) == words
    assert fold_name(heading) == "problem"


@pytest.mark.parametrize(
    "heading", ["Problem (20 words)", "Problem (required, many)", "Problem (required 20)"]
)
def test_what_is_no_mark_is_part_of_the_name(heading: str) -> None:
    assert (section_name(heading), is_marked_required(heading), words_wanted(heading)) == (heading, False, 0)


@pytest.mark.parametrize(
    ("problem", "key", "owes"),
    [
        ("one two three four five", "残差网络", ""),
        ("one two three four", "残差网络", "Problem 4 of 5 words"),
        ("one two three four five", "残差网", "关键 3 of 4 words"),
        ("残差 two three four", "", "关键"),
        ("![a picture](x.png)", "残差网络", "Problem 2 of 5 words"),
        ("`one` **two** [three](https://x.org) four five <!-- six -->", "四个字呢", ""),
        ("a [/b] z \x1b]52;c;ZXZpbA==", "四个字呢", "Problem 4 of 5 words"),
    ],
)
def test_a_section_is_filled_with_so_many_words(tmp_path: Path, problem: str, key: str, owes: str) -> None:
    template = parse_template(MARKED, tmp_path)
    assert template.fill("rcnn", "R", None, ()).count("required") == 0
    index = sections.index_note(note(problem, key), template)
    found = index.state(tmp_path)
    assert (found.owes, found.complete) == (owes, not owes)


def test_the_template_s_words_hold_for_what_is_counted(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        library.statuses.set(["rcnn"], Status.READ)
        saved = library.notes.save("rcnn", note("Slow.", "四个字呢"), None)
        assert not saved.newly_counted
        (home.private / "template.md").write_text(MARKED, encoding="utf-8")
        library.notes.index_changed()
        assert state(library, "rcnn", "Problem").tally == "1 of 5 words"
        assert not library.papers.get("rcnn").summary.counted
        saved = library.notes.save("rcnn", note("Slow, and far too slow.", "四个字呢"), saved.sha256)
        assert saved.newly_counted


def test_the_goal_s_words_hold_for_every_required_section(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, clock = small_trail(tmp_path), FixedClock()
    with opened(home, clock) as library:
        for key in ("rcnn", "sppnet", "adam"):
            library.notes.save(key, NOTE, None)
        library.notes.save("adam", NOTE.replace("slow.", "slow. " * 9), library.notes.version("adam"))
        library.statuses.set(["rcnn", "sppnet", "fast-rcnn"], Status.READ)
        before = index_rows(home)
        assert library.goal.progress().counted == 2
        floor = library.goal.floor(5)
        assert (floor.owing, floor.counting, floor.owed) == (("rcnn", "sppnet"), (), 3)
        assert index_rows(home) == before, "nothing is changed by looking"
        with monkeypatch.context() as patched:
            patched.setattr(sections, "index_note", None)  # no note is parsed for it
            library.goal.set(words=5)
        assert library.goal.progress().counted == 0
        assert state(library, "rcnn", "Problem").tally == "4 of 5 words"
        assert library.papers.get("rcnn").note.owes == "Problem 4 of 5 words"
        assert library.papers.get("fast-rcnn").note.sections[0].wanted == 5
        assert library.comparisons.of_papers(["rcnn"]).question("problem").answers[0].owed

        floor = library.goal.floor(4)
        assert (floor.owing, floor.counting, floor.owed) == ((), ("rcnn", "sppnet"), 1)
        library.undo.undo()
        assert index_rows(home) == before
        assert library.goal.progress().counted == 2
        library.undo.redo()
        assert library.goal.progress().counted == 0
        library.goal.pause(clock.now().date(), clock.now().date())
        assert library.goal.progress().counted == 0, "a pause leaves it"
        library.goal.drop()
        assert index_rows(home) == before
        assert library.goal.progress().counted == 2


def test_what_counts_is_journaled_once_for_each_paper(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        library.notes.save("rcnn", NOTE, None)
        library.goal.set(words=9)
        library.statuses.set(["rcnn"], Status.READ)
        library.goal.set(words=0)
        library.undo.undo()
        library.undo.redo()
        assert library.papers.get("rcnn").summary.counted
    connection = sqlite3.connect(home.private / "library.db")
    told = connection.execute("SELECT after FROM journal WHERE verb = 'counted' ORDER BY id").fetchall()
    connection.close()
    assert [after is not None for (after,) in told] == [True, False, True]


@pytest.mark.parametrize("words", [-1, 10_000])
def test_a_floor_has_an_end(tmp_path: Path, words: int) -> None:
    with opened(small_trail(tmp_path)) as library:
        for ask in (library.goal.floor, lambda number: library.goal.set(words=number)):
            with pytest.raises(BadInput, match="words a section: give a number from 0"):
                ask(words)


def test_the_words_of_a_goal_are_undone_in_words(tmp_path: Path) -> None:
    with opened(small_trail(tmp_path)) as library:
        library.goal.set(words=20)
        assert library.undo.undo().past.what == "goal: 20 words a section"


WORDS = st.lists(st.sampled_from(["slow", "残差", "`code`", "", "- item", "Q: why?", "\n"]), max_size=8)


@examples(15)
@given(notes=st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=4), floors=st.lists(st.integers(0, 9)))
def test_counting_anew_is_what_reading_every_note_anew_says(
    notes: list[tuple[list[str], list[str]]], floors: list[int]
) -> None:
    with TemporaryDirectory() as folder:
        home = small_trail(Path(folder))
        home.private.mkdir()
        (home.private / "template.md").write_text(MARKED, encoding="utf-8")
        with opened(home) as library:
            keys = ("rcnn", "sppnet", "fast-rcnn", "adam")
            for key, (problem, idea) in zip(keys, notes, strict=False):
                library.notes.save(key, note(" ".join(problem), " ".join(idea)), None)
            library.statuses.set(["rcnn", "adam"], Status.READ)
            for floor in floors[:3]:
                library.goal.set(words=floor)
            quick = index_rows(home)
            for path in home.notes.glob("*.md"):
                path.touch()
            library.notes.index_changed()
            assert index_rows(home) == quick
