"""Long lists: through a pager on a terminal, and as far as one looks."""

from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrail.cli import output
from papertrail.cli.output import Tint
from papertrail.cli.pager import NoPager, through_pager
from papertrail.domain.paper import Status
from papertrail.domain.paper_line import PaperLine
from papertrail.domain.query.parser import parse
from papertrail.library import papers
from tests.cli.conftest import make_program
from tests.cli.program import Program
from tests.cli.test_hostile import assert_inert
from tests.trails import HOSTILE_TITLES, opened, small_trail

ROWS = tuple(
    ("Line", f"paper-{number:02}", f"{HOSTILE_TITLES[number % len(HOSTILE_TITLES)]} {number}", *[""] * 6)
    for number in range(60)
)
PLAIN = {"NO_COLOR": "1"}


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Program:
    """A trail of more papers than a screen has lines, with titles that would act upon a terminal."""
    return make_program(tmp_path_factory.mktemp("long"), ROWS)


def test_more_than_a_screenful_goes_through_less_and_q_leaves_it(long: Program) -> None:
    terminal = long.start_in_terminal("list", env=PLAIN)
    terminal.wait_for(b"paper-28")
    terminal.type("q")
    code, seen = terminal.end()
    assert code == 0
    assert b"paper-00" in seen
    assert b"paper-59" not in seen and b"60 papers" not in seen


def test_the_end_is_there_for_whoever_goes_there(long: Program) -> None:
    terminal = long.start_in_terminal("list", env=PLAIN)
    terminal.wait_for(b"paper-28")
    terminal.type("G")
    terminal.wait_for("60 papers · 0 counted · 0 owed".encode())
    terminal.type("q")
    code, seen = terminal.end()
    assert (code, b"paper-59" in seen) == (0, True)


def test_the_pager_gets_what_the_terminal_would(long: Program, tmp_path: Path) -> None:
    through = {"PAPERTRAIL_PAGER": f"cat > '{tmp_path}/seen'", "PAGER": "false", "LESS": ""}
    assert long.in_terminal("list", columns=70, env=through) == (0, b"")
    seen = (tmp_path / "seen").read_bytes()
    _, direct = long.in_terminal("list", "--no-pager", columns=70, env=through)
    assert seen == direct.replace(b"\r\n", b"\n")
    assert b"\x1b[1mpaper-00\x1b[0m" in seen
    assert_inert(seen)


@pytest.mark.parametrize(
    ("arguments", "env"),
    [
        (("--no-pager",), {}),
        ((), {"TERM": "dumb"}),
        ((), {"PAPERTRAIL_PAGER": ""}),
        ((), {"PAPERTRAIL_PAGER": "cat"}),
        ((), {"PAPERTRAIL_PAGER": " "}),
        (("paper-0",), {}),
        (("--json",), {}),
    ],
)
def test_no_pager_where_none_is_wanted(
    long: Program, tmp_path: Path, arguments: tuple[str, ...], env: dict[str, str]
) -> None:
    ran = tmp_path / "ran"
    pager = {"PAPERTRAIL_PAGER": f"touch '{ran}'", "PAGER": f"touch '{ran}'"}
    code, seen = long.in_terminal("list", *arguments, env={**pager, **env})
    assert (code, ran.exists(), b"paper-00" in seen) == (0, False, True)


def test_no_pager_in_a_pipe(long: Program, tmp_path: Path) -> None:
    assert "paper-59" in long.ok("list", env={"PAPERTRAIL_PAGER": f"touch '{tmp_path}/ran'"})
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize(("env", "told"), [({}, b"FRX"), ({"LESS": "S"}, b"S"), ({"LESS": ""}, b"")])
def test_less_is_told_how_unless_it_is_told_already(long: Program, env: dict[str, str], told: bytes) -> None:
    _, seen = long.in_terminal("list", env={"PAGER": 'echo "<$LESS>"', **env})
    assert b"<" + told + b">" in seen


