"""Events as a calendar other programs read: RFC 5545."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from papertrail.domain.calendar import Event
from papertrail.domain.text import clean, clean_line

_LONGEST = 75  # bytes of a line, without its end
_EPOCH = date(2020, 1, 1)


def icalendar(events: Iterable[Event], today: date, trail: str) -> str:
    r"""Return a calendar, `\r\n` behind each line.

    It is the same all day long while the trail is: its moment is the day's beginning. An event that is
    read again replaces the one of before, by its UID, and is newer by its sequence.

    Args:
        events: those to be in it.
        today: the reader's date.
        trail: tells this trail from others, in letters and digits.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//papertrail//papertrail//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "X-WR-CALNAME:papertrail",
    ]
    for event in events:
        lines += _event(event, today, trail)
    lines.append("END:VCALENDAR")
    return "".join(f"{piece}\r\n" for line in lines for piece in _folded(line))


def _event(event: Event, today: date, trail: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.name}-{trail}@papertrail"
    yield f"DTSTAMP:{today:%Y%m%d}T000000Z"
    yield f"SEQUENCE:{max((today - _EPOCH).days, 0)}"
    yield f"DTSTART;VALUE=DATE:{event.first:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{event.last + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_escaped(clean_line(event.summary))}"
    if event.about:
        yield f"DESCRIPTION:{_escaped(clean(event.about))}"
    if event.url:
        yield f"URL:{clean_line(event.url)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """Yield a line in pieces that are short enough, no sign cut in two; all but the first begin blank."""
    piece, size = "", 0
    for sign in line:
        length = len(sign.encode("utf-8", "replace"))
        if size + length > _LONGEST:
            yield piece
            piece, size = " ", 1
        piece += sign
        size += length
    yield piece
