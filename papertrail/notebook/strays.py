"""Files among the notes that are no paper's note: which paper they belong to, mostly told by their names."""

import os
import re
import unicodedata
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from pathlib import Path

from papertrail.domain.strays import Stray, StrayKind

IsKey = Callable[[str], bool]

SUMMARIES = "lineages"  # the folder of the notes about lineages
MOST_FOLDERS = 200
DEEPEST = 4  # folders below the notes
MOST_FILES = 2_000  # in these folders
_HEAD = 4_096  # bytes of a file in which its front matter is looked for
_MOST_PEELED = 6  # marks of copies of copies

_MARKDOWN = re.compile(
    r"(?P<stem>.+?)\.(?:md|markdown|mdown|mkd)(?P<rest>\.txt|[ .]?\(?conflict[^.]*)?", re.IGNORECASE
)
_IN_ANY_LANGUAGE = (
    "conflict|konflikt|conflit|conflitt|conflito|ristiriit|çakış|конфликт|競合|冲突|衝突|충돌"
    r"|\d{4}[-.]\d{2}[-.]\d{2}"
)
_COPY = (
    r"(?:copy|copie|kopie|copia|cópia|kopia|kopi|kopio|kopya|kópia|копия|コピー|副本|拷贝|복사본)"
    r"(?:\s?\d{1,3})?$"
)
# What programs put before or behind the name of a file when there are two texts of it. Each pattern stands
# behind what such a name holds in any case: to compile all of them costs more than a daily command may.
_MARKS = (
    (".sync-", r"\.sync-conflict-\d{8}-\d{6}(?:-[A-Z0-9]+)?$", "a conflict copy of Syncthing"),
    ("~", r"~\d{8}-\d{6}$", "an older text that Syncthing has put aside"),
    (
        ".conflict-",
        r"\.conflict-\d{8}-\d{6}(?:-\d+)?$",
        "a text that papertrail kept when another program had changed the note",
    ),
    ("conflict", r"[._ -]conflict(?:ed)?[-_. \d]*$", "a conflict copy"),
    ("(", rf"\s*\([^()]*(?:{_IN_ANY_LANGUAGE})[^()]*(?:\([^()]*\)[^()]*)?\)$", "a conflict copy"),
    ("[", r"\s*\[[^\[\]]*conflict[^\[\]]*\]$", "a conflict copy"),
    ("(", r"\s*\((?:another |\d+\w\w )?copy[^()]*\)$", "a copy"),
    ("(", r"\s*\(\d{1,3}\)$", "a copy"),
    (" ", rf"(?:\s|\s?-\s){_COPY}", "a copy"),
    ("_", rf"_{_COPY}", "a copy"),
    (" ", r"^(?:copy of|copie de|copia de|cópia de|kopie van|kopie von)\s+", "a copy"),
    (" ", r"\s\d{1,3}$", "a copy, as iCloud and Finder name it"),
    ("_", r"_(?:BACKUP|BASE|LOCAL|REMOTE)_\d+$", "what a merge has left"),
)
_HOST = r"-(?=[^a-z]*[A-Z])(?P<host>[A-Za-z0-9-]+)$"
_KEY_LINE = r"""(?m)^key\s*[:=]\s*["']?(?P<key>[A-Za-z0-9-]+)["']?\s*(?:#.*)?$"""


def stray_of_name(name: str, is_key: IsKey, has_note: IsKey) -> Stray | None:
    """Return what a file of the notes' folder is by its name alone; None for a note, and what is no Markdown.

    Args:
        name: of the file, any text.
        is_key: tells whether a paper has this key.
        has_note: tells whether there is a note of this key.
    """
    if name[:1] in {".", "~", "#"} or name.endswith(("~", ".tmp")):
        return None
    markdown = _MARKDOWN.fullmatch(name)
    if markdown is None or markdown["stem"].casefold() == "readme":
        return None
    stem, rest = unicodedata.normalize("NFC", markdown["stem"]), markdown["rest"] or ""
    if name == f"{stem}.md" and is_key(stem):
        return None
    if is_key(stem.casefold()):
        why = "a conflict copy" if "conflict" in rest.casefold() else "a name that differs in case or ending"
        return _of_paper(name, stem.casefold(), why, has_note)
    key, why = _copied(stem, is_key)
    for place, character in enumerate(stem):  # OneDrive names the computer, in capitals: rcnn-DESKTOP-4F3K2
        if not key and character == "-" and is_key(stem[:place].casefold()) and re.match(_HOST, stem[place:]):
            key, why = stem[:place].casefold(), "a conflict copy of OneDrive"
    return _of_paper(name, key, why, has_note) if key else Stray(StrayKind.UNKNOWN, name, "", why)


