"""
What users test their own deadline logic with: Hypothesis strategies for every value.
"""
