"""The name that a paper goes by: `R-CNN`, where its key is `rcnn` and its title fills a line."""

import re
from collections.abc import Iterable

from papertrail.domain.text import clean_line

_LONGEST = 40  # characters of a title that is a name


def ordinary_name(key: str, title: str, texts: Iterable[str]) -> str:
    """Return the name of a paper as one says it; data.

    It is how texts write the letters of its key, with a capital somewhere: `Faster R-CNN` in the title,
    `SPPnet` in a note of it or of what builds on it, `VGG` in `VGG16`. Else a short
    title, or what stands before its colon, or the key.

    Args:
        key: of the paper.
        title: any text.
        texts: where the name may stand, the likeliest first.
    """
    letters = [re.escape(sign) for sign in key if sign != "-"]
    written = re.compile(rf"(?<![\w-]){'[ -]?'.join(letters)}(?!-|[^\W\d])", re.IGNORECASE)
    for text in (title, *texts):
        for found in written.finditer(text):
            if any(sign.isupper() for sign in found[0]):
                return found[0]
    line = clean_line(title)
    for part in (line.partition(":")[0].strip(), line):
        if part and len(part) <= _LONGEST:
            return part
    return key
