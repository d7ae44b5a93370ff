"""Cards, imported: by Anki itself where it is installed, and by a reader of the documented syntax."""

from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path

import pytest

from papertrail.domain.errors import BadInput, NotFound
from papertrail.domain.paper import Status
from papertrail.domain.recall.review import Grade
from papertrail.library import Home, Library
from tests.export.anki_readers import READERS, Collection, Note, Outcome, Shown
from tests.trails import HOSTILE_TITLES, RCNN, FixedClock, opened, small_trail

NOTE = """## Problem
Slow.

## Key idea
Share the *work*.

## Limits and what I would change
Small objects.

## Questions
Q: Why 3x3?
A: Cheap: $9 < 25$.

Q: Open?
A:
"""
LINE = "R-CNN to Faster R-CNN"
PROBLEM, IDEA, LIMITS = (
    *("What could the field not do?", "Why did the authors design it this way?", "Where does it fail?"),
)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return small_trail(tmp_path / "trail")


@pytest.fixture
def library(home: Home, clock: FixedClock) -> Iterator[Library]:
    with opened(home, clock) as library:
        yield library


@pytest.fixture(params=READERS)
def collection(request: pytest.FixtureRequest, tmp_path: Path) -> Collection:
    return READERS[request.param](tmp_path)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "cards.txt"


def count(library: Library, *keys: str, text: str = NOTE) -> None:
    for key in keys:
        library.notes.save(key, text, library.notes.version(key))
    library.statuses.set(list(keys), Status.READ)


def asked(collection: Collection) -> dict[str, tuple[str, Note]]:
    """Return guid and note by what the front shows."""
    return {Shown(note.front).text: (guid, note) for guid, note in collection.notes().items()}


def test_what_papers_that_count_ask_becomes_cards(
    library: Library, collection: Collection, file: Path
) -> None:
    with pytest.raises(NotFound, match="no question to export"):
        library.cards.save(file)
    assert not file.exists()
    library.notes.save("adam", NOTE, None)
    count(library, "rcnn")
    library.tags.change(["rcnn"], add=["read twice", "vision"])
    report = library.cards.save(file)
    assert (report.cards, report.decks, report.troubles, report.path) == (4, 1, (), file)
    assert collection.take(file) == Outcome(new=4)
    notes = asked(collection)
    title = "Rich feature hierarchies (2013)"
    assert set(notes) == {f"{wording} {title}" for wording in (PROBLEM, IDEA, LIMITS, "Why 3x3?")}
    _, note = notes[f"Why 3x3? {title}"]
    assert note.back == r"<p>Cheap: \(9 &lt; 25\).</p>"
    assert note.deck == f"papertrail::{LINE}" and note.tags == {"read_twice", "vision", "rcnn", "2013"}
    assert notes[f"{IDEA} {title}"][1].back == "<p>Share the <em>work</em>.</p>"


def test_a_second_import_updates_and_doubles_nothing(
    library: Library, collection: Collection, file: Path, clock: FixedClock
) -> None:
    count(library, "rcnn")
    library.cards.save(file)
    assert collection.take(file) == Outcome(new=4)
    before, first = asked(collection), file.read_bytes()
    library.cards.save(file)
    assert file.read_bytes() == first and collection.take(file) == Outcome(same=4)
    text = NOTE.replace("Small objects.", "Small, crowded objects.").replace("Why 3x3?", "Why 3x3, always?")
    count(library, "rcnn", text=text.replace("## Problem\nSlow.", "## Problem\nVery slow."))
    library.corrections.rename("rcnn", "regions")
    library.cards.save(file)
    assert collection.take(file) == Outcome(updated=4), "the paper's key is a tag of each"
    after = asked(collection)
    assert {guid for guid, _ in before.values()} == {guid for guid, _ in after.values()}
    title = "Rich feature hierarchies (2013)"
    assert after[f"Why 3x3, always? {title}"][0] == before[f"Why 3x3? {title}"][0]
    guid, note = after[f"{LIMITS} {title}"]
    assert guid == before[f"{LIMITS} {title}"][0] and note.back == "<p>Small, crowded objects.</p>"
    assert note.tags == {"regions", "2013"}
    count(library, "regions", text=text.replace("Q: Open?\nA:", ""))
    library.statuses.set(["regions"], Status.UNREAD)
    count(library, "adam")
    library.cards.save(file)
    assert collection.take(file) == Outcome(new=4) and len(collection.notes()) == 8, (
        "what is gone stays there"
    )


def test_a_lineage_is_one_card_however_often_it_is_answered(
    library: Library, collection: Collection, file: Path, clock: FixedClock
) -> None:
    change = NOTE.replace("Share the *work*.", "### from rcnn\nOne net & one loss.")
    count(library, "sppnet", "rcnn")
    count(library, "fast-rcnn", text=change)
    library.cards.save(file)
    collection.take(file)
    front = f"Name its papers in order, and what each one removed. {LINE}"
    guid, note = asked(collection)[front]
    assert (note.deck, note.tags) == (f"papertrail::{LINE}", frozenset())
    assert Shown(note.back).text == (
        "Rich feature hierarchies (2013)Spatial Pyramid Pooling (2014)"
        "Fast R-CNN (2015): One net & one loss.Faster R-CNN (2015)"
    )
    for _ in range(2):
        (story,) = [
            q for q in map(library.recall.question, library.recall.day(lineage=LINE).asked) if q.lineage
        ]
        library.recall.grade(story, Grade.GOOD)
        library.lineages.rename(LINE, "Regions")
        library.cards.save(file)
        assert collection.take(file).new == 0 and len(collection.notes()) == 14
        assert asked(collection)[front.replace(LINE, "Regions")][0] == guid
        library.undo.undo()
        library.undo.undo()
        library.cards.save(file)
        assert collection.take(file).new == 0 and asked(collection)[front][0] == guid


