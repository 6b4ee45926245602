"""
How laws ask a rule, and object to its answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rectiflow.messages import Message

from .code import as_code

if TYPE_CHECKING:
    from datetime import date

    from .rule_cases import RuleCase

__all__ = ["EVENT", "asked", "asked_back", "wrong_due"]

EVENT = "received"
"""The event that laws count from."""


def asked(rules: Any, case: RuleCase, *decisions: Any) -> Any:  # noqa: ANN401 -- rules, watched
    """
    Ask for the day so long after the event, with what an office has decided.
    """
    rule = rules.After(EVENT, case.n, case.unit)
    return _resolved(rule, case, decisions)


def asked_back(rules: Any, case: RuleCase) -> Any:  # noqa: ANN401 -- rules, watched
    """
    Ask for the day so long before the event.
    """
    return _resolved(rules.Before(EVENT, case.n, case.unit), case, ())


def _resolved(rule: Any, case: RuleCase, decisions: tuple[Any, ...]) -> Any:  # noqa: ANN401 -- a rule, watched
    facts = {"events": {EVENT: case.start}, "calendar": case.calendar}
    # A rule that knows no decisions is not given an empty list of them.
    return rule.resolve(**facts, adjustments=decisions) if decisions else rule.resolve(**facts)


def wrong_due(
    case: RuleCase,
    got: object,
    want: date | None,
    *decisions: object,
    maker: str = "After",
) -> Message | None:
    """
    Object to a due day that is not the one wanted.
    """
    if got == want:
        return None
    facts = {
        "rule": f"{maker}({EVENT}, {case.n}, {case.unit})",
        "start": case.start,
        "got": "–" if got is None else got,
        "want": "–" if want is None else want,
    }
    if not decisions:
        return Message.of("law.wrong.due", **facts)
    return Message.of("law.wrong.due-decided", decided=as_code(list(decisions)), **facts)
