"""Answers a shell: what the word being typed may become.

The shell's script (`scripts/`) asks `papertrail __complete SHELL …` and gets a line that says what follows,
`words`, or that it should complete a `file` or a `folder` itself; then a line for each word.
"""

import sys
from collections.abc import Iterable, Mapping, Sequence

from papertrail.completion.commands import Command, below, command_called
from papertrail.completion.shell_words import Word, quoted, split
from papertrail.completion.sources import IN_FOLDERS, TAKE_MINUS, Asked, Found, found

LONGEST_TOLD = 60  # letters of a title beside a word
LONGEST_WORD = 400


def answer(arguments: Sequence[str], environ: Mapping[str, str]) -> int:
    """Write what a shell asked for to standard output, or nothing at all; the exit code is always 0.

    Args:
        arguments: the shell; then for bash the line as far as the cursor and what bash is going to replace,
            for zsh and fish the words of the line without the first, the last as it stands there.
        environ: the environment.
    """
    try:
        lines = _lines(arguments, environ)
        sys.stdout.buffer.write("".join(f"{line}\n" for line in lines).encode(sys.stdout.encoding or "utf-8"))
        sys.stdout.flush()
    except Exception:  # whoever types wants no word of this between the words of the line
        return 0
    return 0


def _lines(arguments: Sequence[str], environ: Mapping[str, str]) -> list[str]:
    shell, *rest = arguments
    if shell == "bash":
        line, replaced = rest
        _, *before, current = split(line)
        kind, words = complete([word.text for word in before], current.text, environ)
        kept = _kept(current, replaced)
        lines = [made for word, _ in words if (made := _in_bash(word, kept)) is not None]
    else:
        *typed, raw = rest
        text = split(raw, escapes_in_single=True)[-1].text if shell == "fish" else raw
        kind, words = complete(typed, text, environ)
        lines = [f"{word}\t{_short(told)}" for word, told in words]
    return [kind, *lines]


def _kept(current: Word, replaced: str) -> Word:
    """Return the part of the word that bash leaves as it is."""
    raw = current.raw[: len(current.raw) - len(replaced)] if current.raw.endswith(replaced) else ""
    return split(raw)[-1]


def _in_bash(word: str, kept: Word) -> str | None:
    """Return what bash is to put in behind `kept`; None where the word does not begin so."""
    if not word.startswith(kept.text):
        return None
    made = quoted(word[len(kept.text) :], kept.quote)
    if kept.quote:  # bash closes it, unless what is put in ends with such a mark of its own
        return made + kept.quote if made.endswith(kept.quote) else made
    return made if word.endswith(("=", ":")) else f"{made} "


def complete(before: Sequence[str], start: str, environ: Mapping[str, str]) -> tuple[str, list[Found]]:
    """Return what a word may become, cleaned: `words` and these, or else `file` or `folder`.

    Args:
        before: the words before it, without the program's.
        start: what is typed of it.
        environ: the environment.
    """
    line = _Line(before)
    if line.command is None:
        return "words", []
    attached = ""
    if line.value:
        kind = line.value
    elif start.startswith("-") and not line.only_arguments:
        name, equals, typed = start.partition("=")
        if not equals or not start.startswith("--"):
            options = [(one, "") for one in line.open_options() if one.startswith(start)]
            return "words", [*options, *_less(start, line, environ)]
        kind, attached, start = line.command.options.get(name, "").rstrip("?"), f"{name}=", typed
    elif line.commands:
        return "words", [(one, "") for one in line.commands if one.startswith(start)]
    else:
        kind = line.command.argument(len(line.arguments))
    if kind in IN_FOLDERS:
        return kind, []
    asked = Asked(start, line.arguments, line.home, environ)
    words = [(attached + word, told) for word, told in _cleaned(found(kind, asked))]
    if not (attached or line.value or line.only_arguments):
        words = [one for one in words if not one[0].startswith("-")]  # it would be read as an option
    return "words", words


def _less(start: str, line: "_Line", environ: Mapping[str, str]) -> Iterable[Found]:
    """Return what may be left out or taken off with a minus, where the command takes that for no option."""
    kind = "" if line.command is None or line.commands else line.command.argument(len(line.arguments))
    if kind not in TAKE_MINUS:
        return ()
    words = _cleaned(found(kind, Asked(start, line.arguments, line.home, environ)))
    return [one for one in words if one[0].startswith("-")]


class _Line:
    """The words before the one that is typed, understood as click does.

    Attributes:
        command: the command they lead to; None where there is none such.
        commands: those of which one must come next.
        arguments: of the command so far.
        value: the kind of the value that must come next; "" where it is none of an option.
        home: the value of `--home`; None without.
        only_arguments: whether `--` said that no options follow.
    """

    def __init__(self, words: Sequence[str]) -> None:
        self.command: Command | None = command_called("")
        self.commands = below("")
        self.arguments: list[str] = []
        self.value = ""
        self.home: str | None = None
        self.only_arguments = False
        self._name = ""
        self._option = ""
        self._given: set[str] = set()
        for word in words:
            if self.command is not None:
                self._take(self.command, word)
        if self.value.endswith("?"):
            self.value = self.value[:-1]

    def _take(self, command: Command, word: str) -> None:
        if self.value and not (self.value.endswith("?") and word.startswith("-")):
            self.value = ""
            if self._option == "--home":
                self.home = word
        elif word.startswith("-") and len(word) > 1 and not self.only_arguments:
            self.value = ""
            self._take_option(command, word)
        elif self.commands:
            self._name = f"{self._name} {word}".lstrip()
            known = word in self.commands
            self.command = command_called(self._name) if known else None
            self.commands = below(self._name) if known else []
            self.only_arguments = False
        else:
            self.arguments.append(word)

    def _take_option(self, command: Command, word: str) -> None:
        if word == "--":
            self.only_arguments = True
            return
        name, equals, value = word.partition("=") if word.startswith("--") else (word[:2], word[2:], "")
        self._given.update(command.spellings.get(name, ()))
        self._option = name
        if not equals:
            self.value = command.options.get(name, "")
        elif name == "--home":
            self.home = value

    def open_options(self) -> list[str]:
        """Return the options that may still come; every one of short and long name."""
        if self.command is None:
            return []
        given = self._given - self.command.repeated
        return [name for name in self.command.options if name not in given]


def _cleaned(words: Iterable[Found]) -> Iterable[Found]:
    """Yield words, and what is told of them, without what a terminal acts upon."""
    for word, told in words:
        if not word.isprintable() or not told.isprintable():  # printable text holds none of that
            from papertrail.domain.text import clean_line

            word, told = clean_line(word), clean_line(told)  # noqa: PLW2901
        if word and len(word) <= LONGEST_WORD:
            yield word, told


def _short(told: str) -> str:
    return told if len(told) <= LONGEST_TOLD else told[: LONGEST_TOLD - 1].rstrip() + "…"
