"""The terminal program."""

from collections.abc import Iterable
from typing import ClassVar

from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.command import Provider
from textual.message import Message
from textual.screen import Screen

from papertrail.domain.errors import PapertrailError
from papertrail.library import Home, Library, open_library
from papertrail.tui import theme
from papertrail.tui.main_screen import MainScreen


def _papers_provider() -> type[Provider]:
    from papertrail.tui.palette import PaperProvider

    return PaperProvider


def _actions_provider() -> type[Provider]:
    from papertrail.tui.palette import ActionProvider

    return ActionProvider


class PapertrailApp(App[int]):
    """Opens the trail in a thread while the screen is painted, then lives on one screen.

    Args:
        home: the trail to open.
    """

    TITLE = "papertrail"
    ENABLE_COMMAND_PALETTE = True
    COMMANDS = {_actions_provider, _papers_provider}  # noqa: RUF012 - as above
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - Textual declares it as an instance variable
        (0, "-slim"),
        (70, "-narrow"),
        (110, "-wide"),
    ]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", "Quit", show=False, priority=True, id="app.quit"),
    ]

    class LibraryOpened(Message):
        """The trail is open."""

        def __init__(self, library: Library, told: list[str]) -> None:
            super().__init__()
            self.library = library
            self.told = told

    class OpeningFailed(Message):
        """The trail cannot be opened."""

        def __init__(self, error: PapertrailError) -> None:
            super().__init__()
            self.error = error

    def __init__(self, home: Home) -> None:
        super().__init__()
        self.home = home
        self.library: Library | None = None
        self.failure: PapertrailError | None = None
        self._main = MainScreen()
        for own in (theme.DARK, theme.LIGHT):
            self.register_theme(own)
        self.theme = theme.DARK.name

    def on_mount(self) -> None:
        """Paint the screen and open the trail beside it."""
        self.push_screen(self._main)
        self.run_worker(self._open, thread=True, group="open", exit_on_error=True)

    def _open(self) -> None:
        told: list[str] = []
        try:
            library = open_library(self.home, report=told.append)
        except PapertrailError as error:
            self.post_message(self.OpeningFailed(error))
        else:
            self.post_message(self.LibraryOpened(library, told))

    def on_papertrail_app_library_opened(self, message: LibraryOpened) -> None:
        """Fill the screen."""
        self.library = message.library
        self._main.fill(message.library, message.told)
        self.on_data_shown()
        self.call_after_refresh(self._install_signals)

    def _install_signals(self) -> None:
        from papertrail.tui.signals import install

        install(self)

    def on_papertrail_app_opening_failed(self, message: OpeningFailed) -> None:
        """Leave; the line is said once the terminal is the shell's again."""
        self.failure = message.error
        self.exit(message.error.exit_code)

    def on_data_shown(self) -> None:
        """Called once when the first screen has its data; for measurements."""

    def on_unmount(self) -> None:
        """Close the trail."""
        if self.library is not None:
            self.library.close()

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The palette offers papertrail's own actions and papers only."""
        return ()

    def action_switch_theme(self) -> None:
        """Change between dark and light."""
        dark = self.theme == theme.DARK.name
        self.theme = theme.LIGHT.name if dark else theme.DARK.name
