"""What was done, in words, as a reader is told of it who may want to take it back."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from papertrail.domain.operations import CLI, OUTSIDE, PAPERTRAIL, TUI, Verb
from papertrail.domain.text import shorten

WHY_FINAL = {
    Verb.FETCH: "what arXiv said stays",
    Verb.REFRESH: "what arXiv announced stays: skip it",
    Verb.EXPORT: "what was given away stays",
    Verb.BEGIN: "a trail begins with a goal",
    Verb.SEEDS_FILE: "the seeds file is as it is: edit it",
    Verb.INDEX: "the template, or how notes are read, is another one",
    Verb.MEND: "it was not as it should be; a backup from before is kept",
}
"""Why operations of a kind cannot be taken back; all others can."""
_LONGEST_QUESTION = 50  # characters of a question that was asked
TEXT_GONE = "the text of the note is no longer kept"
CHANGED_AGAIN = "what stays after it changed the same thing"
EARLIER = "it was made before papertrail kept what that needs"


class Event(NamedTuple):
    """What a use case did to one thing, as the journal tells it.

    Attributes:
        verb: what was done.
        paper: key of the paper concerned.
        before: what was; None for nothing.
        after: what is; None for nothing.
    """

    verb: str
    paper: str | None
    before: dict[str, Any] | None
    after: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Past:
    """One operation, as a reader is told of it.

    Attributes:
        op: its own id.
        at: when it was done, in the reader's zone.
        program: where it came from.
        what: what it did, in a few words.
        why_final: why it cannot be taken back; empty when it can.
        is_own: whether the reader did it, or did it again, in this very process.
        papers: keys of the papers concerned, also those they had before; some of them may be gone.
    """

    op: str
    at: datetime
    program: str
    what: str
    why_final: str
    is_own: bool
    papers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What was taken back or done again, or would be now.

    Attributes:
        past: the use case.
        passed: newer ones that cannot be taken back, and stay.
    """

    past: Past
    passed: tuple[Past, ...] = ()


@dataclass(frozen=True, slots=True)
class Stacks:
    """What can be taken back and done again, each with the one whose turn it is first."""

    done: tuple[Past, ...]
    undone: tuple[Past, ...]


def told(verb: str, events: Sequence[Event]) -> str:
    """Return what an operation did, in a few words on one line; data in it is not clean."""
    own = [event for event in events if event.verb == _OWN_EVENTS.get(verb, verb)]
    if not own and events:  # what was added was here, and got what it lacked
        verb = events[0].verb
        own = [event for event in events if event.verb == verb]
    tell = _TELLERS.get(verb)
    if tell is None or not own:
        return verb
    return tell(own)


def origin(program: str) -> str:
    """Return where an operation came from, in words."""
    return _ORIGINS.get(program, "an earlier version")


def named(keys: Iterable[str]) -> str:
    """Return one, two or three keys, or two and how many more."""
    unique = list(dict.fromkeys(keys))
    if len(unique) > 3:
        return f"{', '.join(unique[:2])} and {len(unique) - 2} more"
    *first, last = unique
    return f"{', '.join(first)} and {last}" if first else last


def _papers(events: Iterable[Event]) -> str:
    return named(event.paper for event in events if event.paper is not None)


def _status(events: Sequence[Event]) -> str:
    steps = {((e.before or {}).get("status", "unread"), (e.after or {})["status"]) for e in events}
    to = " or ".join(sorted({after for _, after in steps}))
    if len(steps) == 1:
        ((before, after),) = steps
        day = (events[0].after or {}).get("on")
        to = f"{before} → {after}" if before != after else f"{after} on {day}"
    return f"{_papers(events)} {to}"


def _recount(events: Sequence[Event]) -> str:
    days = {((e.before or {}).get("on"), (e.after or {})["on"]) for e in events}
    if len(days) == 1:
        ((before, after),) = days
        return f"{_papers(events)} counted on {before} → {after}"
    return f"{_papers(events)} counted on {(events[0].after or {})['on']}"


def _queue(events: Sequence[Event]) -> str:
    return f"{_papers(events)} moved in the queue"


