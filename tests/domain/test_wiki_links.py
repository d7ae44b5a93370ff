"""What `[[…]]` in a note leads to, and that a paper's other key takes every one of them along."""

from hypothesis import given
from hypothesis import strategies as st

from papertrail.domain.note import NoteLink
from papertrail.domain.wiki_links import links_in, with_wiki_links
from papertrail.notebook.note_links import with_links_to
from tests.cases import each
from tests.examples import examples


@each(
    ("text", "links"),
    [
        ("", ()),
        ("[[a]]", (NoteLink("a", 1),)),
        ("\n[[A.md#Key idea|words]] [[a]]\n[[b]]", (NoteLink("a", 2), NoteLink("b", 3))),
        ("[[notes/a]] [[x/y/b.md]]", (NoteLink("a", 1), NoteLink("b", 1))),
        (r"| [[a\|t]] | [[b.md#S\|t]] |", (NoteLink("a", 1), NoteLink("b", 1))),
        ("`[[a]]` ``x ` [[b]]`` [[c]]", (NoteLink("c", 1),)),
        ("```\n[[a]]\n```\n[[b]]\n~~~\n[[c]]", (NoteLink("b", 4),)),
        ("![[a.png]] [[ ]] [[]] [a] [[a]b]] [[a\nb]]", ()),
        ("[[a\x1b]52;c;x\x07]]", ()),
        ("[[a\x1b\tb]]", (NoteLink("a b", 1),)),
    ],
)
def test_what_links_lead_to(text: str, links: tuple[NoteLink, ...]) -> None:
    assert links_in(text) == links


def test_a_link_in_a_table_leaves_it_one() -> None:
    row = r"| [[a\|t]] | [[x/A.md#S\|u\|v]] |"
    assert with_links_to(row, "a", "z") == r"| [[z\|t]] | [[x/z.md#S\|u\|v]] |"
    assert with_wiki_links(row, lambda target, words: f"[{words}]({target}.md)") == (
        r"| [t](a.md) | [u\|v](a.md) |"
    )


def test_a_note_full_of_links_has_a_thousand() -> None:
    assert len(links_in("".join(f"[[k{n}]]" for n in range(2_000)))) == 1_000


PIECES = st.one_of(
    st.sampled_from(
        [
            "[[a]]",
            "[[A|words]]",
            "[[b/a.md#S]]",
            r"[[a\|t]]",
            "![[a]]",
            "`",
            "``",
            "\n",
            "```\n",
            "~~~\n",
            "[",
            "]",
        ]
    ),
    st.text(max_size=5),
)
TEXTS = st.lists(PIECES, max_size=14).map("".join)


@examples(1_000)
@given(text=TEXTS)
def test_another_key_takes_every_link_along(text: str) -> None:
    before = [link._replace(target="z") if link.target == "a" else link for link in links_in(text)]
    assert set(links_in(with_links_to(text, "a", "z"))) == set(before)


@examples(1_000)
@given(text=TEXTS)
def test_links_that_lead_nowhere_stay_as_they_are(text: str) -> None:
    assert with_wiki_links(text, lambda target, words: None) == text
    gone = with_wiki_links(text, lambda target, words: "")
    assert gone == text, "nothing to put there leaves it"