def test_another_trail_has_other_guids(library: Library, tmp_path: Path, file: Path) -> None:
    with opened(
        small_trail(tmp_path / "other"), FixedClock(datetime(2026, 3, 2, tzinfo=timezone.utc))
    ) as other:
        guids = []
        for one in (library, other):
            count(one, "rcnn", "sppnet", "fast-rcnn")
            guids.append({question.guid for question in one.recall.standing()})
    assert [len(found) for found in guids] == [13, 13] and not guids[0] & guids[1]


def test_a_paper_is_in_the_deck_of_its_first_lineage(
    home: Home, clock: FixedClock, collection: Collection, file: Path
) -> None:
    small_trail(home.root, [*RCNN, ("SGD", *RCNN[0][1:]), ("", "lone", "Alone", "", "", "", "", "", "")])
    with opened(home, clock) as library:
        library.lineages.rename("SGD", 'S::G "D"\t#x')
        count(library, "rcnn", "adam", "lone")
        for lineage, keys, cards, decks in (
            (None, None, 12, 3),
            ('S::G "D" #x', None, 8, 2),
            (None, ["lone"], 4, 1),
            (LINE, None, 4, 1),
        ):
            report = library.cards.save(file, lineage=lineage, keys=keys)
            assert (report.cards, report.decks) == (cards, decks)
            collection.take(file)
        decks_of = {note.deck for note in collection.notes().values()}
        assert f"papertrail::{LINE}" in decks_of and "papertrail" in decks_of and len(decks_of) == 3
        (other,) = decks_of - {f"papertrail::{LINE}", "papertrail"}
        assert other.replace('"', "") == "papertrail::S:G D #x"
        assert {n.tags for n in collection.notes().values() if n.deck == "papertrail"} == {
            frozenset({"lone"})
        }


def test_bad_questions_are_left_out_and_buried_ones_are_not(library: Library, file: Path) -> None:
    count(library, "rcnn")
    questions = [library.recall.question(id_) for id_ in library.recall.day(["rcnn"]).asked]
    library.recall.bury(questions[0])
    assert library.cards.document().cards == 4
    library.recall.mark_bad(questions[1])
    report = library.cards.document()
    assert report.cards == 3 and questions[1].wording not in report.text
    count(library, "rcnn", text="## Problem\nx\n\n## Key idea\ny\n\n## Limits\nz\n")
    assert "Why 3x3?" not in library.cards.document().text, "asleep"


@pytest.mark.parametrize(
    "hostile", [*HOSTILE_TITLES, '"', "# no", "<script>alert(1)</script>", "a\tb", "<b>&lt;"]
)
def test_hostile_texts_arrive_as_text(
    tmp_path: Path, collection: Collection, file: Path, hostile: str
) -> None:
    rows = [[field if n != 2 else hostile for n, field in enumerate(row)] for row in RCNN[:1]]
    with opened(small_trail(tmp_path / "hostile", rows)) as library:
        said = f"{hostile} [sound:a.mp3] end"
        code = f"```\n{said}\n\t#\n```"
        text = f"## Problem\nx\n\n## Key idea\n{code}\n\n## Limits\nz\n\nQ: Is {said}?\nA: {said}\n"
        count(library, "rcnn", text=text)
        library.cards.save(file)
    assert collection.take(file) == Outcome(new=4)
    raw = file.read_text(encoding="utf-8")
    assert not {"\x1b", "\x9b", "\u202e", "\x07"} & set(raw) and raw.count("\n") == 7 + 4
    notes = {Shown(note.front).text.split(" ")[0]: note for note in collection.notes().values()}
    assert set(notes) == {"What", "Why", "Where", "Is"}
    for note in notes.values():
        for side in (note.front, note.back):
            assert Shown(side).tags <= {"br", "small", "p", "pre", "code", "span", "h1"}, side
            assert "[sound:" not in side
    assert Shown(notes["Why"].back).text.endswith(" [sound:a.mp3] end    #")
    assert "[sound:a.mp3] end" in Shown(notes["Is"].back).text


def test_an_answer_that_cannot_be_read_is_named_and_the_others_are_written(
    library: Library, home: Home, file: Path
) -> None:
    count(library, "rcnn", "adam")
    (home.notes / "adam.md").unlink()
    (home.notes / "adam.md").mkdir()
    report = library.cards.save(file)
    assert report.cards == 4 and len(report.troubles) == 1 and "adam" in report.troubles[0]


def test_a_file_of_somebody_else_stays(library: Library, home: Home, file: Path, tmp_path: Path) -> None:
    count(library, "rcnn")
    file.write_text("mine\n", encoding="utf-8")
    with pytest.raises(BadInput, match="is not papertrail's"):
        library.cards.save(file)
    assert file.read_text(encoding="utf-8") == "mine\n"
    with pytest.raises(BadInput, match="would be a note"):
        library.cards.save(home.notes / "cards.txt")
    assert library.cards.save(tmp_path / "folder").path == tmp_path / "folder" / "anki.txt"


def test_each_note_is_read_once(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    from papertrail.notebook.notebook import Notebook

    count(library, "rcnn", "sppnet", "fast-rcnn")
    read: list[str] = []
    whole = Notebook.read

    def noted(own: Notebook, key: str) -> object:
        read.append(key)
        return whole(own, key)

    monkeypatch.setattr(Notebook, "read", noted)
    assert library.cards.document().cards == 13
    assert sorted(read) == ["fast-rcnn", "faster-rcnn", "rcnn", "sppnet"]
