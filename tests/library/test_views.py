"""Queries saved by name."""

from pathlib import Path

import pytest

from papertrail.domain.errors import BadInput, NotFound
from papertrail.domain.views import LONGEST_NAME
from papertrail.library import Library
from tests.trails import opened, small_trail


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return opened(small_trail(tmp_path / "trail"))


def test_views_keep_their_order_and_are_taken_back(library: Library) -> None:
    library.views.save("待读", "status:unread  tag:待读")
    library.views.save("R-CNN read", "status:read rcnn")
    saved = library.views.save("r–cnn READ", "owed")
    assert (saved.view.name, saved.view.query, saved.before) == ("R-CNN read", "owed", "status:read rcnn")
    assert [tuple(view) for view in library.views.all()] == [
        ("待读", "status:unread tag:待读"),
        ("R-CNN read", "owed"),
    ]
    removed = library.views.remove("r-cnn read")
    assert removed.query == "owed" and len(library.views.all()) == 1
    told = [library.undo.undo().past.what for _ in range(4)]
    assert told == [
        "view R-CNN read removed",
        "view R-CNN read changed",
        "view R-CNN read saved",
        "view 待读 saved",
    ]
    assert library.views.all() == []


def test_the_same_again_leaves_no_operation(library: Library) -> None:
    library.views.save("x", "owed")
    library.views.save("X", "owed")
    assert sum(past.is_own for past in library.undo.stacks().done) == 1


@pytest.mark.parametrize(
    "query", ["", "  ", "lineag:yolo", "year:2018..2015", '"open', "status:", "(a", "sort:-"]
)
def test_a_query_that_is_not_understood_is_not_saved(library: Library, query: str) -> None:
    with pytest.raises(BadInput):
        library.views.save("x", query)
    assert library.views.all() == [] and not any(past.is_own for past in library.undo.stacks().done)


@pytest.mark.parametrize("name", ["", " \x1b ", "—", "x" * (LONGEST_NAME + 1)])
def test_a_name_that_can_be_none_is_refused(library: Library, name: str) -> None:
    if name == "—":  # a dash alone is told from others by itself
        assert library.views.save(name, "owed").view.name == name
        return
    with pytest.raises(BadInput):
        library.views.save(name, "owed")


def test_a_view_is_found_by_its_beginning_but_removed_by_its_name(library: Library) -> None:
    library.views.save("to write", "owed")
    library.views.save("a [/b] z", "rcnn")
    assert [view.name for view in library.views.fitting("to")] == ["to write"]
    assert [view.name for view in library.views.fitting("[/B]")] == ["a [/b] z"]
    for text in ("to", "gone"):
        with pytest.raises(NotFound):
            library.views.remove(text)
    with pytest.raises(BadInput):
        library.views.fitting(" ")
    assert len(library.views.all()) == 2


@pytest.mark.parametrize(
    "name", ["Queue", "queue", "All papers", "all-PAPERS", "all", "SGD", "sgd", "r-cnn to faster r–cnn"]
)
def test_a_name_that_stands_beside_views_is_refused(library: Library, name: str) -> None:
    with pytest.raises(BadInput) as refused:
        library.views.save(name, "owed")
    assert len(str(refused.value).splitlines()) == 1
    assert library.views.all() == [] and not any(past.is_own for past in library.undo.stacks().done)


def test_a_view_that_was_there_before_the_lineage_gets_its_query(library: Library) -> None:
    library.views.save("Nets", "owed")
    library.lineages.put("nets", ["rcnn"])
    assert library.views.save("Nets", "rcnn").before == "owed"
    library.views.save("R-CNN", "rcnn")  # the beginning of a lineage's name is another name
