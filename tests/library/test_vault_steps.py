"""A vault kept in step by the files that changed is the one that an export of everything makes."""

from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copytree, rmtree
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrail.domain.errors import PapertrailError
from papertrail.domain.facts import Facts
from papertrail.domain.paper import Status
from papertrail.domain.vault_marks import END
from papertrail.export.told_trail import ToldTrail
from papertrail.export.vault import files
from papertrail.export.writer import MANIFEST
from papertrail.library import Library
from tests.examples import examples
from tests.trails import NOTE, RCNN, FixedClock, opened, small_trail

KEYS = [row[1] for row in RCNN]
NAMES = ("rcnn", "R-CNN", "SPPnet", "Fast R-CNN", "Adam", "[[adam]]", "[[sppnet|x]]", "[[gone]]", "a [/b] z")
CHANGED = "### from rcnn\n\nIt shares all."

Do = Callable[[Library, Path], object]


def note(key: str, words: str) -> Do:
    def do(library: Library, _: Path) -> None:
        library.notes.save(key, f"{NOTE}\n\n{words}\n", library.notes.version(key))

    return do


def written_by_others(key: str, words: str) -> Do:
    def do(library: Library, _: Path) -> None:
        library.home.notes.mkdir(exist_ok=True)
        library.home.notes.joinpath(f"{key}.md").write_text(f"# {key}\n\n{words}\n", encoding="utf-8")
        library.notes.index_changed()

    return do


def by_hand(key: str) -> Do:
    def do(_: Library, vault: Path) -> None:
        path = vault / "papers" / f"{key}.md"
        if path.exists():
            path.write_text(f"{path.read_text(encoding='utf-8')}mine\n", encoding="utf-8")

    return do


def gone_from_vault(name: str) -> Do:
    return lambda _, vault: (vault / name).unlink(missing_ok=True)


def told(library: Library, name: str, words: str) -> None:
    library.summaries.save(name, words, library.summaries.version(name))


KEY = st.sampled_from(KEYS)
WORDS = st.lists(st.sampled_from((*NAMES, CHANGED)), min_size=1, max_size=3).map("\n\n".join)
STEPS = st.one_of(
    st.builds(
        lambda key, status: lambda lib, _: lib.statuses.set([key], status), KEY, st.sampled_from(Status)
    ),
    st.builds(
        lambda key, rating: lambda lib, _: lib.tags.change([key], rating=rating), KEY, st.integers(1, 5)
    ),
    st.builds(lambda key, tag: lambda lib, _: lib.tags.change([key], add=[tag]), KEY, st.sampled_from(NAMES)),
    st.builds(note, KEY, WORDS),
    st.builds(written_by_others, KEY, WORDS),
    st.builds(by_hand, KEY),
    st.builds(gone_from_vault, KEY.map("papers/{}.md".format) | st.just("Papers.md")),
    st.just(lambda lib, _: lib.undo.undo()),
    st.just(lambda lib, _: lib.undo.redo()),
)
WHOLE = st.one_of(
    st.builds(
        lambda key, mine: (
            lambda lib, vault: (
                mine and by_hand(key)(lib, vault),
                lib.corrections.rename(key, f"{key}-2"),
            )
        ),
        KEY,
        st.booleans(),
    ),
    st.builds(lambda key: lambda lib, _: lib.corrections.remove(key), KEY),
    st.builds(
        lambda key, words: lambda lib, _: lib.corrections.edit(key, Facts({"title": words})),
        KEY,
        st.sampled_from(NAMES),
    ),
    st.builds(lambda words: lambda lib, _: told(lib, lib.lineages.all()[0].name, words), WORDS),
    st.builds(lambda key: lambda lib, _: (lib.home.notes / f"{key}.md").unlink(missing_ok=True), KEY),
)


def contents(vault: Path) -> dict[str, bytes]:
    """Return all files of a vault, the list of them among these."""
    return {
        path.relative_to(vault).as_posix(): path.read_bytes() for path in vault.rglob("*.*") if path.is_file()
    }


def exported_whole(library: Library, vault: Path) -> dict[str, bytes]:
    """Return what an export of everything makes of a copy of a vault, of which nothing is remembered."""
    known = library.home.private / "vault.known"
    before = known.read_bytes() if known.exists() else None
    known.unlink(missing_ok=True)
    with TemporaryDirectory() as name:
        library.vaults.write(Path(copytree(vault, Path(name) / "vault")))
        found = contents(Path(name) / "vault")
    known.unlink(missing_ok=True)
    if before is not None:
        known.write_bytes(before)
    return found


@given(doings=st.lists(st.one_of(STEPS, STEPS, STEPS, STEPS, WHOLE), min_size=2, max_size=6))
@examples(50)
def test_it_is_the_vault_that_an_export_of_everything_makes(doings: list[Do]) -> None:
    with TemporaryDirectory() as name, opened(small_trail(Path(name) / "trail")) as library:
        vault = Path(name) / "vault"
        library.vaults.write(vault)
        for do in doings:
            try:
                do(library, vault)
            except PapertrailError:  # nothing to undo, nothing of that name
                continue
            library.notes.index_changed()
            whole = exported_whole(library, vault)
            assert not library.vaults.write(vault).kept
            assert contents(vault) == whole
            assert library.vaults.write(vault).written == ()


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[tuple[Library, Path]]:
    """Give a trail and a vault in step with it."""
    with opened(small_trail(tmp_path / "trail"), FixedClock()) as library:
        library.notes.save("rcnn", f"{NOTE}\n\nSee [[adam]].\n", None)
        library.vaults.write(tmp_path / "vault")
        yield library, tmp_path / "vault"


