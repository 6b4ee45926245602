"""
Rectification lists (整改清单) as a state machine with deadline rules.
"""
