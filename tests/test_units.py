"""
Units, groups and their names.
"""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectiflow.errors import InvalidValueError, UnknownNameError
from rectiflow.problems import InconsistentValueError
from rectiflow.testing.lists import names, unit_registers, units
from rectiflow.units import Responsibility, Role, Unit, UnitGroup, UnitRegister

FINANCE = Unit(name="区财政局", second_plates=("区地方金融监管局",))
REFORM = Unit(name="区发展改革委", short_forms=("区发改委",))
TOWNS = UnitGroup("各乡镇政府")
REGISTER = UnitRegister((FINANCE, REFORM), (TOWNS,))


class TestUnit:
    """
    One body, whatever it is called.
    """

    def test_goes_by_all_its_names(self) -> None:
        """
        Full name, second plate, and both as a cell prints them.
        """
        assert FINANCE.names == ("区财政局", "区地方金融监管局", "区财政局(区地方金融监管局)")
        assert REFORM.names == ("区发展改革委", "区发改委")

    @pytest.mark.parametrize(
        "given",
        [{"name": ""}, {"name": "甲", "short_forms": "乙"}, {"name": "甲", "second_plates": ("",)}],
    )
    def test_refuses_what_is_no_name(self, given: dict[str, Any]) -> None:
        """
        An empty name, or a text where names are wanted.
        """
        with pytest.raises(InvalidValueError):
            Unit(**given)


class TestUnitRegister:
    """
    The units and groups of a list, found by any of their names.
    """

    @pytest.mark.parametrize(
        ("name", "body"),
        [
            ("区财政局", FINANCE),
            ("区地方金融监管局", FINANCE),
            ("区财政局(区地方金融监管局)", FINANCE),
            ("区财政局（区地方金融监管局）", FINANCE),
            (" 区发改委 ", REFORM),
            ("各乡镇政府", TOWNS),
        ],
    )
    def test_finds_by_every_name(self, name: str, body: Unit | UnitGroup) -> None:
        """
        Full, short, second plate, both plates with brackets of either width.
        """
        assert REGISTER.find(name) is body

    def test_an_unknown_name_brings_the_nearest(self) -> None:
        """
        A slip of the pen is answered with what was meant.
        """
        with pytest.raises(UnknownNameError) as caught:
            REGISTER.find("区发展改委")

        assert caught.value.kind == "unit"
        assert caught.value.nearest[0] == "区发展改革委"

    def test_every_doubled_name_is_reported(self) -> None:
        """
        A name stands for one body, among groups and other plates too; brackets do not part them.
        """
        with pytest.raises(InconsistentValueError) as caught:
            UnitRegister(
                (
                    FINANCE,
                    Unit(name="区地方金融监管局"),
                    Unit(name="甲", short_forms=("甲",)),
                    Unit(name="区财政局（区地方金融监管局）"),
                ),
                (UnitGroup("甲"),),
            )

        assert [(each.place, each.facts["first"]) for each in caught.value.problems] == [
            ("units[1]", "units[0]"),
            ("units[2]", "units[2]"),
            ("units[3]", "units[0]"),
            ("groups[0]", "units[2]"),
        ]

    def test_contains_bodies_as_they_are(self) -> None:
        """
        A namesake with other short forms is another body.
        """
        assert REFORM in REGISTER
        assert TOWNS in REGISTER
        assert Unit(name="区发展改革委") not in REGISTER
        assert "区发展改革委" not in REGISTER

    def test_refuses_a_list_of_names(self) -> None:
        """
        Names are not yet units.
        """
        with pytest.raises(InvalidValueError):
            UnitRegister(("区财政局",))  # type: ignore[arg-type]  # the mistake under test

    @given(unit_registers(min_units=1))
    def test_each_body_is_found_by_each_of_its_names(self, register: UnitRegister) -> None:
        """
        Nothing registered is lost, and units come before groups.
        """
        assert list(register) == [*register.units, *register.groups]
        for body in register:
            assert all(register.find(name) is body for name in body.names)

    @given(unit_registers(min_units=1), st.data())
    def test_a_name_taken_twice_is_always_refused(
        self, register: UnitRegister, data: st.DataObject
    ) -> None:
        """
        Whichever name of whichever body a newcomer claims.
        """
        taken = data.draw(st.sampled_from([name for body in register for name in body.names]))
        with pytest.raises(InconsistentValueError):
            attrs.evolve(register, units=(*register.units, Unit(name=taken)))


class TestResponsibility:
    """
    That a body answers for a row.
    """

    def test_is_responsible_and_printed_in_full_by_default(self) -> None:
        """
        A cell that says nothing else makes a body responsible.
        """
        plain = Responsibility(body=REFORM)

        assert (plain.unit, plain.role, plain.printed) == (
            "区发展改革委",
            Role.RESPONSIBLE,
            "区发展改革委",
        )

    def test_knows_a_group(self) -> None:
        """
        A group stands for bodies that the list does not name.
        """
        assert Responsibility(body=TOWNS).is_group
        assert not Responsibility(body=REFORM).is_group

    @pytest.mark.parametrize(
        ("given", "field"),
        [
            ({"body": "区财政局"}, "Responsibility.body"),
            ({"body": FINANCE, "role": "boss"}, "Responsibility.role"),
            ({"body": FINANCE, "printed": ""}, "Responsibility.printed"),
        ],
    )
    def test_refuses_other_types(self, given: dict[str, Any], field: str) -> None:
        """
        A name is no body, and roles are a closed set.
        """
        with pytest.raises(InvalidValueError) as caught:
            Responsibility(**given)

        assert caught.value.field == field

    @given(units(), names())
    def test_takes_a_role_by_name(self, unit: Unit, printed: str) -> None:
        """
        A role and its name are the same.
        """
        for role in Role:
            named = Responsibility(body=unit, role=role.value, printed=printed)
            assert named == Responsibility(body=unit, role=role, printed=printed)
