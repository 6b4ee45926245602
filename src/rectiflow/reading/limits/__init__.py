"""
From tokens to deadlines.
"""

from .cell import STARTERS, Cell, Limit, is_joint
from .reading import limits_at

__all__ = ["STARTERS", "Cell", "Limit", "is_joint", "limits_at"]
