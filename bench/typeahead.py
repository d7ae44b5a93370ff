"""Words typed ahead in pieces land in the field, and do nothing else: `python -m bench typeahead [SEED]`."""

import re
import sqlite3
import string
import time
from pathlib import Path
from random import Random

from papertrail.library import Home, create_trail, open_library
from tests.tui.terminal import Terminal, in_terminal

TIMES = 200
TODAY = "g goal"
FRAME = 0.2  # seconds in which a screen that has been begun is drawn
PAUSES = (0.0, 0.0, 0.0, 0.001, 0.005, 0.02, 0.1, 0.3)  # seconds between pieces
LETTERS = (
    string.ascii_lowercase + "sdwuqexafgrb" * 2
)  # mostly those that do something where there is no field
NO_WORD = "qx"  # ends no word that is on a screen: "van" stands in the line of authors
PASTE = "\x1b[200~{}\x1b[201~"
WORD = ""
BACK, CLOSED = ("1", "nothing"), ("\x1b", WORD)
LEFT = (("\x12", WORD), ("\x1b", "as saved"))  # the note: back to the saved text, and out of the editor
# The keys that open a field, and those that lead from it back to the day, each with what is gone then. Escape
# must have acted before the next key comes: the two would be one key with alt.
WAYS = (
    ("/", (CLOSED, BACK)),
    ("2/", (CLOSED, BACK)),
    ("3/", (CLOSED, BACK)),
    ("a", (CLOSED,)),
    ("2a", (CLOSED, BACK)),
    ("\x10", (CLOSED,)),
    ("3\x10", (CLOSED, BACK)),
    ("e", LEFT),
    ("2e", (*LEFT, BACK)),
    ("3\re", (*LEFT, ("q", "open on arXiv"), BACK)),
    ("2Lp", (CLOSED, BACK)),
)


def pieces(random: Random, opening: str, word: str) -> list[bytes]:
    """Return what is sent, cut at random: the word typed, or pasted as terminals do."""
    pasted = random.random() < 0.3
    data = (PASTE.format(word) if pasted else word).encode()
    cuts = sorted(random.sample(range(len(data)), random.randrange(min(len(data), 5))))
    if pasted:  # a slow link may cut anywhere but in the mark that begins the paste: that is esc and letters
        cuts = [cut for cut in cuts if cut == 0 or cut >= len("\x1b[200~")]
    begun = [opening.encode()] if random.random() < 0.7 else [key.encode() for key in opening]
    parts = [data[a:b] for a, b in zip([0, *cuts], [*cuts, len(data)], strict=True)]
    if random.random() < 0.5:  # the opening keys and the first letters come as one
        return [*begun[:-1], begun[-1] + parts[0], *parts[1:]]
    return [*begun, *parts]


def journal(home: Home) -> int:
    """Return how many changes are written down."""
    connection = sqlite3.connect(home.private / "library.db")
    try:
        return int(connection.execute("SELECT count(*) FROM journal").fetchone()[0])
    finally:
        connection.close()


def campaign(folder: Path, *, times: int, seed: int, say: bool = False) -> list[str]:
    """Type ahead so many times in one run of the program; return a line for each time it went wrong."""
    random = Random(seed)
    home = create_trail(folder / "trail")
    open_library(home).close()
    before, wrong = journal(home), []
    with in_terminal(home) as terminal:
        terminal.wait_until(lambda text: TODAY in text)
        for number in range(times):
            opening, back = random.choice(WAYS)
            word = "".join(random.choices(LETTERS, k=random.randrange(1, 11))) + NO_WORD
            parts = pieces(random, opening, word)
            failure = _one(terminal, random, parts, word, back)
            if not failure and journal(home) != before:
                failure = "something was changed"
            if say:
                print(f"{number + 1:4} {parts!r} {failure or 'ok'}", flush=True)
            if failure:
                wrong.append(f"{parts!r}: {failure}")
                return wrong  # what comes after would begin elsewhere
        terminal.press("q" + "".join(random.choices(LETTERS, k=8)))
        if (code := terminal.end()) or b"Traceback" in terminal.seen:
            wrong.append(f"ended with {code}")
    if journal(home) != before or {path.name for path in home.notes.iterdir()} != {"README.md"}:
        wrong.append("something was changed")
    return wrong


def _one(
    terminal: Terminal, random: Random, parts: list[bytes], word: str, back: tuple[tuple[str, str], ...]
) -> str:
    """Send the pieces, see the word in the field, go back; return what went wrong, nothing if all is well."""
    field = re.compile(rf"(?<![a-z]){word}(?![a-z])")
    try:
        for part in parts:
            terminal.press(part)
            time.sleep(random.choice(PAUSES))
        terminal.wait_until(field.search)
        for key, gone in back:
            terminal.press(key)
            _wait_until_gone(terminal, field if gone == WORD else re.compile(gone))
        terminal.wait_until(lambda text: TODAY in text and not field.search(text))
    except AssertionError as error:
        return str(error)
    return ""


def _wait_until_gone(terminal: Terminal, part: "re.Pattern[str]") -> None:
    """Wait until something is on the screen no more; not when it is only being drawn anew."""
    while True:
        terminal.wait_until(lambda text: not part.search(text))
        terminal.read_for(FRAME)
        if not part.search("\n".join(terminal.screen())):
            return


def main() -> None:
    """Run the campaign and tell how it went."""
    import sys
    import tempfile

    seed = int(sys.argv[2]) if len(sys.argv) > 2 else int(time.time())
    print(f"{TIMES} words typed ahead, seed {seed}")
    with tempfile.TemporaryDirectory() as folder:
        wrong = campaign(Path(folder), times=TIMES, seed=seed, say=True)
    print("\n".join(wrong) or "every word went into its field, and nothing else was changed")
    raise SystemExit(bool(wrong))
