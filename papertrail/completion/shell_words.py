"""Words as shells write them: taken out of their quotes, and put into them."""

PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./,:=@%+-")


class Word:
    """A word of a line.

    Attributes:
        raw: as it stands there.
        text: what it means.
        quote: the quotation mark it ends inside of; "" for none.
    """

    def __init__(self, raw: str, text: str, quote: str) -> None:
        self.raw = raw
        self.text = text
        self.quote = quote


def split(line: str, *, escapes_in_single: bool = False) -> list[Word]:
    """Return the words of a line; the last one is what is being typed, empty after a blank.

    Args:
        line: as far as the cursor.
        escapes_in_single: whether a backslash escapes within single quotes, as in fish.
    """
    words: list[Word] = []
    begin, text, quote, place = 0, "", "", 0
    while place < len(line):
        sign, after = line[place], line[place + 1 : place + 2]
        place += 1
        if quote == "'" and not (escapes_in_single and sign == "\\" and after in ("'", "\\")):
            quote, text = ("", text) if sign == "'" else (quote, text + sign)
        elif sign == "\\":
            if quote == '"' and after not in ('"', "\\", "$", "`"):
                text += sign
            elif after:
                text += after
                place += 1
        elif sign == quote:
            quote = ""
        elif not quote and sign in "'\"":
            quote = sign
        elif not quote and sign in " \t\n":
            if place - 1 > begin:
                words.append(Word(line[begin : place - 1], text, ""))
            begin, text = place, ""
        else:
            text += sign
    words.append(Word(line[begin:], text, quote))
    return words


def quoted(text: str, quote: str) -> str:
    """Return what stands for `text` in bash, inside of the quotation mark that is open, "" for none."""
    if quote == "'":
        return text.replace("'", "'\\''")
    if quote == '"':
        for sign in '\\"$`':
            text = text.replace(sign, "\\" + sign)
        return text.replace("!", "\"'!'\"")  # elsewhere it would call the history
    return "".join(sign if sign in PLAIN or not sign.isascii() else f"\\{sign}" for sign in text)
