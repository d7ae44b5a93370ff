"""What undo does where not everything can be taken back."""

from pathlib import Path

import pytest

from papertrail.domain.errors import Conflict, NotFound
from papertrail.domain.paper import Status
from tests.trails import NOTE, opened, small_trail


def test_what_stands_under_one_that_stays_is_passed_and_told(tmp_path: Path) -> None:
    with opened(small_trail(tmp_path)) as library:
        library.statuses.set(["adam"], Status.DROPPED)
        first = library.notes.save("rcnn", NOTE, None)
        second = library.notes.save("rcnn", NOTE + "more\n", first.sha256)
        (kept,) = (library.home.private / "history" / "rcnn").glob(f"*-{first.sha256}.md.gz")
        kept.unlink()  # as thinning does in time
        begun = library.undo.stacks().done[1].op
        assert [bool(past.why_final) for past in library.undo.stacks().done[:3]] == [True, True, False]
        assert library.undo.next().past.what == "adam unread → dropped"
        taken = library.undo.undo()
        assert taken.past.what == "adam unread → dropped"
        assert [past.why_final for past in taken.passed] == [
            "the text of the note is no longer kept",
            "what stays after it changed the same thing",
        ]
        assert library.notes.version("rcnn") == second.sha256
        with pytest.raises(Conflict, match="came after it"):
            library.undo.undo(begun)
        with pytest.raises(NotFound, match="stays"):
            library.undo.undo()
