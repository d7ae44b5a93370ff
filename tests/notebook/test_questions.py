"""What a note asks: the reader's pairs, and the sections that are themselves the answer."""

from pathlib import Path

from papertrail.domain.recall.question import Kind, NoteQuestion
from papertrail.notebook.questions import questions_in
from papertrail.notebook.sections import answered_pairs, index_note
from papertrail.notebook.template import Template, parse_template, read_template
from tests.cases import each

PACKAGED = read_template(Path("/nowhere"))
KEY_IDEA = "Key idea: why did the authors design it this way?"


def asked(note: str, template: Template = PACKAGED) -> list[NoteQuestion]:
    index = index_note(note, template)
    return questions_in(index.whole, template, index.state(Path("x.md")).filled)


def told(note: str, template: Template = PACKAGED) -> list[tuple[str, str]]:
    return [(one.wording, one.answer) for one in asked(note, template)]


@each(
    ("note", "questions"),
    [
        ("## Problem\nSlow.\n", [("What could the field not do?", "Slow.")]),
        ("## Key idea\nAnchors.\n", [("Why did the authors design it this way?", "Anchors.")]),
        ("## Structure\n```\na -> b\n```\n", [("Draw its structure from memory", "```\na -> b\n```")]),
        ("## Limits\nSmall.\n", [("Where does it fail?", "Small.")]),
        ("## What the next paper fixed\nIt.\n", [("What did the next paper fix?", "It.")]),
        ("## Prior work and its weakness\nHOG.\n\n## Evidence\nNumbers.\n", []),
        ("## Problem\n<!-- What was the field unable to do? -->\n\n## Limits\n\n", []),
        ("## My guess before reading\nNothing yet.\n", []),
        ("## Mine\n\nQ: a [/b] z?\nA: \x1b]52;c;x\n", [("a [/b] z?", "]52;c;x")]),
        ("## Questions\nQ:\nA:\n", []),
        ("## Questions\nQ: open?\nA:\n", []),
        ("## Questions\nQ: one? A: yes\n", [("one?", "yes")]),
        (
            "## Questions\n- Q: one?\n  A: yes\n- Q: two?\n- Q: three?\n  - A: no\n",
            [("one?", "yes"), ("three?", "no")],
        ),
        ("## Questions\n问：为什么？\n答：因为。\n更多。\n", [("为什么？", "因为。\n更多。")]),
        ("## Questions\r\nQ: one?\r\nA: yes\r\n", [("one?", "yes")]),
        (
            "## Questions\nQ: one?\nA: yes\n\n```\ncode\n```\n\nMore.\n",
            [("one?", "yes\n\n```\ncode\n```\n\nMore.")],
        ),
        ("## Questions\nQ: one?\nA: yes\n\n### Other\nQ: two?\nA: no\n", [("one?", "yes"), ("two?", "no")]),
        ("## Questions\n```\nQ: code?\nA: no\n```\n", []),
        ("Q: before any heading?\nA: yes\n", [("before any heading?", "yes")]),
        ("## Questions\nQ: why? <!-- hint -->\nA: so <!-- or so -->\n", [("why?", "so")]),
        (
            "## Limits\nQ: where?\nA: there\n",
            [("where?", "there")],
        ),
        (
            "## Limits\nSmall.\n\nQ: where?\nA: there\n",
            [("Where does it fail?", "Small.\n\nQ: where?\nA: there"), ("where?", "there")],
        ),
        (
            "## Key idea\n### from fast-rcnn\nIt proposes.\n\n### from [[rcnn]]\n\n### Other\nx\n",
            [
                (
                    "Why did the authors design it this way?",
                    "### from fast-rcnn\nIt proposes.\n\n### from [[rcnn]]\n\n### Other\nx",
                ),
                ("What did it change of fast-rcnn?", "It proposes."),
            ],
        ),
    ],
)
def test_what_is_asked(note: str, questions: list[tuple[str, str]]) -> None:
    assert told(note) == questions


def test_each_knows_its_kind_and_section() -> None:
    note = "## Key idea\nAnchors.\n### from rcnn\nOne net.\nQ: why?\nA: so\n## Mine\nQ: and?\nA: too\n"
    assert [(one.kind, one.section) for one in asked(note)] == [
        (Kind.SECTION, KEY_IDEA),
        (Kind.PARENT, KEY_IDEA),
        (Kind.PAIR, KEY_IDEA),
        (Kind.PAIR, "Mine"),
    ]


def test_a_template_of_the_readers_own_asks_its_headings_or_what_it_says() -> None:
    template = parse_template(
        "## 问题（必填）\n\n## Was bleibt?\n<!-- In einem Satz. -->\n\n"
        "## Structure\n<!-- ask: Draw the boxes, then the arrows -->\n\n## Links\n<!-- ask: -->\n",
        Path("template.md"),
    )
    note = "## 问题\n慢。\n## Was bleibt?\nViel.\n## Structure\nboxes\n## Links\nhttps://example.org\n"
    assert told(note, template) == [
        ("问题", "慢。"),
        ("Was bleibt?", "Viel."),
        ("Draw the boxes, then the arrows", "boxes"),
    ]
    new = template.fill("key", "Title", None, [])
    assert "ask:" not in new and "In einem Satz" in new


def test_how_many_pairs_of_a_section_are_answered() -> None:
    note = "## Questions\nQ: a?\nA: yes\n\nQ: b?\nA:\n\nQ: c?\n\n## Limits\nSmall.\n"
    index = index_note(note, PACKAGED)
    assert answered_pairs(index.whole, PACKAGED) == {"Questions": (1, 3)}
