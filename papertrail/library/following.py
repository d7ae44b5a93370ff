"""Keeps a vault in step with the trail after each change, in a process of its own: nobody waits for it."""

import os
import sys
import time
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from papertrail.domain.errors import Busy, PapertrailError
from papertrail.library.trail import Home

if TYPE_CHECKING:
    import subprocess

    from papertrail.domain.exported import ExportReport

ITSELF = "PAPERTRAIL_FOLLOWING"
"""Set for the process that writes the vault: what it does there is followed by nobody."""
DELAY = 0.1  # seconds: what is done at the same time is written once
_PATIENCE = 60.0  # seconds, for the one before it
_LONGEST = 400  # characters of what went wrong
_AMISS = "the vault is not in step"
_begun: list["subprocess.Popen[bytes]"] = []  # to be waited for once they are over


def follow(home: Home) -> None:
    """Begin to bring the vault in step, and return. What goes wrong is told when the trail is opened next."""
    if ITSELF in os.environ:
        return
    _begun[:] = [one for one in _begun if one.poll() is None]
    import subprocess  # the process that follows runs none

    code = "import sys; from papertrail.library.following import keep_in_step; keep_in_step(sys.argv[1])"
    with suppress(OSError):  # the next change tries again
        _begun.append(
            subprocess.Popen(
                [sys.executable, "-c", code, str(home.root.absolute())],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={**os.environ, ITSELF: "1"},
                start_new_session=True,
            )
        )


def keep_in_step(root: str) -> None:
    """Write what changed into the vault that the trail's setting names; this process does nothing else."""
    from papertrail.disk.whole_file import write_whole
    from papertrail.domain.clock import clock_from
    from papertrail.library.library import open_library
    from papertrail.store.lock import write_lock

    time.sleep(DELAY)
    home = Home(Path(root))
    trouble = home.vault_trouble
    try:
        with ExitStack() as writing:
            with write_lock(home.private / "vault.waiting", 0.0):  # one that waits sees what all have done
                writing.enter_context(write_lock(home.private / "vault.lock", _PATIENCE))
            library = writing.enter_context(open_library(home, clock=clock_from(os.environ)))
            report = library.vaults.keep_in_step()
        said = "" if report is None else _said(report)
    except Busy:
        return  # whoever waits, or has the lock for so long, writes what is there
    except PapertrailError as error:
        said = f"{_AMISS}: {error}"
    with suppress(OSError):
        if said:
            write_whole(trouble, said[:_LONGEST].encode("utf-8", "replace"), 0o600)
        else:
            trouble.unlink(missing_ok=True)


def trouble_of(home: Home) -> str:
    """Return what went wrong when the vault was written last, as one line; empty where nothing did."""
    try:
        said = home.vault_trouble.read_text(encoding="utf-8")[:_LONGEST]
    except (OSError, ValueError):
        return ""
    return " ".join(said.split())


def _said(report: "ExportReport") -> str:
    if report.kept:
        return f"{_AMISS}: {_named(report.kept)} was changed between papertrail's marks: left as it is"
    if report.outlived:
        named = _named(report.outlived)
        return f"in the vault {named} stays for what you wrote in it: what it was about is gone"
    return ""


def _named(names: tuple[str, ...]) -> str:
    return f"{names[0]} and {len(names) - 1} more" if len(names) > 1 else names[0]
