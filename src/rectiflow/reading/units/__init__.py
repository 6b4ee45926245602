"""
Unit cells: which bodies they name, in which role, and what they leave open.
"""

from __future__ import annotations

from .cell import read_units
from .register import CellRegister
from .values import UnitCell, UnitEntry

__all__ = ["CellRegister", "UnitCell", "UnitEntry", "read_units"]
