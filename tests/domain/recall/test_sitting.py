"""A review under way, in values: forwards, back, what it was worth; and its picture."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrail.domain.recall.forgetting import Memory
from papertrail.domain.recall.question import Kind
from papertrail.domain.recall.review import DayTold, Grade, ReviewDay, ReviewQuestion, ReviewStats, place_of
from papertrail.domain.recall.sitting import Sitting, papers_of, seconds_taken
from papertrail.domain.recall.weeks import AHEAD, FORGOTTEN, KNOWN, draw_weeks
from papertrail.domain.recall.words import interval_words, minutes_words, worth_words
from tests.examples import examples

TODAY = date(2026, 3, 1)


def question(id_: int) -> ReviewQuestion:
    return ReviewQuestion(id_, Kind.PAIR, f"p{id_ % 3}", None, "T", 2000, "S", f"Why {id_}?", 0, None, None)


def day(*ids: int) -> ReviewDay:
    return ReviewDay(ids, 0, len(ids) / 3, 0.0, 0, len(ids), None, None, 20.0)


@examples(50)
@given(st.lists(st.sampled_from(["grade", "aside", "over", "back"]), max_size=40))
def test_it_goes_forwards_and_back_over_what_is_taken_back(moves: list[str]) -> None:
    sitting = Sitting(day(*range(1, 11)))
    kept: list[int] = []
    for number, move in enumerate(moves):
        id_ = sitting.next_id
        if move == "back":
            if sitting.last is not None:
                taken = kept.pop()
                sitting.go_back()
                assert sitting.next_id == taken
        elif id_ is not None:
            if move == "over":
                sitting.pass_over()
                continue
            kept.append(id_)
            memory = Memory(3.0, 5.0, TODAY + timedelta(days=3), TODAY)
            given = (Grade(number % 4 + 1), memory) if move == "grade" else (None, None)
            sitting.note(question(id_), f"op{number}", *given)
        assert [one.question.id for one in sitting._answered] == kept
        assert sitting.minutes_left == pytest.approx((sitting.total - sitting.number + 1) / 3)


def test_what_a_review_was_worth() -> None:
    sitting = Sitting(day(1, 2, 3))
    assert worth_words(sitting.worth(TODAY)) == ["Nothing was answered this time"]
    lasting = Memory(90.0, 5.0, TODAY + timedelta(days=90), TODAY)
    sitting.note(question(1), "a", Grade.GOOD, lasting, 30)
    sitting.note(question(2), "b", Grade.AGAIN, Memory(0.3, 8.0, TODAY + timedelta(days=1), TODAY), 40)
    sitting.note(question(3), "c")
    worth = sitting.worth(TODAY)
    assert (worth.answered, worth.known, worth.seconds, worth.tomorrow) == (2, 1, 70, 1)
    assert list(papers_of(worth.again)) == ["p2"]
    assert worth_words(worth) == [
        "1 of 2 answers known",
        "It took about 1 minute.",
        "In a month you will likely know 1 of them; without today it would be none.",
        "1 comes again tomorrow.",
    ]


def test_times_in_words() -> None:
    assert [interval_words(days) for days in (1, 60, 61, 365)] == ["1 d", "60 d", "2 mo", "12 mo"]
    assert [minutes_words(m) for m in (0, 0.3, 1, 7.6)] == [
        "no time",
        "less than a minute",
        "about 1 minute",
        "about 8 minutes",
    ]
    assert [seconds_taken(s) for s in (0.0, 12.4, 4000.0)] == [1, 12, 180]


def test_a_question_is_found_in_its_note_whatever_stands_there() -> None:
    text = "## Questions\r\nQ: Other?\n- Q: Why a [/b] \x1b]52;c;x\x07 残差?\n"
    assert place_of("Why a [/b] ]52;c;x 残差?", text) == (2, 0)
    assert place_of("Never asked", text) is None and place_of("", text) is None


@examples(50)
@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=28), st.integers(0, 20))
def test_the_picture_says_by_its_signs_what_was_known(told: list[tuple[int, int]], height: int) -> None:
    days = tuple(
        DayTold(TODAY - timedelta(days=n), known + other, known, 0)
        for n, (known, other) in enumerate(told)
        if known + other
    )
    stats = ReviewStats(days, 0, 0, None, 0, 0, (0, 3, 0, 1))
    rows = ["".join(text for text, _ in row) for row in draw_weeks(stats, TODAY, height=height)]
    assert len({len(row) for row in rows}) == 1 and "▲" in rows[-1] and AHEAD in "".join(rows)
    assert (KNOWN in "".join(rows)) or not any(one.known > 1 for one in days)
    assert (FORGOTTEN in "".join(rows)) or not any(one.answers - one.known > one.known for one in days)
