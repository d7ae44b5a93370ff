"""The keys that change lineages: put papers in, order, name, link, give away."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content

from papertrail.domain.paper import PaperSummary
from papertrail.tui.background import tells_failure
from papertrail.tui.data_text import line
from papertrail.tui.status_keys import StatusKeys


class LineageKeys(StatusKeys):
    """Asks what to do with the lineage in sight and the chosen papers, and does it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("L", "lineage", "Change lineages", tooltip="put in, name, link, save", id="papers.lineage"),
    ]

    def current_lineage(self) -> str | None:
        """Return the name of the lineage in sight."""
        raise NotImplementedError

    @tells_failure
    def action_lineage(self) -> None:
        """Show what can be done with the lineage in sight and the chosen papers."""
        from papertrail.tui.dialogs import ChoiceDialog

        if self.is_open:
            papers, name = self.chosen_papers(), self.current_lineage()
            answers = list(self._acts(papers, name))
            dialog = ChoiceDialog(Content.styled("Lineages", "bold $primary"), answers)
            self.app.push_screen(dialog, lambda what: self._act(what, papers, name))

    def _acts(self, papers: list[PaperSummary], name: str | None) -> Iterator[tuple[str, str, str]]:
        """Yield name, key and words of each thing that can be done."""
        keys = ", ".join(paper.key for paper in papers[:3]) + (" …" if len(papers) > 3 else "")
        if papers:
            yield "put", "p", f"put {keys} into a lineage, a new one or another"
        if papers and name:
            yield "out", "o", f"take {keys} out of {name}"
        if len(papers) == 1:
            yield "link", "l", f"say what {keys} builds on"
            if self.library.paper(papers[0].key).builds_on:
                yield "unlink", "u", f"take back that {keys} builds on another paper"
        if name:
            yield "rename", "n", f"rename {name}"
            yield "remove", "r", f"remove {name}; its papers stay"
        yield "save", "s", "save lineages as CSV, to give them away"
        yield "stay", "k", "leave all as it is"

    @tells_failure
    def _act(self, what: str | None, papers: list[PaperSummary], name: str | None) -> None:
        keys = [paper.key for paper in papers]
        if what == "put":
            put = partial(self._put, keys)
            self._ask("Which lineage?", "name", put, hint="a new name makes a new one")
        elif what == "out" and name:
            self.library.take_out_of_lineage(name, keys)
            self._done(f"{', '.join(keys)} left {name}; the papers stay")
        elif what == "link":
            link = partial(self._link, keys[0])
            self._ask(f"What does {keys[0]} build on?", "key", link, hint="the key of a paper")
        elif what == "unlink":
            self._ask_parent(keys[0])
        elif what == "rename" and name:
            self._ask("A new name", "name", partial(self._rename, name), value=name)
        elif what == "remove" and name:
            count = self.library.remove_lineage(name)
            self._done(f"{name} is removed; its {count} papers stay")
        elif what == "save":
            self._ask("Into which file?", "file", partial(self._save, name), hint="lineages.csv")

    def _ask(
        self, question: str, label: str, carry_out: Callable[[str], str], *, value: str = "", hint: str = ""
    ) -> None:
        from papertrail.tui.forms import LineDialog

        asked = line(question, "bold $primary")
        self.app.push_screen(LineDialog(asked, label, carry_out, value=value, hint=hint), self._done)

    def _ask_parent(self, key: str) -> None:
        from papertrail.tui.dialogs import ChoiceDialog

        parents = self.library.paper(key).builds_on[:9]
        answers = [(p.key, str(i), f"no longer builds on {p.key}") for i, p in enumerate(parents, start=1)]
        question = line(key, "bold $primary")
        dialog = ChoiceDialog(question, [*answers, ("", "k", "leave all as it is")])
        self.app.push_screen(dialog, lambda parent: self._unlink(key, parent))

    @tells_failure
    def _unlink(self, key: str, parent: str | None) -> None:
        if parent:
            self.library.unlink(key, parent)
            self._done(f"{key} no longer builds on {parent}")

    def _put(self, keys: list[str], typed: str) -> str:
        name = self.library.known_lineage(typed)
        is_new, fresh = self.library.put_in_lineage(name, keys)
        return f"{'new lineage ' if is_new else ''}{name}: {', '.join(fresh) or 'all were in it already'}"

    def _link(self, key: str, typed: str) -> str:
        parent = self.library.resolve(typed)
        self.library.link(key, parent)
        return f"{key} builds on {parent}"

    def _rename(self, name: str, typed: str) -> str:
        return f"{name} is called {self.library.rename_lineage(name, typed)} now"

    def _save(self, name: str | None, typed: str) -> str:
        path = Path(typed).expanduser()
        lineages, papers = self.library.save_lineages(path, [name] if name else [])
        return f"{lineages} {'lineage' if lineages == 1 else 'lineages'}, {papers} papers written to {path}"

    @tells_failure
    def _done(self, told: str | None) -> None:
        if told:
            self.refresh_all()
            self.hint(told)
