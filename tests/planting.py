"""What others put in our way."""

import os
from pathlib import Path

import pytest


def as_of_another_user(link: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a link belong to another user: by giving it away where we may, else by being another one."""
    if os.geteuid() == 0:
        os.lchown(link, 65534, 65534)
    else:
        monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)


def plant(target: Path, victim: Path) -> None:
    """Put links to `victim` beside a file, by the names that it may have while it is being written."""
    target.parent.mkdir(parents=True, exist_ok=True)
    for number in (os.getpid(), 1, 4711):
        for name in (f".{target.name}.{number}.tmp", f"{target.name}.{number}.tmp", f"{target.name}.tmp"):
            if not (path := target.with_name(name)).is_symlink():
                path.symlink_to(victim)
