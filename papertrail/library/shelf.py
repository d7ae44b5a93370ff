"""Looking: papers, lineages, the goal, what to read next, and finding what a reader meant."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from papertrail.domain.errors import BadInput, NotFound
from papertrail.domain.goal.goal import WEEK, GoalProgress, week_start
from papertrail.domain.lineages.lineage import LineageProgress
from papertrail.domain.note import NoteState, SectionState
from papertrail.domain.paper import LineagePlace, Paper, PaperQuery, PaperSummary
from papertrail.domain.text import clean_line, fold, shorten
from papertrail.library.base import LibraryBase
from papertrail.store.queries import goals, lineages, notes, papers, progress

if TYPE_CHECKING:
    from papertrail.domain.goal.forecast import Forecast
    from papertrail.domain.goal.today import Today
    from papertrail.domain.lineages.suggest import Suggestion

SHOWN_WEEKS = 26  # whole weeks of reading days looked back upon
LEAST_SUGGESTED, MOST_SUGGESTED = 6, 10


class Shelf(LibraryBase):
    """The use cases that only read; safe from any thread."""

    def paper_ids(self, query: PaperQuery) -> Sequence[int]:
        """Return the ids of the papers asked for, in reading order."""
        return papers.find_ids(self._database.read(), query, fold(query.text).split())

    def summaries(self, ids: Sequence[int]) -> list[PaperSummary]:
        """Return the papers of these ids, in their order; ask for a page at a time."""
        return papers.summaries(self._database.read(), ids)

    def papers(self, query: PaperQuery) -> list[PaperSummary]:
        """Return all papers asked for, in reading order."""
        return self.summaries(self.paper_ids(query))

    def paper(self, key: str) -> Paper:
        """Return all that is known of one paper.

        Raises:
            NotFound: no paper has this key.
        """
        connection = self._database.read()
        id_ = self._paper_id(connection, key)
        row = papers.detail(connection, key)
        assert row is not None
        return Paper(
            summary=papers.summaries(connection, [id_])[0],
            venue=row["venue"],
            abstract=row["abstract"],
            published=row["published"],
            updated=row["updated"],
            categories=papers.lines(row["categories"]),
            comment=row["comment"],
            journal_ref=row["journal_ref"],
            version=row["version"],
            urls=papers.lines(row["urls"]),
            metadata_state=row["metadata_state"],
            builds_on=papers.references(connection, papers.PARENTS, paper=id_),
            built_on_by=papers.references(connection, papers.CHILDREN, paper=id_),
            places=self._places(id_, key),
            note=self._note_state(key, row["note_path"], row["note_sections"], row["note_words"]),
        )

    def _places(self, paper: int, key: str) -> tuple[LineagePlace, ...]:
        connection = self._database.read()
        places = []
        for lineage, name in papers.lineages_of(connection, paper):
            members = papers.references(connection, papers.MEMBERS, lineage=lineage)
            at = next(i for i, member in enumerate(members) if member.key == key)
            places.append(
                LineagePlace(
                    lineage=name,
                    position=at + 1,
                    total=len(members),
                    previous=members[at - 1] if at else None,
                    next=members[at + 1] if at + 1 < len(members) else None,
                )
            )
        return tuple(places)

    def _note_state(self, key: str, path: str | None, sections: str | None, words: int | None) -> NoteState:
        if path is None:
            states = tuple(
                SectionState(section.name, section.required, False)
                for section in self._notebook.template().sections
            )
            return NoteState(self._notebook.path(key), False, states, 0)
        return NoteState(self._notebook.path(key), True, notes.sections(sections), words or 0)

    def lineages(self) -> list[LineageProgress]:
        """Return every lineage with how many of its papers are read and counted, in order."""
        return progress.lineages(self._database.read())

    def lineage_members(self) -> dict[str, list[str]]:
        """Return the keys of every lineage's papers, lineages and papers in their order."""
        return lineages.all_members(self._database.read())

    def _lineage(self, name: str) -> LineageProgress:
        """Return the lineage with exactly this name, or say that there is none."""
        progress = next((line for line in self.lineages() if line.name == name), None)
        if progress is None:
            raise NotFound(
                f"no lineage is called {shorten(clean_line(name), 60)}", "see: papertrail lineages"
            )
        return progress

    def date_today(self) -> date:
        """Return the reader's date."""
        return self._today()

    def progress(self) -> GoalProgress:
        """Return the goal and how far it is today."""
        return self._progress_and_days()[0]

    def _progress_and_days(self) -> tuple[GoalProgress, list[tuple[date, int]]]:
        """Return the goal's progress, and the days on which papers were counted towards it."""
        connection = self._database.read()
        today = self._today()
        goal = goals.in_force(connection)
        read, noted = progress.read_and_counted(connection)
        days = progress.counted_days(connection, goal) if goal else []
        monday = week_start(today)
        standing = GoalProgress(
            goal=goal,
            today=today,
            read=read,
            counted=sum(number for _, number in days) if goal else noted,
            owed=read - noted,
            counted_this_week=sum(number for day, number in days if day >= monday),
        )
        return standing, days

    def _forecast(self, standing: GoalProgress, days: Sequence[tuple[date, int]]) -> "Forecast | None":
        from papertrail.domain.goal.forecast import forecast

        return forecast(standing.goal, days, standing.today) if standing.goal else None

    def today(self, *, outlook: bool = True) -> "Today":
        """Return all that one looks at to begin the day.

        Args:
            outlook: whether to work out the forecast and the reading days, half of the work: a first frame
                does without them.
        """
        from papertrail.domain.goal.today import Today

        connection = self._database.read()
        standing, days = self._progress_and_days()
        active, row = self._reading_days(standing) if outlook else ({}, 0)
        return Today(
            progress=standing,
            forecast=self._forecast(standing, days) if outlook else None,
            counted=tuple(days),
            active=active,
            streak=row,
            plan=tuple(self.next_papers(min(max(standing.week.left, LEAST_SUGGESTED), MOST_SUGGESTED))),
            owed=tuple(self.summaries(papers.owed_ids(connection))),
            lineages=tuple(self.lineages()),
        )

    def _reading_days(self, standing: GoalProgress) -> tuple[dict[date, int], int]:
        """Return the days of the last half year on which something was read, and how many in a row."""
        from papertrail.domain.goal.activity import streak

        since = week_start(standing.today) - SHOWN_WEEKS * WEEK
        active = progress.active_days(self._database.read(), since)
        return active, streak(active, standing.goal, standing.today)

    def next_papers(self, limit: int = 5) -> "list[Suggestion]":
        """Return what to read next: what is begun, what is queued, then the next steps of active lineages."""
        from papertrail.domain.lineages.suggest import Suggestion, suggest
        from papertrail.store.queries.steps import StoredShelves

        why = dict(suggest(StoredShelves(self._database.read()), limit))
        return [Suggestion(paper, why[paper.id]) for paper in self.summaries(list(why))]

    def resolve(self, text: str) -> str:
        """Return the key of the paper a reader means: by key, arXiv id in any form, or unique prefix.

        Raises:
            NotFound: no paper fits, or several do; the remedy names those that are near.
        """
        connection = self._database.read()
        wanted = clean_line(text)
        key = wanted.lower()
        if not key:
            raise BadInput(
                "the name of the paper is empty", "give a key, an arXiv id or the beginning of a key"
            )
        if papers.id_of_key(connection, key) is not None:
            return key
        found = self._by_arxiv_id(wanted)
        if found is not None:
            return found
        matches = papers.keys_with_prefix(connection, key)
        if len(matches) == 1:
            return matches[0]
        if matches:
            more = ", …" if len(matches) > 5 else ""
            raise NotFound(
                f"{shorten(key, 40)} is the beginning of several papers", f"{', '.join(matches[:5])}{more}"
            )
        raise NotFound(f"no paper is called {shorten(wanted, 60)}", self._did_you_mean(key))

    def _by_arxiv_id(self, text: str) -> str | None:
        from papertrail.domain.arxiv_id import parse_arxiv_id

        try:
            arxiv_id = parse_arxiv_id(text).id
        except BadInput:
            return None
        found = papers.key_of_arxiv_id(self._database.read(), arxiv_id)
        if found is None:
            raise NotFound(
                f"arXiv:{arxiv_id} is not in this trail", f"add it with: papertrail add {arxiv_id}"
            )
        return found

    def _did_you_mean(self, key: str) -> str:
        from difflib import get_close_matches

        near = get_close_matches(key, papers.all_keys(self._database.read()), n=3, cutoff=0.6)
        if not near:
            near = [p.key for p in self.papers(PaperQuery(text=key))[:3]]
        return f"did you mean {' or '.join(near)}?" if near else "see: papertrail list"

    def resolve_lineage(self, text: str) -> str:
        """Return the name of the lineage a reader means: exact, or a unique beginning, case ignored.

        Raises:
            BadInput: there is no name.
            NotFound: no lineage fits, or several do.
        """
        names = progress.lineage_names(self._database.read())
        if text in names:
            return text
        if not clean_line(text):
            raise BadInput("the name of the lineage is empty", "see: papertrail lineages")
        wanted = fold(text).replace("–", "-")
        folded = {name: fold(name).replace("–", "-") for name in names}
        exact = [name for name in names if folded[name] == wanted]
        fitting = exact or [name for name in names if wanted and folded[name].startswith(wanted)]
        if len(fitting) == 1:
            return fitting[0]
        said = shorten(clean_line(text), 60)
        if fitting:
            raise NotFound(f"{said} is the beginning of several lineages", ", ".join(fitting[:5]))
        from difflib import get_close_matches

        near = get_close_matches(wanted, folded.values(), n=3, cutoff=0.5)
        meant = [name for name in names if folded[name] in near]
        remedy = f"did you mean {' or '.join(meant)}?" if meant else "see: papertrail lineages"
        raise NotFound(f"no lineage is called {said}", remedy)

    def lacking_metadata(self) -> int:
        """Return how many papers with an arXiv id have no abstract yet."""
        return len(papers.lacking_metadata(self._database.read()))
