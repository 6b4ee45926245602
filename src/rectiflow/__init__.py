"""
Rectification lists (整改清单) as a state machine with deadline rules.

    import rectiflow as rf

    ledger = rf.assign(rf.load("yuhui-2020"))
    ledger.review(as_of=date(2020, 7, 1))

Every name is loaded from its module when it is first used, so that importing the library costs
next to nothing; ``__init__.pyi`` tells type checkers and editors the same.
"""

from importlib import import_module

_MODULE_OF = {
    name: module
    for module, names in {
        "assignments": ("Assignment",),
        "campaign": ("Campaign",),
        "deadlines": (
            "Adjustment",
            "After",
            "Annual",
            "Before",
            "CountUnit",
            "Cycle",
            "DeadlineRule",
            "Earliest",
            "Extension",
            "ExtensionUntil",
            "FixedDate",
            "Latest",
            "MonthDay",
            "Override",
            "Period",
            "PeriodEnd",
            "Recurring",
            "Resolution",
            "Restart",
            "RuleKind",
            "RuleSyntaxError",
            "StandingDuty",
            "Suspension",
            "TraceStep",
            "Unresolved",
            "UnresolvedDeadlineError",
            "parse_adjustment",
            "parse_rule",
        ),
        "errors": ("InvalidValueError", "MissingExtraError", "RectiflowError", "UnknownNameError"),
        "history": (
            "AdjustmentEntry",
            "CompletionEntry",
            "Entry",
            "EventEntry",
            "OpeningEntry",
            "ReopeningEntry",
            "StageEntry",
        ),
        "batches": ("BadMove", "BatchRefusedError", "StaleAssignmentError"),
        "ledger": ("Ledger", "assign"),
        "lists": ("RectificationList", "Row"),
        "messages": ("Language", "Message"),
        "moves": ("History", "Move"),
        "notices": ("NOTICES", "Notice"),
        "problems": ("BadDocumentError", "InconsistentValueError", "Problem"),
        "reading.load": ("load", "load_roster"),
        "reading.answers": ("load_answers", "write_questions"),
        "reading.requirement": ("read_requirement",),
        "reading.settling": ("Settlement", "OpenDoubt", "open_doubts", "settle"),
        "reading.units": ("CellRegister", "UnitCell", "UnitEntry", "read_units"),
        "reading.moves": ("load_moves", "read_moves"),
        "refusals": ("Fact", "FactRefusedError"),
        "clauses": ("Act", "Clause"),
        "requirements": ("Milestone", "Requirement", "Service"),
        "review": ("Review", "ReviewRow"),
        "source": ("Doubt", "Source"),
        "stages": ("Stage", "StagePath", "Trigger"),
        "transition_table": ("BadTableError", "TransitionTable"),
        "standings": ("Standing",),
        "texts": ("OriginalText",),
        "rosters": ("Roster", "RosterMember"),
        "units": ("Responsibility", "Role", "Unit", "UnitGroup", "UnitRegister"),
        "verdicts": ("Clock", "Outcome", "Verdict", "verdict"),
        "workdays": ("CalendarCoverageError", "Roll", "WorkCalendar"),
        "steps": ("Step", "TransitionRefusedError"),
        "workflow": ("Workflow",),
        "writing.docx": ("write_docx",),
        "writing.json": ("write_json",),
        "writing.schema": ("list_schema",),
        "writing.toml": ("write_roster_toml", "write_toml"),
        "writing.xlsx": ("write_xlsx",),
    }.items()
    for name in names
}

__version__ = "0.1.0"
__all__ = sorted(_MODULE_OF)  # noqa: PLE0605 -- one table tells both what there is and where


def __getattr__(name: str) -> object:
    """
    Load a public name from its module.
    """
    if name == "store":
        # A part of its own with an extra of its own: rf.store.create(...).
        return import_module(f"{__name__}.store")
    module = _MODULE_OF.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{module}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """
    List the public names, loaded or not.
    """
    return sorted({*globals(), *_MODULE_OF})
