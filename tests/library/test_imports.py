"""What other programs keep, brought into a trail: known again, merged, taken back whole, never half done."""

import os
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from papertrail.domain.bibliography import BibliographyForm
from papertrail.domain.errors import BadInput, Conflict
from papertrail.domain.imports import Fate, FormatName, ImportReport, Wanted
from papertrail.domain.paper import Status
from papertrail.library import Library
from papertrail.library.indexed_notes import IndexedNotes
from papertrail.notebook.moves import Moves
from papertrail.notebook.notebook import Notebook
from papertrail.notebook.versions import NoteFile
from tests.trails import HOSTILE_TITLES, NOTE, asked, opened, small_trail
from tests.undo.cases import snapshot

PDF = b"%PDF-1.4\n%%EOF\n"
BIB = r"""
@inproceedings{He_2016, title = {Deep Residual Learning}, author = {He, Kaiming and Sun, Jian}, year = 2016,
  booktitle = {CVPR}, keywords = {cnn, "a [/b] z"}, annote = {The shortcut is the idea.}, pages = {1--9},
  file = {Full Text:he.pdf:application/pdf}, ranking = {rank5}}
@article{known, title = {Something else}, eprint = {1311.2524}, archiveprefix = {arXiv}, keywords = {to show},
  doi = {10.1000/new}}
@misc{untitled, author = {A B}}
@misc{two, title = {Deep residual learning}, author = {Kaiming He}, year = {2015}}
"""


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return opened(small_trail(tmp_path / "trail"))


def written(tmp_path: Path, text: str = BIB, name: str = "mine.bib") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def fates(report: ImportReport) -> list[tuple[str, Fate]]:
    return [(entry.key, entry.fate) for entry in report.entries]


def test_each_entry_is_added_merged_or_told_why_not(library: Library, tmp_path: Path) -> None:
    (tmp_path / "he.pdf").write_bytes(PDF)
    report = library.imports.take_in(written(tmp_path), Wanted(lineage="Mine", tags=("zot",)))
    assert fates(report) == [
        ("he2016deep", Fate.ADDED),
        ("rcnn", Fate.MERGED),
        ("", Fate.SKIPPED),
        ("he2016deep", Fate.KNOWN),
    ]
    assert report.entries[1].why.startswith("known by its arXiv id; new: ")
    paper = library.papers.get("he2016deep")
    assert (paper.venue, paper.summary.year, paper.summary.rating) == ("CVPR", 2016, 5)
    assert set(paper.summary.tags) == {"cnn", '"a [/b] z"', "zot"}
    assert library.lineages.members()["Mine"] == ["he2016deep", "rcnn"]
    assert "The shortcut is the idea." in library.notes.open("he2016deep").text
    assert library.pages.pdf("he2016deep") is not None
    assert library.papers.resolve("He_2016") == "he2016deep"
    rcnn = library.papers.get("rcnn")
    assert rcnn.summary.title != "Something else"  # what is known stays
    assert set(rcnn.summary.tags) == {"to show", "zot"}
    assert [paper.key for paper in asked(library, "shortcut")] == ["he2016deep"]


@pytest.mark.parametrize(
    ("said", "given"),
    [
        ("month={March}", "month={3}"),
        ("month={sept.}", "month={9}"),
        ("month={15 June}", "month={15 June}"),
        ('month="3~" # mar', "month={3 3}"),
        ("primaryclass={cs.CV}", "primaryclass={cs.CV}"),
        ("timestamp={2020-01-02}", "timestamp={2020-01-02}"),
        ("year={in press}", "year={in press}"),
        ("doi={to be had}", "doi={to be had}"),
        ("date={2005-07-15/2005-07-20}", "date={2005-07-15/2005-07-20}"),
        ("booktitle={Proc. of X}", "booktitle={Proc. of X}"),
        ("journal={J}, eventtitle={X 2020}", "eventtitle={X 2020}"),
        ("series={Lecture Notes}", "series={Lecture Notes}"),
        ("crossref={gone_1}", "crossref={gone_1}"),
        ("eprint={1512.03385}, url={https://example.org/p}", "url={https://example.org/p}"),
        (r"title={{CNN}s in K{\"o}ln}", "title={{CNN}s in Köln}"),
        ("title={{Whole CNN}}", "title={{Whole CNN}}"),
    ],
)
def test_what_has_no_place_is_given_back(library: Library, tmp_path: Path, said: str, given: str) -> None:
    year = "" if "year" in said or "date" in said else "year={2001}, "
    title = "" if said.startswith("title") else "title={K one}, "
    library.imports.take_in(written(tmp_path, f"@article{{k1, {title}author={{A B}}, {year}{said}}}"))
    name, _, text = given.partition("=")
    told = library.bibliographies.document(BibliographyForm.BIBTEX, ["k1"])
    if name == "month" and text[1:-1].isdigit():
        text = ("mar", "sep")[text == "{9}"]
    assert re.search(rf"^ *{name} *= {re.escape(text)},$", told.replace("~", " "), re.MULTILINE), told
    assert ("journal" in told) == ("journal" in said), told


