"""A lineage told as one document: how it is told, what its sections are, the words that no template gives."""

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from papertrail.domain.text import fold

_GLOSSARIES = frozenset(
    map(
        fold,
        (
            "Words",
            "Terms",
            "Glossary",
            "词",
            "词汇",
            "词语",
            "术语",
            "术语表",
            "名词",
            "詞彙",
            "術語",
            "用語",
        ),
    )
)
_IDEOGRAPHS = "\u3400", "\u9fff"


class StoryForm(NamedTuple):
    """How a story is told.

    Attributes:
        short: thesis, table, a sentence a step and the map alone.
        progress: what is read, counted, owed and open, too.
        comments: whether the comments in the notes are told.
        follow_links: whether notes are told that are links out of the trail.
    """

    short: bool = False
    progress: bool = False
    comments: bool = False
    follow_links: bool = False


class Roles(NamedTuple):
    """What the sections of a template are to a story, by their names; empty where the template has none.

    Attributes:
        problem: what the field could not do.
        idea: what the paper did about it.
        limits: what was still wrong with it.
        answer: what the next paper did about the limits of this one.
        questions: where questions stand with their answers.
    """

    problem: str = ""
    idea: str = ""
    limits: str = ""
    answer: str = ""
    questions: str = ""


class StoryWords(NamedTuple):
    """The few words of a story that stand in no template."""

    language: str
    paper: str
    year: str
    builds_on: str
    then: str
    questions: str
    words: str
    references: str


ENGLISH = StoryWords(
    "en", "Paper", "Year", "builds on", "Then", "Questions and answers", "Words", "References"
)
CHINESE = StoryWords("zh", "论文", "年份", "基于", "之后", "问与答", "术语", "参考文献")

Numbers = Mapping[str, tuple[tuple[str, str], ...]]
"""What papers measured, by their keys: each number with what it is of."""


def words_for(names: str) -> StoryWords:
    """Return the words that go with the names of a template's sections."""
    first, last = _IDEOGRAPHS  # an expression of them takes 5 ms to make
    return CHINESE if any(first <= sign <= last for sign in names) else ENGLISH


@lru_cache(maxsize=1_000)  # the notes of a trail have the same headings
def is_glossary(heading: str) -> bool:
    """Tell whether the lines of a section say what terms mean."""
    return fold(heading).strip(" :：") in _GLOSSARIES
