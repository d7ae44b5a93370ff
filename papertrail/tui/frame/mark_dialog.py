"""Tags and rating of one paper or several."""

from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.suggester import Suggester
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from papertrail.domain.paper import STAR, PaperSummary
from papertrail.domain.past import named
from papertrail.domain.tags import Marked, TagCount, rating_of, tags_in
from papertrail.domain.text import fold, shorten
from papertrail.library import Library
from papertrail.tui.frame.key_bar import KeyBar
from papertrail.tui.widgets.cells import fit
from papertrail.tui.widgets.clean_input import CleanInput
from papertrail.tui.widgets.data_text import line
from papertrail.tui.widgets.dialogs import FRAME
from papertrail.tui.widgets.forms import FIELDS, MOST_CHOICES, Form

COMMAS = ",，、"
MOST_SAID = 36  # cells of the tags that only some of the papers have
LONGEST_TOLD = 40  # letters of each tag in what is told
_MOST_SEEN = 4  # lines of known tags
_LINES = 11  # of everything else but what only some have: frame, question, fields, a problem, keys
_BLANK = 5  # lines, left out where there is no room for them


class TagSuggester(Suggester):
    """Completes the tag that is being typed, the last one of the line.

    Args:
        known: all tags.
    """

    def __init__(self, known: Sequence[str]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._known = [(fold(name), name) for name in known]

    async def get_suggestion(self, value: str) -> str | None:
        """Return the line with its last tag completed, the first by name that begins so."""
        _, begun = last_tag(value)
        wanted = fold(begun)
        if not wanted:
            return None
        found = next((name for folded, name in self._known if folded.startswith(wanted)), None)
        return None if found is None else value + found[len(begun) :]


def last_tag(value: str) -> tuple[str, str]:
    """Return what stands before the last tag of a line, and that tag as far as it is typed."""
    at = max(value.rfind(comma) for comma in COMMAS) + 1
    tag = value[at:].lstrip()
    if tag.startswith("-"):
        tag = tag[1:].lstrip()
    return value[: len(value) - len(tag)], tag


class MarkDialog(Form):
    """Shows the tags that all of some papers have, and their rating, to be changed; known tags stand below.

    A tag taken out of the line goes from all of them, and so does one typed with a minus before it. Only what
    is otherwise than it was shown is changed.

    Args:
        library: the open trail.
        papers: as they are; one at least.
    """

    CSS = (
        FRAME.format(name="MarkDialog")
        + FIELDS.format(name="MarkDialog")
        + "MarkDialog > Vertical { height: 90%; }"
        + "MarkDialog .question, MarkDialog #some"
        + " { height: 1; text-wrap: nowrap; text-overflow: ellipsis; }"
        + "MarkDialog #some { color: $quiet; }"
        + f"MarkDialog OptionList {{ height: 1fr; max-height: {_MOST_SEEN}; }}"
        + "MarkDialog KeyBar { dock: bottom; padding: 0; }"
        + "MarkDialog.-low > Vertical { padding: 0 2; }"
        + "MarkDialog.-low .question, MarkDialog.-low #problem, MarkDialog.-low .answer-keys { margin: 0; }"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "to_known", "To the known tags", show=False, id="dialog.choices"),
    ]

    def __init__(self, library: Library, papers: Sequence[PaperSummary]) -> None:
        super().__init__()
        self._library = library
        self._papers = papers
        self._known: list[TagCount] = library.tags.all()
        self._common, self._partly = _shared(papers)
        ratings = {paper.rating for paper in papers}
        self._rating = str(papers[0].rating or "") if len(ratings) == 1 else None

    def compose(self) -> ComposeResult:
        """The papers, the line of tags, what only some have, the rating, the known tags."""
        of = self._papers[0].key if len(self._papers) == 1 else f"{len(self._papers)} papers"
        with Vertical():
            yield Static(line(f"Tags and rating of {of}", "bold $primary"), classes="question")
            with Horizontal(classes="field"):
                yield Static("tags")
                yield CleanInput(
                    value="".join(f"{name}, " for name in self._common),
                    placeholder="cnn, thesis",
                    suggester=TagSuggester([one.name for one in self._known]),
                    select_on_focus=False,
                    id="tags",
                )
            if self._partly:
                yield Static(line(self._of_some()), id="some")
            with Horizontal(classes="field"):
                yield Static("rating")
                yield CleanInput(
                    value=self._rating or "", placeholder=self._stars(), max_length=1, id="rating"
                )
            if self._known:
                yield OptionList(*self._fitting(""), id="known")
            yield Static("", id="problem")
            to_next, choose = ("tab", "next"), ("↓", "known tags" if self._known else "")
            keys = (("⏎", "keep it"), to_next, choose, ("esc", "cancel"))
            bar = KeyBar(keys, (to_next, choose))
            bar.add_class("answer-keys")
            yield bar

    def on_resize(self, event: events.Resize) -> None:
        """Leave out blank lines where there is no room for them; then the known tags get fewer."""
        lines = _LINES + bool(self._partly) + min(len(self._known), _MOST_SEEN)
        is_low = event.size.height * 9 // 10 < lines + _BLANK
        self.set_class(is_low, "-low")
        self.query_one(Vertical).styles.max_height = lines if is_low else lines + _BLANK

    def on_mount(self) -> None:
        """Go on behind the last tag."""
        self.call_after_refresh(self._go_on)  # a line scrolls to its cursor once it has a width

    def _go_on(self) -> None:
        field = self.query_one("#tags", Input)
        field.cursor_position = 0
        field.cursor_position = len(field.value)

    def _of_some(self) -> str:
        """Say which tags only some of the papers have."""
        told = ", ".join(f"{name} ({count})" for name, count in self._partly)
        return f"of some: {fit(told, MOST_SAID).rstrip()}; -tag takes it off"

    def _stars(self) -> str:
        if self._rating is not None:
            return "1 to 5"
        rated = sorted({paper.rating for paper in self._papers if paper.rating})
        return f"now {', '.join(f'{STAR}{one}' for one in rated)}; 0 takes it off"

    def _fitting(self, value: str) -> Iterator[Option]:
        """Yield the known tags that hold what is being typed and are not in the line, beginnings first."""
        before, begun = last_tag(value)
        wanted = fold(begun)
        there = {fold(name) for name in before.translate({ord(c): "," for c in COMMAS}).split(",")}
        fitting = [one for one in self._known if wanted in fold(one.name) and fold(one.name) not in there]
        fitting.sort(key=lambda one: (not fold(one.name).startswith(wanted), -one.papers))
        for one in fitting[:MOST_CHOICES]:
            count = "1 paper" if one.papers == 1 else f"{one.papers} papers"
            yield Option(Content.assemble(line(one.name, "bold"), (f"  {count}", "$quiet")), id=one.name)

    @on(Input.Changed, "#tags")
    def _narrow(self, message: Input.Changed) -> None:
        for known in self.query("#known").results(OptionList):
            known.clear_options()
            known.add_options(self._fitting(message.value))

    def action_to_known(self) -> None:
        """Go from a line to the known tags."""
        for known in self.query("#known").results(OptionList):
            if known.option_count:
                known.focus()
                known.highlighted = 0

    @on(OptionList.OptionSelected)
    def _complete(self, message: OptionList.OptionSelected) -> None:
        """Put a known tag in place of the one that is being typed."""
        field = self.query_one("#tags", Input)
        before, _ = last_tag(field.value)
        gap = "" if not before or before[-1] in " -" else " "
        field.value = f"{before}{gap}{message.option.id}, "
        field.focus()
        field.cursor_position = len(field.value)

    def carry_out(self) -> str:
        """Change what is otherwise than it was shown, and return a line to tell; empty if nothing is."""
        common = {fold(name) for name in self._common}
        typed, gone = list[str](), list[str]()
        for name in tags_in(self.text("tags")):
            if name.startswith("-") and fold(name) not in common:
                gone += tags_in(name[1:])
            else:
                typed.append(name)
        kept = {fold(name) for name in typed}
        add = [name for name in typed if fold(name) not in common]
        remove = [*gone, *(name for name in self._common if fold(name) not in kept)]
        said = self.text("rating")
        rating = None if said == (self._rating or "") else rating_of(said or "0")
        if not add and not remove and rating is None:
            return ""
        keys = [paper.key for paper in self._papers]
        return told_of(self._library.tags.change(keys, add=add, remove=remove, rating=rating))


def told_of(marked: Sequence[Marked]) -> str:
    """Return what became of papers, on a line."""
    added = [f"+{shorten(tag, LONGEST_TOLD)}" for one in marked for tag in one.added]
    removed = [f"−{shorten(tag, LONGEST_TOLD)}" for one in marked for tag in one.removed]
    words = [named([*added, *removed])] if added or removed else []
    if any(one.rated for one in marked):
        rating = marked[0].paper.rating
        words.append(f"{STAR}{rating}" if rating else "rating off")
    of = marked[0].paper.key if len(marked) == 1 else f"{len(marked)} papers"
    return f"{of}: {', '.join(words) or 'all as before'} · u takes it back"


def _shared(papers: Sequence[PaperSummary]) -> tuple[list[str], list[tuple[str, int]]]:
    """Return the tags that all of these papers have, and those that only some have, with how many."""
    count: dict[str, int] = {}
    for paper in papers:
        for name in paper.tags:
            count[name] = count.get(name, 0) + 1
    common = [name for name, number in count.items() if number == len(papers)]
    partly = sorted((-number, name) for name, number in count.items() if number < len(papers))
    return common, [(name, -number) for number, name in partly]
