"""What a key writes."""

from unicodedata import category

from textual.events import Key

_NO_TEXT = {"Cc", "Cs"}  # controls, and halves of characters


def written_by(event: Key) -> str:
    """Return what a key writes, "" for one that writes nothing.

    Textual takes for writing only what Python calls printable: not the blanks of French and Japanese, the
    joiners of Persian, Hindi and emoji, or signs that are newer than Python's tables.
    """
    text = event.character or ""
    return "" if any(category(character) in _NO_TEXT for character in text) else text
