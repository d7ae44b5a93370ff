"""Driving the terminal program in tests, and reading its screen."""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from time import monotonic
from typing import Any
from unittest.mock import patch
from weakref import WeakKeyDictionary, WeakSet

from textual._compositor import LayoutUpdate
from textual.app import App
from textual.css.model import RuleSet
from textual.css.styles import RulesMap
from textual.css.stylesheet import Stylesheet
from textual.css.types import CSSLocation
from textual.dom import DOMNode
from textual.message import Message
from textual.message_pump import MessagePump
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget

from papertrail.domain.clock import Clock
from papertrail.domain.settings import GUESS_ASKED
from papertrail.library import Home, guesses
from papertrail.tui.frame.app import PapertrailApp
from papertrail.tui.frame.typed import _is_at_rest
from tests.trails import FixedClock, make_database

SIZE = (140, 40)
PATIENCE = 60.0  # seconds
LONG = 120.0  # seconds in which any key has acted on the slowest machine
MOMENT = 0.005  # seconds
LASTING = {
    "App.run_test.<locals>.run_app",
    "MessagePump._process_messages",
    "Timer._run_timer",
}
"""The tasks of a program that has come to rest."""
SELDOM = 3600.0  # seconds; `settle` draws what is to be drawn once, when all else is done

Handler = Callable[[Message], Awaitable[None]]
Handlers = list[tuple[type, Any]]

ACTED_UPON = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")
"""What a terminal acts upon, but for the end of a line."""

_paint = Screen._compositor_refresh
_unpainted = WeakSet[Screen[Any]]()
_get_handlers = MessagePump._get_dispatch_methods
_handlers: dict[tuple[type[MessagePump], type[Message], str], Handlers | None] = {}
_parse = Stylesheet.parse
_sheets: dict[tuple[object, ...], list[RuleSet]] = {}
_parse_rules = Stylesheet._parse_rules
_parsed: dict[tuple[object, ...], list[RuleSet]] = {}
_apply = Stylesheet.apply
_numbered = WeakKeyDictionary[Stylesheet, tuple[list[RuleSet], int]]()
_numbers: dict[tuple[int, ...], int] = {}
_asked: dict[tuple[int, frozenset[str]], tuple[str, ...]] = {}
_applied: dict[tuple[object, ...], tuple[RulesMap, RulesMap]] = {}


@asynccontextmanager
async def running(
    home: Home,
    size: tuple[int, int] = SIZE,
    clock: Clock | None = None,
    mode: str = "papers",
    *,
    guessing: bool = False,
    welcomes: bool = False,
    program: type[PapertrailApp] = PapertrailApp,
) -> AsyncIterator[Pilot[int]]:
    """Run the program on a trail, on a fixed day, until the screen of a mode is filled.

    Args:
        home: the trail.
        size: of the terminal.
        clock: gives the moment.
        mode: its screen.
        guessing: whether it asks for a guess before a paper is read.
        welcomes: whether a newcomer is shown a page first.
        program: which one is run.
    """
    clock = clock or FixedClock()
    make_database(home, clock)
    app = program(home, clock=clock, welcomes=welcomes)
    with (
        patch("textual.app.wait_for_idle", at_once),
        patch("textual.screen.UPDATE_PERIOD", SELDOM),
        patch.object(MessagePump, "_get_dispatch_methods", found_once),
        patch.object(Stylesheet, "parse", put_together_once),
        patch.object(Stylesheet, "_parse_rules", parsed_once),
        patch.object(Stylesheet, "apply", applied_once),
        patch.object(Screen, "_compositor_refresh", painted_once),
        patch.object(guesses, "GUESS_ASKED", GUESS_ASKED._replace(default="on" if guessing else "off")),
    ):
        async with app.run_test(size=size, notifications=True) as pilot:
            await settle(pilot)
            if mode == "papers":
                await press(pilot, "2")
            yield pilot
            if not app._exit:
                paint(app.screen)


async def at_once(least: float = 0, most: float = 0) -> None:
    """Let the pilot go on after each key: `settle` waits for all that keys do."""


def paint(screen: Screen[Any]) -> None:
    """Paint what has changed on a screen since it was last looked at, as a terminal gets it."""
    if screen in _unpainted:
        _unpainted.discard(screen)
        _paint(screen)


