"""Lineages changed by hand: order, names, links; nothing of it touches a paper."""

import sqlite3
from pathlib import Path

import pytest

from papertrail.domain.errors import BadInput, NotFound
from papertrail.domain.paper import PaperQuery, Status
from papertrail.library import Home
from tests.trails import opened, small_trail

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
        assert library.put_in_lineage("Speed", ["adam", "rcnn", "adam"]) == (True, ["adam", "rcnn"])
        assert library.put_in_lineage("Speed", ["rcnn", "sppnet"]) == (False, ["sppnet"])
        assert library.move_in_lineage("Speed", "sppnet", "adam") == ["adam", "sppnet", "rcnn"]
        assert library.move_in_lineage("Speed", "rcnn", None) == ["rcnn", "adam", "sppnet"]
        assert library.move_in_lineage("Speed", "rcnn", "rcnn") == ["rcnn", "adam", "sppnet"]
        library.take_out_of_lineage("Speed", ["adam"])
        assert library.rename_lineage("Speed", "  Fast\nones ") == "Fast ones"
        assert [p.key for p in library.papers(PaperQuery(lineage="Fast ones"))] == ["rcnn", "sppnet"]
        assert library.lineages_with(["rcnn", "sppnet"]) == [R, "Fast ones"]
        library.set_status(["rcnn"], Status.READ)
        assert library.remove_lineage("Fast ones") == 2
        assert list(library.lineage_members()) == [R, S]
        assert library.paper("rcnn").summary.status is Status.READ, "papers stay"
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
                library.put_in_lineage(name, ["rcnn"])
        with pytest.raises(NotFound, match="no paper has the key nobody"):
            library.put_in_lineage("New", ["rcnn", "nobody"])
        with pytest.raises(BadInput, match="there is a lineage SGD already"):
            library.rename_lineage(R, S)
        with pytest.raises(NotFound, match="adam is not in R-CNN"):
            library.move_in_lineage(R, "rcnn", "adam")
        with pytest.raises(NotFound, match="adam is not in R-CNN"):
            library.take_out_of_lineage(R, ["rcnn", "adam"])
        for wrong in (
            lambda: library.remove_lineage("nothing"),
            lambda: library.rename_lineage("nothing", "New"),
            lambda: library.move_in_lineage("nothing", "rcnn", None),
            lambda: library.set_lineage_active("nothing", True),
        ):
            with pytest.raises(NotFound, match="no lineage is called nothing"):
                wrong()
        assert library.lineage_members() == {R: RCNN, S: ["robbins-monro", "adam"]}
    assert journal(home) == before


def test_links(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        assert library.link("adam", "rcnn")
        assert not library.link("adam", "rcnn")
        assert [p.key for p in library.paper("adam").builds_on] == ["rcnn", "robbins-monro"]
        before = journal(home)
        with pytest.raises(BadInput, match="rcnn → adam → rcnn is a circle") as refused:
            library.link("rcnn", "adam")
        assert refused.value.exit_code == 2
        with pytest.raises(BadInput, match="rcnn → faster-rcnn → fast-rcnn → rcnn is a circle"):
            library.link("rcnn", "faster-rcnn")
        with pytest.raises(BadInput, match="adam → adam is a circle"):
            library.link("adam", "adam")
        with pytest.raises(NotFound, match="sppnet does not build on adam"):
            library.unlink("sppnet", "adam")
        with pytest.raises(NotFound):
            library.link("adam", "nobody")
        assert journal(home) == before
        library.unlink("adam", "rcnn")
        assert [p.key for p in library.paper("adam").builds_on] == ["robbins-monro"]
    assert [row[:2] for row in journal(home)[-2:]] == [("link", "adam"), ("link", "adam")]
