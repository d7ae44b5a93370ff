"""Which editor is chosen."""

from collections.abc import Callable

import pytest

from papertrail.domain.editor import choose_editor
from papertrail.domain.errors import BadInput


def only(*programs: str) -> Callable[[str], str | None]:
    return lambda name: f"/usr/bin/{name}" if name in programs else None


@pytest.mark.parametrize(
    ("environ", "there", "command"),
    [
        ({"VISUAL": "vim", "EDITOR": "nano"}, ("vim", "nano"), ["vim"]),
        ({"EDITOR": "nano"}, ("nano",), ["nano"]),
        ({"VISUAL": "  ", "EDITOR": "nano"}, ("nano",), ["nano"]),
        ({"VISUAL": "vim -u NONE '+set tw=0'"}, ("vim",), ["vim", "-u", "NONE", "+set tw=0"]),
        ({"EDITOR": "'/my tools/ed'"}, ("/my tools/ed",), ["/my tools/ed"]),
        ({}, ("vi", "nano"), ["nano"]),
        ({}, ("vi",), ["vi"]),
    ],
)
def test_the_command(environ: dict[str, str], there: tuple[str, ...], command: list[str]) -> None:
    assert choose_editor(environ, only(*there)) == command


@pytest.mark.parametrize("environ", [{}, {"VISUAL": "ed"}, {"EDITOR": "vim 'unclosed"}])
def test_no_editor_is_said(environ: dict[str, str]) -> None:
    with pytest.raises(BadInput) as caught:
        choose_editor(environ, only("vim") if environ else only())
    assert caught.value.remedy
