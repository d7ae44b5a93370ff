"""Questions stay the ones they were, whatever is done to the note that asks them."""

from collections import Counter
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrail.domain.recall.matching import beginning, match
from papertrail.domain.recall.question import Kind, KnownQuestion, NoteQuestion
from tests.examples import examples

WORDS = [
    "why",
    "does",
    "the",
    "network",
    "need",
    "anchors",
    "here",
    "instead",
    "of",
    "boxes",
    "what",
    "happens",
    "when",
    "depth",
    "grows",
    "how",
    "much",
    "memory",
    "costs",
    "one",
    "step",
    "which",
    "loss",
    "balances",
    "classes",
    "where",
    "gradients",
    "vanish",
    "who",
    "proposed",
    "residual",
    "links",
    "before",
    "为什么",
    "残差",
    "网络",
    "更深",
    "梯度",
    "如何",
    "消失",
    "锚框",
    "¿por",
    "qué",
    "übergroß",
]
SECTIONS = ("Problem", "Structure", "Questions", "")


def pair(wording: str, answer: str = "Because.", section: str = "Questions") -> NoteQuestion:
    return NoteQuestion(Kind.PAIR, section, wording, answer)


@dataclass
class Memory:
    """What a trail knows of one note's questions, as the library keeps it."""

    known: list[KnownQuestion] = field(default_factory=list)

    def look(self, asked: list[NoteQuestion]) -> list[int]:
        """Take a note in; return the id of each of its questions."""
        matched = match(asked, self.known)
        ids = [one.id if one else 0 for one in matched.known]
        new = max((one.id for one in self.known), default=0)
        for number, id_ in enumerate(ids):
            if not id_:
                new += 1
                ids[number] = new
        gone = {one.id for one in matched.gone}
        kept = [
            one._replace(asleep_since="2026-01-01") if one.id in gone else one
            for one in self.known
            if one.id not in ids
        ]
        self.known = [
            *kept,
            *(
                KnownQuestion(id_, one.kind, one.section, one.wording, beginning(one.answer), place)
                for place, (id_, one) in enumerate(zip(ids, asked, strict=True))
            ),
        ]
        return ids


questions = st.builds(
    pair,
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(" ".join),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join),
    st.sampled_from(SECTIONS),
)
notes = st.lists(questions, max_size=9)


@examples(100)
@given(st.lists(notes, min_size=2, max_size=4))
def test_no_two_questions_share_a_schedule_and_none_is_lost_whose_words_are_still_there(
    versions: list[list[NoteQuestion]],
) -> None:
    memory = Memory()
    before: list[tuple[NoteQuestion, int]] = []
    for note in versions:
        was = {one.id for one in memory.known}
        ids = memory.look(note)
        assert len(set(ids)) == len(ids)
        assert was <= {one.id for one in memory.known}, "what is gone sleeps"
        still = Counter(one.wording for one, _ in before) & Counter(one.wording for one in note)
        for wording, number in still.items():
            old = {id_ for one, id_ in before if one.wording == wording}
            new = [id_ for one, id_ in zip(note, ids, strict=True) if one.wording == wording]
            assert len(old & set(new)) >= number
        before = list(zip(note, ids, strict=True))


@examples(40)
@given(notes, notes, st.randoms(use_true_random=False))
def test_what_comes_back_wakes_with_its_memory(
    first: list[NoteQuestion], other: list[NoteQuestion], random: object
) -> None:
    memory = Memory()
    unlike = [pair(f"{number} {one.wording}", one.answer) for number, one in enumerate(first)]
    ids = memory.look(unlike)
    memory.look([])
    assert all(one.asleep_since for one in memory.known)
    assert memory.look(unlike) == ids