def _note(events: Sequence[Event]) -> str:
    (event, *others) = events
    if others:
        return f"notes of {_papers(events)} {'gone' if event.after is None else 'restored'}"
    if event.after is None:
        return f"note of {event.paper} gone"
    if as_of := event.after.get("as_of"):
        section = event.after.get("section")
        return f"note of {event.paper}{f', {section},' if section else ''} as of {as_of}"
    words = event.after.get("words", 0)
    size = f"{words} {'word' if words == 1 else 'words'}"
    if draft := event.after.get("draft"):
        return f"note of {event.paper} from the draft of {draft} ({size})"
    return f"note of {event.paper}{'' if event.before else ' begun'} ({size})"


def _goal(events: Sequence[Event]) -> str:
    (event, *_) = events
    before, after = event.before, event.after
    if after is None:
        return "goal dropped"
    words = after.get("words", 0)
    if before is not None and before.get("words", 0) != words:
        return f"goal: {words or 'any'} {'word' if words == 1 else 'words'} a section"
    if before is None or before["target"] == after["target"]:
        return f"goal of {after['target']} papers {'set' if before is None else 'changed'}"
    return f"goal {before['target']} → {after['target']} papers"


def _lineage(events: Sequence[Event]) -> str:
    whole = next((e for e in events if e.paper is None), None)
    papers = [e for e in events if e.paper is not None]
    first = whole or papers[0]
    before, after = first.before or {}, first.after or {}
    name = before.get("lineage", after.get("lineage"))
    if whole is None:
        if first.before is None:
            return f"{_papers(papers)} into {name}"
        return f"{_papers(papers)} {'out of' if first.after is None else 'moved in'} {name}"
    if whole.after is None:
        return f"lineage {name} removed"
    if whole.before is None:
        return f"lineage {name} made" + (f" of {_papers(papers)}" if papers else "")
    if "active" in after:
        return f"lineage {name} {'active' if after['active'] else 'at rest'}"
    return f"lineage {name} → {after.get('lineage')}"


def _summary(events: Sequence[Event]) -> str:
    (event, *_) = events
    after = event.after or {}
    name = (event.before or after).get("lineage")
    if event.after is None:
        return f"note about {name} gone"
    words = after.get("words", 0)
    size = f"{words} {'word' if words == 1 else 'words'}"
    return f"note about {name}{'' if event.before else ' begun'} ({size})"


def _link(events: Sequence[Event]) -> str:
    (event, *_) = events
    parent = (event.after or event.before or {}).get("builds_on")
    return f"{event.paper} {'builds' if event.after else 'no longer builds'} on {parent}"


def _guess(events: Sequence[Event]) -> str:
    return f"guess about {_papers(events)}"


def _asked_in_earnest(events: Sequence[Event]) -> str:
    told = next((event for event in events if "question" in (event.after or {})), events[0])
    outcome = (told.after or {}).get("outcome")
    return f"{_asked(told)} asked in earnest{f', {outcome}' if outcome else ''}"


def _setting(events: Sequence[Event]) -> str:
    (event, *_) = events
    after = event.after or {}
    before = (event.before or {}).get("value", "default")
    return f"{after.get('name')} {before} → {after.get('value')}"


def _marks(events: Sequence[Event]) -> str:
    taken = [f"−{tag}" for event in events for tag in (event.before or {}).get("tags", ())]
    given = [f"+{tag}" for event in events for tag in (event.after or {}).get("tags", ())]
    words = [named([*given, *taken])] if given or taken else []
    if rated := [event.after["rating"] for event in events if event.after and "rating" in event.after]:
        one, *others = dict.fromkeys(rated)
        words.append("rating off" if one is None else f"rated {one}" if not others else "rated")
    return f"{_papers(events)} {', '.join(words)}"


def _view(events: Sequence[Event]) -> str:
    (event, *_) = events
    name = (event.after or event.before or {}).get("view")
    return f"view {name} {'removed' if event.after is None else 'changed' if event.before else 'saved'}"


def _review(events: Sequence[Event]) -> str:
    (event, *_) = events
    return f"{_asked(event)} answered ({(event.after or {})['grade']})"


def _set_aside(events: Sequence[Event]) -> str:
    (event, *_) = events
    until = (event.after or {}).get("until")
    return f"{_asked(event)} {f'not asked before {until}' if until else 'marked as a bad question'}"


def _asked(event: Event) -> str:
    after = event.after or {}
    return f"{event.paper or after.get('lineage')}: {shorten(str(after.get('question')), _LONGEST_QUESTION)}"


def _add(events: Sequence[Event]) -> str:
    return f"added {_papers(events)}"


