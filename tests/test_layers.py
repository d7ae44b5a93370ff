"""The one rule of the architecture: imports point down the list of layers."""

import ast
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "papertrail"

MAY_IMPORT = {
    "domain": {"domain"},
    "disk": {"disk", "domain"},
    "export": {"export", "disk", "domain"},
    "sources": {"sources", "disk", "domain"},
    "notebook": {"notebook", "disk", "domain"},
    "store": {"store", "disk", "domain"},
    "library": {"library", "store", "notebook", "sources", "export", "disk", "domain"},
    "tui": {"tui", "library", "domain"},
    "completion": {"completion", "store", "disk", "domain"},
    "prompt": {"prompt", "store", "domain"},
    "cli": {"cli", "completion", "prompt", "library", "domain"},
}
# The bare command and the tutorial open the terminal program: one name, imported when it runs.
ALLOWED = {
    ("papertrail/cli/main.py", "papertrail.tui"),
    ("papertrail/cli/commands/tutorial.py", "papertrail.tui"),
}

# What each third-party package is for; anywhere else it would be a second way to do the same thing.
ONLY_IN = {
    "sqlite3": {"store", "library", "completion", "prompt"},
    "sqlalchemy": {"store"},
    "sqlmodel": {"store"},
    "alembic": {"store"},
    "arxiv": {"sources"},
    "feedparser": {"sources"},
    "fsrs": {"library"},
    "requests": {"sources"},
    "urllib3": {"sources"},
    "lxml": {"sources"},
    "pylatexenc": {"sources"},
    "textual": {"tui"},
    "rich": {"tui"},
    "click": {"cli"},
    "frontmatter": {"notebook"},
    "yaml": {"notebook", "sources"},
}

# The rooms of the terminal program: what a module there may import of it at its top, and inside functions.
ROOMS = {"today", "papers", "paper", "map", "compare", "note", "inbox", "review", "tell"}
FRAME, WIDGETS = "frame", "widgets"
FIRST_SCREEN = ("papertrail.tui.frame.app", "papertrail.tui.today.screen")  # needed for the first frame
KNOWS_PAPERS = ("papertrail.library", "papertrail.domain.paper", "papertrail.domain.lineages")

# Parts of the domain that others stand upon: goals know nothing of lineages but what a day shows of them,
# queries how their names are compared.
DOMAIN_PARTS = {
    "goal": {"lineages.lineage"},
    "lineages": set[str](),
    "inbox": set[str](),
    "query": {"lineages.lineage"},
    "recall": set[str](),
}

MODULES = sorted(p for p in PACKAGE.rglob("*.py"))
NAMES = {
    ".".join(p.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__"): p
    for p in MODULES
}


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imported_names(path: Path) -> list[str]:
    names = []
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names += [f"{node.module}.{alias.name}" for alias in node.names]
    return names


def layer_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE).parts
    return parts[0] if len(parts) > 1 else ""


def test_imports_point_down() -> None:
    wrong = []
    for path, layer in ((path, layer_of(path)) for path in MODULES if layer_of(path)):
        for name in imported_names(path):
            parts = name.split(".")
            if parts[0] == "papertrail" and len(parts) > 1 and parts[1] in MAY_IMPORT:
                pair = (str(path.relative_to(PACKAGE.parent)), f"papertrail.{parts[1]}")
                if parts[1] not in MAY_IMPORT[layer] and pair not in ALLOWED:
                    wrong.append(f"{path} imports {name}")
            if layer not in ONLY_IN.get(parts[0], {layer}):
                wrong.append(f"{path} imports {name}")
    assert not wrong


def test_every_layer_is_listed() -> None:
    folders = {p.name for p in PACKAGE.iterdir() if (p / "__init__.py").exists()}
    assert folders == set(MAY_IMPORT)


def test_domain_and_disk_need_the_standard_library_only() -> None:
    import sys

    for path in (*(PACKAGE / "domain").rglob("*.py"), *(PACKAGE / "disk").rglob("*.py")):
        for name in imported_names(path):
            top = name.split(".")[0]
            assert top == "papertrail" or top in sys.stdlib_module_names, f"{path} imports {name}"


def test_only_the_store_opens_databases() -> None:
    for path in MODULES:
        text = path.read_text(encoding="utf-8")
        opens = "sqlite3.connect(" in text or "create_engine(" in text
        allowed = (
            path.name in ("connection.py", "migrate.py", "looking.py", "copying.py")
            and layer_of(path) == "store"
        )
        assert not opens or allowed, path


@cache
def imports(name: str, *, at_the_top: bool) -> set[str]:
    """Return the modules of papertrail that a module imports, at its top or anywhere but for types."""
    found = set()
    nodes: list[ast.AST] = list(parsed(NAMES[name]).body)
    while nodes:
        node = nodes.pop()
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            continue
        if isinstance(node, ast.ImportFrom):
            named = [f"{node.module}.{alias.name}" for alias in node.names]
            found |= {one if one in NAMES else str(node.module) for one in named}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif not at_the_top or not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            nodes += ast.iter_child_nodes(node)
    return found & set(NAMES) - {name}


def part_of(name: str, package: str) -> str:
    """Return the room of the terminal program, or the part of the domain, that a module stands in."""
    parts = name.removeprefix(f"papertrail.{package}.").split(".")
    return parts[0] if len(parts) > 1 else ""


IN_TUI = [name for name in NAMES if part_of(name, "tui") and name.startswith("papertrail.tui.")]
IN_DOMAIN = [name for name in NAMES if part_of(name, "domain") and name.startswith("papertrail.domain.")]


def test_every_room_is_known() -> None:
    assert {part_of(name, "tui") for name in IN_TUI} == ROOMS | {FRAME, WIDGETS}
    assert {part_of(name, "domain") for name in IN_DOMAIN} == set(DOMAIN_PARTS)


def test_rooms_meet_in_the_frame_only() -> None:
    """A room knows itself, the frame and the widgets; the frame goes into rooms only when somebody does."""
    wrong = []
    for name, room in ((name, part_of(name, "tui")) for name in IN_TUI):
        may = {WIDGETS: {WIDGETS}, FRAME: {FRAME, WIDGETS}}.get(room, {room, FRAME, WIDGETS})
        for other in imports(name, at_the_top=room == FRAME):
            met = part_of(other, "tui") if other.startswith("papertrail.tui.") else ""
            if met and met not in may and (name, other) != FIRST_SCREEN:
                wrong.append(f"{name} imports {other}")
            if room == WIDGETS and other.startswith(KNOWS_PAPERS):
                wrong.append(f"{name} imports {other}")
    assert not wrong


def test_parts_of_the_domain_stand_by_themselves() -> None:
    wrong = []
    for name, part in ((name, part_of(name, "domain")) for name in IN_DOMAIN):
        for other in imports(name, at_the_top=False):
            met = part_of(other, "domain") if other in IN_DOMAIN else part
            if met != part and other.removeprefix("papertrail.domain.") not in DOMAIN_PARTS[part]:
                wrong.append(f"{name} imports {other}")
    assert not wrong


def test_no_circle_of_imports() -> None:
    """No module needs itself, by whatever way, to be imported."""
    needs = {name: imports(name, at_the_top=True) for name in NAMES}
    while free := {name for name, others in needs.items() if not others}:
        needs = {name: others - free for name, others in needs.items() if name not in free}
    assert not needs, f"a circle among {sorted(needs)}"
