"""The questions of the notes as cards for Anki."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from papertrail.domain.errors import NotFound
from papertrail.domain.recall.question import Kind
from papertrail.library.exports import Exports
from papertrail.library.open_trail import OpenTrail
from papertrail.library.out_files import file_at
from papertrail.library.recall import Recall
from papertrail.store.queries import lineages, papers

if TYPE_CHECKING:
    from papertrail.domain.recall.review import StandingQuestion
    from papertrail.domain.reports import CardsReport
    from papertrail.export.anki import Card

_ENDINGS = (".txt", ".tsv", ".csv")


class Cards:
    """The use cases that give what is asked to programs that ask; nothing comes back from them."""

    def __init__(self, trail: OpenTrail, recall: Recall, exports: Exports) -> None:
        self._trail = trail
        self._recall = recall
        self._exports = exports

    def save(
        self,
        to: Path,
        *,
        lineage: str | None = None,
        keys: Collection[str] | None = None,
        follow_links: bool = False,
    ) -> "CardsReport":
        """Write what is asked to a file for Anki, and tell what was written.

        Args:
            to: a file that ends in `.txt`, `.tsv` or `.csv`, else the folder for `anki.txt`.
            lineage: as in `document`.
            keys: as in `document`.
            follow_links: as in `document`.

        Raises:
            NotFound: nothing is asked.
            BadInput: there is a file of that name which is not ours, or was changed since; it stays.
            StorageError: it cannot be written.
        """
        report = self.document(lineage=lineage, keys=keys, follow_links=follow_links)
        path = file_at(to, "anki.txt", _ENDINGS)
        self._trail.outgoing.write(path, report.text)
        self._exports.remember(path)
        return replace(report, path=path)

    def document(
        self,
        *,
        lineage: str | None = None,
        keys: Collection[str] | None = None,
        follow_links: bool = False,
    ) -> "CardsReport":
        """Return that file: what papers that count and lineages ask, but for bad questions.

        An answer that cannot be read, or stands in a note that is a link out of the trail, is left out.

        Args:
            lineage: its exact name, when only its own question and those of its papers are wanted.
            keys: of papers, when only their questions are wanted.
            follow_links: whether what is asked in notes that are links out of the trail is written, too.

        Raises:
            NotFound: nothing is asked.
        """
        from papertrail.domain.reports import CardsReport
        from papertrail.export.anki import document

        members = lineages.all_members(self._trail.database.read())
        if lineage is not None:
            keys = set(members.get(lineage, ()))
        asked = [
            one
            for one in self._recall.standing()
            if keys is None or one.key in keys or (one.lineage is not None and one.lineage == lineage)
        ]
        if not asked:
            raise NotFound(
                "there is no question to export", "papers ask once they count: papertrail progress"
            )
        troubles: dict[str, None] = {}
        outside = set[str]() if follow_links else self._trail.notebook.leading_out()
        cards = list(self._cards(asked, members, outside, troubles))
        decks = {card.deck for card in cards}
        return CardsReport(document(cards), len(cards), len(decks), tuple(troubles))

    def _cards(
        self,
        asked: "Sequence[StandingQuestion]",
        members: Mapping[str, Sequence[str]],
        outside: Collection[str],
        troubles: dict[str, None],
    ) -> "Iterator[Card]":
        """Yield the cards lineage by lineage, and take down why some are left out.

        Of several lineages a paper's cards are in the first, wherever they are asked for: Anki moves none.
        Those of papers in no lineage come first, as Anki makes the upper deck twice if one below it does.
        """
        from papertrail.export.anki import Card, deck, front, inert, line, told, words

        first: dict[str, str] = {}
        order: dict[tuple[str | None, str | None], int] = {}
        for name, keys in members.items():
            for key in keys:
                first.setdefault(key, name)
                order.setdefault((key, None), len(order))
            order[None, name] = len(order)
        asked = sorted(asked, key=lambda one: order.get((one.key, one.lineage), -1))
        tags = self._tags({one.key for one in asked if one.key is not None})
        for question, answer in zip(asked, self._recall.answers(asked), strict=True):
            if question.key in outside:
                troubles[f"notes/{question.key}.md is a link out of the trail (--follow-links)"] = None
                continue
            if answer.trouble:
                troubles[answer.trouble] = None
                continue
            steps = [step._replace(text="") if step.key in outside else step for step in answer.steps]
            wording = (line if question.kind is Kind.PAIR else inert)(question.wording)
            of = question.key
            yield Card(
                question.guid,
                deck(question.lineage if of is None else first.get(of)),
                front(wording, question.title, question.year),
                told(steps) if of is None else words(answer.markdown),
                () if of is None else tags.get(of, ()),
            )

    def _tags(self, keys: Collection[str]) -> dict[str, tuple[str, ...]]:
        """Return for papers the reader's tags, key and year."""
        connection = self._trail.database.read()
        found = papers.summaries(connection, [self._trail.paper_id(connection, key) for key in keys])
        return {
            one.key: (*sorted(one.tags), one.key, *([str(one.year)] if one.year else [])) for one in found
        }
