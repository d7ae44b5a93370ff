"""Papers tagged and rated; marks through merge, rename, removal and undo."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrail.domain.errors import BadInput, NotFound
from papertrail.domain.paper import Status
from papertrail.domain.tags import MOST_LETTERS, rating_of, tags_in
from papertrail.domain.text import clean_line, fold
from papertrail.library import Library
from tests.examples import examples
from tests.trails import HOSTILE_TITLES, asked, opened, small_trail


def marks(library: Library, key: str) -> tuple[int | None, tuple[str, ...]]:
    paper = library.papers.get(key).summary
    return paper.rating, paper.tags


def own(library: Library) -> list[str]:
    """Return what the reader did, the newest first."""
    return [past.what for past in library.undo.stacks().done if past.is_own]


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return opened(small_trail(tmp_path / "trail"))


def test_several_papers_get_and_lose_tags_in_one_step(library: Library) -> None:
    library.tags.change(["rcnn", "adam"], add=["old"])
    told = library.tags.change(["rcnn", "sppnet", "rcnn"], add=["to show", "待读"], remove=["old"])
    assert [(one.paper.key, one.added, one.removed) for one in told] == [
        ("rcnn", ("to show", "待读"), ("old",)),
        ("sppnet", ("to show", "待读"), ()),
    ]
    assert marks(library, "rcnn") == (None, ("to show", "待读"))
    assert [(one.name, one.papers) for one in library.tags.all()] == [("old", 1), ("to show", 2), ("待读", 2)]
    assert library.undo.undo().past.what == "rcnn and sppnet +to show, +待读 and −old"
    assert marks(library, "rcnn") == (None, ("old",)) and marks(library, "sppnet") == (None, ())


@pytest.mark.parametrize(
    ("first", "then"), [("CNN", "cnn"), ("Léon", "leon"), ("Ｃ++", "c++"), ("to  show", "to show")]
)
def test_a_tag_is_taken_as_it_was_first_written(library: Library, first: str, then: str) -> None:
    (name,) = tags_in(first)
    library.tags.change(["rcnn"], add=[name])
    (told,) = library.tags.change(["rcnn"], add=tags_in(then))
    assert not told.is_news
    library.tags.change(["adam"], add=tags_in(then))
    assert [(one.name, one.papers) for one in library.tags.all()] == [(name, 2)]
    library.tags.change(["rcnn", "adam"], remove=tags_in(then))
    assert library.tags.all() == []


def test_nothing_is_done_where_something_is_wrong(library: Library) -> None:
    with pytest.raises(NotFound):
        library.tags.change(["rcnn", "gone"], add=["x"])
    with pytest.raises(BadInput, match="both given and taken"):
        library.tags.change(["rcnn"], add=["X"], remove=["x"])
    for wrong in (6, -1):
        with pytest.raises(BadInput, match="no rating"):
            library.tags.change(["rcnn"], rating=wrong)
    assert library.tags.all() == [] and not own(library)


def test_what_changes_nothing_leaves_no_operation(library: Library) -> None:
    library.tags.change(["rcnn"], remove=["x"], rating=0)
    library.tags.change(["rcnn"])
    assert not own(library)


def test_a_rating_leaves_the_status_and_survives_it(library: Library) -> None:
    (told,) = library.tags.change(["rcnn"], rating=4)
    assert told.rated and told.paper.status is Status.UNREAD and not told.paper.is_read
    for status in Status:
        library.statuses.set(["rcnn"], status)
        assert marks(library, "rcnn") == (4, ())
    library.statuses.go_back(["rcnn"])
    assert marks(library, "rcnn") == (4, ())
    assert not library.tags.change(["rcnn"], rating=4)[0].is_news
    library.tags.change(["rcnn"], rating=0)
    assert marks(library, "rcnn") == (None, ())
    assert library.undo.undo().past.what == "rcnn rating off"
    assert marks(library, "rcnn") == (4, ())


def test_a_rated_paper_is_as_unread_as_before(library: Library) -> None:
    before = [one.paper.key for one in library.agenda.next(6)]
    library.tags.change(before, rating=1)
    assert [one.paper.key for one in library.agenda.next(6)] == before
    assert len(asked(library, "status:unread")) == 6


def test_both_at_once_are_one_step(library: Library) -> None:
    library.tags.change(["rcnn"], rating=2)
    library.tags.change(["rcnn", "adam"], add=["x"], rating=5)
    assert library.undo.undo().past.what == "rcnn and adam +x, rated 5"
    assert marks(library, "rcnn") == (2, ()) and marks(library, "adam") == (None, ())
    library.undo.redo()
    assert marks(library, "rcnn") == marks(library, "adam") == (5, ("x",))


def test_a_merge_takes_the_tags_of_both_and_the_rating_of_the_one_that_stays(library: Library) -> None:
    library.tags.change(["rcnn"], add=["CNN", "first"], rating=2)
    library.tags.change(["sppnet"], add=["second"])
    library.tags.change(["fast-rcnn"], add=["CNN"], rating=5)
    library.unions.merge("rcnn", "sppnet")
    assert marks(library, "sppnet") == (2, ("CNN", "first", "second"))
    library.unions.merge("sppnet", "fast-rcnn")
    assert marks(library, "fast-rcnn") == (5, ("CNN", "first", "second"))
    assert [one.papers for one in library.tags.all()] == [1, 1, 1]
    library.undo.undo()
    library.undo.undo()
    assert marks(library, "rcnn") == (2, ("CNN", "first")) and marks(library, "sppnet") == (None, ("second",))


def test_tags_go_with_a_key_and_with_the_paper(library: Library) -> None:
    library.tags.change(["rcnn"], add=["x"], rating=3)
    library.corrections.rename("rcnn", "regions")
    assert marks(library, "rcnn") == marks(library, "regions") == (3, ("x",))
    library.corrections.remove("regions")
    assert library.tags.all() == []
    library.undo.undo()
    assert marks(library, "regions") == (3, ("x",))


def test_a_paper_that_was_tagged_since_stays(library: Library) -> None:
    """Undo of an older operation names the tag that stands in its way."""
    from papertrail.domain.facts import read_facts

    key = library.corrections.add(read_facts([("title", "New")])).paper.key
    added = library.undo.stacks().done[0]
    library.tags.change([key], add=["x"])
    with pytest.raises(Exception, match=r"\+x .* came after it"):
        library.undo.undo(added.op)


@pytest.mark.parametrize("text", ["x" * (MOST_LETTERS + 1), "\u0301", "残" * 61])
def test_what_can_be_no_tag_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        tags_in(text)


@pytest.mark.parametrize("text", HOSTILE_TITLES[:-1])
def test_any_text_is_a_tag_once_it_is_clean(library: Library, text: str) -> None:
    library.tags.change(["rcnn"], add=tags_in(text))
    assert marks(library, "rcnn")[1] == (clean_line(text),)
    assert library.undo.undo()


@given(st.text(max_size=80))
@examples(200)
def test_tags_are_clean_lines_without_commas_each_once(text: str) -> None:
    try:
        found = tags_in(text)
    except BadInput:
        return
    assert all(name == clean_line(name) and 0 < len(name) <= MOST_LETTERS for name in found)
    assert not any(comma in name for name in found for comma in ",，、\n")
    assert len({fold(name) for name in found}) == len(found)
    assert tags_in(", ".join(found)) == found


@pytest.mark.parametrize(
    ("text", "rating"), [("1", 1), (" 5 ", 5), ("0", 0), ("None", 0), ("５", 5), ("４", 4)]
)
def test_ratings_are_read(text: str, rating: int) -> None:
    assert rating_of(text) == rating


@pytest.mark.parametrize("text", ["6", "", "-1", "4.5", "55", "a [/b] z", "五"])
def test_what_is_no_rating_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="no rating"):
        rating_of(text)
