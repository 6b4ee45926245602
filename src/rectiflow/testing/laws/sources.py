"""
The clauses that laws rest on.
"""

from __future__ import annotations

from datetime import date

from rectiflow.source import Source

__all__ = [
    "CORRECTED",
    "LAST_DAY",
    "MONTHS",
    "NOTICES",
    "NUMBER",
    "SOUND",
    "START_DAY",
    "SUSPENDING",
    "UNITS",
]

_CIVIL_CODE = date(2021, 1, 1)

UNITS = Source("民法典", "第二百条", _CIVIL_CODE)
START_DAY = Source("民法典", "第二百零一条", _CIVIL_CODE)
MONTHS = Source("民法典", "第二百零二条", _CIVIL_CODE)
LAST_DAY = Source("民法典", "第二百零三条", _CIVIL_CODE)
NUMBER = Source("民法典", "第一千二百五十九条", _CIVIL_CODE)
NOTICES = Source("国务院办公厅关于节假日安排的通知")
CORRECTED = Source("中华人民共和国政府信息公开条例", "第三十条", date(2019, 5, 15))
SUSPENDING = Source("中华人民共和国政府信息公开条例", "第三十三条", date(2019, 5, 15))
SOUND = Source("docs/explanation/design.md")
"""What no clause says: what cannot be known is refused, and a question always answered alike."""
