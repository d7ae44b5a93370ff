"""A vault of Obsidian: what the reader writes there stays, and all of it can be brought in elsewhere."""

from pathlib import Path
from random import Random

import pytest
import yaml

from papertrail.domain.errors import BadInput
from papertrail.domain.facts import Facts
from papertrail.domain.imports import Fate, Wanted
from papertrail.domain.paper import Status
from papertrail.domain.vault_marks import BEGIN, END, NOTE
from papertrail.library import Home, Library, create_trail, open_library
from tests.trails import NOTE as WRITTEN
from tests.trails import FixedClock, small_trail

HOSTILE = ('a [/b] z: "yes" #1', "---\nkey: evil", "\x1b]52;c;eA==\x07", "%% papertrail:end %%", "[[x|y]] ]]")
EMPTY = "lineages,key,title,authors,year,venue,arxiv_id,doi,builds_on\n"


@pytest.fixture
def library(tmp_path: Path) -> Library:
    opened = open_library(small_trail(tmp_path / "trail"), clock=FixedClock())
    opened.statuses.set(["rcnn"], Status.READ)
    opened.notes.save("rcnn", f"{WRITTEN}\n\nIt names [[fast-rcnn]].\n", None)
    opened.tags.change(["rcnn"], add=["object detection", "thesis"], rating=4)
    return opened


def empty_trail(root: Path) -> Home:
    home = create_trail(root)
    home.seeds.write_text(EMPTY, encoding="utf-8")
    return home


def properties(path: Path) -> dict[str, object]:
    told = yaml.safe_load(path.read_text(encoding="utf-8").split("---\n")[1])
    assert isinstance(told, dict)
    return told


def test_a_file_a_paper_with_properties_links_and_the_note(library: Library, tmp_path: Path) -> None:
    report = library.vaults.write(tmp_path / "vault")
    keys = {path.stem for path in (tmp_path / "vault" / "papers").iterdir()}
    assert keys == {paper.summary.key for paper in library.papers.all()}
    assert set(report.written) >= {"Papers.md", "papers/rcnn.md"} and not report.kept
    path = tmp_path / "vault" / "papers" / "rcnn.md"
    told = properties(path)
    assert (told["key"], told["status"], told["counted"], told["rating"]) == ("rcnn", "read", True, 4)
    assert told["tags"] == ["object-detection", "thesis"], "Obsidian takes no blank in a tag"
    assert told["tag_names"] == ["object detection"]
    assert str(told["read"]).count("-") == 2
    assert properties(path.with_name("fast-rcnn.md"))["builds_on"] == ["[[rcnn]]", "[[sppnet]]"]
    text = path.read_text(encoding="utf-8")
    assert text.count(BEGIN) == text.count(NOTE) == text.count(END) == 1
    assert "It names [[fast-rcnn]]." in text and "[[fast-rcnn|Fast R-CNN]]" in text
    lineage = next((tmp_path / "vault" / "lineages").glob("r-cnn*.md")).read_text(encoding="utf-8")
    assert "```mermaid" in lineage and "[[rcnn|" in lineage


def test_what_is_written_by_hand_survives_ten_exports(library: Library, tmp_path: Path) -> None:
    vault, random = tmp_path / "vault", Random(7)
    library.vaults.write(vault)
    path, own = vault / "papers" / "rcnn.md", vault / "Mine.md"
    own.write_text("[[rcnn]]", encoding="utf-8")
    text = path.read_text(encoding="utf-8").replace(BEGIN, f"Above it, 上面.  \n\n{BEGIN}")
    text = text.replace("status:", "cssclasses: [wide]\nstatus:").replace("tags:\n", "tags:\n  - by-hand\n")
    path.write_bytes(text.encode() + b"\r\n\ta tab, trailing blanks  \n\xff\n")
    for turn in range(10):
        library.tags.change(["rcnn"], rating=random.randint(1, 5), add=[f"turn-{turn}"])
        version = library.notes.version("rcnn")
        library.notes.save("rcnn", f"{WRITTEN}\n\nTurn {turn}.\n", version)
        report = library.vaults.write(vault)
        assert "papers/rcnn.md" in report.written and not report.kept
        data = path.read_bytes()
        assert f"Turn {turn}.".encode() in data and data.count(b"Turn ") == 1
        assert (
            data.endswith(b"\r\n\ta tab, trailing blanks  \n\xff\n")
            and "Above it, 上面.  \n\n".encode() in data
        )
        assert b"\ncssclasses: [wide]\n" in data and b'  - "by-hand"\n' in data
        assert f'  - "turn-{turn}"\n'.encode() in data
    assert own.read_text(encoding="utf-8") == "[[rcnn]]"
    assert library.vaults.write(vault).written == ()


