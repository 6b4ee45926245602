"""
From tokens to deadlines.
"""

from .cell import Cell, Limit
from .reading import limits_at

__all__ = ["Cell", "Limit", "limits_at"]
