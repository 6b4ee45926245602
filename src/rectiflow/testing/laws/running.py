"""
One law being tried: cases are drawn, and the smallest that breaks it is kept.
"""

from __future__ import annotations

from contextlib import suppress
from math import sqrt
from time import monotonic
from typing import TYPE_CHECKING, Any

import attrs
from hypothesis import HealthCheck, Phase, Verbosity, given, settings
from hypothesis.errors import Flaky

from rectiflow.messages import Message

from .code import as_code
from .law import Law, NothingToTryError, Share, Unproved
from .report import LawOutcome, LawResult, as_lines
from .watched import FaultError, NotOfferedError, Watch, raised

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Run", "no_case", "settings_for"]

# A smaller case is looked for as long as this, not for ever: targets may be slow.
_PATIENCE_SECONDS = 10.0
# The first cases are tried twice, to notice answers that change.
_TWICE = 10


class _BrokenError(Exception):
    """
    A case breaks the law; always raised at one place, so that Hypothesis shrinks one mistake.
    """


class _EnoughError(BaseException):
    """
    Shrinking has taken long enough; no Exception, so that Hypothesis lets it through.
    """


@attrs.define(eq=False)
class Run:
    """
    One law being tried: what was met, and the last case that broke it.
    """

    law: Law
    watch: Watch
    tried: int = 0
    proved: int = 0
    met: dict[str, int] = attrs.field(factory=dict)
    wrong: Message | None = None
    code: tuple[str, ...] = ()
    until: float = 0.0

    def over(
        self,
        subject: Any,  # noqa: ANN401 -- the family's own subject
        again: Callable[[], Any],
        seeds: Callable[[Any], Any],
        how: settings,
    ) -> LawResult:
        """
        Draw cases until one breaks the law, make it small, and say what came of it.
        """
        try:
            cases = self.law.cases(subject)

            @seeds
            @how
            @given(cases)
            def tried(case: Any) -> None:  # noqa: ANN401 -- the law's own case
                self.one(again, case)

            tried()
        except NothingToTryError as error:
            return self.result(LawOutcome.VACUOUS, no_case(error))
        except NotOfferedError as lacking:
            message = Message.of("law.left-out", call=lacking.question.code())
            return self.result(LawOutcome.LEFT_OUT, message)
        except Flaky:
            return self.result(LawOutcome.BROKEN, Message.of("law.fault.changes-its-mind"))
        except (_BrokenError, _EnoughError):
            return self.result(LawOutcome.BROKEN, self.wrong)
        except Exception as error:  # noqa: BLE001 -- nothing from inside the kit may get out
            return self.result(LawOutcome.BROKEN, self.said(error))
        return self._shown(subject)

    def one(self, again: Callable[[], Any], case: Any) -> None:  # noqa: ANN401 -- the law's own case
        """
        Try one case.
        """
        if self.wrong is not None and monotonic() > self.until:
            raise _EnoughError
        self.watch.begin()
        objection = self._judged(again, case)
        if objection is None:
            return
        asked = self.watch.asked
        if self.wrong is None:
            self.until = monotonic() + _PATIENCE_SECONDS
            changed = self._changed(again, case)
            if changed is not None:
                self.wrong, self.code = changed, as_lines(asked, as_code)
                # Answers that change have no smallest case.
                raise _EnoughError
        self.wrong = objection
        self.code = as_lines(asked, as_code)
        raise _BrokenError

    def _judged(self, again: Callable[[], Any], case: Any) -> Message | None:  # noqa: ANN401 -- the law's own case
        try:
            subject = again()
            with self.watch.judged():
                found = self.law.objection(subject, case)
            if found is None and self.tried < _TWICE:
                found = self._changed(again, case)
        except FaultError as fault:
            return fault.message
        except Exception as error:  # noqa: BLE001 -- whatever is raised becomes a report
            return self.said(error)
        if isinstance(found, str):
            return Message.of("law.own", words=found)
        if isinstance(found, Message):
            return found
        self.tried += 1
        self.proved += not isinstance(found, Unproved)
        for share in self.law.shares:
            if share.meets(subject, case):
                self.met[share.name] = self.met.get(share.name, 0) + 1
        return None

    def _changed(self, again: Callable[[], Any], case: Any) -> Message | None:  # noqa: ANN401 -- the law's own case
        """
        Ask the same case again, and say which answer is another one now.
        """
        before = self.watch.asked
        self.watch.begin()
        # It is the answers that are compared, whatever the law makes of them.
        with suppress(Exception), self.watch.judged():
            self.law.objection(again(), case)
        for (one, answer), (_, other) in zip(before, self.watch.asked, strict=False):
            if not _alike(answer, other):
                facts = {"one": as_code(answer), "other": as_code(other)}
                return Message.of("law.fault.changes", call=one.code(), **facts)
        return None

    def said(self, error: Exception) -> Message:
        """
        Say what an error means: the target's own, or one of a law that met what it cannot judge.
        """
        last = self.watch.error
        if last is not None and last[0] is error:
            return raised(*last)
        if not self.watch.asked:
            return Message.of("law.fault.itself", error=as_code(error))
        question, answer = self.watch.asked[-1]
        facts = {"call": question.code(), "got": as_code(answer), "error": as_code(error)}
        return Message.of("law.fault.useless", **facts)

    def result(self, outcome: LawOutcome, wrong: Message | None = None) -> LawResult:
        """
        Give the result, with what was met so far.
        """
        code = self.code
        if wrong is not None and not code:
            code = as_lines(self.watch.asked, as_code)
        return LawResult(
            law=self.law,
            outcome=outcome,
            wrong=wrong,
            code=() if outcome in {LawOutcome.VACUOUS, LawOutcome.LEFT_OUT} else code,
            tried=self.tried,
            proved=self.proved,
            met={share.name: self._share(share.name) for share in self.law.shares},
        )

    def _meets_too_few(self, share: Share) -> bool:
        # So few that chance would seldom bring it about: two deviations below the least share.
        wanted = self.tried * share.least
        return self.met.get(share.name, 0) < wanted - 2 * sqrt(wanted * (1 - share.least))

    def _share(self, name: str) -> float:
        return self.met.get(name, 0) / max(self.tried, 1)

    def _shown(self, subject: Any) -> LawResult:  # noqa: ANN401 -- the family's own subject
        if self.tried == 0 or self.proved < self.law.proves * self.tried:
            facts: dict[str, object] = {
                "proved": self.proved,
                "tried": self.tried,
                "least": f"{self.law.proves:.0%}",
            }
            return self.result(LawOutcome.VACUOUS, Message.of("law.vacuous.proved", **facts))
        for share in self.law.shares:
            if not self._meets_too_few(share):
                continue
            if share.applies(subject):
                facts = {
                    "share": Message.of(f"law.share.{share.name}"),
                    "met": self.met.get(share.name, 0),
                    "tried": self.tried,
                    "least": f"{share.least:.0%}",
                }
                return self.result(LawOutcome.VACUOUS, Message.of("law.vacuous.share", **facts))
        return self.result(LawOutcome.HOLDS)


def _alike(one: object, other: object) -> bool:
    # Errors and objects without a comparison of their own are alike if they are of one kind.
    if isinstance(one, BaseException) or type(one).__eq__ is object.__eq__:
        return type(one) is type(other)
    try:
        return bool(one == other)
    except Exception:  # noqa: BLE001 -- what cannot be compared is not said to have changed
        return True


def settings_for(examples: int, *, shrinks: bool) -> settings:
    """
    Give Hypothesis's settings: no database, no deadline, no explaining, no health checks.
    """
    return settings(
        max_examples=examples,
        database=None,
        deadline=None,
        derandomize=False,
        phases=(Phase.generate, Phase.shrink) if shrinks else (Phase.generate,),
        print_blob=False,
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
        verbosity=Verbosity.quiet,
    )


def no_case(error: NothingToTryError) -> Message:
    """
    Say that there is no case to try, and why.
    """
    return Message.of("law.vacuous.nothing", why=str(error))
