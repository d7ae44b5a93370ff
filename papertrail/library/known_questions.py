"""The questions of the notes, kept in step with them: each stays the one it was while its note is edited."""

from collections.abc import Sequence
from sqlite3 import Connection
from typing import TYPE_CHECKING

from papertrail.domain.recall.question import Kind, KnownQuestion, NoteQuestion
from papertrail.store.queries import questions

if TYPE_CHECKING:
    from papertrail.store.queries.operations import Operation


def take_in(
    connection: Connection, operation: "Operation", paper: int, asked: Sequence[NoteQuestion]
) -> None:
    """Know the questions that a paper's note asks, within the operation in which the note is indexed.

    Args:
        connection: the operation's.
        operation: the use case.
        paper: the paper's id.
        asked: what its note asks, in order.
    """
    known = questions.of_paper(connection, paper)
    if not asked and not known:
        return
    from papertrail.domain.recall.matching import beginning, match

    answers = [beginning(one.answer) for one in asked]
    if [(*one[:3], answer, None) for one, answer in zip(asked, answers, strict=True)] == [
        (*one[1:5], one.asleep_since) for one in known if one.asleep_since is None
    ]:
        return
    matched = match(asked, known)
    new = [one.wording for one, found in zip(asked, matched.known, strict=True) if found is None]
    elsewhere: dict[str, list[KnownQuestion]] = {}
    for asleep in questions.asleep_elsewhere(connection, paper, new) if new else ():
        elsewhere.setdefault(asleep.wording, []).append(asleep)
    for place, (one, answer, found) in enumerate(zip(asked, answers, matched.known, strict=True)):
        was = found
        if was is None and one.kind is Kind.PAIR and elsewhere.get(one.wording):
            was = elsewhere[one.wording].pop(0)
        if was is None:
            questions.add(connection, paper, one, answer, place)
        elif found is None or was[1:] != (*one[:3], answer, place, None):
            questions.keep(connection, was, paper, one, answer, place)
    if matched.gone:
        questions.put_to_sleep(connection, [one.id for one in matched.gone], operation.local_date)
