"""
Speed and size beside the real peers, in one process: ``make bench``.
"""
