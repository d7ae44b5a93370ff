"""What is to be left out of the inbox: a word, an author or a category."""

from collections.abc import Callable, Iterator, Sequence

from papertrail.domain.errors import BadInput
from papertrail.domain.inbox.contents import NewVersion
from papertrail.domain.inbox.ranking import Likeness, Ranked
from papertrail.domain.inbox.terms import terms
from papertrail.domain.inbox.watches import Mute, MuteKind, mute_of
from papertrail.library import Library
from papertrail.tui.widgets.data_text import line
from papertrail.tui.widgets.forms import LineDialog

_MOST = 12  # words, authors and categories each
_ABOUT = {MuteKind.WORD: "word", MuteKind.AUTHOR: "author", MuteKind.CATEGORY: "category"}


def mute_dialog(
    library: Library, rows: "Sequence[Ranked | NewVersion]", done: Callable[[Mute], None]
) -> LineDialog:
    """Return what asks what to leave out, and leaves it out; what is typed and not offered is a word.

    Args:
        library: the open trail.
        rows: announcements; what they have is offered.
        done: told what is muted now.
    """
    offered: dict[str, MuteKind] = {}
    for text, kind in _offered(rows):
        offered.setdefault(text, kind)

    def mute(typed: str) -> str:
        wanted = mute_of(offered.get(typed, MuteKind.WORD), typed)
        if not library.inbox.mute([wanted]):
            raise BadInput(f"{wanted.name} is muted already", "c shows all that is muted")
        done(wanted)
        return wanted.name

    choices = [(text, _ABOUT[kind]) for text, kind in offered.items()]
    question = line("What shall be left out from now on?", "bold $primary")
    return LineDialog(question, "word or name", mute, hint="a word, a phrase, or ↓", choices=choices)


def _offered(rows: "Sequence[Ranked | NewVersion]") -> Iterator[tuple[str, MuteKind]]:
    """Yield words of the reasons, then of the titles; authors; categories."""
    reasons = [reason for row in rows if isinstance(row, Ranked) for reason in row.reasons]
    words = [word for reason in reasons if isinstance(reason, Likeness) for word in reason.words]
    words += [word for row in rows for word in terms(row.announcement.title)]
    names = [name for row in rows for name in row.announcement.authors]
    categories = [name for row in rows for name in row.announcement.categories[:1]]
    for found, kind in (
        (words, MuteKind.WORD),
        (names, MuteKind.AUTHOR),
        (categories, MuteKind.CATEGORY),
    ):
        for text in list(dict.fromkeys(found))[:_MOST]:
            yield text, kind
