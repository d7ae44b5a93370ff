"""Prints queries so that they are read back as the same."""

from collections.abc import Sequence

from papertrail.domain.query.fields import BY_NAME
from papertrail.domain.query.lexer import SIGNS, marks, printable
from papertrail.domain.query.parser import parse
from papertrail.domain.query.remarks import quoted
from papertrail.domain.query.tree import Choice, Days, Group, Node, Not, Numbers, Query, Sort, Text, joined


def to_text(query: Query) -> str:
    """Return a query in one spelling, with the names of fields that the table gives first."""
    where = [] if query.where is None else [node_text(query.where)]
    return " ".join(where + [sort_text(sort) for sort in query.order])


def sort_text(sort: Sort) -> str:
    """Return an order as a term."""
    return f"sort:{'-' if sort.descending else ''}{sort.by}"


def with_order(text: str, order: Sequence[Sort]) -> str:
    """Return a query as it was typed, with this order in place of its own.

    The order comes last, where it does not part what is typed; first where an open quote or a `NOT` would
    take it in.

    Examples:
        >>> with_order('net sort:year "a b"', [Sort("key", descending=True)])
        'net "a b" sort:-key'
    """
    found = marks(printable(text))
    kept = text
    for place in range(len(found) - 1, -1, -1):
        mark = found[place]
        if mark.field is not None and mark.field.kind == "sort":
            first = place
            while first and found[first - 1].kind == "not":  # it turns the order, and nothing else
                first -= 1
            kept = f"{kept[: found[first].start].rstrip()} {kept[mark.end :].lstrip()}"
    kept, terms = kept.strip(), " ".join(map(sort_text, order))
    is_open = bool(found) and (found[-1].open or found[-1].kind == "not")
    return " ".join(filter(None, (terms, kept) if is_open else (kept, terms)))


def as_first_terms(text: str) -> str:
    """Return a query as it was typed, but so that terms typed behind it narrow all of it.

    Examples:
        >>> as_first_terms("yolo or resnet sort:-year")
        '(yolo or resnet) sort:-year'
        >>> as_first_terms("yolo  OR")
        'yolo'
    """
    query, remarks = parse(text)
    where = query.where
    if isinstance(where, Group) and where.kind == "any":
        return " ".join([_in_brackets(where), *map(sort_text, query.order)])
    typed = text.strip()
    more = Text("", "more")
    narrowed = joined("all", [more] if where is None else [where, more])
    is_ready = not remarks and parse(f"{typed} {more.text}").query.where == narrowed
    return typed if is_ready else to_text(query)  # `net or net` means one term, and is typed as two


def ready_for_more(text: str) -> str:
    """Return a query with a blank behind, unless a quote or a value is still to be typed there.

    Examples:
        >>> ready_for_more("yolo")
        'yolo '
        >>> ready_for_more("author:")
        'author:'
    """
    text = text.strip()
    is_unfinished = not text or text[-1] in ":：" or any(mark.open for mark in marks(printable(text)))
    return text if is_unfinished else f"{text} "


def node_text(node: Node) -> str:
    """Return a tree as it is typed: `or` binds less than standing beside each other."""
    if isinstance(node, Group):
        if node.kind == "any":
            return " or ".join(map(node_text, node.parts))
        return " ".join(
            _in_brackets(part) if isinstance(part, Group) else node_text(part) for part in node.parts
        )
    if isinstance(node, Not):
        return "-" + _excluded(node.part)
    if isinstance(node, Choice):
        alone = node.field == "is" and len(node.values) == 1
        return node.values[0] if alone else f"{node.field}:{','.join(node.values)}"
    if isinstance(node, Numbers):
        from papertrail.domain.query.values import print_numbers

        return f"{node.field}:{print_numbers(node.first, node.last, years=node.field == 'year')}"
    if isinstance(node, Days):
        return f"{node.field}:{node.text}"
    return _text(node)


def _excluded(node: Node) -> str:
    """Return a tree as it stands after a sign; two signs would be a word."""
    if isinstance(node, Group):
        return _in_brackets(node)
    text = node_text(node)
    return quoted(f"{text}*") if text[0] in SIGNS else text


def _in_brackets(node: Group) -> str:
    inner = node_text(node)
    last = inner.rpartition(" ")[2]
    # A bracket in a word would take the one after it for its own.
    return f"({inner} )" if "(" in last or "（" in last else f"({inner})"


def _text(node: Text) -> str:
    """Return words bare where they are read back so, else in quotes, with a star where the last may go on."""
    before = f"{node.field}:" if node.field else ""
    if node.field and BY_NAME[node.field].kind == "section":
        before = _spelled(node._replace(text="", whole=False), before, node.section, quoted(node.section))
        if not node.text:
            return before
        before += ":"
    stars = len(node.text) - len(node.text.rstrip("*"))
    safe = quoted(node.text + "*" * (stars if node.whole else stars + 1))  # a star of the text is doubled
    return before + safe if node.whole else _spelled(node, before, node.text, safe)


def _spelled(node: Text, before: str, bare: str, safe: str) -> str:
    """Return a term in its plain spelling if that is read as just this term, else in its safe one."""
    return before + (bare if parse(before + bare).query.where == node else safe)
