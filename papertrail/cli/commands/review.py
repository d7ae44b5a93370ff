"""`papertrail review`: the questions of the notes, asked back in the terminal or through a pipe."""

import sys
from math import isfinite
from time import monotonic
from typing import TYPE_CHECKING, Any

import click

from papertrail.cli import output
from papertrail.cli.describe import number_of
from papertrail.cli.group import TrailGroup
from papertrail.cli.trail import lineage_to_read, open_trail, view_to_read
from papertrail.domain.errors import BadInput, Conflict, NotFound

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from papertrail.domain.recall.review import ReviewAnswer, ReviewDay, ReviewQuestion
    from papertrail.library import Library

_SETTINGS = {
    "retention": "review-retention",
    "minutes": "review-minutes",
    "new": "review-new",
    "ready_by": "review-ready-by",
}
_GRADES = {"again": "1", "hard": "2", "good": "3", "easy": "4"}
_KEYS = "enter your note  u take the last back  - tomorrow  ! bad question  q end"


class ReviewGroup(TrailGroup):
    """Takes keys of papers, options before and behind them; `set` is a command of its own."""

    allow_interspersed_args = True

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """Begin the subcommand that the first argument names, else this one."""
        named = self.get_command(click.Context(self, parent), args[0]) if args else None
        if named is not None:
            return named.make_context(f"{info_name} {args[0]}", args[1:], parent, **extra)
        return super().make_context(info_name, args, parent, **extra)


@click.group("review", cls=ReviewGroup, invoke_without_command=True, subcommand_metavar="")
@click.argument("keys", metavar="[KEY]...", nargs=-1)
@click.option("-l", "--lineage", metavar="NAME", help="Ask what this lineage and its papers ask.")
@click.option("--view", metavar="NAME", help="Ask what the papers of this saved view ask.")
@click.option("-n", "number", type=click.IntRange(1), metavar="N", help="Ask so many at most.")
@click.option("--minutes", type=click.FloatRange(0.1), metavar="M", help="Take so long at most.")
@click.option("--due", is_flag=True, help="Only tell what is due.")
@click.option("--stats", is_flag=True, help="Only tell how it goes.")
@click.option("--json", "as_json", is_flag=True, help="With --due, --stats: one JSON object (docs/JSON.md).")
def command(
    keys: tuple[str, ...],
    lineage: str | None,
    view: str | None,
    number: int | None,
    minutes: float | None,
    due: bool,
    stats: bool,
    as_json: bool,
) -> None:
    """Ask back what your notes say: those of KEY..., else what is due today.

    Say or think the answer, press a key to see your own, and grade it. Through a pipe each line is an answer,
    or what to do: 1 to 4, u, -, !, q. `papertrail review set --help` has the settings.

    \b
    Example:
      papertrail review
      papertrail review --due --json
    """
    if due and stats:
        raise BadInput("--due and --stats exclude each other", "give one of them")
    if as_json and not (due or stats):
        raise BadInput("--json goes with --due or --stats", "papertrail review --due --json")
    if minutes is not None and not isfinite(minutes):
        raise BadInput(f"--minutes cannot be {minutes}", "give a number, such as 5")
    with open_trail() as library:
        if stats:
            _say_stats(library, as_json)
            return
        name = None if lineage is None else lineage_to_read(library, lineage)
        keys = tuple(library.papers.resolve(key) for key in keys)
        if view is not None:
            keys = (*keys, *library.views.as_lineage(view_to_read(library, view))[1])
            if not keys:
                output.hint("there is no paper in this view")
                return
        day = library.recall.day(keys, lineage=name, minutes=minutes)
        if number is not None:
            asked = day.asked[:number]
            day = day._replace(asked=asked, minutes=len(asked) * day.seconds / 60)
        if not day.asked and not as_json and (keys or name is not None):
            from papertrail.domain.recall.words import asks_nothing

            output.hint(asks_nothing(name or (keys[0] if len(keys) == 1 else None)))
        elif due:
            _say_due(library, day, as_json)
        else:
            _review(library, day)


