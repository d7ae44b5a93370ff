"""The terms by which texts are compared: words of any alphabet, and pairs of Chinese characters."""

import re
from collections import Counter
from itertools import pairwise

# Chinese and Japanese are written without blanks: every two characters that stand together are a term.
_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_WORD = re.compile(rf"[^\W\d_{_CJK}][^\W_{_CJK}]+")
_ASCII_WORD = re.compile(r"[a-z][a-z0-9]+")  # the same words, found in two thirds of the time
_RUN = re.compile(f"[{_CJK}]{{2,}}")
# Words of every abstract: a background of some hundred papers makes them light, that of a thin day does not.
_STOP = (
    "about above after al all also an and any approach are as at based be been being between both but by"
    " can could demonstrate different do does due each et existing few for from further given has have"
    " here how however if in including into introduce is it its itself may method methods more most much"
    " new no nor not novel of often on one only or other our out over paper present problem propose"
    " proposed provide recent results same several show shows since so some study such than that the their"
    " them then there these they this those three through to too two under up us use used using very via"
    " was we well were what when where whether which while who will with within without work would you"
    " your"
)
_IN_ADDRESSES = "code com github http https io org project www"
STOP_WORDS = frozenset(f"{_STOP} {_IN_ADDRESSES}".split())


def words(text: str) -> list[str]:
    """Return the terms of a text in small letters, words before pairs, each as often as it stands there.

    Examples:
        >>> words("用 ResNet 残差连接")
        ['resnet', '残差', '差连', '连接']
    """
    text = text.lower()
    if text.isascii():
        return _ASCII_WORD.findall(text)
    found = _WORD.findall(text)
    for run in _RUN.findall(text):
        found += map("".join, pairwise(run))
    return found


def terms(text: str) -> Counter[str]:
    """Return how often each term stands in a text, without the words of every text."""
    found = Counter(words(text))
    for word in found.keys() & STOP_WORDS:
        del found[word]
    return found