def painted_once(screen: Screen[Any]) -> None:
    """Leave the screen in front to be painted when looked at: a terminal gets one picture of many changes.

    What stands there at the end is painted even if nobody looks.
    """
    if screen is screen.app.screen and not screen.app.is_inline:
        _unpainted.add(screen)
        screen._dirty_widgets.clear()
    else:
        _paint(screen)


def found_once(pump: MessagePump, name: str, message: Message) -> Iterator[tuple[type, Handler]]:
    """Find who handles a message as Textual does, but look through the classes once for all that are alike.

    Handlers that choose by what a message is about are left to Textual.
    """
    key = type(pump), type(message), name
    if key not in _handlers:
        _handlers[key] = _named_handlers(*key)
    if (found := _handlers[key]) is None:
        yield from _get_handlers(pump, name, message)
        return
    for owner, method in found:
        if message._no_default_action:
            return
        yield owner, method.__get__(pump, owner)


def _named_handlers(pump: type[MessagePump], message: type[Message], name: str) -> Handlers | None:
    """Return the handlers that are found by their names, or None where others may handle it as well."""
    found = []
    for owner in pump.__mro__:
        decorated = owner.__dict__.get("_decorated_handlers") or {}
        if any(one in decorated for one in message.__mro__):
            return None
        method = owner.__dict__.get(f"_{name}") or owner.__dict__.get(name)
        if method is not None and not getattr(method, "_textual_on", None):
            found.append((owner, method))
    return found


def put_together_once(sheet: Stylesheet) -> None:
    """Put a sheet together of its parts as Textual does, but once for all that have the same."""
    key = (*sheet.source.items(), *sheet._variables.items())
    if key not in _sheets:
        _parse(sheet)
        _sheets[key] = sheet._rules
    sheet._rules, sheet._rules_map, sheet._require_parse = _sheets[key], None, False


def parsed_once(
    sheet: Stylesheet,
    css: str,
    read_from: CSSLocation,
    is_default_rules: bool = False,
    tie_breaker: int = 0,
    scope: str = "",
) -> list[RuleSet]:
    """Parse styles as Textual does, but once for all programs: they are the same in each."""
    wanted = (css, read_from, is_default_rules, tie_breaker, scope)
    key = (*wanted, *sheet._variables.items())
    if key not in _parsed:
        _parsed[key] = _parse_rules(sheet, *wanted)
    return _parsed[key]


def applied_once(
    sheet: Stylesheet,
    node: DOMNode,
    *,
    animate: bool = False,
    cache: dict[tuple[object, ...], RulesMap] | None = None,
) -> None:
    """Style a widget as Textual does, but find which rules hold once for all that stand so in all programs.

    They follow from the rules that may hold and from what these see of the widget and all that it is in.
    What depends on its place among others, Textual finds each time.
    """
    rules = sheet.rules
    if sheet not in _numbered or _numbered[sheet][0] is not rules:
        _numbered[sheet] = rules, _numbers.setdefault(tuple(map(id, rules)), len(_numbers))
    number = _numbered[sheet][1]
    names = number, frozenset(node._selector_names)
    if (asked := _asked.get(names)) is None:
        known = sheet.rules_map
        found = {
            one for name in known.keys() & names[1] for rule in known[name] for one in rule.pseudo_classes
        }
        asked = _asked[names] = tuple(sorted(found))
    if not sheet._EXCLUDE_PSEUDO_CLASSES_FROM_CACHE.isdisjoint(asked):
        _apply(sheet, node, animate=animate, cache=cache)
        return
    key: tuple[object, ...] = (
        number,
        *(
            (type(one), one._id, *sorted(one._classes), *[one.has_pseudo_class(name) for name in asked])
            for one in node.css_path_nodes
        ),
    )
    if (once := _applied.get(key)) is None:
        alone: dict[tuple[object, ...], RulesMap] = {}
        _apply(sheet, node, animate=animate, cache=alone)
        for styles in alone.values():
            new = DOMNode()
            sheet.replace_rules(new, styles)
            _applied[key] = styles, new.styles.base._rules
        return
    node._has_hover_style = "hover" in asked
    node._has_focus_within = node._has_order_style = node._has_odd_or_even = False
    styles, final = once
    if type(node) is DOMNode:  # stands for a part of a widget, is made anew each time and shows nothing
        node.styles.base._rules.update(final)
        node.styles.base._updates += 1
    elif isinstance(node, Widget) and not node._is_mounted:  # nothing is there yet to be drawn anew
        own: Any = node.styles.base._rules  # stays the same object: its methods are held elsewhere
        own.clear()
        own.update(final)
        node.styles.base._updates += 1
        node._nodes.updated()
        node.notify_style_update()
    elif animate or node.styles.base._rules != final:
        sheet.replace_rules(node, styles, animate=animate)
    else:
        node.notify_style_update()
    sheet._process_component_classes(node)


