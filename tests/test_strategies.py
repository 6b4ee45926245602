"""
A strategy for every public value, found by Hypothesis itself, drawn without filtering.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from datetime import date
from enum import Enum
from importlib import import_module
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st

import rectiflow as rf
from rectiflow import store
from rectiflow.problems import BadDocumentError
from rectiflow.reading.move_files import load_move_file
from rectiflow.testing import store_values
from rectiflow.testing._hypothesis_hook import STORE_STRATEGIES, STRATEGIES
from rectiflow.testing.batch_files import (
    PrintedBatch,
    SpoiltBatch,
    batch_files,
    batch_lines,
    spoilt_batches,
)
from rectiflow.testing.histories import histories, illegal_moves
from rectiflow.testing.ledgers import ledgers, small_list
from rectiflow.testing.plain_periods import PlainPeriod

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType


def _values(package: ModuleType) -> dict[str, type]:
    named = {name: getattr(package, name) for name in sorted(package.__all__)}
    return {
        name: kind
        for name, kind in named.items()
        if isinstance(kind, type) and not issubclass(kind, (Enum, Exception))
    }


DEEP = os.environ.get("HYPOTHESIS_PROFILE") == "deep"
SHRINK = Phase.shrink
VALUES = _values(rf)
STORE_VALUES = _values(store)
KINDS = VALUES | {f"store.{name}": kind for name, kind in STORE_VALUES.items()}
BRIEF = settings(
    max_examples=15,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    # Nothing may be thrown away: a strategy that filters is noticed by this check.
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


class TestEveryValueHasAStrategy:
    """
    "One for every public value type." -- STYLE
    """

    def test_and_no_other_is_named(self) -> None:
        """
        The hook names a strategy for each public type that is a value, and for nothing else.
        """
        held = {kind for pairs in STORE_STRATEGIES.values() for kind in pairs}

        assert STRATEGIES.keys() == VALUES.keys()
        assert held == STORE_VALUES.keys()
        assert all(
            STORE_VALUES[name].__module__ == f"rectiflow.store.{module}"
            for module, pairs in STORE_STRATEGIES.items()
            for name in pairs
        )

    @pytest.mark.parametrize("name", KINDS)
    def test_hypothesis_finds_it(self, name: str) -> None:
        """
        ``st.from_type`` draws values of the type, and throws no draw away.
        """
        kind = KINDS[name]
        drawn: list[object] = []

        @BRIEF
        @given(st.data())
        def draw(data: st.DataObject) -> None:
            drawn.append(data.draw(st.from_type(kind)))

        draw()

        assert all(isinstance(value, kind) for value in drawn)
        assert len(drawn) >= 1

    @pytest.mark.parametrize("name", VALUES)
    def test_it_is_exported_where_it_is_named(self, name: str) -> None:
        """
        Each strategy is public in its module, for whoever imports it by name.
        """
        module, strategy = STRATEGIES[name]

        assert strategy in import_module(f"rectiflow.testing.{module}").__all__

    def test_those_of_the_store_are_all_that_is_exported(self) -> None:
        """
        Its module holds them and no other.
        """
        made = [each for pairs in STORE_STRATEGIES.values() for each in pairs.values()]

        assert sorted(made) == store_values.__all__

    @BRIEF
    @given(st.from_type(store.Event), st.from_type(store.Request))
    def test_drawn_ones_are_as_the_store_has_them(
        self, event: store.Event, request_: store.Request
    ) -> None:
        """
        An event is read from its own bytes; a policy that knows the acts has an answer.
        """
        assert store.Event.of_body(event.body, event.hash) == event
        assert event.message.text("zh") != event.message.code
        assert isinstance(store.Policy().objections(request_), tuple)


def _shown(value: object) -> str:
    # Two that are alike may be at different places in memory, or of the disk.
    return re.sub(r"0x[0-9a-f]+|/\S+", "", repr(value))


def _smallest(kind: type) -> Any:
    quiet = settings(database=None, derandomize=True, max_examples=10, deadline=None)
    return find(st.from_type(kind), lambda _value: True, settings=quiet)


class TestTheSmallestCaseIsPlain:
    """
    "All shrink to the plain case." -- issue 4
    """

    # Of bodies that are all unlike, Hypothesis does not draw the smallest first.
    @pytest.mark.parametrize("name", sorted(KINDS.keys() - {"UnitCell", "UnitEntry"}))
    def test_nothing_else_is_smaller(self, name: str) -> None:
        """
        What is drawn first takes the fewest draws.

        A shorter one is where shrinking would end, with whatever words and days it came with.
        """
        drawn: list[object] = []
        sparse = settings(BRIEF, max_examples=50 if DEEP else 6, phases=[*BRIEF.phases, SHRINK])

        def noted(value: object) -> bool:
            drawn.append(value)
            return True

        found = find(st.from_type(KINDS[name]), noted, settings=sparse)

        assert _shown(found) == _shown(drawn[0])

    def test_of_a_unit_cell(self) -> None:
        """
        One bureau, without a label.
        """
        cell = _smallest(rf.UnitCell)

        assert [entry.name for entry in cell.entries] == [cell.text]

    def test_of_an_adjustment(self) -> None:
        """
        Of the fewest parts, without a word.
        """
        entry = _smallest(rf.AdjustmentEntry)

        assert (entry.by, entry.note, entry.evidence) == ("", "", ())

    def test_of_a_calendar(self) -> None:
        """
        No holidays and no make-up days.
        """
        calendar = _smallest(rf.WorkCalendar)

        assert (calendar.off, calendar.work) == ((), ())

    def test_of_an_assignment(self) -> None:
        """
        Just assigned, on the shortest path.
        """
        assignment = _smallest(rf.Assignment)

        assert (assignment.history, assignment.path) == ((), rf.StagePath.of())

    def test_of_a_rule(self) -> None:
        """
        The one that never falls due.
        """
        assert _smallest(rf.DeadlineRule) == rf.StandingDuty()

    def test_of_a_count(self) -> None:
        """
        One working day.
        """
        rule = _smallest(rf.After)

        assert (rule.n, rule.unit) == (1, rf.CountUnit.WORKDAY)

    def test_of_a_ledger(self) -> None:
        """
        One assignment that has not moved.
        """
        (assignment,) = _smallest(rf.Ledger)

        assert assignment.history == ()


class TestTheHook:
    """
    ``[project.entry-points.hypothesis]``
    """

    @pytest.mark.parametrize(
        "first",
        [
            "import hypothesis, rectiflow as rf",
            "import rectiflow as rf; rf.Assignment; import hypothesis",
            "import hypothesis, rectiflow.assignments, rectiflow as rf",
        ],
    )
    def test_needs_no_import_of_ours(self, first: str) -> None:
        """
        Whatever is imported first, the strategy is found, and nothing of ours was loaded for it.
        """
        code = (
            f"{first}\n"
            "import sys; assert 'rectiflow.testing.histories' not in sys.modules\n"
            "from hypothesis import strategies as st\n"
            "strategy = st.from_type(rf.Assignment)\n"
            "assert 'assignments' in repr(strategy), strategy\n"
        )
        subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603 -- our own code

    def test_knows_the_store_too(self) -> None:
        """
        Its values are found as soon as it is used.
        """
        code = (
            "import hypothesis, sys\n"
            "from hypothesis import strategies as st\n"
            "from rectiflow import store\n"
            "assert 'rectiflow.testing.store_values' not in sys.modules\n"
            "strategy = st.from_type(store.Actor)\n"
            "assert 'Actor' in repr(strategy), strategy\n"
            "from rectiflow.testing.store_values import actors\n"
            "assert repr(strategy) == repr(actors())\n"
        )
        subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603 -- our own code

    def test_loads_nothing(self) -> None:
        """
        Importing Hypothesis loads our package and the hook, and no module besides.
        """
        code = (
            "import hypothesis, sys\n"
            "ours = {m for m in sys.modules if m.startswith('rectiflow.')}\n"
            "assert ours == {'rectiflow.testing', 'rectiflow.testing._hypothesis_hook'}, ours\n"
        )
        subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603 -- our own code

    def test_leaves_modules_their_own_loader(self) -> None:
        """
        A module that was watched looks like any other afterwards.
        """
        code = (
            "import hypothesis, importlib.machinery as m, rectiflow.assignments as a\n"
            "assert type(a.__loader__) is type(a.__spec__.loader) is m.SourceFileLoader\n"
        )
        subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603 -- our own code

    def test_warns_and_goes_on(self) -> None:
        """
        A broken installation of ours is no reason for Hypothesis not to work.
        """
        code = (
            "import sys, types, warnings\n"
            "import rectiflow.testing._hypothesis_hook as hook\n"
            "hook._homes = lambda: 1 / 0\n"
            "with warnings.catch_warnings(record=True) as seen:\n"
            "    warnings.simplefilter('always')\n"
            "    import hypothesis\n"
            "assert 'ZeroDivisionError' in str(seen[-1].message), seen\n"
        )
        subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603 -- our own code


@given(batch_files())
def test_batch_files_read_as_they_were_meant(printed: PrintedBatch) -> None:
    """
    Any order of columns, with remarks and blank lines, gives the moves it was printed from.
    """
    assert rf.read_moves(printed.text) == printed.expected


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(printed=batch_lines())
def test_lines_of_json_read_as_they_were_meant(printed: PrintedBatch, tmp_path: Path) -> None:
    """
    In any order of keys, with empty ones left out, with blank lines.
    """
    (tmp_path / "moves.jsonl").write_text(printed.text, encoding="utf-8")

    assert load_move_file(tmp_path / "moves.jsonl").moves == printed.expected


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(spoilt=spoilt_batches())
def test_a_spoilt_line_is_told(spoilt: SpoiltBatch, tmp_path: Path) -> None:
    """
    It alone, by its place and the code that its mistake was made for.
    """
    (tmp_path / "moves.jsonl").write_text(spoilt.text, encoding="utf-8")

    with pytest.raises(BadDocumentError) as refused:
        load_move_file(tmp_path / "moves.jsonl")

    (problem,) = refused.value.problems
    assert (problem.place, problem.code) == (spoilt.place, spoilt.code)


@given(ledgers(), st.data())
def test_illegal_moves_are_refused_for_their_reason(ledger: rf.Ledger, data: st.DataObject) -> None:
    """
    Each is refused, the expected reason is among those given, and nothing has changed.
    """
    drawn = data.draw(illegal_moves(ledger))
    before = ledger.to_json()

    with pytest.raises(rf.BatchRefusedError) as refused:
        ledger.apply([drawn.move])

    (bad,) = refused.value.bad
    assert isinstance(bad.error, rf.TransitionRefusedError)
    assert drawn.why in bad.error.codes
    assert ledger.to_json() == before


@given(st.from_type(rf.Verdict), st.from_type(rf.Resolution))
def test_answers_agree_with_themselves(verdict: rf.Verdict, resolution: rf.Resolution) -> None:
    """
    What is stopped is met, met late or has no day; what was resolved explains its day last.
    """
    assert attrs.asdict(verdict, recurse=False)["clock"] is verdict.clock
    if resolution.due is not None:
        assert resolution.trace[-1].day == resolution.due
        assert resolution.due >= date(2016, 1, 1)


@pytest.mark.unmeasured  # see conftest.py
def test_histories_meet_what_is_decided() -> None:
    """
    One in twenty has each kind of decision, one in five an event, at the least.

    And in one of fifty a suspension is seen to move a deadline.
    """
    seen: Counter[str] = Counter()

    @settings(max_examples=400, derandomize=True, database=None, phases=[Phase.generate])
    @given(st.from_type(rf.Assignment))
    def look(assignment: rf.Assignment) -> None:
        seen.update({_kind(each) for each in assignment.history})
        told = assignment.resolution("reply")
        seen["moved"] += any(step.code == "trace.suspension" for step in told.trace)

    look()
    for each in (rf.Suspension, rf.Restart, rf.Extension, rf.ExtensionUntil, rf.Override):
        assert seen[each.__name__] >= 20, seen
    assert seen["EventEntry"] >= 80, seen
    assert seen["moved"] >= 8, seen


def _kind(entry: rf.Entry) -> str:
    said = entry.adjustment if isinstance(entry, rf.AdjustmentEntry) else entry
    return type(said).__name__


@given(histories(), st.dates(date(2020, 6, 1), date(2021, 6, 30)))
def test_histories_are_taken_whole(history: rf.History, day: date) -> None:
    """
    Decisions and events among them, and what was decided is counted as on one's fingers.
    """
    rl = small_list([rf.StagePath.of(*list(rf.Stage)[1:])])
    facts = [move for move in history.moves if isinstance(move.trigger, rf.Fact)]
    ledger = rf.assign(rl)
    ledger.apply(facts)
    (assignment,) = ledger

    plain = PlainPeriod(days=15)
    for move in facts:
        if move.trigger is rf.Fact.RECORD:
            plain.begun = move.at
        elif move.milestone == "reply" and move.adjustment is not None:
            plain.decided.append(move.adjustment)
    # One's fingers know no working days.
    if not any(isinstance(each, rf.Extension) for each in plain.decided):
        assert assignment.resolution("reply", as_of=day).due == plain.due(day)
