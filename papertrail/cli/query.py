"""Queries on a command line: what of it is an option, and what leaves a word out."""

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Sequence


class QueryCommand(click.Command):
    """Takes `-word` for what to leave out, as the query language does, unless it is one of its options."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the command line."""
        own = {name for option in self.params for name in option.opts}.union(ctx.help_option_names)
        own |= {
            f"{name}{value}" for option in self.params for name in option.opts for value in _choices(option)
        }
        end = args.index("--") if "--" in args else len(args)
        told = [f"^{one[1:]}" if _leaves_out(one) and one not in own else one for one in args[:end]]
        return super().parse_args(ctx, told + args[end:])


def _choices(option: click.Parameter) -> "Sequence[str]":
    return option.type.choices if isinstance(option.type, click.Choice) else ()


def _leaves_out(argument: str) -> bool:
    return len(argument) > 1 and argument[0] == "-" != argument[1]
