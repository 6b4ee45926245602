"""
Why laws are kept that catch no planted mistake alone; see docs/explanation/proof.md.
"""

from __future__ import annotations

from typing import Final

__all__ = ["EDGE", "ITSELF", "NAMED", "ORACLE"]

EDGE: Final = "It is tried on an edge in every case, where other laws come by chance."
ITSELF: Final = (
    "It holds answers against each other, and so judges where nobody knows the right ones."
)
NAMED: Final = "It names what a clerk would see; a walk says only that the day is another."
ORACLE: Final = "It judges by a walk of its own, and shares no mistake with what it tries."