@command.command("set")
@click.option("--retention", metavar="SHARE", help="How likely a question is known when it comes again.")
@click.option("--minutes", metavar="M", help="How many minutes a day review takes at most.")
@click.option("--new", metavar="N", help="How many questions a day are new at most.")
@click.option("--ready-by", metavar="DAY", help="The day to be ready by: a date, goal or never.")
def set_(**wanted: str | None) -> None:
    """Say how review asks; the same settings are listed by `papertrail set`.

    \b
    Example:
      papertrail review set --minutes 15 --ready-by 2027-03-01
    """
    from papertrail.domain.settings import setting_called

    values = {_SETTINGS[name]: value for name, value in wanted.items() if value is not None}
    if not values:
        raise BadInput("nothing to set", "give --retention, --minutes, --new or --ready-by")
    for name, value in values.items():
        setting_called(name).parse(value)  # before anything is opened or made
    with open_trail() as library:
        for name, value in values.items():
            before, after = library.settings.set(name, value)
            what = f"already {after.value}" if before == after else f"{before.value} → {after.value}"
            output.say(output.Tint(name, "title"), f"  {what}")


def _say_due(library: "Library", day: "ReviewDay", as_json: bool) -> None:
    if as_json:
        from papertrail.cli.review_documents import review_object

        output.say_json(review_object(day, [library.recall.question(id_) for id_ in day.asked]))
        return
    _say_day(library, day)
    rows = []
    for id_ in day.asked:
        question = library.recall.question(id_)
        rows.append((output.Tint(question.key or question.title, "title"), question.wording))
    output.say_table(rows)


def _say_day(library: "Library", day: "ReviewDay") -> None:
    """Say in a line what today asks, and in a quiet one what waits."""
    from papertrail.domain.recall.words import minutes_words, waiting_words, why_nothing

    if not day.asked:
        output.hint(why_nothing(day, library.recall.stats(), library.agenda.day()))
        return
    asked = f"{number_of(len(day.asked), 'question')} today"
    output.say(output.Tint(asked, "title"), f"  {minutes_words(day.minutes)}")
    if waiting := waiting_words(day):
        output.hint(output.Tint(waiting, "quiet"))


def _say_stats(library: "Library", as_json: bool) -> None:
    stats = library.recall.stats()
    if as_json:
        from papertrail.cli.review_documents import review_stats_object

        output.say_json(review_stats_object(stats))
        return
    from papertrail.domain.recall.explaining import faded_words

    remembered = "–" if stats.remembered is None else f"{stats.remembered:.0%}"
    output.say_table(
        [
            ("questions", f"{stats.questions}, {stats.answered} of them answered"),
            ("remembered", f"{remembered} likely today"),
            ("can explain", f"{stats.explained} of {stats.counted} counted"),
            *([("", faded_words(stats.faded))] if stats.faded else []),
            ("due", ", ".join(map(str, stats.due)) + "  (today and the six days after)"),
        ]
    )
    if stats.days:
        output.say()
        output.say_table(
            [
                (f"{day.day:%a %d %b}", str(day.answers), f"{day.known / day.answers:.0%} known")
                for day in stats.days
            ],
            right=frozenset({1, 2}),
        )


def _review(library: "Library", day: "ReviewDay") -> None:
    """Ask one question after the other, as long as there are answers."""
    if not day.asked or not (output.is_terminal(sys.stdin) or _has_input()):
        _say_day(library, day)
        return
    _say_day(library, day)
    if not output.is_terminal(sys.stdin):
        _Session(library, day, _line).run()
        return
    from papertrail.cli.keys import pressed_keys

    with pressed_keys() as next_key:
        _Session(library, day, next_key).run()


def _has_input() -> bool:
    """Tell whether a pipe or a file has anything to read; an empty one asks only what is due."""
    from io import BufferedReader

    try:
        return isinstance(sys.stdin.buffer, BufferedReader) and bool(sys.stdin.buffer.peek(1))
    except (AttributeError, OSError, ValueError):  # there is none, it is closed, or a folder
        return False


