"""A reader of calendars that takes nothing but what RFC 5545 allows."""

import re
from datetime import date, datetime

_LINE = re.compile(
    r"(?P<name>[A-Z-]+)(?P<parameters>(?:;[A-Z-]+=[^:;,\"\x00-\x1f]+)*):(?P<value>.*)", re.DOTALL
)
_ESCAPE = re.compile(r"\\(.?)", re.DOTALL)
_ONCE = {"UID", "DTSTAMP", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "URL", "TRANSP"}

Properties = dict[str, str]


def read(data: bytes) -> list[Properties]:
    """Return the events of a calendar.

    Raises:
        AssertionError: it is none.
    """
    assert data.endswith(b"\r\n")
    physical = data[:-2].split(b"\r\n")
    assert all(len(piece) <= 75 and b"\r" not in piece and b"\n" not in piece for piece in physical)
    lines: list[str] = []
    for piece in physical:
        text = piece.decode("utf-8")  # no sign is cut in two
        if text.startswith((" ", "\t")):
            lines[-1] += text[1:]
        else:
            lines.append(text)
    assert lines[0] == "BEGIN:VCALENDAR" and lines[-1] == "END:VCALENDAR"
    head, events = dict[str, str](), list[Properties]()
    event: Properties | None = None
    for line in lines[1:-1]:
        assert not re.search(r"[\x00-\x08\x0a-\x1f\x7f]", line), line
        found = _LINE.fullmatch(line)
        assert found is not None, line
        name, value = found["name"], found["value"]
        if (name, value) == ("BEGIN", "VEVENT"):
            assert event is None
            event = {}
        elif (name, value) == ("END", "VEVENT"):
            assert event is not None
            events.append(_checked(event))
            event = None
        elif event is None:
            assert name not in head and not events
            head[name] = value
        else:
            assert name in _ONCE and name not in event, line
            assert found["parameters"] == (";VALUE=DATE" if name in ("DTSTART", "DTEND") else ""), line
            event[name] = value
    assert event is None and head["VERSION"] == "2.0" and head["PRODID"]
    assert len({one["UID"] for one in events}) == len(events)
    return events


def _checked(event: Properties) -> Properties:
    """Return an event with its texts read; its dates have to be some."""
    assert event.keys() >= {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY"}
    datetime.strptime(event["DTSTAMP"], "%Y%m%dT%H%M%SZ")
    assert date.fromisoformat(event["DTSTART"]) < date.fromisoformat(event["DTEND"])
    assert event["SEQUENCE"].isdigit()
    return {**event, **{name: _text(event[name]) for name in ("SUMMARY", "DESCRIPTION") if name in event}}


def _text(value: str) -> str:
    bare = _ESCAPE.sub("", value)
    assert not {";", ","} & set(bare), value

    def sign(found: re.Match[str]) -> str:
        assert found[1] in ("\\", ";", ",", "n", "N"), value
        return "\n" if found[1] in "nN" else found[1]

    return _ESCAPE.sub(sign, value)
