"""A trail given away as lines of JSON, and made again of them."""

import json
from datetime import timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrail.domain.checked_lines import checked_line
from papertrail.domain.errors import IncompatibleLibrary, PapertrailError
from papertrail.domain.imports import Fate
from papertrail.domain.paper import Status
from papertrail.library import Home
from papertrail.library.whole_trails import WholeTaken, is_whole_trail, take_whole
from tests.examples import examples
from tests.trails import NOTE, RCNN, FixedClock, opened, small_trail, write_seeds
from tests.undo.cases import CASES, open_trail, snapshot

OTHERS = (("Other", "lenet", "Gradient-Based Learning", "Yann LeCun", "1998", "", "", "", ""),)


def walked_trail(root: Path, seed: int, steps: int) -> Home:
    """Return a trail to which a random walk over all use cases was done."""
    home, random, clock = small_trail(root), Random(seed), FixedClock()
    with open_trail(home, "cli", clock) as library:
        for _ in range(steps):
            clock.moment += timedelta(hours=random.randint(0, 30))
            case = random.choice(sorted(CASES))
            try:
                library.undo.undo() if random.random() < 0.15 else CASES[case](library, random)
            except (PapertrailError, IndexError):
                continue
        library.notes.index_changed()
    return home


def given_away(home: Home, to: Path) -> Path:
    with opened(home) as library:
        path, left_out = library.whole_trails.save(to)
    assert left_out == ()
    return path


def files_of(home: Home) -> dict[str, bytes]:
    folders = (home.notes, home.private / "history", home.private / "tellings", home.seeds.parent)
    return {
        path.relative_to(home.root).as_posix(): path.read_bytes()
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file()
    }


def told_of(home: Home) -> str:
    """Return what commands tell of a trail: papers, progress, journal, what review asks."""
    with opened(home) as library:
        papers = [library.papers.get(paper.key) for paper in library.papers.each()]
        told = papers, library.agenda.today(), library.recall.day(), library.undo.stacks()
    return repr(told).replace(str(home.root), "")


def made_again(path: Path, folder: Path) -> tuple[Home, WholeTaken]:
    """Make a trail of others' papers into the one that a file tells."""
    home = Home(folder)
    write_seeds(home.seeds, OTHERS)
    with opened(home) as library:
        assert library.whole_trails.is_untouched()
    return home, take_whole(path, home, FixedClock())


@examples(30)
@given(seed=st.integers(0, 2**32), note=st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_a_trail_made_again_is_the_very_trail(seed: int, note: bytes) -> None:
    with TemporaryDirectory() as folder:
        home = walked_trail(Path(folder) / "one", seed, steps=25)
        home.notes.mkdir(exist_ok=True)
        (home.notes / "adam.md").write_bytes(note)
        path = given_away(home, Path(folder) / "all.jsonl")
        text = path.read_bytes()
        assert is_whole_trail(path)
        other, taken = made_again(path, Path(folder) / "two")
        assert taken.report.problems == ()
        before = told_of(home), snapshot(home.root), files_of(home)
        assert (told_of(other), snapshot(other.root), files_of(other)) == before
        assert given_away(other, Path(folder) / "again.jsonl").read_bytes() == text


def noted_trail(folder: Path) -> Home:
    home = small_trail(folder)
    with opened(home) as library:
        library.notes.save("rcnn", NOTE, None)
        library.notes.save("adam", NOTE, None)
        library.statuses.set(["rcnn"], Status.READ)
        library.tags.change(["adam"], add=["thesis"], remove=[])
    return home


def line_with(text: bytes, *parts: bytes) -> int:
    """Return the number, from 0, of the line that holds all of these."""
    return next(n for n, line in enumerate(text.splitlines()) if all(part in line for part in parts))


def test_a_damaged_line_is_told_and_all_else_is_there(tmp_path: Path) -> None:
    path = given_away(noted_trail(tmp_path / "one"), tmp_path / "all.jsonl")
    lines = path.read_bytes().splitlines(keepends=True)
    number = line_with(path.read_bytes(), b'"table":"paper"', b'"sppnet"')
    lines[number] = lines[number].replace(b"Spatial", b"Spacial")
    path.write_bytes(b"".join(lines))
    home, taken = made_again(path, tmp_path / "two")
    told = [(one.line, one.cause) for one in taken.report.problems]
    assert (number + 1, "this line is not as it was written: it is left out") in told
    assert any("stand upon others that are missing" in cause for _, cause in told) and len(told) == 2
    with opened(home) as library:
        assert library.papers.number() == 5 and library.agenda.today().progress.counted == 1
        assert library.checks.all() == [] or all(one.is_remark for one in library.checks.all())


def test_a_damaged_first_line_costs_nothing_else(tmp_path: Path) -> None:
    path = given_away(noted_trail(tmp_path / "one"), tmp_path / "all.jsonl")
    path.write_bytes(path.read_bytes().replace(b'"version":1', b'"version":7', 1))
    assert is_whole_trail(path)
    home, taken = made_again(path, tmp_path / "two")
    assert [one.line for one in taken.report.problems] == [1]
    with opened(home) as library:
        assert library.papers.number() == 6


def test_the_copy_of_a_journal_is_no_trail(tmp_path: Path) -> None:
    home = noted_trail(tmp_path / "one")
    assert not is_whole_trail(home.journal_copy)
    with opened(small_trail(tmp_path / "two", OTHERS)) as library:
        report = library.imports.take_in(home.journal_copy)
    assert report.entries == () and "papertrail rebuild" in report.problems[0].cause


@pytest.mark.parametrize("at", [0.3, 0.999])
def test_a_file_that_is_cut_off_gives_what_is_there_and_says_so(tmp_path: Path, at: float) -> None:
    path = given_away(noted_trail(tmp_path / "one"), tmp_path / "all.jsonl")
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * at)])
    home, taken = made_again(path, tmp_path / "two")
    assert "the file ends too early" in taken.report.problems[-1].cause
    opened(home).close()


