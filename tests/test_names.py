"""
Names and how they compare.
"""

from __future__ import annotations

import pytest
from hypothesis import given

from rectiflow.names import folded, is_name
from rectiflow.testing.lists import names


@pytest.mark.parametrize("value", ["", " ", "区司法局 ", "\n区司法局", "\u3000区司法局", None, 7])
def test_what_is_no_name(value: object) -> None:
    """
    Nothing, white space around it (the ideographic space too) and other types are refused.
    """
    assert not is_name(value)


@given(names())
def test_drawn_names_are_names(name: str) -> None:
    """
    The strategy draws nothing that the library refuses.
    """
    assert is_name(name)


def test_brackets_of_either_width_are_the_same() -> None:
    """
    区财政局（区地方金融监管局） and 区财政局(区地方金融监管局) are one name.
    """
    assert folded("区财政局（甲）") == folded(" 区财政局(甲)") == "区财政局(甲)"


@given(names())
def test_folding_twice_changes_nothing(name: str) -> None:
    """
    A folded name is its own folded form.
    """
    assert folded(folded(name)) == folded(name)