def test_every_address_of_a_new_paper_is_kept(library: Library, tmp_path: Path) -> None:
    one = "title={K one}, author={A B}, year=2001"
    library.imports.take_in(
        written(
            tmp_path,
            f"@article{{k1, {one}, url={{https://x.org/a}}}}\n@misc{{k2, {one}, url={{https://x.org/b}}}}",
        )
    )
    assert [link for _, link in library.papers.get("k1").links] == ["https://x.org/a", "https://x.org/b"]


def test_a_pdf_that_a_known_paper_gains_is_told(library: Library, tmp_path: Path) -> None:
    (tmp_path / "he.pdf").write_bytes(PDF)
    (tmp_path / "bad.pdf").write_bytes(b"no PDF")
    text = "@misc{k, title={R}, eprint={1311.2524}, archiveprefix={arXiv}, file={:bad.pdf:PDF;:he.pdf:PDF}}"
    for use_case in (library.imports.preview, library.imports.take_in):
        (entry,) = use_case(written(tmp_path, text)).entries
        assert entry.fate is Fate.MERGED and entry.why.endswith("a PDF")
    assert library.pages.pdf("rcnn") is not None
    (entry,) = library.imports.preview(written(tmp_path, text)).entries
    assert entry.fate is Fate.KNOWN


def test_a_paper_that_is_known_gains_the_fields_it_lacks(library: Library, tmp_path: Path) -> None:
    one = "title={K one}, author={A B}, year=2001"
    library.imports.take_in(written(tmp_path, f"@article{{k1, {one}, number={{3}}}}"))
    report = library.imports.take_in(written(tmp_path, f"@article{{k9, {one}, number={{4}}, volume={{7}}}}"))
    assert (report.entries[0].fate, report.entries[0].why) == (
        Fate.MERGED,
        "known by its title and author; new: volume",
    )
    told = library.bibliographies.document(BibliographyForm.BIBTEX, ["k1"])
    assert re.search(r"volume *= \{7\}", told) and re.search(r"number *= \{3\}", told)
    library.undo.undo()
    assert "volume" not in library.bibliographies.document(BibliographyForm.BIBTEX, ["k1"])


def test_the_same_file_again_changes_nothing(library: Library, tmp_path: Path) -> None:
    path = written(tmp_path)
    library.imports.take_in(path)
    before = snapshot(library.home.root)
    report = library.imports.take_in(path)
    assert {entry.fate for entry in report.entries} == {Fate.KNOWN, Fate.SKIPPED}
    assert snapshot(library.home.root) == before


def test_undo_takes_all_of_it_back_and_redo_brings_it(library: Library, tmp_path: Path) -> None:
    before = snapshot(library.home.root)
    library.imports.take_in(
        written(tmp_path), Wanted(lineage="Mine", status=Status.READ, on=date(2026, 1, 2))
    )
    after = snapshot(library.home.root)
    library.undo.undo()
    assert snapshot(library.home.root) == before
    library.undo.redo()
    assert snapshot(library.home.root) == after
    assert library.papers.get("he2016deep").days.read == "2026-01-02"


def test_a_preview_tells_the_same_and_writes_nothing(library: Library, tmp_path: Path) -> None:
    path, wanted = written(tmp_path), Wanted(lineage="Mine", tags=("zot",), status=Status.QUEUED)
    before = snapshot(library.home.root)
    preview = library.imports.preview(path, wanted)
    assert snapshot(library.home.root) == before and not preview.is_done
    assert preview.entries == library.imports.take_in(path, wanted).entries


