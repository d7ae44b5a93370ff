"""Words typed into the real program, which is ended in the middle: how many of them are lost."""

import re
import signal
import time
from collections.abc import Sequence
from pathlib import Path
from random import Random
from threading import Lock
from typing import NamedTuple

from papertrail.domain.unsaved import Unsaved
from papertrail.library import Home
from tests.trails import NOTE, opened, small_trail
from tests.tui.review.reviewed import asking_trail
from tests.tui.terminal import Terminal, in_terminal
from tests.undo.striking import LAST, VARIABLE

LONGEST_LOSS = 2.0  # seconds of words that a kill may cost
ON = re.compile(rb"\x1b\[\?([0-9]+)([hl])")
KITTY = re.compile(rb"\x1b\[([<>])[0-9]*u")
AT_REST = {
    b"7": b"h",
    b"25": b"h",
}  # modes of a terminal that are on when no program has it; all others are off
ENDS = ("SIGTERM", "SIGHUP", "SIGINT", "SIGQUIT", "SIGUSR1")
HOWS = ("SIGKILL", *ENDS, "hang up", "stopped", "while stopped", "ctrl+q")
PLACES = ("note", "dialog", "tell", "guess", "answer", "form")
_OPENED = {
    "note": ("e", "new note"),
    "dialog": ("e", "new note"),
    "tell": ("3T", "Tell it as you would"),
    "guess": ("s", "You are the author"),
    "answer": ("5\r\t", "Type what you know"),
    "form": ("A" + 7 * "\t", "what it is about"),
}
"""The keys that lead to where one types, and what stands there."""
TODAY = "g goal"
_one_at_a_time = Lock()  # makes trails, asks the warm process, looks what is left


class Ended(NamedTuple):
    """How one run went.

    Attributes:
        what: place, end and pace, in words.
        typed: words that were typed. Where no program could have had what was on its way to it, as at a kill,
            those that stood on the screen.
        lost: words of them that are nowhere.
        seconds: how long before the end the first lost one stood on the screen.
        wrong: what must not be; empty when all is well.
    """

    what: str
    typed: int
    lost: int
    seconds: float
    wrong: str


def type_and_end(folder: Path, *, place: str, how: str, pace: float, seconds: float) -> Ended:
    """Type words at a pace, end the program, and look what is left of them.

    Args:
        folder: for a trail of its own.
        place: where they are typed.
        how: the program ends: a signal, or what stands in `HOWS`.
        pace: seconds a word.
        seconds: until it ends.
    """
    what = f"{place}, {how}, {pace:.2f} s a word, after {seconds:.1f} s"
    typed: list[tuple[str, float]] = []
    with _one_at_a_time:
        home = _trail(folder, place)
        opening = in_terminal(home)
        terminal = opening.__enter__()
    try:
        terminal.wait_until(lambda text: TODAY in text)
        keys, shown = _OPENED[place]
        terminal.press(keys)
        terminal.wait_until(lambda text: shown in text)
        typed.append(("w0000", time.monotonic()))
        terminal.press("w0000 ")
        terminal.wait_until(lambda text: "w0000" in text)  # the field is there
        shown_at = {"w0000": time.monotonic()}
        begun = time.monotonic()
        while (now := time.monotonic()) - begun < seconds:
            word = f"w{len(typed):04}"
            terminal.press(f"{word} ")
            typed.append((word, now))
            terminal.read_for(min(pace, max(begun + seconds - time.monotonic(), 0)))
            for unseen, _ in typed[len(shown_at) :]:
                if unseen.encode() not in terminal.seen:
                    break
                shown_at[unseen] = time.monotonic()
        if place == "dialog":
            terminal.press("\x1b")
            terminal.wait_until(lambda text: "unsaved words" in text)
        code, ended = _end(terminal, how)
        wrong = wrong_end(terminal, how, code)
    finally:
        opening.__exit__(None, None, None)
    with _one_at_a_time:
        left = words_left(home, place)
    kept = re.findall(r"w\d{4}", left)
    names = [word for word, _ in typed]
    counted = [word for word in names if how not in ("SIGKILL", "hang up") or word in shown_at]
    lost = [word for word in counted if word not in set(kept)]
    age = ended - shown_at.get(lost[0], ended) if lost else 0.0
    if kept != names[: len(kept)]:
        wrong = wrong or f"not the words that were typed, in their order: {kept}"
    if lost and how != "SIGKILL":
        wrong = wrong or f"{len(lost)} of {len(counted)} words lost, {age:.2f} s old"
    if age > LONGEST_LOSS:
        wrong = wrong or f"{len(lost)} of {len(counted)} words lost, {age:.2f} s old"
    return Ended(what, len(counted), len(lost), age, f"{what}: {wrong}" if wrong else "")


