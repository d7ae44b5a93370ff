"""The library is composed: groups of use cases, each a class of its own that says what it does."""

import ast
import inspect
from functools import cached_property
from importlib import import_module
from pathlib import Path
from types import FunctionType

import papertrail.library
from papertrail.library import Library
from tests.trails import opened, small_trail

FOLDER = Path(papertrail.library.__file__).parent
NAMES = [
    ".".join(path.relative_to(FOLDER).with_suffix("").parts) for path in sorted(FOLDER.rglob("[a-z]*.py"))
]
MODULES = [import_module(f"papertrail.library.{name}") for name in NAMES]
CLASSES = [
    one
    for module in MODULES
    for one in vars(module).values()
    if inspect.isclass(one) and one.__module__ == module.__name__ and not one.__name__.startswith("_")
]


def test_every_public_name_says_what_it_does() -> None:
    for module in MODULES:
        assert module.__doc__, module
        for name, one in vars(module).items():
            if isinstance(one, FunctionType) and one.__module__ == module.__name__ and name[0] != "_":
                assert one.__doc__, f"{module.__name__}.{name}"
    for one in CLASSES:
        assert one.__doc__, one
        for name, method in vars(one).items():
            if name[0] != "_" and isinstance(method, (FunctionType, property, cached_property)):
                assert method.__doc__, f"{one.__name__}.{name}"


def test_no_group_inherits_from_another() -> None:
    for one in CLASSES:
        assert not [base for base in one.__mro__[1:] if base in CLASSES], one


def _is_public(name: str) -> bool:
    """Tell whether a name is anybody's: Python's own, and what named tuples and `os` offer to all."""
    return name.startswith("__") or name in ("_replace", "_asdict", "_exit")


def test_private_names_stay_in_their_class() -> None:
    for path in FOLDER.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr.startswith("_") and not _is_public(node.attr):
                owner = node.value
                assert isinstance(owner, ast.Name) and owner.id == "self", f"{path}:{node.lineno}"


def test_groups_are_what_a_library_has(tmp_path: Path) -> None:
    with opened(small_trail(tmp_path)) as library:
        named = {*vars(library), *(k for k, v in vars(Library).items() if isinstance(v, cached_property))}
        groups = [getattr(library, name) for name in sorted(named) if name[0] != "_"]
        assert len(groups) == len({type(group) for group in groups}) > 8
        assert all(type(group) in CLASSES for group in groups)
