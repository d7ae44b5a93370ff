"""Links: whose they are, where they lead, and that nothing is written where they lead out of a trail."""

import os
from pathlib import Path

import pytest

from papertrail.disk.links import link_of_others, refuse_way_out, way_out
from papertrail.domain.errors import LeadsOut
from tests.planting import as_of_another_user


@pytest.mark.parametrize(
    ("links", "path", "is_theirs"),
    [
        ({}, "a/b.md", False),
        ({"theirs": "a"}, "theirs/b.md", True),
        ({"theirs": "a/b.md"}, "theirs", True),
        ({"theirs": "nowhere"}, "theirs", True),
        ({"mine": "theirs", "theirs": "a"}, "mine/b.md", True),
        ({"mine": "a", "theirs": "a"}, "mine/b.md", False),
        ({"theirs": "a"}, "theirs/../a/b.md", True),
        ({"a/up": ".."}, "a/up/a/up/a/b.md", False),
        ({"mine": "mine"}, "mine", False),
    ],
)
def test_whose_link_leads_there(
    tmp_path: Path, links: dict[str, str], path: str, is_theirs: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b.md").write_text("words", encoding="utf-8")
    for name, target in links.items():
        (tmp_path / name).symlink_to(target)
    if "theirs" in links:
        as_of_another_user(tmp_path / "theirs", monkeypatch)
    monkeypatch.chdir(tmp_path)
    for one in (path, tmp_path / path):
        found = link_of_others(Path(one))
        assert (found is not None) is is_theirs
        assert found is None or found.name == "theirs" or os.geteuid()


@pytest.mark.parametrize(
    ("links", "path", "part"),
    [
        ({}, "notes/a.md", None),
        ({"trail/notes/a.md": "b.md"}, "notes/a.md", None),
        ({"trail/notes/a.md": "../../outside/a.md"}, "notes/a.md", "notes/a.md"),
        ({"trail/notes/sub": "../../trailer"}, "notes/sub/a.md", "notes/sub"),
        ({"trail/notes/sub": "/"}, "notes/sub", "notes/sub"),
        ({"trail/notes/sub": ".."}, "notes/sub/notes/a.md", None),
    ],
)
def test_what_leads_out_is_named(tmp_path: Path, links: dict[str, str], path: str, part: str | None) -> None:
    (tmp_path / "trail" / "notes").mkdir(parents=True)
    (tmp_path / "trailer").mkdir()
    (tmp_path / "by link").symlink_to("trail")
    for name, target in links.items():
        (tmp_path / name).symlink_to(target)
    for root in (tmp_path / "trail", tmp_path / "by link"):
        assert (way_out(root / path, root) is None) is (part is None)
        if part is None:
            refuse_way_out(root / path, root)
        else:
            with pytest.raises(LeadsOut) as told:
                refuse_way_out(root / path, root)
            assert str(told.value).startswith(f"{part} is a link that leads out of the trail")