def save_and_end(folder: Path, *, how: str, point: int, is_new: bool) -> Ended:
    """Have a note saved and the program ended meanwhile, and look what is left of its words.

    Args:
        folder: for a trail of its own.
        how: as in `type_and_end`; what cannot come from within comes when the program has stopped itself.
        point: at which step of the save, as `striking` counts them.
        is_new: whether the note has no file yet.
    """
    what = f"save of a {'new' if is_new else 'known'} note, {how}, step {point}"
    words = [f"w{number:04}" for number in range(5)]
    typed = " ".join(words)
    with _one_at_a_time:
        home = _trail(folder, "note")
        with opened(home) as library:
            if not is_new:
                library.notes.save("rcnn", NOTE, None)
            before = library.notes.open("rcnn").text
        is_signal = how.startswith("SIG")
        strike = "" if how == "ctrl+q" else f"{how if is_signal else 'SIGSTOP'}:{point}"
        opening = in_terminal(home, {VARIABLE: strike})
        terminal = opening.__enter__()
    try:
        terminal.wait_until(lambda text: TODAY in text)
        terminal.press("e")
        terminal.wait_until(lambda text: "new note" in text or "saved" in text)
        terminal.press(typed)
        terminal.wait_until(lambda text: words[-1] in text and "draft kept" in text)
        if how == "ctrl+q":
            terminal.press("\x13\x11")
            code = terminal.end()
        elif is_signal:
            terminal.press("\x13")
            code = terminal.end()
        else:
            terminal.press("\x13")
            terminal.wait_until_stopped()
            code = _end_stopped(terminal, how)
        wrong = wrong_end(terminal, how, code)
    finally:
        opening.__exit__(None, None, None)
    with _one_at_a_time:
        left, torn = _saved(home, ("" if is_new else NOTE, before), typed)
    lost = [word for word in words if word not in left]
    wrong = wrong or torn or (f"lost {lost}" if lost else "")
    return Ended(what, len(words), len(lost), 0.0, f"{what}: {wrong}" if wrong else "")


def _end_stopped(terminal: Terminal, how: str) -> int:
    """End a program that has stopped itself; return its exit code."""
    if how == "hang up":
        terminal.hang_up()
        terminal.tell(signal.SIGCONT)
        return terminal.ended()
    if how == "while stopped":
        terminal.tell(signal.SIGTERM)
    terminal.tell(signal.SIGCONT)
    if how == "stopped":
        terminal.wait_until(lambda text: "saved" in text)
        terminal.tell(signal.SIGTERM)
    return terminal.end()


def _saved(home: Home, before: tuple[str, str], typed: str) -> tuple[str, str]:
    """Return what is left of a note and its draft, and what is torn or is not as doctor wants it.

    Args:
        home: the trail.
        before: what the note's file held, and the text the editor began with.
        typed: what was typed into that.
    """
    path = home.notes / "rcnn.md"
    on_disk = path.read_text(encoding="utf-8") if path.exists() else ""
    with opened(home) as library:
        left = f"{on_disk} {library.notes.open('rcnn').draft or ''}"
        wrong = [str(one) for one in library.checks.mend().left if not one.is_remark]
        kept = [library.history.text("rcnn", one) for one in library.history.revisions("rcnn")]
    wrong += [f"beside the note: {one.name}" for one in home.notes.glob("rcnn.*") if one != path]
    if on_disk != before[0] and (typed not in on_disk or on_disk.replace(typed, "") != before[1]):
        wrong.append(f"torn: {on_disk!r}")
    if before[0] and before[0] not in kept:
        wrong.append("the text before is not in the history")
    return left, "; ".join(wrong)


def start_and_end(home: Home, *, how: str, seconds: float) -> Ended:
    """Start the program as a reader does, end it so many seconds later, and look at the terminal."""
    what = f"start, {how}, after {seconds:.2f} s"
    with in_terminal(home, wrapped=()) as terminal:
        terminal.read_for(seconds)
        code, _ = _end(terminal, how)
        wrong = wrong_end(terminal, how, code)
    return Ended(what, 0, 0, 0.0, f"{what}: {wrong}" if wrong else "")


