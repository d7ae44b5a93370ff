"""The keys that change lineages: put papers in, order, name, link, give away."""

from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from textual.content import Content
from textual.screen import Screen

from papertrail.domain.paper import PaperSummary
from papertrail.domain.text import clean_line, shorten
from papertrail.tui.frame.background import tells_failure
from papertrail.tui.frame.host import LineageHost
from papertrail.tui.widgets.data_text import line

LONGEST_SAID = 32  # letters of a lineage's name in the menu
FIRST = "first"  # no paper to come behind of


class LineageKeys:
    """Asks what to do with the lineage in sight and the chosen papers, and does it.

    Args:
        host: the screen with the lineage.
    """

    def __init__(self, host: LineageHost) -> None:
        self._host = host

    @property
    def screen(self) -> Screen[Any]:
        """The screen with the lineage."""
        return self._host.screen

    @tells_failure
    def ask(self) -> None:
        """Show what can be done with the lineage in sight and the chosen papers."""
        from papertrail.tui.widgets.dialogs import ChoiceDialog

        if self._host.is_open:
            papers, name = self._host.chosen_papers(), self._host.current_lineage()
            answers = list(self._acts(papers, name))
            dialog = ChoiceDialog(Content.styled("Lineages", "bold $primary"), answers)
            self._host.app.push_screen(dialog, lambda what: self._act(what, papers, name))

    def _acts(self, papers: list[PaperSummary], name: str | None) -> Iterator[tuple[str, str, str]]:
        """Yield name, key and words of each thing that can be done."""
        keys = ", ".join(paper.key for paper in papers[:3]) + (" …" if len(papers) > 3 else "")
        said = shorten(clean_line(name or ""), LONGEST_SAID)
        inside = name is not None and bool(papers) and all(name in paper.lineages for paper in papers)
        if papers:
            yield "put", "p", f"put {keys} into a lineage, a new one or another"
        if inside:
            yield "out", "o", f"take {keys} out of {said}"
        if len(papers) == 1:
            if inside:
                yield "move", "m", f"move {keys} behind another paper; J and K move it by one"
            yield "link", "l", f"say what {keys} builds on"
            if self._host.library.papers.get(papers[0].key).builds_on:
                yield "unlink", "u", f"take back that {keys} builds on another paper"
        if name:
            rests = not self._is_active(name)
            yield "rename", "n", f"rename {said}"
            rest = (
                f"suggest papers from {said} again"
                if rests
                else f"let {said} rest: nothing of it is suggested"
            )
            yield "rest", "z", rest
            yield "remove", "r", f"remove {said}; its papers stay"
        if name or self._host.library.lineages.all():
            yield "save", "s", f"save {said or 'all lineages'} as CSV, to give away"
        yield "stay", "k", "leave all as it is"

    def _is_active(self, name: str) -> bool:
        return next((one.active for one in self._host.library.lineages.all() if one.name == name), True)

    @tells_failure
    def _act(self, what: str | None, papers: list[PaperSummary], name: str | None) -> None:
        keys = [paper.key for paper in papers]
        if what == "put":
            lineages = [
                (one.name, f"{one.total} {'paper' if one.total == 1 else 'papers'}")
                for one in self._host.library.lineages.all()
            ]
            put = partial(self._put, keys)
            self._ask_line("Which lineage?", "name", put, hint="a new name makes a new one", choices=lineages)
        elif what == "out" and name:
            said = ", ".join(keys)
            self._confirm(f"Take {said} out of {name}?", "the papers stay", partial(self._out, keys, name))
        elif what == "move" and name:
            others = [key for key in self._host.library.lineages.members()[name] if key != keys[0]]
            choices = [*self._titles(others), (FIRST, "before all others")]
            self._pick(f"Behind which paper comes {keys[0]}?", partial(self._move, keys[0], name), choices)
        elif what == "link":
            choices = self._titles(self._host.library.lineages.may_build_on(keys[0]))
            self._pick(f"What does {keys[0]} build on?", partial(self._link, keys[0]), choices)
        elif what == "unlink":
            parents = [parent.key for parent in self._host.library.papers.get(keys[0]).builds_on]
            unlink = partial(self._unlink, keys[0])
            self._pick(f"On what does {keys[0]} not build after all?", unlink, self._titles(parents))
        elif what == "rename" and name:
            self._ask_line("A new name", "name", partial(self._rename, name), value=name)
        elif what == "rest" and name:
            self.let_rest(name)
        elif what == "remove" and name:
            count = len(self._host.library.lineages.members()[name])
            papers_stay = f"its {count} {'paper' if count == 1 else 'papers'} and their notes stay"
            self._confirm(f"Remove {name}?", papers_stay, partial(self._remove, name))
        elif what == "save":
            self._ask_line("Into which file?", "file", partial(self._save, name), hint="lineages.csv")

    def _titles(self, keys: Collection[str]) -> list[tuple[str, str]]:
        """Return keys and titles of these papers."""
        return [(p.key, p.title) for p in self._host.library.papers.each() if p.key in keys]

    def _pick(
        self, question: str, carry_out: Callable[[str], str], choices: Sequence[tuple[str, str]]
    ) -> None:
        from papertrail.tui.widgets.forms import LineDialog

        asked, hint = line(question, "bold $primary"), "words of key or title"
        dialog = LineDialog(asked, "paper", carry_out, hint=hint, choices=choices, pick=True)
        self._host.app.push_screen(dialog, self._done)

    def _ask_line(
        self,
        question: str,
        label: str,
        carry_out: Callable[[str], str],
        *,
        value: str = "",
        hint: str = "",
        choices: Sequence[tuple[str, str]] = (),
    ) -> None:
        from papertrail.tui.widgets.forms import LineDialog

        asked = line(question, "bold $primary")
        dialog = LineDialog(asked, label, carry_out, value=value, hint=hint, choices=choices)
        self._host.app.push_screen(dialog, self._done)

    def _confirm(self, question: str, comfort: str, act: Callable[[], str]) -> None:
        """Do something that takes away, once the reader says so again."""
        from papertrail.tui.widgets.dialogs import ChoiceDialog

        answers = [("yes", "y", f"yes; {comfort}"), ("no", "k", "leave all as it is")]
        dialog = ChoiceDialog(line(question, "bold $primary"), answers, careful=True)
        self._host.app.push_screen(dialog, lambda answer: self._confirmed(answer, act))

    @tells_failure
    def _confirmed(self, answer: str | None, act: Callable[[], str]) -> None:
        if answer == "yes":
            self._done(act())

    def _put(self, keys: list[str], typed: str) -> str:
        name = self._host.library.lineages.known_name(typed)
        is_new, fresh = self._host.library.lineages.put(name, keys)
        told = f"{'new lineage ' if is_new else ''}{name}: {', '.join(fresh) or 'all were in it already'}"
        return told if clean_line(typed) == name else f"{shorten(clean_line(typed), LONGEST_SAID)} is {told}"

    def _out(self, keys: list[str], name: str) -> str:
        self._host.library.lineages.take_out(name, keys)
        return f"{', '.join(keys)} left {name}; the papers stay"

    def _remove(self, name: str) -> str:
        count = self._host.library.lineages.remove(name)
        self._host.lineage_removed()
        return f"{name} is removed; its {count} {'paper stays' if count == 1 else 'papers stay'}"

    def let_rest(self, name: str) -> None:
        """Let a lineage rest, or take its papers among the next ones again."""
        self._done(self._rest(name))

    def _rest(self, name: str) -> str:
        active = self._is_active(name)
        self._host.library.lineages.set_active(name, not active)
        return f"{name} {'rests: no paper is suggested from it' if active else 'is active again'}"

    def _move(self, key: str, name: str, typed: str) -> str:
        after = None if typed == FIRST else self._host.library.papers.resolve(typed)
        order = self._host.library.lineages.move(name, key, after)
        return self._place(key, order, name)

    def _link(self, key: str, typed: str) -> str:
        parent = self._host.library.papers.resolve(typed)
        self._host.library.lineages.link(key, parent)
        return f"{key} builds on {parent}"

    def _unlink(self, key: str, typed: str) -> str:
        parent = self._host.library.papers.resolve(typed)
        self._host.library.lineages.unlink(key, parent)
        return f"{key} no longer builds on {parent}"

    def _rename(self, name: str, typed: str) -> str:
        new = self._host.library.lineages.rename(name, typed)
        self._host.lineage_renamed(new)
        return f"{name} is called {new} now"

    def _save(self, name: str | None, typed: str) -> str:
        path = Path(typed).expanduser()
        saved = self._host.library.lineages.save(path, [name] if name else [])
        lineages = f"{saved.lineages} {'lineage' if saved.lineages == 1 else 'lineages'}"
        beside = f" and {saved.beside} they build on" if saved.beside else ""
        return f"{lineages}, {saved.papers} papers{beside} written to {path}"

    @tells_failure
    def _done(self, told: str | None) -> None:
        if told:
            self._host.refresh_all()
            self._host.hint(told)

    @tells_failure
    def move(self, rows: int) -> None:
        """Move the paper under the cursor up or down in the lineage in sight."""
        name, paper = self._host.current_lineage(), self._host.chosen_paper()
        if name is None or paper is None:
            self._host.hint(self._host.no_paper(), warn=True)
            return
        keys = self._host.library.lineages.members()[name]
        if paper.key not in keys:
            self._host.hint(f"{paper.key} is not in {name}", warn=True)
            return
        to = max(min(keys.index(paper.key) + rows, len(keys) - 1), 0)
        others = [key for key in keys if key != paper.key]
        order = self._host.library.lineages.move(name, paper.key, others[to - 1] if to else None)
        self._host.refresh_all(show=paper.key)
        self._host.hint(self._place(paper.key, order, name))

    def _place(self, key: str, order: list[str], name: str) -> str:
        """Tell where a paper stands now, and what that leaves upside down."""
        told = f"{key} is number {order.index(key) + 1} of {len(order)} in {name}"
        wrong = self._host.library.lineages.out_of_order(order, key)
        return "; but ".join([told, *(f"{child} builds on {parent}" for child, parent in wrong[:1])])
