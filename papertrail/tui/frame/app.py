"""The terminal program."""

import gc
import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.driver import Driver
from textual.message import Message
from textual.reactive import Reactive
from textual.screen import Screen
from textual.theme import Theme
from textual.worker import get_current_worker

from papertrail.domain.clock import Clock, SystemClock
from papertrail.domain.errors import NO_DATABASE, Busy, NetworkError, PapertrailError
from papertrail.domain.goal.words import top_words
from papertrail.domain.operations import TUI
from papertrail.domain.settings import THEME
from papertrail.library import Home, Library, open_library
from papertrail.tui.frame.background import HasMapPlace, ShowsNews, TrailChanged, WorkTold, in_thread
from papertrail.tui.frame.message_line import hush
from papertrail.tui.frame.signals import HasTerminal, go_to_shell, keep_drafts
from papertrail.tui.frame.steady import failure_of
from papertrail.tui.frame.steady_app import SteadyApp
from papertrail.tui.frame.tabs import ModeTabs, PlaceTabs
from papertrail.tui.frame.theme import DARK, THEMES
from papertrail.tui.frame.trail_screen import TrailScreen
from papertrail.tui.frame.typed import KeysInTurn
from papertrail.tui.today.screen import TodayScreen
from papertrail.tui.widgets.data_text import say

if TYPE_CHECKING:
    from papertrail.domain.goal.today import Today
    from papertrail.tui.inbox.screen import InboxScreen
    from papertrail.tui.map.screen import MapScreen
    from papertrail.tui.papers.screen import PapersScreen
    from papertrail.tui.review.screen import ReviewScreen

PULSE = 1.0  # seconds between two looks for changes by other programs
BACKUP_AFTER = 3.0  # seconds after the first frame, when nobody waits for it
ASKED_AGAIN = 600.0  # seconds until arXiv is asked again for what it could not be asked for
QUITS = ("q", "ctrl+q")  # what ends the program before there is a screen that knows keys
PATIENCE = 0.25  # seconds the first frame waits for the trail and its day; a new trail takes longer


