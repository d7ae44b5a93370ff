"""The reader's folder: where it is found, what stands in it, and how a new one is made."""

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from papertrail.domain.errors import NotFound, StorageError, StrangeTrail
from papertrail.store.trail_folder import find_folder, is_known, is_trail

NOTES_README = """# Notes

One Markdown file for each paper you write about, named after the paper's key: `faster-rcnn.md`.
papertrail makes a file when you first edit its note; open and change them with whatever editor you like.
A paper counts towards the goal once it is read and the required sections of its note are filled.

Should two programs change the same note at once, both texts are kept: the second one stands beside the
first as `<key>.conflict-<time>.md`, and `papertrail note KEY --merge` makes one note of them.
"""


class Home(NamedTuple):
    """The paths of one trail; nothing need exist yet.

    Attributes:
        is_default: whether this is the folder used when nothing else was named or found, which is made
            on first use.
    """

    root: Path
    is_default: bool = False

    @property
    def seeds(self) -> Path:
        """The reader's file of papers and lineages."""
        return self.root / "seeds" / "papers.csv"

    @property
    def notes(self) -> Path:
        """The folder of note files."""
        return self.root / "notes"

    @property
    def private(self) -> Path:
        """The folder of the database, history, drafts and backups."""
        return self.root / ".papertrail"

    @property
    def database(self) -> Path:
        """The database."""
        return self.private / "library.db"

    @property
    def journal_copy(self) -> Path:
        """The journal in plain text, from which the database can be made anew."""
        return self.private / "journal.jsonl"

    @property
    def vault_trouble(self) -> Path:
        """What went wrong when the vault was last brought in step; no such file where nothing did."""
        return self.private / "vault.trouble"

    @property
    def vault_made(self) -> Path:
        """The file that names the vault that was kept in step last."""
        return self.private / "vault.made"

    @property
    def pdfs(self) -> Path:
        """The folder of PDFs, one named after the key of each paper."""
        return self.private / "pdfs"

    @property
    def replies(self) -> Path:
        """Where replies of arXiv's are kept."""
        return self.private / "replies"

    @property
    def export(self) -> Path:
        """Where exports go unless told otherwise."""
        return self.root / "export"

    def record_of(self, path: Path) -> Path:
        """Return the file that remembers what was written to `path`, to know it again; the trail may move."""
        from hashlib import sha256  # brings in OpenSSL, and is needed for what is given away only

        real, root = Path(os.path.realpath(path)), Path(os.path.realpath(self.root))
        name = real.relative_to(root) if real.is_relative_to(root) else real
        return self.private / "written" / sha256(os.fsencode(name)).hexdigest()

    @property
    def is_trail(self) -> bool:
        """Whether there is a trail here."""
        return is_trail(str(self.root))


def find_home(explicit: Path | None, cwd: Path, environ: Mapping[str, str]) -> Home:
    """Return the trail to use, as `find_folder` finds it; nothing is made.

    Raises:
        NotFound: a folder was named and there is no trail in it.
    """
    folder, how = find_folder(None if explicit is None else str(explicit), str(cwd), environ)
    if how == "named" and not is_trail(folder):
        named = explicit or environ["PAPERTRAIL_HOME"]
        raise NotFound(f"there is no trail in {folder}", f"make one with: papertrail init {named}")
    return Home(Path(folder), is_default=how == "default")


def meet(home: Home, environ: Mapping[str, str]) -> None:
    """Look at a trail from outside, before anything of it is opened.

    Raises:
        StrangeTrail: it is another account's, or may have come with a clone or an archive.
    """
    root = str(home.root)
    if is_known(root, environ):
        return
    from papertrail.store.known_trails import strange_trail

    strange = strange_trail(root, environ)
    if strange is None:
        return
    from papertrail.domain.text import clean_line

    if strange.owner is not None:
        what = f"belongs to {_named(strange.owner)}"
    elif strange.copy_of:
        what = f"is a copy of {clean_line(strange.copy_of)} that you never opened"
    else:
        what = "is a trail that you never opened here: it may have come with a clone or an archive"
    import shlex

    raise StrangeTrail(
        f"{clean_line(root)} {what}; nothing of it was opened",
        f"if it is to be, say so once: papertrail trust {shlex.quote(clean_line(root))}",
    )


def trust(home: Home, environ: Mapping[str, str]) -> None:
    """Have a trail opened without a word from now on.

    Raises:
        StorageError: the list of such trails cannot be written.
    """
    from papertrail.store.known_trails import remember
    from papertrail.store.trail_folder import TRUST, known_list

    if not remember(str(home.root), environ):
        raise StorageError(
            f"cannot write {known_list(environ)}", f"name the trail in the environment: {TRUST}={home.root}"
        )


def make_private(home: Home) -> None:
    """Make the private folder of a trail that has none: a new trail, which its reader thereby knows.

    Raises:
        OSError: it cannot be made.
    """
    try:
        home.private.mkdir(mode=0o700)
    except FileExistsError:
        if not home.private.is_dir():
            raise
    else:
        from papertrail.store.known_trails import remember

        remember(str(home.root), os.environ)


def _named(account: int) -> str:
    """Return an account's name, its number where it has none here."""
    try:
        import pwd

        from papertrail.domain.text import clean_line

        return f"the user {clean_line(pwd.getpwuid(account).pw_name)}"
    except (ImportError, KeyError):
        return f"the user {account}"


def create_trail(root: Path) -> Home:
    """Make a trail in `root` from the packaged seeds; what is there already stays as it is.

    Raises:
        LeadsOut: a link in it leads a folder of the trail out of it.
        StorageError: the folder cannot be made or written.
    """
    from papertrail.disk.leftovers import sweep_leftovers
    from papertrail.disk.links import refuse_way_out
    from papertrail.disk.whole_file import new_file
    from papertrail.sources.seeds_csv import packaged_seeds

    home = Home(root)
    try:
        for folder in (home.root, home.notes, home.seeds.parent):
            folder.mkdir(parents=True, exist_ok=True)
        for path, text in (
            (home.seeds, packaged_seeds().read_text(encoding="utf-8")),
            (home.notes / "README.md", NOTES_README),
        ):
            if not path.exists():
                refuse_way_out(path, home.root)
                sweep_leftovers(path.parent, path.name)
                with suppress(FileExistsError):
                    new_file(path, text.encode("utf-8"))
        make_private(home)
    except OSError as error:
        raise StorageError(
            f"cannot make a trail in {root} ({error.strerror})", "choose another folder: papertrail init DIR"
        ) from error
    return home
