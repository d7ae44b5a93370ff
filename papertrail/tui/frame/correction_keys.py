"""The keys that correct papers by hand: added, edited, given another key, merged, removed."""

from functools import partial
from typing import TYPE_CHECKING, Any

from textual.content import Content
from textual.screen import Screen

from papertrail.domain.text import clean_line, shorten
from papertrail.tui.frame.background import TrailChanged, tells_failure
from papertrail.tui.frame.host import Host
from papertrail.tui.widgets.cells import fit
from papertrail.tui.widgets.data_text import line

if TYPE_CHECKING:
    from papertrail.domain.paper import PaperSummary
    from papertrail.tui.frame.paper_form import Filed

BACK = "u takes it back"
LONGEST_TITLE = 60  # letters
WIDTH = 64  # cells of a key with its title
LONGEST_ASKED = 200  # the same where titles are compared
MOST_TWINS = 3


class CorrectionKeys:
    """Asks for what is known of papers, and whether two are one.

    Args:
        host: the screen with the papers.
    """

    def __init__(self, host: Host) -> None:
        self._host = host

    @property
    def screen(self) -> Screen[Any]:
        """The screen with the papers."""
        return self._host.screen

    @tells_failure
    def add(self) -> None:
        """Ask for what is known of a paper, and add it."""
        if self._host.is_open:
            from papertrail.tui.frame.paper_form import PaperForm

            self._host.app.push_screen(PaperForm(self._host.library), self._added)

    @tells_failure
    def _added(self, filed: "Filed | None") -> None:
        if filed is None:
            return
        self._host.show_in_all_papers(filed.key, filed.told)
        self.screen.post_message(TrailChanged(self.screen))
        if filed.twins:
            self._ask_of_twins(filed)

    def _ask_of_twins(self, filed: "Filed") -> None:
        """Offer to make one of a new paper and of one that has the same title."""
        from papertrail.tui.widgets.dialogs import ChoiceDialog

        twins = filed.twins[:MOST_TWINS]
        answers = [
            (f"twin-{number}", str(number), f"the same as {key}: {key} stays")
            for number, key in enumerate(twins, 1)
        ]
        answers.append(("stay", "k", "another paper: keep both"))
        title = shorten(self._host.library.papers.get(filed.key).summary.title, LONGEST_TITLE)
        question = Content.assemble(
            ("Is this one paper?", "bold $primary"), "\n\n", line(title, "bold"), "\nis the title of both."
        )
        dialog = ChoiceDialog(question, answers, careful=True)
        self._host.app.push_screen(dialog, lambda answer: self._twin_chosen(filed, twins, answer))

    @tells_failure
    def _twin_chosen(self, filed: "Filed", twins: tuple[str, ...], answer: str | None) -> None:
        if answer and answer != "stay":
            self._merge(filed.key, twins[int(answer.removeprefix("twin-")) - 1])

    @tells_failure
    def correct(self) -> None:
        """Ask for what is known of the chosen paper, as it is, to be corrected."""
        if (chosen := self._chosen()) is None:
            return
        from papertrail.tui.frame.paper_form import PaperForm

        paper = self._host.library.papers.get(chosen.key)
        self._host.app.push_screen(PaperForm(self._host.library, paper), self._corrected)

    @tells_failure
    def _corrected(self, filed: "Filed | None") -> None:
        if filed is not None:
            self._done(filed.key, filed.told)

    @tells_failure
    def rename(self) -> None:
        """Ask for another key for the chosen paper."""
        if (chosen := self._chosen()) is None:
            return
        from papertrail.tui.widgets.forms import LineDialog

        question = Content.assemble(
            line(f"Another key for {chosen.key}", "bold $primary"), "\nIt answers to both from then on."
        )
        new = partial(self._rename, chosen.key)
        dialog = LineDialog(question, "key", new, value=chosen.key, hint="small letters, digits, hyphens")
        self._host.app.push_screen(dialog, self._renamed)

    def _rename(self, key: str, typed: str) -> str:
        self._host.library.corrections.rename(key, typed)
        return typed

    @tells_failure
    def _renamed(self, key: str | None) -> None:
        if key:
            self._done(key, f"its key is {key} now, and it answers to the one before · {BACK}")

    @tells_failure
    def remove(self) -> None:
        """Ask whether the chosen paper is to go."""
        if len(self._host.chosen_papers()) > 1:
            self._host.hint("papers are removed one by one: esc takes the marks away", warn=True)
            return
        if (chosen := self._chosen()) is None:
            return
        from papertrail.tui.widgets.dialogs import ChoiceDialog

        note = self._host.library.papers.get(chosen.key).note
        what = ["its status", "its places in lineages"]
        what += [f"its note of {note.length}, which stays in the history"] if note.exists else []
        question = Content.assemble(
            line(f"Remove {chosen.key}?", "bold $primary"),
            "\n\n",
            _titled(chosen.key, chosen.title),
            "\n",
            line(f"With it go {', '.join(what[:-1])} and {what[-1]}. u takes that back."),
        )
        answers = [("remove", "r", f"remove {chosen.key}"), ("stay", "k", "leave all as it is")]
        dialog = ChoiceDialog(question, answers, careful=True)
        self._host.app.push_screen(dialog, lambda answer: self._removed(chosen.key, answer))

    @tells_failure
    def _removed(self, key: str, answer: str | None) -> None:
        if answer == "remove":
            self._host.library.corrections.remove(key)
            self._done(None, f"{key} is removed · {BACK}")

    @tells_failure
    def unite(self) -> None:
        """Ask which paper the chosen one is the same as; two that are marked are asked about at once."""
        marked = self._host.chosen_papers()
        if len(marked) == 2:
            self._ask_which_stays(marked[0].key, marked[1].key)
        elif len(marked) > 2:
            self._host.hint("two papers become one: mark two, or none", warn=True)
        elif (chosen := self._chosen()) is not None:
            from papertrail.tui.frame.paper_dialog import PaperDialog

            question = line(f"Which paper is the same as {chosen.key}?", "bold $primary")
            twins = self._host.library.corrections.twins(chosen.key)
            dialog = PaperDialog(
                self._host.library, question, lambda key: key, without=chosen.key, first=twins
            )
            self._host.app.push_screen(dialog, lambda other: self._ask_which_stays(chosen.key, other))

    @tells_failure
    def _ask_which_stays(self, key: str, other: str | None) -> None:
        """Ask for the key that two papers are to have as one."""
        if other is None:
            return
        from papertrail.tui.widgets.dialogs import ChoiceDialog

        library = self._host.library
        papers = [library.papers.get(one).summary for one in (key, other)]
        titles = [Content.assemble(_titled(paper.key, paper.title), "\n") for paper in papers]
        question = Content.assemble(
            ("Make one paper of both?", "bold $primary"),
            "\n\n",
            *titles,
            "It keeps the words of both notes, and answers to both keys.",
        )
        answers = [
            ("other", "1", f"{other} stays; what it lacks comes from {key}"),
            ("key", "2", f"{key} stays; what it lacks comes from {other}"),
            ("stay", "k", "leave all as it is"),
        ]
        dialog = ChoiceDialog(question, answers, careful=True)
        self._host.app.push_screen(dialog, lambda answer: self._united(key, other, answer))

    @tells_failure
    def _united(self, key: str, other: str, answer: str | None) -> None:
        if answer == "other":
            self._merge(key, other)
        elif answer == "key":
            self._merge(other, key)

    @tells_failure
    def settle_title(self) -> None:
        """Ask which title is right: the chosen paper's, or the one in its note's front matter."""
        if (chosen := self._chosen()) is None:
            return
        title = self._host.library.note_titles.another(chosen.key)
        if not title:
            self._host.hint(f"the note of {chosen.key} has no other title than the paper", warn=True)
            return
        from papertrail.tui.widgets.dialogs import ChoiceDialog

        question = Content.assemble(
            ("Which title is right?", "bold $primary"),
            "\n\nthe paper's\n",
            line(shorten(chosen.title, LONGEST_ASKED), "bold"),
            "\nthe note's\n",
            line(shorten(title, LONGEST_ASKED), "bold"),
        )
        answers = [
            ("note", "n", "the note's: the paper is called so from now on"),
            ("paper", "p", "the paper's: it stands in the note again"),
            ("stay", "k", "leave both as they are"),
        ]
        dialog = ChoiceDialog(question, answers, careful=True)
        self._host.app.push_screen(dialog, lambda answer: self._title_settled(chosen.key, title, answer))

    @tells_failure
    def _title_settled(self, key: str, title: str, answer: str | None) -> None:
        if answer == "note":
            from papertrail.domain.facts import read_facts

            self._host.library.corrections.edit(key, read_facts([("title", title)]))
            self._done(key, f"{key} is called as its note says · {BACK}")
        elif answer == "paper":
            self._host.library.note_titles.put_back(key)
            self._done(key, f"the note of {key} has the paper's title again · {BACK}")

    def _merge(self, key: str, into: str) -> None:
        merged = self._host.library.unions.merge(key, into)
        told = [f"{merged.key} is {merged.paper.key} now · {BACK}"]
        told += [f"{one} was that of {merged.key}" for one in merged.identity]
        told += [f"that {child} builds on {parent} is left out" for child, parent in merged.left_out]
        self._done(merged.paper.key, "; ".join(told))

    def _chosen(self) -> "PaperSummary | None":
        """Return the paper under the cursor; where there is none, say so."""
        paper = self._host.chosen_paper()
        if paper is None and self._host.is_open:
            self._host.hint(self._host.no_paper(), warn=True)
        return paper

    def _done(self, key: str | None, told: str) -> None:
        """Show all that may be another now, on every screen, and tell it in one line."""
        self._host.refresh_all(show=key)
        self.screen.post_message(TrailChanged(self.screen))
        self._host.hint(told)


def _titled(key: str, title: str) -> Content:
    """Return a paper's key and title, on one line."""
    return Content.assemble(line(key, "bold"), "  ", line(fit(clean_line(title), max(WIDTH - len(key), 10))))
