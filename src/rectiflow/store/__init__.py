"""
The shared ledger: a durable, append-only, tamper-evident event log on SQLite or PostgreSQL.

    from rectiflow import store

    shared = store.create("ledger.db", rf.assign(rf.load("yuhui-2020")), actor=..., recorded_at=...)
    shared.append([rf.Move(...)], actor=..., recorded_at=..., command="…", expected=shared.seq)

Each name is loaded from its module when it is first used, as those of :mod:`rectiflow` are.
"""

from importlib import import_module

_MODULE_OF = {
    name: module
    for module, names in {
        "actors": ("Actor", "OfficeRole"),
        "anchors": ("Anchor",),
        "conflicts": ("CommandReusedError", "ConcurrencyError", "LedgerExistsError"),
        "definitions": ("Versions",),
        "engines": ("NetworkShareWarning",),
        "entrances": ("create", "import_log", "ledgers", "open"),
        "events": ("Event", "EventKind", "Record"),
        "faults": (
            "DamagedStoreError",
            "NotAStoreError",
            "StoreDiskError",
            "StoreEncodingError",
            "StoreError",
            "StoreFullError",
            "StoreLockedError",
            "StoreLostError",
            "StoreReadOnlyError",
            "StoreUnavailableError",
            "StoreVersionError",
            "retryable",
            "retrying",
        ),
        "logs": ("BadLogError",),
        "finding": ("LedgerName",),
        "policies": (
            "OFFICE_RULES",
            "NotPermittedError",
            "OfficeAct",
            "Policy",
            "RefusedAct",
            "Request",
        ),
        "projection": ("Confirmation",),
        "redefining": ("DefinitionDiffersError", "HistoryLostError"),
        "reminders": ("OutboxState", "Reminder", "ReminderKind", "due_reminders"),
        "requests": ("NotConfirmableError",),
        "reviewing": ("BackDated", "StoredReview"),
        "stored": ("StoredLedger",),
        "verifying": ("Fault", "FaultKind", "Verification"),
        "writing": ("Receipt",),
    }.items()
    for name in names
}

__all__ = sorted(_MODULE_OF)  # noqa: PLE0605 -- one table tells both what there is and where


def __getattr__(name: str) -> object:
    """
    Load a public name from its module.
    """
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