def test_a_file_with_the_readers_words_outlives_its_paper_and_is_told_of(
    library: Library, tmp_path: Path
) -> None:
    vault = tmp_path / "vault"
    library.vaults.write(vault)
    path = vault / "papers" / "adam.md"
    path.write_text(f"{path.read_text(encoding='utf-8')}\nMine.\n", encoding="utf-8")
    before = path.read_text(encoding="utf-8")
    library.corrections.remove("adam")
    for _ in range(2):
        report = library.vaults.write(vault)
        assert path.read_text(encoding="utf-8") == before
    library.corrections.edit("rcnn", Facts({"title": "Another title"}))
    report = library.vaults.write(vault)
    assert report.outlived == ("papers/adam.md",) and "papers/adam.md" not in report.removed
    library.undo.undo()
    library.undo.undo()
    report = library.vaults.write(vault)
    assert (report.kept, report.outlived) == ((), ())
    assert path.read_text(encoding="utf-8") == before


def test_what_was_written_by_hand_goes_along_with_a_paper_that_is_renamed(
    library: Library, tmp_path: Path
) -> None:
    vault = tmp_path / "vault"
    library.vaults.write(vault)
    old, new = (vault / "papers" / f"{key}.md" for key in ("adam", "adam-2014"))
    text = old.read_text(encoding="utf-8").replace("tags:\n", "tags:\n  - by-hand\n")
    old.write_text(f"{text}\nMine.\n", encoding="utf-8")
    library.vaults.write(vault)
    before = old.read_bytes()
    library.corrections.rename("adam", "adam-1")
    library.corrections.rename("adam-1", "adam-2014")
    library.exports.outgoing.is_rehearsal = True
    looked = library.vaults.write(vault)
    library.exports.outgoing.is_rehearsal = False
    assert old.read_bytes() == before and not new.exists()
    report = library.vaults.write(vault)
    assert {old.name, new.name} <= {path.path.name for path in looked.files} and report == looked
    assert "papers/adam-2014.md" in report.written and report.removed == ("papers/adam.md",)
    assert not old.exists() and new.read_text(encoding="utf-8").endswith("\nMine.\n")
    assert 'key: "adam-2014"' in new.read_text(encoding="utf-8")
    assert library.vaults.write(vault).written == ()
    library.undo.undo()
    library.undo.undo()
    report = library.vaults.write(vault)
    assert (report.kept, report.outlived) == ((), ())
    assert old.read_bytes() == before and not new.exists()


