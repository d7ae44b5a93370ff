"""Backups from the palette: one made now, or which there are, each in a line."""

from functools import partial
from typing import Any

from textual.message import Message
from textual.screen import Screen

from papertrail.library import Library
from papertrail.tui.frame.background import WorkTold, in_thread
from papertrail.tui.widgets.data_text import say


def back_up(screen: Screen[Any], library: Library) -> None:
    """Back the trail up beside the screen, and tell where it is."""
    say(screen, "backing up …")

    def make() -> Message:
        backup = library.backups.make()
        told = f"backed up, {_size(backup.size)}, looked through: .papertrail/backups/{backup.path.name}"
        return WorkTold(partial(say, screen, told))

    in_thread(screen, make, group="backup-now")


def tell_backups(screen: Screen[Any], library: Library) -> None:
    """Tell how many backups there are, and of the newest."""

    def look() -> Message:
        backups = library.backups.all()
        told = "there is no backup yet: the palette makes one, and so does each day"
        if backups:
            newest, size = backups[0], sum(one.size for one in backups)
            count = "1 backup" if len(backups) == 1 else f"{len(backups)} backups"
            named = f"{newest.named.why.words}, {newest.named.at:%Y-%m-%d %H:%M}"
            told = f"{count}, {_size(size)}; the newest {named}: papertrail backup --list"
        return WorkTold(partial(say, screen, told))

    in_thread(screen, look, group="backups")


def _size(size: int) -> str:
    return f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{max(size // 1000, 1)} KB"
