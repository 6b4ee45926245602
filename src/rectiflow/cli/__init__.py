"""
The command line: the only place that reads the clock, prints or exits.
"""

import sys

__all__ = ["main"]

_NO_EXTRA = 4


def main() -> None:
    """
    Run the command line and exit with its code.
    """
    try:
        from .app import run  # noqa: PLC0415 -- without the extra there is something to say
    except ModuleNotFoundError as error:
        from rectiflow.errors import MissingExtraError  # noqa: PLC0415 -- as above

        if error.name is None or error.name.partition(".")[0] not in {"cyclopts", "rich"}:
            raise
        sys.stderr.write(f"{MissingExtraError('cli', error.name)}\n")
        sys.exit(_NO_EXTRA)
    sys.exit(run(sys.argv[1:]))
