"""Where the program begins: `papertrail`, and `python -m papertrail`."""

import os
import sys

ASKED = "__complete"
"""The first word of a command line that a shell's completion asks by; no verb is called so."""


def main() -> int:
    """Run the program, or answer a shell, which is done without importing the program."""
    if sys.argv[1:2] == [ASKED]:
        from papertrail.completion.answer import answer

        code = answer(sys.argv[2:], os.environ)
        os._exit(code)  # taking the interpreter apart would cost as much as the answer has
    if "_PAPERTRAIL_COMPLETE" in os.environ:  # a script of click's asks, and would have the line run
        return 0
    from papertrail import ending

    ending.listen()
    try:
        from papertrail.cli import main as run

        code = run()
    except KeyboardInterrupt:  # while it is still being imported
        code = 130
    return ending.code_of(code)


if __name__ == "__main__":
    sys.exit(main())