def test_a_pager_that_is_not_there_is_named_and_the_list_is_shown(long: Program) -> None:
    code, seen = long.in_terminal("list", env={**PLAIN, "PAGER": "no-such-pager --x"})
    assert code == 0
    assert b"the pager no-such-pager --x cannot be run: set PAPERTRAIL_PAGER, or leave it empty" in seen
    assert b"paper-59" in seen and b"60 papers" in seen


def test_a_pager_that_fails_is_no_failure_of_ours(long: Program) -> None:
    assert long.in_terminal("list", env={"PAGER": "exit 3"}) == (0, b"")


def test_no_more_is_made_than_is_looked_at() -> None:
    taken = 0

    def rows() -> Iterator[tuple[Tint, str]]:
        nonlocal taken
        for number in range(100_000):
            taken += 1
            yield Tint(str(number), "title"), "a title as long as titles are, of some forty letters"

    with through_pager("head -n 1 > /dev/null"):
        output.say_table(rows())
    assert taken <= 2_000


def test_nothing_reaches_the_pager_that_a_terminal_acts_upon(capfd: pytest.CaptureFixture[str]) -> None:
    with through_pager("cat"):
        output.say_table([(Tint(title, "title"), title) for title in HOSTILE_TITLES])
    assert_inert(capfd.readouterr().out.encode())


def test_a_missing_pager_is_raised() -> None:
    with pytest.raises(NoPager, match="no-such-pager"), through_pager("no-such-pager 2> /dev/null"):
        output.say("hello")


def test_errors_go_on_when_the_pager_has_ended(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(KeyError), through_pager("cat"):
        output.say("before")
        raise KeyError
    output.say("after")
    assert capfd.readouterr().out == "before\nafter\n"


def test_the_first_rows_of_a_table_come_before_the_last_are_asked_for(
    capsys: pytest.CaptureFixture[str],
) -> None:
    seen = []

    def rows() -> Iterator[tuple[str, str]]:
        for number in range(1_200):
            seen.append(capsys.readouterr().out)
            yield f"{number}" if number != 900 else "much longer", "title"

    output.say_table(rows(), least=lambda: (6,))
    shown = ("".join(seen) + capsys.readouterr().out).splitlines()
    assert not any(seen[:500]) and seen[500].startswith("0       title\n")
    assert len(shown) == 1_200
    assert {line.index("title") for line in shown[:500]} == {8}
    assert {line.index("title") for line in shown[500:1_000]} == {len("much longer") + 2}


@given(
    st.lists(
        st.dictionaries(st.text(), st.text() | st.none() | st.lists(st.integers()), max_size=3), max_size=4
    )
)
def test_json_that_comes_entry_by_entry_is_the_same(values: list[object]) -> None:
    whole, parts = [], []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(click, "echo", lambda text, nl=True: whole.append(text + "\n" * nl))
        output.say_json({"papers": values})
        patch.setattr(click, "echo", lambda text, nl=True: parts.append(text + "\n" * nl))
        output.say_json_list("papers", iter(values))
    assert "".join(parts) == "".join(whole)
    assert len(parts) == len(values) + 1


@pytest.mark.parametrize("at_once", [1, 2, 3, 7, 500])
def test_lines_and_summaries_of_papers_are_the_same_however_many_come_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(papers, "AT_ONCE", at_once)
    with opened(small_trail(tmp_path)) as library:
        library.statuses.set(["sppnet", "adam"], Status.READ)
        library.statuses.set(["fast-rcnn"], Status.QUEUED)
        library.tags.change(["adam", "rcnn"], add=["cnn", "待读", "B", "a"], rating=4)
        library.notes.save("adam", "## Problem\n\nx\n\n<<<<<<< a\n", None)
        for text in (None, "rcnn", "lineage:SGD", "none"):
            ids = library.search.ids(parse(text or "").query)
            found = library.papers.summaries(ids)
            asked = None if text is None else ids
            assert list(library.papers.each(asked)) == found
            assert [tuple(getattr(paper, name) for name in PaperLine._fields) for paper in found] == list(
                map(tuple, library.papers.lines(asked))
            )
        assert library.papers.longest_key() == len("robbins-monro")