def test_a_move_that_was_cut_off_is_finished(library: Library, tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    library.vaults.write(vault)
    old, new = (vault / "papers" / f"{key}.md" for key in ("adam", "adam-2014"))
    old.write_text(f"{old.read_text(encoding='utf-8')}\nMine.\n", encoding="utf-8")
    library.corrections.rename("adam", "adam-2014")
    old.rename(new)
    report = library.vaults.write(vault)
    assert report.kept == () and "Mine." in new.read_text(encoding="utf-8")
    assert "adam-2014" in new.read_text(encoding="utf-8") and not old.exists()


def test_what_is_papertrails_no_more_leaves_the_lists_that_the_reader_adds_to(
    library: Library, tmp_path: Path
) -> None:
    vault = tmp_path / "vault"
    library.vaults.write(vault)
    path = vault / "papers" / "rcnn.md"
    text = path.read_text(encoding="utf-8")
    text = text.replace("tags:\n", "tags:\n  - by-hand\n").replace("aliases:\n", "aliases:\n  - Mine\n")
    path.write_text(text, encoding="utf-8")
    library.tags.change(["rcnn"], remove=["thesis"])
    library.vaults.write(vault)
    assert properties(path)["tags"] == ["object-detection", "by-hand"]
    library.corrections.edit("rcnn", Facts({"title": "Another title"}))
    library.vaults.write(vault)
    assert properties(path)["aliases"] == ["R-CNN", "Another title", "Mine"]
    again = path.read_text(encoding="utf-8").replace("tags:\n", "tags:\n  - thesis\n")
    path.write_text(again, encoding="utf-8")  # the reader's own by now
    library.tags.change(["rcnn"], rating=1)
    library.vaults.write(vault)
    assert properties(path)["tags"] == ["object-detection", "thesis", "by-hand"]


def test_properties_that_obsidian_writes_its_own_way_are_the_same(library: Library, tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    library.vaults.write(vault)
    path = vault / "papers" / "rcnn.md"
    _, matter, rest = path.read_text(encoding="utf-8").split("---\n", 2)
    plain = matter.replace('"', "").replace("title: ", "title: '").replace("\naliases", "'\naliases")
    path.write_text(f"---\n{plain}---\n{rest}", encoding="utf-8")
    library.tags.change(["rcnn"], rating=2)
    report = library.vaults.write(vault)
    assert report.written == ("papers/rcnn.md",) and properties(path)["rating"] == 2


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (END, "the end"),
        (BEGIN, f"{BEGIN}\n{BEGIN}"),
        ("It names", "It calls"),
        ('status: "read"', "status: queued"),
    ],
)
def test_what_was_changed_between_the_marks_stays_and_is_told(
    library: Library, tmp_path: Path, before: str, after: str
) -> None:
    vault = tmp_path / "vault"
    library.vaults.write(vault)
    path = vault / "papers" / "rcnn.md"
    changed = path.read_text(encoding="utf-8").replace(before, after, 1)
    path.write_text(changed, encoding="utf-8")
    library.tags.change(["rcnn"], rating=1)
    for _ in range(2):
        assert library.vaults.write(vault).kept == ("papers/rcnn.md",)
        assert path.read_text(encoding="utf-8") == changed


