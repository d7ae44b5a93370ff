"""What is close to what one reads comes first, and every reason for it is true."""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrail.domain.inbox.announcement import Announcement, AnnounceType
from papertrail.domain.inbox.model import KnownPaper, Model, from_json, learn, to_json
from papertrail.domain.inbox.ranking import KnownAuthor, KnownName, Likeness, Muted, Ranked, by_date, rank
from papertrail.domain.inbox.terms import words
from papertrail.domain.text import fold
from tests.cases import each
from tests.domain.inbox.readers import MONDAY, READERS, announcement, measured, topic_of, trail, week
from tests.examples import examples

DOCS = Path(__file__).parent.parent.parent.parent / "docs" / "INBOX.md"


@each("reader", READERS)
def test_the_table_of_the_documents_is_what_the_command_works_out(reader: str) -> None:
    found = measured(reader)
    assert found.row(reader) in DOCS.read_text(encoding="utf-8").splitlines(), found.row(reader)
    if reader != "Chinese notes left out":
        assert found.ranked > 0.8 and max(found.newest, found.random) < 0.2


# Trails and announcements of few words, so that many are shared, some of them names, some everybody's.
WORDS = (
    "resnet adam yolo residual depth anchor gradient box step the of and we learning network feature"
    " R-CNN VGG-16 2d 残差网络 残差连接 优化器 naïve"
)
TEXT = st.lists(st.sampled_from(WORDS.split()), max_size=12).map(" ".join)
AUTHORS = st.lists(
    st.sampled_from(["Ada Example", "Léon Bottou", "Leon Bottou", "何恺明", "Bo"]), max_size=3
).map(tuple)
HEAD = st.sampled_from(["", "", "ResNet: ", "Mask R-CNN: ", "The: ", "Adam: "])
KEYS = ("resnet", "adam", "mask-rcnn", "yolo", "he2015deep", "vgg-16")
LINEAGES = st.sampled_from([(), ("residual",), ("one", "residual")])
PAPERS = st.lists(
    st.builds(
        KnownPaper,
        key=st.sampled_from(KEYS),
        title=st.builds("{}{}".format, HEAD, TEXT),
        authors=AUTHORS,
        abstract=TEXT,
        note=TEXT,
        lineages=LINEAGES,
        weight=st.sampled_from([0.0, 0.3, 1.0]),
    ),
    max_size=6,
    unique_by=lambda paper: paper.key,
)
TOLD = st.lists(st.tuples(TEXT, TEXT, AUTHORS), max_size=8).map(
    lambda all_: [
        replace(announcement(number, title, abstract), authors=authors)
        for number, (title, abstract, authors) in enumerate(all_)
    ]
)


def spelled(text: str) -> str:
    return " ".join(["", *re.findall(r"[^\W_]+", text.lower()), ""])


def check_reason(
    reason: Likeness | KnownName | KnownAuthor, item: Announcement, trail_: list[KnownPaper]
) -> None:
    """Look the reason up in the texts, not in the model."""
    by_key = {paper.key: paper for paper in trail_}
    match reason:
        case Likeness():
            said = words(f"{item.title} {item.abstract}")
            held = {
                key: set(words(f"{by_key[key].title} {by_key[key].abstract} {by_key[key].note}"))
                for key in reason.papers
            }
            assert 1 <= len(reason.papers) <= 2 and 1 <= len(reason.words) <= 3
            for word in reason.words:
                assert word in said and any(word in some for some in held.values())
            for key in reason.papers:
                assert held[key] & {*reason.words}
                assert reason.lineage in (by_key[key].lineages or ("",))
            assert str(reason) == f"like {', '.join(reason.papers)}: {', '.join(reason.words)}"
        case KnownName():
            paper = by_key[reason.key]
            assert reason.name in (paper.key, paper.title.split(":")[0])
            assert spelled(reason.name) in spelled(item.title if reason.in_title else item.abstract)
            assert str(reason) == f"builds on a name you know: {reason.name}"
        case KnownAuthor():
            assert reason.author in item.authors
            of = [paper for paper in trail_ if fold(reason.author) in {fold(name) for name in paper.authors}]
            assert reason.papers == len(of) >= 2


