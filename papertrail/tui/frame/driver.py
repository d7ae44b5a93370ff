"""The terminal, as it really is: cut off in the middle of a key, speaking another encoding, or gone."""

import os
import re
import selectors
import termios
from codecs import getincrementaldecoder
from contextlib import suppress
from queue import Empty

from textual._xterm_parser import BRACKETED_PASTE_END, BRACKETED_PASTE_START, XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.events import Event

from papertrail.tui.frame.signals import has_shell

_INCOMPLETE = re.compile(r"\x1b\[[<?=>]?[0-9;:]*\Z")
_LOOK = 0.1  # seconds between two looks whether reading is to end
_MOST = 4096  # bytes read at once


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
        back_since: when it came back from another program, on the clock of events; what was typed before that
            was not meant for this one.
    """

    back_since = 0.0
    _is_lost = False

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
        if has_shell():
            super()._sigtstp_application()

    def resume_application_mode(self) -> None:
        """Have the terminal back, without what was typed for whoever had it."""
        with suppress(termios.error):
            termios.tcflush(self.fileno, termios.TCIFLUSH)
        self.back_since = Event().time
        super().resume_application_mode()

    def run_input_thread(self) -> None:
        """Read keys until told to end."""
        parser, whole = XTermParser(self._debug), WholeSequences()
        decode = getincrementaldecoder("utf-8")("replace").decode
        with selectors.SelectSelector() as selector:  # macOS has no other for terminals
            selector.register(self.fileno, selectors.EVENT_READ)
            is_early = bool(selector.select(0))  # typed while the terminal still made new lines of enter
            while not self.exit_event.is_set():
                if selector.select(_LOOK):
                    try:
                        data = os.read(self.fileno, _MOST)
                    except OSError:
                        data = b""
                    if not data:  # the terminal is gone; the program is being told
                        self.exit_event.wait(_LOOK)
                        continue
                    text = decode(data)
                    if is_early:
                        text, is_early = text.replace("\n", "\r"), False
                    if text := whole.take(text):
                        for message in parser.feed(text):
                            self.process_message(message)
                for message in parser.tick():
                    self.process_message(message)
