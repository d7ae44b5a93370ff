"""What is known of a paper, to fill in: of a new one, or of one that is there."""

import json
from collections.abc import Iterator
from contextlib import suppress
from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static, TextArea

from papertrail.domain.errors import BadInput, FactsChanged, PapertrailError, SamePaper
from papertrail.domain.facts import LINK_KINDS, Facts, facts_of, read_facts, read_links
from papertrail.domain.text import clean, clean_line, shorten
from papertrail.domain.unsaved import Unsaved
from papertrail.domain.whole_paper import Paper
from papertrail.library import Library
from papertrail.library.unsaved import NEW
from papertrail.tui.frame.drafted_dialog import DraftedDialog
from papertrail.tui.widgets.clean_area import CleanArea
from papertrail.tui.widgets.clean_input import CleanInput
from papertrail.tui.widgets.data_text import line
from papertrail.tui.widgets.dialogs import FRAME, AnswerKeys, ChoiceDialog, answer_keys

LONGEST_SAID = 40  # letters of a fact in what is told
_LONGEST_NOW = 120  # the same beside its field
_HINTS = {
    "title": "as it is printed",
    "authors": "Ada Lovelace, one a line",
    "year": "",  # the present one
    "venue": "where it was published",
    "doi": "10.1038/nature14539",
    "arxiv": "1512.03385",
    "links": "code https://… (translation, talk, blog, page)",
    "abstract": "what it is about",
}
_AREAS = ("authors", "links", "abstract")


class Filed(NamedTuple):
    """A paper that the form has stored.

    Attributes:
        key: of the paper.
        told: what was done, on a line.
        twins: keys of others with the same title.
    """

    key: str
    told: str
    twins: tuple[str, ...] = ()


class _Fields(VerticalScroll, can_focus=False, inherit_bindings=False):
    """The lines of the form; up and down go from one to the next and do not scroll."""


