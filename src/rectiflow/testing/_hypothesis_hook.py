"""
What Hypothesis runs at the end of its own import: ``st.from_type(rf.Assignment)`` then works.

It is run in every process that imports Hypothesis where rectiflow is installed, so it loads
nothing: a strategy is named here, is registered when the module of its type is loaded, and is
made when it is asked for.  A hook that raises would break Hypothesis for everybody: it warns.
"""

from __future__ import annotations

import sys
import warnings
from importlib import import_module
from importlib.machinery import ModuleSpec, PathFinder
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from importlib.abc import Loader
    from types import ModuleType

__all__ = ["STORE_STRATEGIES", "STRATEGIES", "register"]

# Public type to the module of rectiflow.testing and the function there that makes its strategy.
STRATEGIES = {
    name: (module, strategy)
    for module, pairs in {
        "answers": {
            "Message": "messages",
            "Notice": "notices",
            "Problem": "problems",
            "Resolution": "resolutions",
            "Review": "reviews",
            "ReviewRow": "review_rows",
            "Standing": "standings",
            "TraceStep": "trace_steps",
            "Verdict": "verdicts",
        },
        "calendars": {"WorkCalendar": "calendars"},
        "doubtful": {
            "Clause": "clauses",
            "OpenDoubt": "open_doubts",
            "Settlement": "settlements",
        },
        "histories": {
            "AdjustmentEntry": "adjustment_entries",
            "Assignment": "assignments",
            "BadMove": "bad_moves",
            "Campaign": "campaigns",
            "CompletionEntry": "completion_entries",
            "Entry": "entries",
            "EventEntry": "event_entries",
            "History": "histories",
            "Move": "any_moves",
            "OpeningEntry": "opening_entries",
            "ReopeningEntry": "reopening_entries",
            "StageEntry": "stage_entries",
            "Step": "steps",
            "Workflow": "workflows",
        },
        "ledgers": {"Ledger": "ledgers"},
        "lists": {
            "Doubt": "doubts",
            "Milestone": "any_milestones",
            "OriginalText": "original_texts",
            "RectificationList": "rectification_lists",
            "Requirement": "requirements",
            "Responsibility": "any_responsibilities",
            "Roster": "rosters",
            "RosterMember": "roster_members",
            "Row": "rows",
            "Service": "services",
            "Source": "sources",
            "Unit": "units",
            "UnitGroup": "unit_groups",
            "UnitRegister": "unit_registers",
        },
        "paths": {"StagePath": "stage_paths", "TransitionTable": "transition_tables"},
        "rules": {
            "After": "afters",
            "Annual": "annuals",
            "Before": "befores",
            "DeadlineRule": "rules",
            "Earliest": "earliests",
            "Extension": "plain_extensions",
            "ExtensionUntil": "extensions_until",
            "FixedDate": "dated_rules",
            "Latest": "latests",
            "MonthDay": "month_days",
            "Override": "overrides",
            "PeriodEnd": "period_ends",
            "Recurring": "recurrings",
            "Restart": "restarts",
            "StandingDuty": "standing_duties",
            "Suspension": "suspensions",
            "Unresolved": "unresolved_rules",
        },
        "unit_cells": {
            "CellRegister": "cell_registers",
            "UnitCell": "read_cells",
            "UnitEntry": "unit_entries",
        },
    }.items()
    for name, strategy in pairs.items()
}

# Of rectiflow.store, module by module: its type to the function in testing.store_values.  The
# package itself is not asked, so that it is not loaded, and need not be installed.
STORE_STRATEGIES = {
    "actors": {"Actor": "actors"},
    "anchors": {"Anchor": "anchors"},
    "definitions": {"Versions": "versions"},
    "events": {"Event": "events", "Record": "records"},
    "finding": {"LedgerName": "ledger_names"},
    "policies": {"Policy": "policies", "RefusedAct": "refused_acts", "Request": "requests"},
    "projection": {"Confirmation": "confirmations"},
    "reminders": {"Reminder": "reminders"},
    "reviewing": {"BackDated": "back_dated", "StoredReview": "stored_reviews"},
    "stored": {"StoredLedger": "stored_ledgers"},
    "verifying": {"Fault": "faults", "Verification": "verifications"},
    "writing": {"Receipt": "receipts"},
}

_Makers = dict[str, tuple[str, str]]


def register() -> None:
    """
    Register the strategies of every module that is loaded, and of others when they will be.
    """
    try:
        homes = _homes()
        for name, makers in homes.items():
            if (module := sys.modules.get(name)) is not None:
                _register(module, makers)
        sys.meta_path.insert(0, _Watch(homes))
    except Exception as error:  # noqa: BLE001 -- whatever it is, Hypothesis must go on
        _warn(error)


def _homes() -> dict[str, _Makers]:
    import rectiflow  # noqa: PLC0415 -- inside the guard

    homes: dict[str, _Makers] = {}
    for name, module in vars(rectiflow)["_MODULE_OF"].items():
        if name in STRATEGIES:
            homes.setdefault(f"rectiflow.{module}", {})[name] = STRATEGIES[name]
    for module, pairs in STORE_STRATEGIES.items():
        makers = {name: ("store_values", strategy) for name, strategy in pairs.items()}
        homes[f"rectiflow.store.{module}"] = makers
    return homes


def _register(module: ModuleType, makers: _Makers) -> None:
    from hypothesis import strategies as st  # noqa: PLC0415 -- it is loaded where this is run

    for name, maker in makers.items():
        if (kind := getattr(module, name, None)) is not None:
            st.register_type_strategy(kind, _maker(*maker))


def _maker(module: str, strategy: str) -> Any:  # noqa: ANN401 -- as Hypothesis takes it
    def make(_type: type) -> Any:  # noqa: ANN401 -- a strategy
        return getattr(import_module(f"rectiflow.testing.{module}"), strategy)()

    return make


def _warn(error: Exception) -> None:
    what = f"rectiflow could not register its Hypothesis strategies: {error!r}"
    warnings.warn(what, RuntimeWarning, stacklevel=3)


class _Watch:
    """
    Notices when one of our modules is loaded; finds nothing itself.
    """

    def __init__(self, homes: dict[str, _Makers]) -> None:
        self._homes = homes

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:  # noqa: ANN401 -- as Python calls it
        """
        Have the usual finder look, and lay a word for Hypothesis behind the module's own loading.
        """
        makers = self._homes.pop(name, None)
        if makers is None:
            return None
        spec = PathFinder.find_spec(name, path, target)
        if spec is None or spec.loader is None:
            return None
        spec.loader = _Telling(spec.loader, makers)  # type: ignore[assignment]  # it is one in all but name
        return spec


class _Telling:
    """
    A loader that does what another does, and registers strategies when it has.
    """

    def __init__(self, loader: Loader, makers: _Makers) -> None:
        self._loader, self._makers = loader, makers

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 -- whatever the loader has
        """
        Be the other loader in all else.
        """
        return getattr(self._loader, name)

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        """
        Make the module as the other loader does.
        """
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        """
        Load the module, and register what it holds.
        """
        # From here on the module has its own loader: pickles, resources and debuggers ask it.
        module.__loader__ = self._loader
        if module.__spec__ is not None:
            module.__spec__.loader = self._loader
        self._loader.exec_module(module)
        try:
            _register(module, self._makers)
        except Exception as error:  # noqa: BLE001 -- loading our own module must not fail for it
            _warn(error)
