"""
Laws: what must hold of a calendar, of rules, of whatever is under test, whoever wrote it.
"""