def test_windows_line_ends_stay(library: Library, tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    library.vaults.write(vault)
    path = vault / "papers" / "rcnn.md"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n") + b"mine\r\n")
    library.tags.change(["rcnn"], rating=1)
    assert library.vaults.write(vault).written == ("papers/rcnn.md",)
    data = path.read_bytes()
    assert data.count(b"\n") == data.count(b"\r\n") and data.endswith(b"mine\r\n")


def test_a_mark_of_the_bytes_order_stays(library: Library, tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    library.vaults.write(vault)
    path = vault / "papers" / "rcnn.md"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    library.tags.change(["rcnn"], rating=2)
    assert library.vaults.write(vault).written == ("papers/rcnn.md",)
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf---\n") and b"\nrating: 2\n" in data
    assert library.vaults.write(vault).written == ()


def test_a_file_of_a_paper_that_is_gone_goes_unless_the_reader_wrote_there(
    library: Library, tmp_path: Path
) -> None:
    vault = tmp_path / "vault"
    library.vaults.write(vault)
    path = vault / "papers" / "adam.md"
    path.write_text(f"{path.read_text(encoding='utf-8')}mine\n", encoding="utf-8")
    for key in ("adam", "sppnet"):
        library.corrections.remove(key)
    assert library.vaults.write(vault).removed == ("papers/sppnet.md",)
    assert path.read_text(encoding="utf-8").endswith("mine\n")


def test_it_comes_in_elsewhere_as_it_was(library: Library, tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    library.vaults.write(vault)
    with (vault / "papers" / "rcnn.md").open("a", encoding="utf-8") as file:
        file.write("\nBy hand: a [/b] z.\n")
    with open_library(empty_trail(tmp_path / "other"), clock=FixedClock()) as other:
        report = other.imports.take_in(vault)
        assert {entry.fate for entry in report.entries} == {Fate.ADDED} and not report.problems
        theirs, ours = other.papers.all(), library.papers.all()
        for one, same in zip(theirs, ours, strict=True):
            summary, known = one.summary, same.summary
            assert (summary.key, summary.title, summary.authors) == (known.key, known.title, known.authors)
            assert (summary.status, summary.counted, summary.rating) == (
                known.status,
                known.counted,
                known.rating,
            )
            assert [ref.key for ref in one.builds_on] == [ref.key for ref in same.builds_on]
            assert set(summary.lineages) == set(known.lineages)
            assert summary.tags == known.tags
        assert {name: keys for name, keys in other.lineages.members().items() if keys} == {
            name: keys for name, keys in library.lineages.members().items() if keys
        }
        (note,) = other.notes.texts()[0].values()
        (mine,) = library.notes.texts()[0].values()
        body = mine.split("---\n", 2)[-1].split("# ", 1)[-1].split("\n", 1)[-1].strip()
        assert body in note and note.endswith("## Brought in\n\nBy hand: a [/b] z.\n")
        again = other.imports.take_in(vault)
        assert [entry for entry in again.entries if entry.fate is not Fate.KNOWN] == []
        other.undo.undo()
        assert other.papers.all() == []


@pytest.mark.parametrize("lost", ["", END, BEGIN])
def test_what_was_written_between_the_marks_comes_in_and_nothing_of_ours_with_it(
    library: Library, tmp_path: Path, lost: str
) -> None:
    library.corrections.edit("adam", Facts({"abstract": "Of an abstract."}))
    vault = tmp_path / "vault"
    library.vaults.write(vault)
    for key in ("adam", "rcnn"):
        path = vault / "papers" / f"{key}.md"
        text = path.read_text(encoding="utf-8").replace("It names", "By hand, it names")
        text = text.replace(f"{END}\n", f"- a thought of {key}\n{END}\n").replace(lost or "\0", "")
        path.write_text(text, encoding="utf-8")
    with open_library(empty_trail(tmp_path / "other"), clock=FixedClock()) as other:
        assert not other.imports.take_in(vault).problems
        assert other.notes.texts()[0]["adam"].endswith("## Brought in\n\n- a thought of adam\n")
        rcnn = other.notes.texts()[0]["rcnn"]
        assert "By hand, it names [[fast-rcnn]].\n- a thought of rcnn\n" in rcnn and "## Brought" not in rcnn
    report = library.imports.take_in(vault)
    assert {entry.key for entry in report.of(Fate.MERGED)} == {"adam", "rcnn"}
    _, brought = library.notes.texts()[0]["rcnn"].split("## Brought in\n")
    assert "By hand, it names [[fast-rcnn]].\n- a thought of rcnn\n" in brought
    assert "Of an abstract" not in library.notes.texts()[0]["adam"]
    assert not library.imports.take_in(vault).of(Fate.MERGED), "once is enough"


def test_a_vault_of_this_trail_brings_nothing_that_is_here(library: Library, tmp_path: Path) -> None:
    library.vaults.write(tmp_path / "vault")
    assert not library.imports.take_in(tmp_path / "vault", Wanted(status=Status.UNREAD)).of(Fate.MERGED)


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16", "utf-8-sig"])
def test_a_literature_note_in_another_encoding_comes_in_as_utf8(
    library: Library, tmp_path: Path, encoding: str
) -> None:
    (tmp_path / "notes").mkdir()
    for key in ("rcnn", "smith51"):  # one that has a note, and a new one
        text = f"---\ncitekey: {key}\n---\n# Of {key}\n\nNaïve café.\n".replace("Of rcnn", "")
        (tmp_path / "notes" / f"{key}.md").write_bytes(text.encode(encoding))
    assert not library.imports.take_in(tmp_path / "notes").problems
    assert all("Naïve café." in library.notes.texts()[0][key] for key in ("rcnn", "smith51"))


def test_two_notes_about_one_new_paper_keep_their_words(library: Library, tmp_path: Path) -> None:
    for name in ("one", "two"):
        matter = "---\ncitekey: dupe\ntitle: Same\n---\n"
        (tmp_path / "notes" / name).mkdir(parents=True)
        (tmp_path / "notes" / name / "a.md").write_text(f"{matter}Words of {name}.\n", encoding="utf-8")
    library.imports.take_in(tmp_path / "notes")
    note = library.notes.texts()[0]["dupe"]
    assert note == "---\ncitekey: dupe\ntitle: Same\n---\nWords of one.\n\n## Brought in\n\nWords of two.\n"
    assert not library.imports.take_in(tmp_path / "notes").of(Fate.MERGED)


def test_pages_of_an_export_come_in_elsewhere_with_links_and_what_was_added(
    library: Library, tmp_path: Path
) -> None:
    fast = (
        "See [[rcnn]] and [[rcnn|the first]].\n\n## Problem\n\nSlow, see [[rcnn]] and [[rcnn|the first]].\n"
    )
    library.notes.save("fast-rcnn", fast, None)
    library.exports.write(tmp_path / "out", front_matter=True)
    page = tmp_path / "out" / "papers" / "fast-rcnn.md"
    page.write_text(f"{page.read_text(encoding='utf-8')}\nBy hand.\n", encoding="utf-8")
    with open_library(empty_trail(tmp_path / "other"), clock=FixedClock()) as other:
        other.imports.take_in(tmp_path / "out")
        note = other.notes.texts()[0]["fast-rcnn"]
        assert (
            "# Fast R-CNN\n\nSee [[rcnn]] and [[rcnn|the first]].\n\n## Problem\n\nSlow, see [[rcnn]]" in note
        )
        assert note.endswith("## Brought in\n\nBy hand.\n") and "All papers" not in note
    assert [entry.key for entry in library.imports.take_in(tmp_path / "out").of(Fate.MERGED)] == ["fast-rcnn"]
    assert library.notes.open("fast-rcnn").text == f"{fast}\n## Brought in\n\nBy hand.\n"


def test_of_two_papers_of_one_title_the_one_of_the_key_is_meant(library: Library, tmp_path: Path) -> None:
    bib = "".join(
        f"@misc{{{key}, title = {{Deep learning}}, doi = {{10.1000/{key}}}}}" for key in ("first", "second")
    )
    (tmp_path / "a.bib").write_text(bib, encoding="utf-8")
    library.imports.take_in(tmp_path / "a.bib")
    (tmp_path / "n").mkdir()
    text = "---\ncitekey: second\ntitle: Deep Learning\n---\nOf the second.\n"
    (tmp_path / "n" / "a.md").write_text(text, encoding="utf-8")
    (entry,) = library.imports.take_in(tmp_path / "n").entries
    assert (entry.key, entry.why) == ("second", "known by its title and key; new: a note")


def test_hostile_words_act_nowhere(library: Library, tmp_path: Path) -> None:
    for number, words in enumerate(HOSTILE):
        library.corrections.edit(("rcnn", "adam")[number % 2], Facts({"title": f"{number} {words}"}))
        version = library.notes.version("rcnn")
        library.notes.save("rcnn", f"{WRITTEN}\n\n{words}\n", version)
        library.vaults.write(tmp_path / "vault")
        for path in (tmp_path / "vault").rglob("*.md"):
            text = path.read_text(encoding="utf-8")
            lines = text.split("\n")
            assert lines.count(BEGIN) == lines.count(END) == 1 and "\x1b" not in text
            assert properties(path)["papertrail"] == 1
        assert library.vaults.write(tmp_path / "vault").written == ()


def test_it_is_none_of_the_trails_own_folders(library: Library) -> None:
    with pytest.raises(BadInput):
        library.vaults.write(library.home.notes / "vault")
