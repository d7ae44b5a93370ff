"""Bytes that are not UTF-8: shown as far as they can be, and converted without losing one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrail.notebook.encoding import decode_anyway, decode_foreign, decode_note

TEXT = "## Problem\n\nMüde, naïve, – “quoted” €5\n"


@pytest.mark.parametrize(
    ("data", "taken_for"),
    [
        (TEXT.encode("cp1252"), "windows-1252"),
        (TEXT.encode("utf-16"), "utf-16"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16"),
        (TEXT.encode("utf-32"), "utf-32"),
        (TEXT.replace("ï", "\x01").encode().replace(b"\x01", b"\xef"), "windows-1252"),
    ],
)
def test_what_can_be_told_is_told(data: bytes, taken_for: str) -> None:
    assert decode_foreign(data) == (TEXT, taken_for)


@pytest.mark.parametrize(
    "data",
    ["残差网络".encode("gb18030"), "ошибка".encode("cp1251"), "残差 a".encode("utf-16-le"), b"a\x00\xff"],
)
def test_what_cannot_be_told_is_not_guessed(data: bytes) -> None:
    with pytest.raises(UnicodeError):
        decode_foreign(data)


@pytest.mark.parametrize("encoding", ["gb18030", "shift_jis", "utf-16", "big5"])
def test_what_is_named_is_taken(encoding: str) -> None:
    assert decode_foreign("要件".encode(encoding), encoding)[0] == "要件"


@pytest.mark.parametrize(
    ("encoding", "error"), [("nonsense", LookupError), ("hex", LookupError), ("ascii", UnicodeError)]
)
def test_what_is_named_wrongly(encoding: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        decode_foreign(b"caf\xe9", encoding)


@given(st.binary(max_size=200))
def test_any_bytes_can_be_shown(data: bytes) -> None:
    shown = decode_anyway(data)
    try:
        assert shown == decode_note(data)
    except UnicodeDecodeError:
        assert "\N{REPLACEMENT CHARACTER}" in shown


@given(st.text(st.characters(codec="cp1252", exclude_characters="\0"), max_size=60))
def test_no_character_of_western_europe_is_lost(text: str) -> None:
    spaced = " ".join(text)  # each stands alone
    assert decode_foreign(b"\xe9 " + spaced.encode("cp1252"))[0] == f"é {spaced}"
