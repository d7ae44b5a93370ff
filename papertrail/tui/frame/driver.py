"""The terminal, as it really is: cut off in the middle of a key, speaking another encoding, or gone."""

import os
import re
import selectors
import termios
from codecs import getincrementaldecoder
from contextlib import suppress
from queue import Empty
from select import select
from threading import Thread

from textual._xterm_parser import BRACKETED_PASTE_END, BRACKETED_PASTE_START, XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.events import Event

from papertrail.tui.frame.signals import has_shell, terminal_is_gone

_INCOMPLETE = re.compile(r"\x1b\[[<?=>]?[0-9;:]*\Z")
_LOOK = 0.1  # seconds between two looks whether reading is to end
_MOST = 4096  # bytes read at once
_PATIENCE = 0.5  # seconds for a terminal to take the last word
_LAST_WORD = (
    b"\x1b[?2004l\x1b[?7h\x1b[?2048l\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1016l"
    b"\x1b[<u\x1b[?1049l\x1b[?25h\x1b[?1004l"
)
"""Ends the modes a terminal was put into: pastes, wrapping, sizes, mouse, keys, screen, cursor, focus."""


class WholeSequences:
    """Gives on what a terminal sends as soon as its sequences are whole.

    A slow link may cut them anywhere. Textual takes the pieces for keys when the rest does not come within a
    tenth of a second: a paste whose end was cut would be escape, and every key after it a part of the paste.
    """

    def __init__(self) -> None:
        self._held = ""

    def take(self, text: str) -> str:
        """Take what has come in; return what can be understood by now."""
        text = self._held + text
        after_pastes = text.rfind(BRACKETED_PASTE_END) + 1
        begin = text.find(BRACKETED_PASTE_START, after_pastes)
        if begin < 0:
            cut = _INCOMPLETE.search(text, after_pastes)
            begin = cut.start() if cut else len(text)
        self._held = text[begin:]
        return text[:begin]


class PatientDriver(LinuxDriver):
    """Textual's driver; waits for whole sequences, reads any bytes, and never waits for a dead terminal.

    Attributes:
        has_begun: whether it ever took the terminal.
        back_since: when it came back from another program, on the clock of events; what was typed before that
            was not meant for this one.
        is_taking_in: whether keys are on their way from the terminal to the loop.
    """

    has_begun = False
    back_since = 0.0
    is_taking_in = False
    _has_terminal = False
    _is_lost = False
    _goes_on = False  # takes the terminal again that it had; nothing typed is lost in between

    def start_application_mode(self) -> None:
        """Take the terminal."""
        self.has_begun = self._has_terminal = True  # before its first byte: from here on it is given back
        if not self._goes_on:
            self._parser, self._whole = XTermParser(self._debug), WholeSequences()
            self._decode = getincrementaldecoder("utf-8")("replace").decode
        super().start_application_mode()  # type: ignore[no-untyped-call]

    def disable_input(self) -> None:
        """Read no more; what was typed and not read goes nowhere, unless this is to go on."""
        if not self._goes_on:
            super().disable_input()
            return
        self.exit_event.set()
        if self._key_thread is not None:
            self._key_thread.join()
        self.exit_event.clear()

    def close(self) -> None:
        """Give the terminal back: all that was written is out."""
        super().close()
        self._has_terminal = False

    def give_back(self) -> None:
        """Leave the terminal as it was, from any thread and without the loop; nothing if it is given back."""
        if not self._has_terminal or terminal_is_gone():
            return
        with suppress(termios.error, AttributeError):  # told to end before its modes were asked for
            if self.attrs_before is not None:
                termios.tcsetattr(self.fileno, termios.TCSANOW, self.attrs_before)

        def write() -> None:
            with suppress(OSError):
                if select([], [2], [], _PATIENCE)[1]:  # where Textual writes
                    os.write(2, _LAST_WORD)

        writing = Thread(
            target=write, name="last word", daemon=True
        )  # a terminal may hold up who writes to it
        writing.start()
        writing.join(2 * _PATIENCE)

    def terminal_lost(self) -> None:
        """Write nothing any more, and let go who waits for the queue of writes: nobody will read it."""
        self._is_lost = True
        if (writer := self._writer_thread) is not None:
            with suppress(Empty):
                while True:
                    writer._queue.get_nowait()

    def write(self, data: str) -> None:
        """Write, while there is a terminal."""
        if not self._is_lost:
            super().write(data)

    def _sigtstp_application(self, *_: object) -> None:
        """Stop when told to, by an editor as well that goes to the shell; only where there is one."""
        if not has_shell():
            return
        if (
            self._auto_restart
        ):  # in its turn: a signal may come in the middle of a write, which would wait for it
            with suppress(RuntimeError):  # the loop has ended
                self._loop.call_soon_threadsafe(super()._sigtstp_application)
        else:
            super()._sigtstp_application()

    def _sigcont_application(self, *_: object) -> None:
        """Take the terminal again after a stop, in its turn."""
        if self._auto_restart:
            with suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._go_on)

    def _go_on(self) -> None:
        """Take the terminal; what waits in it is for this program: a shell has read what was for it."""
        if self._app._exit or terminal_is_gone():
            return
        if not self._has_terminal:  # a key asked for the shell, and those after it were meant for that
            self.back_since = Event().time
            super().resume_application_mode()
            return
        # Stopped without being told: the shell may have put it into other modes since.
        self._goes_on, before, self.attrs_before = True, self.attrs_before, None
        self.suspend_application_mode()
        self._must_signal_resume = True
        super().resume_application_mode()
        self._goes_on, self.attrs_before = False, before or self.attrs_before

    def resume_application_mode(self) -> None:
        """Have the terminal back from another program, without what was typed for that."""
        with suppress(termios.error):
            termios.tcflush(self.fileno, termios.TCIFLUSH)
        self.back_since = Event().time
        super().resume_application_mode()

    def run_input_thread(self) -> None:
        """Read keys until told to end."""
        with selectors.SelectSelector() as selector:  # macOS has no other for terminals
            selector.register(self.fileno, selectors.EVENT_READ)
            is_early = bool(selector.select(0))  # typed while the terminal still made new lines of enter
            while not self.exit_event.is_set():
                if selector.select(_LOOK):
                    self.is_taking_in = True  # before it is read: nothing is nowhere in between
                    try:
                        data = os.read(self.fileno, _MOST)
                    except OSError:
                        data = b""
                    if not data:  # the terminal is gone; the program is being told
                        self.is_taking_in = False
                        self.exit_event.wait(_LOOK)
                        continue
                    text = self._decode(data)
                    if is_early:
                        text, is_early = text.replace("\n", "\r"), False
                    if text := self._whole.take(text):
                        for message in self._parser.feed(text):
                            self.process_message(message)
                for message in self._parser.tick():
                    self.process_message(message)
                self.is_taking_in = False
