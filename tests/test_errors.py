"""
Errors carry fields, say the cure, and pickle.
"""

from __future__ import annotations

import pickle
from datetime import date
from importlib import import_module
from pkgutil import walk_packages
from typing import TYPE_CHECKING, Any

import attrs
import pytest

import rectiflow as rf
from rectiflow.errors import InvalidValueError, MissingExtraError, RectiflowError, UnknownNameError
from rectiflow.messages import Message
from rectiflow.moments import day_of, is_before, read_moment
from rectiflow.problems import Problem
from rectiflow.source import Doubt
from rectiflow.texts import OriginalText

if TYPE_CHECKING:
    from collections.abc import Iterator

SAMPLES: dict[str, Any] = {
    "date": date(2020, 6, 30),
    "int": 3,
    "str": "x",
    "Stage": rf.Stage.ASSIGNED,
    "Trigger": rf.Trigger.RECTIFY,
    "Fact": rf.Fact.COMPLETE,
}


def errors() -> Iterator[type[RectiflowError]]:
    """
    List every error class of the library.
    """
    for module in walk_packages(rf.__path__, "rectiflow."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    found = [RectiflowError]
    while found:
        cls = found.pop()
        yield cls
        found += cls.__subclasses__()


def sample(cls: type[RectiflowError]) -> RectiflowError:
    """
    Make an error of a class, each field with a value that fits.
    """
    fields: dict[str, Any] = {}
    for field in attrs.fields(cls):
        kind = str(field.type)
        if kind.startswith("tuple[Message"):
            fields[field.name] = (Message.of("refused.no-reason"),)
        elif kind.startswith("tuple[Problem"):
            fields[field.name] = (Problem.of("rows[0].id", "problem.missing-key", None, key="id"),)
        elif kind.startswith("tuple"):
            fields[field.name] = ()
        else:
            fields[field.name] = SAMPLES.get(kind, "x")
    return cls(**fields)


@pytest.mark.parametrize("cls", list(errors()), ids=lambda cls: cls.__name__)
class TestEveryError:
    """
    One tree, names in Error, both languages, pickles.
    """

    def test_speaks_and_pickles(self, cls: type[RectiflowError]) -> None:
        """
        Its text names no raw code, and a copy over a pickle says the same.
        """
        error = sample(cls)
        again = pickle.loads(pickle.dumps(error))  # noqa: S301 -- our own bytes

        assert cls.__name__.endswith("Error")
        assert type(again) is cls
        for lang in ("zh", "en"):
            text = error.text(lang)
            assert text == again.text(lang)
            assert "error." not in text
        for field in attrs.fields(cls):
            assert getattr(again, field.name) == getattr(error, field.name)
        if cls is not RectiflowError:
            assert isinstance(error, (ValueError, LookupError, ImportError, RuntimeError))


class TestUnknownName:
    """
    The nearest names that exist are suggested.
    """

    def test_nearest_first_and_none_when_nothing_is_near(self) -> None:
        """
        Up to three.
        """
        known = ["区发展改革委", "区财政局", "区审计局", "区统计局", "区司法局"]

        assert UnknownNameError.among("unit", "区财政", known).nearest[0] == "区财政局"
        assert len(UnknownNameError.among("unit", "区局", known).nearest) <= 3
        far = UnknownNameError.among("unit", "xyz", known)
        assert far.nearest == ()
        assert "xyz" in str(far)

    def test_a_missing_extra_names_its_cure(self) -> None:
        """
        The pip line stands in the message.
        """
        assert "rectiflow[cli]" in str(MissingExtraError("cli", "rich"))


class TestMoments:
    """
    A bare date means that day; an instant needs its zone.
    """

    @pytest.mark.parametrize(
        "text",
        [
            "2020-W27-2",
            "20200630",
            "2020-6-30",
            "2020-06-31",
            "2020-06-30T09:00",
            "",
            " 2020-06-30",
            "30/6/2020",
            None,
        ],
    )
    def test_a_strict_reader(self, text: Any) -> None:
        """
        What date.fromisoformat would take and a list never means is refused.
        """
        with pytest.raises(InvalidValueError):
            read_moment("at", text)

    def test_days_are_compared_where_either_is_bare(self) -> None:
        """
        An instant of the same day is not earlier than the day, nor later.
        """
        zone = rf.load("yuhui-2020").zone
        late = read_moment("at", "2020-06-30T16:30+00:00")

        assert day_of(late, zone) == date(2020, 7, 1)
        assert not is_before(late, date(2020, 7, 1), zone)
        assert not is_before(date(2020, 7, 1), late, zone)
        assert is_before(date(2020, 6, 30), late, zone)
        assert is_before(late, read_moment("at", "2020-06-30T16:31Z"), zone)


class TestTexts:
    """
    Printed, restored, and exactly the characters between them.
    """

    @pytest.mark.parametrize(
        ("printed", "restored", "characters"),
        [
            ("2020630日", "2020年6月30日", ("年",)),
            ("2020630日", "2020年6月30日", ("月", "年")),
            ("2020630日", "2020年6月31日", ("年", "月")),
            ("a", "a", ("b",)),
            ("a", "b", ()),
        ],
    )
    def test_the_difference_is_accounted_for(
        self, printed: str, restored: str, characters: tuple[str, ...]
    ) -> None:
        """
        Too few, in another order, another text.
        """
        with pytest.raises(InvalidValueError):
            OriginalText(printed, restored, characters)

    def test_doubled_neighbours(self) -> None:
        """
        Which of two equal characters was lost does not matter.
        """
        assert OriginalText("aab", "aaab", ("a",)).restored == "aaab"


class TestDoubt:
    """
    An answer is one of the candidates.
    """

    def test_an_answer_from_elsewhere_is_refused(self) -> None:
        """
        A decision among the readings, and no new one.
        """
        with pytest.raises(InvalidValueError):
            Doubt(code="doubt.x", candidates=("yes", "no"), answer="perhaps")
        assert not Doubt(code="doubt.x", candidates=("yes", "no"), answer="no").is_open
