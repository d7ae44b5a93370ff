"""Several windows on one trail: each puts its own words aside, and takes those of none that is open."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from itertools import permutations
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrail.domain.unsaved import LeftUnsaved, Unsaved
from papertrail.library import Home, Library
from papertrail.notebook.notebook import Notebook
from tests.examples import examples
from tests.trails import NOTE, drafts_of, opened, small_trail

KINDS = {Unsaved.GUESS: "rcnn", Unsaved.ANSWER: "-7", Unsaved.FACTS: "rcnn", Unsaved.NEW_PAPER: "new"}
FIRST_LINE = "<!-- unsaved text of papertrail; made from none -->\n"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return small_trail(tmp_path)


def offered(library: Library) -> Iterator[str]:
    """Take each text that is offered for a note, and let it go."""
    while (draft := library.notes.open("rcnn", to_write=True).draft) is not None:
        yield draft
        library.notes.discard_draft("rcnn")


def test_two_windows_at_one_note_lose_no_word(home: Home) -> None:
    with opened(home) as one, opened(home) as two:
        one.notes.keep_draft("rcnn", "words of one")
        two.notes.keep_draft("rcnn", "words of two")
        assert sorted(drafts_of(home)) == ["words of one", "words of two"]
        for library, words in ((one, "words of one"), (two, "words of two")):
            assert library.notes.open("rcnn").draft == words
        one.notes.save("rcnn", "words of one\n", None)
        assert drafts_of(home) == ["words of two"]  # its own is swept
    with opened(home) as later:
        assert list(offered(later)) == ["words of two"]
    assert drafts_of(home) == []


def test_what_another_window_is_at_is_not_offered_until_it_is_left(home: Home) -> None:
    with opened(home) as other:
        with opened(home) as one:
            one.notes.keep_draft("rcnn", "half a thought")
            for kind, name in KINDS.items():
                one.unsaved.keep(kind, name, "words")
            assert other.notes.open("rcnn").draft is None and other.unsaved.left() == []
            assert other.unsaved.quiet_line() == ""
            assert not any(other.unsaved.has(*place) or other.unsaved.take(*place) for place in KINDS.items())
            one.unsaved.let_go(Unsaved.NOTE, "rcnn")
            assert other.notes.open("rcnn").draft == "half a thought"
        assert set(other.unsaved.left()) == {
            LeftUnsaved(Unsaved.NOTE, "rcnn"),
            *(LeftUnsaved(*place) for place in KINDS.items()),
        }
        assert [other.unsaved.take(*place) for place in KINDS.items()] == ["words"] * len(KINDS)


def test_they_are_offered_one_after_the_other(home: Home) -> None:
    for age, words in enumerate(("newest", "older", "oldest")):
        with opened(home) as library:
            library.notes.keep_draft("rcnn", words)
        for path in (home.private / "drafts").glob("rcnn~*.md"):
            if path.read_text(encoding="utf-8").endswith(words):
                os.utime(path, (1e9 - age, 1e9 - age))
    with opened(home) as library:
        assert [library.notes.open("rcnn", to_write=True).more_drafts for _ in range(2)] == [2, 2]
        assert list(offered(library)) == ["newest", "older", "oldest"]
        assert library.notes.open("rcnn").more_drafts == 0


def test_one_that_is_the_note_by_now_is_swept(home: Home) -> None:
    with opened(home) as killed:
        saved = killed.notes.save("rcnn", NOTE, None)
        killed.notes.keep_draft("rcnn", NOTE, saved.sha256)
    with opened(home) as library:
        assert library.notes.open("rcnn", to_write=True).draft is None
    assert drafts_of(home) == []


@pytest.mark.parametrize("kind", [Unsaved.NOTE, *KINDS])
def test_what_earlier_versions_left_is_offered_and_goes_when_it_was_saved(home: Home, kind: Unsaved) -> None:
    name = KINDS.get(kind, "rcnn")
    folder = home.private / "drafts" / kind.value
    opened(home).close()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.md").write_text(f"{FIRST_LINE}words", encoding="utf-8")
    with opened(home) as library:
        assert library.unsaved.left() == [LeftUnsaved(kind, name)]
        if kind is Unsaved.NOTE:
            assert library.notes.open(name, to_write=True).draft == "words"
            library.notes.save(name, "words\n", None)
        else:
            assert library.unsaved.take(kind, name) == "words"
            library.unsaved.discard(kind, name)
    assert not [path for path in folder.iterdir() if path.is_file()]


def test_only_one_window_gets_what_was_left(home: Home) -> None:
    with opened(home) as killed:
        killed.notes.keep_draft("rcnn", "half a thought")
    with opened(home) as one, opened(home) as two:
        assert [w.notes.open("rcnn", to_write=True).draft for w in (one, two)] == ["half a thought", None]
        two.notes.discard_draft("rcnn")
        assert one.notes.open("rcnn").draft == "half a thought"
        one.notes.keep_draft("rcnn", "a whole thought")
    assert drafts_of(home) == ["a whole thought"]


def test_what_can_only_be_read_is_shown_all_the_same(home: Home) -> None:
    with opened(home) as killed:
        killed.unsaved.keep(Unsaved.GUESS, "rcnn", "a guess")
    away = home.root.parent / "elsewhere"
    (home.private / "drafts" / "guesses").rename(away)
    (home.private / "drafts" / "guesses").symlink_to(away)  # nothing is moved behind a link
    (left,) = away.iterdir()
    with opened(home) as library:
        assert library.unsaved.take(Unsaved.GUESS, "rcnn") == "a guess"
    assert list(away.iterdir()) == [left]


def test_a_killed_window_holds_nothing(home: Home) -> None:
    program = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from papertrail.notebook.notebook import Notebook\n"
        "root = Path(sys.argv[1])\n"
        "Notebook(root / 'notes', root / '.papertrail').keep_draft('rcnn', 'half a thought', None)\n"
        "print('kept', flush=True)\n"
        "sys.stdin.read()\n"
    )
    opened(home).close()
    with subprocess.Popen(
        [sys.executable, "-c", program, str(home.root)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None and other.stdout.readline() == b"kept\n"
        with opened(home) as library:
            assert library.unsaved.left() == []
            other.send_signal(signal.SIGKILL)
            other.wait()
            assert library.notes.open("rcnn").draft == "half a thought"


def test_they_go_along_to_another_key(home: Home) -> None:
    with opened(home) as one, opened(home) as two:
        one.notes.keep_draft("rcnn", "one")
        two.notes.keep_draft("rcnn", "two")
        two.corrections.rename("rcnn", "girshick")
        assert sorted(drafts_of(home, "girshick")) == ["one", "two"]
        one.notes.keep_draft("rcnn", "one more")  # by the key it was opened with
        assert sorted(drafts_of(home, "girshick")) == ["one more", "two"]


STEPS = st.lists(
    st.tuples(st.integers(0, 2), st.sampled_from(["type", "save", "leave", "kill"])), max_size=14
)


@given(STEPS)
@examples(100)
def test_whatever_windows_do_no_word_is_lost(steps: list[tuple[int, str]]) -> None:
    """Of three windows at one note, each word is on a screen, in a draft, or was saved."""
    with TemporaryDirectory() as folder:
        home = Home(Path(folder))
        windows = [Notebook(home.notes, home.private) for _ in range(3)]
        waiting: dict[int, str] = {}  # unsaved words on each window's screen
        put_aside: set[str] = set()  # words whose window is gone, or has left them
        for number, (who, what) in enumerate(steps):
            window = windows[who]
            if what == "type":
                if who not in waiting:  # an editor opens the note before anybody can type
                    draft = window.take_draft("rcnn", "")
                    assert (draft is None) == (not put_aside)
                    waiting[who] = draft.text if draft else ""
                    put_aside.discard(waiting[who])
                waiting[who] += f"w{number} "
                window.keep_draft("rcnn", waiting[who], None)
            elif what == "save" and who in waiting:
                del waiting[who]
                window.discard_draft("rcnn")  # as `Notes.save` does at its end
            elif what == "leave" and who in waiting:
                window.typed(Unsaved.NOTE).let_go("rcnn")
                put_aside.add(waiting.pop(who))
            elif what == "kill":
                window.let_go_of_drafts()
                windows[who] = Notebook(home.notes, home.private)
                put_aside |= {waiting.pop(who)} if who in waiting else set()
            assert sorted(drafts_of(home)) == sorted([*waiting.values(), *put_aside])
        for window in windows:
            window.let_go_of_drafts()


def test_the_order_of_closing_does_not_matter(home: Home) -> None:
    for number, order in enumerate(permutations(range(2))):
        libraries = [opened(home) for _ in range(2)]
        for index, library in enumerate(libraries):
            library.unsaved.keep(Unsaved.GUESS, "rcnn", f"{number}{index}")
        for index in order:
            libraries[index].close()
    with opened(home) as library:
        found = []
        while library.unsaved.has(Unsaved.GUESS, "rcnn"):
            found.append(library.unsaved.take(Unsaved.GUESS, "rcnn"))
            library.unsaved.discard(Unsaved.GUESS, "rcnn")
    assert sorted(found) == ["00", "01", "10", "11"]