def look_for_news(pilot: Pilot[int]) -> None:
    """Let the program look at once for what other programs have changed."""
    assert isinstance(pilot.app, PapertrailApp)
    pilot.app.look_for_news()


async def settle(pilot: Pilot[int], beside: str = "") -> None:
    """Wait until every key has acted, threads have answered and the screen is laid out, ready to be painted.

    That is when nothing of the program could run now and nothing of it waits for anything but for messages
    and time: it does not depend on how fast the machine is, or what else that does meanwhile.

    Args:
        pilot: drives the program.
        beside: the group of those workers that may still be at work.
    """
    app, loop, deadline = pilot.app, asyncio.get_running_loop(), monotonic() + LONG
    while True:
        await asyncio.sleep(0)
        if app._exception is not None:
            raise app._exception
        if loop._ready:  # type: ignore[attr-defined]
            continue
        if not app._exit and not app._batch_count and _is_to_be_drawn(app.screen):
            app.screen._on_timer_update()
        elif at_work := _at_work(app, beside):
            assert monotonic() < deadline, f"no rest: {at_work}"
            await asyncio.sleep(MOMENT)
        else:
            return


def _at_work(app: App[int], beside: str) -> list[object]:
    """Return what is still under way."""
    expected = {asyncio.current_task(), *(worker._task for worker in app.workers if worker.group == beside)}
    found: list[object] = [
        task
        for task in asyncio.all_tasks() - expected
        if getattr(task.get_coro(), "__qualname__", "") not in LASTING
    ]
    found += [pump for pump in (app, *app._registry) if not _is_at_rest(pump)]
    if not app.animator._complete_event.is_set():
        found.append(app.animator)
    if not app._exit and app._batch_count:
        found.append("drawing is put off")
    if not app._exit and app._resize_event is not None:
        found.append(app._resize_event)
    if not app._exit and isinstance(app, PapertrailApp) and not app._keys.is_empty:
        found.append(app._keys)
    return found


def _is_to_be_drawn(screen: Screen[Any]) -> bool:
    return bool(
        screen._layout_required
        or screen._scroll_required
        or screen._repaint_required
        or screen._recompose_required
        or screen._dirty_widgets
        or screen._callbacks
    )


async def until(pilot: Pilot[int], text: str, beside: str = "") -> None:
    """Wait until a text is on the screen: what comes from the network takes its time."""
    deadline = monotonic() + PATIENCE
    while text not in shown(pilot):
        assert monotonic() < deadline, f"{text!r} is not in {shown(pilot)}"
        await asyncio.sleep(2 * MOMENT)
        await settle(pilot, beside)


async def press(pilot: Pilot[int], *keys: str, beside: str = "") -> None:
    """Press keys one after the other, each with all that follows from it."""
    for key in keys:
        await pilot.app._press_keys([key])
        await settle(pilot, beside)


async def write(pilot: Pilot[int], text: str) -> None:
    """Type a text."""
    names = {" ": "space", "\n": "enter", ".": "full_stop", "/": "slash", ":": "colon", ",": "comma"}
    await pilot.app._press_keys(names.get(character, character) for character in text)
    await settle(pilot)


def shown(pilot: Pilot[int]) -> str:
    """Return the text on the screen, a line each; there is never anything in it that a terminal acts upon."""
    screen = pilot.app.screen
    _unpainted.discard(screen)
    picture = screen._compositor.render_update(full=True, screen_stack=pilot.app._background_screens)
    assert isinstance(picture, LayoutUpdate)
    text = "\n".join("".join(strip.text for strip in row).rstrip() for row in picture.strips)
    assert not ACTED_UPON.search(text)
    return text
