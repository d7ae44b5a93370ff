"""The one rule of the architecture: imports point down the list of layers."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "papertrail"

MAY_IMPORT = {
    "domain": {"domain"},
    "export": {"export", "domain"},
    "sources": {"sources", "domain"},
    "notebook": {"notebook", "domain"},
    "store": {"store", "domain"},
    "library": {"library", "store", "notebook", "sources", "export", "domain"},
    "tui": {"tui", "library", "domain"},
    "cli": {"cli", "library", "domain"},
}
# The bare command opens the terminal program: one name, imported when it runs.
ALLOWED = {("papertrail/cli/main.py", "papertrail.tui")}

# What each third-party package is for; anywhere else it would be a second way to do the same thing.
ONLY_IN = {
    "sqlite3": {"store", "library"},
    "sqlalchemy": {"store"},
    "sqlmodel": {"store"},
    "alembic": {"store"},
    "arxiv": {"sources"},
    "feedparser": {"sources"},
    "requests": {"sources"},
    "urllib3": {"sources"},
    "lxml": {"sources"},
    "textual": {"tui"},
    "rich": {"tui"},
    "click": {"cli"},
    "frontmatter": {"notebook"},
    "yaml": {"notebook"},
}

MODULES = sorted(p for p in PACKAGE.rglob("*.py"))


def imported_names(path: Path) -> list[str]:
    names = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names += [f"{node.module}.{alias.name}" for alias in node.names]
    return names


def layer_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE).parts
    return parts[0] if len(parts) > 1 else ""


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_point_down(path: Path) -> None:
    layer = layer_of(path)
    if not layer:
        return
    for name in imported_names(path):
        parts = name.split(".")
        if parts[0] == "papertrail" and len(parts) > 1 and parts[1] in MAY_IMPORT:
            pair = (str(path.relative_to(PACKAGE.parent)), f"papertrail.{parts[1]}")
            assert parts[1] in MAY_IMPORT[layer] or pair in ALLOWED, f"{path} imports {name}"
        if parts[0] in ONLY_IN:
            assert layer in ONLY_IN[parts[0]], f"{path} imports {name}"


def test_every_layer_is_listed() -> None:
    folders = {p.name for p in PACKAGE.iterdir() if (p / "__init__.py").exists()}
    assert folders == set(MAY_IMPORT)


def test_domain_needs_the_standard_library_only() -> None:
    import sys

    for path in (PACKAGE / "domain").rglob("*.py"):
        for name in imported_names(path):
            top = name.split(".")[0]
            assert top == "papertrail" or top in sys.stdlib_module_names, f"{path} imports {name}"


def test_only_the_connection_module_opens_databases() -> None:
    for path in MODULES:
        text = path.read_text(encoding="utf-8")
        opens = "sqlite3.connect(" in text or "create_engine(" in text
        allowed = path.name in ("connection.py", "migrate.py") and layer_of(path) == "store"
        assert not opens or allowed, path
