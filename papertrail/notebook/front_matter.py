"""The front matter of a note: what stands above its text for other programs."""

import re

_FENCES = (
    # What opens it, what closes it, and how the first line inside begins that is neither blank nor a remark.
    (
        re.compile(r"\ufeff?---[ \t]*\n"),
        re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE),
        re.compile(r"[^\s:#-][^:]*:(?:\s|$)"),
    ),
    (
        re.compile(r"\ufeff?\+\+\+[ \t]*\n"),
        re.compile(r"^\+\+\+[ \t]*(?:\n|\Z)", re.MULTILINE),
        re.compile(r"""\s*(?:\[|(?:[\w.-]|"[^"]*"|'[^']*')+\s*=)"""),
    ),
)


_KEY_LINE = re.compile(
    r"""^(?P<begin>key[ \t]*[:=][ \t]*) (?P<quote>["']?) (?P<key>[A-Za-z0-9-]+) (?P=quote)
    (?=[ \t]*(?:\#.*)?$)""",
    re.MULTILINE | re.VERBOSE,
)


def with_key(text: str, key: str, new: str) -> str:
    """Return a note whose front matter names another key, if it names this one; else as it is.

    Args:
        text: with newlines as line ends.
        key: as it is.
        new: as it is to be.
    """
    matter, rest = split_front_matter(text)
    found = _KEY_LINE.search(matter)
    if found is None or found["key"].casefold() != key:
        return text
    return f'{matter[: found.start()]}{found["begin"]}"{new}"{matter[found.end() :]}{rest}'


def key_in(text: str) -> str:
    """Return the key that a note's front matter names, folded; empty where it names none.

    Args:
        text: with newlines as line ends.
    """
    found = _KEY_LINE.search(split_front_matter(text)[0])
    return found["key"].casefold() if found else ""


_TITLE_LINE = re.compile(
    r"""^(?P<begin>title[ \t]*(?::(?=[ \t])|=)[ \t]*)
    (?:"(?P<double>(?:[^"\\\n]|\\.)*)" | '(?P<single>(?:[^'\n]|'')*)'
      | (?P<plain>[^\s"'#|>\[\]{}&*!%@`,?:-](?:[^\n#]|(?<!\s)\#)*?))
    (?=[ \t]*(?:[ \t]\#[^\n]*)?$)(?!\n[ \t]+\S)""",
    re.MULTILINE | re.VERBOSE,
)


def title_in(text: str) -> str:
    """Return the title that a note's front matter tells on one line; empty where it tells none.

    Args:
        text: with newlines as line ends.
    """
    import json

    found = _TITLE_LINE.search(split_front_matter(text)[0])
    if found is None:
        return ""
    if found["double"] is None:
        return found["plain"] or (found["single"] or "").replace("''", "'")
    try:
        return str(json.loads(f'"{found["double"]}"', strict=False))
    except ValueError:  # an escape of YAML alone
        return ""


def with_title(text: str, title: str) -> str:
    """Return a note whose front matter tells this title, if it tells one; else as it is.

    Args:
        text: with newlines as line ends.
        title: any text.
    """
    from papertrail.domain.yaml_text import yaml_string

    matter, rest = split_front_matter(text)
    found = _TITLE_LINE.search(matter)
    if found is None:
        return text
    return f"{matter[: found.start()]}{found['begin']}{yaml_string(title)}{matter[found.end() :]}{rest}"


_NUMBERS = re.compile(
    r"^numbers[ \t]*:[ \t]*\n"
    r"(?P<list>(?:[ \t]+[^\n]*\n|-[^-\n][^\n]*\n|[ \t]*\n)*)",
    re.MULTILINE,
)
_NUMBER = re.compile(r"[ \t]*(?:-[ \t]+)?(?P<entry>\S.*)")
_OF = re.compile(r"(?P<of>[^:：]*?)[ \t]*(?::(?=[ \t])|：)[ \t]*(?P<value>.+)")
_MOST_NUMBERS = 30


def numbers_in(text: str) -> tuple[tuple[str, str], ...]:
    """Return what a note's front matter lists as `numbers:`, each with what it is of, or "".

    An entry is a line `- VOC 2007: 66.0 % mAP`, quoted or not, or one of a mapping.

    Args:
        text: with newlines as line ends.
    """
    from papertrail.domain.text import clean_line, shorten

    found = _NUMBERS.search(split_front_matter(text)[0])
    numbers = []
    for line in found["list"].split("\n") if found else ():
        entry = _NUMBER.fullmatch(line)
        if entry is None or entry["entry"].startswith("#"):
            continue
        said = _unquoted(entry["entry"].strip())
        split = _OF.fullmatch(said)
        of, value = (split["of"], split["value"]) if split else ("", said)
        numbers.append((shorten(clean_line(_unquoted(of)), 40), shorten(clean_line(_unquoted(value)), 60)))
    return tuple(numbers[:_MOST_NUMBERS])


def _unquoted(text: str) -> str:
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'" else text


def split_front_matter(text: str) -> tuple[str, str]:
    """Return the YAML (`---`) or TOML (`+++`) at the very start of a note, fences included, and the rest.

    There is none when its fence is not closed or what it holds does not begin as a mapping does: a rule
    (`---`) may well be the first line of a note.

    Args:
        text: with newlines as line ends.
    """
    for opening, closing, mapping in _FENCES:
        opened = opening.match(text)
        closed = opened and closing.search(text, opened.end())
        if not opened or not closed:
            continue
        inside = text[opened.end() : closed.start()]
        first = next((line for line in inside.split("\n") if line.strip() and not line.startswith("#")), "")
        if not (first or inside.strip()) or mapping.match(first):
            return text[: closed.end()], text[closed.end() :]
    return "", text.removeprefix("\ufeff")
