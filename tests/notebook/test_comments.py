"""Comments are nobody's words, wherever they stand; what only looks like one stays."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from papertrail.notebook.comments import strip_comments
from papertrail.notebook.sections import index_note, note_answers, note_changes, note_content
from papertrail.notebook.template import PACKAGED_TEMPLATE, parse_template
from tests.cases import each
from tests.examples import examples

DEFAULT = parse_template(PACKAGED_TEMPLATE.read_text(encoding="utf-8"), PACKAGED_TEMPLATE)

COMMENTS = (
    "<!-- SECRET -->",
    "<!--\nSECRET\n\n## Evidence\nSECRET\n-->",
    "%% SECRET %%",
    "%%SECRET%%",
    "%%\nSECRET\n%%",
    "%%\nSECRET\n\n## Evidence\nSECRET\n%%",
    "%% SECRET\nSECRET %%",
    "%%\n```\nSECRET\n%%",
    "[//]: # (SECRET)",
    "[//]: # (SECRET, ask (R.) again)",
    "[//]: # (SECRET\nSECRET)",
    '[//]: # "SECRET"',
    "[//]: # 'SECRET'",
    "[//]: <> (SECRET)",
    "[//]: # SECRET",
    "[comment]: # (SECRET)",
    "[Comment]: <> (SECRET)",
    "%% SECRET %% %% SECRET %%",
    "<!-- SECRET --> %% SECRET %%",
)


def hidden(text: str) -> None:
    index = index_note(text, DEFAULT)
    assert "SECRET" not in index.body
    content = note_content(text, DEFAULT)
    for shown in (content.body, content.unsorted, *(t for _, t in content.sections)):
        assert "SECRET" not in shown
    assert not any("SECRET" in a.text + a.short for a in note_answers(text, DEFAULT).values())
    assert "SECRET" not in "".join(note_changes(text, DEFAULT).values())


@each("comment", COMMENTS)
def test_a_comment_fills_nothing_and_is_shown_nowhere(comment: str) -> None:
    text = f"# T\n\n{comment}\n\n## Problem\n{comment}\n\n## Limits\n\n{comment}\n"
    index = index_note(text, DEFAULT)
    assert (index.words, index.body) == (0, "")
    assert not any(section.filled for section in index.sections)
    hidden(text)


@pytest.mark.parametrize("comment", COMMENTS)
@pytest.mark.parametrize(
    "around",
    [
        "{}",
        "words\n{}",
        "{}\nwords",
        "- {}\n- words",
        "> {}\n> words",
        "1. words\n   {}",
        "words\n\n{}\n\nwords",
    ],
)
def test_words_around_a_comment_stay_and_it_goes(comment: str, around: str) -> None:
    begin = around.split("{}", maxsplit=1)[0].rpartition("\n")[2]
    below = comment.replace("\n", "\n" + ("> " if begin == "> " else " " * len(begin)))
    text = f"## Problem\n\n{around.format(below)}\n\n## Limits\nlast words\n"
    hidden(text)
    words = around.count("words") + 2
    assert index_note(text, DEFAULT).words == words
    content = note_content(text, DEFAULT)
    assert content.body.count("words") == around.count("words") + 1
    kept = note_content(text, DEFAULT, comments=True)
    assert kept.body.count("SECRET") == comment.count("SECRET")


@each("comment", [c for c in COMMENTS if "\n" not in c and not c.startswith("[")])
def test_in_a_line_and_in_headings(comment: str) -> None:
    text = f"# T {comment}\n\n## Problem {comment}\nfast {comment} slow\n"
    text += f"\n### Deep {comment}\n\n## Own {comment}\nx\n"
    hidden(text)
    assert index_note(text, DEFAULT).words == 3
    assert [s.name for s in index_note(text, DEFAULT).sections if s.filled] == ["Problem"]
    assert dict(note_content(text, DEFAULT).sections)["Own"] == "x"
    assert (
        "fast  slow" in note_content(text, DEFAULT).body or "fast   slow" in note_content(text, DEFAULT).body
    )


@each(
    "text",
    [
        "%% never closed",
        "100%% sure",
        "<!-- never closed",
        "`%% code %%`",
        "``%% ` code %%``",
        "```\n%% code %%\n<!-- code -->\n[//]: # (code)\n```",
        "    %% code %%",
        "\\%\\% escaped %%",
        "\\%%not %% one",
        "[1]: # (a reference)",
        "[//] no definition",
        "[/]: # (words)",
    ],
)
def test_what_is_no_comment_stays(text: str) -> None:
    note = f"## Problem\n\n{text}\n"
    assert [s.name for s in index_note(note, DEFAULT).sections if s.filled] == ["Problem"]
    assert note_content(note, DEFAULT).sections == (("Problem", text),)


def test_the_templates_prompts_are_no_comments_of_the_reader() -> None:
    note = DEFAULT.fill("rcnn", "T", None, []).replace("## Structure\n", "## Structure\n%% mine %%\n")
    content = note_content(note, DEFAULT, comments=True)
    assert [text for _, text in content.sections if text] == ["%% mine %%"]
    assert "field" not in content.body


@examples(200)
@example(["`", "%% SECRET %% %% SECRET %%", "`"])
@example(["- item", "%%\nSECRET\n\n## Evidence\nSECRET\n%%"])
@given(
    st.lists(
        st.sampled_from([*COMMENTS, "words", "`", "> q", "- item", "## Problem", "### d", "", "```"]),
        max_size=8,
    )
)
def test_what_stands_between_comments_is_never_lost(parts: list[str]) -> None:
    text = "\n".join(("## Own", "", "begin", *parts, "", "end", ""))
    index = index_note(text, DEFAULT)
    assert "begin" in index.body and "begin" in note_content(text, DEFAULT).body
    if "```" not in "".join(parts):
        hidden(text)
        assert index.body.count("words") == parts.count("words")
        assert "end" in index.body


@given(st.text("%<!->-`\\[/]: #()\n a", max_size=60))
def test_stripping_takes_nothing_but_comments(text: str) -> None:
    kept = strip_comments(text)
    assert len(kept) <= len(text)
    if "%%" not in text and "-->" not in text and "[//]:" not in text:
        assert kept == text
