"""Queries on a command line: what the shell leaves of them, and what of them is not understood."""

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from papertrail.domain.query.tree import Query


class QueryCommand(click.Command):
    """Takes `-word` for what to leave out, as the query language does, unless it is one of its options."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the command line."""
        names = {name for option in self.params for name in (*option.opts, *option.secondary_opts)}
        before, *after = "\0".join(args).split("\0--\0", 1)
        told = [
            f"^{one[1:]}" if len(one) > 1 and one[0] == "-" != one[1] and one not in names else one
            for one in before.split("\0")
        ]
        return super().parse_args(
            ctx, [*(told if args else []), *(["--", *after[0].split("\0")] if after else [])]
        )


def read_query(text: str) -> "Query":
    """Return what a query means.

    Raises:
        BadInput: some of it is not understood.
    """
    from papertrail.domain.errors import BadInput
    from papertrail.domain.query.parser import parse
    from papertrail.domain.text import clean_line, shorten

    query, remarks = parse(text)
    for remark in remarks:
        said = shorten(clean_line(text[remark.start : remark.end]), 40)
        place = f", letter {remark.start + 1}" if len(text) > len(said) and said not in remark.cause else ""
        raise BadInput(f"{remark.cause} ({said}{place})" if place else remark.cause, remark.remedy)
    return query
