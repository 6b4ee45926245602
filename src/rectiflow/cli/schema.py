"""
``rectiflow schema``: the JSON Schema of a list's JSON.
"""

from __future__ import annotations

import json
import sys

from rectiflow.writing.schema import list_schema

from .streams import write_data

__all__ = ["schema"]


def schema() -> None:
    """
    Print the JSON Schema of a list's JSON.
    """
    write_data(sys.stdout, json.dumps(list_schema(), ensure_ascii=False, indent=2) + "\n")
