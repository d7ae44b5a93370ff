"""One note saved from all sides: two editors that also go back, and a script that writes as programs do."""

import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random

from papertrail.disk.whole_file import read_file
from papertrail.domain.errors import NoteConflict, PapertrailError
from papertrail.library import Home, Library
from tests.trails import opened, small_trail

KEY = "rcnn"
BEGUN = "# A note\n\n## Problem\n\n"


def truncate(path: Path, text: str) -> None:
    """Write over what is there, as most editors do."""
    path.write_text(text, encoding="utf-8")


def rename(path: Path, text: str) -> None:
    """Write beside it and rename, as careful editors do."""
    beside = path.with_name(f"{path.name}.new")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)


def copy_back(path: Path, text: str) -> None:
    """Keep the old file beside it and write a new one, as editors that make backups do."""
    backup = path.with_name(f"{path.name}~")
    path.replace(backup)
    path.write_text(text, encoding="utf-8")
    backup.unlink()


def delete_and_create(path: Path, text: str) -> None:
    """Take the file away and make another, as programs that sync do."""
    path.unlink(missing_ok=True)
    path.write_text(text, encoding="utf-8")


STYLES: tuple[Callable[[Path, str], None], ...] = (truncate, rename, copy_back, delete_and_create)


def save_from_all_sides(folder: Path, *, saves: int, seed: int) -> Counter[str]:
    """Let all of them save words of their own until so many were acknowledged; look for each afterwards.

    Returns:
        How many words each acknowledged.

    Raises:
        AssertionError: a word is neither in the note, nor in a copy beside it, nor in its history.
    """
    home = small_trail(folder / "trail")
    opened(home).close()
    home.notes.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "tests.notebook.sides", str(home.root), str(saves)]
    processes = [
        subprocess.Popen(
            [*command, name, str(seed + number)],
            stdout=subprocess.PIPE, text=True, encoding="utf-8", cwd=Path(__file__).parent.parent.parent,
        )
        for number, name in enumerate(("editor", "editor", "script"))
    ]  # fmt: skip
    said = [json.loads(line) for process in processes for line in process.communicate()[0].splitlines()]
    assert [process.returncode for process in processes] == [0, 0, 0]
    with opened(home) as library:  # takes in what came last
        notebook = library._trail.notebook
        kept = [notebook.version_kept(KEY, one.sha256) or b"" for one in notebook.versions_kept(KEY)]
    kept += [path.read_bytes() for path in home.notes.glob(f"{KEY}*.md")]
    words = set(b"\n".join(kept).split())
    lost = [word for _, word in said if word and word.encode() not in words]
    assert not lost, lost
    return Counter(what for what, _ in said)


def edit(home: Home, random: Random, saves: int) -> None:
    """Save as the program does, going back now and then, until so many words are acknowledged."""
    with opened(home) as library:
        number = 0
        while number < saves:
            library.notes.index_changed()
            if random.random() < 0.15:
                _go_back(library, random)
                continue
            number += 1
            word = f"e{os.getpid()}x{number}"
            file = read_file(home.notes / f"{KEY}.md")
            text = file.data.decode("utf-8") if file else BEGUN
            time.sleep(random.random() * 0.01)
            try:
                library.notes.save(KEY, f"{text}{word}\n", file.sha256 if file else None)
            except NoteConflict:
                _say("kept beside", word)
            else:
                _say("saved", word)


def _go_back(library: Library, random: Random) -> None:
    """Take back what was done last, or make an earlier text, or a section of it, the note again."""
    way = random.choice(["undone", "restored", "section restored"])
    section = "Problem" if way == "section restored" else ""
    try:
        if way == "undone":
            library.undo.undo()
        elif revisions := library.history.revisions(KEY):
            library.history.restore(KEY, random.choice(revisions), section)
    except PapertrailError as error:
        _say(f"not {way}: {type(error).__name__}", "")
    else:
        _say(way, "")


def write_by_script(home: Home, random: Random, saves: int) -> None:
    """Add words to the file as other programs do."""
    path = home.notes / f"{KEY}.md"
    for number in range(saves):
        time.sleep(0.02 + random.random() * 0.02)  # a program that watches the file sees each version
        word = f"s{number}"
        file = read_file(path)
        text = file.data.decode("utf-8") if file else BEGUN
        style = STYLES[number % len(STYLES)]
        style(path, f"{text}{word}\n")
        _say(f"written by {style.__name__}", word)


def _say(what: str, word: str) -> None:
    print(json.dumps([what, word]), flush=True)


if __name__ == "__main__":
    root, saves, name, seed = sys.argv[1:]
    act = {"editor": edit, "script": write_by_script}[name]
    act(Home(Path(root)), Random(int(seed)), int(saves))
