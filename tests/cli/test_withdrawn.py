"""What arXiv says of a paper besides its abstract is shown, most of all that it was withdrawn."""

import pytest

from tests.arxiv_server import ArxivServer, record
from tests.cli.program import Program
from tests.cli.test_hostile import assert_inert

GONE = "This paper has been withdrawn by the author; superseded by arXiv:1706.03762"


@pytest.mark.parametrize(
    ("comment", "notice"),
    [
        (GONE, "withdrawn, superseded by arXiv:1706.03762"),
        ("12 pages, withdrawn from the market long ago", None),
        ("Superceded by arXiv:1706.03762v2", "superseded by arXiv:1706.03762"),
        ("10 pages, 3 figures", None),
        (None, None),
    ],
)
def test_a_withdrawn_paper_has_a_sign(program: Program, comment: str | None, notice: str | None) -> None:
    paper = record("2401.00001", "A short life", comment=comment, journal_ref="J. Irr. Res. 3 (2024)")
    with ArxivServer((paper,)) as server:
        added = program.run("add", "2401.00001", env=server.env())
    assert added.code == 0
    told = program.run("show", "2401.00001", "--json").json
    assert (told["notice"], told["venue"]) == (notice, "J. Irr. Res. 3 (2024)")
    shown = program.ok("show", "2401.00001")
    assert (notice or "withdrawn by arXiv") in shown or notice is None
    assert (f"comment: {comment}" in " ".join(shown.split())) is (comment is not None)
    assert ("⊘ A short life" in program.ok("list")) is (notice is not None)
    legend = program.in_terminal("list")[1].decode()
    assert ("⊘ withdrawn or superseded" in legend) is (notice is not None)


def test_comments_are_inert(program: Program) -> None:
    hostile = "withdrawn by the author \x1b]52;c;aGk=\x07 a [/b] z"
    with ArxivServer((record("2401.00001", comment=hostile, journal_ref=hostile),)) as server:
        program.run("add", "2401.00001", env=server.env())
    assert_inert(program.in_terminal("show", "2401.00001")[1])
