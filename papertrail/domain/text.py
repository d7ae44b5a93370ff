"""The text boundary: what every title, name, abstract and note passes before it is shown."""

import re
import unicodedata

# Control characters other than newline and tab, C1 controls, and the Unicode characters that
# reorder, hide or tag text: a title holding ESC ] 52 overwrites the clipboard of the terminal.
_ACTIVE = (
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"
    "\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e007f]"
)
_LINES = {ord("\n"): " ", ord("\t"): " "}
_SURROGATE = "[\ud800-\udfff]"
# Letters that Unicode takes for letters of their own, and most keyboards do not have.
_PLAIN = {
    ord(letter): plain
    for letter, plain in zip("łøđħıæœþð", ("l", "o", "d", "h", "i", "ae", "oe", "th", "d"), strict=True)
}


class _Folded(dict[int, str]):
    """What becomes of each sign beyond ASCII in a search, nothing of an accent; learnt as they come."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        self[code] = folded = "" if unicodedata.combining(sign) else sign.casefold().translate(_PLAIN)
        return folded


_FOLDED = _Folded()
_BEYOND_ASCII = re.compile("[^\x00-\x7f]+")


def _bare(found: re.Match[str]) -> str:
    return found[0].translate(_FOLDED)


def clean(text: str) -> str:
    """Return `text` without characters a terminal acts upon; newlines and tabs stay.

    Lone surrogates, which no file can hold, become U+FFFD.
    """
    if text.isprintable() or text.translate(_LINES).isprintable():  # nearly all is: none of these are
        return text
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return re.sub(_SURROGATE, "\N{REPLACEMENT CHARACTER}", re.sub(_ACTIVE, "", text))


def clean_line(text: str) -> str:
    """Return `text` cleaned and on one line, runs of white space made one blank."""
    if text.isascii() and text.isprintable() and "  " not in text:  # most are, and nothing is to be done
        return text.strip()
    return " ".join(clean(text).split())


def inert_json(text: str) -> str:
    """Return JSON that tells the same, every sign that a terminal acts upon as an escape."""
    return text if text.isprintable() else re.sub(_ACTIVE, _as_escape, text)


def _as_escape(found: re.Match[str]) -> str:
    units = found[0].encode("utf-16-be")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))


def fold(text: str) -> str:
    """Return the form of `text` that searches compare: no case, no accents, one blank between words.

    Examples:
        >>> fold("Léon  BOTTOU")
        'leon bottou'
        >>> fold("Łukasz Sørensen")
        'lukasz sorensen'
    """
    if not text.isascii():
        text = _BEYOND_ASCII.sub(_bare, unicodedata.normalize("NFKD", text))
    return clean_line(text.casefold())


def shorten(text: str, limit: int) -> str:
    """Return `text` cut to at most `limit` characters, the last one an ellipsis when cut."""
    return text if len(text) <= limit else text[: max(limit - 1, 0)].rstrip() + "…"
