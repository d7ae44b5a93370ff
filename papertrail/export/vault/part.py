"""Which part of a vault's files is papertrail's, for the one that writes them."""

from collections.abc import Mapping
from pathlib import Path

from papertrail.domain.errors import StorageError
from papertrail.export.vault.marks import Ours, digest_in, is_ours_alone
from papertrail.export.writer import Lists, Part


class VaultPart(Part):
    """What stands between the marks, and the properties of our names.

    Args:
        files: what is ours, by path in the vault.
        folder: of the vault.
    """

    def __init__(self, files: dict[str, Ours], folder: Path) -> None:
        self._files = files
        self._folder = folder
        self._before: Mapping[str, Lists] = {}

    def digest_of(self, path: Path) -> str | None:
        """Return what stands for our part of a file; "" where there is none, or its marks are broken."""
        text = _read(path)
        return digest_in(text) if text else None

    def digest(self, name: str, text: str) -> str:
        """Return what stands for our part of a new file."""
        return self._files[name].digest

    def data(self, path: Path, text: str) -> bytes:
        """Return a file with our part as it is to be, the rest byte for byte."""
        there = _read(path)
        if not there:
            return text.encode("utf-8", "replace")
        name = path.relative_to(self._folder).as_posix()
        merged = self._files[name].put_into(there, self._before.get(name, {}))
        if merged is None:
            raise StorageError(f"{path} has lost papertrail's marks meanwhile", "try again")
        return merged.encode("utf-8", "surrogateescape")

    def is_all(self, path: Path) -> bool:
        """Tell whether a file holds nothing of the reader's."""
        return is_ours_alone(_read(path) or "")

    def lists(self, name: str) -> Lists:
        """Return our entries in the lists that the reader adds to."""
        return self._files[name].lists

    def remind(self, lists: Mapping[str, Lists]) -> None:
        """Be told which entries were ours: those that are no more are taken out."""
        self._before = lists


def _read(path: Path) -> str | None:
    """Return a file's text, any byte of which is given back as it is; None where there is none."""
    try:
        return path.read_bytes().decode("utf-8", "surrogateescape") if path.is_file() else None
    except FileNotFoundError:
        return None
