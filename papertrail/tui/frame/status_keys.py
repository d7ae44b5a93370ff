"""The keys that say how far the reader is with the paper under the cursor."""

from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from papertrail.domain.paper import PaperSummary, Status
from papertrail.tui.frame.background import tells_failure
from papertrail.tui.frame.host import Host

if TYPE_CHECKING:
    from papertrail.domain.statuses import StatusChange

# What `s` does to a paper of each status; nothing to one that is read.
STEPS = {
    Status.UNREAD: "start",
    Status.QUEUED: "start",
    Status.READING: "read",
    Status.READ: "",
    Status.DROPPED: "start",
}
BEGUN_FROM = (Status.UNREAD, Status.QUEUED)
_VARIOUS = "step on"  # papers of several statuses
_OF_PAPERS = ("s", "S", "e", "t", "m")  # keys that stand in lines of keys and need a paper


class StatusKeys:
    """Sets the status of the chosen papers and tells what it means for the goal.

    Args:
        host: the screen with the papers.
    """

    def __init__(self, host: Host) -> None:
        self._host = host

    @property
    def screen(self) -> Screen[Any]:
        """The screen with the papers."""
        return self._host.screen

    def next(self) -> None:
        """One step on with the chosen papers."""
        self._set_statuses({paper.key: paper.status.next for paper in self._chosen()}, stepping=True)

    @tells_failure
    def go_back(self) -> None:
        """Give each of the chosen papers the status it had before."""
        if papers := self._chosen():
            self._tell(self._host.library.statuses.go_back([paper.key for paper in papers]), back=True)

    def set(self, status: str) -> None:
        """Give the chosen papers a status."""
        self._set_statuses({paper.key: Status(status) for paper in self._chosen()})

    def meanings(self) -> dict[str, str]:
        """Return what `s` does to the chosen papers; where it does nothing, that `S` takes the step back.

        Where no paper is chosen, no key of papers is named.
        """
        statuses = self._host.chosen_statuses()
        if not statuses:
            return dict.fromkeys(_OF_PAPERS, "")
        steps = {STEPS[status] for status in statuses}
        word = _VARIOUS if len(steps) > 1 else "".join(steps)
        several = f" {len(statuses)}" if len(statuses) > 1 else ""
        return {"s": word and word + several, "S": "" if word else f"step back{several}"}

    def _chosen(self) -> list[PaperSummary]:
        """Return the chosen papers; where there is none, say so."""
        papers = self._host.chosen_papers()
        if not papers and self._host.is_open:
            self._host.hint(self._host.no_paper(), warn=True)
        return papers

    @tells_failure
    def _set_statuses(self, wanted: dict[str, Status], *, stepping: bool = False) -> None:
        if not wanted:
            return
        if stepping and (left := self._left_unsaid(wanted)):
            self._ask_for_guess(left, f"{left} is as it was")
            return
        changes: list[StatusChange] = []
        asked = self._to_be_asked(wanted) if stepping else ""
        for status in dict.fromkeys(wanted.values()):
            keys = [key for key, one in wanted.items() if one is status]
            changes += self._host.library.statuses.set(keys, status, asked=[asked] if asked else ())
        told = self._tell(changes)
        if asked:
            self._ask_for_guess(asked, told)

    def _to_be_asked(self, wanted: dict[str, Status]) -> str:
        """Return the one paper that is begun by this, if its reader is to be asked for a guess first."""
        begun = [paper.key for paper in self._host.chosen_papers() if paper.status in BEGUN_FROM]
        if len(wanted) != 1 or list(wanted) != begun:
            return ""
        return begun[0] if self._host.library.guesses.is_to_be_asked(begun[0]) else ""

    def _left_unsaid(self, wanted: dict[str, Status]) -> str:
        """Return the one paper this is about, if the program was ended while its guess was being typed."""
        from papertrail.domain.unsaved import Unsaved

        key = next(iter(wanted))
        return key if len(wanted) == 1 and self._host.library.unsaved.has(Unsaved.GUESS, key) else ""

    def _ask_for_guess(self, key: str, told: str) -> None:
        """Show the author's seat; the status is kept, and told, whatever comes of it."""
        from papertrail.tui.frame.guess_dialog import GuessDialog

        seat = self._host.library.guesses.seat(key)
        self._host.app.push_screen(
            GuessDialog(self._host.library, seat), lambda guessed: self._guessed(guessed, told)
        )

    @tells_failure
    def _guessed(self, guessed: str | None, told: str) -> None:
        if guessed:
            self._host.refresh_paper()
        self._host.hint(guessed or told)

    def _tell(self, changes: "list[StatusChange]", *, back: bool = False) -> str:
        """Show what has changed and tell it; return what is told."""
        self._host.refresh_paper()
        gaps = [change.gap for change in changes if change.gap]
        if len(changes) == 1:
            told = "; ".join([self._told_of(changes[0], back=back), *gaps])
        else:
            more = [f"{len(gaps)} build on papers still to be read"] if gaps else []
            told = "; ".join([self._told_of_all(changes), *more])
        self._host.hint(told)
        return told

    def _told_of_all(self, changes: "list[StatusChange]") -> str:
        words = [f"{sum(one.after is status for one in changes)} {status}" for status in Status]
        told = ", ".join(word for word in words if not word.startswith("0 "))
        same = sum(one.after is one.before for one in changes)
        already = f", {same if same < len(changes) else 'all'} of them before" if same else ""
        tally = self._host.library.goal.progress().tally
        return f"{len(changes)} papers: {told}{already}; {tally} counted{self._way_back(*changes)}"

    @tells_failure
    def move_in_queue(self, rows: int) -> None:
        """Move the chosen papers up or down in the queue."""
        papers = self._chosen()
        queued = [paper.key for paper in papers if paper.status is Status.QUEUED]
        if not papers:
            return
        if not queued:
            self._host.hint("not in the queue: w puts it there", warn=True)
            return
        statuses = self._host.library.statuses
        keys = statuses.move_in_queue(queued, max(statuses.queue().index(queued[0]) + rows, 0))
        self._host.refresh_queue(queued[0])
        self._host.hint(f"{queued[0]} is number {keys.index(queued[0]) + 1} of {len(keys)} in the queue")

    def _told_of(self, change: "StatusChange", *, back: bool) -> str:
        paper, same = change.paper, change.before is change.after
        if back and same:
            return f"{paper.key} is {paper.status}; there is no state before to go back to"
        if back:
            return f"{paper.key} is back from {change.before} to {paper.doing}"
        if same and not (paper.owed or paper.note_missing):
            return f"{paper.key} is {paper.status} already; S goes back to what it was before"
        progress = self._host.library.goal.progress()
        if change.counts_on is not None:
            if paper.status is not Status.READ:
                return f"{paper.key} is {_words(paper.doing)}; it goes on counting: {progress.tally}"
            by = "" if change.counts_on == progress.today else f" by {change.counts_on}, as before"
            open_words = self._host.library.papers.get(paper.key).note.open_words
            return f"{paper.key} counts{by}: {progress.tally}{f'; {open_words}' if open_words else ''}"
        if paper.note_missing:
            from papertrail.domain.note import missing_words

            return f"{paper.key} is {paper.doing}; {missing_words(paper.key)}"
        if paper.owed:
            missing = self._host.library.papers.get(paper.key).note.owes
            return f"{paper.key} is {paper.doing}; to count, its note still needs {missing}: press e"
        return f"{paper.key} is {_words(paper.status)}{self._way_back(change)}"

    def _way_back(self, *changes: "StatusChange") -> str:
        """Name the key that mends a slip, where papers were put aside."""
        aside = any(c.after in (Status.DROPPED, Status.UNREAD) and c.before is not c.after for c in changes)
        return " · u takes it back" if aside else ""


def _words(doing: str) -> str:
    """Say of a paper what it is: it does not read, it is being read."""
    return f"being {doing.replace('reading', 'read', 1)}" if doing.startswith("reading") else doing
