"""The notes about lineages: kept as those of papers are, and going along with their lineages."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from papertrail.domain.errors import BadInput, Conflict, NoteConflict, NotFound, PapertrailError
from papertrail.domain.paper import Status
from papertrail.domain.query.understood import understood
from papertrail.domain.word_diff import Mark
from papertrail.library import Library
from papertrail.library.summary_files import stem_of
from tests.trails import HOSTILE_TITLES, NOTE, FixedClock, opened, small_trail

R = "R-CNN to Faster R-CNN"
TEXT = "# R\n\n## The line in three sentences\n\nOne pass.\n"
LATER = TEXT.replace("One pass", "One pass an image")


def files(library: Library) -> dict[str, str]:
    folder = library.home.notes / "lineages"
    return {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*")}


def test_a_note_is_begun_saved_and_taken_back(tmp_path: Path) -> None:
    clock = FixedClock()
    with opened(small_trail(tmp_path), clock) as library:
        note = library.summaries.open(R)
        assert note.sha256 is None and f"# {R}\n\n## The line in three sentences\n" in note.text
        assert library.summaries.look(R, note.text).places[0].section == "The line in three sentences"
        saved = library.summaries.save(R, TEXT, None)
        assert saved.note.words == 2 and not saved.newly_counted
        assert files(library) == {"r-cnn-to-faster-r-cnn.md": TEXT}
        assert library.goal.progress().counted == 0 and library.notes.keys() == []
        clock.moment += timedelta(minutes=1)
        library.summaries.save(R, LATER, saved.sha256)
        with pytest.raises(NoteConflict):
            library.summaries.save(R, "mine", saved.sha256)
        (library.home.notes / "lineages").joinpath(
            next(n for n in files(library) if "conflict" in n)
        ).unlink()
        assert [one.is_now for one in library.summaries.earlier(R)] == [True, False]
        assert library.undo.next().past.what == f"note about {R} (4 words)"
        for kept in (TEXT, None):
            library.undo.undo()
            assert files(library) == ({"r-cnn-to-faster-r-cnn.md": kept} if kept else {})
        for kept in (TEXT, LATER):
            library.undo.redo()
            assert files(library) == {"r-cnn-to-faster-r-cnn.md": kept}
        assert library.summaries.restore(R, "1") is not None
        assert files(library) == {"r-cnn-to-faster-r-cnn.md": TEXT}
        assert library.summaries.restore(R, "1") is None
        library.undo.undo()
        assert files(library) == {"r-cnn-to-faster-r-cnn.md": LATER}


@pytest.mark.parametrize("undone", [False, True])
def test_it_goes_where_its_lineage_goes(tmp_path: Path, undone: bool) -> None:
    with opened(small_trail(tmp_path)) as library:
        text = library.summaries.open(R).text + "Words.\n"
        library.summaries.save(R, text, None)
        library.summaries.keep_draft(R, "unsaved", library.summaries.version(R))
        library.lineages.rename(R, "区域 / [/b]")
        renamed = text.replace(R, "区域 / [/b]", 1).replace(f"# {R}", "# 区域 / \\[/b\\]")
        assert files(library) == {"区域-b.md": renamed}
        assert library.summaries.open("区域 / [/b]").draft == "unsaved"
        library.lineages.remove("区域 / [/b]")
        assert files(library) == {}
        if undone:
            library.undo.undo()
            assert files(library) == {"区域-b.md": renamed}
            library.undo.undo()
            assert files(library) == {"r-cnn-to-faster-r-cnn.md": text}
            for now in ({"区域-b.md": renamed}, {}):
                library.undo.redo()
                assert files(library) == now


def test_names_that_would_be_the_same_file_have_files_of_their_own(tmp_path: Path) -> None:
    names = (
        "a b",
        "a-b",
        "A  (b)!",
        "残差",
        "残差?",
        "...",
        "???",
        "CON",
        "x" * 119,
        "长" * 119,
        *HOSTILE_TITLES[:3],
    )
    with opened(small_trail(tmp_path)) as library:
        for name in names:
            library.lineages.put(name, [])
        known = library.lineages.names()[2:]
        for name in known:
            library.summaries.save(name, f"# {name}\n", None)
        for name in known:
            assert library.summaries.open(name).text == f"# {name}\n"
            path = library.summaries.file(name)
            assert path.parent == library.home.notes / "lineages" and len(path.name.encode()) < 200
        assert len({name.casefold() for name in files(library)}) == len(known)


def test_what_others_wrote_is_taken_in_and_never_lost(tmp_path: Path) -> None:
    with opened(small_trail(tmp_path)) as library:
        path = library.summaries.file(R)
        path.parent.mkdir(parents=True)
        path.write_text(TEXT, encoding="utf-8")
        assert library.summaries.content(R).sections == (("The line in three sentences", "One pass."),)
        library.summaries.save(R, LATER, library.summaries.version(R))
        library.undo.undo()
        assert files(library) == {path.name: TEXT}, "what was there before papertrail came"
        path.write_text("mine\n", encoding="utf-8")
        with pytest.raises(Conflict, match="changed meanwhile"):
            library.undo.undo()
        library.lineages.remove(R)
        library.undo.undo()
        assert files(library) == {path.name: "mine\n"}
        path.unlink()
        library.summaries.take_in(R)
        library.undo.undo()
        assert files(library) == {path.name: "mine\n"}


def test_a_lineage_that_is_taken_back_takes_no_note_along(tmp_path: Path) -> None:
    """Whatever undo does with the lineage, the words written about it since are there or in the way."""
    with opened(small_trail(tmp_path)) as library:
        library.lineages.put("New", ["rcnn"])
        made = library.undo.next().past.op
        library.summaries.save("New", TEXT, None)
        library.statuses.set(["rcnn"], Status.READ)
        try:
            library.undo.undo(made)
        except PapertrailError:
            assert "New" in library.lineages.names()
        assert files(library) == {"new.md": TEXT}


def test_a_file_in_the_way_of_the_new_name_stays(tmp_path: Path) -> None:
    with opened(small_trail(tmp_path)) as library:
        library.summaries.save(R, TEXT, None)
        other = library.home.notes / "lineages" / "regions.md"
        other.write_text("mine\n", encoding="utf-8")
        with pytest.raises(Conflict):
            library.lineages.rename(R, "Regions")
        assert files(library) == {"r-cnn-to-faster-r-cnn.md": TEXT, "regions.md": "mine\n"}
        assert R in library.lineages.names()


def test_what_cannot_be_done_is_said(tmp_path: Path) -> None:
    with opened(small_trail(tmp_path)) as library:
        for name in ("nothing", "../x", "\x00"):
            with pytest.raises(NotFound):
                library.summaries.save(name, TEXT, None)
        with pytest.raises(BadInput):
            library.summaries.restore(R, "x")
        with pytest.raises(NotFound):
            library.summaries.restore(R, "1")


def test_a_link_out_of_the_trail_is_not_followed(tmp_path: Path) -> None:
    with opened(small_trail(tmp_path / "trail")) as library:
        secret = tmp_path / "secret.md"
        secret.write_text("SECRET\n", encoding="utf-8")
        path = library.summaries.file(R)
        path.parent.mkdir(parents=True)
        path.symlink_to(secret)
        assert "SECRET" not in library.exports.story(R)
        with pytest.raises(PapertrailError):
            library.summaries.save(R, TEXT, library.summaries.version(R))
        assert secret.read_text(encoding="utf-8") == "SECRET\n"


def test_doctor_backups_and_exports_know_it(tmp_path: Path) -> None:
    with opened(small_trail(tmp_path / "trail")) as library:
        library.notes.save("rcnn", NOTE, None)
        library.summaries.save(R, TEXT, None)
        assert library.strays.all() == []
        backup = tmp_path / "backup.zip"
        library.backups.make(to=backup)
        library.exports.write(tmp_path / "out")
        exported = (tmp_path / "out" / "lineages" / "r-cnn-to-faster-r-cnn.md").read_text(encoding="utf-8")
        assert "\n\nOne pass.\n\n| Paper |" in exported
        library.summaries.save(R, LATER, library.summaries.version(R))
        assert "lineages/r-cnn-to-faster-r-cnn.md" in library.exports.write(tmp_path / "out").written
    import zipfile

    with zipfile.ZipFile(backup) as archive:
        held = [name for name in archive.namelist() if "lineages/" in name]
    assert "notes/lineages/r-cnn-to-faster-r-cnn.md" in held
    assert any(name.startswith(".papertrail/history/@lineages/r-cnn-to-faster-r-cnn/") for name in held)


def test_stems_are_those_of_the_database_first(tmp_path: Path) -> None:
    with opened(small_trail(tmp_path)) as library:
        library.lineages.put("a b", [])
        library.lineages.put("a-b", [])
        library.summaries.save("a-b", TEXT, None)
        connection = library.summaries._trail.database.read()
        assert files(library) == {"a-b-2.md": TEXT}
        assert stem_of(connection, 3, "a b") == "a-b"


def test_it_comes_back_with_all_notes_or_alone(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        library.notes.save("rcnn", NOTE, None)
        library.summaries.save(R, TEXT, None)
        path = library.summaries.file(R)
        shutil.rmtree(home.notes)
        done = library.strays.restore_gone()
        assert done.restored == ("rcnn", f"lineages/{path.stem}") and not done.lost
        assert path.read_text(encoding="utf-8") == TEXT
        path.unlink()
        (found,) = library.checks.all(["gone-notes"])
        assert (found.where, found.remedy) == (
            f"notes/lineages/{path.name}",
            "papertrail note --restore-all",
        )
        assert library.strays.restore_gone().restored == (f"lineages/{path.stem}",)
        assert library.checks.all(["gone-notes"]) == []
        assert library.strays.restore_gone().restored == ()


@pytest.mark.parametrize(
    ("data", "check", "remedy"),
    [
        (b"", "emptied-notes", "--restore"),
        (b"\0" * 40, "emptied-notes", "--restore"),
        (b"\xff\xfe caf\xe9", "unreadable-notes", "--history"),
    ],
)
def test_doctor_tells_of_a_damaged_one(tmp_path: Path, data: bytes, check: str, remedy: str) -> None:
    with opened(small_trail(tmp_path)) as library:
        library.summaries.save(R, TEXT, None)
        path = library.summaries.file(R)
        path.write_bytes(data)
        (found,) = library.checks.all([check])
        assert found.where == f"notes/lineages/{path.name}" and f"--lineage '{R}' {remedy}" in found.remedy


def test_one_whose_text_is_lost_is_told(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        library.summaries.save(R, TEXT, None)
        path = library.summaries.file(R)
        path.unlink()
        shutil.rmtree(home.private / "history")
        (found,) = library.checks.all(["gone-notes"])
        assert "not kept" in found.what and found.remedy == f"papertrail note --lineage '{R}'"
        assert library.strays.restore_gone().lost == (f"lineages/{path.stem}",)


FOUND = """---
lineage: R
---

