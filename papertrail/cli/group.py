"""A command with subcommands: each takes `--home` like every command."""

import click

from papertrail.cli.trail import home_option


class TrailGroup(click.Group):
    """Gives its subcommands `--home` and `-h`, and names near ones for a wrong one."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return one subcommand, or None."""
        command = super().get_command(ctx, cmd_name)
        if command is not None and not any(parameter.name == "home" for parameter in command.params):
            command.params.append(home_option())
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the subcommand asked for; name those there are when it is none."""
        if args[0] not in self.commands and not args[0].startswith("-"):
            known = ", ".join(self.commands)
            raise click.UsageError(f"{ctx.command_path} has no {args[0]}, but {known}", ctx)
        return super().resolve_command(ctx, args)