@given(papers=PAPERS, told=TOLD, skipped=TOLD)
@examples(60)
def test_every_reason_is_true_of_the_announcement(
    papers: list[KnownPaper], told: list[Announcement], skipped: list[Announcement]
) -> None:
    model = learn(papers, told, skipped)
    ranked = rank(model, told)
    assert {one.announcement.arxiv_id for one in ranked} == {one.arxiv_id for one in told}
    assert [one.is_near for one in ranked] == sorted((one.is_near for one in ranked), reverse=True)
    for one in ranked:
        assert one.reasons or not one.is_near
        for reason in one.reasons:
            check_reason(reason, one.announcement, papers)
    kept = from_json(to_json(model))
    assert kept is not None
    for one in rank(kept, told):
        for reason in one.reasons:
            check_reason(reason, one.announcement, papers)


@each("reader", READERS)
def test_reasons_of_whole_trails_are_true(reader: str) -> None:
    random = Random(7)
    papers, told = trail(reader, random), [one for one, _ in week(topic_of(reader), random)]
    for one in rank(learn(papers, told), told):
        for reason in one.reasons:
            check_reason(reason, one.announcement, papers)


def learnt(reader: str = "detection") -> tuple[list[KnownPaper], list[tuple[Announcement, str]], Model]:
    random = Random(3)
    papers, told = trail(reader, random), week(topic_of(reader), random)
    return papers, told, learn(papers, [one for one, _ in told])


def near(ranked: tuple[Ranked, ...]) -> list[str]:
    return [one.announcement.arxiv_id for one in ranked if one.is_near]


@pytest.mark.parametrize("reader", ["detection", "optimisation", "Chinese notes"])
def test_most_of_what_is_near_is_the_reader_s_and_the_rest_is_still_there(reader: str) -> None:
    _, told, model = learnt(reader)
    topic = {one.arxiv_id: topic for one, topic in told}
    ranked = rank(model, [one for one, _ in told])
    own = [topic[id_] == topic_of(reader) for id_ in near(ranked)]
    assert sum(own) >= 5 and sum(own) / len(own) > 0.7
    assert len(ranked) == len(told)


def test_on_a_thin_day_nothing_is_near() -> None:
    _, told, model = learnt()
    far = [one for one, topic in told if topic in ("language", "robots", "speech", "graphs", "security")]
    assert len(far) > 20 and near(rank(model, far)) == []


def test_what_was_skipped_makes_its_like_sink_and_what_was_taken_makes_it_rise() -> None:
    papers, told, model = learnt()
    every = [one for one, _ in told]
    liked = {one.arxiv_id for one, topic in told if topic == "tracking"}
    sample = [one for one, topic in told if topic == "tracking"][:2]

    def mean_score(some: Model) -> float:
        scores = [one.score for one in rank(some, every) if one.announcement.arxiv_id in liked]
        return sum(scores) / len(scores)

    taken = [KnownPaper(f"taken-{one.arxiv_id}", one.title, (), one.abstract) for one in sample]
    before = mean_score(model)
    assert mean_score(learn(papers, every, sample)) < before - 0.01
    assert mean_score(learn([*papers, *taken], every)) > before + 0.05


def test_the_model_stays_the_same_as_json() -> None:
    _, told, model = learnt()
    every = [one for one, _ in told]
    text = to_json(model)
    kept = from_json(text)
    assert kept is not None
    before, after = rank(model, every), rank(kept, every)
    assert [one.announcement for one in before[:20]] == [one.announcement for one in after[:20]]
    assert [one.reasons for one in before[:20]] == [one.reasons for one in after[:20]]
    assert len(text) < 60_000


@each("text", ["", "{", "[]", "null", "{}", '{"version":0}', '{"version":1}', '{"version":1,"x":2}'])
def test_a_damaged_model_is_none(text: str) -> None:
    assert from_json(text) is None


def test_without_papers_or_announcements_there_is_nothing_to_say() -> None:
    told = [announcement(0, "Deep residual networks", "We go deep.")]
    (one,) = rank(learn([], told), told)
    assert (one.score, one.is_near, one.reasons) == (0.0, False, ())
    papers = [KnownPaper("resnet", "Deep residual networks")]
    assert rank(learn(papers, []), []) == ()
    assert rank(learn(papers, []), told)[0].announcement == told[0]


def small(*titles: str, papers: list[KnownPaper], abstract: str = "") -> dict[str, Ranked]:
    """Rank a few titles against a background in which no word is common."""
    others = [announcement(100 + n, f"filler{n} other{n} thing{n}", "") for n in range(80)]
    told = [announcement(n, title, abstract) for n, title in enumerate(titles)]
    model = learn(papers, [*told, *others])
    return {one.announcement.title: one for one in rank(model, told)}


