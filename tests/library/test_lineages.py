"""Lineages changed by hand: order, names, links; nothing of it touches a paper."""

import sqlite3
from pathlib import Path

import pytest

from papertrail.domain.errors import BadInput, NotFound
from papertrail.domain.paper import Status
from papertrail.library import Home
from tests.trails import asked, opened, small_trail

R, S = "R-CNN to Faster R-CNN", "SGD"
RCNN = ["rcnn", "sppnet", "fast-rcnn", "faster-rcnn"]


def journal(home: Home) -> list[tuple[str, str | None, str | None, str | None]]:
    connection = sqlite3.connect(home.private / "library.db")
    try:
        sql = "SELECT verb, paper, before, after FROM journal WHERE verb IN ('lineage', 'link') ORDER BY id"
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def test_a_lineage_is_made_ordered_renamed_and_removed(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        before = len(journal(home))
        assert library.lineages.put("Speed", ["adam", "rcnn", "adam"]) == (True, ["adam", "rcnn"])
        assert library.lineages.put("Speed", ["rcnn", "sppnet"]) == (False, ["sppnet"])
        assert library.lineages.move("Speed", "sppnet", "adam") == ["adam", "sppnet", "rcnn"]
        assert library.lineages.move("Speed", "rcnn", None) == ["rcnn", "adam", "sppnet"]
        assert library.lineages.move("Speed", "rcnn", "rcnn") == ["rcnn", "adam", "sppnet"]
        library.lineages.take_out("Speed", ["adam"])
        assert library.lineages.rename("Speed", "  Fast\nones ") == "Fast ones"
        assert [p.key for p in asked(library, 'lineage:"Fast ones"')] == ["rcnn", "sppnet"]
        assert library.lineages.holding(["rcnn", "sppnet"]) == [R, "Fast ones"]
        library.statuses.set(["rcnn"], Status.READ)
        assert library.lineages.remove("Fast ones") == 2
        assert list(library.lineages.members()) == [R, S]
        assert library.papers.get("rcnn").summary.status is Status.READ, "papers stay"
    assert [(verb, paper) for verb, paper, _, _ in journal(home)[before:]] == [
        ("lineage", None),
        ("lineage", "adam"),
        ("lineage", "rcnn"),
        ("lineage", "sppnet"),
        ("lineage", "sppnet"),
        ("lineage", "rcnn"),
        ("lineage", "adam"),
        ("lineage", None),
        ("lineage", None),
    ]


def test_what_cannot_be_done_changes_nothing(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        before = journal(home)
        for name in ("", " \x1b ", "a;b", "x" * 121):
            with pytest.raises(BadInput):
                library.lineages.put(name, ["rcnn"])
        with pytest.raises(NotFound, match="no paper has the key nobody"):
            library.lineages.put("New", ["rcnn", "nobody"])
        with pytest.raises(BadInput, match="there is a lineage SGD already"):
            library.lineages.rename(R, S)
        with pytest.raises(NotFound, match="adam is not in R-CNN"):
            library.lineages.move(R, "rcnn", "adam")
        with pytest.raises(NotFound, match="adam is not in R-CNN"):
            library.lineages.take_out(R, ["rcnn", "adam"])
        for wrong in (
            lambda: library.lineages.remove("nothing"),
            lambda: library.lineages.rename("nothing", "New"),
            lambda: library.lineages.move("nothing", "rcnn", None),
            lambda: library.lineages.set_active("nothing", True),
        ):
            with pytest.raises(NotFound, match="no lineage is called nothing"):
                wrong()
        assert library.lineages.members() == {R: RCNN, S: ["robbins-monro", "adam"]}
    assert journal(home) == before


def test_links(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        assert library.lineages.link("adam", "rcnn")
        assert not library.lineages.link("adam", "rcnn")
        assert [p.key for p in library.papers.get("adam").builds_on] == ["rcnn", "robbins-monro"]
        before = journal(home)
        with pytest.raises(BadInput, match="rcnn → adam → rcnn is a circle") as refused:
            library.lineages.link("rcnn", "adam")
        assert refused.value.exit_code == 2
        with pytest.raises(BadInput, match="rcnn → faster-rcnn → fast-rcnn → rcnn is a circle"):
            library.lineages.link("rcnn", "faster-rcnn")
        with pytest.raises(BadInput, match="adam → adam is a circle"):
            library.lineages.link("adam", "adam")
        with pytest.raises(NotFound, match="sppnet does not build on adam"):
            library.lineages.unlink("sppnet", "adam")
        with pytest.raises(NotFound):
            library.lineages.link("adam", "nobody")
        assert journal(home) == before
        library.lineages.unlink("adam", "rcnn")
        assert [p.key for p in library.papers.get("adam").builds_on] == ["robbins-monro"]
    assert [row[:2] for row in journal(home)[-2:]] == [("link", "adam"), ("link", "adam")]
