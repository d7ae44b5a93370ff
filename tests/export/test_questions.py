"""Questions in notes: which are open, and what is told of the others."""

from hypothesis import given
from hypothesis import strategies as st

from papertrail.export.questions import open_questions, without_open_questions
from tests.cases import each

CODE = "    Q: SELECT 1"
FENCES = "````\n```\nQ: code?\n```\nQ: more?\n````"
TILDES = "```\n~~~\nQ: code?\n```"


@each(
    ("text", "waiting", "told"),
    [
        ("Q: a?\nQ: b?\nA: yes", ["a?"], "Q: b?  \nA: yes"),
        ("Q: a?\nA:", ["a?"], ""),
        ("Q: a?\nA:\nBecause.", [], "Q: a?  \nA:\nBecause."),
        ("Q: a?\n\nA:\n\nBecause.", [], "Q: a?\n\nA:\n\nBecause."),
        ("Q: one that\n   goes on?\n\nWords.", ["one that goes on?"], "Words."),
        ("Q: one that\ngoes on?\nA: yes", [], "Q: one that\ngoes on?  \nA: yes"),
        ("Q: a? A: yes.", [], "Q: a? A: yes."),
        ("- Q: a?\n- A: yes\n- **Q2:** b?", ["b?"], "- Q: a?\n- A: yes"),
        ("- Q: a?\n  - A: yes\n+ Q: b?\n", ["b?"], "- Q: a?\n  - A: yes"),
        ("1. Q: a?\n2. Q: b?\n   A: yes", ["a?"], "2. Q: b?  \n   A: yes"),
        ("> Q: a?\n> A: yes\n\n> Q: b?", ["b?"], "> Q: a?  \n> A: yes"),
        ("- [ ] Q: a?\n- [x] Q: b?", ["a?", "b?"], ""),
        ("**Q: bold?**", ["bold?"], ""),
        ("**Q1**: a? **A1:** yes", [], "**Q1**: a? **A1:** yes"),
        ("问：为什么？\n答：因为。\n问：还有？", ["还有？"], "问：为什么？  \n答：因为。"),
        ("Q: a?\n\nWords of their own.", ["a?"], "Words of their own."),
        ("Q: a?\nA: yes\n\nMore.", [], "Q: a?  \nA: yes\n\nMore."),
        (f"Words\n\n{CODE}", [], f"Words\n\n{CODE}"),
        (FENCES, [], FENCES),
        (TILDES, [], TILDES),
        ("### Q: heading?", [], "### Q: heading?"),
        ("no question", [], "no question"),
        ("Q:\nA:", [], "Q:\nA:"),
        ("Quality: high. QA: none.", [], "Quality: high. QA: none."),
    ],
)
def test_what_is_open_and_what_is_told(text: str, waiting: list[str], told: str) -> None:
    assert list(open_questions(text)) == waiting
    assert without_open_questions(text) == told


PIECES = st.lists(
    st.sampled_from(["Q: ", "A: ", "words ", "\n", "\n\n", "- ", "> ", "    ", "```", "**", "1. ", "问："]),
    max_size=30,
).map("".join)


@given(PIECES)
def test_no_word_is_lost(text: str) -> None:
    said = without_open_questions(text) + "".join(open_questions(text))
    assert said.count("words") == text.count("words")
