"""What needs no parsing is not parsed, and comes out as if it had been."""

import re
from collections.abc import Callable
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrail.export import inert as data
from papertrail.export import own_words, questions
from papertrail.export.own_words import lower_heading

ANY, NONE = re.compile(""), re.compile(r"(?!)")
pieces = st.sampled_from(
    [
        *"ab1 -_=#>*`~<Q:?.",
        "\n",
        "\n\n",
        "www.",
        "1.",
        "---",
        "===",
        "```",
        "Q: why",
        "A: so",
        "问：",
        "**Q1:**",
        "- ",
        "faster-rcnn",
        "  ",
    ]
)
markdown = st.lists(pieces, max_size=14).map("".join) | st.text(
    st.characters(exclude_characters="\r"), max_size=30
)


@pytest.mark.parametrize(
    ("module", "pattern", "never", "run"),
    [
        (data, "_PLAIN", NONE, data.inert),
        (own_words, "_MAY_REACH_ON", ANY, own_words.own_words),
        (own_words, "_MAY_BE_HEADING", ANY, lambda text: own_words.replace_headings(text, lower_heading)),
        (questions, "MAY_ASK", ANY, lambda text: [*questions.open_questions(text)]),
        (questions, "MAY_ASK", ANY, questions.without_open_questions),
    ],
)
@given(text=markdown)
def test_the_shortcut_gives_the_same(
    module: ModuleType, pattern: str, never: re.Pattern[str], run: Callable[[str], object], text: str
) -> None:
    short = run(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, pattern, never)
        assert run(text) == short
