"""Which editor the reader's environment names."""

from collections.abc import Callable, Mapping

from papertrail.domain.errors import BadInput

_USUAL = ("nano", "vim", "vi")
# These give the terminal back at once unless told to wait until the file is closed.
_WAIT_OPTION = {"code": "--wait", "codium": "--wait", "subl": "--wait", "zed": "--wait", "mate": "--wait"}


def choose_editor(environ: Mapping[str, str], which: Callable[[str], str | None]) -> list[str]:
    """Return the command of the reader's editor, to which the file's path is appended.

    Args:
        environ: `VISUAL` and `EDITOR` are looked at, in this order; both may hold options.
        which: tells where a program is, or None, such as `shutil.which`.

    Raises:
        BadInput: no editor is named, or the one named is not there.
    """
    import shlex

    for name in ("VISUAL", "EDITOR"):
        text = environ.get(name, "").strip()
        if not text:
            continue
        try:
            command = shlex.split(text)
        except ValueError as error:
            raise BadInput(
                f"{name} cannot be understood ({error})", "for example: export EDITOR=vim"
            ) from error
        if command and which(command[0]):
            option = _WAIT_OPTION.get(command[0].rpartition("/")[2])
            return command if option is None or {option, "-w"} & set(command) else [*command, option]
        raise BadInput(f"the editor named by {name} is not installed", "for example: export EDITOR=nano")
    for usual in _USUAL:
        if which(usual):
            return [usual]
    raise BadInput("no editor was found", "set one, for example: export EDITOR=nano")
