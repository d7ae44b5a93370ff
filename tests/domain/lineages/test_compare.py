"""Picking one question out of a comparison."""

import pytest

from papertrail.domain.errors import NotFound
from papertrail.domain.lineages.compare import Answer, Comparison, Question
from tests.cases import each

NAMES = (
    "Problem",
    "Prior work and its weakness",
    "Key idea: why did the authors design it this way?",
    "Évidence",
    "Limits and what I would change",
    "Limits of the data",
    "为什么：一句话",
)
ASKED = Comparison((), tuple(Question(name, False, ()) for name in NAMES))


@each(
    ("text", "name"),
    [
        ("Problem", NAMES[0]),
        ("pro", NAMES[0]),
        ("PRIOR", NAMES[1]),
        ("Key idea", NAMES[2]),
        ("key  IDEA: why", NAMES[2]),
        (NAMES[2].upper(), NAMES[2]),
        ("evidence", NAMES[3]),
        ("limits", NAMES[4]),
        ("limits of", NAMES[5]),
        ("为什么", NAMES[6]),
    ],
)
def test_a_question_by_its_name_or_the_beginning_of_it(text: str, name: str) -> None:
    assert ASKED.question(text).name == name
    assert [question.name for question in ASKED.only(text).questions] == [name]


@pytest.mark.parametrize("text", ["", "  ", "idea", "nothing of the kind", "\x1b[2J"])
def test_an_unknown_one_names_the_sections(text: str) -> None:
    with pytest.raises(NotFound) as caught:
        ASKED.question(text)
    said = str(caught.value)
    assert "the sections are Problem, Prior work, Key idea, Évidence, Limits, Limits of the data" in said
    assert "\x1b" not in said and "\n" not in said


def test_one_that_fits_several_names_those() -> None:
    with pytest.raises(NotFound, match=r"^pr is the beginning of several sections: Problem, Prior work$"):
        ASKED.question("pr")
    twice = Comparison((), (Question("Limits: cost", False, ()), Question("Limits: scope", False, ())))
    with pytest.raises(NotFound, match="several"):
        twice.question("limits")
    assert twice.question("limits: c").name == "Limits: cost"


def test_the_answers_stay_with_their_question() -> None:
    answers = (Answer("a", "a"), Answer(owed=True))
    asked = Comparison((), (Question("A", True, answers), Question("B", False, ())))
    assert asked.only("a").questions[0].answers == answers