def test_nothing_is_left_of_a_file_that_fails_half_way(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = snapshot(library.home.root)

    def fail(*_: object, **__: object) -> None:
        raise Conflict("no", "again")

    monkeypatch.setattr(IndexedNotes, "put", fail)
    with pytest.raises(Conflict):
        library.imports.take_in(written(tmp_path))
    monkeypatch.undo()
    assert snapshot(library.home.root) == before
    assert not (library.home.notes / "he2016deep.md").exists()


def with_notes(count: int) -> str:
    """Return a bibliography of so many papers, each with a note."""
    return "\n".join(f"@misc{{p{n}, title={{Paper {n}}}, annote={{Of {n}}}}}" for n in range(count))


def test_a_note_that_another_program_begins_meanwhile_stays_and_no_other_is_left(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, begin = snapshot(library.home.root), Notebook.begin

    def meanwhile(notebook: Notebook, notes: Mapping[str, bytes], now: datetime) -> Iterator[NoteFile]:
        notebook.notes.mkdir(exist_ok=True)
        notebook.path("p2").write_text("theirs", encoding="utf-8")
        yield from begin(notebook, notes, now)

    monkeypatch.setattr(Notebook, "begin", meanwhile)
    with pytest.raises(Conflict):
        library.imports.take_in(written(tmp_path, with_notes(4)))
    assert [path.name for path in library.home.notes.iterdir()] == ["p2.md"]
    (library.home.notes / "p2.md").unlink()
    assert snapshot(library.home.root) == before


def counting(real: Callable[..., Any], done: Counter[str], name: str) -> Callable[..., Any]:
    def counted(*args: Any, **named: Any) -> Any:
        done[name] += 1
        return real(*args, **named)

    return counted


def test_a_note_more_costs_no_look_at_a_folder_and_no_lock_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: Counter[str] = Counter()
    for of, name in ((os, "scandir"), (os, "listdir"), (os, "fsync"), (FileLock, "acquire")):
        monkeypatch.setattr(of, name, counting(getattr(of, name), done, name))
    took = []
    for count in (4, 24):
        library = opened(small_trail(tmp_path / f"trail{count}"))
        path = written(tmp_path, with_notes(count))
        done.clear()
        library.imports.take_in(path)
        took.append(done.copy())
        assert len(library.history.revisions("p3")) == 1
    few, many = took
    assert few["acquire"] and few["scandir"]
    assert many - few == {"fsync": 20 * 3}  # the note, its text in the history, and that one's name


def test_notes_that_get_more_are_written_down_once(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.imports.take_in(written(tmp_path, with_notes(5)))
    done: Counter[str] = Counter()
    monkeypatch.setattr(Moves, "keep", counting(Moves.keep, done, "moves"))
    report = library.imports.take_in(written(tmp_path, with_notes(5).replace("{Of", "{Again of")))
    assert [entry.fate for entry in report.entries] == [Fate.MERGED] * 5
    assert done["moves"] == 1
    assert "Again of 4" in library.notes.open("p4").text


def test_a_note_of_ones_own_gets_what_was_kept_elsewhere_at_its_end_once(
    library: Library, tmp_path: Path
) -> None:
    library.notes.save("rcnn", NOTE, None)
    text = "@misc{r, title={R}, eprint={1311.2524}, archiveprefix={arXiv}, annote={# So\nit is}}"
    for _ in range(2):
        library.imports.take_in(written(tmp_path, text))
    assert library.notes.open("rcnn").text == f"{NOTE}\n## Brought in\n\n### So\nit is\n"


def test_a_reading_history_counts_by_its_days_and_owes_the_notes(library: Library, tmp_path: Path) -> None:
    text = "key,date\nrcnn,2026-01-03\nnobody,2026-01-04\nadam,2027-01-01\n"
    report = library.imports.take_in(written(tmp_path, text, "read.csv"))
    assert fates(report)[0] == ("rcnn", Fate.MERGED)
    assert fates(report)[1] == ("", Fate.SKIPPED) and report.entries[1].why.startswith("nobody: ")
    paper = library.papers.get("rcnn")
    assert (paper.days.read, paper.summary.owed) == ("2026-01-03", True)
    assert library.papers.get("adam").days.read == "2026-03-01"  # a day to come is none: today


def test_a_day_to_come_in_a_history_is_told_and_today_taken(library: Library, tmp_path: Path) -> None:
    path = written(tmp_path, "key,date\nrcnn,2099-01-01\n", "read.csv")
    report = library.imports.take_in(path)
    told = "2099-01-01 is still to come: today is taken instead"
    assert [(one.line, one.cause) for one in report.problems] == [(2, told)]
    assert [one.key for one in report.of(Fate.MERGED)] == ["rcnn"]


def test_a_short_note_is_not_lost_within_other_words_and_a_line_written_on_is_known(
    library: Library, tmp_path: Path
) -> None:
    library.notes.save("rcnn", f"{NOTE}\nIt is known.\n\nThe crop is warped, and more.\n", None)
    for note, fate in (("no", Fate.MERGED), ("no", Fate.KNOWN), ("The crop is warped", Fate.KNOWN)):
        text = f"@misc{{a, eprint = {{1311.2524}}, annote = {{{note}}}}}"
        assert library.imports.take_in(written(tmp_path, text)).entries[0].fate is fate, note
    assert library.notes.open("rcnn").text.endswith("and more.\n\n## Brought in\n\nno\n")


def test_joining_a_lineage_is_told_and_once(library: Library, tmp_path: Path) -> None:
    path = written(tmp_path, "1311.2524\n", "ids.txt")
    for fate, why in ((Fate.MERGED, "known by its arXiv id; new: lineage Mine"), (Fate.KNOWN, "known by")):
        (entry,) = library.imports.take_in(path, Wanted(lineage="Mine")).entries
        assert entry.fate is fate and entry.why.startswith(why)


def test_days_to_come_are_refused(library: Library, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="still to come"):
        library.imports.take_in(written(tmp_path), Wanted(status=Status.READ, on=date(2027, 1, 1)))


def test_ids_alone_wait_for_arxiv(library: Library, tmp_path: Path) -> None:
    report = library.imports.take_in(written(tmp_path, "2001.00001\n2001.00002\n", "ids.txt"))
    assert [entry.fate for entry in report.entries] == [Fate.ADDED, Fate.ADDED]
    assert library.intake.waiting() == [entry.key for entry in report.entries]


def test_hostile_titles_come_in_as_text(library: Library, tmp_path: Path) -> None:
    from papertrail.domain.text import clean_line

    entries = [f'{{"id": "k{n}", "title": {_json(title)}}}' for n, title in enumerate(HOSTILE_TITLES)]
    report = library.imports.take_in(written(tmp_path, f"[{', '.join(entries)}]", "a.json"))
    for entry in report.entries:
        if entry.key:
            title = library.papers.get(entry.key).summary.title
            assert title == clean_line(title)


def _json(text: str) -> str:
    import json

    return json.dumps(text)


@pytest.mark.parametrize("form", BibliographyForm)
def test_what_is_given_away_is_the_same_papers_elsewhere(
    library: Library, tmp_path: Path, form: BibliographyForm
) -> None:
    library.imports.take_in(written(tmp_path))
    path = library.bibliographies.save(tmp_path / f"out{form.ending}", form)
    is_table = form is BibliographyForm.CSV
    if is_table:
        assert path.read_text(encoding="utf-8").count("\n") == 1 + len(list(library.papers.each()))
    other = opened(small_trail(tmp_path / "other", [["L", "z", "Z", "", "", "", "", "", ""]]))
    names = {"biblatex": "bibtex"}
    report = other.imports.take_in(path, form=FormatName(names.get(form.value, form.value)))
    assert report.problems == ()
    for paper in library.papers.all():
        called = {} if is_table else {"he2016deep": "He_2016", "rcnn": "known"}  # by the file brought in
        key = other.papers.resolve(called.get(paper.summary.key, paper.summary.key))
        again = other.papers.get(key)
        assert (again.summary.title, again.summary.authors) == (paper.summary.title, paper.summary.authors)
        assert (again.summary.year, again.summary.arxiv_id) == (paper.summary.year, paper.summary.arxiv_id)
        assert set(again.summary.tags) == set(paper.summary.tags)
    cited = other.bibliographies.document(BibliographyForm.BIBTEX)
    assert is_table or cited.count("@inproceedings{He_2016,") == 1


def test_a_table_brings_what_the_reader_did(library: Library, tmp_path: Path) -> None:
    library.statuses.set(["rcnn"], Status.READ, on=date(2026, 1, 3))
    library.tags.change(["rcnn"], rating=4, add=["=cmd|x", "a [/b] z"])
    path = library.bibliographies.save(tmp_path / "all.csv", BibliographyForm.CSV)
    other = opened(small_trail(tmp_path / "other", [["L", "z", "Z", "", "", "", "", "", ""]]))
    report = other.imports.take_in(path)
    assert (report.format, report.problems) == ("csv", ())
    for paper in library.papers.all():
        again = other.papers.get(paper.summary.key)
        for name in ("status", "rating", "lineages", "owed"):
            assert getattr(again.summary, name) == getattr(paper.summary, name), name
        assert set(again.summary.tags) == set(paper.summary.tags)
        assert [one.key for one in again.builds_on] == [one.key for one in paper.builds_on]
        assert again.days.read == paper.days.read
    assert not [entry for entry in other.imports.take_in(path).entries if entry.fate is not Fate.KNOWN]
