"""What can be done on a screen, as the palette offers it: by its keys, and what has none."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from textual.binding import Binding
from textual.screen import Screen
from textual.widget import Widget

from papertrail.domain.text import fold
from papertrail.tui.widgets.key_names import name_of

WITHOUT_KEYS = (
    Binding(
        "",
        "app.tutorial",
        "Tutorial: five steps in a demo trail",
        tooltip="then back here",
        id="app.tutorial",
    ),
    Binding(
        "", "app.switch_theme", "Theme: the next one", tooltip="so does papertrail set theme", id="app.theme"
    ),
    Binding(
        "",
        "app.doctor",
        "Doctor: is the trail as it should be",
        tooltip="and mend what can be mended",
        id="app.doctor",
    ),
    Binding(
        "",
        "app.back_up",
        "Back up the trail",
        tooltip="into .papertrail/backups; papertrail restore brings one back",
        id="app.back_up",
    ),
    Binding("", "app.tell_backups", "Backups", tooltip="which there are", id="app.backups"),
)
_NOT_OFFERED = ("app.palette", "app.quit_always")


class Action(NamedTuple):
    """Something that can be done.

    Attributes:
        name: of the action, as bindings have it.
        what: it does.
        beside: what is said beside it, quietly.
        key: what its key is called; empty where it has none, or where that writes a letter.
    """

    name: str
    what: str
    beside: str
    key: str


def actions_of(screen: Screen[Any]) -> list[Action]:
    """Return all that can be done on a screen."""
    bindings = [
        binding
        for one in (screen, screen.app)
        for group in one._bindings.key_to_bindings.values()
        for binding in group
        if binding.id and binding.id not in _NOT_OFFERED and binding.description
    ]
    once: dict[str, Binding] = {}
    for binding in (*bindings, *WITHOUT_KEYS):
        once.setdefault(binding.action, binding)
    return [Action(one.action, one.description, one.tooltip, _key(screen, one)) for one in once.values()]


def _key(screen: Screen[Any], binding: Binding) -> str:
    return name_of(binding.key) if binding.key and not _writes(screen, binding) else ""


def _writes(screen: Screen[Any], binding: Binding) -> bool:
    """Tell whether the key does something else where the cursor is, such as to write a letter."""
    field = screen.focused
    if field is None or binding.priority:
        return False
    shown = " " if binding.key == "space" else screen.app.get_key_display(binding)
    around = (node for node in field.ancestors_with_self if isinstance(node, Widget))
    return field.check_consume_key(binding.key, shown if len(shown) == 1 else None) or any(
        binding.key in node._bindings.key_to_bindings for node in around if node is not screen
    )


def by_words(actions: Sequence[Action], text: str) -> list[Action]:
    """Return those in which words begin as all that were typed, the ones that themselves begin so first."""
    wanted = fold(text).split() or [text]
    found = [
        action
        for action in actions
        if all(any(word.startswith(part) for word in fold(action.what).split()) for part in wanted)
    ]
    return sorted(found, key=lambda action: not fold(action.what).startswith(wanted[0]))


def by_letters(actions: Sequence[Action], text: str) -> Iterator[Action]:
    """Give those that have all the letters typed, one after the other, whatever stands between them."""
    wanted = "".join(fold(text).split())
    for action in actions:
        letters = iter(fold(action.what))
        if all(letter in letters for letter in wanted):
            yield action
