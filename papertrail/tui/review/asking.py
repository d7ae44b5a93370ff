"""A review under way: one question after the other, each answered, looked up and graded."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from enum import Enum, auto
from functools import partial
from time import monotonic
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.screen import Screen
from textual.widgets import TextArea

from papertrail.domain.errors import Conflict, NotFound, PapertrailError
from papertrail.domain.recall.question import Kind
from papertrail.domain.recall.review import Grade, ReviewAnswer, ReviewDay, ReviewQuestion, place_of
from papertrail.domain.recall.sitting import Sitting, seconds_taken
from papertrail.domain.text import clean_line, shorten
from papertrail.domain.unsaved import Unsaved
from papertrail.library import Library
from papertrail.tui.frame import doors
from papertrail.tui.frame.background import TrailChanged, UseCaseFailed, WorkTold, in_thread
from papertrail.tui.frame.drafting import Drafting, DraftTold
from papertrail.tui.frame.key_bar import KeyBar
from papertrail.tui.frame.message_line import MessageLine
from papertrail.tui.frame.steady import Steady
from papertrail.tui.frame.tabs import PlaceTabs
from papertrail.tui.frame.theme import BREAKPOINTS
from papertrail.tui.review.answer_area import AnswerArea
from papertrail.tui.review.around import Around
from papertrail.tui.review.end_page import EndPage
from papertrail.tui.review.grade_bar import GradeBar
from papertrail.tui.review.head import SittingHead
from papertrail.tui.review.question_sheet import QuestionSheet
from papertrail.tui.review.sheets import answer_blocks, question_lines
from papertrail.tui.widgets.focus import FocusInPlace
from papertrail.tui.widgets.row_list import RowList

_MORE_KEYS = (
    ("-", "tomorrow"),
    ("!", "bad question"),
    ("e", "note"),
    ("u", "undo"),
    ("?", "help"),
    ("esc", "leave"),
)
# what the chips above the bar name stands there alone
KEYS_ASKED = (("tab", "type it"), *_MORE_KEYS)
KEYS_SHOWN = (("space", "read on"), *_MORE_KEYS)
KEYS_TYPING = (("esc", "stop typing"),)
KEYS_ENDED = (("e", "open the note"), ("u", "undo the last"), ("?", "help"), ("esc", "back"))
SPARE_KEYS = (("space", "read on"), ("!", "bad question"), ("u", "undo"))
SPREAD = 150  # columns from which the place of the paper stands beside the question
LOOKING = "answer"
NOT_YET = "space shows the answer first; then 1 to 4 grade it"
LONGEST_TOLD = 40  # letters of a question in the line above the keys


class Stage(Enum):
    """How far one is with a question."""

    ASKED = auto()
    SHOWN = auto()
    ENDED = auto()


class AskingScreen(Steady, FocusInPlace, Screen[None]):
    """Asks the questions of a day; each grade is kept at once, so that leaving loses nothing.

    Args:
        library: the open trail.
        day: what is asked.
        clock: gives seconds that pass.
    """

    CSS_PATH = "review.tcss"
    AUTO_FOCUS = ""
    HORIZONTAL_BREAKPOINTS = BREAKPOINTS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,enter", "show", "See the answer", tooltip="then it reads on", id="review.show"),
        Binding("1", "grade(1)", "Again", tooltip="not known", id="review.again"),
        Binding("2", "grade(2)", "Hard", tooltip="known, with effort", id="review.hard"),
        Binding("3", "grade(3)", "Good", tooltip="known", id="review.good"),
        Binding("4", "grade(4)", "Easy", tooltip="known at once", id="review.easy"),
        Binding("0,5,6,7,8,9", "nothing", show=False),  # no slip of the finger leaves for another screen
        Binding("tab", "type", "Type an answer", tooltip="it stands beside your note", id="review.type"),
        Binding("u", "take_back", "Undo the last grade", tooltip="and ask it again", id="review.undo"),
        Binding("minus", "bury", "Not today", tooltip="it comes again tomorrow", id="review.bury"),
        Binding(
            "exclamation_mark",
            "bad",
            "A bad question",
            tooltip="not asked until reworded",
            id="review.bad",
        ),
        Binding("e", "edit", "Open the note", tooltip="at this section, and come back", id="review.edit"),
        Binding("down,j", "scroll(1)", "Down", show=False, id="review.down"),
        Binding("up,k", "scroll(-1)", "Up", show=False, id="review.up"),
        Binding("pagedown,ctrl+f", "page(1)", "Page down", show=False, id="review.page_down"),
        Binding("pageup,ctrl+b", "page(-1)", "Page up", show=False, id="review.page_up"),
        Binding("question_mark", "help", "Help", id="app.help"),
        Binding("escape,q", "leave", "Leave", tooltip="what was graded is kept", id="app.back"),
    ]

    def __init__(self, library: Library, day: ReviewDay, clock: Callable[[], float] = monotonic) -> None:
        super().__init__()
        self._library = library
        self._clock = clock
        self._sitting = Sitting(day)
        self._stage = Stage.ASKED
        self._question: ReviewQuestion | None = None
        self._answer: ReviewAnswer | None = None
        self._since = 0.0
        self._has_field = False
        self._has_changed = False
        self._area = AnswerArea()
        self._drafts = Drafting(self)
        self._trouble = ""  # why no draft is kept

    def compose(self) -> ComposeResult:
        """How far one is, the question and its answer, a field, the grades; at last what it was worth."""
        yield PlaceTabs()
        yield SittingHead()
        with Horizontal(id="page"):
            with Vertical():
                yield QuestionSheet()
                yield self._area
            yield Around()
        yield GradeBar()
        yield EndPage()
        yield MessageLine()
        yield KeyBar(KEYS_ASKED, SPARE_KEYS, id="keys")

    def on_mount(self) -> None:
        """Ask the first question once there is room for it."""
        self._area.display = self.query_one(EndPage).display = False
        self._fit_to_size()
        self.app.theme_changed_signal.subscribe(self, lambda _: self._draw())
        in_thread(self, self._library.recall.prepare, group="preparing")
        self.call_after_refresh(self._ask)

    def on_resize(self) -> None:
        """Set the text anew."""
        self._fit_to_size()
        if self._question is not None:
            self.call_after_refresh(self._draw)

    def _fit_to_size(self) -> None:
        self.query_one(Around).display = self.app.size.width >= SPREAD

    def is_ready_for(self, key: str) -> bool:
        """Let keys wait until the answer is there that they are about."""
        return key == "escape" or not any(
            worker.group == LOOKING and not worker.is_finished
            for worker in self.workers
            if worker.node is self
        )

    # What is shown

    def hint(self, text: str, *, warn: bool = False) -> None:
        """Tell the reader one line, above the keys."""
        self.query_one(MessageLine).tell(text, warn=warn)

    def _ask(self, told: str = "", *, keep_typed: bool = False) -> None:
        """Ask the question whose turn it is; those that are asked no more are passed over in a line.

        Args:
            told: what to tell.
            keep_typed: whether what was typed for it stays.
        """
        self._question, self._answer = None, None
        while (id_ := self._sitting.next_id) is not None:
            try:
                self._question = self._library.recall.question(id_, self._sitting.day.newest)
                break
            except (NotFound, Conflict) as error:
                told = told or f"passed over: {error.cause}"
                self._sitting.pass_over()
            except PapertrailError as error:
                self._refuse(error)
                return
        self.hint(told)
        self._stage = Stage.ASKED if self._question is not None else Stage.ENDED
        self._since = self._clock()
        if not keep_typed:
            self._take_typed()
        if self._question is None:
            self._end()
        else:
            self._draw()

    def _take_typed(self) -> None:
        """Show what was typed for the question when it was left, else an empty field when one goes there."""
        left = self._library.unsaved.take(Unsaved.ANSWER, str(self._question.id)) if self._question else ""
        if left or self._has_field:
            self._area.note = left
            self._has_field = bool(left)

    @on(TextArea.Changed)
    def _typed(self) -> None:
        if self._question is not None:
            self._drafts.offer(self._step(self._question))

    def _step(self, question: ReviewQuestion) -> partial[None]:
        """Return what puts aside the answer as it is typed by now."""
        typed = self._area.note
        return partial(self._library.unsaved.keep, Unsaved.ANSWER, str(question.id), typed)

    @on(DraftTold)
    def _draft_told(self, message: DraftTold) -> None:
        if message.trouble != self._trouble:
            self._trouble = message.trouble
            self.hint(f"no draft is kept: {self._trouble}" if self._trouble else "", warn=True)

    def keep_draft_now(self) -> None:
        """Put the typed answer aside at once; called when the program is told to end."""
        if self._question is not None:
            self._drafts.now(self._step(self._question))

    def on_unmount(self) -> None:
        """Put the typed answer aside when the program ends with it."""
        with suppress(PapertrailError):
            self.keep_draft_now()
        self._drafts.end()
        if self._question is not None:
            self._library.unsaved.let_go(Unsaved.ANSWER, str(self._question.id))

    def _draw(self) -> None:
        """Show the question, and its answer if it was looked up."""
        question, answer = self._question, self._answer
        if question is None or not self.is_attached:
            return
        sheet, area = self.query_one(QuestionSheet), self._area
        is_shown = self._stage is Stage.SHOWN and answer is not None
        self.query_one(SittingHead).show(self._sitting, question)
        header = question_lines(self, question, sheet.column_width(1))
        for widget in (self.query_one("#page"), self.query_one(GradeBar)):
            widget.display = True
        self.query_one(EndPage).display = False
        area.display = self._has_field and not is_shown
        sheet.styles.height = min(len(header), max(self.size.height // 2, 3)) if area.display else "1fr"
        if area.has_focus and not area.display:
            self.set_focus(None)
        if answer is not None and is_shown:
            typed = area.note
            width = sheet.column_width(2 if typed.strip() else 1)
            sheet.answer(answer_blocks(self, question, answer, typed, width), header)
        else:
            sheet.ask(header, framed=not area.display)
        self._show_around(question, is_seen=is_shown)
        self._show_keys()

    def _show_around(self, question: ReviewQuestion, *, is_seen: bool) -> None:
        """Show where the paper stands; a lineage stands nowhere."""
        around, paper = self.query_one(Around), None
        if around.display and question.key is not None:
            with suppress(PapertrailError):  # who asks or answers says so
                paper = self._library.papers.get(question.key)
        if around.display:
            around.show(paper, is_seen=is_seen)

    def _show_keys(self) -> None:
        """Say what the keys do, which is another thing while one types."""
        is_typing = self._area.has_focus
        self.query_one(GradeBar).show(grades=self._stage is Stage.SHOWN, key="tab" if is_typing else "space")
        keys = {Stage.ASKED: KEYS_ASKED, Stage.SHOWN: KEYS_SHOWN, Stage.ENDED: KEYS_ENDED}[self._stage]
        bar = self.query_one(KeyBar)
        bar.set_keys(KEYS_TYPING if is_typing else keys)
        is_at_nothing = self._stage is Stage.ENDED and self.query_one(EndPage).chosen is None
        idle = {"e": is_at_nothing, "u": self._sitting.last is None}
        bar.set_meanings({key: "" for key, is_idle in idle.items() if is_idle})

    def on_descendant_focus(self) -> None:
        """Say what the keys do there."""
        self._show_keys()

    def on_descendant_blur(self) -> None:
        """Say what the keys do now."""
        self.call_later(self._show_keys)

    @on(UseCaseFailed)
    def _failed(self, message: UseCaseFailed) -> None:
        self.hint(str(message.error), warn=True)

    # What the keys do

    def action_nothing(self) -> None:
        """Do nothing."""

    def action_type(self) -> None:
        """Go to the field."""
        if self._stage is Stage.ASKED and self._question is not None:
            self._has_field = True
            self._draw()
            self._area.focus()

    def action_stop_typing(self) -> None:
        """Leave the field, which stays where something stands in it; the keys are keys again."""
        self.set_focus(None)
        self._has_field = bool(self._area.text)
        self._draw()

    def action_show(self) -> None:
        """Look the answer up in the note; seen already, read on in it."""
        question = self._question
        if self._stage is Stage.SHOWN:
            self.query_one(QuestionSheet).page(1)
        elif question is not None:
            in_thread(self, partial(self._look_up, question), group=LOOKING)

    def _look_up(self, question: ReviewQuestion) -> Message:
        recall = self._library.recall
        answer, intervals = recall.answer(question), recall.intervals(question)
        return WorkTold(partial(self._show_answer, question, answer, intervals))

    def _show_answer(
        self, question: ReviewQuestion, answer: ReviewAnswer, intervals: Mapping[Grade, int]
    ) -> None:
        if question is not self._question or self._stage is not Stage.ASKED:
            return
        if answer.trouble:
            self._sitting.pass_over()
            self._ask(f"passed over: {answer.trouble}")
            return
        self._stage, self._answer = Stage.SHOWN, answer
        self.query_one(GradeBar).set_intervals(intervals)
        self.hint("")
        self._draw()

    @on(QuestionSheet.Invited)
    def _invited(self) -> None:
        self.action_type()

    @on(GradeBar.Clicked)
    def _clicked(self, message: GradeBar.Clicked) -> None:
        if message.grade is None:
            self.action_show()
        else:
            self.action_grade(int(message.grade))

    def action_grade(self, grade: int) -> None:
        """Say how well it was known, and go on with the next."""
        question = self._question
        if self._stage is Stage.ASKED:
            self.hint(NOT_YET)
        if self._stage is not Stage.SHOWN or question is None:
            return
        seconds = seconds_taken(self._clock() - self._since)

        def give() -> None:
            graded = self._library.recall.grade(question, Grade(grade), seconds)
            self._sitting.note(question, graded.op, Grade(grade), graded.memory, seconds)

        self._do(give)

    def action_bury(self) -> None:
        """Do not ask this one until tomorrow."""
        question = self._question
        if question is not None:
            self._do(
                lambda: self._sitting.note(question, self._library.recall.bury(question)),
                "it comes again tomorrow · u takes it back",
            )

    def action_bad(self) -> None:
        """Do not ask this one until the note words it otherwise."""
        question = self._question
        if question is not None:
            self._do(
                lambda: self._sitting.note(question, self._library.recall.mark_bad(question)),
                "not asked until you word it otherwise in the note · u takes it back",
            )

    def _do(self, change: Callable[[], None], told: str = "") -> None:
        """Change something about the question and go on; where another window was first, only go on."""
        try:
            change()
        except (Conflict, NotFound) as error:
            self._sitting.pass_over()
            told = f"passed over: {error.cause}"
        except PapertrailError as error:
            self._refuse(error)
            return
        else:
            self._has_changed = True
        self._let_go()
        self._ask(told)

    def _let_go(self) -> None:
        """Forget what was typed for a question that is done with."""
        if self._question is not None:
            with suppress(PapertrailError):  # it is no more than shown once more
                self._drafts.now(
                    partial(self._library.unsaved.discard, Unsaved.ANSWER, str(self._question.id))
                )

    def _refuse(self, error: PapertrailError) -> None:
        self.hint(str(error), warn=True)

    def action_take_back(self) -> None:
        """Take back what was done last in this review, and ask that question again."""
        last = self._sitting.last
        if last is None:
            self.hint("nothing was graded in this review yet")
            return
        try:
            self._library.undo.undo(last.op)
        except NotFound:  # taken back elsewhere
            pass
        except PapertrailError as error:
            self._refuse(error)
            return
        self._sitting.go_back()
        self._has_changed = True
        what = f"{last.grade.name.lower()} " if last.grade is not None else ""
        asked = shorten(clean_line(last.question.wording), LONGEST_TOLD)
        self._ask(f"taken back: {what}· {asked}")

    def action_edit(self) -> None:
        """Open the note at this section; at the end that of the paper under the cursor."""
        question = self._question
        if self._stage is Stage.ENDED:
            question = self.query_one(EndPage).chosen
        if question is None:
            return
        if question.key is None:
            self.hint("a lineage's story stands in the notes of its papers, under what each one changed")
            return
        doors.edit_note(
            self.app,
            self._library,
            question.key,
            section=question.section,
            at=partial(_place_of, question),
            edited=lambda _: self._edited(),
        )

    def _edited(self) -> None:
        """Ask the same question anew, as the note has it now."""
        self._has_changed = True
        if self._stage is not Stage.ENDED:
            self._ask(keep_typed=True)

    def action_scroll(self, lines: int) -> None:
        """Read on by a line; at the end go to another paper."""
        if self._stage is Stage.ENDED:
            return
        sheet = self.query_one(QuestionSheet)
        sheet.scroll_to(y=round(sheet.scroll_y) + lines, animate=False, force=True, immediate=True)

    def action_page(self, pages: int) -> None:
        """Read on by a window."""
        self.query_one(QuestionSheet).page(pages)

    def action_help(self) -> None:
        """Explain the keys."""
        doors.show_help(self)

    def action_leave(self) -> None:
        """Go back; every grade is kept already."""
        if self._has_changed:
            self.app.post_message(TrailChanged(self))
        self.dismiss()

    # The end

    def _end(self) -> None:
        """Show what was won, what to reread, and how long tomorrow will take."""
        for widget in (self.query_one("#page"), self.query_one(GradeBar)):
            widget.display = False
        page = self.query_one(EndPage)
        page.display = True
        self.query_one(SittingHead).show(self._sitting, None)
        page.show(self._sitting.worth(self._library.agenda.day()))
        self._show_keys()
        in_thread(self, self._look_ahead, group="tomorrow")

    def _look_ahead(self) -> Message:
        day = self._library.recall.day()
        return WorkTold(partial(self.query_one(EndPage).set_day, day))

    @on(RowList.Chosen)
    def _reread(self) -> None:
        self.action_edit()


def _place_of(question: ReviewQuestion, text: str) -> tuple[int, int] | None:
    """Return row and column of the reader's own question; None where its section tells the place."""
    return place_of(question.wording, text) if question.kind is Kind.PAIR else None
