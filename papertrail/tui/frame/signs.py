"""What the signs on the screens mean; each has one meaning, wherever it stands."""

from typing import Any, NamedTuple

from textual.screen import Screen

from papertrail.domain.paper import EXPLAINED, Status
from papertrail.tui.frame.paper_text import STATUS_STYLES
from papertrail.tui.widgets.plan_bar import PLAN_MARK


class Sign(NamedTuple):
    """A sign with its name, what it means, and its colour."""

    name: str
    means: str
    style: str = ""


_MEANINGS = {
    Status.UNREAD: "not begun",
    Status.QUEUED: "you want to read it soon",
    Status.READING: "you are at it",
    Status.READ: "only you can say so",
    Status.DROPPED: "you will not read it",
}
_PAPERS = (
    *(Sign(f"{status.glyph} {status}", _MEANINGS[status], STATUS_STYLES[status]) for status in Status),
    Sign("reading again", "read before: it goes on counting", "$success"),
    Sign("✎ owes a note", "read, a needed section is open", "$warning"),
    Sign("≠ merge conflict", "in the note; both sides count until it is settled", "$warning"),
    Sign("! a remark", "something about it wants a look", "$warning"),
    Sign("✓ counted", "read and noted, towards the goal", "$success"),
    Sign(f"{EXPLAINED} can explain", "each section known a week later, and still", "$success"),
)
_SECTIONS = (
    Sign("■ written", "the section has words of yours", "$success"),
    Sign("□ needed", "the paper counts once it has words", "$warning"),
    Sign("? at a section", "a question of yours there has no answer yet", "$primary"),
    Sign("· at a section", "nothing there yet, and nothing needed"),
)
_ARROWS = (
    Sign("▼ an arrow", "from a paper to what builds on it"),
    Sign("▽ an arrow", "read before its parents", "$warning"),
)
_WRITTEN = (Sign("▎ a section", "the one you are writing in", "$primary"),)
_OWN = {
    "NoteEditor": _WRITTEN,
    "SummaryEditor": _WRITTEN,
    "TodayScreen": (
        Sign("▰ this week", "a paper counted of those the plan asks for", "$success"),
        Sign("▱ this week", "one to go"),
        Sign(f"{PLAN_MARK} in the bar", "where an even pace is today"),
    ),
    "PapersScreen": (Sign(f"{PLAN_MARK} in the bar", "where an even pace is today"),),
    "MapScreen": _ARROWS,
    "OverviewScreen": (
        Sign("━ in a block", "counted", "$success"),
        Sign("─ in a block", "to go; a number says how many papers of a year"),
        Sign("↑ 3 at a lineage", "the chosen one builds on it, by 3 links", "$primary"),
        Sign("↓ 3 at a lineage", "it builds on the chosen one", "$primary"),
    ),
    "TellScreen": _ARROWS,
    "MarkScreen": (
        Sign("◉ told", "from memory", "$success"),
        Sign("◎ helped", "with its name, or half", "$primary"),
        Sign("◌ missed", "its frame stands out next time", "$warning"),
    ),
    "CompareScreen": (Sign("▾ in the overview", "the question that is read", "$primary"),),
    "ReviewScreen": (Sign("▲ in the picture", "today", "$primary"),),
    "Finder": (Sign("▶ a line", "where ⏎ goes", "$primary"),),
    "NoteHistory": (
        Sign("= a text", "the note as it is now", "$success"),
        Sign("+ words", "that came in", "$success"),
        Sign("− words", "that went", "$warning"),
    ),
    "MergeScreen": (Sign("› a text", "whose words are taken", "$success"),),
}


def signs_of(screen: Screen[Any]) -> dict[str, tuple[Sign, ...]]:
    """Return the signs that a screen uses, under headings: its own, of papers, of sections of notes."""
    own = _OWN.get(type(screen).__name__, ())
    found = {"Signs of this screen": own} if own else {}
    return {**found, "Signs of papers": _PAPERS, "Sections of a note": _SECTIONS}


def all_signs() -> list[Sign]:
    """Return every sign there is, once each."""
    return list(dict.fromkeys([*_PAPERS, *_SECTIONS, *(sign for own in _OWN.values() for sign in own)]))