def _of_paper(name: str, key: str, why: str, has_note: IsKey) -> Stray:
    return Stray(StrayKind.COPY if has_note(key) else StrayKind.MOVED, name, key, why)


def _copied(stem: str, is_key: IsKey) -> tuple[str, str]:
    """Return the key whose note a name without ending is a copy of, and what tells so; key "" for none."""
    first_why = ""
    for _ in range(_MOST_PEELED):
        stem, why = _peeled(stem)
        if not stem:
            break
        first_why = first_why or why
        if is_key(stem.casefold()):
            return stem.casefold(), first_why
    return "", "no paper has this key"


def _peeled(stem: str) -> tuple[str, str]:
    """Return a name without the first mark of a copy that it has, and what that tells; "" without any."""
    spaced = "".join(" " if character.isspace() else character for character in stem).casefold()
    for needed, pattern, why in _MARKS:
        if needed in spaced:
            peeled = re.sub(pattern, "", stem, flags=re.IGNORECASE).strip()
            if peeled != stem.strip():
                return peeled, why
    return "", ""


def strays_by_name(names: Collection[str], is_key: IsKey) -> list[Stray]:
    """Return what is no note among the names of the notes' folder, sorted; nothing is read."""
    there = frozenset(names)

    def has_note(key: str) -> bool:
        return f"{key}.md" in there

    return [stray for name in sorted(there) if (stray := stray_of_name(name, is_key, has_note)) is not None]


def look_for_strays(notes: Path, is_key: IsKey) -> list[Stray]:
    """Return all files among the notes that are no note, those in folders too, by name and front matter.

    Links are not followed; what cannot be read is left out.

    Args:
        notes: the folder.
        is_key: tells whether a paper has this key.
    """
    names = _files(notes)

    def has_note(key: str) -> bool:
        return f"{key}.md" in names

    found = []
    for stray in strays_by_name(names, is_key):
        found.append(_read(notes, stray, is_key, has_note))
    for path in _in_folders(notes):
        name = path.relative_to(notes).as_posix()
        key = path.stem.casefold()
        if path.suffix == ".md" and is_key(key):
            found.append(_of_paper(name, key, "in a folder, where no note is looked for", has_note))
            continue
        by_name = stray_of_name(path.name, is_key, has_note)
        if by_name is not None:
            inside = Stray(by_name.kind, name, by_name.key, by_name.why)
            found.append(_read(notes, inside, is_key, has_note))
    return found


def _read(notes: Path, stray: Stray, is_key: IsKey, has_note: IsKey) -> Stray:
    """Return a file that its name does not tell with what its front matter tells."""
    if stray.kind is not StrayKind.UNKNOWN:
        return stray
    key = key_inside(notes / stray.name)
    if not is_key(key):
        return stray
    return _of_paper(stray.name, key, f"its front matter says {key}", has_note)


def key_inside(path: Path) -> str:
    """Return the key in a file's front matter, folded; "" for none, or what is no file that can be read."""
    from papertrail.notebook.front_matter import split_front_matter
    from papertrail.notebook.outline import newlines

    with suppress(OSError):
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOFOLLOW)
        with os.fdopen(descriptor, "rb") as file:
            head = file.read(_HEAD)
        found = re.search(_KEY_LINE, split_front_matter(newlines(head.decode("utf-8", "replace")))[0])
        return found["key"].casefold() if found else ""
    return ""


def _files(folder: Path) -> frozenset[str]:
    """Return the names of the files in a folder, links to files among them; none for no folder."""
    with suppress(OSError), os.scandir(folder) as entries:
        return frozenset(entry.name for entry in entries if _is_file(entry))
    return frozenset()


def _is_file(entry: "os.DirEntry[str]") -> bool:
    try:
        return entry.is_file()
    except OSError:
        return False


def _in_folders(notes: Path) -> Iterator[Path]:
    """Yield the files in the folders below the notes, in order; hidden folders and links are left alone.

    So is the folder of the notes about lineages.
    """
    files = 0
    waiting = [(notes, 0)]
    seen = 0
    while waiting and seen < MOST_FOLDERS:
        folder, depth = waiting.pop(0)
        seen += 1
        inner: list[str] = []
        names: list[str] = []
        with suppress(OSError), os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    is_known = not depth and entry.name == SUMMARIES
                    inner += [] if entry.name.startswith(".") or is_known else [entry.name]
                elif depth and entry.is_file(follow_symlinks=False):
                    names.append(entry.name)
        if depth < DEEPEST:
            waiting += [(folder / name, depth + 1) for name in sorted(inner)]
        for name in sorted(names):
            files += 1
            if files > MOST_FILES:
                return
            yield folder / name