def test_lines_that_were_taken_out_are_missed(tmp_path: Path) -> None:
    path = given_away(noted_trail(tmp_path / "one"), tmp_path / "all.jsonl")
    lines = path.read_bytes().splitlines(keepends=True)
    del lines[line_with(path.read_bytes(), b'"file":"notes/adam.md"')]
    path.write_bytes(b"".join(lines))
    _, taken = made_again(path, tmp_path / "two")
    assert [one.cause for one in taken.report.problems] == [
        f"{len(lines) + 1} lines were written: some are missing"
    ]


@pytest.mark.parametrize(("name", "number"), [("version", 2), ("schema", 10_000)])
def test_a_newer_file_is_refused_and_nothing_is_touched(tmp_path: Path, name: str, number: int) -> None:
    path = given_away(noted_trail(tmp_path / "one"), tmp_path / "all.jsonl")
    lines = path.read_bytes().splitlines(keepends=True)
    head = {**json.loads(lines[0]), name: number}
    del head["crc"]
    path.write_bytes(b"".join([checked_line(json.dumps(head)[1:-1]), *lines[1:]]))
    home = small_trail(tmp_path / "two", OTHERS)
    opened(home).close()
    before = snapshot(home.root)
    with pytest.raises(IncompatibleLibrary, match="newer papertrail"):
        take_whole(path, home, FixedClock())
    assert snapshot(home.root) == before


NO_TRAIL_HOLDS = (
    '"table":"paper","row":"99","now":{"id":99,"key":"../../x","title":"t"}',
    '"table":"paper","row":"99","now":{"id":99,"key":"x"}',
    '"table":"paper","row":"99","now":{"id":99,"key":"x","title":["t"]}',
    '"table":"paper","row":"99","now":{"id":1e400,"key":"x","title":"t"}',
    '"table":"paper","row":"99","now":{"id":99999999999999999999,"key":"x","title":"t"}',
    '"table":"sqlite_master","row":"99","now":{"type":"table"}',
    '"table":["paper"],"row":"99","now":{}',
    '"table":"tag","row":99,"now":null',
    '"file":"../outside.md","text":"t"',
    '"file":"/tmp/outside.md","text":"t"',
    '"file":".papertrail/library.db","text":"t"',
    '"file":"notes/rcnn.md","text":"another"',
    '"file":"notes/rcnn.md/deeper.md","text":"another"',
    '"file":"notes/new.md","base64":"no!"',
    '"file":"notes/new.md","text":17',
    '"file":"notes/new.md"',
    '"nothing":"known"',
)


def test_what_no_trail_holds_is_left_out(tmp_path: Path) -> None:
    path = given_away(noted_trail(tmp_path / "one"), tmp_path / "all.jsonl")
    lines = path.read_bytes().splitlines(keepends=True)[:-1]
    first, count = len(lines) + 1, len(lines) + len(NO_TRAIL_HOLDS) + 1
    wrong = map(checked_line, NO_TRAIL_HOLDS)
    path.write_bytes(b"".join([*lines, *wrong, checked_line(f'"end":true,"lines":{count}')]))
    home, taken = made_again(path, tmp_path / "two")
    assert [one.line for one in taken.report.problems] == list(range(first, count))
    assert not list(tmp_path.rglob("outside.md"))
    with opened(home) as library:
        assert library.papers.number() == 6 and library.notes.keys() == ["rcnn", "adam"]


def test_papers_and_notes_of_a_trail_come_into_one_that_has_its_own(tmp_path: Path) -> None:
    home = noted_trail(tmp_path / "one")
    note = b"\xef\xbb\xbf# SPP\r\n\r\n## Problem\r\n\r\nCrops.\t \r\n\r\n\r\n"
    (home.notes / "sppnet.md").write_bytes(note)
    path = given_away(home, tmp_path / "all.jsonl")
    other = small_trail(tmp_path / "two", [*OTHERS, RCNN[0]])
    with opened(other) as library:
        library.notes.save("rcnn", "# Mine\n\n## Problem\n\nMy own words.\n", None)
        report = library.imports.take_in(path)
        assert (len(report.of(Fate.ADDED)), len(report.of(Fate.MERGED)), report.problems) == (5, 1, ())
        assert (other.notes / "sppnet.md").read_bytes() == note
        mine = (other.notes / "rcnn.md").read_text(encoding="utf-8")
        assert mine.startswith("# Mine\n\n## Problem\n\nMy own words.\n\n## Brought in\n\n### What I think")
        assert library.papers.get("rcnn").summary.status is Status.READ
        assert library.papers.get("adam").summary.tags == ("thesis",)
        again = library.imports.take_in(path)
        assert {entry.fate for entry in again.entries} == {Fate.KNOWN}
        library.undo.undo()
        assert library.papers.number() == 2 and not (other.notes / "sppnet.md").exists()