def test_chinese_notes_know_chinese_announcements() -> None:
    papers = [KnownPaper("resnet", "Untitled", note="残差连接让网络更深，梯度不会消失。")]
    found = small("残差连接的新解释", "量子计算综述", papers=papers)
    first, second = found.values()
    assert first.announcement.title == "残差连接的新解释" and first.is_near and not second.is_near
    assert str(first.reasons[0]).startswith("like resnet: ") and "残差" in str(first.reasons[0])


def test_notes_in_another_language_weigh_nothing_down() -> None:
    title = "residual depth"
    bare = [KnownPaper("resnet", title), KnownPaper("sgd", "gradient step")]
    noted = [replace(paper, note="这是中文笔记，写了很多很多字。" * 40) for paper in bare]
    one, other = (small("residual depth again", papers=some) for some in (bare, noted))
    assert one["residual depth again"].score == pytest.approx(other["residual depth again"].score)


@each(
    ("title", "name"),
    [
        ("Fast ResNet for phones", "resnet"),
        ("Sparse Mask R-CNN", "Mask R-CNN"),
        ("sparse mask r cnn", "Mask R-CNN"),
        ("Mask RCNN again", "mask-rcnn"),
        ("Better than (YOLO)", "yolo"),
        ("Yolonets", None),
        ("Masks for R-CNN", None),
        ("The study of nothing", None),
    ],
)
def test_a_name_of_the_trail_in_a_title_is_near(title: str, name: str | None) -> None:
    papers = [
        KnownPaper("resnet", "Deep Residual Learning for Image Recognition"),
        KnownPaper("mask-rcnn", "Mask R-CNN: a framework"),
        KnownPaper("yolo", "You Only Look Once: Unified, Real-Time Object Detection"),
        KnownPaper("he2015deep", "The: study"),
    ]
    found = small(title, papers=papers)[title]
    names = [reason.name for reason in found.reasons if isinstance(reason, KnownName)]
    assert names == ([name] if name else [])
    assert found.is_near or name is None


def test_a_name_that_half_of_all_papers_hold_is_a_word_like_others() -> None:
    papers = [KnownPaper("attention", "Attention: a study of everything")]
    told = [announcement(n, f"attention thing{n}", "") for n in range(20)]
    ranked = rank(learn(papers, told), told)
    assert not any(isinstance(reason, KnownName) for one in ranked for reason in one.reasons)


def test_an_author_of_three_papers_here_is_near_whatever_it_is_about() -> None:
    authors = (("Léon Bottou",), ("Leon Bottou", "Ada Example"), ("LÉON BOTTOU",))
    papers = [KnownPaper(f"paper-{n}", f"subject{n}", some) for n, some in enumerate(authors)]
    told = [
        replace(announcement(n, "Unheard of", ""), authors=(name,))
        for n, name in enumerate(("Ada Example", "Léon Bottou"))
    ]
    first, second = rank(learn(papers, told), told)
    assert first.is_near and list(map(str, first.reasons)) == ["Léon Bottou: author of three papers here"]
    assert not second.is_near and second.reasons == ()


@each(
    ("muted", "why"),
    [
        (Muted(words=["quantum"]), "word quantum"),
        (Muted(words=["QUANTUM Walks"]), "word QUANTUM Walks"),
        (Muted(words=["quant"]), ""),
        (Muted(words=["C++"]), "word C++"),
        (Muted(words=["量子"]), "word 量子"),
        (Muted(words=["naive"]), "word naive"),
        (Muted(words=["", " "]), ""),
        (Muted(authors=["ada example"]), "author ada example"),
        (Muted(authors=["Leon Bottou"]), "author Leon Bottou"),
        (Muted(authors=["Ada"]), ""),
        (Muted(categories=["CS.cv"]), "category CS.cv"),
        (Muted(categories=["cs"]), "category cs"),
        (Muted(categories=["math.GT", "c", ""]), ""),
    ],
)
def test_what_is_muted_is_left_out(muted: Muted, why: str) -> None:
    one = announcement(0, "On quantum walks", "A naïve look, in C++, at 量子计算.")
    one = replace(one, authors=("Ada Example", "Léon Bottou"), categories=("cs.CV", "math.GT"))
    assert muted.why(one) == why
    assert len(rank(learn([], [one]), [one], muted)) == len(by_date([one], muted)) == (0 if why else 1)
    assert muted.why(replace(one, title="", abstract="", authors=(), categories=())) == ""


def test_sorted_by_date_the_newest_come_first() -> None:
    one, two, three, four = (announcement(n, f"Title {n}", "") for n in range(4))
    two = replace(two, announced=MONDAY + timedelta(1))
    three = replace(three, type=AnnounceType.CROSS)
    assert by_date([four, three, two, one]) == (two, one, four, three)
