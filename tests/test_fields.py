"""
What fields may hold.
"""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from rectiflow.errors import InvalidValueError
from rectiflow.fields import a_name, a_tuple_of, some_names


@attrs.frozen
class Thing:
    """
    A value with one field of each kind.
    """

    name: Any = attrs.field(default="a", validator=a_name)
    others: Any = attrs.field(default=(), validator=some_names)
    numbers: Any = attrs.field(default=(), validator=a_tuple_of(int))


def test_good_values_pass() -> None:
    """
    A name, a tuple of names and a tuple of the kind are taken as they are.
    """
    assert Thing("b", ("c", "d"), (1, 2)).others == ("c", "d")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": ""}, "Thing.name"),
        ({"name": None}, "Thing.name"),
        ({"others": "abc"}, "Thing.others"),
        ({"others": ["a"]}, "Thing.others"),
        ({"others": ("a", " ")}, "Thing.others[1]"),
        ({"numbers": [1]}, "Thing.numbers"),
        ({"numbers": (1, "2")}, "Thing.numbers[1]"),
    ],
)
def test_bad_values_are_refused_at_their_place(given: dict[str, Any], field: str) -> None:
    """
    The error names the field, and the position in a tuple.
    """
    with pytest.raises(InvalidValueError) as caught:
        Thing(**given)

    assert caught.value.field == field
