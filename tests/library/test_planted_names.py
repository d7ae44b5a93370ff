"""Links planted where a file of ours is about to be written, by the names it would have while it is."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from papertrail.domain.inbox.model import Model
from papertrail.library import Home, create_trail
from papertrail.library.kept_model import KeptModel
from papertrail.sources.pdf_download import attach
from papertrail.sources.reply import Reply
from papertrail.sources.reply_cache import ReplyCache
from tests.planting import plant
from tests.trails import NOTE, opened, small_trail


def save_note(home: Home) -> Iterator[Path]:
    yield home.notes / "adam.md"
    with opened(home) as library:
        library.notes.save("adam", NOTE, None)
        yield next((home.private / "history" / "adam").iterdir(), home.private / "x")
        library.notes.save("adam", "other", library.notes.version("adam"))


def keep_draft(home: Home) -> Iterator[Path]:
    with opened(home) as library:
        library.notes.keep_draft("adam", "words", None)
        yield next((home.private / "drafts").iterdir())
        library.notes.keep_draft("adam", "more words", None)


def make_trail(home: Home) -> Iterator[Path]:
    home.seeds.unlink()
    yield home.seeds
    yield home.notes / "README.md"
    create_trail(home.root)


def write_story(home: Home) -> Iterator[Path]:
    path = home.root.parent / "shared" / "story.md"
    yield path
    yield home.record_of(path)
    with opened(home) as library:
        library.exports.save_story("SGD", path)


def draw(home: Home) -> Iterator[Path]:
    path = home.root.parent / "shared" / "progress.svg"
    yield path
    with opened(home) as library:
        library.reports.write_picture(path)


def write_export(home: Home) -> Iterator[Path]:
    folder = home.root.parent / "shared"
    yield folder / "README.md"
    yield folder / "lineages" / "sgd.md"
    with opened(home) as library:
        library.exports.write(folder)


def attach_pdf(home: Home) -> Iterator[Path]:
    mine = home.root / "mine.pdf"
    mine.write_bytes(b"%PDF-1.4 words")
    path = home.private / "pdfs" / "adam.pdf"
    yield path
    attach(mine, path, replace=False)


def keep_reply(home: Home) -> Iterator[Path]:
    cache = ReplyCache(home.replies)
    url = "https://example.org/"
    yield cache._file(url)
    cache.keep(Reply(url, 200, {}, b"words"))


def keep_model(home: Home) -> Iterator[Path]:
    path = home.private / "model"
    yield path
    KeptModel(path).keep("this", Model({}, 0.0, (), {}, {}))


WRITERS = [
    save_note,
    keep_draft,
    make_trail,
    write_story,
    draw,
    write_export,
    attach_pdf,
    keep_reply,
    keep_model,
]


@pytest.mark.parametrize("writer", WRITERS)
def test_what_a_planted_link_leads_to_is_never_written(
    tmp_path: Path, writer: Callable[[Home], Iterator[Path]]
) -> None:
    home = small_trail(tmp_path / "trail")
    opened(home).close()
    victim = tmp_path / "victim"
    victim.write_bytes(b"mine")
    targets = []
    for target in writer(home):
        targets.append(target)
        plant(target, victim)
    assert victim.read_bytes() == b"mine"
    assert targets
    for target in targets:
        assert target.is_file()
        assert not target.is_symlink()
