"""Where the program begins: `papertrail`, and `python -m papertrail`."""

import os
import sys

ASKED = "__complete"
"""The first word of a command line that a shell's completion asks by; no verb is called so."""


def _fill_closed_streams() -> None:
    """Have the numbers of standard streams that were closed lead nowhere.

    The next file that is opened would get such a number, and what a program that is run says go into it.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            null = os.open(os.devnull, os.O_RDWR)  # the lowest number that is free: this one
            os.set_inheritable(null, True)


def say_one_line(kind: type[BaseException], error: BaseException, _: object = None) -> None:
    """Say a fault of the program, wherever it was, on one line: a traceback tells what the reader wrote."""
    said = " ".join(f"papertrail: unexpected {kind.__name__} ({error})".split())
    if sys.stderr is not None:
        sys.stderr.write(f"{said}: run it again with PAPERTRAIL_DEBUG=1 and report what it says\n")


def main() -> int:
    """Run the program, or answer a shell, which is done without importing the program."""
    if sys.argv[1:2] == [ASKED]:
        from papertrail.completion.answer import answer

        code = answer(sys.argv[2:], os.environ)
        os._exit(code)  # taking the interpreter apart would cost as much as the answer has
    if "status" in sys.argv[1:4]:  # a prompt waits for it: done without importing the program as well
        from papertrail.prompt.line import asked_for, status

        asked = asked_for(sys.argv[1:])
        if asked is not None:
            os._exit(status(*asked, os.environ))
    if "_PAPERTRAIL_COMPLETE" in os.environ:  # a script of click's asks, and would have the line run
        return 0
    if os.environ.get("PAPERTRAIL_DEBUG") != "1":
        sys.excepthook = say_one_line
        sys.unraisablehook = bool  # what ends with the interpreter, or with a connection, says nothing
    from papertrail import ending

    try:
        ending.listen()
        _fill_closed_streams()
        from papertrail.cli import main as run

        code = run()
    except (KeyboardInterrupt, Exception) as error:  # while it is still being imported
        if not ending.is_by_interrupt(error):
            raise
        code = 130
    return ending.code_of(code)


if __name__ == "__main__":
    sys.exit(main())
