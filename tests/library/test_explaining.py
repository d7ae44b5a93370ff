"""What can be explained: where it is told, how it fades, what it costs."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from papertrail.domain.goal.progress import GoalProgress
from papertrail.domain.goal.words import explained_words
from papertrail.domain.paper import EXPLAINED, Status
from papertrail.domain.plain_signs import PLAIN_SIGNS
from papertrail.domain.query.parser import parse
from papertrail.domain.query.tree import Query
from papertrail.domain.recall.explaining import faded_words
from papertrail.domain.recall.review import Grade
from papertrail.library import Home, Library
from tests.explained import answer, explaining_trail
from tests.trails import FixedClock, opened


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def home(tmp_path: Path, clock: FixedClock) -> Home:
    return explaining_trail(tmp_path / "trail", clock)


@pytest.fixture
def library(home: Home, clock: FixedClock) -> Iterator[Library]:
    with opened(home, clock) as library:
        yield library


def told(library: Library) -> dict[str, Any]:
    """Return what each part of the library says of the papers that can be explained, and of what counts."""
    every = library.search.find(Query())
    line = library.lineages.all()[0]
    view = library.maps.view(line.name)
    yes, no = (list(library.search.ids(parse(f"explains:{word}").query)) for word in ("yes", "no"))
    assert sorted(yes + no) == sorted(paper.id for paper in every)
    keys = {
        "list": [paper.key for paper in every if paper.explained],
        "lines": [paper.key for paper in library.papers.lines(None) if paper.explained],
        "lines of": [p.key for p in library.papers.lines([p.id for p in every]) if p.explained],
        "show": [paper.key for paper in every if library.papers.get(paper.key).summary.explained],
        "all": [paper.summary.key for paper in library.papers.all() if paper.summary.explained],
        "map": [paper.key for paper in view.papers if paper.explained],
        "query": [paper.key for paper in every if paper.id in yes],
    }
    assert len({tuple(found) for found in keys.values()}) == 1, keys
    same = tuple(keys["list"])
    today = library.agenda.today()
    numbers = {
        line.explained,
        view.progress.explained,
        library.goal.progress().explained,
        today.progress.explained,
        today.lineages[0].explained,
        library.recall.stats().explained,
    }
    assert numbers == {len(same)}, keys
    assert len([paper for paper in every if paper.counted]) == line.counted == 2
    return {"keys": same, "faded": today.faded, "report": library.reports.render(), "line": view.line}


def test_it_is_told_everywhere_and_fades_without_a_change_of_what_counts(
    library: Library, clock: FixedClock
) -> None:
    now = told(library)
    assert now["keys"] == ("rcnn",) and now["faded"] == ()
    assert f"2 of 4 counted · 1 {EXPLAINED}" in now["line"]
    assert (
        f"{EXPLAINED} 2 of 100 counted, 1 of them you can explain: 1 % of the goal, the bar is 80 %"
        in now["report"]
    )
    clock.moment += timedelta(days=900)
    late = told(library)
    assert late["keys"] == () and late["faded"] == ("rcnn",)
    assert EXPLAINED not in late["report"] + late["line"]
    answer(library, "rcnn", Grade.GOOD)
    assert told(library)["keys"] == ("rcnn",)
    for _ in library.recall.day(["rcnn"]).asked:  # each answer is a step of its own
        library.undo.undo()
    assert told(library)["keys"] == ()


def test_it_fades_on_the_day_on_which_one_section_is_less_likely_known(
    library: Library, clock: FixedClock
) -> None:
    days = 0
    while library.recall.explained():
        clock.moment += timedelta(days=1)
        days += 1
    stability = min(
        library.recall.question(id_).memory.stability  # type: ignore[union-attr]
        for id_ in library.recall.day(["rcnn"]).asked
    )
    from papertrail.domain.recall.forgetting import retrievability

    assert retrievability(stability, days - 1) >= 0.8 > retrievability(stability, days)
    today = library.agenda.day()
    assert library.agenda.faded(today - timedelta(days=14)) == ("rcnn",)
    clock.moment += timedelta(days=20)
    assert library.agenda.faded(library.agenda.day() - timedelta(days=14)) == ()
    assert library.agenda.faded() == ("rcnn",)


def test_what_never_could_be_explained_has_not_faded(library: Library, clock: FixedClock) -> None:
    answer(library, "sppnet", Grade.AGAIN)
    clock.moment += timedelta(days=900)
    assert library.agenda.faded() == ("rcnn",)


def test_another_program_s_answers_and_the_next_day_are_seen(
    home: Home, library: Library, clock: FixedClock
) -> None:
    assert len(library.recall.explained()) == 1
    with opened(home, clock) as other:
        answer(other, "sppnet", Grade.GOOD)
    assert len(library.recall.explained()) == 2
    with opened(home, clock) as other:
        other.statuses.set(["rcnn"], Status.UNREAD)
    assert len(library.recall.explained()) == 1


def test_without_an_answer_one_look_is_all_it_costs(tmp_path: Path, home: Home, clock: FixedClock) -> None:
    with closing(sqlite3.connect(home.private / "library.db")) as connection:
        connection.execute("DELETE FROM memory")
        connection.execute("DELETE FROM review")
        connection.commit()
    with opened(home, clock) as library:
        seen: list[str] = []
        library.search.find(Query())
        connection = library._trail.database.read()
        connection.set_trace_callback(seen.append)
        library.search.find(Query())
        library.agenda.today(outlook=False)
        connection.set_trace_callback(None)
    assert not [sql for sql in seen if "FROM question" in sql or "AS explained" in sql]


def test_a_list_asks_once_however_many_pages_it_has(library: Library) -> None:
    seen: list[str] = []
    connection = library._trail.database.read()
    library.goal.set(target=5)
    connection.set_trace_callback(seen.append)
    for _ in range(50):
        library.search.find(Query())
    connection.set_trace_callback(None)
    assert sum("FROM question" in sql for sql in seen) == 1


def test_the_words() -> None:
    assert EXPLAINED.isprintable() and PLAIN_SIGNS[ord(EXPLAINED)] == "@"
    assert faded_words([]) == ""
    assert faded_words(["rcnn"]) == "1 you could explain has faded: rcnn"
    assert faded_words(list("abcd")) == "4 you could explain have faded: a, b, c and 1 more"
    none = GoalProgress.on(date(2026, 3, 1), None, 27, 17, [])
    assert explained_words(none) == ""
    assert explained_words(none._replace(explained=11)) == "17 counted, 11 of them you can explain"


def test_a_section_says_how_many_of_its_questions_are_answered_and_counts(library: Library) -> None:
    note = library.papers.get("rcnn").note
    assert note.open_words == "Questions 1 of 3 answered" and note.complete
    looked = library.notes.look("rcnn", "## Problem\nQ: a?\n\n## Questions\nQ: b?\nA: c\n")
    assert [(s.short, s.open_words) for s in looked.state.sections if s.asked] == [
        ("Problem", "0 of 1 answered"),
        ("Questions", ""),
    ]
    library.goal.floor(20)
    library.goal.set(words=20)
    assert library.papers.get("rcnn").note.open_words == "Questions 1 of 3 answered"
    marks = {
        question.short: question.answers[0].open_words
        for question in library.comparisons.of_papers(["rcnn"]).questions
    }
    assert marks["Questions"] == "1 of 3 answered" and not marks["Problem"]
