"""A trail is backed up while others write to it."""

from pathlib import Path

from tests.backups.made import full_trail
from tests.backups.writing import back_up_while_two_write


def test_what_is_put_back_is_the_trail_at_one_moment(tmp_path: Path) -> None:
    backup = back_up_while_two_write(full_trail(tmp_path / "trail").root, tmp_path / "new")
    assert backup.contents is not None and backup.contents.left_out == ()
