"""Finding papers and lineages, and the trail itself."""

from pathlib import Path

import pytest

from papertrail.domain.errors import NotFound
from papertrail.library import Home, create_trail, find_home, open_library
from tests.trails import HOSTILE_TITLES, asked, opened, small_trail


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = small_trail(tmp_path_factory.mktemp("trail"))
    opened(home).close()
    return home


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("rcnn", "rcnn"),
        (" Faster-RCNN ", "faster-rcnn"),
        ("1506.01497", "faster-rcnn"),
        ("arXiv:1506.01497v3", "faster-rcnn"),
        ("https://arxiv.org/pdf/1506.01497v2.pdf", "faster-rcnn"),
        ("10.48550/arXiv.1506.01497", "faster-rcnn"),
        ("spp", "sppnet"),
        ("robbins", "robbins-monro"),
    ],
)
def test_resolve(home: Home, text: str, key: str) -> None:
    with opened(home) as library:
        assert library.papers.resolve(text) == key


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("fast", "fast-rcnn, faster-rcnn"),
        ("fastr-rcnn", "did you mean faster-rcnn or fast-rcnn"),
        ("1706.03762", "papertrail add 1706.03762"),
        ("zzz", "papertrail list"),
        ("\x1b]52;c;x\x07", "no paper is called ]52;c;x"),
    ],
)
def test_what_cannot_be_resolved_says_what_is_near(home: Home, text: str, said: str) -> None:
    with opened(home) as library, pytest.raises(NotFound) as caught:
        library.papers.resolve(text)
    assert said in str(caught.value)
    assert "\x1b" not in str(caught.value)


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("girshick fast", ["fast-rcnn"]),
        ("KAIMING", ["sppnet", "faster-rcnn"]),
        ("1412.6980", ["adam"]),
        ("100%", []),
        ('"100\\', []),
        ('lineage:"SGD"', ["robbins-monro", "adam"]),
        ("lineage:nothing", []),
        ("status:read", []),
        ('stochastic status:unread lineage:"SGD"', ["robbins-monro"]),
    ],
)
def test_queries(home: Home, query: str, keys: list[str]) -> None:
    with opened(home) as library:
        assert [p.key for p in asked(library, query)] == keys


def test_lineages_are_found_by_a_beginning(home: Home) -> None:
    with opened(home) as library:
        assert library.lineages.resolve("r-cnn") == "R-CNN to Faster R-CNN"
        assert library.lineages.resolve("sgd") == "SGD"
        with pytest.raises(NotFound, match="did you mean SGD"):
            library.lineages.resolve("SGDD")


def test_home_is_found_in_the_documented_order(tmp_path: Path) -> None:
    user, one, two = tmp_path / "user", tmp_path / "one", tmp_path / "two"
    small_trail(one)
    small_trail(two)
    deep = two / "a" / "b"
    deep.mkdir(parents=True)
    environ = {"HOME": str(user)}
    assert find_home(None, deep, environ).root == two
    assert find_home(None, tmp_path, environ) == Home(user / "papertrail", is_default=True)
    assert find_home(None, deep, {**environ, "PAPERTRAIL_HOME": str(one)}).root == one
    assert find_home(Path("two"), tmp_path, {**environ, "PAPERTRAIL_HOME": str(one)}).root == two
    with pytest.raises(NotFound, match="papertrail init"):
        find_home(Path("nowhere"), tmp_path, environ)


def test_the_default_trail_is_made_from_the_packaged_seeds(tmp_path: Path) -> None:
    told: list[str] = []
    home = find_home(None, tmp_path, {"HOME": str(tmp_path)})
    with open_library(home, report=told.append) as library:
        assert library.papers.number() == 198
        assert library.goal.progress().tally == "0 of 100"
    assert told == [f"made a new trail in {tmp_path / 'papertrail'}"]
    assert (home.notes / "README.md").exists()


def test_making_a_trail_keeps_what_is_there(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    text = home.seeds.read_text(encoding="utf-8")
    create_trail(tmp_path)
    assert home.seeds.read_text(encoding="utf-8") == text


def test_hostile_titles_come_out_clean(tmp_path: Path) -> None:
    rows = [("Line", f"p{i}", title, "", "", "", "", "", "") for i, title in enumerate(HOSTILE_TITLES)]
    with opened(small_trail(tmp_path, rows)) as library:
        titles = [p.title for p in library.papers.each()]
    assert len(titles) == len(HOSTILE_TITLES)
    assert titles[0] == "a [/] b"
    assert titles[6] == "残差网络"
    for title in titles:
        assert not any(ord(c) < 32 or 127 <= ord(c) < 160 or c in "\u202e\u2066\u2069" for c in title)
