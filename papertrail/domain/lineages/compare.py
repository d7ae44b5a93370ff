"""Reading down one question: what the notes of several papers say under the same heading."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from papertrail.domain.errors import NotFound
from papertrail.domain.note import short_section
from papertrail.domain.paper import PaperSummary
from papertrail.domain.seat import GUESS
from papertrail.domain.text import clean_line, fold, shorten


@dataclass(frozen=True, slots=True)
class Answer:
    """What one note says under one heading.

    Attributes:
        text: Markdown in the reader's own words; empty when there is nothing.
        short: the first paragraph of it as plain text on one line.
        owed: whether the section is required and not filled.
        unreadable: whether the note is there but cannot be read.
        open_words: that questions in it have no answer yet: `1 of 3 answered`; empty mostly.
    """

    text: str = ""
    short: str = ""
    owed: bool = False
    unreadable: bool = False
    open_words: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing, and nothing that should be there."""
        return not (self.text or self.owed or self.unreadable)


@dataclass(frozen=True, slots=True)
class Question:
    """One heading, and the answer of each paper of the comparison in the same order."""

    name: str
    required: bool
    answers: tuple[Answer, ...]

    @property
    def short(self) -> str:
        """The name as far as the first colon or `and`."""
        return short_section(self.name)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Papers in the order asked; the template's sections in order, then those of the reader's own.

    Attributes:
        unreadable: for each paper whose note is there but cannot be read, why.
    """

    papers: tuple[PaperSummary, ...]
    questions: tuple[Question, ...]
    unreadable: Mapping[str, str] = field(default_factory=dict)

    def question(self, text: str) -> Question:
        """Return the question a reader means by a name, a short name or the beginning of one, case ignored.

        Raises:
            NotFound: no section fits, or several do; the remedy names them.
        """
        wanted = fold(GUESS if fold(text) == "guess" else text)
        whole = [q for q in self.questions if wanted in (fold(q.name), fold(q.short))]
        begun = [q for q in self.questions if wanted and fold(q.name).startswith(wanted)]
        fitting = whole or begun
        if len(fitting) == 1:
            return fitting[0]
        said = shorten(clean_line(text), 60)
        if not said:
            raise NotFound("the name of the section is empty", f"the sections are {_names(self.questions)}")
        if fitting:
            raise NotFound(f"{said} is the beginning of several sections", _names(fitting))
        raise NotFound(f"no section is called {said}", f"the sections are {_names(self.questions)}")

    def only(self, text: str) -> "Comparison":
        """Return the comparison of one question; see `question`."""
        return Comparison(self.papers, (self.question(text),), self.unreadable)


def _names(questions: Sequence[Question]) -> str:
    return ", ".join(shorten(clean_line(question.short), 40) for question in questions)
