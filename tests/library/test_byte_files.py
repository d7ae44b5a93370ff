"""Files of any bytes among the notes: nothing changes one without an edit, and no look at the trail fails."""

from pathlib import Path
from random import Random

from papertrail.domain.errors import PapertrailError
from papertrail.library import Home
from tests.examples import share_of
from tests.trails import FixedClock, opened, write_seeds

PIECES = (
    b"## Problem\n",
    b"## Key idea\r\n",
    b"---\n",
    b"```\n",
    b"<!--",
    b"-->",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\0",
    b"[[adam]]",
    b"\x1b]52;c;ZQ==\x07",
    b"<<<<<<< x\n",
    b"=======\n",
    b">>>>>>> y\n",
    b"\r",
    b"\t",
    "残差".encode(),
    b"\xe6\xae",
    b"Q: why?\nA: so\n",
)


def _bytes(random: Random) -> bytes:
    if random.random() < 0.3:
        return random.randbytes(random.randint(0, 300))
    return b"".join(random.choice((*PIECES, random.randbytes(3))) for _ in range(random.randint(0, 40)))


def test_random_bytes_stay_as_they_are(tmp_path: Path) -> None:
    home = Home(tmp_path / "trail")
    random, number = Random(17), share_of(2_000)
    keys = [f"paper-{n}" for n in range(number)]
    write_seeds(home.seeds, [("L", key, f"Paper {key}", "", "2015", "", "", "", "") for key in keys])
    home.notes.mkdir(parents=True)
    for key in keys:
        name = f"{key}.md" if random.random() < 0.9 else f"{key}.conflict-{random.randint(0, 9)}.md"
        (home.notes / name).write_bytes(_bytes(random))
    before = {path: path.read_bytes() for path in home.notes.iterdir()}
    with opened(home, FixedClock()) as library:
        library.catch_up()
        written = [paper.summary.key for paper in library.papers.all() if paper.note.exists]
        assert len(written) > number / 20
        list(library.notes.lines_with("problem", keys))
        for key in random.sample(keys, min(number, 100)):
            library.papers.get(key)
            library.notes.body(key)
            library.notes.text_anyway(key)
            library.strays.copies(key)
            library.note_titles.another(key)
            for look in (library.notes.open, library.guesses.told):
                try:
                    look(key)
                except PapertrailError as error:
                    assert str(error).isprintable()
            try:
                library.notes.section(key, "Problem")
            except PapertrailError as error:
                assert str(error).isprintable()
        library.search.out_of_step()
        library.recall.day()
    assert {path: path.read_bytes() for path in home.notes.iterdir()} == before
