"""
The command line: the only place that reads the clock, prints or exits.
"""

import gc
import sys

__all__ = ["main"]

_REFUSED = 3


def main() -> None:
    """
    Run the command line and exit with its code.
    """
    # A command ends before most of its garbage would matter: it is looked for more seldom, and
    # not in what a ledger of ten thousand assignments comes to.
    gc.set_threshold(500_000, 20, 20)
    try:
        from .app import run  # noqa: PLC0415 -- without the extra there is something to say
    except ModuleNotFoundError as error:
        from rectiflow.errors import MissingExtraError  # noqa: PLC0415 -- as above

        from .language import language_in  # noqa: PLC0415 -- as above

        if error.name is None or error.name.partition(".")[0] not in {"cyclopts", "rich"}:
            raise
        lacking = MissingExtraError("cli", error.name)
        sys.stderr.write(f"{lacking.text(language_in(sys.argv[1:]))}\n")
        sys.exit(_REFUSED)
    code = run(sys.argv[1:])
    # Python would look through all there is once more, only to give all of it back.
    gc.freeze()
    sys.exit(code)
