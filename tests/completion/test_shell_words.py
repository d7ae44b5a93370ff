"""Words are taken out of quotes and put into them as the shells do."""

import shlex
import subprocess

from hypothesis import example, given
from hypothesis import strategies as st

from papertrail.completion.shell_words import quoted, split
from tests.cases import each
from tests.examples import examples

TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\n"), max_size=20)


@each(
    ("line", "words", "raw", "quote"),
    [
        ("", [""], "", ""),
        ("a", ["a"], "a", ""),
        ("a ", ["a", ""], "", ""),
        ("a  b", ["a", "b"], "b", ""),
        ('a "b c', ["a", "b c"], '"b c', '"'),
        ('a "b c"', ["a", "b c"], '"b c"', ""),
        ("a 'b \\", ["a", "b \\"], "'b \\", "'"),
        (r"a b\ c", ["a", "b c"], r"b\ c", ""),
        ("a b\\", ["a", "b"], "b\\", ""),
        ('a "b\\x\\"c', ["a", 'b\\x"c'], '"b\\x\\"c', '"'),
        ("a '' b", ["a", "", "b"], "b", ""),
        ("--x='y z", ["--x=y z"], "--x='y z", "'"),
    ],
)
def test_lines(line: str, words: list[str], raw: str, quote: str) -> None:
    found = split(line)
    assert [word.text for word in found] == words
    assert (found[-1].raw, found[-1].quote) == (raw, quote)


def test_fish_escapes_within_single_quotes() -> None:
    assert split(r"'it\'s \\ \n", escapes_in_single=True)[-1].text == "it's \\ \\n"


@given(TEXTS)
@examples(200)
@example("!")
@example("a\\")
def test_what_is_quoted_is_read_back(text: str) -> None:
    for quote in ("", "'", '"'):
        line = f"papertrail {quote}{quoted(text, quote)}"
        assert split(line)[-1].text == text
        if quote != '"':  # within these shlex knows fewer escapes than shells do
            assert shlex.split(line + quote)[1:] == ([text] if text or quote else [])
        assert split(f"{line}{quote} next")[-2].text == text or not (text or quote)


def test_bash_reads_it_so() -> None:
    texts = [f"x{chr(code)}y" for code in range(32, 127)] + [
        "~",
        "~root/x",
        "-n",
        "$(x)`y`",
        "残差 网络",
        "é!",
    ]
    forms = [(text, quote) for text in texts for quote in ("", "'", '"')]
    script = "\n".join(f"printf '%s\\0' {quote}{quoted(text, quote)}{quote}" for text, quote in forms)
    done = subprocess.run(
        ["bash", "--norc"], input=script.encode(), capture_output=True, check=True, timeout=60
    )
    assert done.stdout.decode().split("\0")[:-1] == [text for text, _ in forms]
    assert done.stderr == b""
