"""Cards for Anki: what is data arrives as text, and each card is one line."""

import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from papertrail.domain.text import clean_line
from papertrail.export.anki import TOP, Card, deck, document, front, inert, line, words
from tests.cases import each
from tests.examples import examples
from tests.export.anki_readers import Shown, parsed
from tests.trails import HOSTILE_TITLES

KNOWN = {
    *("p", "br", "span", "em", "strong", "s", "code", "pre", "ul", "ol", "li", "blockquote", "hr", "a"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"),
}
PIECES = (
    *(
        "<script>alert(1)</script>",
        "<img src=x onerror=y>",
        "<!--",
        "]]>",
        "&lt;",
        "&#91;sound:a]",
        "a [/b] z",
    ),
    *(
        "\x1b]52;c;ZXZpbA==\x07",
        "\t",
        '"',
        "'",
        "#",
        "\n",
        "\n\n",
        "```\n",
        "    ",
        "- ",
        "1. ",
        "> ",
        "| a |",
    ),
    *(
        "$",
        "$$",
        "x",
        "$x_1$",
        "\\(",
        "\\)",
        "\\[",
        "\\",
        "*",
        "_",
        "`",
        "~~",
        "[sound:x.mp3]",
        "[latex]",
        "[$]",
    ),
    *(
        "[a](javascript:alert)",
        "![a](http://x/y.png)",
        "[a](https://x.y)",
        "{{c1::x}}",
        "残差",
        "é",
        "\u202e",
    ),
)
markup = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=12).map("".join)
ACTIVE = ("[sound:", "[latex]", "[/latex]", "[$]", "[/$]", "[$$]", "[anki:")


def is_inert(html: str) -> bool:
    return not ({"\n", "\t"} & set(html)) and not any(active in html.lower() for active in ACTIVE)


@given(st.text(max_size=40) | markup)
@example("[SOUND:x.mp3] \\(x\\) <b>")
@examples(200)
def test_data_is_shown_as_it_is(text: str) -> None:
    html = inert(text)
    shown = Shown(html)
    assert shown.text == clean_line(text) and shown.tags <= {"span"} and not shown.attributes
    assert is_inert(html) and not any(begin in html for begin in ("\\(", "\\[", "\\)", "\\]"))


@given(markup)
@examples(200)
def test_whatever_stands_in_a_note_becomes_simple_html(text: str) -> None:
    for html in (words(text), line(text)):
        shown = Shown(html)
        assert shown.tags <= KNOWN and is_inert(html)
        for name, value in shown.attributes:
            assert name in ("title", "start", "style") or value.startswith(("http://", "https://", "mailto:"))
        assert "\x1b" not in html and "\u202e" not in html


@given(st.lists(st.tuples(markup, markup, markup, st.lists(st.text(max_size=5) | markup, max_size=3))))
@examples(100)
def test_a_card_is_a_line_and_comes_back_as_it_was(cards: list[tuple[str, str, str, list[str]]]) -> None:
    made = [
        Card(f"{number:016x}", deck(name), front(line(asked), name, 2015), words(answer), tags)
        for number, (name, asked, answer, tags) in enumerate(cards)
    ]
    text = document(made)
    header, rows = parsed(text)
    assert list(header) == [
        *("separator", "html", "guid column", "notetype", "deck column", "tags column", "columns"),
    ]
    assert [row[:4] for row in rows] == [list(card[:4]) for card in made]
    assert text.count("\n") == len(header) + len(made)
    for row in rows:
        assert len(row) == 5 and row[1].split("::")[0] == TOP and row[1].count("::") <= 1
        assert all(tag and '"' not in tag for tag in row[4].split(" ") if row[4])


@each(
    ("markdown", "html"),
    [
        ("a *b* **c**\nd", "<p>a <em>b</em> <strong>c</strong> d</p>"),
        ("- one\n- two\n\n1. a", "<ul><li>one</li><li>two</li></ul><ol><li>a</li></ol>"),
        ("```py\n\tif a < b:\n    c\n```", "<pre><code>    if a &lt; b:<br>    c</code></pre>"),
        ("`x<y`  \nnext", "<p><code>x&lt;y</code><br>next</p>"),
        ("$x_1 < y$ costs $5 or $6", r"<p>\(x_1 &lt; y\) costs $5 or $6</p>"),
        ("so $$a$$ and\n\n$$\nb\n$$", r"<p>so \[a\] and</p>\[b\]"),
        ("that is\n$$\n- b\n+ c\n$$\n\n- $$d$$", r"<p>that is</p>\[- b + c\]<ul><li>\[d\]</li></ul>"),
        ("$$a$$ and\n$$b$$ c", r"<p>\[a\] and \[b\] c</p>"),
        ("$$a\n\nb$$", "<p>$$a</p><p>b$$</p>"),
        ("$ x $ and $5-$6, a $b\\$c$", r"<p>$ x $ and $5-$6, a \(b\$c\)</p>"),
        ("`$x$` and \\$x\\$ and \\\\(x\\\\)", None),
        ("<b>", "<p>&lt;b&gt;</p>"),
        ("[x](javascript:a)", "<p>[x](javascript:a)</p>"),
        ("![p](https://x.y/z.png)", '<p><a href="https://x.y/z.png">p</a></p>'),
        ("![p](own.png)", "<p>![p](own.png)</p>"),
        ("[sound:a.mp3]", "<p>&#91;sound:a.mp3]</p>"),
    ],
)
def test_markdown_is_what_anki_shows(markdown: str, html: str | None) -> None:
    expected = html or r"<p><code>$x$</code> and $x$ and \<span></span>(x\<span></span>)</p>"
    assert words(markdown) == expected


def test_decks_and_fronts_are_named_by_data() -> None:
    assert [deck(name) for name in (None, "SGD", "a::b", "::", " : ", "Ame\u0301lie")] == [
        *("papertrail", "papertrail::SGD", "papertrail::a:b", "papertrail", "papertrail"),
        "papertrail::Amélie",
    ]
    assert front("Why?", "Fast <R>", 2015) == "Why? <br><small>Fast &lt;R&gt; (2015)</small>"
    for title in HOSTILE_TITLES:
        text = Shown(front("Why?", title, None)).text
        assert unicodedata.normalize("NFC", text) == f"Why? {clean_line(title)}"