class PaperForm(DraftedDialog[Filed | None]):
    """Asks for the facts of a paper and stores those that are other ones than before.

    What cannot be is told below its field, and so is what another program changed meanwhile; nothing typed
    is lost by that.

    Args:
        library: the open trail.
        paper: the one to correct; None adds one by hand.
    """

    CSS = (
        FRAME.format(name="PaperForm")
        + """
    PaperForm > Vertical { max-height: 94%; padding: 0 2; }
    PaperForm .answer-keys { margin-top: 0; }
    PaperForm _Fields { height: auto; max-height: 16; scrollbar-gutter: stable; scrollbar-size-vertical: 1; }
    PaperForm.-high _Fields { max-height: 22; }
    PaperForm.-tall _Fields { max-height: 31; }
    PaperForm .row, PaperForm .field { height: auto; }
    PaperForm .field Static { width: 10; height: 1; color: $quiet; }
    PaperForm .field Input { width: 1fr; }
    PaperForm .field TextArea {
        width: 1fr; height: 3; border: none; padding: 0 1; background: $panel;
        scrollbar-gutter: stable; scrollbar-size-vertical: 1;
    }
    PaperForm.-high #abstract { height: 6; }
    PaperForm.-tall #abstract { height: 12; }
    PaperForm .field TextArea:focus { border: none; background: $block-cursor-background; }
    PaperForm .wrong { height: auto; margin-left: 10; padding: 0 1; color: $warning; display: none; }
    PaperForm .wrong.told { display: block; }
    """
    )
    VERTICAL_BREAKPOINTS = [(0, "-low"), (28, "-high"), (38, "-tall")]  # noqa: RUF012 - Textual's
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Keep it", id="form.save"),
        Binding("down", "app.focus_next", "Next field", show=False, id="form.next"),
        Binding("up", "app.focus_previous", "Field before", show=False, id="form.previous"),
        Binding("escape", "leave", "Cancel", show=False, id="dialog.cancel"),
    ]

    def __init__(self, library: Library, paper: Paper | None = None) -> None:
        self._key = None if paper is None else paper.summary.key
        new = (Unsaved.NEW_PAPER, NEW)
        super().__init__(library, *(new if self._key is None else (Unsaved.FACTS, self._key)))
        self._seen = Facts() if paper is None else facts_of(paper)
        self._before = dict.fromkeys(_HINTS, "") if paper is None else _typed(paper)
        self._typed_into: dict[str, Input | TextArea] = {}

    def compose(self) -> ComposeResult:
        """What is known, fact by fact, and below each what is wrong with it."""
        asked = "Add a paper by hand" if self._key is None else f"What is known of {self._key}"
        with Vertical():
            yield Static(line(asked, "bold $primary"), classes="question")
            with _Fields():
                for name, hint in _HINTS.items():
                    with Vertical(classes="row"):
                        with Horizontal(classes="field"):
                            yield Static(name)
                            yield self._field(name, hint or str(self._library.agenda.day().year))
                        yield Static("", id=f"{name}-wrong", classes="wrong")
            yield Static("", id="problem", classes="wrong")
            yield AnswerKeys(
                answer_keys(
                    ("^s", "add it" if self._key is None else "keep it"),
                    ("⏎ tab", "next field"),
                    ("⇧tab", "back"),
                    ("esc", "cancel"),
                ),
                classes="answer-keys",
            )

    def _field(self, name: str, hint: str) -> Input | TextArea:
        field: Input | TextArea
        if name in _AREAS:
            field = CleanArea(self._before[name], hint=hint, id=name)
        else:
            field = CleanInput(value=self._before[name], placeholder=hint, select_on_focus=False, id=name)
        self._typed_into[name] = field
        return field

    def on_mount(self) -> None:
        """Remember what stands in the fields, as they show it."""
        self._before = {name: self._text(name) for name in _HINTS}
        self._take_draft()

    def _take_draft(self) -> None:
        """Show what was typed and never stored."""
        left = None
        with suppress(ValueError):  # changed by another hand
            left = json.loads(self.left or "{}")
        if isinstance(left, dict) and left:
            for name in _HINTS:
                if isinstance(text := left.get(name), str):
                    self._put(name, text)
            self.call_after_refresh(self._wrong, "", "this was never stored: ^s keeps it, esc lets it go")

    def _put(self, name: str, text: str) -> None:
        field = self._typed_into[name]
        if isinstance(field, TextArea):
            field.text = clean(text)
        else:
            field.value = clean_line(text)

    def unsaved(self) -> str:
        """Return the fields that are not as they were."""
        typed = {name: text for name in _HINTS if (text := self._text(name)) != self._before[name]}
        return json.dumps(typed, ensure_ascii=False) if typed else ""

    def tell_trouble(self, words: str) -> None:
        """Say it below the fields."""
        self._wrong("", words)

    def _text(self, name: str) -> str:
        field = self._typed_into[name]
        return (field.text if isinstance(field, TextArea) else field.value).strip()

    def _wrong(self, name: str, text: str) -> None:
        """Tell what is wrong with a field, below it; nothing takes that away."""
        told = self.query_one(f"#{name}-wrong" if name else "#problem", Static)
        told.update(line(f"! {text}") if text else "")
        told.set_class(bool(text), "told")

    @on(Input.Changed)
    @on(TextArea.Changed)
    def _typed(self, message: Input.Changed | TextArea.Changed) -> None:
        self._wrong(message.control.id or "", "")
        self._wrong("", self.trouble)
        self.put_aside()

    @on(Input.Submitted)
    def _line_done(self) -> None:
        self.focus_next()

    def _read(self) -> Facts | None:
        """Return what was typed that is not as it was; None when some of it cannot be, which is told."""
        facts, wrong = Facts(), []
        for name, before in self._before.items():
            text = self._text(name)
            if text == before and not (name == "title" and self._key is None):
                continue
            try:
                read = read_links(text) if name == "links" else read_facts(_pairs(name, text))
            except BadInput as error:
                self._wrong(name, str(error))
                wrong.append(name)
                continue
            facts.values.update(read.values)
            facts.links.update(read.links)
        if wrong:
            self._go_to(wrong[0])
        return None if wrong else facts

    def _go_to(self, name: str) -> None:
        self.query_one(f"#{name}").focus()
        self.call_after_refresh(self.query_one(f"#{name}-wrong").scroll_visible, animate=False)

    def action_save(self) -> None:
        """Store what was typed."""
        if (facts := self._read()) is None:
            return
        try:
            self.leave(self._add(facts) if self._key is None else self._edit(self._key, facts))
        except SamePaper as error:
            self._offer_union(error, facts)
        except FactsChanged as error:
            self._tell_changes(error)
        except PapertrailError as error:
            self._wrong("", str(error))

    def _add(self, facts: Facts) -> Filed:
        added = self._library.corrections.add(facts)
        key = added.paper.key
        if not added.is_known:
            return Filed(key, f"added {key}", tuple(other for _, other in added.twins))
        filled = f"it lacked {', '.join(added.filled)}" if added.filled else "it lacked nothing of this"
        return Filed(key, f"known already: {key}; {filled}")

    def _edit(self, key: str, facts: Facts) -> Filed:
        edited = self._library.corrections.edit(key, facts, seen=self._seen)
        if not edited.changes:
            return Filed(edited.key, f"{edited.key} is as it was")
        told = (
            f"{name} {shorten(clean_line(now), LONGEST_SAID) or 'taken away'}"
            for name, (_, now) in edited.changes.items()
        )
        return Filed(edited.key, f"{edited.key}: {'; '.join(told)}")

    def _tell_changes(self, error: FactsChanged) -> None:
        """Show what is another fact by now; to store again is to know of it."""
        assert self._key is not None
        try:
            self._seen = facts_of(self._library.papers.get(self._key))
        except PapertrailError as gone:
            self._wrong("", str(gone))
            return
        fields = {"links" if name in LINK_KINDS else name: now for name, now in error.now.items()}
        for name, now in fields.items():
            said = shorten(clean_line(now), _LONGEST_NOW) or "nothing"
            self._wrong(name, f"changed elsewhere meanwhile, to {said}: ^s puts yours in its place")
        self._go_to(next(iter(fields)))

    def _offer_union(self, error: SamePaper, facts: Facts) -> None:
        """Ask whether two papers with one identity are one; what else was typed is kept, then."""
        name = "arxiv" if facts.values.get("arxiv_id") else "doi"
        self._wrong(name, f"that is {error.other}, a paper of its own")
        question = Content.assemble(
            ("Are these one paper?", "bold $primary"), "\n\n", *self._named(error.key, error.other)
        )
        answers = [
            ("one", "o", f"one paper: {error.other} stays, and answers to {error.key} as well"),
            ("two", "k", "two papers: correct what is typed"),
        ]

        def answered(answer: str | None) -> None:
            if answer == "one":
                self._unite(error, facts)

        self.app.push_screen(ChoiceDialog(question, answers, careful=True), answered)

    def _named(self, *keys: str) -> Iterator[Content]:
        for key in keys:
            title = shorten(self._library.papers.get(key).summary.title, _LONGEST_NOW)
            yield Content.assemble(line(key, "bold"), "  ", line(title), "\n")

    def _unite(self, error: SamePaper, facts: Facts) -> None:
        rest = {name: value for name, value in facts.values.items() if name not in ("arxiv_id", "doi")}
        try:
            if self._key is not None:
                self._library.corrections.edit(error.key, Facts(rest, facts.links), seen=self._seen)
            merged = self._library.unions.merge(error.key, error.other)
        except PapertrailError as failed:
            self._wrong("", str(failed))
            return
        key = merged.paper.key
        self.leave(Filed(key, f"{merged.key} is {key} now, and answers to both keys"))

    def action_leave(self) -> None:
        """Leave all as it is; where something was typed, only when the reader says so again."""
        if all(self._text(name) == before for name, before in self._before.items()):
            self.leave(None)
            return
        answers = [("leave", "t", "throw it away"), ("stay", "k", "go on writing")]
        question = Content.styled("What you have typed here is not stored.", "bold $primary")

        def answered(answer: str | None) -> None:
            if answer == "leave":
                self.leave(None)

        self.app.push_screen(ChoiceDialog(question, answers, careful=True), answered)


def _pairs(name: str, text: str) -> list[tuple[str, str]]:
    """Return a field and what was typed for it, each line of several for itself."""
    return [(name, row) for row in text.split("\n")] if name == "authors" else [(name, text)]


def _typed(paper: Paper) -> dict[str, str]:
    """Return what is known of a paper as it would be typed."""
    summary = paper.summary
    return {
        "title": clean_line(summary.title),
        "authors": "\n".join(summary.authors),
        "year": "" if summary.year is None else str(summary.year),
        "venue": clean_line(paper.venue),
        "doi": clean_line(summary.doi or ""),
        "arxiv": clean_line(summary.arxiv_id or ""),
        "links": "\n".join(f"{kind} {address}" for kind, address in paper.links),
        "abstract": paper.abstract or "",
    }