@st.composite
def edits(draw: st.DrawFn) -> tuple[list[NoteQuestion], list[tuple[int | None, NoteQuestion]]]:
    """Return a note of questions that are unlike, and what it becomes: each with the place it had."""
    vocabulary = draw(st.permutations([f"{one}{number}" for one in WORDS for number in range(3)]))
    count = draw(st.integers(2, 9))
    first = [
        pair(
            " ".join(vocabulary[number * 9 : number * 9 + draw(st.integers(5, 8))]),
            " ".join(vocabulary[100 + number : 140 : 10]),
            draw(st.sampled_from(SECTIONS)),
        )
        for number in range(count)
    ]
    after: list[tuple[int | None, NoteQuestion]] = list(enumerate(first))
    for _ in range(draw(st.integers(1, 4))):
        kind = draw(st.sampled_from(["insert", "delete", "reorder", "reword", "answer", "move"]))
        if kind == "insert":
            fresh = " ".join(vocabulary[90:97]) + f" {len(after)}"
            after.insert(draw(st.integers(0, len(after))), (None, pair(fresh, "fresh " * len(after))))
        elif kind == "reorder":
            after = draw(st.permutations(after))
        elif after:
            number = draw(st.integers(0, len(after) - 1))
            place, one = after[number]
            words = one.wording.split()
            if kind == "delete":
                after.pop(number)
            elif kind == "reword" and place is not None and one.wording == first[place].wording:
                words[draw(st.integers(0, len(words) - 1))] = "truly"
                after[number] = (place, one._replace(wording=" ".join(words)))
            elif kind == "answer":
                after[number] = (place, one._replace(answer=f"{one.answer} and more, {draw(st.text())}"))
            elif kind == "move":
                after[number] = (place, one._replace(section=draw(st.sampled_from(SECTIONS))))
    return first, after


@examples(120)
@given(edits())
def test_a_question_that_is_touched_up_moved_or_answered_otherwise_stays_the_one_it_was(
    edit: tuple[list[NoteQuestion], list[tuple[int | None, NoteQuestion]]],
) -> None:
    first, after = edit
    memory = Memory()
    ids = memory.look(first)
    now = memory.look([one for _, one in after])
    for (place, _), id_ in zip(after, now, strict=True):
        if place is not None:
            assert id_ == ids[place]


@pytest.mark.parametrize(
    ("before", "after", "stay"),
    [
        pytest.param(["Why 3x3?"], ["why 3×3 ?"], [0], id="case, width and signs"),
        pytest.param(["Why?", "Why?"], ["Why?", "Why?"], [0, 1], id="two equal ones stay two"),
        pytest.param(["Why?", "Why?"], ["Why?"], [0], id="one of two equal ones is taken out"),
        pytest.param(["Why C?", "Why C++?"], ["Why C++?", "Why C?"], [1, 0], id="signs tell"),
        pytest.param(["What of anchors?"], ["什么是锚框？"], [0], id="in another language"),
        pytest.param(
            ["What of anchors?", "And boxes?"],
            ["什么？", "那么呢？"],
            [None, None],
            id="two others there",
        ),
        pytest.param(
            ["What of anchors?", "How deep?", "And boxes?"],
            ["How deep?", "Who wrote it?", "And boxes?"],
            [1, None, 2],
            id="another one elsewhere",
        ),
    ],
)
def test_rules(before: list[str], after: list[str], stay: list[int | None]) -> None:
    memory = Memory()
    ids = memory.look([pair(wording, f"answer {number}") for number, wording in enumerate(before)])
    now = memory.look([pair(wording, f"{number} otherwise") for number, wording in enumerate(after)])
    assert [ids.index(id_) if id_ in ids else None for id_ in now] == stay


def test_a_question_written_anew_is_known_by_its_answer() -> None:
    memory = Memory()
    answers = ["Two of them see what one of five by five sees.", "It saves time."]
    ids = memory.look([pair("Why 3x3?", answers[0]), pair("How long?", answers[1])])
    new = [pair("How much time is saved?", answers[1]), pair("What do small kernels gain?", answers[0])]
    assert memory.look(new) == [ids[1], ids[0]]


def test_what_a_section_asks_goes_by_the_section() -> None:
    memory = Memory()
    section = NoteQuestion(Kind.SECTION, "Problem", "What could the field not do?", "Slow.")
    (id_,) = memory.look([section])
    otherwise = section._replace(wording="Was war nicht möglich?", answer="Etwas ganz anderes.")
    asked = [pair("What could the field not do?", "Slow."), otherwise]
    assert memory.look(asked)[1] == id_


def test_many_questions_that_all_changed_take_no_long_time() -> None:
    memory = Memory()
    long = " ".join(WORDS)
    memory.look([pair(f"{number} {long}"[:400], f"{number} {long}") for number in range(120)])
    memory.look([pair(f"{long} {number}"[:400], f"{long} {number}") for number in range(120)])
    assert len(memory.known) >= 120
