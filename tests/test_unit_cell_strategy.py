"""
Unit cells, printed from a meaning and read back.
"""

from __future__ import annotations

from hypothesis import example, given

from rectiflow.reading.units import UnitEntry, read_units
from rectiflow.testing.unit_cells import PrintedUnits, unit_cells
from rectiflow.units import Role

LEAD, PLATED = (
    UnitEntry(name="区财政局", printed="区财政局", span=(0, 4), role=Role.LEAD),
    UnitEntry(
        name="区民政局",
        printed="区民政局(区外事办)",
        span=(7, 17),
        role=Role.SUPPORT,
        second_plate="区外事办",
    ),
)
# The role word before a last colon was once taken for a label.
ADDRESSED = PrintedUnits("区财政局牵头,区民政局(区外事办)配合:", (LEAD, PLATED))


class TestUnitCells:
    """
    A meaning, printed in one of the many ways of lists.
    """

    @example(cell=ADDRESSED)
    @given(cell=unit_cells())
    def test_reading_gives_the_meaning_back(self, cell: PrintedUnits) -> None:
        """
        Names, roles, groups, plates and places are those that were printed.
        """
        assert read_units(cell.text).entries == cell.expected

    @given(cell=unit_cells())
    def test_printed_words_stand_at_their_place(self, cell: PrintedUnits) -> None:
        """
        The strategy itself keeps its promise about places.
        """
        for entry in cell.expected:
            assert cell.text[slice(*entry.span)] == entry.printed

    @given(cell=unit_cells(max_parts=1, max_chunks=1))
    def test_bounds_are_kept(self, cell: PrintedUnits) -> None:
        """
        One part of one chunk names at most the three bodies that share an ending.
        """
        assert 1 <= len(cell.expected) <= 3
        assert {entry.role for entry in cell.expected} <= set(Role)
