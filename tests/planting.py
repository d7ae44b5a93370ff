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