@pytest.mark.parametrize(
    ("do", "written"),
    [
        (lambda lib: lib.tags.change(["rcnn"], rating=4), {"papers/rcnn.md"}),
        (lambda lib: lib.tags.change(["adam"], add=["x"]), {"papers/adam.md"}),
        (
            lambda lib: note("rcnn", "No more.")(lib, Path()),
            {"papers/rcnn.md", "papers/adam.md"},
        ),
        (
            lambda lib: note("rcnn", "See [[sppnet]].")(lib, Path()),
            {"papers/rcnn.md", "papers/adam.md", "papers/sppnet.md"},
        ),
        (lambda lib: None, set()),
    ],
)
def test_only_what_changed_is_looked_at(
    kept: tuple[Library, Path],
    do: Callable[[Library], object],
    written: set[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    library, vault = kept
    monkeypatch.setattr(files, "named", lambda _: pytest.fail("everything is exported"))
    do(library)
    report = library.vaults.write(vault)
    assert set(report.written) == written
    assert {*report.written, *report.unchanged} == contents(vault).keys() - {MANIFEST}


@pytest.mark.parametrize("change", [{"rating": 4}, {"add": ["x"]}])
def test_what_no_lineage_tells_has_none_of_their_files_looked_at(
    kept: tuple[Library, Path], change: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    library, vault = kept
    library.statuses.set(["sppnet"], Status.READ)
    library.vaults.write(vault)
    monkeypatch.setattr(files.VaultFiles, "lineage", lambda *_: pytest.fail("a lineage is told"))
    library.tags.change(["sppnet"], **change)
    assert library.vaults.write(vault).written == ("papers/sppnet.md",)
    monkeypatch.undo()
    library.statuses.set(["sppnet"], Status.UNREAD)
    assert any(name.startswith("lineages/") for name in library.vaults.write(vault).written)


def test_a_vault_beside_the_one_that_is_followed_takes_no_memory_from_it(
    kept: tuple[Library, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library, vault = kept
    library.settings.set("export-obsidian", str(vault))
    library.vaults.write(vault)
    library.vaults.write(tmp_path / "another")
    library.tags.change(["rcnn"], rating=4)
    monkeypatch.setattr(files, "named", lambda _: pytest.fail("everything is exported"))
    assert library.vaults.write(vault).written == ("papers/rcnn.md",)


@pytest.mark.parametrize("key", KEYS)
def test_a_status_changes_its_lineages_and_where_one_begins(kept: tuple[Library, Path], key: str) -> None:
    library, vault = kept
    library.statuses.set([key], Status.READ)
    whole = exported_whole(library, vault)
    library.vaults.write(vault)
    assert contents(vault) == whole


def test_what_a_note_says_it_changed_is_told_in_its_lineages(kept: tuple[Library, Path]) -> None:
    library, vault = kept
    for words in ("It shares all.", "It shares the convolutions.", ""):
        told = f"### from rcnn\n\n{words}" if words else "No more."
        note("fast-rcnn", told)(library, Path())
        whole = exported_whole(library, vault)
        assert any(words.encode() in data for name, data in whole.items() if name.startswith("lineages/"))
        library.vaults.write(vault)
        assert contents(vault) == whole


def test_what_was_changed_between_the_marks_stays_and_is_told(kept: tuple[Library, Path]) -> None:
    library, vault = kept
    path = vault / "papers" / "rcnn.md"
    changed = path.read_text(encoding="utf-8").replace("See [[adam]]", "By hand")
    path.write_text(changed, encoding="utf-8")
    library.tags.change(["adam"], rating=4)
    report = library.vaults.write(vault)
    assert (report.written, report.kept) == (("papers/adam.md",), ("papers/rcnn.md",))
    assert path.read_text(encoding="utf-8") == changed and END in changed


@pytest.mark.parametrize("lost", ["vault.known", "cut off", "another's"])
def test_what_is_not_certain_is_left_to_an_export_of_everything(
    tmp_path: Path, lost: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(small_trail(tmp_path / "trail")) as library:
        vault, known = tmp_path / "vault", library.home.private / "vault.known"
        library.vaults.write(vault)
        if lost == "vault.known":
            known.write_bytes(known.read_bytes()[:100])
        elif lost == "cut off":
            (vault / ".papertrail-export.begun").write_text("{", encoding="utf-8")
        else:
            library.vaults.write(tmp_path / "other")
        made: list[ToldTrail] = []
        named = files.named

        def counted(told: ToldTrail) -> files.Named:
            made.append(told)
            return named(told)

        monkeypatch.setattr(files, "named", counted)
        library.tags.change(["rcnn"], rating=4)
        assert library.vaults.write(vault).written == ("papers/rcnn.md",) and len(made) == 1
        rmtree(vault)
        assert len(library.vaults.write(vault).written) > len(KEYS) and len(made) == 2
