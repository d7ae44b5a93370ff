"""From a guess to a paper that one can explain, and to the day on which that has faded, in a terminal."""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from papertrail.domain.paper import Status
from papertrail.domain.tellings import Mark
from papertrail.library import Home
from tests.cli.starter import starter
from tests.trails import NOTE, RCNN, FixedClock, opened, small_trail
from tests.tui.terminal import Terminal, in_terminal

ENTER, ESCAPE, DOWN, SAVE, NEXT = "\r", "\x1b", "\x1b[B", "\x13", "\x0e"
ENGLISH = {
    "title": "Fast R-CNN",
    "guess": "One pass for all regions, since they overlap.",
    "Problem": "Each region is run alone.",
    "Prior work": "SPP-net pools, and cannot train below.",
    "Key idea": "Pool regions of one map, train all at once.",
    "Structure": "conv, RoI pool, two heads",
    "Evidence": "nine times faster to train",
    "Limits": "Proposals take two seconds.",
    "What the next paper fixed": "It made the proposals, too.",
    "question": "Why one map?",
    "answer": "Regions overlap.",
    "story": "Regions were run alone, then pooled, then learnt.",
}
CHINESE = {
    "title": "快速区域卷积网络",
    "guess": "所有区域共用一次卷积。",
    "Problem": "每个区域单独计算太慢。",
    "Prior work": "空间金字塔池化不能端到端训练。",
    "Key idea": "共享特征图，一次训练。",
    "Structure": "卷积、池化、两个分支",
    "Evidence": "训练快九倍",
    "Limits": "候选区域仍然很慢。",
    "What the next paper fixed": "候选区域也由网络产生。",
    "question": "为什么共用一张特征图？",
    "answer": "区域互相重叠。",
    "story": "先逐个计算区域，再共享，最后学习。",
}
SECTIONS = (
    *("Problem", "Prior work", "Key idea", "Structure", "Evidence", "Limits", "What the next paper fixed"),
)
REVIEW_TAB = re.compile(r"5 review")
COUNTER = re.compile(r"(\d+) of (\d+) · ")


class Reader:
    """Reads on some days, each a run of the program in a terminal of one size."""

    def __init__(self, home: Home, size: tuple[int, int]) -> None:
        self._home = home
        self._size = size
        self._clock = FixedClock()

    @contextmanager
    def day(self, number: int) -> Iterator[Terminal]:
        """Open the program on a day, counted from the first, and quit it."""
        with in_terminal(self._home, self._now(number), size=self._size) as terminal:
            terminal.wait_until(REVIEW_TAB.search)
            yield terminal
            terminal.press("q")
            assert terminal.end() == 0

    def _now(self, day: int) -> dict[str, str]:
        return {"PAPERTRAIL_NOW": (self._clock.moment + timedelta(days=day)).isoformat()}

    def told_on(self, day: int, *words: str) -> str:
        """Return what the command line says on a day."""
        arguments = ("--home", str(self._home.root), *words)
        code, out, said = starter().run(arguments, b"", {**os.environ, **self._now(day)}, self._home.root)
        assert code == 0, said
        return out.decode()

    def answer_all(self, terminal: Terminal) -> int:
        """Answer all that is asked well, and leave the page at the end; return how many were asked."""
        found = COUNTER.search(terminal.wait_until(COUNTER.search))
        assert found
        many = int(found[2])
        for number in range(1, many + 1):
            counted = f"{number} of {many} · "
            terminal.wait_until(partial(_asks, counted))
            terminal.press(" ")
            terminal.wait_until(lambda text: "1 Again" in text)
            terminal.press("3")
        terminal.wait_until(lambda text: f"{many} of {many} answers known" in text)
        terminal.press(ESCAPE)
        terminal.wait_until(lambda text: f"{many} of {many} answers known" not in text)
        return many


def _asks(counted: str, screen: str) -> bool:
    """Tell whether a question is asked, and its answer not yet shown."""
    return counted in screen and "1 Again" not in screen


def to_the_paper(terminal: Terminal) -> None:
    """Go to the paper that the story is about."""
    terminal.press("2")
    terminal.wait_until(lambda text: "lineages" in text and "fast-rcnn" in text)
    terminal.press("/")
    terminal.wait_until(lambda text: "esc clears the query" in text)
    terminal.press("fast-rcnn")
    terminal.wait_until(lambda text: "1 paper" in text)
    terminal.press(ENTER)
    terminal.wait_until(lambda text: "e note" in text)


def typed_note(words: Mapping[str, str]) -> Sequence[str]:
    """Return what is typed into the sections one after the other: those needed, those below, those above."""
    problem, prior, idea, structure, evidence, limits, after = (words[name] for name in SECTIONS)
    pair = f" {words['question']}{DOWN} {words['answer']}"
    return [problem, idea, limits, after, pair, prior, structure, evidence]