class PapertrailApp(SteadyApp):
    """Opens the trail in a thread beside Textual's own start, then lives on one screen.

    Args:
        home: the trail to open.
        clock: gives the present moment; the machine's unless given.
        ascii_only: whether the terminal can show nothing else.
        welcomes: whether a newcomer is shown a page first.

    Attributes:
        goes_to_tutorial: whether the program ended for the tutorial, to go on afterwards.
    """

    TITLE = "papertrail"
    CSS_PATH = Path(__file__).parent.with_name("today") / "today.tcss"  # a subclass lives elsewhere
    DEFAULT_MODE = "today"
    ENABLE_COMMAND_PALETTE = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "show_mode('today')", "Today", tooltip="the goal and what to read next", id="app.today"),
        Binding("2", "show_mode('papers')", "Papers", tooltip="lineages and their papers", id="app.papers"),
        Binding("3", "show_mode('map')", "Map", tooltip="a lineage as a graph", id="app.map"),
        Binding("4", "show_mode('inbox')", "Inbox", tooltip="what arXiv announces", id="app.inbox"),
        Binding("5", "show_mode('review')", "Review", tooltip="what your notes ask you", id="app.review"),
        Binding("f5", "mend", "Look at the trail's files again", show=False, priority=True, id="app.mend"),
        Binding(
            "f1",
            "help",
            "All keys and signs",
            show=False,
            tooltip="of the screen one is on",
            priority=True,
            id="app.keys",
        ),
        Binding("ctrl+q", "quit", "Quit", show=False, priority=True, id="app.quit_always"),
        Binding(
            "ctrl+z",
            "suspend_process",
            "To the shell",
            show=False,
            tooltip="fg brings it back",
            id="app.suspend",
        ),
    ]

    # Set later, all styles are worked out a second time: those who like it light pay for it.
    theme: Reactive[str] = Reactive(DARK.name)
    _themes: dict[str, Theme] | None = None

    class OpeningEnded(Message):
        """The trail is open, or cannot be opened."""

    class NewsArrived(Message):
        """Another program has changed the trail, or a new day has begun.

        Attributes:
            told: needs the reader's eye.
            is_over: whether what stood in the way of looking is over.
        """

        def __init__(self, told: Sequence[str] = (), *, is_over: bool = False) -> None:
            super().__init__()
            self.told = told
            self.is_over = is_over

    def __init__(
        self, home: Home, *, clock: Clock | None = None, ascii_only: bool = False, welcomes: bool = False
    ) -> None:
        self.home = home
        super().__init__()
        if ascii_only:
            from papertrail.tui.frame.ascii import PlainSigns

            self._filters.append(PlainSigns())
        self.clock = clock or SystemClock()
        self._today = TodayScreen(self._today_built)
        self._papers: PapersScreen | None = None  # made when first looked at
        self._map: MapScreen | None = None
        self._inbox: InboxScreen | None = None
        self._review: ReviewScreen | None = None
        self._waiting: dict[str, int] = {}  # announcements in the inbox, questions in review
        self._asked = TrailScreen.PapersAsked()
        self._chosen: tuple[str, str] | None = None  # a lineage chosen by hand, and in which mode
        self._on_map: tuple[str, str] | None = None  # a lineage and a paper in it to be shown on the map
        self._told: list[str] = []
        self._trouble = ""  # why the last look for changes failed; told once, not every second
        self._day = date.min
        self._wanted_theme = THEME.default
        self._first: Today | None = None  # the day as the first frame shows it
        self._error: BaseException | None = None
        self._lost: list[str] = []  # what was said of words that cannot be put aside
        self._is_ready = False
        self._welcomes = welcomes
        self.goes_to_tutorial = False
        self._keys = KeysInTurn(self, lambda: self._is_ready)
        self._begin_opening()

    def _begin_opening(self) -> None:
        self._error = None
        self._opening = Thread(target=self._open, name="open", daemon=True)
        self._opening.start()

    @property
    def available_themes(self) -> dict[str, Theme]:
        """papertrail's own themes, and Textual's; each line that is drawn asks for them."""
        if self._themes is None:
            self._themes = {**super().available_themes, **{own.name: own for own in THEMES.values()}}
        return self._themes

    def watch_theme(self) -> None:
        """Have screens that were opened from others set their lines anew: those keep the colours they got."""
        for stack in self._screen_stacks.values():
            for screen in stack[1:]:
                screen.post_message(events.Resize(self.size, self.size))

    def _follow_theme(self) -> None:
        """Show the colours that the trail's setting wants."""
        if self.library is not None:
            with suppress(PapertrailError):
                self.theme = THEMES[self.library.settings.get(THEME)].name

    def open_again(self) -> None:
        """Open the trail once more, which could not be opened at first."""
        self._begin_opening()
        self.run_worker(self._wait, thread=True, group="open")

    def get_default_screen(self) -> Screen[None]:
        """The day's screen is the lowest one of its mode."""
        return self._today

    def get_driver_class(self) -> type[Driver]:
        """Take our own driver in place of Textual's for terminals of Unix."""
        found = super().get_driver_class()
        if found.__module__ != "textual.drivers.linux_driver":
            return found
        from papertrail.tui.frame.driver import PatientDriver

        return PatientDriver

    @property
    def keys_waiting(self) -> int:
        """How many keys wait for their turn."""
        return self._keys.number

    async def on_event(self, event: events.Event) -> None:
        """Let keys act in their turn, and nothing that a person does once the end was asked for."""
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            if not self._is_ready and not self._keys.number and getattr(event, "key", "") in QUITS:
                self.exit()  # opening the trail may take long
            if not self._keys.may_act(event):
                return
        elif isinstance(event, events.MouseEvent) and self._exit:
            return
        await super().on_event(event)

    def _papers_screen(self) -> Screen[None]:
        from papertrail.tui.papers.screen import PapersScreen

        self._papers = PapersScreen(self._papers_built)
        return self._papers

    def _map_screen(self) -> Screen[None]:
        from papertrail.tui.map.screen import MapScreen

        self._map = MapScreen(self._map_built)
        return self._map

    def _inbox_screen(self) -> Screen[None]:
        from papertrail.tui.inbox.screen import InboxScreen

        self._inbox = InboxScreen(self._inbox_built)
        return self._inbox

    def _review_screen(self) -> Screen[None]:
        from papertrail.tui.review.screen import ReviewScreen

        self._review = ReviewScreen(self._review_built)
        return self._review

    def _review_built(self) -> None:
        if self.library is not None and self._review is not None:
            self._review.fill(self.library, [])
            self._say_waiting()

    def _inbox_built(self) -> None:
        if self.library is not None and self._inbox is not None:
            self._inbox.fill(self.library, [])
            self._say_waiting()

    def _map_built(self) -> None:
        if self.library is not None and self._map is not None:
            self._map.fill(self.library, [])
            self._map.call_after_refresh(self._follow_on_map)
            self._say_waiting()

    @property
    def _screens(self) -> list[TrailScreen]:
        """The lowest screens of the modes that have been looked at."""
        screens = (self._today, self._papers, self._map, self._inbox, self._review)
        return [screen for screen in screens if screen is not None]

    def _open(self) -> None:
        """Open the trail and read the day, in a thread; until the first frame no other needs the database."""
        try:
            self.library = open_library(self.home, clock=self.clock, report=self._told.append, program=TUI)
            self.library.watch()
            if quiet := self.library.only_to_read or self.library.behind:
                self._told.append(quiet)
            self._day = self.library.agenda.day()
            self._wanted_theme = self.library.settings.get(THEME)
            with suppress(PapertrailError):  # the screen asks again, and tells it
                self._first = self.library.agenda.today(outlook=False)
            self._welcomes = self._welcomes and self._is_first_start(self.library)
        except BaseException as error:  # raised again where it can be told
            self._error = error

    def _is_first_start(self, library: Library) -> bool:
        """Tell whether a newcomer looks at a new trail; nothing is asked where anything was read."""
        if self._first is None or self._first.progress.read:
            return False
        from papertrail.library.first_start import is_first_start

        return is_first_start(library, os.environ)

    def _today_built(self) -> None:
        """Have the trail in the very first frame if it is open by now."""
        self._opening.join(PATIENCE)
        if self._opening.is_alive():
            self.run_worker(self._wait, thread=True, group="open")
        else:
            self.on_papertrail_app_opening_ended()

    def _wait(self) -> None:
        self._opening.join()
        self.post_message(self.OpeningEnded())

    def on_papertrail_app_opening_ended(self) -> None:
        """Fill the screen; or leave, and the line is said once the terminal is the shell's again."""
        if isinstance(self._error, NO_DATABASE):
            self._is_ready = True  # for the keys of the question
            self.broken.met(self._error)
            self.broken.ask()
        elif (failure := failure_of(self._error)) is not None:
            self.failure = failure
            self.exit(failure.exit_code)
        elif self._error is not None:
            raise self._error
        elif self.library is not None:
            self.theme = THEMES[self._wanted_theme].name
            # Not named before it is there: all styles would be worked out once more.
            self.add_mode("today", self.get_default_screen)
            self.add_mode("papers", self._papers_screen)
            self.add_mode("map", self._map_screen)
            self.add_mode("inbox", self._inbox_screen)
            self.add_mode("review", self._review_screen)
            self._today.fill(self.library, self._take_told(), self._first)
            if self._broken is not None:
                self._broken.is_well()
            self.call_after_refresh(self.data_shown)

    def action_find(self) -> None:
        """Find anything in the trail, and go there."""
        if self.library is not None:
            from papertrail.tui.frame import doors

            doors.find(self.screen, self.library)

    def _papers_built(self) -> None:
        if self.library is not None and self._papers is not None:
            self._papers.fill(self.library, [])
            self._papers.call_later(self._papers.show, self._asked)
            self._say_waiting()

    def action_show_mode(self, mode: str) -> None:
        """Go to a mode, which keeps its place; where one is in it, back to the screen that is its own."""
        if self.library is None:
            return
        self._asked = TrailScreen.PapersAsked()
        chosen = self._chosen_elsewhere(mode)
        if mode == "papers" and chosen:
            self.post_message(TrailScreen.PapersAsked(lineage=chosen))
            return
        if mode == "map":
            self._take_map_place()
        elif mode == self.current_mode:
            self._close_what_stands_above()
        self._switch(mode)
        if mode == "map" and self._map is not None and self._map.is_open:
            self._follow_on_map()

    def _close_what_stands_above(self) -> None:
        """Close papers and comparisons that were opened over the mode's own screen, if they may be."""
        while isinstance(there := self.screen, HasMapPlace) and there.is_left_freely:
            self.pop_screen()

    def _take_map_place(self) -> None:
        """Have the map show what the screen in front is about; close what stands above it, if it may be."""
        while isinstance(there := self.screen, HasMapPlace):
            is_above = self.current_mode == "map"
            if is_above and not there.is_left_freely:
                return
            self._on_map = self._on_map or there.map_place()
            if not is_above:
                return
            self.pop_screen()

    def on_trail_screen_lineage_chosen(self, message: TrailScreen.LineageChosen) -> None:
        """Remember it for the other screen that shows one lineage at a time."""
        self._chosen = (message.lineage, self.current_mode)

    def _chosen_elsewhere(self, mode: str) -> str:
        """Return the lineage chosen by hand in another mode since this one was looked at."""
        if self._chosen is None or self._chosen[1] == mode:
            return ""
        return self._chosen[0]

    def _follow_on_map(self) -> None:
        chosen, there = self._chosen_elsewhere("map"), self._on_map
        self._on_map = None
        if there is not None and self._map is not None:
            self._chosen = None
            self._map.show_paper(*there)
        elif chosen and self._map is not None:
            self._chosen = None
            self._map.show_lineage(chosen)

    async def on_trail_screen_papers_asked(self, message: TrailScreen.PapersAsked) -> None:
        """Go to the papers and show what is wanted."""
        self._asked = message
        if message.lineage:
            self._chosen = None
        self._switch("papers")
        if self._papers is not None and self._papers.is_open:
            await self._papers.show(message)

    def on_mode_tabs_chosen(self, message: ModeTabs.Chosen) -> None:
        """Go to the mode whose name was clicked."""
        self.action_show_mode(message.mode)

    def on_mode_tabs_shown(self, message: ModeTabs.Shown) -> None:
        """Tell a screen that was just opened what stands in this line of all others."""
        message.tabs.set_waiting(self._waiting)
        self._say_goal(message.tabs)

    def on_mode_tabs_counted(self, message: ModeTabs.Counted) -> None:
        """Say at every screen's tab how much waits."""
        self._waiting[message.mode] = message.number
        self._say_waiting()

    def _say_waiting(self) -> None:
        for screen in self._all_screens():
            for tabs in screen.query(ModeTabs):
                tabs.set_waiting(self._waiting)

    def _all_screens(self) -> list[Screen[Any]]:
        """Return the screens of all modes, with those opened from them."""
        stacks = self._screen_stacks.values()
        return list(dict.fromkeys([*self._screens, *(screen for stack in stacks for screen in stack)]))

    def _say_goal(self, *wanting: ModeTabs) -> None:
        """Say at the tabs of screens opened from others how far one is."""
        if wanting and self.library is not None:
            with suppress(PapertrailError):
                told = top_words(self.library.goal.progress())
                for tabs in wanting:
                    tabs.set_beside(told)

    def _count_waiting(self) -> None:
        """Count beside the screen what waits at the tabs: nothing of it is needed for the first frame."""
        library = self.library
        assert library is not None

        def announced() -> Message | None:
            with suppress(PapertrailError):  # it is counted again with the next change
                return ModeTabs.Counted("inbox", library.inbox.count())
            return None

        def due() -> Message | None:
            with suppress(PapertrailError):
                return ModeTabs.Counted("review", len(library.recall.day().asked))
            return None

        in_thread(self._today, announced, group="inbox-count")
        in_thread(self._today, due, group="review-count")

    def _switch(self, mode: str) -> None:
        if mode != self.current_mode and mode in self._modes:
            self.switch_mode(mode)

    def data_shown(self) -> None:
        """Do what need not hold up the first frame; called once when that frame is shown."""
        if self._exit:
            return
        self.app_resume_signal.subscribe(self, self._terminal_is_back)
        self._today.refresh_all()
        in_thread(self._today, self._look_for_strays, group="strays")
        self._count_waiting()
        if self._welcomes:
            self._welcome()
        self._is_ready = True
        if not gc.isenabled():
            gc.freeze()  # what is there stays: looking through it holds up a key for 100 ms now and then
            gc.enable()
        self.set_interval(PULSE, self.look_for_news)
        self._ask_for_what_waits()
        self.set_interval(ASKED_AGAIN, self._ask_for_what_waits)
        self.set_timer(BACKUP_AFTER, self._back_up_the_day)
        self.set_interval(ASKED_AGAIN, self._back_up_the_day)

    def _welcome(self) -> None:
        """Show a newcomer the page of the first start, once."""
        from papertrail.library.first_start import remember_start
        from papertrail.tui.frame.welcome import WelcomePage

        async def welcomed(key: str | None) -> None:
            if key == "t":
                await self.action_tutorial()
            elif key:
                self.call_later(self.simulate_key, key)  # of this program, not of the screen that asked

        self._welcomes = False
        assert self._first is not None
        self.push_screen(WelcomePage(self._first.progress), welcomed)
        remember_start(os.environ)

    async def action_tutorial(self) -> None:
        """Leave for the tutorial; the trail is opened again afterwards."""
        await self.action_quit()
        self.goes_to_tutorial = self._exit

    def _back_up_the_day(self) -> None:
        """Make the backup of the day if it is due; the program may end before it is done."""

        def make() -> Message | None:
            library = self.library
            if library is not None and library.backup_is_due():
                with suppress(Busy):  # whoever is at it makes it
                    library.backups.make_of_the_day()
            return None

        in_thread(self._today, make, group="backup", outlived=True)

    def action_back_up(self) -> None:
        """Back the trail up now."""
        from papertrail.tui.frame.backup_keys import back_up

        if self.library is not None:
            back_up(self._today, self.library)

    def action_tell_backups(self) -> None:
        """Tell which backups there are."""
        from papertrail.tui.frame.backup_keys import tell_backups

        if self.library is not None:
            tell_backups(self._today, self.library)

    def _ask_for_what_waits(self) -> None:
        """Fetch quietly what is known of papers added while arXiv could not be asked; in vain is no news."""

        def ask() -> Message | None:
            assert self.library is not None
            keys = self.library.intake.waiting()
            if not keys or self.library.intake.is_offline:
                return None
            from papertrail.tui.frame.errands import twins_told

            worker = get_current_worker()
            with suppress(NetworkError):
                report = self.library.intake.fetch(keys, is_cancelled=lambda: worker.is_cancelled)
                if report.fetched:
                    papers = "1 paper" if report.fetched == 1 else f"{report.fetched} papers"
                    told = [f"arXiv has told what was waited for of {papers}", *twins_told(report.twins)]
                    return self.NewsArrived(told)
            return None

        in_thread(self._today, ask, group="waiting", outlived=True)

    def _look_for_strays(self) -> Message | None:
        """Tell once, in the quiet line, of unsaved words, else of second texts and moved notes."""
        assert self.library is not None
        told = self.library.unsaved.quiet_line() or self.library.strays.quiet_line()
        return WorkTold(lambda: self._today.hint(told)) if told else None

    def _take_told(self) -> list[str]:
        """Return what the library has told since this was last asked."""
        told = self._told.copy()
        del self._told[: len(told)]
        return told

    def _terminal_is_back(self, _: object) -> None:
        """Draw everything, and forget keys meant for whoever had the terminal."""
        if isinstance(self._driver, HasTerminal):
            self._keys.forget(self._driver.back_since)
        self.refresh(layout=True)

    def look_for_news(self) -> None:
        """Ask in a thread whether another program has changed the trail, or a new day has begun."""

        def look() -> Message | None:
            assert self.library is not None
            is_broken = self._broken is not None and self._broken.error is not None
            try:
                if is_broken:
                    self.library.check()
                news = self.library.changed_elsewhere() or is_broken
            except PapertrailError as error:
                if str(error) == self._trouble:
                    return None
                self._trouble = str(error)
                raise
            is_over, self._trouble = bool(self._trouble), ""
            day, self._day = self._day, self.library.agenda.day()
            told = self._take_told()
            is_news = news or told or is_over or day != self._day
            return self.NewsArrived(told, is_over=is_over) if is_news else None

        if not any(worker.group == "news" and not worker.is_finished for worker in self.workers):
            in_thread(self._today, look, group="news", exclusive=False)

    def on_papertrail_app_news_arrived(self, message: NewsArrived) -> None:
        """Let every screen show it."""
        if self._broken is not None:
            self._broken.is_well()
        if message.is_over:
            hush(self)
        self._show_news()
        self._count_waiting()
        for text in message.told:  # last: a screen that shows what is new says what is under its cursor
            say(self.screen, text, "warning")

    @on(TrailChanged)
    def _trail_changed(self, message: TrailChanged) -> None:
        self._show_news(message.shown_by)
        self._count_waiting()

    def _show_news(self, *shown_by: Screen[Any]) -> None:
        """Let every screen show what is new, but for those that do already."""
        self._follow_theme()
        screens = self._all_screens()
        self._say_goal(*(tabs for screen in screens for tabs in screen.query(PlaceTabs)))
        for screen in screens:
            if isinstance(screen, ShowsNews) and screen not in shown_by:
                screen.news_arrived()

    def on_unmount(self) -> None:
        """Close the trail."""
        if self.library is not None:
            with suppress(PapertrailError):
                self.library.add_unanswered()
            self.library.close()

    async def action_quit(self) -> None:
        """End; where unsaved words cannot be put aside only when it is asked for once more."""
        lost = keep_drafts(self)
        if lost and lost != self._lost:
            self._lost = lost
            say(self, f"^q once more ends all the same: {lost[0]}", "error")
            return
        self.exit()

    def action_suspend_process(self) -> None:
        """Go to the shell, where there is one to go to; `fg` brings the program back."""
        if not go_to_shell(self):
            say(self, "there is no shell to go to", "warning")

    def action_help(self) -> None:
        """Explain keys, signs and words of the screen in front; or close that."""
        from papertrail.tui.frame.help import HelpScreen

        if isinstance(self.screen, HelpScreen):
            self.pop_screen()
        else:
            self.push_screen(HelpScreen(self.screen))

    def action_command_palette(self) -> None:
        """Open the palette: every action, and all that the finder finds."""
        from papertrail.tui.frame.palette import Palette

        def chosen(there: Callable[[], object] | None) -> None:
            if there is not None:
                self.call_later(there)

        if not isinstance(self.screen, Palette):
            self.push_screen(Palette(self.screen, self.library), chosen)

    def action_doctor(self) -> None:
        """Look whether the trail is as it should be."""
        if self.library is not None:
            from papertrail.tui.frame.doctor import DoctorScreen

            if not isinstance(self.screen, DoctorScreen):
                self.push_screen(DoctorScreen(self.library))

    def action_switch_theme(self) -> None:
        """Take the next theme, and remember it."""
        names = [own.name for own in THEMES.values()]
        name = list(THEMES)[(names.index(self.theme) + 1) % len(names)]
        self.theme = THEMES[name].name
        if self.library is not None:
            try:
                self.library.settings.set(THEME.name, name)
                say(self, f"theme {name}; once more takes the next of {', '.join(THEMES)}")
            except PapertrailError as error:
                say(self.screen, str(error), "error")
