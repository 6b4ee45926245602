"""
The commands together, and what a failure says and exits with.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING

# The commands use it, and load it too late for the one error that names the extra.
import rich  # noqa: F401 -- as said
from cyclopts import App, CycloptsError

from rectiflow import __version__
from rectiflow.errors import MissingExtraError, RectiflowError
from rectiflow.messages import Message

from .language import language_in
from .misuse import misuse
from .streams import drop_output, never_fail_to_encode

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["EXIT_CODES", "make_app", "run"]

DONE, OVERDUE, MISUSE, REFUSED, INTERRUPTED, CUT_SHORT = 0, 1, 2, 3, 130, 141
EXIT_CODES = {
    DONE: "done",
    OVERDUE: "overdue with --fail-overdue, in doubt with --fail-open, too few saboteurs caught, "
    "a law or a ledger is broken",
    MISUSE: "the command line cannot be understood",
    REFUSED: "a document, rule, move or file was refused, or rectiflow[cli] is not installed",
    INTERRUPTED: "interrupted",
    CUT_SHORT: "whoever read the output stopped reading",
}
"""What the command line exits with."""

_COMMANDS = {
    "read": ("read",),
    "show": ("show",),
    "review": ("review",),
    "due": ("due",),
    "diagram": ("diagram",),
    "schema": ("schema",),
    "prove": ("prove",),
    "sabotage": ("sabotage",),
    "init": ("init",),
    "move": ("move", "send_back", "complete", "reopen", "record"),
    "decide": ("extend", "suspend", "restart", "override", "confirm"),
    "apply": ("apply",),
    "history": ("history",),
    "remind": ("remind",),
    "verify": ("verify",),
    "transfer": ("export", "import_"),
}
"""Which file holds which commands."""

_TESTING = {"hypothesis", "pytest", "_pytest"}
"""What the extra for tests brings: whatever command needs one of them says so."""

_ASKS_FOR_HELP = {"--help", "-h"}
_HELP = "Rectification lists (整改清单): who must do what by when, and why."


def run(tokens: Sequence[str]) -> int:  # noqa: PLR0911 -- one for each way to end
    """
    Run one command line and give its exit code.
    """
    never_fail_to_encode()
    lang = language_in(tokens)
    try:
        code = _run(tokens)
        # Here, and not when Python ends: a reader that has gone is an answer too.
        sys.stdout.flush()
    except CycloptsError as error:
        return _say(MISUSE, misuse(error).text(lang), Message.of("cli.see-help").text(lang))
    except RectiflowError as error:
        return _say(REFUSED, error.text(lang))
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in _TESTING:
            raise
        return _say(REFUSED, MissingExtraError("testing", error.name or "").text(lang))
    except BrokenPipeError:
        drop_output()
        return CUT_SHORT
    except OSError as error:
        return _say(REFUSED, _of_system(error).text(lang))
    except KeyboardInterrupt:
        return INTERRUPTED
    return code


def _run(tokens: Sequence[str]) -> int:
    app = make_app(loaded=not tokens or tokens[0] in _ASKS_FOR_HELP)
    found = app(tokens, exit_on_error=False, print_error=False, result_action="return_value")
    return found if isinstance(found, int) else DONE


def _say(code: int, *lines: str) -> int:
    sys.stderr.writelines(f"{line}\n" for line in lines)
    return code


def _of_system(error: OSError) -> Message:
    why = error.strerror or str(error)
    if error.filename is None:
        # No file was named, so it is the output: a full disk, say.
        drop_output()
        return Message.of("cli.output", why=why)
    return Message.of("cli.file", file=error.filename, why=why)


def make_app(*, loaded: bool = False) -> App:
    """
    Give all commands together.

    Args:
        loaded: Load each now, since the list of all says what each does; by default each is
            loaded when it is asked for, and no other.
    """
    codes = "  ".join(f"{code}: {says}." for code, says in EXIT_CODES.items())
    app = App(
        name="rectiflow",
        help=_HELP,
        help_epilogue=f"Exit codes.  {codes}",
        version=__version__,
        suppress_keyboard_interrupt=False,
    )
    for module, names in _COMMANDS.items():
        for name in names:
            place = f"rectiflow.cli.{module}"
            command = getattr(import_module(place), name) if loaded else f"{place}:{name}"
            app.command(command, name=name.strip("_").replace("_", "-"))
    app.register_install_completion_command()
    return app
