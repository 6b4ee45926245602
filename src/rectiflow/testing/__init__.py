"""
What users test their own deadline logic with: strategies for every value, and laws to be held to.

    from rectiflow.testing import calendar_laws, check

    print(check(calendar_laws, MyCalendar()))

Names are loaded from their modules when they are first used; strategies are imported from theirs.
"""

from importlib import import_module

_MODULE_OF = {
    name: module
    for module, names in {
        "laws.calendar_laws": ("calendar_laws",),
        "laws.checking": ("check",),
        "laws.china_laws": ("china_laws",),
        "laws.family": ("LawFamily",),
        "laws.law": ("UNPROVED", "Law", "NothingToTryError", "Share"),
        "laws.protocols": ("CalendarLike", "ResolutionLike", "RuleLike", "RulesLike"),
        "laws.report": ("LawOutcome", "LawResult", "Report"),
        "laws.rule_laws": ("rule_laws",),
        "laws.watched": ("Part", "refused"),
        "laws.history_laws": ("RecordsLike", "history_laws"),
        "laws.reading_laws": ("ReaderLike", "reading_laws"),
        "laws.verdict_laws": ("VerdictsLike", "verdict_laws"),
        "laws.workflow_laws": ("workflow_laws",),
        "laws.store_laws": ("store_laws",),
        "store_machine": ("StoreMachine",),
        "stores": ("StoreLike",),
        "machines": ("AssignmentMachine", "LedgerMachine"),
        "saboteurs": (
            "SABOTEURS",
            "SabotageReport",
            "SabotageResult",
            "Saboteur",
            "run_sabotage",
            "sabotage",
        ),
        "worlds": ("SmallWorld", "small_world"),
        "systems": ("CaseSystem", "LedgerSystem"),
    }.items()
    for name in names
}

__all__ = sorted(_MODULE_OF)  # noqa: PLE0605 -- one table tells both what there is and where


def __getattr__(name: str) -> object:
    """
    Load a name from its module.

    Raises:
        MissingExtraError: If Hypothesis is not installed.
    """
    module = _MODULE_OF.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        value = getattr(import_module(f"{__name__}.{module}"), name)
    except ModuleNotFoundError as error:
        from rectiflow.errors import MissingExtraError  # noqa: PLC0415 -- only where one lacks

        if error.name is None or error.name.partition(".")[0] != "hypothesis":
            raise
        raise MissingExtraError("testing", error.name) from None
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """
    List the names, loaded or not.
    """
    return sorted({*globals(), *_MODULE_OF})
