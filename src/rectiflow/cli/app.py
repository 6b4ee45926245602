"""
The commands together, and what a failure says and exits with.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from cyclopts import App, CycloptsError

from rectiflow import __version__
from rectiflow.errors import RectiflowError
from rectiflow.messages import Message

from .diagram import diagram
from .due import due
from .options import Lang, default_language
from .review import review
from .show import show

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["EXIT_CODES", "run"]

DONE, OVERDUE, MISUSE, REFUSED = 0, 1, 2, 3
EXIT_CODES = {
    DONE: "done",
    OVERDUE: "something is overdue, and --fail-overdue was given",
    MISUSE: "the command line cannot be understood",
    REFUSED: "a document, a rule or a move was refused; nothing was written",
    4: "the extra rectiflow[cli] is not installed",
    130: "interrupted",
}
"""What the command line exits with."""

_HELP = "Rectification lists (整改清单): who must do what by when, and why."


def run(tokens: Sequence[str]) -> int:
    """
    Run one command line and give its exit code.
    """
    app = _app()
    try:
        found = app(tokens, exit_on_error=False, print_error=False, result_action="return_value")
    except CycloptsError as error:
        sys.stderr.write(f"{error}\n{Message.of('cli.see-help').text(_language(tokens))}\n")
        return MISUSE
    except RectiflowError as error:
        sys.stderr.write(error.text(_language(tokens)) + "\n")
        return REFUSED
    except OSError as error:
        facts = {"file": error.filename or "", "why": error.strerror or str(error)}
        sys.stderr.write(Message("cli.file", facts).text(_language(tokens)) + "\n")
        return REFUSED
    except KeyboardInterrupt:
        return 130
    return found if isinstance(found, int) else DONE


def _app() -> App:
    codes = "  ".join(f"{code}: {says}." for code, says in EXIT_CODES.items())
    app = App(
        name="rectiflow",
        help=_HELP,
        help_epilogue=f"Exit codes.  {codes}",
        version=__version__,
    )
    for command in (show, review, due, diagram):
        app.command(command)
    app.register_install_completion_command()
    return app


def _language(tokens: Sequence[str]) -> Lang:
    # An error may come before the option was read, so it is looked for in the words themselves.
    for word, after in zip(tokens, [*tokens[1:], ""], strict=True):
        given = after if word == "--lang" else word.removeprefix("--lang=")
        if given in {"zh", "en"} and word.startswith("--lang"):
            return "zh" if given == "zh" else "en"
    return default_language()
