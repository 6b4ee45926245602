"""
Lists and rosters to files.
"""