# R

## The line in three sentences
<!-- What could the field not do? hidden -->

One Naïve pass;
shared features, 残差.

## Mine

Superpixels went.
"""


@pytest.mark.parametrize(
    ("query", "line"),
    [
        ("naive pass", "One Naïve pass;"),
        ('"pass shared"', "One Naïve pass;"),
        ("残差", "shared features, 残差."),
        ("superpix or nothing", "Superpixels went."),
        ("note:superpix", "Superpixels went."),
        ("lineage:r-cnn superpix", "Superpixels went."),
        ("superpix -naive", None),
        ("-nowhere", None),
        ("lineage:r-cnn", None),
        ("status:unread superpix", None),
        ("superpix year:2015", None),
        ("hidden", None),
        ("three sentences", None),
        ("lineage", None),
        ("uperpix", None),
    ],
)
def test_words_in_it_are_found(tmp_path: Path, query: str, line: str | None) -> None:
    with opened(small_trail(tmp_path)) as library:
        library.summaries.save(R, FOUND, None)
        found = library.summaries.find(understood(query), 5)
        assert [(name, hit.line) for name, hit in found] == ([(R, line)] if line else [])


def test_what_is_found_follows_files_names_and_templates(tmp_path: Path) -> None:
    with opened(small_trail(tmp_path / "trail")) as library:

        def found(words: str) -> list[str]:
            return [name for name, _ in library.summaries.find(understood(words), 5)]

        assert found("pass") == []
        path = library.summaries.file(R)
        path.parent.mkdir(parents=True)
        path.write_text("one pass\n\nSay how.\n", encoding="utf-8")
        assert found("pass") == [R], "what nobody took in yet"
        path.write_text("another text\n\n## Open\n\nSay how.\n", encoding="utf-8")
        assert found("pass") == [] and found("another") == [R] and found("say") == [R]
        library.home.private.joinpath("lineage-template.md").write_text(
            "## Open\nSay how.\n", encoding="utf-8"
        )
        assert found("say") == [] and found("another") == [R]
        library.lineages.rename(R, "Regions")
        assert found("another") == ["Regions"]
        path = library.summaries.file("Regions")
        path.write_bytes(b"\xff another")
        assert found("another") == []
        path.unlink()
        (tmp_path / "secret.md").write_text("secret\n", encoding="utf-8")
        path.symlink_to(tmp_path / "secret.md")
        assert found("secret") == [], "a link out of the trail"


def test_a_template_of_the_readers_begins_it(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        library.notes.save("rcnn", NOTE, None)
        template = home.private / "lineage-template.md"
        library.exports.write(tmp_path / "out")
        template.write_text("Say it aloud.\n\n## 主线\n<!-- 三句话 -->\n\n## 未决\n", encoding="utf-8")
        begun = library.summaries.open(R).text
        assert begun.endswith(f"# {R}\n\nSay it aloud.\n\n## 主线\n<!-- 三句话 -->\n\n\n## 未决\n")
        saved = library.summaries.save(R, begun.replace("<!-- 三句话 -->", "<!-- 三句话 -->\n共享"), None)
        assert [(one.name, one.filled) for one in saved.note.sections] == [("主线", True), ("未决", False)]
        backup = tmp_path / "backup.zip"
        library.backups.make(to=backup)
        template.write_text("no heading\n", encoding="utf-8")
        (bad,) = library.checks.all(["template"])
        assert (bad.where, bad.remedy) == (
            ".papertrail/lineage-template.md",
            "mv .papertrail/lineage-template.md lineage-template-of-mine.md",
        )
        assert library.summaries.find(understood("共享"), 5) == []
        with pytest.raises(BadInput, match="no level-2 heading"):
            library.summaries.open("SGD")
        template.unlink()
        assert library.checks.all(["template"]) == []
    import zipfile

    with zipfile.ZipFile(backup) as archive:
        assert ".papertrail/lineage-template.md" in archive.namelist()


def test_doctor_tells_of_second_texts_and_marks_of_a_merge(tmp_path: Path) -> None:
    with opened(small_trail(tmp_path)) as library:
        library.summaries.save(R, TEXT + "<<<<<<< mine\na\n=======\nb\n>>>>>>> theirs\n", None)
        folder = library.home.notes / "lineages"
        for name in (
            "r-cnn-to-faster-r-cnn (conflicted copy 2026-01-01).md",
            "r-cnn-to-faster-r-cnn.sync-conflict-20260101-101010-ABCDEFG.md",
            "ideas.md",
            "picture.png",
        ):
            (folder / name).write_text("words\n", encoding="utf-8")
        *copies, ideas = sorted(library.checks.all(["stray-files"]), key=lambda one: one.is_remark)
        assert [one.where.removeprefix("notes/lineages/r-cnn-to-faster-r-cnn") for one in copies] == [
            " (conflicted copy 2026-01-01).md",
            ".sync-conflict-20260101-101010-ABCDEFG.md",
        ]
        assert {one.remedy for one in copies} == {f"papertrail note --lineage '{R}'"}
        assert all(f"a second text of the note about {R}: a conflict copy" in one.what for one in copies)
        assert (ideas.where, ideas.is_remark) == ("notes/lineages/ideas.md", True)
        (marks,) = library.checks.all(["merge-marks"])
        assert marks.what.startswith(f"the note about {R} has a merge conflict (line 6)")
        assert marks.remedy == f"papertrail note --lineage '{R}'"


def test_two_texts_are_compared(tmp_path: Path) -> None:
    clock = FixedClock()
    with opened(small_trail(tmp_path), clock) as library:
        with pytest.raises(NotFound):
            library.summaries.compare(R, ())
        saved = library.summaries.save(R, TEXT, None)
        assert library.summaries.compare(R, ())[0] is None
        clock.moment += timedelta(minutes=1)
        library.summaries.save(R, LATER, saved.sha256)
        for revs in ((), ("1",), ("1", "2"), (saved.sha256[:6],)):
            old, new, lines = library.summaries.compare(R, revs)
            assert old is not None and (old.number, new.number) == (1, 2)
            changed = [piece for line in lines for piece in line if piece.mark != Mark.SAME]
            assert "".join(piece.text for piece in changed if piece.mark == Mark.ADDED).strip() == "an image"
        for revs, error in ((("x",), BadInput), (("7",), NotFound)):
            with pytest.raises(error):
                library.summaries.compare(R, revs)
