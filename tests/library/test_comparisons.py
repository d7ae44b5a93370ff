"""Several notes read down one question."""

from pathlib import Path

import pytest

from papertrail.domain.errors import NotFound
from papertrail.domain.paper import Status
from papertrail.library import Library
from tests.trails import NOTE, opened, small_trail

FAST = """# Fast R-CNN

## Problem

One pass a region.

## Ablations

SVM: 66.9.
"""
LIMITS = "Limits and what I would change"


def answers_of(library: Library, keys: list[str], section: str) -> list[tuple[str, bool]]:
    question = library.comparisons.of_papers(keys).question(section)
    return [(answer.text, answer.owed) for answer in question.answers]


def test_papers_in_the_order_asked_and_what_is_owed(tmp_path: Path) -> None:
    with opened(small_trail(tmp_path)) as library:
        library.notes.save("rcnn", NOTE, None)
        library.notes.save("fast-rcnn", FAST, None)
        library.statuses.set(["rcnn"], Status.READ)
        compared = library.comparisons.of_papers(["fast-rcnn", "adam", "rcnn", "adam"])
        assert [paper.key for paper in compared.papers] == ["fast-rcnn", "adam", "rcnn"]
        assert compared.papers[2].counted
        assert [q.name for q in compared.questions][:2] == ["Problem", "Prior work and its weakness"]
        assert compared.questions[-1].name == "Ablations" and not compared.questions[-1].required
        assert [q.name for q in compared.questions if q.required] == [
            "Problem",
            "Key idea: why did the authors design it this way?",
            LIMITS,
        ]
        keys = ["fast-rcnn", "adam", "rcnn"]
        assert answers_of(library, keys, "limits") == [
            ("", True),
            ("", True),
            ("Anchors are a hand-made prior.", False),
        ]
        assert answers_of(library, keys, "ablations") == [("SVM: 66.9.", False), ("", False), ("", False)]
        assert answers_of(library, keys, "evid") == [("", False)] * 3


def test_headings_of_ones_own_meet_whatever_their_spelling(tmp_path: Path) -> None:
    with opened(small_trail(tmp_path)) as library:
        library.notes.save("rcnn", FAST, None)
        library.notes.save("adam", "## **ablations:**\nNone.\n", None)
        assert answers_of(library, ["rcnn", "adam"], "ablations") == [("SVM: 66.9.", False), ("None.", False)]


def test_a_lineage_in_its_order(tmp_path: Path) -> None:
    with opened(small_trail(tmp_path)) as library:
        compared = library.comparisons.of_lineage("R-CNN to Faster R-CNN")
        assert [paper.key for paper in compared.papers] == ["rcnn", "sppnet", "fast-rcnn", "faster-rcnn"]
        assert all(len(question.answers) == 4 for question in compared.questions)
        with pytest.raises(NotFound, match="no lineage is called R-CNN"):
            library.comparisons.of_lineage("R-CNN")


def test_nothing_is_written_and_mistakes_are_one_line(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        with pytest.raises(NotFound, match="no paper has the key nobody"):
            library.comparisons.of_papers(["rcnn", "nobody"])
        library.comparisons.of_papers(["rcnn", "adam"])
        assert library.comparisons.of_papers([]).papers == ()
        assert not list(home.notes.glob("*")), "no note is made by looking"
        library.notes.save("rcnn", NOTE, None)
        (home.notes / "rcnn.md").write_bytes(b"\xff\xfe## Problem\n")
        comparison = library.comparisons.of_papers(["rcnn", "adam"])
        assert list(comparison.unreadable) == ["rcnn"]
        assert "rcnn.md is not UTF-8 text" in comparison.unreadable["rcnn"]
        assert not any(question.answers[0].text for question in comparison.questions)


def test_what_papers_changed_of_their_parents(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        note = "## Prior\n### from RCNN\nOne **pass**.\n### from adam\nNo link.\n### from nobody\nNo paper.\n"
        library.notes.save("fast-rcnn", note, None)
        library.notes.save("faster-rcnn", "## Key idea\n### from fast-rcnn\nProposals by a network.\n", None)
        assert library.comparisons.changes(["faster-rcnn", "fast-rcnn", "rcnn", "nobody", "faster-rcnn"]) == {
            ("faster-rcnn", "fast-rcnn"): "Proposals by a network.",
            ("fast-rcnn", "rcnn"): "One pass.",
        }
        library.lineages.unlink("fast-rcnn", "rcnn")
        (home.notes / "faster-rcnn.md").write_bytes(b"\xff")
        assert library.comparisons.changes(["faster-rcnn", "fast-rcnn"]) == {}, (
            "one bad note does not cost the map"
        )
