"""What a terminal sends, cut anywhere, is understood as if it had come whole."""

from itertools import accumulate
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrail.tui.frame.driver import WholeSequences
from tests.trails import opened, small_trail
from tests.tui.review.reviewed import asking_trail
from tests.tui.terminal import in_terminal

PIECES = st.sampled_from(
    [
        "a",
        "é",
        "残",
        "\r",
        "\x1b[200~pasted [ \r\n\x1b[201~",
        "\x1b[A",
        "\x1b[1;5C",
        "\x1b[<35;10;5M",
        "\x1b[97;5u",
    ]
)


@given(st.lists(PIECES, max_size=6), st.data())
def test_no_sequence_is_given_on_in_parts(parts: list[str], data: st.DataObject) -> None:
    text = "".join(parts)
    ends = list(accumulate(map(len, parts)))
    sequences = [(end - len(part), end) for part, end in zip(parts, ends, strict=True) if len(part) > 1]
    inside = {at for at in range(len(text)) if text[at - 1 : at] == "\x1b"}  # escape alone is a key as well
    cuts = sorted(data.draw(st.sets(st.sampled_from(sorted(set(range(len(text) + 1)) - inside)))))
    whole, given_on = WholeSequences(), ""
    for begin, end in zip([0, *cuts], [*cuts, len(text)], strict=True):
        given_on += whole.take(text[begin:end])
        assert not any(begin < len(given_on) < end for begin, end in sequences)
    assert given_on == text


@pytest.mark.parametrize(
    "parts",
    [
        ("2/\x1b[200~sdq", "qsd\x1b[20", "1~ok"),
        ("2/\x1b[200~sdq\x1b", "[201~qsdok"),
        ("2/\x1b[20", "0~sdqqsd\x1b[201~ok"),
        ("2/sdq\x1b[<35;1", "0;5Mqsdok"),
    ],
)
def test_a_slow_link_does_not_tear_pastes_apart(tmp_path: Path, parts: tuple[str, ...]) -> None:
    home = small_trail(tmp_path)
    opened(home).close()
    with in_terminal(home) as terminal:
        terminal.wait_for("hierarchies")
        for part in parts:
            terminal.press(part)
            terminal.read_for(0.4)  # longer than Textual waits for the rest
        terminal.wait_until(lambda text: " sdqqsdok " in text)
        terminal.press("\x11")
        assert terminal.end() == 0


def test_enter_typed_before_the_terminal_is_ours_is_enter(tmp_path: Path) -> None:
    home = asking_trail(tmp_path)
    opened(home).close()
    with in_terminal(home) as terminal:
        terminal.press("5\r ")  # the terminal makes a new line of it as long as it is the shell's
        terminal.wait_until(lambda text: "3 Good" in text)
        terminal.press("\x11")
        assert terminal.end() == 0


@pytest.mark.parametrize("typed", [b"caf\xe9 x", b"\xff\xfe", b"\xc3(", b"\x80abc"])
def test_letters_of_another_encoding_do_no_harm(tmp_path: Path, typed: bytes) -> None:
    home = small_trail(tmp_path)
    opened(home).close()
    with in_terminal(home) as terminal:
        terminal.wait_for("hierarchies")
        terminal.press(b"2/" + typed + b"zzz")
        terminal.wait_until(lambda text: "zzz" in text)
        terminal.press("\x11")
        assert terminal.end() == 0
        assert b"Traceback" not in terminal.seen
