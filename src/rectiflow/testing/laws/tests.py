"""
Laws as a pytest class, one test a law.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rectiflow.errors import InvalidValueError, MissingExtraError
from rectiflow.messages import Message

from .checking import Trial
from .report import LawOutcome

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from .family import LawFamily
    from .law import Law

__all__ = ["tests_of"]


def tests_of(
    family: LawFamily,
    target: Any,  # noqa: ANN401 -- whatever is to be tried
    excused: Mapping[str, str],
    *,
    examples: int,
    seed: int,
    seconds: float,
) -> type:
    """
    Make the class; see :meth:`~rectiflow.testing.laws.family.LawFamily.tests`.

    Raises:
        UnknownNameError: If an excused law is none of the family.
        InvalidValueError: If a reason is empty.
    """
    for id_, reason in excused.items():
        if not isinstance(reason, str) or not reason.strip():
            raise InvalidValueError(f"excused[{family[id_].id!r}]", reason, "the reason, in words")
        family[id_]
    trial = Trial(family, target, examples=examples, seed=seed, seconds=seconds)
    body: dict[str, Any] = {"__doc__": f"The laws of a {family.name}, edition by edition."}
    for law in family:
        name = "test_" + law.id.partition(".")[2].replace(".", "_").replace("-", "_")
        body[name] = _test(law, trial, excused.get(law.id))
    return type(f"Test{family.name.title()}Laws", (), body)


def _test(law: Law, trial: Trial, reason: str | None) -> Callable[[Any], None]:
    def test(_self: Any) -> None:  # noqa: ANN401 -- the class has no state
        __tracebackhide__ = True
        result = trial.run(law)
        if reason is not None:
            if result.is_wrong:
                _pytest().xfail(f"{law.id}: {reason}")
            code = "law.excused.not-judged" if result.fails else "law.excused.in-vain"
            said = Message.of(code, law=law.id).text("en")
            raise AssertionError(f"{said}\n{result.text('en')}" if result.fails else said)
        if result.outcome is LawOutcome.LEFT_OUT and result.wrong is not None:
            _pytest().skip(result.wrong.text("en"))
        if result.fails:
            raise AssertionError(result.text("en"))

    test.__doc__ = law.says.text("en")
    return test


def _pytest() -> Any:  # noqa: ANN401 -- a module
    try:
        import pytest  # noqa: PLC0415 -- only who makes tests needs it
    except ModuleNotFoundError as error:
        raise MissingExtraError("test", error.name or "pytest") from None
    return pytest