def _edit(events: Sequence[Event]) -> str:
    (event, *_) = events
    fields = {**(event.before or {}), **(event.after or {})}
    return f"{event.paper}: {named(fields)} edited"


def _rename(events: Sequence[Event]) -> str:
    (event, *_) = events
    return f"{(event.before or {}).get('key')} renamed to {event.paper}"


def _merge(events: Sequence[Event]) -> str:
    (event, *_) = events
    return f"{event.paper} merged into {(event.after or {}).get('key')}"


def _remove(events: Sequence[Event]) -> str:
    return f"removed {_papers(events)}"


def _seed(events: Sequence[Event]) -> str:
    new = sum(event.before is None for event in events)
    changed = len(events) - new
    parts = [*([f"{new} added"] if new else []), *([f"{changed} changed"] if changed else [])]
    return f"papers of a file: {', '.join(parts)}"


def _import(events: Sequence[Event]) -> str:
    added = [event for event in events if event.verb == "add"]
    others = {event.paper for event in events if event.paper} - {event.paper for event in added}
    parts = [
        *([f"{len(added)} added"] if added else []),
        *([f"{len(others)} that were here changed"] if others else []),
    ]
    return f"papers of another program: {', '.join(parts) or 'nothing new'}"


def _watch(events: Sequence[Event]) -> str:
    names = named(str((event.after or event.before or {})["name"]) for event in events)
    return f"{names} {'no longer watched' if events[0].after is None else 'watched'}"


def _mute(events: Sequence[Event]) -> str:
    names = named(str((event.after or event.before or {})["name"]) for event in events)
    return f"{names} {'no longer muted' if events[0].after is None else 'muted'}"


def _take(events: Sequence[Event]) -> str:
    return f"took {_papers(events)} from the inbox"


def _skip(events: Sequence[Event]) -> str:
    ids = named(str((event.after or {})["arxiv_id"]) for event in events)
    return f"skipped {ids} in the inbox"


def _refresh(events: Sequence[Event]) -> str:
    number = (events[0].after or {})["new"]
    return f"{number} {'paper' if number == 1 else 'papers'} announced"


def _tell(events: Sequence[Event]) -> str:
    what = events[0].after or {}
    marked = f" ({what['told']} of {what['marks']} papers)" if what["marks"] else ""
    return f"{what['lineage']} told from memory{marked}"


def _fetch(events: Sequence[Event]) -> str:
    return f"fetched {_papers(events)}"


def _export(events: Sequence[Event]) -> str:
    return f"exported to {(events[0].after or {}).get('to')}"


_ORIGINS = {
    CLI: "command line",
    TUI: "program",
    OUTSIDE: "another program",
    PAPERTRAIL: "by itself",
}


_OWN_EVENTS: dict[str, str] = {Verb.BEGIN: "goal", Verb.SEEDS_FILE: "seed", Verb.INDEX: "counted"}
_TELLERS: dict[str, Callable[[Sequence[Event]], str]] = {
    Verb.STATUS: _status,
    Verb.RECOUNT: _recount,
    Verb.QUEUE: _queue,
    Verb.NOTE: _note,
    Verb.GOAL: _goal,
    Verb.BEGIN: _goal,
    Verb.LINEAGE: _lineage,
    Verb.SUMMARY: _summary,
    Verb.LINK: _link,
    Verb.SETTING: _setting,
    Verb.TAG: _marks,
    Verb.RATE: _marks,
    Verb.VIEW: _view,
    Verb.REVIEW: _review,
    Verb.SET_ASIDE: _set_aside,
    Verb.ADD: _add,
    Verb.EDIT: _edit,
    Verb.RENAME: _rename,
    Verb.MERGE: _merge,
    Verb.REMOVE: _remove,
    Verb.SEED: _seed,
    Verb.IMPORT: _import,
    Verb.SEEDS_FILE: _seed,
    Verb.FETCH: _fetch,
    Verb.WATCH: _watch,
    Verb.MUTE: _mute,
    Verb.TAKE: _take,
    Verb.SKIP: _skip,
    Verb.TELL: _tell,
    Verb.REFRESH: _refresh,
    Verb.EXPORT: _export,
    Verb.GUESS: _guess,
    Verb.ASKED: _asked_in_earnest,
    Verb.INDEX: lambda events: f"{_papers(events)} indexed anew",
    Verb.MEND: lambda events: f"mended: {(events[0].after or {}).get('what')}",
}
