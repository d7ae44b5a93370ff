"""The trail as a vault of Obsidian, in which the reader writes on."""

import os
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from papertrail.domain.errors import StorageError
from papertrail.domain.settings import EXPORT_OBSIDIAN
from papertrail.domain.text import clean_line
from papertrail.library.exports import Exports
from papertrail.library.notes import Notes
from papertrail.library.open_trail import OpenTrail
from papertrail.library.out_files import refuse_own
from papertrail.library.publications import Chosen, Publications
from papertrail.library.uncollected import uncollected
from papertrail.library.vault_steps import Moment, VaultSteps
from papertrail.store.queries import papers

if TYPE_CHECKING:
    from papertrail.domain.exported import ExportReport


class Vaults:
    """The use cases of keeping a vault in step with the trail."""

    def __init__(
        self,
        trail: OpenTrail,
        notes: Notes,
        exports: Exports,
        publications: Publications,
        steps: VaultSteps,
    ) -> None:
        self._trail = trail
        self._steps = steps
        self._notes = notes
        self._exports = exports
        self._publications = publications

    def folder(self) -> Path | None:
        """Return the vault that the trail's setting names; None for none."""
        told = self._trail.setting(EXPORT_OBSIDIAN)
        return None if told == "off" else Path(told)

    def keep_in_step(self) -> "ExportReport | None":
        """Bring the vault that the setting names in step, and tell nobody of it; None where there is none.

        Raises:
            BadInput: as `write`.
            StorageError: as `write`; also where the folder above it is gone, as that of a disk that is away,
                or the vault was made before and is there no more.
        """
        folder = self.folder()
        if folder is None:
            return None
        if not folder.parent.is_dir():
            raise StorageError(f"{folder.parent} is gone", "papertrail set export-obsidian DIR, or off")
        self._refuse_gone(folder)
        report = self._brought(folder, Chosen())
        self._remember_made(folder)
        return report

    def _refuse_gone(self, folder: Path) -> None:
        """Refuse to make a vault anew that was moved away: where a disk is away, its mount point is there.

        Raises:
            StorageError: it was made before, and its folder or the list of its files is gone.
        """
        from papertrail.export.writer import MANIFEST

        if (folder / MANIFEST).is_file():
            return
        with suppress(OSError):
            if self._trail.home.vault_made.read_bytes() == os.fsencode(folder):
                raise StorageError(
                    f"{clean_line(str(folder))} is no vault any more",
                    "put it back, or make it anew: papertrail export --format obsidian --to DIR",
                )

    def _remember_made(self, folder: Path) -> None:
        from papertrail.disk.whole_file import write_whole

        made = self._trail.home.vault_made
        with suppress(OSError):
            if not made.exists() or made.read_bytes() != os.fsencode(folder):
                write_whole(made, os.fsencode(folder), 0o600)

    def write(self, to: Path, chosen: Chosen | None = None) -> "ExportReport":
        """Bring a vault in step: what papertrail says in its files, nothing of what the reader says there.

        A file whose marks are broken, or that was changed between them, stays as it is and is told of.

        Args:
            to: the folder.
            chosen: what is told of.

        Raises:
            BadInput: the folder is one of the trail's own.
            StorageError: the folder cannot be written.
        """
        report = self._brought(to, chosen or Chosen())
        self._trail.outgoing.files += report.files
        self._exports.remember(to)
        return report

    def _brought(self, to: Path, chosen: Chosen) -> "ExportReport":
        from papertrail.export.writer import is_written

        refuse_own(self._trail.home, to)
        is_looked_at = self._trail.outgoing.is_rehearsal
        is_kept = chosen == Chosen() and not is_looked_at and self._is_to_be_remembered(to)
        moment = self._steps.moment() if is_kept else None
        made_from = self._exports.made_from("vault", chosen)
        report = None
        if moment is not None and made_from:
            with uncollected():
                report = self._steps.bring(to, moment, made_from)
        if report is None:
            report = is_written(to, made_from)
        if report is not None:
            return report
        with uncollected():
            return self._written(to, chosen, made_from, moment)

    def _is_to_be_remembered(self, vault: Path) -> bool:
        """Tell whether small steps are for a vault: for the one that the setting names, if it names any."""
        followed = self.folder()
        return followed is None or followed.absolute() == vault.absolute()

    def _renamed(self, to: Path, names: Collection[str]) -> dict[str, str]:
        """Return what the files of papers with another key were called in a vault, by what they are now."""
        from papertrail.export.vault.files import paper_path
        from papertrail.export.writer import written_files

        connection, found = self._trail.database.read(), dict[str, str]()
        for old in written_files(to):
            key = old.removeprefix("papers/").removesuffix(".md")
            if old == paper_path(key) and old not in names:
                new = papers.key_of_alias(connection, key) or papers.key_before_undo(connection, key)
                if new is not None and paper_path(new) in names:
                    found.setdefault(paper_path(new), old)
        return found

    def _written(self, to: Path, chosen: Chosen, made_from: str, moment: Moment | None) -> "ExportReport":
        from papertrail.export.vault.files import named, vault_files
        from papertrail.export.vault.part import VaultPart
        from papertrail.export.writer import write_export
        from papertrail.library.vault_memory import stamps_of
        from papertrail.notebook.front_matter import split_front_matter

        told, published = self._publications.told(chosen)
        texts = {
            key: split_front_matter(text)[1]
            for key, text in self._notes.texts()[0].items()
            if key in told.sources.notes
        }
        called = named(told)
        files = vault_files(told, texts, called)
        left_out = (*published.unreadable, *published.leading_out)
        for key in left_out:
            files.pop(f"papers/{key}.md", None)  # it would lose what it says
        is_sound = not (left_out or published.in_conflict)
        before = stamps_of(to, files.keys()) if moment is not None else {}
        report = write_export(
            to,
            {name: ours.text for name, ours in files.items()},
            keep={f"papers/{key}.md" for key in left_out},
            made_from=made_from if is_sound else "",
            only_look=self._trail.outgoing.is_rehearsal,
            part=VaultPart(files, to),
            renamed=self._renamed(to, files.keys()),
        )
        if moment is not None and is_sound and made_from and not report.kept:
            there = {name: before[name] for name in report.unchanged if name in before}
            self._steps.keep(to, moment, told, called, there)
        elif moment is not None:
            self._steps.clear()
        return report._replace(
            unreadable=published.unreadable,
            in_conflict=published.in_conflict,
            leading_out=published.leading_out,
        )
