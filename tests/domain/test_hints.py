"""Words of one's own notes that a text lacks: hints, in any script, and never words that are there."""

from hypothesis import given
from hypothesis import strategies as st

from papertrail.domain.hints import MOST_HINTS, echoes, hints
from papertrail.domain.query.words import words
from tests.cases import each
from tests.examples import examples

TEXT = st.text(st.sampled_from("aé ßCNNRl-'残差网络的。\n1#*`[]() ProposalsI\u0301"), max_size=60) | st.text(
    max_size=40
)


@each(
    ("note", "text", "found"),
    [
        ("Region proposals are slow.", "They had proposals.", ("Region", "slow")),
        ("Convolutional features", "one convolution of a feature", ()),  # endings do not matter
        ("Léon's SGD", "LEON came first", ("SGD",)),
        ("R-CNN, and so it was made in 2013", "the rcnn of 2013", ("R-CNN",)),  # everyday words, numbers
        ("see https://x.org/warped and [there](notes/warped.md)", "", ()),
        ("<!-- prompt --> anchors <b>", "", ("anchors",)),
        ("残差连接让梯度直通", "残差很好", ("连接", "梯度直通")),
        ("残差连接", "残差与连接", ()),
        ("用ResNet做恒等映射", "", ("ResNet", "恒等映射")),
        ("さくらネットワーク", "さくら", ("ネットワーク",)),
        ("", "anything", ()),
        ("a [/b] z \x1b]52;c;x\x07 anchors", "", ("anchors",)),
    ],
)
def test_what_a_text_lacks(note: str, text: str, found: tuple[str, ...]) -> None:
    assert hints([note], text) == [found]


def test_what_the_other_notes_seldom_say_comes_first() -> None:
    notes = [
        "The map shares features. Anchors, anchors, features.",
        "Pooling of features.",
        "features, a map",
    ]
    assert hints(notes, "")[0] == ("Anchors", "shares", "features", "map")
    assert [len(some) for some in hints(["alpha beta gamma delta"], "", most=2)] == [2]


def test_where_the_words_of_a_note_stand() -> None:
    text = "Every crop was warped; then 残差连接 came."
    spans = echoes(["Crops are warped.", "用残差连接", "then and came"], text)
    assert [[text[a:b] for a, b in some] for some in spans] == [["crop", "warped"], ["残差连接"], []]


def test_what_every_note_says_is_no_echo() -> None:
    notes = ["features, anchors", "features", "features"]
    assert [len(some) for some in echoes(notes, "anchors and features")] == [1, 0, 0]


@given(st.lists(TEXT, max_size=3), TEXT)
@examples(150)
def test_hints_come_from_the_note_and_are_not_in_the_text(notes: list[str], text: str) -> None:
    found = hints(notes, text)
    assert len(found) == len(notes) and all(len(some) <= MOST_HINTS for some in found)
    said = set(words(text))
    for some in found:
        assert len(set(some)) == len(some)
        for hint in some:
            assert any(word not in said for word in words(hint)) or len(words(hint)) > 1
    assert not any(hints([note], note)[0] for note in notes), "a text that is the note lacks nothing"
    for spans in echoes(notes, text):
        flat = [place for span in spans for place in span]
        assert flat == sorted(flat) and all(0 <= place <= len(text) for place in flat)