@pytest.mark.parametrize(
    ("size", "words"), [((80, 24), ENGLISH), ((140, 40), CHINESE)], ids=["80x24", "140x40-zh"]
)
def test_a_paper_is_guessed_noted_asked_told_explained_and_fades(
    tmp_path: Path, size: tuple[int, int], words: dict[str, str]
) -> None:
    rows = [(*row[:2], words["title"], *row[3:]) if row[1] == "fast-rcnn" else row for row in RCNN]
    home = small_trail(tmp_path / "trail", rows)
    with opened(home) as library:
        for key in ("rcnn", "sppnet"):
            library.notes.save(key, NOTE, None)
        library.statuses.set(["rcnn", "sppnet"], Status.READ)
    reader = Reader(home, size)

    with reader.day(0) as terminal:
        to_the_paper(terminal)
        terminal.press("s")
        seat = terminal.wait_until(lambda text: "what would you build, and why?" in text)
        assert "limits of rcnn" in seat and "Anchors are a hand-made prior." in seat
        terminal.press(words["guess"])
        terminal.wait_until(lambda text: shows(text, words["guess"]))
        terminal.press(SAVE)
        terminal.wait_until(lambda text: "your guess stands first in the note" in text)
        terminal.press("e")
        terminal.wait_until(lambda text: "next needed" in text and shows(text, words["guess"][:5]))
        for number, typed in enumerate(typed_note(words)):
            terminal.press(f"{NEXT}{typed}" if number else typed)
        terminal.wait_until(lambda text: "■ Evidence" in text and shows(text, words["Evidence"]))
        terminal.press(SAVE)
        terminal.wait_until(lambda text: " saved" in text and "unsaved" not in text)
        terminal.press(ESCAPE)
        terminal.wait_until(lambda text: "next needed" not in text)
        terminal.press("s")
        terminal.wait_until(lambda text: "fast-rcnn counts: 3 of 100" in text)
        terminal.press("5")
        due = terminal.wait_until(lambda text: "questions today" in text)
        assert "you can explain 0 of 3 counted" in due

    note = (home.notes / "fast-rcnn.md").read_text(encoding="utf-8")
    for said in (*(words[name] for name in SECTIONS), words["guess"]):
        assert said in note
    assert f"Q: {words['question']}\nA: {words['answer']}\n" in note
    with opened(home) as library:
        asked = [library.recall.question(id_) for id_ in library.recall.day(["fast-rcnn"]).asked]
        assert len(asked) == 6 and words["question"] in {question.wording for question in asked}

    for day, many in ((1, 10), (2, 3), (3, 10)):
        with reader.day(day) as terminal:
            terminal.press("5")
            terminal.wait_until(lambda text: "begin" in text)
            terminal.press(ENTER)
            assert reader.answer_all(terminal) == many
            if day == 3:
                tell(terminal, words)

    assert "can explain  0 of 3 counted" in reader.told_on(3, "review", "--stats"), "not a week yet"
    with reader.day(8) as terminal:
        to_the_paper(terminal)
        terminal.press("R")
        assert reader.answer_all(terminal) == 6
    with opened(home) as library:
        assert [set(telling.marks.values()) for telling in library.tellings.all()] == [set(Mark)]
    for day, can in ((8, 1), (14, 1), (98, 0)):
        assert f"can explain  {can} of 3 counted" in reader.told_on(day, "review", "--stats")
    with reader.day(98) as terminal:
        terminal.press("5")
        terminal.wait_until(lambda text: "questions today" in text)


def tell(terminal: Terminal, words: Mapping[str, str]) -> None:
    """Tell the line on the map, and say how it went."""
    terminal.press("3")
    terminal.wait_until(lambda text: "T tell" in text and "faster-rcnn" in text)
    terminal.press("T")
    page = terminal.wait_until(lambda text: "3 min" in text)
    assert "2015" in page and "fast-rcnn" not in page, "no name helps"
    terminal.press(words["story"])
    terminal.wait_until(lambda text: shows(text, words["story"][-6:]))
    terminal.press(SAVE)
    terminal.wait_until(lambda text: "0 of 4 marked" in text)
    terminal.press("tthm")
    terminal.wait_until(lambda text: "every paper is marked" in text)
    terminal.press(ENTER)
    terminal.wait_until(lambda text: "2 told, 1 helped, 1 missed" in text)


def shows(screen: str, words: str) -> bool:
    """Tell whether words are on the screen, however their lines are broken."""
    return "".join(words.split()) in re.sub(r"[\s│▕▎▃▄█]", "", screen)
