"""A review that is killed, or that two windows do at once, loses no answer and counts none twice."""

from pathlib import Path

from tests.review.kills import kill_reviews, review_twice_at_once


def test_no_answer_is_lost_or_doubled_by_a_kill(tmp_path: Path) -> None:
    found = kill_reviews(tmp_path, times=3, seed=2)
    assert found["acknowledged"] > 0, found


def test_two_reviews_at_once_answer_each_question_once(tmp_path: Path) -> None:
    found = review_twice_at_once(tmp_path, seed=1)
    assert found["graded"] > 0, found
