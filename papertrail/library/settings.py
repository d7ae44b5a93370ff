"""The trail's settings: looked at and changed."""

from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

from papertrail.domain.operations import Verb
from papertrail.domain.settings import EXPORT_OBSIDIAN, SETTINGS, Setting, setting_called
from papertrail.library.open_trail import OpenTrail
from papertrail.store.queries import settings

if TYPE_CHECKING:
    from papertrail.domain.reports import SettingValue

_T = TypeVar("_T")


class Settings:
    """The use cases of settings."""

    def __init__(self, trail: OpenTrail) -> None:
        self._trail = trail

    def get(self, setting: Setting[_T]) -> _T:
        """Return the value of a setting; its default where none was set, or none that is understood."""
        return self._trail.setting(setting)

    def all(self) -> "list[SettingValue]":
        """Return every setting with its value of now."""
        from papertrail.domain.reports import SettingValue

        return [SettingValue(setting, str(self.get(setting))) for setting in SETTINGS.values()]

    def set(self, name: str, text: str) -> "tuple[SettingValue, SettingValue]":
        """Give a setting another value; return it as it was and as it is.

        Raises:
            BadInput: there is no such setting, or it may not be that; nothing has been changed.
        """
        from papertrail.domain.reports import SettingValue

        setting: Setting[Any] = setting_called(name)
        value = str(setting.parse(text))
        if setting is EXPORT_OBSIDIAN:  # who names it again wants it, be it gone or not
            with suppress(OSError):
                self._trail.home.vault_made.unlink(missing_ok=True)
        with self._trail.operation(Verb.SETTING) as (connection, operation):
            stored = settings.get(connection, setting.name)
            was = str(self.get(setting))
            if value != stored and not (stored is None and value == was):
                settings.put(connection, setting.name, value)
                before = None if stored is None else {"name": setting.name, "value": stored}
                after = {"name": setting.name, "value": value}
                self._trail.journal(connection, operation, "setting", None, before, after)
        return SettingValue(setting, was), SettingValue(setting, value)
