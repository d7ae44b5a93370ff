"""How keys are called on the screen, and which keys such a name means."""

KEY_NAMES = {
    "slash": "/",
    "question_mark": "?",
    "exclamation_mark": "!",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "enter": "⏎",
    "escape": "esc",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "shift+tab": "⇧tab",
    "pageup": "pgup",
    "pagedown": "pgdn",
    "equals_sign": "=",
    "delete": "del",
    "super+c": "⌘c",
    "minus": "-",
    "f1": "F1",
    "f5": "F5",
    "shift+up": "⇧↑",
    "shift+down": "⇧↓",
    "ctrl+up": "^↑",
    "ctrl+down": "^↓",
}
_KEYS = {name: key for key, name in KEY_NAMES.items()}


def name_of(key: str) -> str:
    """Return what a key is called: `^s` for `ctrl+s`."""
    modifiers, plus, last = key.rpartition("+")
    if key in KEY_NAMES or not plus:
        return KEY_NAMES.get(key, key)
    for name, shown in (("ctrl", "^"), ("shift", "⇧"), ("+", ""), ("alt", "alt+")):
        modifiers = modifiers.replace(name, shown)
    return f"{modifiers}{KEY_NAMES.get(last, last)}"


def keys_in(label: str) -> list[tuple[int, int, str]]:
    """Return where in a label such as `[ ]` or `↑↓ ⏎` which key is named: first and last letter, and key."""
    found, at = [], 0
    for word in label.split(" "):
        if word in _KEYS or not all(letter in _KEYS for letter in word):
            found.append((at, at + len(word), _KEYS.get(word) or word.replace("^", "ctrl+", 1)))
        else:
            found += [(at + number, at + number + 1, _KEYS[letter]) for number, letter in enumerate(word)]
        at += len(word) + 1
    return found
