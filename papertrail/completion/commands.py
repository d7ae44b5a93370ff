"""What stands behind each command, word for word: a test holds it to what click knows of them.

A row names the arguments in order, then the options. `key` is an argument of that kind, with `*` any number
of them; `-l|--lineage=lineage` an option whose value is of a kind, `--json` one without; with `*` it may come
again, with `?` its value may be left out. To what each kind is completed stands in `sources.py`.
"""

EVERYWHERE = "--home=folder -h|--help"
GROUP = "-V|--version"
"""What stands before a verb."""

COMMANDS = {
    "list": "query* -s|--status=status -l|--lineage=lineage --view=view --json --no-pager",
    "show": "key --json",
    "compare": "key* -l|--lineage=lineage --view=view -s|--section=section --format=format --excel --json",
    "lineages": "lineage-or-all --beyond --overview --mermaid --dot --svg=file --by-year --find=text --json",
    "view": "",
    "view save": "text query*",
    "view list": "--json",
    "view remove": "view",
    "next": "--depth=depth -n=text --json",
    "goal": "--json",
    "goal set": "--target=text --from=day --to=day --rest=text --counts=counts --words=text"
    " --day-starts=text --dry-run --yes --json",
    "goal replan": "way --dry-run",
    "goal pause": "day day",
    "goal resume": "day",
    "goal drop": "",
    "goal history": "--json",
    "progress": "--json --svg=file",
    "status": "--format=text --json",
    "report": "--week --month --last",
    "queue": "key* --first",
    "start": "key*",
    "done": "key* --on=day",
    "drop": "key*",
    "unread": "key*",
    "recount": "key* --on=day",
    "tag": "key-or-tag* --json",
    "rate": "key*",
    "review": "key* -l|--lineage=lineage --view=view -n=text --minutes=text --due --stats --json",
    "review set": "--retention=text --minutes=text --new=text --ready-by=day",
    "open": "key --pdf --abs --html --code --translation",
    "guess": "key --print --stdin",
    "asked": "key text --failed --held --where=text --json",
    "note": "key text* -l|--lineage=lineage --print --path --stdin --append --convert --from=text --history"
    " --json --diff --restore=text --section=section --restore-all --merge=file? --take=whose",
    "notes": "key* --owed --outline --grep=text --json",
    "tell": "lineage --minutes=text --stdin --list --show=text --json",
    "add": "text* --from=file -l|--lineage=lineage --new --wait --patient --title=text --author=text*"
    " --year=text --venue=text --doi=text --url=text",
    "search": "text* -a|--author=text* -c|--category=watched* --from=text --to=text --newest -n=text"
    " --add=text --patient --json",
    "fetch": "key* --refresh --all --patient",
    "pdf": "key* --attach=file --replace",
    "lineage": "",
    "lineage activate": "lineage",
    "lineage add": "lineage key* --new",
    "lineage deactivate": "lineage",
    "lineage link": "key --on=key",
    "lineage move": "key --after=key --first --in=lineage",
    "lineage remove": "lineage key*",
    "lineage rename": "lineage text",
    "lineage save": "file lineage*",
    "lineage unlink": "key --on=key",
    "watch": "watched* -q|--query=text* --list --remove --json",
    "inbox": "",
    "inbox mute": "text* --author=text* --category=watched* --remove --json",
    "inbox refresh": "--days=text --replacements --patient --json",
    "inbox show": "announced -n=text --by-date --replacements --json",
    "inbox skip": "announced*",
    "inbox take": "announced* -l|--lineage=lineage --new --no-queue",
    "import": "file* --format=read-as -l|--lineage=lineage -t|--tag=tag* --status=status --on=day --dry-run"
    " --all --json",
    "seed": "file",
    "export": "--to=folder -l|--lineage=lineage --view=view -q|--query=query --front-matter --comments"
    " --follow-links --short --progress --dry-run --json --watch --tellings --format=given",
    "cite": "key* --bibtex --markdown --plain",
    "init": "folder --demo",
    "tutorial": "",
    "edit": "key fact*",
    "rename": "key text",
    "merge": "key key",
    "remove": "key --yes",
    "undo": "text --list --all --op=text --json",
    "redo": "text",
    "backup": "file --list --if-due --json",
    "restore": "file key --to=folder --yes",
    "trust": "folder",
    "rebuild": "--anyway",
    "doctor": "--fix --check=text* --strict --list-checks --json",
    "reindex": "--check",
    "set": "setting value --json",
    "completion": "shell --install --uninstall --shell=shell",
}

SHORT_FOR = {"inbox": "inbox show"}
"""Groups that run one of their commands where none is named: its options may follow them."""


class Command:
    """One row, read.

    Attributes:
        arguments: the kinds of the arguments; the last one goes on for ever where `goes_on`.
        options: by each of their names, the kind of the value with its sign, "" for none.
        spellings: the names of each option, by each of them.
        repeated: names of options that may come again.
    """

    def __init__(self, row: str) -> None:
        self.arguments: list[str] = []
        self.goes_on = False
        self.options: dict[str, str] = {}
        self.spellings: dict[str, list[str]] = {}
        self.repeated: set[str] = set()
        for word in row.split():
            if not word.startswith("-"):
                self.goes_on = word.endswith("*")
                self.arguments.append(word.rstrip("*"))
                continue
            spelled, _, kind = word.partition("=")
            names = spelled.split("|")
            for name in names:
                self.options[name] = kind.rstrip("*")
                self.spellings[name] = names
            if kind.endswith("*"):
                self.repeated.update(names)

    def argument(self, number: int) -> str:
        """Return the kind of an argument by its number from 0; "" where there is none."""
        if number < len(self.arguments):
            return self.arguments[number]
        return self.arguments[-1] if self.goes_on else ""


def command_called(name: str) -> Command:
    """Return what stands behind a command; "" is the program itself.

    Raises:
        KeyError: there is none.
    """
    row = f"{COMMANDS[name]} {COMMANDS[SHORT_FOR[name]]}" if name in SHORT_FOR else COMMANDS.get(name, "")
    if name and name not in COMMANDS:
        raise KeyError(name)
    return Command(f"{row if name else GROUP} {EVERYWHERE}")


def below(name: str) -> list[str]:
    """Return the commands below one; all verbs below ""."""
    start = f"{name} " if name else ""
    return [
        known[len(start) :]
        for known in COMMANDS
        if known.startswith(start) and " " not in known[len(start) :]
    ]
