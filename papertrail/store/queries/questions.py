"""Questions: which there are, and which of them a note asks today."""

import os
from collections.abc import Sequence
from sqlite3 import Connection
from typing import TYPE_CHECKING

from papertrail.store.queries import ME

if TYPE_CHECKING:
    from papertrail.domain.recall.question import KnownQuestion, NoteQuestion

OF_PAPER = """
SELECT id, kind, section, wording, answer, place, asleep_since FROM question
WHERE reader_id = :reader AND paper_id = :paper ORDER BY place, id
"""

# Taken out of another paper's note, and not asked anywhere since.
ASLEEP_ELSEWHERE = """
SELECT id, kind, section, wording, answer, place, asleep_since FROM question
WHERE reader_id = :reader AND paper_id <> :paper AND kind = 'pair' AND asleep_since IS NOT NULL
  AND wording IN (SELECT value FROM json_each(:wordings)) ORDER BY asleep_since DESC, id
"""

ADD = """
INSERT INTO question (guid, reader_id, paper_id, kind, section, wording, answer, place)
VALUES (:guid, :reader, :paper, :kind, :section, :wording, :answer, :place)
"""

KEEP = """
UPDATE question SET paper_id = :paper, section = :section, wording = :wording, answer = :answer,
  place = :place, asleep_since = NULL
WHERE id = :id
"""

PUT_TO_SLEEP = """
UPDATE question SET asleep_since = :day
WHERE id IN (SELECT value FROM json_each(:ids)) AND asleep_since IS NULL
"""

PUT_ALL_TO_SLEEP = """
UPDATE question SET asleep_since = :day
WHERE reader_id = :reader AND paper_id = :paper AND asleep_since IS NULL
"""

# What was said to be a bad question is a good one, or another, once it is worded otherwise.
ASK_AGAIN = "DELETE FROM set_aside WHERE question_id = :id AND until IS NULL"

GIVE = "UPDATE question SET paper_id = :paper WHERE paper_id = :of"

GIVE_ASKED = "UPDATE asked SET paper_id = :paper WHERE paper_id = :of"

GIVE_TOLD = """
UPDATE told_paper SET paper_id = :paper WHERE paper_id = :of AND NOT EXISTS (
  SELECT 1 FROM told_paper other WHERE other.telling_id = told_paper.telling_id AND other.paper_id = :paper
)
"""


def of_paper(connection: Connection, paper: int) -> "list[KnownQuestion]":
    """Return all questions that a paper's note ever asked, those asleep among them."""
    return _known(connection, OF_PAPER, paper=paper)


def asleep_elsewhere(connection: Connection, paper: int, wordings: Sequence[str]) -> "list[KnownQuestion]":
    """Return the reader's own questions of these wordings that notes of other papers ask no more."""
    import json

    return _known(connection, ASLEEP_ELSEWHERE, paper=paper, wordings=json.dumps(wordings))


def _known(connection: Connection, sql: str, **values: object) -> "list[KnownQuestion]":
    from papertrail.domain.recall.question import Kind, KnownQuestion

    rows = connection.execute(sql, {"reader": ME, **values})
    return [KnownQuestion(id_, Kind(kind), *rest) for id_, kind, *rest in rows]


def add(connection: Connection, paper: int, question: "NoteQuestion", answer: str, place: int) -> None:
    """Make a question known; `answer` is how its answer begins."""
    connection.execute(ADD, {**_values(paper, question, answer, place), "guid": os.urandom(8).hex()})


def keep(
    connection: Connection,
    known: "KnownQuestion",
    paper: int,
    question: "NoteQuestion",
    answer: str,
    place: int,
) -> None:
    """Take a question for one that is known, as it is asked now; it wakes if it was asleep."""
    connection.execute(KEEP, {**_values(paper, question, answer, place), "id": known.id})
    if question.wording != known.wording:
        connection.execute(ASK_AGAIN, {"id": known.id})


def _values(paper: int, question: "NoteQuestion", answer: str, place: int) -> dict[str, object]:
    return {**question._asdict(), "reader": ME, "paper": paper, "answer": answer, "place": place}


def put_to_sleep(connection: Connection, ids: Sequence[int], day: str) -> None:
    """Let questions sleep that are asked no more."""
    connection.execute(PUT_TO_SLEEP, {"ids": f"[{','.join(map(str, ids))}]", "day": day})


def put_all_to_sleep(connection: Connection, paper: int, day: str) -> None:
    """Let all questions of a paper sleep, whose note is gone."""
    connection.execute(PUT_ALL_TO_SLEEP, {"reader": ME, "paper": paper, "day": day})


def give(connection: Connection, of: int, paper: int) -> None:
    """Give a paper what another one was asked, in notes, in earnest and in tellings."""
    for sql in (GIVE, GIVE_ASKED, GIVE_TOLD):
        connection.execute(sql, {"of": of, "paper": paper})