def words_left(home: Home, place: str) -> str:
    """Return what is put aside of that which was typed."""
    with opened(home) as library:
        if place in ("note", "dialog"):
            return library.notes.open("rcnn").draft or ""
        if place == "tell":
            left = library.tellings.page("R-CNN to Faster R-CNN").unfinished
            return left.text if left else ""
        kind = {"guess": Unsaved.GUESS, "answer": Unsaved.ANSWER, "form": Unsaved.NEW_PAPER}[place]
        return " ".join(
            library.unsaved.take(kind, one.name) for one in library.unsaved.left() if one.kind is kind
        )


def random_run(folder: Path, random: Random, longest: float, places: Sequence[str] = PLACES) -> Ended:
    """Carry out one run, chosen at random."""
    how = random.choice(HOWS)
    pace = 0.05 * 60 ** random.random()  # 0.05 to 3 seconds, the logarithm of each as likely
    seconds = random.uniform(0.2, longest)
    place = random.choice(places)
    try:
        return type_and_end(folder, place=place, how=how, pace=pace, seconds=seconds)
    except Exception as error:  # one that went wrong in another way is one of many
        return Ended(f"{place}, {how}", 0, 0, 0.0, f"{place}, {how}: {error!r}")


def random_save(folder: Path, random: Random) -> Ended:
    """End the program at random while it saves."""
    how = random.choice(HOWS)
    point, is_new = random.randint(1, LAST), random.random() < 0.5
    try:
        return save_and_end(folder, how=how, point=point, is_new=is_new)
    except Exception as error:
        what = f"save, {how}, step {point}"
        return Ended(what, 0, 0, 0.0, f"{what}: {error!r}")


def random_start(folder: Path, random: Random) -> Ended:
    """End the program at random while it starts."""
    home = small_trail(folder)
    opened(home).close()
    how = random.choice([how for how in HOWS if how != "ctrl+q"])
    return start_and_end(home, how=how, seconds=random.uniform(0.0, 2.5))


def _trail(folder: Path, place: str) -> Home:
    home = asking_trail(folder, keys=("rcnn",)) if place == "answer" else small_trail(folder)
    if place != "guess":
        with opened(home) as library:
            library.settings.set("guess", "off")
    return home


def _end(terminal: Terminal, how: str) -> tuple[int, float]:
    """End the program; return its exit code and when it was told to."""
    at = time.monotonic()
    if how == "hang up":
        terminal.hang_up()
        return terminal.ended(), at
    if how == "ctrl+q":
        terminal.press("\x11")
    elif how == "stopped":
        terminal.tell(signal.SIGSTOP)
        time.sleep(0.1)
        terminal.tell(signal.SIGCONT)
        time.sleep(0.05)
        terminal.tell(signal.SIGTERM)
    elif how == "while stopped":
        terminal.tell(signal.SIGSTOP)
        terminal.tell(signal.SIGTERM)
        terminal.tell(signal.SIGCONT)
    else:
        terminal.tell(getattr(signal, how))
    return terminal.end(), at


def wrong_end(terminal: Terminal, how: str, code: int) -> str:
    """Return what is not as it should be at the end: exit code, terminal, output."""
    if how == "SIGKILL":
        return ""
    if b"Traceback" in terminal.seen:
        return f"a traceback: {terminal.seen[terminal.seen.index(b'Traceback') :][:600]!r}"
    if how == "hang up":
        return "" if code in (128 + signal.SIGHUP, -signal.SIGHUP) else f"exit code {code}"
    number = signal.SIGTERM if "stopped" in how else None if how == "ctrl+q" else getattr(signal, how)
    wanted = (0,) if number is None else (128 + number, -number)
    if code not in wanted:
        return f"exit code {code}: {terminal.seen[-300:]!r}"
    if code < 0 and b"\x1b[?1049h" in terminal.seen:
        return "ended by the system although it had the terminal"
    if terminal.modes() != terminal.modes_before:
        return "the terminal is in other modes than before"
    last = dict(ON.findall(terminal.seen))
    wrong = {mode: to for mode, to in last.items() if to != AT_REST.get(mode, b"l")}
    keys = KITTY.findall(terminal.seen)
    if wrong or keys.count(b"<") < keys.count(b">"):
        return f"modes are left on: {wrong} {keys}"
    return ""
