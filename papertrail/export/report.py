"""A week or a month as Markdown, to send to whoever set the goal."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from papertrail.domain.asked import AskedOn
from papertrail.domain.goal import words
from papertrail.domain.goal.progress import GoalProgress
from papertrail.domain.goal.today import Today
from papertrail.domain.note_text import NoteContent
from papertrail.domain.paper import EXPLAINED, PaperSummary
from papertrail.export.inert import inert, link

MOST_NEXT = 5
_KEY_IDEA = "key idea"


@dataclass(frozen=True, slots=True)
class Report:
    """What a report tells.

    Attributes:
        first: the first day of the week or month.
        last_day: its last day, or today while it is not over.
        counted: papers whose day is within it: those read and noted, or where the goal says so those read.
        notes: of those papers, by key.
        owed: papers read within it whose note is not complete, where they do not count yet.
        begun: papers being read now.
        asked: what was asked in earnest within it.
    """

    today: Today
    first: date
    last_day: date
    counted: Sequence[PaperSummary]
    notes: Mapping[str, NoteContent]
    owed: Sequence[PaperSummary]
    begun: Sequence[PaperSummary]
    asked: Sequence[AskedOn] = ()


def render_report(report: Report) -> str:
    """Return the report as Markdown that data cannot turn into markup."""
    return "\n\n".join(part for part in _parts(report) if part) + "\n"


def _parts(report: Report) -> Iterator[str]:
    now = report.today.progress.today
    yield f"# Papers, {words.weekday_words(report.first)} to {words.weekday_words(report.last_day)}"
    yield "\n".join(_goal_lines(report.today))
    if report.counted:
        goal = report.today.progress.goal
        counts = words.counts_words(goal) if goal is not None else words.READ_AND_NOTED
        yield f"## {counts.capitalize()}: {len(report.counted)}"
        for paper in report.counted:
            yield _title(paper)
            yield _idea(report.notes.get(paper.key))
    else:
        yield "Nothing was finished in these days." if not report.owed else ""
    if report.owed:
        yield f"## Read, note to come: {len(report.owed)}"
        yield "\n".join(f"- {_reference(paper)}" for paper in report.owed)
    if report.asked:
        yield f"## Asked in earnest: {len(report.asked)}"
        yield "\n".join(map(_asked, report.asked))
    if report.begun:
        yield "## Being read"
        yield "\n".join(f"- {_reference(paper)}{' · again' * paper.is_read}" for paper in report.begun)
    begun = {paper.key for paper in report.begun}
    coming = [one for one in report.today.plan if one.paper.key not in begun][:MOST_NEXT]
    if coming and report.last_day == now:
        yield "## Next"
        yield "\n".join(f"- {_reference(one.paper)}: {inert(one.why)}" for one in coming)


def _goal_lines(today: Today) -> Iterator[str]:
    progress = today.progress
    if progress.goal is None:
        yield f"- {words.papers_words(progress.counted)} read and noted"
        yield from _explained(progress)
        return
    span = words.span_words(progress.goal, progress.today)
    yield f"- goal: **{progress.tally}** papers {words.counts_words(progress.goal)}, {span}"
    yield f"- {words.standing_words(progress)}"
    yield from _explained(progress)
    if today.forecast is not None:
        yield f"- {words.forecast_words(today.forecast, progress)}"


def _explained(progress: GoalProgress) -> Iterator[str]:
    if told := words.explained_words(progress):
        yield f"- {EXPLAINED} {told}"


def _title(paper: PaperSummary) -> str:
    facts = ["note to come"] if paper.owed else [f"{EXPLAINED} can explain"] if paper.explained else []
    facts += [str(paper.year)] if paper.year else []
    facts += [inert(name) for name in paper.lineages]
    if paper.arxiv_id:
        facts.append(link(f"arXiv:{paper.arxiv_id}", f"https://arxiv.org/abs/{paper.arxiv_id}"))
    return f"### {inert(paper.title)}" + (f"\n\n{' · '.join(facts)}" if facts else "")


def _asked(one: AskedOn) -> str:
    facts = [fact for fact in (one.where, one.outcome.value if one.outcome else "") if fact]
    year = f" ({one.year})" if one.year else ""
    return f"- {inert(one.question)} · {inert(one.title)}{year}" + "".join(f" · {inert(f)}" for f in facts)


def _reference(paper: PaperSummary) -> str:
    year = f" ({paper.year})" if paper.year else ""
    return f"{inert(paper.title)}{year}"


def _idea(note: NoteContent | None) -> str:
    """Return the first paragraph under the key idea, else of the first section that says anything."""
    sections = [(name, text) for name, text in note.sections if text.strip()] if note else []
    ideas = [text for name, text in sections if name.casefold().startswith(_KEY_IDEA)]
    for text in (*ideas, *(text for _, text in sections)):
        for paragraph in text.split("\n\n"):
            if paragraph.strip() and not paragraph.lstrip().startswith(("#", "```", "~~~", "|", "![")):
                return f"> {inert(paragraph)}"
    return ""
