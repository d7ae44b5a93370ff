"""Commands that take words such as `-x`, which mean something else than an option."""

from typing import Any

import click


class SignedWords(click.Command):
    """A command that takes words such as `-x`; `-h` alone asks for help, `-hard` does not."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.context_settings = {"ignore_unknown_options": True, "help_option_names": ["--help"]}

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take words that look like long options for options: no one means them otherwise."""
        rest = super().parse_args(ctx, ["--help"] if args == ["-h"] else args)
        for value in ctx.params.values():
            for word in value if isinstance(value, tuple) else (value,):
                if isinstance(word, str) and word.startswith("--"):
                    raise click.UsageError(f"no such option: {word}", ctx)
        return rest