class _Session:
    """One review in the terminal.

    Args:
        library: the open trail.
        day: what is asked.
        said: returns the next thing the reader says, a key or a line; None once there is no more.
    """

    def __init__(self, library: "Library", day: "ReviewDay", said: "Callable[[], str | None]") -> None:
        from papertrail.domain.recall.sitting import Sitting

        self._library = library
        self._sitting = Sitting(day)
        self._said = said

    def run(self) -> None:
        """Ask until nothing is left, or the reader has had enough."""
        while (id_ := self._sitting.next_id) is not None:
            try:
                question = self._library.recall.question(id_, self._sitting.day.newest)
                if not self._ask(question):
                    break
            except (BadInput, Conflict, NotFound) as error:
                output.warn(str(error))
                self._sitting.pass_over()
        self._end()

    def _ask(self, question: "ReviewQuestion") -> bool:
        """Ask one question; return whether to go on."""
        output.say()
        place = f"{self._sitting.number}/{self._sitting.total}"
        year = f" ({question.year})" if question.year else ""
        output.say(output.Tint(f"{place}  ", "quiet"), output.Tint(f"{question.title}{year}", "active"))
        output.say(output.Tint(question.wording, "title"))
        output.hint(output.Tint(_KEYS, "quiet"))
        began = monotonic()
        is_shown = False
        while True:
            said = self._said()
            if said is None or said == "q":
                return False
            if said in _GRADES.values() and is_shown:
                self._grade(question, int(said), monotonic() - began)
                return True
            if said == "u":
                if self._take_back():
                    return True
            elif said in ("-", "!"):
                self._set_aside(question, said)
                return True
            elif not is_shown:
                is_shown = True
                self._show(question)

    def _show(self, question: "ReviewQuestion") -> None:
        from papertrail.domain.recall.words import interval_words

        output.say_lines(_told(self._library.recall.answer(question)))
        days = self._library.recall.intervals(question)
        grades = "  ".join(f"{one.value} {one.name.lower()} {interval_words(days[one])}" for one in days)
        output.hint(output.Tint(grades, "quiet"))

    def _grade(self, question: "ReviewQuestion", said: int, seconds: float) -> None:
        from papertrail.domain.recall.review import Grade
        from papertrail.domain.recall.sitting import seconds_taken
        from papertrail.domain.recall.words import interval_words

        grade, taken = Grade(said), seconds_taken(seconds)
        graded = self._library.recall.grade(question, grade, taken)
        self._sitting.note(question, graded.op, grade, graded.memory, taken)
        days = (graded.memory.due_on - graded.memory.last_on).days
        output.say(output.Tint(f"{grade.name.lower()}: again in {interval_words(days)}", "quiet"))

    def _set_aside(self, question: "ReviewQuestion", said: str) -> None:
        if said == "-":
            op, what = self._library.recall.bury(question), "tomorrow"
        else:
            op, what = self._library.recall.mark_bad(question), "not asked until it is worded otherwise"
        self._sitting.note(question, op)
        output.say(output.Tint(what, "quiet"))

    def _take_back(self) -> bool:
        """Take back what was answered last and ask that again; return whether there was anything."""
        last = self._sitting.last
        if last is None:
            output.hint("nothing of this review to take back")
            return False
        taken = self._library.undo.undo(last.op)
        self._sitting.go_back()
        output.say(output.Tint(f"taken back: {taken.past.what}", "quiet"))
        return True

    def _end(self) -> None:
        from papertrail.domain.recall.sitting import papers_of
        from papertrail.domain.recall.words import tomorrow_words, worth_words

        day = self._library.recall.day()
        worth = self._sitting.worth(self._library.agenda.day())
        first, *more = worth_words(worth)
        output.say()
        if not worth.answered:
            output.hint(first)
            return
        output.say(output.Tint(first, "title"), f"  {' '.join(more)}")
        output.say(tomorrow_words(day))
        for key in papers_of(worth.again):
            output.hint(f"to reread: papertrail note {key} --print")


def _told(answer: "ReviewAnswer") -> "Iterator[list[output.Part]]":
    """Yield the lines of an answer."""
    if answer.trouble:
        yield [output.Tint(answer.trouble, "owed")]
    for line in answer.markdown.split("\n") if answer.markdown else ():
        yield ["  ", line]
    for step in answer.steps:
        year = f" ({step.year})" if step.year else ""
        text = step.text.replace("\n\n", " · ")
        yield ["  ", output.Tint(f"{step.title}{year}", "active"), f"  {text}" if text else ""]


def _line() -> str | None:
    """Return the next line of the input as what to do, None at its end; an answer shows the reader's own."""
    line = sys.stdin.readline()
    if not line:
        return None
    said = line.strip().lower()
    return _GRADES.get(said, said)
