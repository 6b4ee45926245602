"""
Files and texts to lists, rosters and moves.
"""
