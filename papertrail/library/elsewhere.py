"""Unsaved words, put anywhere at all when the trail does not take them."""

from contextlib import suppress
from pathlib import Path

from papertrail.library.open_trail import OpenTrail


def put_elsewhere(trail: OpenTrail, stem: str, text: str) -> Path:
    """Write unsaved text to a new file: in the trail, at home or in the folder of temporary files.

    Args:
        trail: the open trail.
        stem: what the file's name begins with.
        text: the words.

    Raises:
        StorageError: nowhere can it be written.
    """
    from tempfile import gettempdir

    from papertrail.disk.whole_file import disk_errors, new_numbered

    name = f"{stem}.unsaved-{trail.now().strftime('%Y%m%d-%H%M%S')}"
    folders = (trail.home.root, Path.home(), Path(gettempdir()))
    for folder in folders:
        with suppress(OSError):
            return new_numbered(folder, name, text.encode("utf-8"), 0o600)
    with disk_errors(folders[-1]):
        return new_numbered(folders[-1], name, text.encode("utf-8"), 0o600)
